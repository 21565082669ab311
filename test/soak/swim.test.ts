/** The membership core at the sizes and lengths that need minutes. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, DEFAULT_TIMING, helpersFor, probesFor } from '#server/mesh/swim/timing.ts';
import { type CrashSeen, spreadBoundMs } from '../simulation/swim/scale.ts';
import { runSchedule, schedule } from '../simulation/swim/schedule.ts';
import { World } from '../simulation/swim/world.ts';

const thousand = fileURLToPath(new URL('../simulation/swim/thousand.ts', import.meta.url));

/** What `thousand.ts` prints. */
interface ThousandResult {
  readonly joinedMs: number;
  readonly calmChanges: number;
  readonly seen: CrashSeen;
  readonly missing: number;
  readonly packets: number;
  readonly cpuSeconds: number;
  readonly clockSeconds: number;
}

/** What is left after a full collection is what is kept. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collector to call');
  collect();
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

test('a thousand nodes for 120 virtual seconds: one view, a crash seen by all within the bound, nobody else accused', async () => {
  const others = 999;
  // A million views of members are kept: room for them from the start spares copying them again and again.
  const heap = ['--max-semi-space-size=64', '--initial-heap-size=3000'];
  const { stdout } = await promisify(execFile)(process.execPath, [...heap, thousand, '1000']);
  const { joinedMs, calmChanges, seen, missing, packets, cpuSeconds, clockSeconds } = JSON.parse(stdout) as ThousandResult;
  console.log(
    `join ${joinedMs} ms, suspect ${seen.firstSuspectMs.toFixed(0)}..${seen.lastSuspectMs.toFixed(0)} ms, ` +
      `dead ${seen.lastDeadMs.toFixed(0)} ms, ${packets} packets, ${cpuSeconds.toFixed(1)} s of CPU, ` +
      `${clockSeconds.toFixed(1)} s by the clock`,
  );
  expect(calmChanges).toBe(0);
  expect(seen).toMatchObject({ suspecting: others, burying: others, others: 0 });
  const bound = spreadBoundMs(others, probesFor(others, DEFAULT_LIMITS), helpersFor(others), DEFAULT_TIMING);
  expect(seen.lastSuspectMs).toBeLessThanOrEqual(bound);
  expect(seen.lastDeadMs).toBeLessThanOrEqual(5_000);
  expect(missing).toBe(0);
});

test('20,000 random schedules without a violation', () => {
  const start = process.cpuUsage();
  fc.assert(
    fc.property(schedule, (plan) => {
      expect(runSchedule(plan).violations).toEqual([]);
    }),
    { numRuns: 20_000 },
  );
  console.log(`${cpuSeconds(start).toFixed(0)} s of CPU`);
});

test('memory stays flat over 1,000,000 virtual seconds, with members that come and go', () => {
  const world = new World(9);
  world.recordFirstSight = false;
  const stay = ['127.0.0.1:20000', '127.0.0.1:20001'] as const;
  for (const address of stay) world.start(address, [stay[0]]);
  const curve: number[] = [];
  const portions = 20;
  // 4,000 in all: twice as many as the table of sources keeps.
  const visits = 200;
  for (let portion = 0; portion < portions; portion += 1) {
    for (let visit = 0; visit < visits; visit += 1) {
      // Always another address: whatever is kept of a former member adds up.
      const guest = `127.0.0.1:${21_000 + portion * visits + visit}`;
      world.start(guest, [stay[0]]);
      world.run(100_000);
      world.crash(guest);
      world.run(150_000);
    }
    world.changes.length = 0;
    collectGarbage();
    curve.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  console.log(`heap after each 50,000 s, MiB: ${curve.map((value) => value.toFixed(1)).join(' ')}`);
  expect(world.now.monotonicMs).toBeGreaterThanOrEqual(1_000_000_000);
  const [half, whole] = [curve.slice(8, 12), curve.slice(-4)].map((part) => Math.max(...part));
  expect(whole).toBeLessThanOrEqual((half ?? 0) + 0.5);
});

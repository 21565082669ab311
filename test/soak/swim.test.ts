/** The membership core at the sizes and lengths that need minutes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, DEFAULT_TIMING, helpersFor, probesFor } from '#server/mesh/swim/timing.ts';
import { crashOne, missing, spreadBoundMs, startTogether } from '../simulation/swim/scale.ts';
import { runSchedule, schedule } from '../simulation/swim/schedule.ts';
import { World } from '../simulation/swim/world.ts';

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

test('a thousand nodes for 120 virtual seconds: one view, a crash seen by all within the bound, nobody else accused', () => {
  const count = 1_000;
  const others = count - 1;
  const start = process.cpuUsage();
  const startedMs = performance.now();
  const fleet = startTogether(count, 1);
  const fullMs = fleet.world.until(() => missing(fleet) === 0, 5_000);
  const joinCpu = cpuSeconds(start);
  fleet.world.run(60_000 - fleet.world.now.monotonicMs);
  expect(fleet.world.changes).toEqual([]);
  const victim = fleet.all[617] ?? '';
  const seen = crashOne(fleet, victim, 20_000);
  fleet.world.run(121_000 - fleet.world.now.monotonicMs);
  console.log(
    `join ${fullMs} ms (${joinCpu.toFixed(1)} s of CPU), suspect ${seen.firstSuspectMs.toFixed(0)}..${seen.lastSuspectMs.toFixed(0)} ms, ` +
      `dead ${seen.lastDeadMs.toFixed(0)} ms, ${fleet.world.packets} packets, ${cpuSeconds(start).toFixed(1)} s of CPU, ` +
      `${((performance.now() - startedMs) / 1_000).toFixed(1)} s by the clock`,
  );
  expect(seen).toMatchObject({ suspecting: others, burying: others, others: 0 });
  const bound = spreadBoundMs(others, probesFor(others, DEFAULT_LIMITS), helpersFor(others), DEFAULT_TIMING);
  expect(seen.lastSuspectMs).toBeLessThanOrEqual(bound);
  expect(seen.lastDeadMs).toBeLessThanOrEqual(bound + DEFAULT_TIMING.suspicionMs);
  expect(missing(fleet, [victim])).toBe(0);
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

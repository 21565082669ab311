/**
 * Measures one program at one size and prints the figures as JSON: run by `fleets.ts`, where possible in a network
 * namespace of its own, so that the loopback counters hold nobody else's bytes.
 *
 * @param argv program, size, rounds, idle seconds
 */
import { readFileSync } from 'node:fs';
import { cpuTicks, residentMiB } from '../processes.ts';
import { ours } from './ours.ts';
import type { BenchNode, Program, Shown } from './program.ts';
import { python } from './python.ts';
import { serf } from './serf.ts';

export interface Figures {
  /** Milliseconds, the slowest observer of each round; null: not within the limit. */
  readonly join: (number | null)[];
  readonly suspect: (number | null)[];
  readonly dead: (number | null)[];
  readonly restart: (number | null)[];
  readonly leave: (number | null)[];
  readonly cpuPercent: number;
  readonly residentMiB: number;
  /** Of one node, both directions counted once. */
  readonly bytesPerSecond: number;
}

const limitMs = 45_000;
/** A restarted Python node mostly stays dead for its fleet for ever; what is alive again is so within a second. */
const restartLimitMs = 15_000;
const [what = '', size = '3', rounds = '3', seconds = '20'] = process.argv.slice(2);
const programs: Record<string, Program> = { ours, serf, python };

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** When the last of `observers` showed `about` in one of `states`. */
async function lastOf(
  observers: readonly BenchNode[],
  about: string,
  states: readonly Shown[],
  sinceMs: number,
  withinMs = limitMs,
): Promise<number> {
  return Math.max(...(await Promise.all(observers.map(({ view }) => view.when(about, states, sinceMs, withinMs)))));
}

/** When everybody showed everybody. */
async function fullView(nodes: readonly BenchNode[], newcomer: BenchNode, sinceMs: number): Promise<number> {
  const others = nodes.filter((node) => node !== newcomer);
  const seen = await Promise.all([
    lastOf(others, newcomer.name, ['alive'], sinceMs),
    ...others.map((other) => newcomer.view.when(other.name, ['alive'], 0, limitMs)),
  ]);
  return Math.max(...seen);
}

function loopbackBytes(): number {
  return Number(/lo:\s*(\d+)/.exec(readFileSync('/proc/net/dev', 'utf8'))?.[1]);
}

async function measure(program: Program, count: number): Promise<Figures> {
  const figures = { join: [], suspect: [], dead: [], restart: [], leave: [] } as Record<string, (number | null)[]>;
  const note = (key: string, value: number): void => {
    figures[key]?.push(finite(value));
  };
  const first = await program.start([]);
  let nodes = [first];
  while (nodes.length < count - 1) {
    const missing = Math.min(program.startsAtOnce, count - 1 - nodes.length);
    nodes.push(...(await Promise.all(Array.from({ length: missing }, () => program.start([first])))));
  }
  for (const node of nodes) await fullView(nodes, node, 0);
  for (let round = 0; round < Number(rounds); round += 1) {
    const newcomer = await program.start([first]);
    nodes.push(newcomer);
    note('join', (await fullView(nodes, newcomer, newcomer.readyMs)) - newcomer.readyMs);
    await pause(2_000 + round * 300);
    const others = nodes.filter((node) => node !== newcomer);
    const killedMs = performance.now();
    newcomer.kill();
    note('suspect', (await lastOf(others, newcomer.name, ['suspect', 'dead'], killedMs)) - killedMs);
    note('dead', (await lastOf(others, newcomer.name, ['dead'], killedMs)) - killedMs);
    await newcomer.end();
    const again = await program.start([first], newcomer);
    nodes = [...others, again];
    note('restart', (await lastOf(others, again.name, ['alive'], again.readyMs, restartLimitMs)) - again.readyMs);
    await pause(2_000);
    if (again.leave !== null) {
      const leftMs = performance.now();
      again.leave();
      note('leave', (await lastOf(others, again.name, ['left'], leftMs)) - leftMs);
    }
    await again.end();
    nodes = others;
  }
  nodes.push(await program.start([first]));
  // "Idle" begins when announcements are over and code is compiled.
  await pause(10_000);
  const before = nodes.map(({ pid }) => cpuTicks(pid));
  const bytes = loopbackBytes();
  await pause(Number(seconds) * 1_000);
  const ticks = nodes.reduce((sum, { pid }, index) => sum + cpuTicks(pid) - (before[index] ?? 0), 0);
  const cpuPercent = ticks / nodes.length / Number(seconds);
  const bytesPerSecond = (loopbackBytes() - bytes) / Number(seconds) / nodes.length;
  const resident = Math.max(...nodes.map(({ pid }) => residentMiB(pid)));
  await Promise.all(nodes.map((node) => node.end()));
  const { join = [], suspect = [], dead = [], restart = [], leave = [] } = figures;
  return { join, suspect, dead, restart, leave, cpuPercent, residentMiB: resident, bytesPerSecond };
}

const program = programs[what];
if (program === undefined) throw new Error(`no program ${what}`);
const missing = await program.missing();
const result = missing === null ? { figures: await measure(program, Number(size)) } : { missing };
console.log(JSON.stringify(result));
process.exit(0);

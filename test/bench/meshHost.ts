/** The mesh host beside a bare Node process: processor time and memory while nothing happens, and time to a full view. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cpuTicks, residentMiB } from './processes.ts';
import { median, type Row } from './row.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

interface Node {
  readonly child: ChildProcess;
  readonly address: string;
  /** Resolves when a snapshot or peer event shows `count` living peers. */
  full(count: number): Promise<void>;
}

async function startNode(seeds: readonly string[]): Promise<Node> {
  const child = spawn(process.execPath, [cli, 'node', '--json', ...seeds.flatMap((seed) => ['--seed', seed])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const alive = new Set<string>();
  const waiting: { count: number; done: () => void }[] = [];
  let ready: (address: string) => void = () => {};
  const address = new Promise<string>((done) => {
    ready = done;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as { event: string; address?: string; peer?: { id: string; state: string } };
    if (event.event === 'ready' && event.address) ready(event.address);
    if (event.event === 'peer' && event.peer) {
      if (event.peer.state === 'alive') alive.add(event.peer.id);
      else alive.delete(event.peer.id);
    }
    for (const entry of waiting.splice(0))
      if (alive.size >= entry.count) entry.done();
      else waiting.push(entry);
  });
  return {
    child,
    address: await address,
    full: (count) => (alive.size >= count ? Promise.resolve() : new Promise((done) => waiting.push({ count, done }))),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.write('{"command":"stop"}\n');
  await exited;
}

/** The one child of a process: the mesh host below `node --json`. */
function childOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const first = children[0];
  if (first === undefined) throw new Error(`process ${pid} has no child`);
  return first;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Linux only: reads /proc. @param seconds how long the idle fleet is watched */
export async function meshHost(seconds: number): Promise<Row[]> {
  const joins: number[] = [];
  let nodes: Node[] = [];
  for (let round = 0; round < 5; round++) {
    const first = await startNode([]);
    const second = await startNode([first.address]);
    await Promise.all([first.full(1), second.full(1)]);
    const third = await startNode([first.address]);
    const start = performance.now();
    await Promise.all([first.full(2), second.full(2), third.full(2)]);
    joins.push(performance.now() - start);
    nodes = [first, second, third];
    if (round < 4) await Promise.all(nodes.map((node) => end(node.child)));
  }
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const hosts = nodes.map((node) => childOf(node.child.pid ?? 0));
  // The first seconds still compile code and repeat announcements; "idle" begins after them.
  await pause(10_000);
  const before = hosts.map(cpuTicks);
  await pause(seconds * 1000);
  const used = hosts.map((pid, i) => (cpuTicks(pid) - (before[i] ?? 0)) / seconds);
  const memory = Math.max(...hosts.map(residentMiB));
  const bareMemory = residentMiB(bare.pid ?? 0);
  bare.kill();
  await Promise.all(nodes.map((node) => end(node.child)));
  return [
    {
      what: 'third node joins: all three see all, after its ready',
      ours: median(joins),
      reference: { name: 'serf', skipped: 'measured with the fleets of N nodes' },
      unit: 'ms',
      goal: 'at most 50 ms',
      holds: median(joins) <= 50,
    },
    {
      what: 'mesh host idle in a fleet of three',
      detail: `${seconds} s`,
      ours: median(used),
      reference: { name: 'serf', skipped: 'measured with the fleets of N nodes' },
      unit: '% of a core',
      goal: 'at most 0.3 %',
      holds: median(used) <= 0.3,
    },
    {
      what: 'mesh host, resident memory',
      ours: memory,
      reference: { name: 'bare Node process', value: bareMemory },
      unit: 'MiB',
      goal: 'at most 24 MiB more',
      holds: memory <= bareMemory + 24,
    },
  ];
}

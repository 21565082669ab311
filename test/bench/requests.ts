/** Reliable requests with their answers: between two of our nodes, between two real Python nodes, and from ours to Python. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { NodeConfig } from '#schemas/fleet/mesh.ts';
import { createMeshSupervisor, type MeshSupervisor } from '#server/mesh/host/supervisor.ts';
import { venv } from '../interop/python.ts';
import { median, type Row } from './row.ts';

const hostPath = fileURLToPath(new URL('../../dist/meshHost.js', import.meta.url));
const script = fileURLToPath(new URL('../interop/python/mesh_node.py', import.meta.url));
const release = '3.0.0';

const config: NodeConfig = {
  host: '127.0.0.1',
  port: null,
  zmqOffset: 1_000,
  name: 'bench',
  seeds: [],
  avoidPorts: [],
  keepalive: {
    enabled: true,
    intervalMs: 90_000,
    backoffMs: 45_000,
    suppressWindowMs: 60_000,
    ackTimeoutMs: 10_000,
    allowZeroPeers: true,
  },
  forgetAfterMs: 600_000,
};

const limitMs = 120_000;

/** What does not come is named, and ends the run. */
async function within<Result>(what: string, result: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${limitMs / 1_000} s: ${what}`)), limitMs);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}

interface Ours {
  readonly node: MeshSupervisor;
  readonly address: string;
  until(what: string, check: () => boolean): Promise<void>;
}

async function startOurs(seeds: string[]): Promise<Ours> {
  const waiting = new Set<() => void>();
  const node: MeshSupervisor = createMeshSupervisor({
    hostPath,
    onRoster: () => {
      for (const attempt of [...waiting]) attempt();
    },
    onEvent(event) {
      if (event.event === 'message' && event.correlationId !== null)
        node.send({ command: 'respond', id: null, correlationId: event.correlationId, data: { response: 'heard you' } });
    },
  });
  const status = await node.start({ ...config, seeds });
  if (status.self === null) throw new Error(`The node did not start: ${status.error?.message}`);
  return {
    node,
    address: status.self.address,
    until: (what, check) =>
      within(
        what,
        new Promise((resolve) => {
          const attempt = () => {
            if (!check()) return;
            waiting.delete(attempt);
            resolve();
          };
          waiting.add(attempt);
          attempt();
        }),
      ),
  };
}

interface PythonNode {
  readonly child: ChildProcess;
  readonly address: string;
  send(command: object): void;
  event(what: string, fits: (event: { [key: string]: unknown }) => boolean): Promise<{ [key: string]: unknown }>;
}

async function startPython(role: string, port: number, seeds: string[], folder: string): Promise<PythonNode> {
  const options = { host: '127.0.0.1', port, seeds: seeds.join(','), roles: [role] };
  const child = spawn(await venv(release), [script, JSON.stringify(options)], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const seen: { [key: string]: unknown }[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    seen.push(JSON.parse(line) as { [key: string]: unknown });
    for (const attempt of [...waiting]) attempt();
  });
  return {
    child,
    address: `127.0.0.1:${port}`,
    send: (command) => child.stdin.write(`${JSON.stringify(command)}\n`),
    event: (what, fits) =>
      within(
        `${role}: ${what}`,
        new Promise((resolve) => {
          const attempt = () => {
            const found = seen.find(fits);
            if (found === undefined) return;
            waiting.delete(attempt);
            resolve(found);
          };
          waiting.add(attempt);
          attempt();
        }),
      ),
  };
}

interface Figures {
  readonly perSecond: number;
  /** One after another, the next as soon as the last is answered. */
  readonly roundTripMs: number;
  /** The same after random pauses. */
  readonly rareMs: number;
}

async function ask(asker: MeshSupervisor, role: string): Promise<void> {
  const answer = await asker.request({ command: 'ask', target: { role }, data: { query: 'ping' }, timeoutMs: 30_000 });
  if (!answer.ok) throw new Error(`No answer: ${answer.error}`);
}

/**
 * A Python node looks for messages every 10 ms, and who asks again at once always meets it just after it has looked. What
 * someone waits who asks at any moment shows after pauses of up to so long.
 */
const pauseMs = 20;
const singles = 100;

/** `count` requests, `width` at once, after a few that warm up; then some one after another, without and with pauses. */
async function measureOurs(asker: MeshSupervisor, role: string, count: number, width: number): Promise<Figures> {
  for (let index = 0; index < 20; index++) await ask(asker, role);
  let left = count;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) await ask(asker, role);
    }),
  );
  const perSecond = count / ((performance.now() - begun) / 1_000);
  const oneByOne = async (pause: number): Promise<number> => {
    const times: number[] = [];
    for (let index = 0; index < singles; index++) {
      if (pause > 0) await new Promise((done) => setTimeout(done, Math.random() * pause));
      const sentMs = performance.now();
      await ask(asker, role);
      times.push(performance.now() - sentMs);
    }
    return median(times);
  };
  return { perSecond, roundTripMs: await oneByOne(0), rareMs: await oneByOne(pauseMs) };
}

/** An answer is found by its id. */
let bursts = 0;

async function measurePython(asker: PythonNode, role: string): Promise<Figures> {
  const burst = async (id: string, count: number, width: number, pause = 0) => {
    asker.send({ command: 'burst', id, role, count, width, pause });
    const { data } = await asker.event(`the end of ${id}`, (event) => event.event === 'answer' && event.id === id);
    return data as { answered: number; took: number; times: number[] };
  };
  await burst(`warm-${bursts}`, 5, 1);
  // Concurrency hardly helps between Python nodes; 16 is where it still works.
  const many = await burst(`many-${bursts}`, 200, 16);
  const single = await burst(`single-${bursts}`, singles, 1);
  const rare = await burst(`rare-${bursts++}`, singles, 1, pauseMs / 1_000);
  return {
    perSecond: many.answered / many.took,
    roundTripMs: median(single.times) * 1_000,
    rareMs: median(rare.times) * 1_000,
  };
}

const rolesOf = ({ node }: Ours): string[] => node.roster()?.roles.map(({ role }) => role) ?? [];

/** Needs `python3` and a package index, or the environment that the interop lane left behind. */
export async function requests(): Promise<Row[]> {
  const one = await startOurs([]);
  const two = await startOurs([one.address]);
  await two.node.request({ command: 'announce', agents: [{ role: 'answerer', capabilities: [], description: '' }] });
  await one.until('the role answerer', () => rolesOf(one).includes('answerer'));
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  // Outside the range from which our own nodes choose, and below the ephemeral ports.
  const base = 12_000 + (process.pid % 300) * 20;
  const alpha = await startPython('alpha', base, [one.address], folder);
  const beta = await startPython('beta', base + 1, [one.address], folder);
  const rounds: Record<'ours' | 'python' | 'mixed', Figures>[] = [];
  try {
    for (const node of [alpha, beta]) await node.event('start', (event) => event.event === 'started');
    await alpha.event('the role beta', (event) => event.event === 'roles' && (event.roles as string[]).includes('beta'));
    await one.until('the role beta', () => rolesOf(one).includes('beta'));
    for (let round = 0; round < 3; round++) {
      rounds.push({
        ours: await measureOurs(one.node, 'answerer', 5_000, 64),
        python: await measurePython(alpha, 'beta'),
        mixed: await measureOurs(one.node, 'beta', 200, 16),
      });
    }
  } finally {
    for (const { child } of [alpha, beta]) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await Promise.all([one.node.stop(), two.node.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
  const middle = (who: 'ours' | 'python' | 'mixed'): Figures => ({
    perSecond: median(rounds.map((round) => round[who].perSecond)),
    roundTripMs: median(rounds.map((round) => round[who].roundTripMs)),
    rareMs: median(rounds.map((round) => round[who].rareMs)),
  });
  const [ours, python, mixed] = [middle('ours'), middle('python'), middle('mixed')];
  const reference = (value: number) => ({ name: `Python ${release} to Python`, value });
  return [
    {
      what: 'requests answered, ours to ours, 64 at once',
      ours: ours.perSecond,
      reference: reference(python.perSecond),
      unit: '1/s',
      goal: 'at least 100 x',
      holds: ours.perSecond >= 100 * python.perSecond,
    },
    {
      what: 'requests answered, ours to Python, 16 at once',
      ours: mixed.perSecond,
      reference: reference(python.perSecond),
      unit: '1/s',
      goal: 'not slower',
      holds: mixed.perSecond >= python.perSecond,
    },
    ...(
      [
        { key: 'roundTripMs', how: 'one after another' },
        { key: 'rareMs', how: 'at any moment' },
      ] as const
    ).flatMap(({ key, how }) => [
      {
        what: `request and answer, ours to ours, ${how}`,
        ours: ours[key],
        reference: reference(python[key]),
        unit: 'ms' as const,
        goal: 'faster',
        holds: ours[key] < python[key],
      },
      {
        what: `request and answer, ours to Python, ${how}`,
        ours: mixed[key],
        reference: reference(python[key]),
        unit: 'ms' as const,
        // Most of it is the polling of the Python side, which both have.
        goal: 'at most 1.2 x',
        holds: mixed[key] <= 1.2 * python[key],
      },
    ]),
  ];
}

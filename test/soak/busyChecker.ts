/** A language server that works through 5,000 files again and again, with its mesh node in a fleet of real nodes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type FleetView, fleetViewSchema, nodeStatusSchema } from '#schemas/fleet/view.ts';
import { type PythonNode, startPython } from '../interop/mesh/pythonNode.ts';
import { openClient } from '../lsp/client.ts';

export interface BusyFigures {
  readonly rounds: number;
  /** Milliseconds. */
  readonly pong: Percentiles;
  /** The same for a process that does nothing but echo, at the same time on the same machine. */
  readonly control: Percentiles;
  /** Every state but ALIVE that a Python peer gave our node, and when. */
  readonly accusations: readonly string[];
  readonly view: FleetView;
}

export interface Percentiles {
  readonly count: number;
  readonly lost: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

const env = (index: number, round: number) =>
  [
    `JARVISCORE_NODE_NAME=node-${index}`,
    'P2P_ENABLED=true',
    'LOG_LEVEL=INFO',
    'REDIS_URL=redis://localhost:6379/0',
    'KEEPALIVE_INTERVAL=90',
    `APPLICATION_ROUND=${round}`,
    '',
  ].join('\n');

async function workspace(folder: string, files: number): Promise<void> {
  for (let index = 0; index < files; index++) {
    const place = join(folder, `group-${index % 50}`, `service-${index}`);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, '.env'), env(index, 0));
  }
}

async function finish(child: ChildProcess): Promise<Percentiles> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const exit = once(child, 'exit');
  child.stdin?.end();
  await exit;
  const { lost, roundTrips } = JSON.parse(text) as { lost: number; roundTrips: number[] };
  const at = (share: number) => roundTrips[Math.min(roundTrips.length - 1, Math.floor(roundTrips.length * share))] ?? Number.NaN;
  return { count: roundTrips.length, lost, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

/** @param durationMs how long the checker is kept busy. */
export async function busyChecker(files: number, durationMs: number): Promise<BusyFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'busy-checker-'));
  const children: ChildProcess[] = [];
  const run = (script: string, ...options: string[]) => {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(process.execPath, [path, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  try {
    await workspace(folder, files);
    const pythons: PythonNode[] = [await startPython('3.0.0', ['alpha'], [])];
    const [seed] = pythons;
    pythons.push(await startPython('1.0.2', ['beta'], [seed?.address ?? '']));
    await Promise.all(pythons.map((python) => python.event('started', (event) => event.event === 'started', 120_000)));
    const uri = pathToFileURL(folder).href;
    await using client = await openClient({ folders: [uri], server: 'bundle', fleetView: true });
    const seeds = pythons.map((python) => python.address);
    const status = nodeStatusSchema.parse(
      await client.connection.sendRequest('jarviscoreFleet/startNode', { port: null, seeds }),
    );
    const address = status.self?.address;
    if (address === undefined) throw new Error(`The node did not start: ${status.error?.message}`);
    for (const python of pythons) {
      await python.event(
        'our node alive',
        (event) => event.event === 'member' && event.peer === address && event.state === 'ALIVE',
        30_000,
      );
    }
    const echo = run('./pongEcho.ts');
    const [line] = (await once(echo.stdout ?? echo, 'data')) as [Buffer];
    const [host = '', port = ''] = address.split(':');
    const probe = run('./pongProbe.ts', host, port, '20');
    const control = run('./pongProbe.ts', '127.0.0.1', line.toString().trim(), '20');
    const beganMs = Date.now();
    let rounds = 0;
    for (; Date.now() - beganMs < durationMs; rounds++) {
      const changes = Array.from({ length: 50 }, (_unused, index) => (rounds * 50 + index) % files);
      for (const index of changes)
        await writeFile(join(folder, `group-${index % 50}`, `service-${index}`, '.env'), env(index, rounds));
      await client.filesChanged(
        ...changes.map((index) => ({ uri: `${uri}/group-${index % 50}/service-${index}/.env`, type: 2 as const })),
      );
      await client.pullWorkspace();
    }
    const [pong, quiet] = await Promise.all([finish(probe), finish(control)]);
    echo.stdin.end();
    const view = fleetViewSchema.parse(await client.connection.sendRequest('jarviscoreFleet/snapshot'));
    const accusations = pythons.flatMap((python) =>
      python.events
        .filter((event) => event.event === 'member' && event.peer === address && event.state !== 'ALIVE')
        .map((event) => `${python.release}: ${event.state} after ${(event.t - beganMs / 1_000).toFixed(1)} s`),
    );
    return { rounds, pong, control: quiet, accusations, view };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

export function percentileText({ count, lost, p50, p99, p999, max }: Percentiles): string {
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  return `p50 ${ms(p50)}, p99 ${ms(p99)}, p99.9 ${ms(p999)}, max ${ms(max)} (${count} answers, ${lost} lost)`;
}

/** The framework's own nodes, through the script of the interop tests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { venv } from '../../interop/python.ts';
import { type BenchNode, type Program, type Shown, View } from './program.ts';

const script = fileURLToPath(new URL('../../interop/python/mesh_node.py', import.meta.url));
const states: Record<string, Shown> = { ALIVE: 'alive', SUSPECT: 'suspect', DEAD: 'dead' };
const release = '3.0.0';
let nextPort = 12_000;

async function start(seeds: readonly BenchNode[], again?: BenchNode): Promise<BenchNode> {
  const view = new View();
  nextPort += 1;
  const port = again === undefined ? nextPort : Number(again.name.split(':')[1]);
  const options = {
    host: '127.0.0.1',
    port,
    seeds: seeds.map(({ name }) => name).join(','),
    roles: [`role${port}`],
    config: {},
    reuse: true,
  };
  const cwd = await mkdtemp(join(tmpdir(), 'bench-node-'));
  const child = spawn(await venv(release), [script, JSON.stringify(options)], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  // Its own clock is the wall clock.
  const offsetMs = performance.now() - Date.now();
  const ready = new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`Python node ${port} ended`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const event = JSON.parse(line) as { event: string; t: number; peer?: string; state?: string | null };
      const atMs = event.t * 1_000 + offsetMs;
      // A first node without seeds sends nothing until somebody comes.
      if (event.event === 'first-packet' || event.event === 'started') resolve(atMs);
      const state = states[event.state ?? ''];
      if (event.event === 'member' && event.peer !== undefined && state !== undefined) view.show(event.peer, state, atMs);
    });
  });
  return {
    name: `127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    readyMs: await ready,
    view,
    kill: () => child.kill('SIGKILL'),
    leave: null,
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

export const python: Program = {
  name: `Python nodes ${release}`,
  startsAtOnce: 6,
  missing: () =>
    venv(release).then(
      () => null,
      (error: Error) => error.message,
    ),
  start,
};

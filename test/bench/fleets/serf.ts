/** HashiCorp's serf with its timing profile for one machine; what it sees is read from its log. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { type BenchNode, type Program, View } from './program.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : freePort();
}

const marks = [
  [/EventMemberJoin: (\S+)/, 'alive'],
  [/Suspect (\S+) has failed/, 'suspect'],
  [/EventMemberFailed: (\S+)/, 'dead'],
  [/EventMemberLeave: (\S+)/, 'left'],
] as const;

const addresses = new Map<string, string>();
let started = 0;

async function start(seeds: readonly BenchNode[], again?: BenchNode): Promise<BenchNode> {
  const view = new View();
  started += 1;
  const name = again?.name ?? `n${started}`;
  const bind = addresses.get(name) ?? `127.0.0.1:${await freePort()}`;
  addresses.set(name, bind);
  const rpc = await freePort();
  const joins = seeds.map((seed) => `-join=${addresses.get(seed.name)}`);
  const args = ['agent', `-node=${name}`, `-bind=${bind}`, `-rpc-addr=127.0.0.1:${rpc}`, '-profile=local', '-log-level=info'];
  const child = spawn('serf', [...args, ...joins], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`serf ${name} ended`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.includes('Serf agent running')) resolve(performance.now());
        for (const [mark, state] of marks) {
          const about = mark.exec(line)?.[1];
          if (about !== undefined && about !== name) view.show(about, state);
        }
      });
    }
  });
  const readyMs = await ready;
  return {
    name,
    pid: child.pid ?? 0,
    readyMs,
    view,
    kill: () => child.kill('SIGKILL'),
    // An interrupted agent leaves the cluster first.
    leave: () => child.kill('SIGINT'),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

export const serf: Program = {
  name: 'serf',
  startsAtOnce: 1,
  missing: () =>
    Promise.resolve(spawnSync('serf', ['version']).error === undefined ? null : 'no serf on the PATH (Debian package serf)'),
  start,
};

/**
 * Runs in a network namespace of its own: two nodes on two addresses of one interface, one address is taken away and
 * given back. Prints one JSON line per step.
 *
 *   unshare --user --map-root-user --net node networkGone.ts HOST_BUNDLE
 */
import { execFileSync } from 'node:child_process';
import { createMeshSupervisor, type MeshSupervisor } from '#server/mesh/host/supervisor.ts';

const [hostPath = ''] = process.argv.slice(2);
const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
const say = (step: object) => console.log(JSON.stringify(step));
const wakers = new Set<() => void>();

function until(what: string, check: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not within 60 s: ${what}`)), 60_000);
    const attempt = () => {
      if (!check()) return;
      clearTimeout(timer);
      wakers.delete(attempt);
      resolve();
    };
    wakers.add(attempt);
    attempt();
  });
}

async function start(host: string, port: number, seeds: string[]): Promise<MeshSupervisor> {
  const wake = () => {
    for (const attempt of [...wakers]) attempt();
  };
  const node = createMeshSupervisor({
    hostPath,
    onRoster: wake,
    onStatus: wake,
    onEvent(event) {
      if (event.event === 'message' && event.correlationId !== null)
        void node.request({ command: 'respond', correlationId: event.correlationId, data: { response: 'here' } });
    },
  });
  const status = await node.start({
    host,
    port,
    zmqOffset: 1_000,
    name: host,
    seeds,
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
  });
  if (status.phase !== 'running') throw new Error(JSON.stringify(status));
  return node;
}

ip('link', 'set', 'lo', 'up');
ip('address', 'add', '10.77.0.1/32', 'dev', 'lo');
ip('address', 'add', '10.77.0.2/32', 'dev', 'lo');
const one = await start('10.77.0.1', 17_946, ['10.77.0.2:17946']);
const two = await start('10.77.0.2', 17_946, []);
await two.request({ command: 'announce', agents: [{ role: 'other', capabilities: [], description: '' }] });
const peer = () => one.roster()?.peers.find((candidate) => candidate.id === '10.77.0.2:17946');
const warnings = () => one.roster()?.self.warnings ?? [];
const state = () => ({ alive: peer()?.state === 'alive', warnings: warnings(), restarts: one.status.restarts });

await until('together', () => peer()?.state === 'alive' && peer()?.agents.length === 1);
say({ at: 'together', ...state() });
ip('address', 'del', '10.77.0.1/32', 'dev', 'lo');
await until('gone', () => peer()?.state === 'dead' && warnings().length > 0);
say({ at: 'gone', ...state() });
ip('address', 'add', '10.77.0.1/32', 'dev', 'lo');
await until('back', () => peer()?.state === 'alive' && warnings().length === 0 && peer()?.announced === true);
const answer = await one.request({ command: 'ask', target: { role: 'other' }, data: {}, timeoutMs: 30_000 });
say({ at: 'back', ...state(), answer });
await Promise.all([one.stop(), two.stop()]);

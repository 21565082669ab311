import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NodeConfig } from '#schemas/fleet/mesh.ts';
import { createMeshSupervisor } from '#server/mesh/host/supervisor.ts';
import { type BenchNode, type Program, View } from './program.ts';

const hostPath = fileURLToPath(new URL('../../../dist/meshHost.js', import.meta.url));

function configOf(seeds: readonly BenchNode[], port: number | null): NodeConfig {
  return {
    host: '127.0.0.1',
    port,
    zmqOffset: 1_000,
    name: 'node',
    seeds: seeds.map(({ name }) => name),
    avoidPorts: [],
    keepalive: {
      enabled: true,
      intervalMs: 90_000,
      backoffMs: 45_000,
      suppressWindowMs: 60_000,
      ackTimeoutMs: 10_000,
      allowZeroPeers: true,
    },
    forgetAfterMs: 1_800_000,
  };
}

async function start(seeds: readonly BenchNode[], again?: BenchNode): Promise<BenchNode> {
  const view = new View();
  const shown = new Map<string, string>();
  let readyMs = Number.NaN;
  const supervisor = createMeshSupervisor({
    hostPath,
    // The bench kills hosts and starts others in their place itself.
    restartDelayMs: 600_000,
    onEvent(event) {
      if (event.event === 'ready') readyMs = performance.now();
    },
    onRoster(roster) {
      for (const peer of roster?.peers ?? []) {
        if (shown.get(peer.id) === peer.state) continue;
        shown.set(peer.id, peer.state);
        if (peer.state !== 'offline' && peer.state !== 'unknown') view.show(peer.id, peer.state);
      }
    },
  });
  const status = await supervisor.start(configOf(seeds, again === undefined ? null : Number(again.name.split(':')[1])));
  const { pid } = supervisor;
  if (status.self === null || pid === null) throw new Error(`a node did not start: ${JSON.stringify(status.error)}`);
  let left: Promise<unknown> | null = null;
  return {
    name: status.self.address,
    pid,
    readyMs,
    view,
    kill: () => process.kill(pid, 'SIGKILL'),
    leave: () => {
      left = supervisor.stop();
    },
    end: async () => {
      await left;
      await supervisor.stop();
      supervisor.dispose();
    },
  };
}

export const ours: Program = {
  name: 'ours',
  startsAtOnce: 1,
  missing: () => Promise.resolve(existsSync(hostPath) ? null : 'npm run build has not been run'),
  start,
};

/** Real mesh host processes for tests, and the ports they may use. */

import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach } from 'vitest';
import type { HostEvent, NodeConfig } from '#schemas/fleet/mesh.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import { createMeshSupervisor, type MeshSupervisor, type SupervisorOptions } from '#server/mesh/host/supervisor.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const ownFolder = `${root}.cache/test-host/${process.pid}`;
let bundle: Promise<string> | null = null;

/** Bundles the mesh host as `npm run build` does; zeromq stays a package and is found from inside the checkout. */
export function buildHost(folder?: string): Promise<string> {
  const make = async (into: string) => {
    await mkdir(into, { recursive: true });
    const outfile = `${into}/meshHost.cjs`;
    await build({
      absWorkingDir: root,
      entryPoints: ['server/src/meshHost.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      external: ['zeromq'],
      mainFields: ['module', 'main'],
      conditions: ['node'],
      logLevel: 'warning',
      sourcemap: 'linked',
    });
    return outfile;
  };
  if (folder !== undefined) return make(folder);
  bundle ??= make(ownFolder);
  return bundle;
}

afterAll(() => rm(ownFolder, { recursive: true, force: true }));

export const defaults: NodeConfig = {
  host: '127.0.0.1',
  port: null,
  zmqOffset: 1_000,
  name: 'node',
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
  forgetAfterMs: 1_800_000,
};

export interface TestNode extends MeshSupervisor {
  readonly events: HostEvent[];
  readonly logs: string[];
  /** Every state a peer was in, in order. */
  readonly history: {
    readonly peer: string;
    readonly state: string;
    readonly atMs: number;
    /** Who said so; the node's own address: it itself. */
    readonly observedBy: string | null;
    readonly reason: string | null;
  }[];
  /** Resolves once `check` gives something; rejects at the deadline with what was there instead. */
  until<T>(what: string, check: () => T | null | undefined | false, timeoutMs?: number): Promise<T>;
  peer(address: string): LivePeer | undefined;
  role(name: string): { readonly gone: boolean; readonly holders: readonly { readonly peer: string | null }[] } | undefined;
}

const running: MeshSupervisor[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((node) => node.stop()));
});

export async function testNode(options: Partial<SupervisorOptions> = {}): Promise<TestNode> {
  const events: HostEvent[] = [];
  const logs: string[] = [];
  const history: { peer: string; state: string; atMs: number; observedBy: string | null; reason: string | null }[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of [...waiting]) check();
  };
  const supervisor = createMeshSupervisor({
    hostPath: options.hostPath ?? (await buildHost()),
    ...options,
    onEvent(event) {
      events.push(event);
      wake();
    },
    onStatus: wake,
    onRoster(roster) {
      for (const peer of roster?.peers ?? []) {
        const last = history.findLast((entry) => entry.peer === peer.id);
        if (last?.state !== peer.state)
          history.push({ peer: peer.id, state: peer.state, atMs: Date.now(), observedBy: peer.observedBy, reason: peer.reason });
      }
      wake();
    },
    log(level, text) {
      logs.push(`${level}: ${text}`);
    },
  });
  running.push(supervisor);
  return Object.defineProperties(
    {
      events,
      logs,
      history,
      until<T>(what: string, check: () => T | null | undefined | false, timeoutMs = 5_000): Promise<T> {
        return new Promise((resolve, reject) => {
          const timer = setTimeout(() => {
            clearInterval(again);
            waiting.delete(attempt);
            const state = { status: supervisor.status, roster: supervisor.roster() };
            reject(
              new Error(`Not within ${timeoutMs} ms: ${what}. ${JSON.stringify(state, null, 1)}\n${logs.slice(-20).join('\n')}`),
            );
          }, timeoutMs);
          // For what changes without an event of this node: a scripted peer's own records.
          const again = setInterval(() => attempt(), 50);
          const attempt = () => {
            const found = check();
            if (found === null || found === undefined || found === false) return;
            clearTimeout(timer);
            clearInterval(again);
            waiting.delete(attempt);
            resolve(found);
          };
          waiting.add(attempt);
          attempt();
        });
      },
      peer: (address: string) => supervisor.roster()?.peers.find((peer) => peer.id === address),
      role: (name: string) => supervisor.roster()?.roles.find((role) => role.role === name),
    },
    Object.getOwnPropertyDescriptors(supervisor),
  ) as TestNode;
}

/** A running node; fails the test with the reason when it does not start. */
export async function startNode(
  config: Partial<NodeConfig> = {},
  options: Partial<SupervisorOptions> = {},
): Promise<TestNode & { address: string }> {
  const node = await testNode(options);
  const status = await node.start({ ...defaults, ...config });
  if (status.phase !== 'running' || status.self === null)
    throw new Error(`Did not start: ${JSON.stringify(status)}\n${node.logs.join('\n')}`);
  return Object.assign(node, { address: status.self.address });
}

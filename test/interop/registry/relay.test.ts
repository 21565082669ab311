/** Real relay clients against our hub: broker 12.4.1, broker 9.1.6, and the SDK's own NodeProviderClient. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Peer } from '#schemas/fleet/peer.ts';
import { type Node, node } from '../../sockets/cli/jsonNode.ts';
import { atEnd, freePort } from '../../sockets/registry/support.ts';
import { npmPackage } from './npmPackage.ts';
import { record } from './recorder.ts';

/** How long a node has to stay alive without a gap. The soak lane asks for 150 s. */
const liveMs = Number(process.env.RELAY_LIVE_MS ?? 40_000);
/** Brokers of the first two generations double their pause up to 30 s and never reset it. */
const reconnectMs = 35_000;

interface Client {
  readonly name: string;
  readonly token: string;
  /** Null: what the program chooses for itself. */
  readonly nodeId: string | null;
  /** Whether it has a capacity, so that its load follows. */
  readonly capacity: boolean;
  readonly spawns: boolean;
  start(baseUrl: string, folder: string): Promise<ChildProcess>;
}

const broker = (version: string, token: string, nodeId: string | null): Client => ({
  name: `broker ${version}`,
  token,
  nodeId,
  capacity: nodeId !== null,
  spawns: true,
  async start(baseUrl, folder) {
    const packages = await npmPackage(`@agent-relay/broker-linux-x64@${version}`);
    const program = join(packages, 'node_modules/@agent-relay/broker-linux-x64/bin/agent-relay-broker');
    // Without --persist a broker ends by itself after 120 s.
    return spawn(program, ['init', '--persist', '--instance-name', `broker-${version}`], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        AGENT_RELAY_TELEMETRY_DISABLED: '1',
        RELAYCAST_BASE_URL: baseUrl,
        RELAY_WORKSPACE_KEY: 'rk_live_test',
        RELAY_NODE_TOKEN: token,
        RELAY_NODE_ID: nodeId ?? '',
        AGENT_RELAY_NODE_MAX_AGENTS: '4',
        AGENT_RELAY_NODE_HARNESSES: 'fakecli',
      },
    });
  },
});

const sdk: Client = {
  name: 'SDK 6.0.2',
  token: 'nt_live_sdk',
  nodeId: 'node_sdk',
  capacity: false,
  spawns: false,
  async start(baseUrl) {
    const packages = await npmPackage('@relaycast/sdk@6.0.2');
    const script = fileURLToPath(new URL('sdkNode.mjs', import.meta.url));
    const args = [script, join(packages, 'node_modules/@relaycast/sdk/dist/index.js'), baseUrl, this.token, 'node_sdk'];
    return spawn(process.execPath, args, { stdio: 'ignore' });
  },
};

const clients: readonly Client[] = [broker('12.4.1', 'nt_live_g3', 'node_g3'), broker('9.1.6', 'nt_live_g1', null), sdk];

test(`real relay nodes register, stay live for ${liveMs / 1000} s, work, survive our restart and are offline at once when killed`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-'));
  const port = await freePort();
  const args = [
    ...['--relay', `127.0.0.1:${port}`, '--store', join(folder, 'nodes.db')],
    ...clients.flatMap(({ token }) => ['--relay-token', token]),
  ];
  let hub = node(...args);
  await hub.event('ready');
  const recorders = await Promise.all(clients.map(() => record(`http://127.0.0.1:${port}`)));
  const processes = await Promise.all(
    clients.map(async (client, index) => {
      const own = mkdtempSync(join(folder, 'client-'));
      const child = await client.start(recorders[index]?.url ?? '', own);
      atEnd(() => child.kill('SIGKILL'));
      return child;
    }),
  );
  // A node whose id is its own choice is known by its token: by the frame it registered with.
  const ids = await Promise.all(
    clients.map(async ({ nodeId }, index) => {
      if (nodeId !== null) return nodeId;
      const { peer } = await hub.event('peer', ({ peer: { id } }) => !clients.some((client) => client.nodeId === id), 0, 30_000);
      expect(recorders[index]?.fromNode[0]).toMatchObject({ type: 'node.register', node_id: peer.id });
      return peer.id;
    }),
  );
  const alive = (running: Node, id: string, fits: (peer: Peer) => boolean = () => true, after = 0, timeoutMs = 30_000) =>
    running.event('peer', ({ peer }) => peer.id === id && peer.state === 'alive' && fits(peer), after, timeoutMs);
  await Promise.all(ids.map((id) => alive(hub, id)));

  // Work: what is spawned and released through us shows in the counts, and in the load where there is a capacity.
  for (const [index, client] of clients.entries()) {
    const peer = ids[index] ?? '';
    const invoke = async (id: string, action: string, input: object) => {
      hub.send({ command: 'invoke', id, peer, action, input, timeout: 60 });
      return hub.event('result', (event) => event.id === id, 0, 60_000);
    };
    if (!client.spawns) {
      expect(await invoke('echo', 'echo', { a: 1 })).toMatchObject({ ok: true, data: { a: 1 } });
      continue;
    }
    for (const [count, name] of [
      [1, 'w1'],
      [2, 'w2'],
    ] as const) {
      const after = hub.events.length;
      const worker = `${name}-${index}`;
      expect(await invoke(`spawn ${worker}`, 'spawn:fakecli', { name: worker, cli: 'cat' })).toMatchObject({
        ok: true,
        data: { spawned: true, name: worker },
      });
      const expected = client.capacity
        ? { activeAgents: count, load: count / 4, maxAgents: 4 }
        : { activeAgents: count, load: 0, maxAgents: 0 };
      const { peer: shown } = await alive(hub, peer, ({ capacity }) => capacity?.activeAgents === count, after);
      expect(shown.capacity).toEqual(expected);
      expect(shown.agents.map(({ role }) => role)).toContain(worker);
    }
    for (const [count, name] of [
      [1, 'w1'],
      [0, 'w2'],
    ] as const) {
      const after = hub.events.length;
      expect(await invoke(`release ${name}-${index}`, 'release', { name: `${name}-${index}` })).toMatchObject({ ok: true });
      await alive(
        hub,
        peer,
        ({ capacity }) => capacity?.activeAgents === count && capacity.load === (client.capacity ? count / 4 : 0),
        after,
      );
    }
  }

  const from = hub.events.length;
  await new Promise((resolve) => setTimeout(resolve, liveMs));
  const gaps = hub.events.slice(from).filter((event) => event.event === 'peer' && event.peer.state !== 'alive');
  expect(gaps).toEqual([]);

  // Our restart: known and offline from the first moment, alive again when each comes back by itself.
  hub.send({ command: 'stop' });
  expect(await hub.ended).toBe(0);
  hub = node(...args);
  await hub.event('ready');
  const started = performance.now();
  const back = await Promise.all(
    ids.map(async (id) => {
      await alive(hub, id, () => true, 0, reconnectMs);
      return `${((performance.now() - started) / 1000).toFixed(1)} s`;
    }),
  );

  // Killed: the socket's end is enough.
  const ends: string[] = [];
  for (const [index, child] of processes.entries()) {
    const id = ids[index] ?? '';
    const after = hub.events.length;
    const killed = performance.now();
    child.kill('SIGKILL');
    const { peer } = await hub.event('peer', (event) => event.peer.id === id && event.peer.state === 'offline', after, 5_000);
    ends.push(`${(performance.now() - killed).toFixed(0)} ms`);
    expect(peer.reason).toBe('connection closed');
  }

  // Every frame of both sides passes the strict schemas of the engine's own types.
  const types = await npmPackage('@relaycast/sdk@6.0.2');
  const wire = (await import(pathToFileURL(join(types, 'node_modules/@relaycast/types/dist/fleet-wire.js')).href)) as Record<
    'parseFleetBrokerToRelaycastMessage' | 'parseFleetRelaycastToBrokerMessage',
    (frame: unknown) => unknown
  >;
  for (const { fromHub, fromNode } of recorders) {
    for (const frame of fromNode) wire.parseFleetBrokerToRelaycastMessage(frame);
    for (const frame of fromHub) wire.parseFleetRelaycastToBrokerMessage(frame);
  }
  const count = (side: 'fromHub' | 'fromNode') => recorders.reduce((sum, recorder) => sum + recorder[side].length, 0);
  expect(count('fromNode')).toBeGreaterThan(20);
  expect(count('fromHub')).toBeGreaterThan(10);
  console.info(
    `relay: ${count('fromNode')} frames from nodes, ${count('fromHub')} from the hub, all strict; live for ${liveMs / 1000} s; ` +
      clients.map(({ name }, index) => `${name}: back after ${back[index]}, offline ${ends[index]} after SIGKILL`).join('; '),
  );
  rmSync(folder, { recursive: true, force: true });
});

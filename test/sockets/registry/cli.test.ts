/** The registry as `node --json` shows it: real processes, real sockets, a real file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { beat, registration } from '../../unit/registry/hubHarness.ts';
import { runCli } from '../cli/command.ts';
import { type Node, node } from '../cli/jsonNode.ts';
import { agentServer, atEnd, close, freePort, post, serve } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registry-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const agent = { '/gpu-info': { gpus: [] }, '/resident-info': { residents: [] } };
const peerOf = (running: Node, id: string, state: string, after = 0, timeoutMs = 15_000) =>
  running.event('peer', ({ peer }) => peer.id === id && peer.state === state, after, timeoutMs);

async function stop(running: Node): Promise<void> {
  running.send({ command: 'stop' });
  await running.event('stopped');
  expect(await running.ended).toBe(0);
}

test('a relay node and a CircuitForge node appear in the roster, survive a restart, and are forgotten on command', async () => {
  const [relay, coordinator] = [await freePort(), await freePort()];
  const store = join(folder, 'deep', 'nodes.db');
  const args = [
    '--relay',
    `127.0.0.1:${relay}`,
    '--relay-token',
    't1',
    '--coordinator',
    `127.0.0.1:${coordinator}`,
    '--store',
    store,
  ];
  const first = node(...args);
  await first.event('ready');

  const socket = new WebSocket(`ws://127.0.0.1:${relay}/v1/node/ws?token=t1`);
  atEnd(() => socket.terminate());
  socket.on('open', () => {
    socket.send(JSON.stringify({ v: 1, ...registration() }));
    socket.send(JSON.stringify({ v: 1, ...beat() }));
  });
  const seen = await first.event('peer', ({ peer }) => peer.id === 'node_a' && peer.capacity?.load === 0.5);
  expect(seen.peer).toEqual({
    id: 'node_a',
    name: 'builder',
    kind: 'relay',
    address: null,
    state: 'alive',
    incarnation: null,
    since: expect.stringMatching(/Z$/),
    reason: 'registered',
    observedBy: null,
    agents: [],
    capacity: { load: 0.5, activeAgents: 2, maxAgents: 4 },
    keepalive: null,
  });
  const server = agentServer(agent);
  const url = await serve(server);
  expect(await post(`http://127.0.0.1:${coordinator}/api/nodes`, { node_id: 'heimdall', agent_url: url })).toMatchObject({
    status: 200,
  });
  expect((await peerOf(first, 'heimdall', 'alive')).peer).toMatchObject({ kind: 'circuitforge', address: url, capacity: null });

  socket.terminate();
  await peerOf(first, 'node_a', 'offline');
  const lastSeen = Date.now();
  await stop(first);

  // Both are there from the first moment, offline; the one that can be asked is asked at once.
  const second = node(...args);
  await second.event('ready');
  const restored = await peerOf(second, 'node_a', 'offline');
  expect(restored.peer).toMatchObject({ name: 'builder', reason: 'restored, not heard from since the start' });
  await peerOf(second, 'heimdall', 'alive');

  // Its token still belongs to it, and to nobody else.
  const thief = new WebSocket(`ws://127.0.0.1:${relay}/v1/node/ws?token=t1`);
  atEnd(() => thief.terminate());
  const refused = new Promise<string>((resolve) => thief.on('message', (data) => resolve(String(data))));
  thief.on('open', () => thief.send(JSON.stringify({ v: 1, ...registration({ node_id: 'node_b' }) })));
  expect(JSON.parse(await refused)).toMatchObject({ code: 'node_id_mismatch', message: 'this token belongs to node_a' });

  await close(server);
  second.send({ command: 'forget', id: 1, peer: 'heimdall' });
  expect(await second.event('result', ({ id }) => id === 1)).toMatchObject({ command: 'forget', ok: true });
  second.send({ command: 'forget', id: 2, peer: 'heimdall' });
  expect(await second.event('result', ({ id }) => id === 2)).toMatchObject({ ok: false });
  second.send({ command: 'snapshot' });
  const snapshot = await second.event('snapshot');
  expect(snapshot.peers.map(({ id }) => id)).toEqual(['node_a']);
  await stop(second);

  const database = new DatabaseSync(store, { readOnly: true });
  const rows = database.prepare('SELECT kind, id, last_seen FROM node').all();
  database.close();
  expect(rows).toEqual([{ kind: 'relay', id: 'node_a', last_seen: expect.any(Number) }]);
  expect(Math.abs(Number(rows[0]?.last_seen) - lastSeen)).toBeLessThan(60_000);
  // Neither the token nor anything made of it in the clear.
  expect(readFileSync(store).includes('t1"')).toBe(false);
}, 60_000);

test('mesh peers are remembered, asked at the next start, and alive as soon as they answer, without being joined', async () => {
  const store = join(folder, 'nodes.db');
  const port = await freePort();
  const other = node('--name', 'beta', '--bind', `127.0.0.1:${port}`);
  const { address } = await other.event('ready');
  const first = node('--seed', address, '--store', store);
  await peerOf(first, address, 'alive');
  await stop(first);

  // Still there: met in the first moment, although nobody names it as a seed.
  const second = node('--store', store);
  await second.event('ready');
  const before = await peerOf(second, address, 'offline');
  expect(before.peer).toMatchObject({ kind: 'jarviscore', address, reason: expect.stringContaining('known from earlier') });
  const met = await peerOf(second, address, 'alive');
  expect(met.peer).toMatchObject({ reason: 'known from earlier; it answers us and is no member of our mesh', incarnation: null });
  console.info(
    `alive ${Date.parse(met.peer.since ?? '') - Date.parse(before.peer.since ?? '')} ms after it was last seen by the run before`,
  );
  other.send({ command: 'snapshot' });
  const seen = await other.event('snapshot');
  expect(seen.peers.filter(({ state }) => state === 'alive')).toEqual([]);
  await stop(second);
  await stop(other);

  const third = node('--store', store);
  await third.event('ready');
  await peerOf(third, address, 'offline');
  third.send({ command: 'forget', id: 1, peer: address });
  expect(await third.event('result')).toMatchObject({ id: 1, command: 'forget', ok: true });
  await stop(third);
  const fourth = node('--store', store);
  await fourth.event('ready');
  fourth.send({ command: 'snapshot' });
  expect((await fourth.event('snapshot')).peers).toEqual([]);
  await stop(fourth);
}, 60_000);

test('a database of CircuitForge opens, and what was not seen for longer than the age limit goes', async () => {
  const store = join(folder, 'cf-orch-nodes.db');
  const url = await serve(agentServer(agent));
  const old = new DatabaseSync(store);
  old.exec('CREATE TABLE known_nodes (node_id TEXT PRIMARY KEY, agent_url TEXT NOT NULL, last_seen REAL NOT NULL)');
  const put = old.prepare('INSERT INTO known_nodes VALUES (?, ?, ?)');
  put.run('fresh', url, Date.now() / 1000 - 60);
  put.run('silent', 'http://127.0.0.1:9', Date.now() / 1000 - 29 * 86_400);
  put.run('aged', url, Date.now() / 1000 - 31 * 86_400);
  old.close();
  const running = node('--coordinator', `127.0.0.1:${await freePort()}`, '--store', store);
  await running.event('ready');
  await peerOf(running, 'fresh', 'alive');
  await running.event('peer', ({ peer }) => peer.id === 'silent' && peer.reason?.includes('connection refused') === true);
  running.send({ command: 'snapshot' });
  expect((await running.event('snapshot')).peers.map(({ id }) => id).sort()).toEqual(['fresh', 'silent']);
  await stop(running);
});

test('a dead node ages out while we run', async () => {
  const port = await freePort();
  const running = node('--coordinator', `127.0.0.1:${port}`, '--store', join(folder, 'nodes.db'), '--forget-after', '2');
  await running.event('ready');
  const server = agentServer(agent);
  await post(`http://127.0.0.1:${port}/api/nodes`, { node_id: 'dying', agent_url: await serve(server) });
  await peerOf(running, 'dying', 'alive');
  await close(server);
  // Each answer is an event of its own: a row that goes has none.
  for (let peers = ['dying']; peers.length > 0; ) {
    const after = running.events.length;
    running.send({ command: 'snapshot' });
    peers = (await running.event('snapshot', () => true, after)).peers.map(({ id }) => id);
  }
  await stop(running);
}, 30_000);

test('our node appears in another relay fleet, follows its announcements, and leaves', async () => {
  const relay = await freePort();
  const hub = node('--relay', `127.0.0.1:${relay}`, '--relay-token', 't1');
  await hub.event('ready');
  const guest = node(
    '--name',
    'guest',
    '--announce',
    `ws://127.0.0.1:${relay}`,
    '--announce-token',
    't1',
    '--announce-id',
    'node_g',
    '--max-agents',
    '4',
  );
  await guest.event('ready');
  await peerOf(hub, 'node_g', 'alive');
  guest.send({ command: 'announce', id: 1, agents: [{ role: 'coder' }, { role: 'coder' }] });
  const grown = await hub.event('peer', ({ peer }) => peer.id === 'node_g' && peer.capacity?.activeAgents === 2);
  expect(grown.peer).toMatchObject({
    name: 'guest',
    capacity: { load: 0.5, maxAgents: 4 },
    agents: [{ role: 'coder' }, { role: 'coder-2' }],
  });
  hub.send({ command: 'invoke', id: 7, peer: 'node_g', action: 'spawn:x', input: {} });
  expect(await hub.event('result', ({ id }) => id === 7)).toMatchObject({
    ok: false,
    error: expect.stringContaining('handler_unavailable'),
  });
  await stop(guest);
  expect((await peerOf(hub, 'node_g', 'offline')).peer.reason).toBe('deregistered');
  await stop(hub);
});

test('our node appears with a coordinator and is asked for its GPUs', async () => {
  const port = await freePort();
  const coordinator = node('--coordinator', `127.0.0.1:${port}`);
  await coordinator.event('ready');
  const guest = node('--name', 'heimdall', '--announce', `http://127.0.0.1:${port}`);
  await guest.event('ready');
  const seen = await peerOf(coordinator, 'heimdall', 'alive');
  const base = seen.peer.address ?? '';
  expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: 'ok', node_id: 'heimdall' });
  expect(await (await fetch(`${base}/resident-info`)).json()).toEqual({ residents: [] });
  await stop(guest);
  await stop(coordinator);
});

test('what cannot work is refused with the reason before anything runs', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cases: [string[], string][] = [
    [['--relay', '127.0.0.1:8787'], '--relay needs a token'],
    [['--relay-token', 'x'], '--relay-token needs --relay'],
    [['--relay', 'localhost:8787', '--relay-token', 'x'], 'Use a numeric IPv4 address'],
    [['--coordinator', '0.0.0.0:7700'], 'Name one interface'],
    [['--announce', 'somewhere'], 'write ws://HOST:PORT'],
    [['--relay', `127.0.0.1:${port}`, '--relay-token', 'x'], 'another program has that port'],
    [['--coordinator', `127.0.0.1:${port}`], 'another program has that port'],
  ];
  for (const [args, text] of cases) {
    const outcome = await runCli(['node', ...args], folder);
    expect(outcome).toMatchObject({ status: 2, stdout: '' });
    expect(outcome.stderr).toContain(text);
  }
  await new Promise((resolve) => taken.close(resolve));
}, 30_000);

/** The fleet through the language server: real mesh hosts on loopback, started by the server and by the command line. */
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type FleetDelta,
  type FleetView,
  fleetDeltaSchema,
  fleetViewSchema,
  type NodeStatus,
  nodeStatusSchema,
} from '#schemas/fleet/view.ts';
import { start } from '../sockets/cli/command.ts';
import { openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
const cleanups: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => {
  files = createProject({});
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  files.dispose();
});

const mesh = (name: string, port: number, seeds = '') =>
  `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": ${port}, "node_name": "${name}", "seed_nodes": "${seeds}"})\n`;

async function snapshot(client: TestClient): Promise<FleetView> {
  return fleetViewSchema.parse(await client.connection.sendRequest('jarviscoreFleet/snapshot', null));
}

async function startNode(client: TestClient, params: unknown = { port: null, seeds: null }): Promise<NodeStatus> {
  return nodeStatusSchema.parse(await client.connection.sendRequest('jarviscoreFleet/startNode', params));
}

/** A peer that somebody else runs. */
async function runPeer(...args: string[]): Promise<{ readonly address: string; send(command: unknown): void; kill(): void }> {
  const child = start(['node', '--json', ...args], files.folder);
  const ended = new Promise((resolve) => child.once('close', resolve));
  cleanups.push(() => {
    child.kill('SIGTERM');
    return ended;
  });
  return new Promise((resolve, reject) => {
    child.once('close', () => reject(new Error('The peer ended.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event: { event: string; address: string; correlationId: string | null } = JSON.parse(line);
      const send = (command: unknown) => child.stdin.write(`${JSON.stringify(command)}\n`);
      if (event.event === 'ready') resolve({ address: event.address, send, kill: () => child.kill('SIGKILL') });
      if (event.event === 'message' && event.correlationId !== null) {
        send({ command: 'respond', correlationId: event.correlationId, data: { answered: true } });
      }
    });
  });
}

const portOf = (address: string) => Number(address.split(':')[1]);

test('without a node the declared ones are rows; with one, the live peer takes its row', async () => {
  const peer = await runPeer('--name', 'one');
  files.write('one.py', mesh('one', portOf(peer.address)));
  files.write('two.py', mesh('two', portOf(peer.address) + 1, peer.address));
  await using client = await openClient({ folders: [files.uri], fleetView: true });
  const deltas: FleetDelta[] = [];
  client.connection.onNotification('jarviscoreFleet/changed', (delta: unknown) => {
    deltas.push(fleetDeltaSchema.parse(delta));
  });
  const declared = await client.until('declared rows', async () => {
    const view = await snapshot(client);
    return view.peers.length === 2 ? view : undefined;
  });
  expect(declared).toMatchObject({ project: true, expected: 2, alive: 0, node: { phase: 'stopped' } });
  expect(declared.peers.map(({ id, seen, state }) => [id, seen, state])).toEqual([
    [`declared:${peer.address}`, false, 'unknown'],
    [`declared:127.0.0.1:${portOf(peer.address) + 1}`, false, 'unknown'],
  ]);

  const status = await startNode(client);
  expect(status).toMatchObject({ phase: 'running', error: null, self: { observing: true } });
  expect(status.seeds.map((seed) => seed.address)).toContain(peer.address);
  const live = await client.until('the live peer', async () => {
    const view = await snapshot(client);
    // Its name comes with its first message, a moment after it is known to be alive.
    return view.alive === 1 && view.peers.some((row) => row.name === 'one' && row.seen) ? view : undefined;
  });
  expect(live.peers.find((row) => row.id === peer.address)).toMatchObject({
    state: 'alive',
    seen: true,
    name: 'one',
    declared: { name: 'one', place: { uri: files.uriOf('one.py') } },
  });
  expect(live.peers.map((row) => row.id)).not.toContain(`declared:${peer.address}`);
  expect(live).toMatchObject({ expected: 2, alive: 1 });

  await client.until('deltas that lead there', () => deltas.at(-1)?.alive === 1);
  for (const [index, delta] of deltas.entries()) {
    const before = deltas[index - 1];
    if (before !== undefined) expect(delta.base).toBe(before.revision);
  }

  const stopped = nodeStatusSchema.parse(await client.connection.sendRequest('jarviscoreFleet/stopNode', null));
  expect(stopped).toMatchObject({ phase: 'stopped', self: null, error: null });
  expect((await snapshot(client)).peers.map((row) => row.seen)).toEqual([false, false]);
});

test('the first question announces one agent of ours, and the answer comes back', async () => {
  const peer = await runPeer('--name', 'worker');
  peer.send({ command: 'announce', agents: [{ role: 'adder', capabilities: ['sums'] }] });
  await using client = await openClient({ folders: [files.uri], fleetView: true });
  await startNode(client, { port: null, seeds: [peer.address] });
  await client.until('the role', async () => (await snapshot(client)).roles.some((role) => role.role === 'adder' && !role.gone));
  expect((await snapshot(client)).node.self?.observing).toBe(true);
  const answer = await client.connection.sendRequest('jarviscoreFleet/ask', {
    target: { role: 'adder' },
    data: { n: 1 },
    timeoutMs: 10_000,
  });
  expect(answer).toEqual({ ok: true, data: { answered: true }, error: null });
  expect((await snapshot(client)).node.self).toMatchObject({ observing: false, agents: [{ role: 'fleet-viewer' }] });
  const nobody = await client.connection.sendRequest('jarviscoreFleet/ask', {
    target: { role: 'nobody' },
    data: null,
    timeoutMs: 500,
  });
  expect(nobody).toMatchObject({ ok: false, error: expect.any(String) });
  const alive = await client.connection.sendRequest('jarviscoreFleet/forgetPeer', { peer: peer.address });
  expect(alive).toMatchObject({ ok: false, error: expect.any(String) });
  const readmitted = await client.connection.sendRequest('jarviscoreFleet/readmitPeer', { peer: peer.address });
  expect(readmitted).toEqual({ ok: false, error: `${peer.address} is alive.` });
});

test('an untrusted workspace opens no socket: the start is refused with what to do', async () => {
  await using client = await openClient({ folders: [files.uri], trusted: false });
  expect(await startNode(client)).toMatchObject({
    phase: 'failed',
    error: { code: 'untrusted', remedy: expect.stringContaining('Trust') },
  });
  expect((await snapshot(client)).node.error?.code).toBe('untrusted');
  await client.connection.sendNotification('jarviscoreFleet/trustGranted', null);
  expect((await snapshot(client)).node).toMatchObject({ phase: 'stopped', error: null });
  expect((await startNode(client, { port: null, seeds: [] })).phase).toBe('running');
});

test('a taken port fails with the port and the remedy, and a second start elsewhere works', async () => {
  const blocker: Server = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', () => resolve()));
  cleanups.push(() => new Promise((resolve) => blocker.close(resolve)));
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // The ZeroMQ port is the one that is taken.
  await using client = await openClient({ folders: [files.uri], settings: { node: { zmqPortOffset: 1 } } });
  await client.pullWorkspace();
  const failed = await startNode(client, { port: port - 1, seeds: [] });
  expect(failed).toMatchObject({
    phase: 'failed',
    self: null,
    error: { code: 'port-taken', message: expect.stringContaining(String(port)) },
  });
  expect(failed.error?.remedy).not.toBe('');
  expect((await startNode(client, { port: null, seeds: [] })).phase).toBe('running');
});

test('a crash of the host is visible, and the node comes back', async () => {
  await using client = await openClient({ folders: [files.uri], fleetView: true, server: 'bundle' });
  const running = await startNode(client, { port: null, seeds: [] });
  const { execFileSync } = await import('node:child_process');
  const listing = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' });
  const own = listing.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  const servers = own
    .filter((entry) => Number(entry?.[2]) === process.pid && entry?.[3]?.includes('lsp --stdio'))
    .map((entry) => entry?.[1]);
  const host = own.find((entry) => servers.includes(entry?.[2]) && entry?.[3]?.includes('meshHost.js'));
  process.kill(Number(host?.[1]), 'SIGKILL');
  const back = await client.until('the restarted node', async () => {
    const { node } = await snapshot(client);
    return node.phase === 'running' && node.restarts === 1 ? node : undefined;
  });
  expect(back.self?.address).toBe(running.self?.address);
});

test.each([
  ['jarviscoreFleet/startNode', null],
  ['jarviscoreFleet/startNode', { port: '7946', seeds: null }],
  ['jarviscoreFleet/startNode', { port: null, seeds: [7] }],
  ['jarviscoreFleet/ask', { target: {}, data: 1, timeoutMs: -1 }],
  ['jarviscoreFleet/ask', { target: { role: 'x' }, data: 1, timeoutMs: 1, strategy: 'best' }],
  ['jarviscoreFleet/forgetPeer', 'x'],
  ['jarviscoreFleet/readmitPeer', { peer: 7 }],
])('%s with %j is refused as invalid, and the server goes on', async (method, params) => {
  await using client = await openClient({ folders: [files.uri] });
  await expect(client.connection.sendRequest(method, params)).rejects.toMatchObject({ code: -32602 });
  expect((await snapshot(client)).node.phase).toBe('stopped');
});

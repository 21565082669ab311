/** Relay hub, coordinator and known nodes through the language server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { otherFleetsRequest } from '#schemas/editor/messages.ts';
import { type FleetView, fleetViewSchema, nodeStatusSchema } from '#schemas/fleet/view.ts';
import type { SourceHealth } from '#schemas/registry/host.ts';
import { joinScriptedPeer } from '../sockets/mesh/scriptedPeer.ts';
import { agentServer, atEnd, post, serve } from '../sockets/registry/support.ts';
import { beat, registration } from '../unit/registry/hubHarness.ts';
import { openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
beforeEach(() => {
  files = createProject({ 'node.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7946})\n' });
});
afterEach(() => files.dispose());

const snapshot = async (client: TestClient): Promise<FleetView> =>
  fleetViewSchema.parse(await client.connection.sendRequest('jarviscoreFleet/snapshot', null));

const freePorts = { relayHub: { port: 0 }, coordinator: { port: 0 } };
const key = 'rk_live_editor';

async function run(client: TestClient, hub: boolean, coordinator: boolean, again?: boolean): Promise<readonly SourceHealth[]> {
  const params = { hub: hub ? { workspaceKey: key } : null, coordinator, again };
  return otherFleetsRequest.result.parse(await client.connection.sendRequest(otherFleetsRequest.method, params)).sources;
}

const addressOf = (sources: readonly SourceHealth[], source: SourceHealth['source']) =>
  sources.find((health) => health.source === source && health.state === 'running')?.address ?? '';

test('a relay node and a CircuitForge node are rows, survive the server, and are forgotten', async () => {
  const storePath = join(files.folder, '.storage', 'known-nodes.db');
  const options = { folders: [files.uri], fleetView: true, storePath, settings: freePorts };
  const agent = await serve(agentServer({ '/gpu-info': { gpus: [] }, '/resident-info': { residents: [] } }));
  {
    await using client = await openClient(options);
    await snapshot(client);
    // Nothing is made on disk before there is something to remember.
    expect(existsSync(storePath)).toBe(false);
    const sources = await run(client, true, true);
    expect(sources.map(({ source, state }) => `${source} ${state}`).sort()).toEqual([
      'coordinator running',
      'relay-hub running',
      'store running',
    ]);

    const base = `http://${addressOf(sources, 'relay-hub')}`;
    const enrolled = await post(
      `${base}/v1/nodes`,
      { name: 'builder', node_id: 'node_a' },
      {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
      },
    );
    const { token } = (enrolled.body as { data: { token: string } }).data;
    const socket = new WebSocket(`${base.replace('http', 'ws')}/v1/node/ws?token=${token}`);
    atEnd(() => socket.terminate());
    socket.on('open', () => {
      socket.send(JSON.stringify({ v: 1, ...registration() }));
      socket.send(JSON.stringify({ v: 1, ...beat() }));
    });
    await post(`http://${addressOf(sources, 'coordinator')}/api/nodes`, { node_id: 'heimdall', agent_url: agent });
    const view = await client.until('both rows', async () => {
      const shown = await snapshot(client);
      return shown.peers.filter(({ other, state }) => other !== undefined && state === 'alive').length === 2 ? shown : undefined;
    });
    expect(view.peers.find(({ id }) => id === 'relay/node_a')).toMatchObject({
      kind: 'relay',
      capacity: { load: 0.5 },
      declared: null,
      seen: true,
    });
    expect(view.peers.find(({ id }) => id === 'circuitforge/heimdall')).toMatchObject({ address: agent });
    expect(view.sources.find(({ source }) => source === 'relay-hub')).toMatchObject({ nodes: 1 });

    // What is not wanted any more ends; its nodes stay, offline.
    expect(addressOf(await run(client, false, true), 'relay-hub')).toBe('');
    await client.until('the relay node offline', async () => {
      const row = (await snapshot(client)).peers.find(({ id }) => id === 'relay/node_a');
      return row?.state === 'offline' ? row : undefined;
    });
  }
  await using again = await openClient(options);
  const restored = await again.until('the rows of the store', async () => {
    const shown = (await snapshot(again)).peers.filter(({ other }) => other !== undefined);
    return shown.length === 2 ? shown : undefined;
  });
  expect(restored.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
    'circuitforge/heimdall offline',
    'relay/node_a offline',
  ]);
  for (const peer of ['relay/node_a', 'circuitforge/heimdall']) {
    expect(await again.connection.sendRequest('jarviscoreFleet/forgetPeer', { peer })).toEqual({ ok: true, error: null });
  }
  expect((await snapshot(again)).peers.filter(({ other }) => other !== undefined)).toEqual([]);
});

test('a mesh peer that has gone is offline after a restart of the local node, and after one of the server', async () => {
  const storePath = join(files.folder, '.storage', 'known-nodes.db');
  const options = { folders: [files.uri], fleetView: true, storePath, settings: freePorts };
  const request = (client: TestClient, method: string, params: unknown) =>
    client.connection.sendRequest(`jarviscoreFleet/${method}`, params);
  const started = async (client: TestClient): Promise<string> => {
    const status = nodeStatusSchema.parse(await request(client, 'startNode', { port: null, seeds: [] }));
    expect(status.phase).toBe('running');
    return status.self?.address ?? '';
  };
  const row = (client: TestClient, id: string, state: string) =>
    client.until(`${id} ${state}`, async () => {
      const found = (await snapshot(client)).peers.find((peer) => peer.id === id);
      return found?.state === state && found;
    });
  const reason = expect.stringMatching(/^known from earlier \(last (?:alive|suspect|dead)\), not heard from since the start$/);
  let id = '';
  {
    await using client = await openClient(options);
    const guest = await joinScriptedPeer(await started(client));
    id = guest.address;
    await row(client, id, 'alive').finally(() => guest.close());
    await request(client, 'stopNode', null);
    await started(client);
    expect(await row(client, id, 'offline')).toMatchObject({ kind: 'jarviscore', reason, incarnation: null });
  }
  await using again = await openClient(options);
  await started(again);
  expect(await row(again, id, 'offline')).toMatchObject({ reason });
  expect(await request(again, 'forgetPeer', { peer: id })).toEqual({ ok: true, error: null });
  expect((await snapshot(again)).peers.map((peer) => peer.id)).not.toContain(id);
});

test('a port that is taken is a source with the reason, and the rest goes on', async () => {
  const taken = await serve(agentServer({}));
  const settings = { ...freePorts, relayHub: { port: Number(new URL(taken).port) } };
  await using client = await openClient({ folders: [files.uri], fleetView: true, settings });
  const sources = await run(client, true, true);
  expect(sources.find(({ source }) => source === 'relay-hub')).toMatchObject({ state: 'failed', error: { code: 'port-taken' } });
  expect(addressOf(sources, 'coordinator')).not.toBe('');
});

test('asked once more, a source whose port has become free runs', async () => {
  const server = agentServer({});
  const taken = await serve(server);
  const settings = { ...freePorts, relayHub: { port: Number(new URL(taken).port) } };
  await using client = await openClient({ folders: [files.uri], fleetView: true, settings });
  expect(addressOf(await run(client, true, false), 'relay-hub')).toBe('');
  await new Promise((done) => server.close(done));
  expect(addressOf(await run(client, true, false), 'relay-hub')).toBe(new URL(taken).host);
});

test('after a reload of the window a port that the server before it still has is waited for, and the rest runs', async () => {
  const server = agentServer({});
  const taken = await serve(server);
  const { host, port } = new URL(taken);
  const settings = { ...freePorts, relayHub: { port: Number(port) } };
  await using client = await openClient({ folders: [files.uri], fleetView: true, settings });
  const sources = await run(client, true, true, true);
  const hub = ({ source }: SourceHealth) => source === 'relay-hub';
  expect(sources.find(hub)).toMatchObject({ state: 'waiting', message: expect.stringContaining(host) });
  const coordinator = addressOf(sources, 'coordinator');
  expect(coordinator).not.toBe('');
  await new Promise((done) => server.close(done));
  const view = await client.until('the hub on its port', async () => {
    const shown = await snapshot(client);
    return shown.sources.find(hub)?.state === 'running' ? shown : undefined;
  });
  expect(addressOf(view.sources, 'relay-hub')).toBe(host);
  expect(addressOf(view.sources, 'coordinator'), 'not started over').toBe(coordinator);
});

test('an untrusted workspace opens nothing', async () => {
  await using client = await openClient({ folders: [files.uri], fleetView: true, trusted: false, settings: freePorts });
  expect(await run(client, true, true)).toEqual([]);
  expect((await snapshot(client)).sources).toEqual([]);
});

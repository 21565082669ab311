import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Hub } from '#server/registry/relay/hub.ts';
import { createHubServer } from '#server/registry/relay/hubServer.ts';
import { beat, registration } from '../../unit/registry/hubHarness.ts';
import { atEnd, serve, until } from './support.ts';

async function hubServer(workspaceKey: string | null = 'rk_live_key') {
  const misuse: string[] = [];
  const hub = new Hub({
    tokens: ['nt_live_one', 'nt_live_two'],
    now: () => ({ monotonicMs: performance.now(), wallMs: Date.now() }),
    onChange: () => {},
    log: () => {},
  });
  const { server, close } = createHubServer({
    hub,
    workspaceKey,
    now: () => new Date(),
    misuse: (_remote, what) => misuse.push(what),
  });
  atEnd(close);
  const url = await serve(server);
  return { hub, url, misuse, ws: `${url.replace('http', 'ws')}/v1/node/ws`, node: () => [...hub.nodes()][0] };
}

async function open(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers });
  atEnd(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

async function refusal(url: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(url, { headers });
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
}

const say = (socket: WebSocket, frame: object) => socket.send(JSON.stringify({ v: 1, ...frame }));
const answer = async (socket: WebSocket) =>
  JSON.parse(String(((await once(socket, 'message')) as [Buffer])[0])) as Record<string, unknown>;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const call = async (url: string, init: RequestInit = {}) => {
  const response = await fetch(url, {
    ...init,
    headers: { 'content-type': 'application/json', authorization: 'Bearer rk_live_key', ...init.headers },
  });
  return { status: response.status, body: (await response.json()) as { ok: boolean; data: never } };
};

describe('the node socket', () => {
  test('takes the token as bearer, in any case, or in the query', async () => {
    const { ws } = await hubServer();
    await open(ws, { authorization: 'bearer nt_live_one' });
    await open(`${ws}?token=nt_live_two&origin_client=@relaycast/sdk`);
  });

  test('refuses everything else before a frame is read', async () => {
    const { misuse, url, ws } = await hubServer();
    expect(await refusal(ws)).toBe(401);
    expect(await refusal(ws, bearer('nt_live_three'))).toBe(401);
    expect(await refusal(`${ws}?token=guess`, bearer('nt_live_one'))).toBe(401);
    expect(await refusal(`${url.replace('http', 'ws')}/v1/node/terminal/ws`, bearer('nt_live_one'))).toBe(404);
    expect(await refusal(`${url.replace('http', 'ws')}/elsewhere`, bearer('nt_live_one'))).toBe(426);
    expect(await refusal(ws, { ...bearer('nt_live_one'), host: 'evil.example.com' })).toBe(421);
    expect(misuse).toContain('a node without a token of this hub');
  });

  test('answers in text frames and answers pings', async () => {
    const { node, ws } = await hubServer();
    const socket = await open(ws, bearer('nt_live_one'));
    say(socket, registration());
    const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
    expect(isBinary).toBe(false);
    expect(JSON.parse(String(data))).toMatchObject({ type: 'reply', id: 'r1', ok: true });
    socket.ping();
    await once(socket, 'pong');
    say(socket, beat());
    await until('the load', () => node()?.providers.get('broker')?.load === 0.5);
  });

  test('takes a node offline at once when its process is gone', async () => {
    const { node, ws } = await hubServer();
    const socket = await open(ws, bearer('nt_live_one'));
    say(socket, registration());
    await answer(socket);
    socket.terminate();
    await until('offline', () => node()?.online === false);
    expect(node()?.reason).toBe('connection closed');
  });

  test('closes on a frame that is too long, on binary ones and on a flood; others are not affected', async () => {
    const { misuse, node, ws } = await hubServer();
    const fine = await open(ws, bearer('nt_live_one'));
    say(fine, registration());
    await answer(fine);

    const long = await open(ws, bearer('nt_live_two'));
    long.on('error', () => {});
    long.send('x'.repeat(100_000_000));
    expect((await once(long, 'close'))[0]).toBe(1009);

    const binary = await open(ws, bearer('nt_live_two'));
    binary.send(Buffer.from('{}'));
    expect((await once(binary, 'close'))[0]).toBe(1003);

    const flood = await open(ws, bearer('nt_live_two'));
    flood.on('error', () => {});
    for (let i = 0; i < 20_000; i += 1) flood.send('{}');
    expect((await once(flood, 'close'))[0]).toBe(1008);

    say(fine, beat({ load: 0.75 }));
    await until('the load', () => node()?.providers.get('broker')?.load === 0.75);
    expect(misuse).toEqual(
      expect.arrayContaining(['a node that sends binary frames', 'a node that sends more frames than any real one']),
    );
  });

  test('cuts off headers that never end', async () => {
    const { url } = await hubServer();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /v1/node/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nX-');
    const timer = setInterval(() => socket.write('a'), 200);
    socket.on('error', () => {});
    const ended = once(socket, 'close');
    socket.resume();
    await ended;
    clearInterval(timer);
  }, 30_000);
});

describe('the HTTP side', () => {
  test('enrols with the workspace key, and the token opens the socket for that node only', async () => {
    const { url, ws } = await hubServer();
    const reply = await call(`${url}/v1/nodes`, {
      method: 'POST',
      body: JSON.stringify({ node_id: 'node_z', name: 'zeta', kind: 'ws', role: 'broker', version: 'relay-broker/12.4.1' }),
    });
    expect(reply).toMatchObject({
      status: 201,
      body: { ok: true, data: { id: 'node_z', name: 'zeta', status: 'offline', live: false } },
    });
    const { token } = reply.body.data as { token: string };
    const socket = await open(ws, bearer(token));
    say(socket, registration({ node_id: 'node_a' }));
    expect(await answer(socket)).toMatchObject({ type: 'error', code: 'node_id_mismatch' });
    say(socket, registration({ node_id: 'node_z', name: 'zeta' }));
    expect(await answer(socket)).toMatchObject({ type: 'reply' });
    expect((await call(`${url}/v1/nodes/zeta`)).body).toMatchObject({ data: { id: 'node_z', status: 'online', live: true } });
  });

  test('answers the queries of the SDK', async () => {
    const { url, ws } = await hubServer();
    const socket = await open(ws, bearer('nt_live_one'));
    say(socket, registration());
    await answer(socket);
    say(socket, { type: 'inventory.sync', id: 'i', agents: [{ agent_id: 'agent_1', name: 'w1' }] });
    await answer(socket);
    expect((await call(`${url}/v1/nodes`)).body.data).toHaveLength(1);
    expect((await call(`${url}/v1/nodes?name=builder`)).body.data).toHaveLength(1);
    expect((await call(`${url}/v1/nodes?name=nobody`)).body.data).toEqual([]);
    expect((await call(`${url}/v1/nodes?capability=spawn:claude`)).body.data).toHaveLength(1);
    expect((await call(`${url}/v1/nodes?capability=spawn:codex`)).body.data).toEqual([]);
    expect((await call(`${url}/v1/nodes/builder/agents`)).body.data).toEqual([{ id: 'agent_1', name: 'w1', status: 'online' }]);
    expect((await call(`${url}/v1/nodes/nobody`)).status).toBe(404);
  });

  test('gives nothing without the workspace key, whatever is asked', async () => {
    const { url } = await hubServer();
    for (const path of ['/v1/nodes', '/v1/nodes/x', '/v1/agents/x', '/', '/v1/%zz']) {
      for (const authorization of ['', 'Bearer rk_live_guess', 'Bearer nt_live_one', 'Basic rk_live_key']) {
        expect((await call(`${url}${path}`, { headers: { authorization } })).status).toBe(401);
      }
    }
  });

  test('without a workspace key brokers can start, and nobody can enrol', async () => {
    const { url } = await hubServer(null);
    const headers = { authorization: 'Bearer rk_live_whatever' };
    const made = await call(`${url}/v1/agents`, { method: 'POST', headers, body: '{"name":"broker-1","type":"human"}' });
    expect(made).toMatchObject({
      status: 201,
      body: { data: { name: 'broker-1', status: 'online', token: expect.stringMatching(/^at_live_/) } },
    });
    expect((await call(`${url}/v1/nodes`, { method: 'POST', headers, body: '{"name":"x"}' })).status).toBe(401);
    // An agent's own token is no way around it.
    const agent = { authorization: `Bearer ${(made.body.data as { token: string }).token}` };
    expect((await call(`${url}/v1/nodes`, { method: 'POST', headers: agent, body: '{"name":"x"}' })).status).toBe(401);
    expect((await call(`${url}/v1/channels`, { method: 'POST', headers: agent, body: '{"name":"general"}' })).status).toBe(201);
    await call(`${url}/v1/channels/general/join`, { method: 'POST', headers: agent, body: '{}' });
    expect((await call(`${url}/v1/channels/general/members`, { headers: agent })).body.data).toMatchObject([
      { agent_name: 'broker-1' },
    ]);
    expect((await call(`${url}/v1/agents/broker-1`, { headers: agent })).body.data).toMatchObject({
      channels: [{ name: 'general' }],
    });
  });

  test("refuses broken and oversized bodies in the protocol's own shape", async () => {
    const { url } = await hubServer();
    expect(await call(`${url}/v1/nodes`, { method: 'POST', body: '{"name":' })).toMatchObject({
      status: 400,
      body: { ok: false },
    });
    expect(await call(`${url}/v1/nodes`, { method: 'POST', body: '{"name":7}' })).toMatchObject({
      status: 400,
      body: { ok: false },
    });
    const big = await call(`${url}/v1/nodes`, { method: 'POST', body: JSON.stringify({ name: 'x'.repeat(100_000) }) });
    expect(big).toMatchObject({ status: 413, body: { ok: false, error: { code: 'payload_too_large' } } });
  });
});

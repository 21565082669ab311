import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type NodeFrame, nodeFrameSchema } from '#schemas/wire/relay.ts';
import { RelayNode } from '#server/registry/relay/nodeClient.ts';
import { atEnd, serve, until } from './support.ts';

/** An engine that records frames and answers what it is told to. */
async function engine(port = 0) {
  const frames: NodeFrame[] = [];
  const sockets: WebSocket[] = [];
  const tokens: (string | undefined)[] = [];
  const answers = { registration: true, inventory: true };
  const server = createServer();
  const wss = new WebSocketServer({ server, path: '/v1/node/ws' });
  wss.on('connection', (socket, request) => {
    sockets.push(socket);
    tokens.push(request.headers.authorization);
    socket.on('message', (data) => {
      // Strict: our own frames have to pass what the hub demands of others.
      const frame = nodeFrameSchema.parse(JSON.parse(String(data)));
      frames.push(frame);
      const reply =
        (frame.type === 'node.register' && answers.registration) || (frame.type === 'inventory.sync' && answers.inventory);
      if (reply && 'id' in frame) socket.send(JSON.stringify({ v: 1, type: 'reply', id: frame.id, ok: true, data: {} }));
    });
  });
  const url = (await serve(server, port)).replace('http', 'ws');
  atEnd(() => {
    for (const socket of wss.clients) socket.terminate();
  });
  const of = <Type extends NodeFrame['type']>(type: Type) =>
    frames.filter((frame): frame is Extract<NodeFrame, { type: Type }> => frame.type === type);
  return { url, frames, sockets, tokens, answers, of };
}

function relayNode(url: string, over: { maxAgents?: number; random?: () => number } = {}) {
  const states: string[] = [];
  const node = new RelayNode({
    url,
    token: 'nt_live_x',
    nodeId: 'node_me',
    name: 'me',
    maxAgents: 4,
    version: 'jarviscore-fleet/test',
    random: () => 0.5,
    onState: ({ connected, message }) => states.push(`${connected ? 'up' : 'down'}: ${message}`),
    ...over,
  });
  atEnd(() => node.stop());
  return { node, states };
}

test('registers, waits for the answer, then sends its inventory and its first heartbeat', async () => {
  const { answers, frames, of, sockets, tokens, url } = await engine();
  answers.registration = false;
  const { node, states } = relayNode(url);
  node.start();
  await until('the registration', () => of('node.register').length === 1);
  expect(tokens).toEqual(['Bearer nt_live_x']);
  const [register] = of('node.register');
  sockets[0]?.send(JSON.stringify({ v: 1, type: 'reply', id: register?.id, ok: true, data: {} }));
  await until('the first heartbeat', () => of('node.heartbeat').length === 1);
  expect(frames.map(({ type }) => type)).toEqual(['node.register', 'inventory.sync', 'node.heartbeat']);
  expect(of('node.heartbeat')[0]).toMatchObject({ node_id: 'node_me', name: 'me', load: 0, active_agents: 0, max_agents: 4 });
  expect(states.at(-1)).toBe(`up: registered with ${url} as node_me`);
});

test('a crash and a restart in one tick are one heartbeat, with the count after the restart', async () => {
  const { of, url } = await engine();
  const { node } = relayNode(url);
  node.start();
  await until('the first heartbeat', () => of('node.heartbeat').length === 1);
  const agents = [
    { id: 'a', name: 'a' },
    { id: 'b', name: 'b' },
  ];
  node.setAgents(agents);
  await until('two agents', () => of('node.heartbeat').length === 2);
  expect(of('node.heartbeat')[1]).toMatchObject({ load: 0.5, active_agents: 2, max_agents: 4 });
  node.setAgents(agents.slice(0, 1));
  node.setAgents([...agents.slice(0, 1), { id: 'b2', name: 'b' }]);
  await until('one more', () => of('node.heartbeat').length === 3);
  node.setAgents([]);
  await until('and the next', () => of('node.heartbeat').length === 4);
  expect(of('node.heartbeat').map((frame) => frame.active_agents)).toEqual([0, 2, 2, 0]);
  expect(of('inventory.sync').map(({ agents: list }) => list.map(({ agent_id }) => agent_id))).toEqual([
    [],
    ['a', 'b'],
    ['a', 'b2'],
    [],
  ]);
});

test('load is at most 1, and 0 where the capacity is unlimited', async () => {
  const { of, url } = await engine();
  const few = relayNode(url, { maxAgents: 1 });
  few.node.setAgents([
    { id: 'a', name: 'a' },
    { id: 'b', name: 'b' },
  ]);
  few.node.start();
  await until('a heartbeat', () => of('node.heartbeat').length === 1);
  expect(of('node.heartbeat')[0]).toMatchObject({ load: 1, active_agents: 2 });
  few.node.stop();
  const free = relayNode(url, { maxAgents: 0 });
  free.node.setAgents([{ id: 'a', name: 'a' }]);
  free.node.start();
  await until('another', () => of('node.heartbeat').length === 2);
  expect(of('node.heartbeat')[1]).toMatchObject({ load: 0, active_agents: 1, max_agents: 0 });
});

test('an action is refused with a reason, unknown frames are ignored', async () => {
  const { of, sockets, url } = await engine();
  const { node } = relayNode(url);
  node.start();
  await until('a heartbeat', () => of('node.heartbeat').length === 1);
  sockets[0]?.send('not json');
  sockets[0]?.send(JSON.stringify({ v: 1, type: 'context.update', topic: 'presence', event: 'x', data: {} }));
  sockets[0]?.send(JSON.stringify({ v: 1, type: 'action.invoke', invocation_id: 'i1', action: 'spawn:x', input: {} }));
  await until('the result', () => of('action.result').length === 1);
  expect(of('action.result')[0]).toMatchObject({ invocation_id: 'i1', error: expect.stringContaining('handler_unavailable') });
});

test('comes back with a new instance after a loss, sooner after a healthy connection than after failures', async () => {
  const { of, sockets, url } = await engine();
  const { node, states } = relayNode(url);
  node.start();
  await until('a heartbeat', () => of('node.heartbeat').length === 1);
  sockets[0]?.terminate();
  await until('it is back', () => of('node.heartbeat').length === 2);
  const instances = of('node.register').map(({ provider }) => provider?.instance_id);
  expect(new Set(instances).size).toBe(2);
  const pauses = states.flatMap((state) => /tried again in ([\d.]+) s/.exec(state)?.[1] ?? []);
  expect(pauses).toEqual(['1.0']);
});

test('doubles its pauses with jitter while nobody listens, up to 30 s', async () => {
  const { url } = await engine();
  const nobody = url.replace(/\d+$/, '9');
  const { node, states } = relayNode(nobody, { random: () => 0.999 });
  node.start();
  await until('two failures', () => states.filter((state) => state.includes('tried again')).length === 2);
  const pauses = states.flatMap((state) => /tried again in ([\d.]+) s/.exec(state)?.[1] ?? []).map(Number);
  expect(pauses).toEqual([1.5, 3]);
  expect(states.find((state) => state.includes('tried again'))).toContain('ECONNREFUSED');
});

test('a refused token and a refused registration are reasons', async () => {
  const refusing = createServer();
  refusing.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'));
  const url = (await serve(refusing)).replace('http', 'ws');
  const { node, states } = relayNode(url);
  node.start();
  await until('the reason', () => states.some((state) => state.includes('401')));

  const other = await engine();
  other.answers.registration = false;
  const second = relayNode(other.url);
  second.node.start();
  await until('the registration', () => other.of('node.register').length === 1);
  const id = other.of('node.register')[0]?.id;
  other.sockets[0]?.send(
    JSON.stringify({ v: 1, type: 'error', id, ok: false, code: 'node_id_mismatch', message: 'belongs to another' }),
  );
  await until('the reason', () => second.states.some((state) => state.includes('belongs to another (node_id_mismatch)')));
});

test('says goodbye', async () => {
  const { of, sockets, url } = await engine();
  const { node } = relayNode(url);
  node.start();
  await until('a heartbeat', () => of('node.heartbeat').length === 1);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('no connection');
  const closed = once(socket, 'close');
  node.stop();
  await closed;
  expect(of('node.deregister')).toHaveLength(1);
});

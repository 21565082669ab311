/** `node --json` as a script uses it: two real processes on loopback. */
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runCli, start } from './command.ts';
import { type Node, node } from './jsonNode.ts';

async function pair(): Promise<readonly [Node, Node]> {
  const a = node('--name', 'alpha');
  const { address } = await a.event('ready');
  const b = node('--name', 'beta', '--seed', address);
  await b.event('peer', ({ peer }) => peer.id === address && peer.state === 'alive');
  await a.event('peer', ({ peer }) => peer.state === 'alive');
  return [a, b];
}

test('two nodes find each other, announce, ask, answer, notify, and leave', async () => {
  const [a, b] = await pair();
  a.send({ command: 'announce', id: 1, agents: [{ role: 'analyst', capabilities: ['sums'] }] });
  expect(await a.event('result')).toMatchObject({ id: 1, command: 'announce', ok: true, error: null });
  await b.event('peer', ({ peer }) =>
    peer.agents.some((agent) => agent.role === 'analyst' && agent.capabilities.includes('sums')),
  );
  b.send({ command: 'announce', id: 'b', agents: [{ role: 'asker' }] });
  await a.event('peer', ({ peer }) => peer.agents.some((agent) => agent.role === 'asker'));

  b.send({ command: 'ask', id: 2, role: 'analyst', data: { add: [1, 2] }, timeout: 10 });
  const request = await a.event('message');
  expect(request).toMatchObject({ type: 'PEER_REQUEST', data: { add: [1, 2] }, to: { role: 'analyst' } });
  expect(request.correlationId).not.toBeNull();
  a.send({ command: 'respond', correlationId: request.correlationId, data: { sum: 3 } });
  expect(await b.event('result', ({ id }) => id === 2)).toMatchObject({
    command: 'ask',
    ok: true,
    data: { sum: 3 },
    error: null,
  });

  b.send({ command: 'notify', role: 'analyst', data: { text: 'hello' } });
  expect(await a.event('message', ({ type }) => type === 'PEER_NOTIFY')).toMatchObject({
    correlationId: null,
    data: { text: 'hello' },
  });
  expect(await b.event('result', ({ command }) => command === 'notify')).toMatchObject({ id: null, ok: true });

  a.send({ command: 'snapshot' });
  const snapshot = await a.event('snapshot');
  expect(snapshot.roles).toEqual(['analyst', 'asker']);
  expect(snapshot.peers).toEqual([expect.objectContaining({ kind: 'jarviscore', state: 'alive', name: 'beta' })]);

  b.send({ command: 'stop' });
  await b.event('stopped');
  expect(await b.ended).toBe(0);
  const gone = await a.event('peer', ({ peer }) => peer.state === 'left' || peer.state === 'dead');
  const seen = a.events.length;
  a.send({ command: 'forget', id: 3, peer: gone.peer.id });
  expect(await a.event('result', ({ id }) => id === 3)).toMatchObject({ command: 'forget', ok: true });
  a.send({ command: 'snapshot' });
  expect(await a.event('snapshot', () => true, seen)).toMatchObject({ peers: [], roles: ['analyst'] });
});

test('what is known of a peer beyond its shape comes when it is asked for; a role is asked in turn', async () => {
  const [a, b] = await pair();
  a.send({ command: 'announce', id: 1, agents: [{ role: 'worker' }] });
  expect(await a.event('result')).toMatchObject({ id: 1, ok: true });
  await b.event('peer', ({ peer }) => peer.agents.some((agent) => agent.role === 'worker'));
  b.send({ command: 'ask', id: 2, role: 'worker', data: 1, timeout: 10, strategy: 'round_robin' });
  const request = await a.event('message');
  a.send({ command: 'respond', correlationId: request.correlationId, data: 2 });
  expect(await b.event('result', ({ id }) => id === 2)).toMatchObject({ ok: true, data: 2 });
  const { address } = await a.event('ready');
  b.send({ command: 'marks', id: 3 });
  expect(await b.event('result', ({ id }) => id === 3)).toEqual({
    event: 'result',
    id: 3,
    command: 'marks',
    ok: true,
    error: null,
    data: [
      {
        peer: address,
        localOpinion: null,
        warnings: [],
        behaviour: { groups: [], releases: 'JarvisCore Fleet', how: 'Its messages say so.' },
        addressable: true,
        suspectedBy: [],
        clockOffsetMs: expect.toSatisfy((value) => value === null || Math.abs(value) < 1_000),
        readmittable: false,
        refused: 0,
        marks: [],
      },
    ],
  });
  b.send({ command: 'ask', id: 4, role: 'worker', data: 1, strategy: 'best' });
  expect(await b.event('result', ({ id }) => id === 4)).toMatchObject({
    ok: false,
    error: expect.stringContaining('strategy'),
  });
});

test('bad lines and impossible commands are answered or said, and the node goes on', async () => {
  const a = node();
  await a.event('ready');
  a.write('not json\n[]\n{"command":"dance"}\n{"command":"respond"}\n\n');
  a.send({ command: 'ask', id: 'x', data: 1 });
  expect(await a.event('result', ({ id }) => id === 'x')).toMatchObject({
    command: 'ask',
    ok: false,
    data: null,
    error: expect.stringContaining('role'),
  });
  a.send({ command: 'ask', id: 'y', role: 'a', agent: 'b' });
  expect(await a.event('result', ({ id }) => id === 'y')).toMatchObject({ ok: false });
  a.send({ command: 'invoke', id: 'z', peer: 'p', action: 'a', input: {} });
  expect(await a.event('result', ({ id }) => id === 'z')).toMatchObject({ command: 'invoke', ok: false });
  a.send({ command: 'ask', id: 4, role: 'nobody', timeout: 1 });
  expect(await a.event('result', ({ id }) => id === 4)).toMatchObject({ ok: false, error: expect.any(String) });
  a.send({ command: 'snapshot' });
  await a.event('snapshot');
  expect(a.events.filter((event) => event.event === 'result')).toHaveLength(4);
  a.endInput();
  await a.event('stopped');
  expect(await a.ended).toBe(0);
  expect(a.events.filter((event) => event.event === 'stopped')).toHaveLength(1);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s leaves the mesh: exit 0, and the ports are free again', async (signal) => {
  const a = node();
  const { zmq } = await a.event('ready');
  a.kill(signal);
  await a.event('stopped');
  expect(await a.ended).toBe(0);
  const port = Number(zmq.split(':')[1]);
  await new Promise<void>((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
});

test('a taken port ends with exit 2 and says which', async () => {
  const a = node();
  const { address } = await a.event('ready');
  const { status, stdout, stderr } = await runCli(['node', '--json', '--bind', address], tmpdir());
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(address.split(':')[1]);
});

test.each([
  [['--bind', '0.0.0.0:7946'], '0.0.0.0'],
  [['--bind', 'localhost:7946'], 'numeric IPv4'],
  [['--bind', '[::1]:7946'], 'IPv6'],
  [['--bind', '127.0.0.1'], 'HOST:PORT'],
  [['--bind', '127.0.0.1:65000', '--zmq-offset', '1000'], '65535'],
  [['--seed', 'seed.example:7946'], 'numeric IPv4'],
  [['--keepalive-interval', 'soon'], 'above 0'],
  [['--allow-zero-peers', 'maybe'], 'true or false'],
])('%j is refused with the reason', async (args, reason) => {
  const { status, stdout, stderr } = await runCli(['node', ...args], tmpdir());
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(reason);
});

test('a person sees lines', async () => {
  const a = node('--name', 'watched');
  const { address } = await a.event('ready');
  const child = start(['node', '--seed', address], tmpdir());
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(text)), 10_000);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (!/alive +watched/.test(text)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(text).toMatch(/^Local node 127\.0\.0\.1:\d+ \(ZeroMQ 127\.0\.0\.1:\d+\)/);
  expect(text.trimEnd()).toMatch(/Left the mesh\.$/);
});

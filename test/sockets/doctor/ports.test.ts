/** What keeps a node from having its ports. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { collisions, portProblems } from '#server/run/ports.ts';
import { freePort } from '../mesh/freePort.ts';

test('free ports are no problem, and are free again afterwards', async () => {
  const swim = await freePort();
  const wanted = { name: 'node', host: '127.0.0.1', swim, zmq: swim + 1_000 };
  expect(await portProblems(wanted)).toEqual([]);
  expect(await portProblems(wanted)).toEqual([]);
});

test.runIf(process.platform === 'linux')('a port that TIME_WAIT keeps: swim-p2p refuses to start there', async () => {
  const swim = await freePort();
  const server = createServer((socket) => socket.on('error', () => {}).end());
  await new Promise<void>((done) => server.listen(swim + 1_000, '127.0.0.1', done));
  // The side that closes first keeps the port.
  const socket = connect(swim + 1_000, '127.0.0.1').resume();
  await once(socket, 'end');
  socket.end();
  await once(socket, 'close');
  await new Promise((done) => server.close(done));
  const problems = await portProblems({ name: 'node', host: '127.0.0.1', swim, zmq: swim + 1_000 });
  expect(problems).toEqual([
    `Port ${swim + 1_000} (ZeroMQ) on 127.0.0.1, which node needs, was in use until a moment ago: the framework cannot bind it for up to 60 s.`,
  ]);
});

test('an address of another machine', async () => {
  const swim = await freePort();
  const [first] = await portProblems({ name: 'node', host: '192.0.2.1', swim, zmq: swim + 1_000 });
  expect(first).toBe('192.0.2.1, which node binds, is no address of this machine.');
});

test('a node that listens where the other one has its ROUTER', () => {
  const one = { name: 'one', host: '127.0.0.1', swim: 7100, zmq: 8100 };
  const two = { name: 'two', host: '127.0.0.1', swim: 8100, zmq: 9100 };
  expect(collisions([one, two])).toEqual(['Port 8100 is needed twice: by one (ZeroMQ) and by two (TCP).']);
  expect(collisions([one, { name: 'three', host: '127.0.0.1', swim: 7200, zmq: null }])).toEqual([]);
});

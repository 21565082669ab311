import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { openTcp, type TcpTransport } from '#server/mesh/transport/tcp.ts';
import { freePort } from './freePort.ts';

const open: { close(): unknown }[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

interface End {
  readonly transport: TcpTransport;
  readonly address: string;
  readonly port: number;
  readonly got: { readonly from: string; readonly payload: Uint8Array }[];
}

async function end(): Promise<End> {
  const port = await freePort();
  const got: { from: string; payload: Uint8Array }[] = [];
  const transport = await openTcp('127.0.0.1', port, (from, payload) => got.push({ from, payload: Uint8Array.from(payload) }));
  open.push(transport);
  return { transport, address: `127.0.0.1:${port}`, port, got };
}

const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 5 });

/** A peer whose connections the test holds in its own hands. */
async function listener(): Promise<{ readonly address: string; readonly sockets: Socket[]; readonly server: Server }> {
  const port = await freePort();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { address: `127.0.0.1:${port}`, sockets, server };
}

test('frames arrive whole and in order, over one connection for each direction', async () => {
  const [a, b] = [await end(), await end()];
  const payloads = [1, 40_000, 0, 700_000, 3].map((length, index) => new Uint8Array(length).fill(index + 1));
  for (const payload of payloads) {
    a.transport.send(b.address, payload);
    // The queue of a connection is bounded: let it drain.
    const wanted = payloads.indexOf(payload) + 1;
    await until(() => b.got.length === wanted);
  }
  expect(b.got.map(({ payload }) => payload)).toEqual(payloads);
  expect(new Set(b.got.map(({ from }) => from)).size).toBe(1);
  b.transport.send(a.address, new Uint8Array([9]));
  await until(() => a.got.length === 1);
  expect(a.got[0]?.from).not.toBe(b.got[0]?.from);
  expect(a.transport.counters).toEqual({ refused: 0, oversized: 0, failedSends: 0 });
});

test('a message for nobody is lost and counted, and the next one finds who came meanwhile', async () => {
  const a = await end();
  const port = await freePort();
  const to = `127.0.0.1:${port}`;
  a.transport.send(to, new Uint8Array([1]));
  await until(() => a.transport.counters.failedSends === 1);
  const got: number[] = [];
  open.push(await openTcp('127.0.0.1', port, (_, payload) => got.push(...payload)));
  await vi.waitFor(
    () => {
      a.transport.send(to, new Uint8Array([2]));
      expect(got).toContain(2);
    },
    { timeout: 20_000, interval: 20 },
  );
  expect(got).not.toContain(1);
});

test('a peer that ends its side of the connection gets the next message over a new one', async () => {
  const a = await end();
  const peer = await listener();
  a.transport.send(peer.address, new Uint8Array([1]));
  await until(() => peer.sockets.length === 1);
  const [first] = peer.sockets;
  if (first === undefined) throw new Error('nobody came');
  const closed = once(first, 'close');
  first.resume();
  first.end();
  await closed;
  await vi.waitFor(
    () => {
      a.transport.send(peer.address, new Uint8Array([2]));
      expect(peer.sockets.length).toBeGreaterThan(1);
    },
    { timeout: 20_000, interval: 20 },
  );
});

test('what a peer does not take is dropped beyond a megabyte instead of being held', async () => {
  const a = await end();
  const peer = await listener();
  const megabyte = new Uint8Array(1_000_000);
  a.transport.send(peer.address, new Uint8Array([1]));
  await until(() => peer.sockets.length === 1);
  peer.sockets[0]?.pause();
  for (let count = 0; count < 100; count += 1) a.transport.send(peer.address, megabyte);
  // Of a hundred at once one waits at most; the kernel may have taken some before.
  expect(a.transport.counters.failedSends).toBeGreaterThanOrEqual(50);
});

test('a frame that is announced larger than any may be ends the connection', async () => {
  const a = await end();
  const socket = connect(a.port, '127.0.0.1');
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  socket.write(new Uint8Array([0x7f, 0xff, 0xff, 0xff, 1, 2, 3]));
  await closed;
  expect(a.transport.counters.oversized).toBe(1);
  expect(a.got).toEqual([]);
});

test('more connections than there is room for are refused, and there is room again when others go', async () => {
  const a = await end();
  const dial = (): Socket => {
    const socket = connect(a.port, '127.0.0.1').on('error', () => {});
    open.push({ close: () => socket.destroy() });
    return socket;
  };
  const sockets = Array.from({ length: 256 }, dial);
  await Promise.all(sockets.map((socket) => (socket.connecting ? once(socket, 'connect') : undefined)));
  const refused = dial();
  await once(refused, 'close');
  expect(a.transport.counters.refused).toBe(1);
  sockets[0]?.destroy();
  await vi.waitFor(
    async () => {
      dial().write(new Uint8Array([0, 0, 0, 1, 7]));
      expect(a.got.length).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 20 },
  );
  expect([...(a.got[0]?.payload ?? [])]).toEqual([7]);
});

test('beyond 128 peers the connection that is oldest makes room', async () => {
  const a = await end();
  const peers = await Promise.all(Array.from({ length: 129 }, () => listener()));
  for (const { address } of peers.slice(0, 128)) a.transport.send(address, new Uint8Array([1]));
  await until(() => peers.slice(0, 128).every(({ sockets }) => sockets.length === 1));
  const oldest = peers[0]?.sockets[0];
  if (oldest === undefined) throw new Error('nobody came');
  oldest.resume();
  const closed = once(oldest, 'close');
  a.transport.send(peers[128]?.address ?? '', new Uint8Array([1]));
  await closed;
  await until(() => peers[128]?.sockets.length === 1);
  expect(peers[1]?.sockets[0]?.destroyed).toBe(false);
});

test('a taken port is said; after closing nothing is sent and the port is free', async () => {
  const a = await end();
  await expect(openTcp('127.0.0.1', a.port, () => {})).rejects.toMatchObject({ reason: { code: 'port-taken' } });
  const b = await end();
  await a.transport.close();
  await a.transport.close();
  a.transport.send(b.address, new Uint8Array([1]));
  const again = await openTcp('127.0.0.1', a.port, () => {});
  open.push(again);
  again.send(b.address, new Uint8Array([2]));
  await until(() => b.got.length > 0);
  expect(b.got.map(({ payload }) => [...payload])).toEqual([[2]]);
});

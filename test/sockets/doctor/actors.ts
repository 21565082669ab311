/** Programs on real sockets for the doctor to examine: nodes with one thing wrong, and services that are no nodes. */
import { createSocket } from 'node:dgram';
import { createServer as createHttp } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { Router } from 'zeromq';

const cleanups: (() => Promise<unknown> | unknown)[] = [];

/** Closes everything that was opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export interface ActorOptions {
  readonly port: number;
  /** Bound by all its sockets. */
  readonly host?: string;
  /** What it calls itself; `host:port` by default. */
  readonly identity?: string;
  /** What its ROUTER is bound to; `host` by default. */
  readonly zmqHost?: string;
  readonly zmqOffset?: number;
  /** Members its SYNC-RESP names beside itself. */
  readonly members?: readonly string[];
  /** Added to its clock. */
  readonly clockMs?: number;
  readonly tcp?: boolean;
  readonly zmq?: boolean;
}

export interface Actor {
  /** Types of the SWIM messages it got, in order. */
  readonly received: string[];
}

interface Asked {
  readonly type: string;
  readonly id: string;
  readonly timestamp: number;
}

/** A node as far as the doctor asks: PONG, SYNC-RESP, a TCP side, a ROUTER. It remembers every type it was sent. */
export async function startActor(options: ActorOptions): Promise<Actor> {
  const { port, host = '127.0.0.1', zmqOffset = 1_000, clockMs = 0 } = options;
  const identity = options.identity ?? `${host}:${port}`;
  const received: string[] = [];
  const udp = createSocket('udp4');
  cleanups.push(() => udp.close());
  const now = (): number => (Date.now() + clockMs) / 1_000;
  udp.on('message', (bytes, from) => {
    const message = JSON.parse(bytes.toString('utf8').slice(1)) as Asked;
    received.push(message.type);
    const answer = (fields: object): void => {
      const bytes = Buffer.from(`U${JSON.stringify({ from: identity, id: message.id, timestamp: now(), ...fields })}`);
      // As swim-p2p: what is longer goes to the same address over TCP, behind its length.
      if (bytes.length <= 1_400) udp.send(bytes, from.port, from.address);
      else {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.length);
        connect(from.port, from.address)
          .on('error', () => {})
          .end(Buffer.concat([length, bytes]));
      }
    };
    if (message.type === 'PING') answer({ type: 'PONG', in_response_to: 'PING', orig_timestamp: message.timestamp });
    if (message.type !== 'SYNC-REQ') return;
    const entries = [identity, ...(options.members ?? [])].map((addr) => ({
      addr,
      state: 'ALIVE',
      incarnation: 1,
      last_heartbeat: now(),
      metadata: {},
    }));
    answer({ type: 'SYNC-RESP', digest: { version: 1, entries, is_full: true, timestamp: now(), source: identity } });
  });
  await new Promise<void>((done) => udp.bind(port, host, done));
  if (options.tcp !== false)
    await listen(
      createServer((socket) => socket.on('error', () => {}).resume()),
      port,
      host,
    );
  if (options.zmq !== false) {
    const router = new Router({ linger: 0 });
    cleanups.push(() => router.close());
    await router.bind(`tcp://${options.zmqHost ?? host}:${port + zmqOffset}`);
  }
  return { received };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
  cleanups.push(() => new Promise((done) => server.close(done)));
}

export async function startHttp(port: number): Promise<void> {
  const server = createHttp((_, response) => response.end('hello'));
  await listen(server, port, '127.0.0.1');
  cleanups.push(() => server.closeAllConnections());
}

/** Waits for a whole line before it complains, as Redis does with inline commands. */
export async function startRedisLike(port: number): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (text.includes('\n')) socket.end('-ERR Protocol error: unbalanced quotes in request\r\n');
    });
  });
  await listen(server, port, '127.0.0.1');
}

/** Accepts and never says a word. */
export async function startMute(port: number): Promise<void> {
  await listen(
    createServer((socket) => socket.on('error', () => {}).resume()),
    port,
    '127.0.0.1',
  );
}

/** Answers every datagram with its own text. */
export async function startForeignUdp(port: number): Promise<void> {
  const udp = createSocket('udp4');
  cleanups.push(() => udp.close());
  udp.on('message', (_, from) => udp.send('statsd 1.0', from.port, from.address));
  await new Promise<void>((done) => udp.bind(port, '127.0.0.1', done));
}

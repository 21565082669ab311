import { connect, createServer, type Socket } from 'node:net';
import { bindError } from './errors.ts';
import { createFrameReader, frame } from './frames.ts';

const maxInbound = 256;
const maxOutbound = 128;
/** Python keeps its outbound connections for ever and loses a message on one that we closed: be slow to close. */
const inboundIdleMs = 600_000;
/** A frame that was begun has to arrive. */
const partialFrameMs = 10_000;
const outboundIdleMs = 30_000;
const connectMs = 3_000;
const maxQueuedBytes = 1024 * 1024;

export interface TcpTransport {
  /** Over a pooled connection to `to`; dropped where none can be had, as a lost datagram would be. */
  send(to: string, payload: Uint8Array): void;
  close(): Promise<void>;
  readonly counters: Readonly<{ refused: number; oversized: number; failedSends: number }>;
}

/**
 * SWIM's TCP side: a server for inbound frames and a pool of outbound connections; a peer never answers on the
 * inbound one.
 *
 * @throws TransportError when the port is taken or the address is not ours.
 */
export function openTcp(host: string, port: number, onFrame: (from: string, payload: Uint8Array) => void): Promise<TcpTransport> {
  const inbound = new Set<Socket>();
  const outbound = new Map<string, Socket>();
  const counters = { refused: 0, oversized: 0, failedSends: 0 };
  let closed = false;

  function accept(socket: Socket): void {
    if (inbound.size >= maxInbound) {
      counters.refused += 1;
      socket.destroy();
      return;
    }
    inbound.add(socket);
    const from = `${socket.remoteAddress}:${socket.remotePort}`;
    const reader = createFrameReader();
    let partialTimer: NodeJS.Timeout | null = null;
    socket.setNoDelay(true);
    socket.setTimeout(inboundIdleMs, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => {
      inbound.delete(socket);
      if (partialTimer !== null) clearTimeout(partialTimer);
    });
    socket.on('data', (chunk) => {
      const frames = reader.push(chunk);
      if (frames === null) {
        counters.oversized += 1;
        socket.destroy();
        return;
      }
      if (frames.length > 0 || !reader.partial) {
        if (partialTimer !== null) clearTimeout(partialTimer);
        partialTimer = null;
      }
      if (reader.partial && partialTimer === null) partialTimer = setTimeout(() => socket.destroy(), partialFrameMs);
      for (const payload of frames) onFrame(from, payload);
    });
  }

  function dial(to: string): Socket {
    const colon = to.lastIndexOf(':');
    const socket = connect({ host: to.slice(0, colon), port: Number(to.slice(colon + 1)), noDelay: true });
    outbound.set(to, socket);
    const connecting = setTimeout(() => socket.destroy(), connectMs);
    socket.once('connect', () => clearTimeout(connecting));
    socket.setTimeout(outboundIdleMs, () => socket.destroy());
    socket.on('error', () => {
      counters.failedSends += 1;
    });
    socket.on('close', () => {
      clearTimeout(connecting);
      if (outbound.get(to) === socket) outbound.delete(to);
    });
    // Nothing ever comes back on this connection; unread bytes would hold it open for ever.
    socket.resume();
    socket.on('end', () => socket.destroy());
    return socket;
  }

  return new Promise((resolve, reject) => {
    // Node sets SO_REUSEADDR: a restart on the same port is not blocked by TIME_WAIT.
    const server = createServer(accept);
    server.once('error', (error) => reject(bindError(error, 'TCP', host, port)));
    server.listen({ host, port, exclusive: true }, () => {
      server.removeAllListeners('error');
      server.on('error', () => {
        counters.refused += 1;
      });
      resolve({
        send(to, payload) {
          if (closed) return;
          let socket = outbound.get(to);
          if (socket === undefined || socket.destroyed || !socket.writable) {
            if (outbound.size >= maxOutbound) {
              const [oldest] = outbound;
              if (oldest !== undefined) oldest[1].destroy();
            }
            socket = dial(to);
          }
          if (socket.writableLength + payload.length > maxQueuedBytes) counters.failedSends += 1;
          else socket.write(frame(payload));
        },
        close: () =>
          new Promise((done) => {
            if (closed) return done();
            closed = true;
            for (const socket of outbound.values()) socket.destroySoon();
            for (const socket of inbound) socket.destroy();
            server.close(() => done());
          }),
        counters,
      });
    });
  });
}

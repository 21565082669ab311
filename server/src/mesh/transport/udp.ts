import { createSocket } from 'node:dgram';
import { bindError } from './errors.ts';

export interface UdpTransport {
  /** Fire and forget from the bound port: a PONG counts only if it comes from the member's own port. */
  send(to: string, bytes: Uint8Array): void;
  close(): Promise<void>;
  /** Datagrams the system refused to send. */
  readonly failures: number;
}

/**
 * Every address here is numeric. The default looks names up and answers a turn later, so that a packet would leave
 * only after all the work of the input that caused it.
 */
function numeric(address: string, _options: unknown, found: (error: null, address: string, family: number) => void): void {
  found(null, address, 4);
}

/**
 * Binds exactly `host` (the framework binds all interfaces) and without address reuse: two processes on one UDP port
 * would each get a part of the packets.
 *
 * @throws TransportError when the port is taken or the address is not ours.
 */
export function openUdp(
  host: string,
  port: number,
  onDatagram: (from: string, bytes: Uint8Array) => void,
): Promise<UdpTransport> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: false, lookup: numeric });
    let failures = 0;
    let closed = false;
    socket.once('error', (error) => {
      socket.close();
      reject(bindError(error, 'UDP', host, port));
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.on('error', () => {
        failures += 1;
      });
      socket.on('message', (bytes, source) => onDatagram(`${source.address}:${source.port}`, bytes));
      resolve({
        send(to, bytes) {
          if (closed) return;
          const colon = to.lastIndexOf(':');
          socket.send(bytes, Number(to.slice(colon + 1)), to.slice(0, colon), (error) => {
            if (error) failures += 1;
          });
        },
        close: () =>
          new Promise((done) => {
            if (closed) return done();
            closed = true;
            socket.close(() => done());
          }),
        get failures() {
          return failures;
        },
      });
    });
  });
}

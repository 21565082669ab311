/** Ports for tests and benchmarks. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

function free(open: (port: number) => Promise<() => Promise<void>>, port: number): Promise<boolean> {
  return open(port).then(
    async (close) => {
      await close();
      return true;
    },
    () => false,
  );
}

const openTcp = (port: number) =>
  new Promise<() => Promise<void>>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '0.0.0.0' }, () => resolve(() => new Promise((done) => server.close(() => done()))));
  });
const openUdp = (port: number) =>
  new Promise<() => Promise<void>>((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, '0.0.0.0', () => resolve(() => new Promise((done) => socket.close(() => done()))));
  });

const handedOut = new Set<number>();

/** A port p with p (UDP and TCP) and p + 1000 (TCP) free on all interfaces, below the ephemeral range. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 9_000);
    if (handedOut.has(port) || handedOut.has(port + 1_000) || handedOut.has(port - 1_000)) continue;
    if ((await free(openTcp, port)) && (await free(openUdp, port)) && (await free(openTcp, port + 1_000))) {
      handedOut.add(port);
      return port;
    }
  }
}

/** Free ports of this machine. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

function tcpFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => done(true)));
  });
}

function udpFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createSocket('udp4');
    probe.once('error', () => done(false));
    probe.bind({ port, address: '127.0.0.1', exclusive: true }, () => probe.close(() => done(true)));
  });
}

async function isFree(port: number): Promise<boolean> {
  return (await tcpFree(port)) && (await udpFree(port));
}

/** Ports of pairs that were given to somebody, who may not have bound them yet. */
const given = new Set<number>();

/**
 * SWIM ports whose ZeroMQ ports (`offset` above) are free, too. Not from the range of outgoing connections, where any
 * program could take one before it is used, and apart from the ports other services are known for. No port is given twice.
 */
export async function freeNodePorts(count: number, offset = 1000): Promise<number[]> {
  const found: number[] = [];
  const first = 20_000 + Math.floor(Math.random() * 900) * 10;
  for (let port = first; found.length < count && port < 31_000; port += 10) {
    const pair = [port, port + offset];
    if (pair.some((one) => given.has(one))) continue;
    for (const one of pair) given.add(one);
    if ((await isFree(port)) && (await isFree(port + offset))) found.push(port);
  }
  if (found.length < count) throw new Error(`Only ${found.length} of ${count} free port pairs found between ${first} and 31000.`);
  return found;
}

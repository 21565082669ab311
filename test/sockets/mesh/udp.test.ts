import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { openUdp, type UdpTransport } from '#server/mesh/transport/udp.ts';
import { freePort } from './freePort.ts';

const open: UdpTransport[] = [];
afterEach(() => Promise.all(open.splice(0).map((transport) => transport.close())));

async function transport(onDatagram: (from: string, bytes: Uint8Array) => void): Promise<readonly [UdpTransport, number]> {
  const port = await freePort();
  const opened = await openUdp('127.0.0.1', port, onDatagram);
  open.push(opened);
  return [opened, port];
}

/** Bytes that wait in the receive queue of a port, from /proc/net/udp. */
function queued(port: number): number {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const line = readFileSync('/proc/net/udp', 'utf8')
    .split('\n')
    .find((text) => text.includes(address));
  return Number.parseInt(line?.trim().split(/\s+/)[4]?.split(':')[1] ?? '0', 16);
}

test.runIf(process.platform === 'linux')('a datagram has left before `send` returns, not a turn later', async () => {
  const [sender] = await transport(() => {});
  const [, port] = await transport(() => {});
  expect(queued(port)).toBe(0);
  sender.send(`127.0.0.1:${port}`, new Uint8Array([85]));
  expect(queued(port)).toBeGreaterThan(0);
});

test('what is sent arrives, with the sender by its bound port', async () => {
  const arrived = new EventTarget();
  const [, to] = await transport((from, bytes) =>
    arrived.dispatchEvent(new CustomEvent('datagram', { detail: [from, [...bytes]] })),
  );
  const [sender, from] = await transport(() => {});
  const waiting = once(arrived, 'datagram');
  sender.send(`127.0.0.1:${to}`, new Uint8Array([1, 2, 3]));
  const [event] = (await waiting) as [CustomEvent<unknown>];
  expect(event.detail).toEqual([`127.0.0.1:${from}`, [1, 2, 3]]);
});

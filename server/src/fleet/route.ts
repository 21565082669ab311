/** Which address of this machine leads to seeds elsewhere. Asks the routing table; sends nothing. */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { splitAddress } from './declared.ts';

/** A name server that does not answer must not hold up a start. Milliseconds. */
const lookupMs = 3_000;

export interface Route {
  /** Numeric IPv4 of this machine. */
  readonly host: string;
  /** `a.b.c.d:port` of the seeds that this address leads to. */
  readonly seeds: readonly string[];
}

export type RouteAnswer = Route | { readonly problem: string };

/** A connected UDP socket has the source address that the system would use; connecting one puts nothing on the wire. */
export function localAddressTo(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (address: string | null): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => finish(null));
    socket.connect(port, host, () => {
      const { address } = socket.address();
      finish(isIPv4(address) && address !== '0.0.0.0' ? address : null);
    });
  });
}

async function numeric(host: string): Promise<string | null> {
  if (isIPv4(host)) return host;
  const patience = new Promise<null>((resolve) => {
    setTimeout(resolve, lookupMs, null).unref();
  });
  return Promise.race([
    patience,
    lookup(host, { family: 4 }).then(
      ({ address }) => address,
      () => null,
    ),
  ]);
}

/** @param seeds `host:port`, names allowed. The address that leads to the first reachable one, and all seeds it leads to. */
export async function findRoute(seeds: readonly string[]): Promise<RouteAnswer> {
  const unknown: string[] = [];
  const routes = await Promise.all(
    seeds.map(async (text) => {
      const seed = splitAddress(text.trim());
      const host = seed === null ? null : await numeric(seed.host);
      if (seed === null || host === null) {
        unknown.push(text);
        return null;
      }
      return { seed: `${host}:${seed.port}`, from: await localAddressTo(host, seed.port) };
    }),
  );
  const from = routes.find((route) => route?.from != null)?.from;
  if (from == null) {
    const problem =
      unknown.length === seeds.length
        ? `No address is known on this machine for ${unknown.join(', ')}.`
        : `No network of this machine leads to ${seeds.join(', ')}.`;
    return { problem };
  }
  return { host: from, seeds: [...new Set(routes.flatMap((route) => (route?.from === from ? [route.seed] : [])))] };
}

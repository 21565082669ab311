/** Looks at one address: resolves it, then asks over UDP, TCP and ZeroMQ at once. */
import { lookup } from 'node:dns/promises';
import { isIPv4, isIPv6 } from 'node:net';
import type { Observation } from './observation.ts';
import { lookAround } from './surroundings.ts';
import { isWildcardHost, type Target } from './targets.ts';
import { identifyService, probeTcp, probeZmq } from './tcpProbe.ts';
import { type Clock, probeUdp } from './udpProbe.ts';

export interface ProbeOptions {
  /** For each question. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** ZeroMQ offsets that nodes of this fleet have. */
  readonly offsets: readonly number[];
}

export interface Address extends Target {
  readonly host: string;
  readonly port: number;
}

interface Resolved {
  readonly address: string | null;
  readonly why: string | null;
}

async function resolve(host: string, timeoutMs: number, signal: AbortSignal): Promise<Resolved> {
  // What binds every interface answers on loopback as well.
  if (isWildcardHost(host)) return { address: '127.0.0.1', why: null };
  if (isIPv4(host)) return { address: host, why: null };
  if (isIPv6(host) || host.includes(':')) return { address: null, why: 'the mesh protocol knows IPv4 only' };
  const late = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const given = new Promise<Resolved>((done) => {
    late.addEventListener('abort', () => done({ address: null, why: `no answer in ${timeoutMs / 1000} s` }), { once: true });
  });
  const asked = lookup(host, { family: 4 }).then(
    ({ address }): Resolved => ({ address, why: null }),
    (error: NodeJS.ErrnoException): Resolved => ({ address: null, why: error.code ?? error.message }),
  );
  return Promise.race([asked, given]);
}

/** Never rejects; what cannot be found out is said in the observation. */
export async function observe(target: Address, options: ProbeOptions): Promise<Observation> {
  const { timeoutMs, clock, signal } = options;
  const { address: host, why } = await resolve(target.host, timeoutMs, signal);
  if (host === null) {
    const nowhere = { kind: 'failed', why: 'the name does not resolve' } as const;
    return { resolved: null, unresolved: why, udp: nowhere, tcp: nowhere, zmq: null, members: null, around: null };
  }
  const { port, zmqPort } = target;
  const [{ seen: udp, members }, accepted, zmq] = await Promise.all([
    probeUdp({ host, port, timeoutMs, members: true }, clock, signal),
    probeTcp({ host, port, timeoutMs }, signal),
    zmqPort === null || zmqPort > 65_535 ? null : probeZmq({ host, port: zmqPort, timeoutMs }, clock, signal),
  ]);
  const stranger = accepted.kind === 'accepted' && udp.kind !== 'pong';
  const tcp = stranger
    ? { kind: 'accepted' as const, service: await identifyService({ host, port, timeoutMs }, clock, signal) }
    : accepted;
  const found = { resolved: host, unresolved: null, udp, tcp, zmq, members };
  const fine = udp.kind === 'pong' && tcp.kind === 'accepted' && (zmq === null || zmq.kind === 'ready');
  return { ...found, around: fine ? null : await lookAround(target, host, found, options) };
}

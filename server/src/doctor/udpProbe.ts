/**
 * PING and SYNC-REQ, and what comes back. Nothing else is ever sent: no digest, so no node learns of us, and no fleet
 * learns of another one's members.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import { decode, encode } from '../mesh/swim/codec.ts';
import type { ContactEntry, Inflate } from '../mesh/swim/types.ts';
import { errorCode } from '../mesh/transport/errors.ts';
import { openTcp, type TcpTransport } from '../mesh/transport/tcp.ts';
import type { UdpSeen } from './observation.ts';
import { describeService } from './service.ts';

const inflate: Inflate = (zlib, maxBytes) => {
  try {
    return inflateSync(zlib, { maxOutputLength: maxBytes });
  } catch {
    return null;
  }
};

/** A Python node stands in its loop for up to 0.2 s while it helps another one; datagrams get lost. */
const repeatMs = 300;

export interface UdpResult {
  readonly seen: UdpSeen;
  readonly members: readonly ContactEntry[] | null;
}

export interface Clock {
  monotonicMs(): number;
  wallMs(): number;
}

export const systemClock: Clock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

export interface UdpProbe {
  /** Numeric IPv4. */
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  /** False: the PING only. */
  readonly members: boolean;
}

/** Asks until both answers are here, the system says that nobody listens, the time is up or `signal` is aborted. Never rejects. */
export async function probeUdp(probe: UdpProbe, clock: Clock, signal: AbortSignal): Promise<UdpResult> {
  const connected = createSocket('udp4');
  let ears: Ears | null = null;
  try {
    const failed = await connect(connected, probe);
    if (failed !== null) return { seen: { kind: 'failed', why: failed }, members: null };
    const own = connected.address().address;
    let asker: Asker | null = null;
    ears = await openEars(own, probe.members && own.startsWith('127.'), (from, bytes) => asker?.framed(from, bytes));
    const { free } = ears;
    asker = new Asker(probe, clock, `${own}:${free.address().port}`);
    connected.on('error', (error) => asker?.failed(error)).on('message', (bytes, from) => asker?.received(bytes, from));
    free.on('error', () => {}).on('message', (bytes, from) => asker?.received(bytes, from));
    await asker.ask(connected, free, signal);
    return asker.result();
  } catch (error) {
    return { seen: { kind: 'failed', why: error instanceof Error ? error.message : String(error) }, members: null };
  } finally {
    connected.close();
    ears?.free.close();
    await ears?.tcp?.close();
  }
}

/** Ports that are free for UDP are often taken for TCP, by any connection of this machine. */
const portTries = 16;

interface Ears {
  /** Not connected, because an answer from another address of that machine is a finding of its own. */
  readonly free: Socket;
  /** On the same port: a digest of more than ten members comes over TCP, to the port of the question. */
  readonly tcp: TcpTransport | null;
}

/** @param alsoTcp False beyond loopback, where nothing of the doctor listens. */
async function openEars(own: string, alsoTcp: boolean, framed: (from: string, bytes: Uint8Array) => void): Promise<Ears> {
  for (let left = portTries; ; left--) {
    const free = createSocket('udp4');
    free.bind(0, own);
    await once(free, 'listening');
    const tcp = alsoTcp ? await openTcp(own, free.address().port, framed).catch(() => null) : null;
    if (tcp !== null || !alsoTcp || left <= 1) return { free, tcp };
    free.close();
  }
}

/** Why the socket cannot be connected; null: it is. */
function connect(socket: Socket, { host, port }: UdpProbe): Promise<string | null> {
  return new Promise((done) => {
    // Binding it fails by an event, connecting it by the argument of the callback, which the type leaves out.
    socket.once('error', (error) => done(error.message));
    socket.connect(port, host, (error?: Error) => {
      socket.removeAllListeners('error');
      done(error?.message ?? null);
    });
  });
}

class Asker {
  readonly #probe: UdpProbe;
  readonly #clock: Clock;
  readonly #self: string;
  readonly #sent = new Map<string, { readonly monotonicMs: number; readonly wallMs: number }>();
  readonly #startMs: number;
  readonly #done = new AbortController();
  #pong: Extract<UdpSeen, { kind: 'pong' }> | null = null;
  #members: readonly ContactEntry[] | null = null;
  #refused = false;
  #foreign: string | null = null;
  #count = 0;

  constructor(probe: UdpProbe, clock: Clock, self: string) {
    this.#probe = probe;
    this.#clock = clock;
    this.#self = self;
    this.#startMs = clock.monotonicMs();
  }

  async ask(connected: Socket, free: Socket, signal: AbortSignal): Promise<void> {
    const { host, port, timeoutMs } = this.#probe;
    const over = AbortSignal.any([signal, this.#done.signal]);
    for (let left = timeoutMs; left > 0 && !over.aborted; left -= repeatMs) {
      // The connected socket first: its answer or refusal is the cheapest to have.
      // Its refusal comes with the next datagram, sent or received, whichever is first.
      connected.send(this.#ping(), (error) => {
        if (error !== null) this.failed(error);
      });
      free.send(this.#ping(), port, host, () => {});
      if (this.#probe.members && this.#members === null) free.send(this.#sync(), port, host, () => {});
      await wait(Math.min(repeatMs, left), undefined, { signal: over }).catch(() => {});
    }
  }

  received(bytes: Uint8Array, from: { readonly address: string; readonly port: number }): void {
    const source = `${from.address}:${from.port}`;
    const decoded = decode(bytes, inflate);
    if (!decoded.ok) {
      if (from.port === this.#probe.port) this.#foreign ??= describeService(bytes);
      return;
    }
    const { message } = decoded;
    const sent = this.#sent.get(message.id);
    if (sent === undefined) return;
    if (message.type === 'PONG') this.#answered(message, source, sent);
    else if (message.type === 'SYNC-RESP') this.#told(message.digest.entries);
    this.#finish();
  }

  framed(from: string, bytes: Uint8Array): void {
    if (from.slice(0, from.lastIndexOf(':')) !== this.#probe.host) return;
    const decoded = decode(bytes, inflate);
    if (!decoded.ok || decoded.message.type !== 'SYNC-RESP' || !this.#sent.has(decoded.message.id)) return;
    this.#told(decoded.message.digest.entries);
    this.#finish();
  }

  failed(error: Error): void {
    if (errorCode(error) !== 'ECONNREFUSED') return;
    this.#refused = true;
    this.#finish();
  }

  result(): UdpResult {
    const afterMs = Math.round(this.#clock.monotonicMs() - this.#startMs);
    if (this.#pong !== null) return { seen: this.#pong, members: this.#members };
    if (this.#foreign !== null) return { seen: { kind: 'foreign', service: this.#foreign }, members: null };
    return { seen: this.#refused ? { kind: 'refused' } : { kind: 'silent', afterMs }, members: null };
  }

  #finish(): void {
    const all = this.#pong !== null && (this.#members !== null || !this.#probe.members);
    if (all || (this.#refused && this.#pong === null)) this.#done.abort();
  }

  #answered(
    message: { readonly from: string; readonly timestamp: number },
    source: string,
    sent: { readonly monotonicMs: number; readonly wallMs: number },
  ): void {
    const rttMs = Math.max(0, this.#clock.monotonicMs() - sent.monotonicMs);
    // The quickest answer tells the clock best: the way there took at most that long.
    if (this.#pong !== null && this.#pong.rttMs <= rttMs) return;
    const offsetMs = message.timestamp * 1_000 - (sent.wallMs + rttMs / 2);
    this.#pong = { kind: 'pong', from: message.from, source, rttMs, offsetMs };
  }

  #told(entries: readonly { readonly addr: string; readonly state: ContactEntry['state']; readonly incarnation: number }[]) {
    this.#members = entries.map(({ addr, state, incarnation }) => ({ address: addr, state, incarnation }));
  }

  #stamp(): { readonly id: string; readonly timestamp: number } {
    const wallMs = this.#clock.wallMs();
    this.#count += 1;
    const id = (Math.floor(wallMs) + this.#count).toString(16).slice(-8).padStart(8, '0');
    this.#sent.set(id, { monotonicMs: this.#clock.monotonicMs(), wallMs });
    return { id, timestamp: wallMs / 1_000 };
  }

  #ping(): Uint8Array {
    return encode({ type: 'PING', from: this.#self, ...this.#stamp() });
  }

  #sync(): Uint8Array {
    return encode({ type: 'SYNC-REQ', from: this.#self, known_version: 0, ...this.#stamp() });
  }
}

/** The frame that makes a service that is no node say what it is: a PING with a line end, which JSON allows behind itself. */
export function talkativeFrame(self: string, clock: Clock): Uint8Array {
  const id = Math.floor(clock.wallMs()).toString(16).slice(-8);
  const ping = encode({ type: 'PING', from: self, id, timestamp: clock.wallMs() / 1_000 });
  const end = new TextEncoder().encode('\r\n\r\n');
  const bytes = new Uint8Array(4 + ping.length + end.length);
  new DataView(bytes.buffer).setUint32(0, ping.length + end.length);
  bytes.set(ping, 4);
  bytes.set(end, 4 + ping.length);
  return bytes;
}

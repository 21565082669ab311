/** Whether a TCP port accepts, and what listens there. */
import { connect, type Socket } from 'node:net';
import { errorCode } from '../mesh/transport/errors.ts';
import type { TcpSeen, ZmqSeen } from './observation.ts';
import { describeService } from './service.ts';
import { type Clock, talkativeFrame } from './udpProbe.ts';
import { greeting, type Handshake, readHandshake } from './zmtp.ts';

export interface TcpProbe {
  /** Numeric IPv4. */
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** How long a service gets to say what it is. */
const bannerMs = 400;
const maxBytes = 2_048;

type Opened = { readonly socket: Socket } | { readonly failed: Exclude<TcpSeen, { kind: 'accepted' }> };

function open({ host, port, timeoutMs }: TcpProbe, signal: AbortSignal): Promise<Opened> {
  return new Promise((done) => {
    const socket = connect({ host, port, noDelay: true });
    const end = (failed: Exclude<TcpSeen, { kind: 'accepted' }>): void => {
      socket.destroy();
      done({ failed });
    };
    const silent = (): void => end({ kind: 'silent', afterMs: timeoutMs });
    const timer = setTimeout(silent, timeoutMs);
    signal.addEventListener('abort', silent, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', silent);
    };
    socket.once('connect', () => {
      settle();
      socket.removeAllListeners('error').on('error', () => {});
      done({ socket });
    });
    socket.once('error', (error) => {
      settle();
      end(errorCode(error) === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'failed', why: error.message });
    });
  });
}

/** Collects what comes until `enough` says so, the other side ends or the time is up. */
function collect(socket: Socket, enough: (bytes: Uint8Array) => boolean, timeoutMs: number, signal: AbortSignal) {
  return new Promise<{ readonly bytes: Uint8Array; readonly ended: boolean }>((done) => {
    let bytes = Buffer.alloc(0);
    const finish = (ended: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners('data').removeAllListeners('close');
      done({ bytes, ended });
    };
    const abort = (): void => finish(false);
    const timer = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]).subarray(0, maxBytes);
      if (enough(bytes) || bytes.length === maxBytes) finish(false);
    });
    socket.once('close', () => finish(true));
  });
}

/** Accepts, and that is all: what a node gets is a connection without a byte. */
export async function probeTcp(probe: TcpProbe, signal: AbortSignal): Promise<TcpSeen> {
  const opened = await open(probe, signal);
  if ('failed' in opened) return opened.failed;
  opened.socket.destroy();
  return { kind: 'accepted', service: null };
}

/** What accepts on a port where no node answers; null: it says nothing. */
export async function identifyService(probe: TcpProbe, clock: Clock, signal: AbortSignal): Promise<string | null> {
  const opened = await open(probe, signal);
  if ('failed' in opened) return null;
  const { socket } = opened;
  try {
    const own = `${socket.localAddress ?? '127.0.0.1'}:${socket.localPort ?? 0}`;
    socket.write(talkativeFrame(own, clock));
    const { bytes } = await collect(socket, (all) => all.length >= 4, bannerMs, signal);
    return bytes.length === 0 ? null : describeService(bytes);
  } finally {
    socket.destroy();
  }
}

/** The ROUTER's greeting and READY. */
export async function probeZmq(probe: TcpProbe, clock: Clock, signal: AbortSignal): Promise<ZmqSeen> {
  const opened = await open(probe, signal);
  if ('failed' in opened) return opened.failed;
  const { socket } = opened;
  try {
    socket.write(greeting());
    const decided = (bytes: Uint8Array): boolean => readHandshake(bytes).kind !== 'partial';
    const { bytes, ended } = await collect(socket, decided, probe.timeoutMs, signal);
    const handshake: Handshake = readHandshake(bytes);
    if (handshake.kind === 'ready') return handshake;
    if (handshake.kind === 'refused') return { kind: 'handshake-refused', what: handshake.what };
    if (handshake.kind === 'not-zmtp') return { kind: 'not-zmtp', service: describeService(bytes) };
    if (ended) return { kind: 'handshake-refused', what: 'it closes the connection' };
  } finally {
    socket.destroy();
  }
  // It takes the greeting and waits: some services need a line end before they complain.
  const service = await identifyService(probe, clock, signal);
  return service === null ? { kind: 'mute', afterMs: probe.timeoutMs } : { kind: 'not-zmtp', service };
}

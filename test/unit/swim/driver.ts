/** One membership core with a hand-driven clock. */
import type { DigestEntry, SwimMessage } from '#schemas/wire/swim.ts';
import { decode, encode } from '#server/mesh/swim/codec.ts';
import { createSwim } from '#server/mesh/swim/swim.ts';
import type { Member, Swim, SwimInput, SwimOptions, SwimOutput } from '#server/mesh/swim/types.ts';
import { seededRandom } from '../../simulation/swim/world.ts';
import { inflate } from './captures.ts';

export const SELF = '127.0.0.1:7946';
export const B = '127.0.0.1:7947';
export const C = '127.0.0.1:7948';
export const D = '127.0.0.1:7949';

export interface Sent {
  readonly to: string;
  readonly transport: 'udp' | 'tcp';
  readonly message: SwimMessage;
}

export function entry(addr: string, state: DigestEntry['state'] = 'ALIVE', incarnation = 1): DigestEntry {
  return { addr, state, incarnation, last_heartbeat: 1_785_000_000, metadata: {} };
}

export class Driver {
  readonly swim: Swim;
  nowMs = 10_000;
  readonly events: Exclude<SwimOutput, { kind: 'send' }>[] = [];
  private sent: Sent[] = [];

  constructor(options: Partial<SwimOptions> = {}) {
    const random = seededRandom(1);
    this.swim = createSwim({ self: SELF, seeds: [], random, forgetAfterMs: 600_000, inflate, ...options }, this.now);
    this.collect();
  }

  get now(): { monotonicMs: number; wallMs: number } {
    return { monotonicMs: this.nowMs, wallMs: 1_785_000_000_000 + this.nowMs };
  }

  give(input: SwimInput): Sent[] {
    this.swim.handle(input, this.now);
    this.collect();
    return this.take();
  }

  /** A datagram from `from`'s own port unless `source` says otherwise; what was sent in answer. */
  receive(message: SwimMessage, source = message.from): Sent[] {
    return this.give({ kind: 'datagram', from: source, bytes: encode(message) });
  }

  heartbeat(from: string, entries: readonly DigestEntry[], source = from): Sent[] {
    const digest = { version: 1, entries: [...entries], is_full: false, timestamp: 1, source: from };
    return this.receive({ type: 'HEARTBEAT', from, digest, id: 'h', timestamp: 1 }, source);
  }

  syncResponse(from: string, entries: readonly DigestEntry[], version = 1, source = from): Sent[] {
    const digest = { version, entries: [...entries], is_full: true, timestamp: 1, source: from };
    return this.receive({ type: 'SYNC-RESP', from, id: 's', digest, timestamp: 1 }, source);
  }

  pong(from: string, id = 'x'): Sent[] {
    return this.receive({ type: 'PONG', from, id, in_response_to: 'PING', orig_timestamp: 1, timestamp: 1 });
  }

  /** Lets time pass, ticking at every deadline; what was sent meanwhile. `answer` may react to each message at once. */
  pass(ms: number, answer: (sent: Sent) => void = () => {}): Sent[] {
    const end = this.nowMs + ms;
    const all: Sent[] = [];
    for (let next = this.swim.nextTimeout(); next !== undefined && next <= end; next = this.swim.nextTimeout()) {
      this.nowMs = Math.max(this.nowMs, next);
      for (const sent of this.give({ kind: 'tick' })) {
        all.push(sent);
        answer(sent);
      }
    }
    this.nowMs = end;
    return all;
  }

  /** Lets time pass while the given members answer every PING and help probing. */
  passWith(ms: number, answering: readonly string[]): Sent[] {
    return this.pass(ms, ({ to, message }) => {
      if (!answering.includes(to)) return;
      if (message.type === 'PING') this.pong(to, message.id);
      if (message.type !== 'PING-REQ') return;
      const status = answering.includes(message.target) ? 'alive' : 'unreachable';
      this.receive({ type: 'PING-REQ-ACK', from: to, target: message.target, status, id: message.id });
    });
  }

  take(): Sent[] {
    const { sent } = this;
    this.sent = [];
    return sent;
  }

  member(address: string): Member {
    const member = this.swim.member(address);
    if (member === undefined) throw new Error(`${address} is not listed`);
    return member;
  }

  private collect(): void {
    for (let output = this.swim.poll(); output !== undefined; output = this.swim.poll()) {
      if (output.kind !== 'send') {
        this.events.push(output);
        continue;
      }
      const decoded = decode(output.bytes, inflate);
      if (!decoded.ok || decoded.skipped > 0) throw new Error('sent what nobody reads');
      this.sent.push({ to: output.to, transport: output.transport, message: decoded.message });
    }
  }
}

/** Chance that is always about one half, so that moments are exact to the microsecond; ids still differ. */
export function evenChance(): () => number {
  let chance = 0.5;
  return () => {
    chance += 2 ** -31;
    return chance;
  };
}

/** The digests among sent messages. */
export function digests(sent: readonly Sent[]): { to: string; entries: DigestEntry[] }[] {
  return sent.flatMap(({ to, message }) =>
    message.type === 'HEARTBEAT' || message.type === 'SYNC-RESP' ? [{ to, entries: message.digest.entries }] : [],
  );
}

/** `addr state incarnation`, sorted. */
export function brief(entries: readonly DigestEntry[]): string[] {
  return entries.map((item) => `${item.addr} ${item.state} ${item.incarnation}`).sort();
}

/** B is in the fleet and has named C. */
export function withTwo(): Driver {
  const driver = new Driver({ seeds: [B] });
  driver.take();
  driver.heartbeat(B, [entry(B), entry(SELF), entry(C)]);
  driver.pong(B);
  driver.pong(C);
  driver.take();
  return driver;
}

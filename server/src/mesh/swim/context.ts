/** What every part of the membership core shares: identity, clock of the current input, outputs. */
import type { SwimMessage } from '#schemas/wire/swim.ts';
import type { Instant, Random } from '../core.ts';
import { compact, encode, UDP_MAX_BYTES } from './codec.ts';
import type { Deflate, SwimLimits, SwimOptions, SwimOutput, SwimTiming } from './types.ts';

const VIOLATION_REPEAT_MS = 60_000;
const VIOLATIONS_KEPT = 256;

export class Context {
  readonly self: string;
  readonly random: Random;
  readonly timing: SwimTiming;
  readonly limits: SwimLimits;
  private readonly deflate: Deflate | undefined;
  /** The moment of the input being handled. */
  now: Instant;
  private readonly outputs: SwimOutput[] = [];
  private read = 0;
  private readonly violations = new Map<string, number>();
  private readonly violationCounts = new Map<string, number>();

  constructor(options: Pick<SwimOptions, 'self' | 'random' | 'deflate'>, timing: SwimTiming, limits: SwimLimits, now: Instant) {
    this.self = options.self;
    this.random = options.random;
    this.deflate = options.deflate;
    this.timing = timing;
    this.limits = limits;
    this.now = now;
  }

  /** Wall-clock seconds, as the wire has them. */
  get wallSeconds(): number {
    return this.now.wallMs / 1_000;
  }

  /** 8 hex digits, as swim-p2p writes them. */
  newId(): string {
    return Math.floor(this.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }

  emit(output: SwimOutput): void {
    this.outputs.push(output);
  }

  next(): SwimOutput | undefined {
    const output = this.outputs[this.read];
    if (output === undefined) {
      this.outputs.length = 0;
      this.read = 0;
      return undefined;
    }
    this.read += 1;
    return output;
  }

  send(to: string, message: SwimMessage): void {
    this.sendBytes(to, encode(message));
  }

  sendBytes(to: string, encoded: Uint8Array): void {
    const bytes = compact(encoded, this.deflate);
    this.emit({ kind: 'send', to, transport: bytes.length <= UDP_MAX_BYTES ? 'udp' : 'tcp', bytes });
  }

  violationsOf(from: string): number {
    return this.violationCounts.get(from) ?? 0;
  }

  /** Reports a broken rule of `from`; the same sentence at most once a minute. */
  violation(from: string, what: string): void {
    if (!this.violationCounts.has(from) && this.violationCounts.size >= VIOLATIONS_KEPT) {
      const [oldest] = this.violationCounts.keys();
      if (oldest !== undefined) this.violationCounts.delete(oldest);
    }
    this.violationCounts.set(from, this.violationsOf(from) + 1);
    const key = `${from} ${what}`;
    const last = this.violations.get(key);
    if (last !== undefined && this.now.monotonicMs - last < VIOLATION_REPEAT_MS) return;
    if (this.violations.size >= VIOLATIONS_KEPT) this.violations.clear();
    this.violations.set(key, this.now.monotonicMs);
    this.emit({ kind: 'violation', from, what });
  }
}

/** Picks up to `count` different items at random, at a cost that depends on `count` and not on the fleet's size. */
export function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  // Fisher and Yates, with only the exchanged places written down.
  const moved = new Map<number, number>();
  const picked: T[] = [];
  for (let place = 0; place < count && place < items.length; place += 1) {
    const chosen = place + Math.floor(random() * (items.length - place));
    const item = items[moved.get(chosen) ?? chosen];
    moved.set(chosen, moved.get(place) ?? place);
    if (item !== undefined) picked.push(item);
  }
  return picked;
}

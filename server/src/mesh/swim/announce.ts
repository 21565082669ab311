/** Our own entry to whom it concerns: first words to new members, refutations, the farewell. */
import { type Context, sample } from './context.ts';
import type { Gossip } from './gossip.ts';
import type { MemberTable } from './table.ts';

/** First words in one go; the rest follows shortly. */
const BATCH = 32;
const BATCH_PAUSE_MS = 20;
/** First words a second. In a larger fleet the others learn us from those we told, within log n rounds of gossip. */
const PER_SECOND = 64;
const REFUTATION_PAUSE_MS = 200;

export class Announcer {
  private readonly context: Context;
  private readonly table: MemberTable;
  private readonly gossip: Gossip;
  private readonly waiting = new Set<string>();
  private nextBatchMs = Number.NEGATIVE_INFINITY;
  private secondStartedMs = Number.NEGATIVE_INFINITY;
  private toldThisSecond = 0;
  private refuteAtMs = Number.POSITIVE_INFINITY;
  private lastRefutationMs = Number.NEGATIVE_INFINITY;

  constructor(context: Context, table: MemberTable, gossip: Gossip) {
    this.context = context;
    this.table = table;
    this.gossip = gossip;
  }

  nextTimeout(): number {
    return this.waiting.size === 0 ? this.refuteAtMs : Math.min(this.refuteAtMs, this.nextBatchMs);
  }

  /** `address` is to learn us at once instead of from somebody's next heartbeats. */
  introduceTo(address: string): void {
    this.waiting.add(address);
  }

  /** Sends first words that are due; the addresses told. */
  introduce(): string[] {
    const now = this.context.now.monotonicMs;
    if (this.waiting.size === 0 || now < this.nextBatchMs) return [];
    if (now - this.secondStartedMs >= 1_000) {
      this.secondStartedMs = now;
      this.toldThisSecond = 0;
    }
    // At random: of nodes that join a large fleet together, each tells others.
    const told = sample([...this.waiting], Math.min(BATCH, PER_SECOND - this.toldThisSecond), this.context.random);
    const bytes = this.gossip.ownHeartbeat();
    for (const address of told) {
      this.waiting.delete(address);
      this.context.sendBytes(address, bytes);
    }
    this.toldThisSecond += told.length;
    if (this.toldThisSecond >= PER_SECOND) this.waiting.clear();
    this.nextBatchMs = this.waiting.size > 0 ? now + BATCH_PAUSE_MS : Number.NEGATIVE_INFINITY;
    return told;
  }

  /** Refutes at once, unless the last refutation was a moment ago: accusations must not become a flood of ours. */
  refute(): void {
    this.refuteAtMs = Math.min(this.refuteAtMs, this.lastRefutationMs + REFUTATION_PAUSE_MS);
    this.tick();
  }

  tick(): void {
    if (this.context.now.monotonicMs < this.refuteAtMs) return;
    this.refuteAtMs = Number.POSITIVE_INFINITY;
    this.lastRefutationMs = this.context.now.monotonicMs;
    this.tellAll();
  }

  /** Our own entry, as it now is, to everybody who can hear it, and to `seeds`, who may know us before we know them. */
  tellAll(seeds: readonly string[] = []): void {
    const bytes = this.gossip.ownHeartbeat();
    const addresses = new Set(seeds);
    for (const record of this.table.reachable()) addresses.add(record.address);
    for (const address of addresses) this.context.sendBytes(address, bytes);
  }
}

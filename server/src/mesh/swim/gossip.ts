/**
 * Telling others: heartbeats with a digest, answers to SYNC-REQ, and our own SYNC-REQs.
 *
 * A digest carries our own entry and what members of this fleet have told us, nothing of our own opinion.
 */
import type { DigestEntry } from '#schemas/wire/swim.ts';
import { encodeDigest, entryText, UDP_MAX_BYTES } from './codec.ts';
import { type Context, sample } from './context.ts';
import { News } from './news.ts';
import type { OwnEntry } from './own.ts';
import type { MemberRecord } from './record.ts';
import { inDigestOrder, type MemberTable, textOf } from './table.ts';
import { syncScale } from './timing.ts';

/** While there is news, as swim-p2p always does. */
const NEWS_FANOUT = 3;
/** Without news one in two rounds is enough: liveness is PONG, and swim-p2p 1.2.6 keeps a copy of every HEARTBEAT for ever. */
const QUIET_FANOUT = 1;
const QUIET_ROUNDS = 2;
const SOON_MS = 20;
/** Nodes of ours tell everybody of themselves: retelling it in the midst of that only keeps those busy who have not heard yet. */
const OWN_WORD_MS = 150;
const SOON_PAUSE_MS = 200;
/** A HEARTBEAT around its entries, with the longest addresses. */
const ENVELOPE_BYTES = 330;
/** No entry is shorter. */
const ENTRY_BYTES = 90;
/** Members whose change counter we follow; asking others means their whole list each time. */
const PARTNERS = 3;

export class Gossip {
  private readonly context: Context;
  private readonly table: MemberTable;
  private readonly own: OwnEntry;
  private rounds = 0;
  private newsRounds = 0;
  private soonMs = Number.POSITIVE_INFINITY;
  private lastSoonMs = Number.NEGATIVE_INFINITY;
  private cursor = 0;
  private readonly tellings = new News();
  private partners: MemberRecord[] = [];
  private nextSyncMs: number;
  private lastFullSyncMs: number;

  constructor(context: Context, table: MemberTable, own: OwnEntry) {
    this.context = context;
    this.table = table;
    this.own = own;
    const start = context.now.monotonicMs;
    this.nextSyncMs = start + context.timing.syncMs * (0.5 + context.random() / 2);
    this.lastFullSyncMs = start - (context.timing.fullSyncMs * context.random()) / 2;
  }

  nextTimeout(): number {
    return this.soonMs;
  }

  /** Something is worth telling: the next round comes soon, and a few rounds more repeat it to others. */
  news(record?: MemberRecord): void {
    this.newsRounds = this.repeats();
    if (record !== undefined) this.tellings.add(record);
    const isOwnWord = record?.gossip?.state === 'ALIVE' && record.toldBy === record.address;
    const soonMs = this.context.now.monotonicMs + (isOwnWord ? OWN_WORD_MS : SOON_MS);
    this.soonMs = Math.min(this.soonMs, Math.max(soonMs, this.lastSoonMs + SOON_PAUSE_MS));
  }

  tick(): void {
    if (this.context.now.monotonicMs < this.soonMs) return;
    this.soonMs = Number.POSITIVE_INFINITY;
    this.lastSoonMs = this.context.now.monotonicMs;
    this.heartbeat();
  }

  /** One protocol round's heartbeat and, when due, a SYNC-REQ. */
  round(): void {
    this.rounds += 1;
    if (this.newsRounds > 0 || this.rounds % QUIET_ROUNDS === 0) this.heartbeat();
    const now = this.context.now.monotonicMs;
    const full = now >= this.lastFullSyncMs + this.context.timing.fullSyncMs * syncScale(this.table.size);
    if (!full && now < this.nextSyncMs) return;
    this.nextSyncMs = now + this.context.timing.syncMs;
    if (full) this.lastFullSyncMs = now;
    const partner = this.syncPartner(full);
    if (partner !== undefined) this.askSync(partner.address, full ? 0 : partner.knownVersion);
  }

  /**
   * Anybody for a full sync. For an incremental one somebody whose change counter we know: in a large fleet a member
   * picked at random is nearly always one we never synced with, and would answer with everything.
   */
  private syncPartner(full: boolean): MemberRecord | undefined {
    const reachable = this.table.reachable();
    const [anybody] = sample(reachable, 1, this.context.random);
    if (full || reachable.length <= PARTNERS) return anybody;
    this.partners = this.partners.filter(
      (partner) => this.table.get(partner.address) === partner && partner.opinion === 'alive' && partner.knownVersion > 0,
    );
    return sample(this.partners, 1, this.context.random)[0] ?? anybody;
  }

  /** `record` has answered a SYNC-REQ: from now on it can say what changed since. */
  synced(record: MemberRecord, version: number): void {
    record.knownVersion = version;
    if (this.partners.includes(record)) return;
    this.partners.push(record);
    if (this.partners.length > PARTNERS) this.partners.shift();
  }

  /** How often news is told: enough for everybody to have it with high probability (SWIM: some multiple of log n). */
  private repeats(): number {
    return 3 + Math.ceil(Math.log2(this.table.size + 2));
  }

  askSync(address: string, knownVersion: number): void {
    this.context.send(address, {
      type: 'SYNC-REQ',
      from: this.context.self,
      id: this.context.newId(),
      known_version: knownVersion,
      timestamp: this.context.wallSeconds,
    });
  }

  /**
   * Our own entry alone: a first word to a seed or a newly named member, a refutation, a farewell. Alone, because
   * swim-p2p 1.2.6 drops the rest of a digest behind an entry that brings a member back from DEAD.
   */
  ownHeartbeat(): Uint8Array {
    return this.digest('HEARTBEAT', this.context.newId(), [entryText(this.own.entry())], false);
  }

  /** Our own entry and one that a person had readmitted, which comes last for the same reason. */
  readmission(entry: DigestEntry): Uint8Array {
    return this.digest('HEARTBEAT', this.context.newId(), [entryText(this.own.entry()), entryText(entry)], false);
  }

  /** Answers a SYNC-REQ: what changed after `knownVersion`, or everything when that tells us nothing. */
  answerSync(to: string, id: string, knownVersion: number): void {
    const all = knownVersion <= 0 || knownVersion > this.table.version;
    const entries = [entryText(this.own.entry()), ...this.table.toldAfter(all ? 0 : knownVersion).map(textOf)];
    this.context.sendBytes(to, this.digest('SYNC-RESP', id, entries, all));
  }

  private heartbeat(): void {
    const fanout = this.newsRounds > 0 ? NEWS_FANOUT : QUIET_FANOUT;
    const targets = sample(this.table.reachable(), fanout, this.context.random);
    if (targets.length === 0) return;
    const bytes = this.fullHeartbeat();
    if (this.newsRounds > 0) this.newsRounds -= 1;
    if (this.newsRounds === 0) this.tellings.clear();
    for (const target of targets) this.context.sendBytes(target.address, bytes);
  }

  /** As many entries as one datagram takes: news first, then the others in turn. */
  private fullHeartbeat(): Uint8Array {
    const own = entryText(this.own.entry());
    const { size } = this.table;
    const roomAfterOwn = UDP_MAX_BYTES - ENVELOPE_BYTES - own.length;
    if (size * ENTRY_BYTES <= roomAfterOwn) {
      const texts = this.table.toldAfter(0).map(textOf);
      const bytes = texts.reduce((sum, text) => sum + text.length + 2, 0);
      if (bytes <= roomAfterOwn) return this.digest('HEARTBEAT', this.context.newId(), [own, ...texts], true);
    }
    let room = roomAfterOwn;
    const chosen = new Set<MemberRecord>();
    const take = (record: MemberRecord): boolean => {
      if (!this.table.isTold(record) || chosen.has(record)) return true;
      const length = textOf(record).length + 2;
      if (length > room) return false;
      room -= length;
      chosen.add(record);
      return true;
    };
    this.tellings.tell(this.repeats(), take);
    const turns = this.table.turns();
    for (let tried = 0; tried < size; tried += 1) {
      const record = turns[(this.cursor + 1) % size];
      if (record !== undefined && !take(record)) break;
      this.cursor = (this.cursor + 1) % size;
    }
    const texts = inDigestOrder([...chosen]).map(textOf);
    return this.digest('HEARTBEAT', this.context.newId(), [own, ...texts], false);
  }

  private digest(type: 'HEARTBEAT' | 'SYNC-RESP', id: string, entries: readonly string[], full: boolean): Uint8Array {
    return encodeDigest(
      type,
      id,
      { version: this.table.version, is_full: full, timestamp: this.context.wallSeconds, source: this.context.self },
      entries,
    );
  }
}

/**
 * Telling others: heartbeats with a digest, answers to SYNC-REQ, and our own SYNC-REQs.
 *
 * A digest carries our own entry and what members of this fleet have told us, nothing of our own opinion.
 */
import type { Digest, DigestEntry } from '#schemas/wire/swim.ts';
import { encode, entryText, UDP_MAX_BYTES } from './codec.ts';
import { type Context, sample } from './context.ts';
import type { OwnEntry } from './own.ts';
import type { MemberRecord } from './record.ts';
import type { MemberTable } from './table.ts';

/** While there is news, as swim-p2p always does. */
const NEWS_FANOUT = 3;
/** Without news one in two rounds is enough: liveness is PONG, and swim-p2p 1.2.6 keeps a copy of every HEARTBEAT for ever. */
const QUIET_FANOUT = 1;
const QUIET_ROUNDS = 2;
const SOON_MS = 20;
const SOON_PAUSE_MS = 200;
/** A HEARTBEAT around its entries, with the longest addresses. */
const ENVELOPE_BYTES = 330;

export class Gossip {
  private readonly context: Context;
  private readonly table: MemberTable;
  private readonly own: OwnEntry;
  private rounds = 0;
  private newsRounds = 0;
  private soonMs = Number.POSITIVE_INFINITY;
  private lastSoonMs = Number.NEGATIVE_INFINITY;
  private cursor = 0;
  private nextSyncMs: number;
  private nextFullSyncMs: number;

  constructor(context: Context, table: MemberTable, own: OwnEntry) {
    this.context = context;
    this.table = table;
    this.own = own;
    const start = context.now.monotonicMs;
    this.nextSyncMs = start + context.timing.syncMs * (0.5 + context.random() / 2);
    this.nextFullSyncMs = start + context.timing.fullSyncMs * (0.5 + context.random() / 2);
  }

  nextTimeout(): number {
    return this.soonMs;
  }

  /** Something is worth telling: the next round comes soon, and a few rounds more repeat it to others. */
  news(): void {
    this.newsRounds = 3 + Math.ceil(Math.log2(this.table.size + 2));
    if (this.soonMs !== Number.POSITIVE_INFINITY) return;
    this.soonMs = Math.max(this.context.now.monotonicMs + SOON_MS, this.lastSoonMs + SOON_PAUSE_MS);
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
    const full = now >= this.nextFullSyncMs;
    if (!full && now < this.nextSyncMs) return;
    this.nextSyncMs = now + this.context.timing.syncMs;
    if (full) this.nextFullSyncMs = now + this.context.timing.fullSyncMs;
    for (const partner of sample(this.table.reachable(), 1, this.context.random)) {
      this.askSync(partner.address, full ? 0 : partner.knownVersion);
    }
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
    return this.heartbeatOf([this.own.entry()], false);
  }

  /** Our own entry and one that a person had readmitted, which comes last for the same reason. */
  readmission(entry: DigestEntry): Uint8Array {
    return this.heartbeatOf([this.own.entry(), entry], false);
  }

  /** Answers a SYNC-REQ: what changed after `knownVersion`, or everything when that tells us nothing. */
  answerSync(to: string, id: string, knownVersion: number): void {
    const all = knownVersion <= 0 || knownVersion > this.table.version;
    const records = this.table.gossipable().filter((record) => all || record.changedAt > knownVersion);
    const entries = [this.own.entry(), ...records.flatMap((record) => record.gossip ?? [])];
    this.context.send(to, {
      type: 'SYNC-RESP',
      from: this.context.self,
      id,
      digest: this.digest(entries, all),
      timestamp: this.context.wallSeconds,
    });
  }

  private heartbeat(): void {
    const fanout = this.newsRounds > 0 ? NEWS_FANOUT : QUIET_FANOUT;
    const targets = sample(this.table.reachable(), fanout, this.context.random);
    if (targets.length === 0) return;
    if (this.newsRounds > 0) this.newsRounds -= 1;
    const bytes = this.fullHeartbeat();
    for (const target of targets) this.context.sendBytes(target.address, bytes);
  }

  /** As many entries as one datagram takes: the newest changes first, then the others in turn. */
  private fullHeartbeat(): Uint8Array {
    const own = this.own.entry();
    const records = this.table.gossipable();
    let room = UDP_MAX_BYTES - ENVELOPE_BYTES - entryText(own).length;
    const fits = (record: MemberRecord): boolean => {
      if (record.gossip === null) return false;
      room -= entryText(record.gossip).length + 2;
      return room >= 0;
    };
    if (records.every(fits)) return this.heartbeatOf([own, ...records.flatMap((record) => record.gossip ?? [])], true);
    room = UDP_MAX_BYTES - ENVELOPE_BYTES - entryText(own).length;
    const chosen = new Set<MemberRecord>();
    if (this.newsRounds > 0) {
      const newest = [...records].sort((a, b) => b.changedAt - a.changedAt).slice(0, 6);
      for (const record of newest) if (fits(record)) chosen.add(record);
    }
    for (let tried = 0; tried < records.length && room > 0; tried += 1) {
      this.cursor = (this.cursor + 1) % records.length;
      const record = records[this.cursor];
      if (record !== undefined && !chosen.has(record) && fits(record)) chosen.add(record);
    }
    const ordered = [...chosen].sort((a, b) => Number(a.returned) - Number(b.returned));
    return this.heartbeatOf([own, ...ordered.flatMap((record) => record.gossip ?? [])], false);
  }

  private heartbeatOf(entries: DigestEntry[], full: boolean): Uint8Array {
    return encode({
      type: 'HEARTBEAT',
      from: this.context.self,
      digest: this.digest(entries, full),
      id: this.context.newId(),
      timestamp: this.context.wallSeconds,
    });
  }

  private digest(entries: DigestEntry[], full: boolean): Digest {
    return {
      version: this.table.version,
      entries,
      is_full: full,
      timestamp: this.context.wallSeconds,
      source: this.context.self,
    };
  }
}

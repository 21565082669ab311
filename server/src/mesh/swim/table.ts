/** The other members: what gossip says of them, and the read model made from it. */
import type { DigestEntry } from '#schemas/wire/swim.ts';
import { ChangeLog } from './changeLog.ts';
import { entryText } from './codec.ts';
import type { Context } from './context.ts';
import { join } from './merge.ts';
import { type MemberRecord, newRecord, show } from './record.ts';
import type { Member } from './types.ts';

/** A packet from a departed member this soon after its farewell was sent before it. */
const FAREWELL_MS = 2_000;
/** How often a tombstone nobody mentions any more is looked for. */
const TOMBSTONE_MS = 60_000;
/** In a large fleet everybody repeats an accusation; a person needs to know a few. */
const ACCUSERS = 8;

export interface TableEvents {
  /** Gossip about a member changed: worth telling others soon. */
  readonly changed: (record: MemberRecord) => void;
  /** A member that is not dead was named and has not spoken to us yet. */
  readonly named: (record: MemberRecord) => void;
  /** A member spoke again after our own probes had given it up. */
  readonly back: (record: MemberRecord) => void;
  /** It is no longer shown; what else is kept of it may go. */
  readonly forgotten: (record: MemberRecord) => void;
}

export class MemberTable {
  private readonly context: Context;
  private readonly events: TableEvents;
  private readonly forgetAfterMs: number;
  private readonly records = new Map<string, MemberRecord>();
  private readonly log = new ChangeLog();
  /** Everybody, in the order in which turns are taken. */
  private readonly order: MemberRecord[] = [];
  /** Dead, gone or forgotten: the only ones that time alone changes. */
  private readonly gone = new Set<MemberRecord>();
  private list: readonly Member[] | null = null;
  private talkTo: readonly MemberRecord[] | null = null;
  private changes = 0;

  constructor(context: Context, forgetAfterMs: number, events: TableEvents) {
    this.context = context;
    this.forgetAfterMs = forgetAfterMs;
    this.events = events;
  }

  /** Our private change counter, which SYNC-REQ's `known_version` refers to. */
  get version(): number {
    return this.changes;
  }

  /** Counts one change, of our own entry or of a member's. */
  countChange(): number {
    this.changes += 1;
    return this.changes;
  }

  /** Members known, tombstones included. */
  get size(): number {
    return this.records.size;
  }

  get(address: string): MemberRecord | undefined {
    return this.records.get(address);
  }

  /**
   * Everybody in the order of turns, for those who go round by a cursor of their own. A newcomer changes places with
   * somebody at random, as in the SWIM paper: two nodes do not probe in the same order then, and between two turns of
   * a member lie at most `2 n - 1` others.
   */
  turns(): readonly MemberRecord[] {
    return this.order;
  }

  listed(): readonly Member[] {
    this.list ??= [...this.records.values()]
      .flatMap((record) => (record.shown === null ? [] : [record.shown]))
      .sort((a, b) => (a.address < b.address ? -1 : 1));
    return this.list;
  }

  /** Whether a member of this fleet has named `address`. */
  isGossiped(address: string): boolean {
    return (this.records.get(address)?.gossip ?? null) !== null;
  }

  /**
   * The record of `address`, made if there is room. Null when the table is full of members that are in use;
   * tombstones give way.
   */
  ensure(address: string): MemberRecord | null {
    const known = this.records.get(address);
    if (known !== undefined) return known;
    if (this.records.size >= this.context.limits.members && !this.dropTombstone()) return null;
    const record = newRecord(address, this.context.now.monotonicMs);
    this.records.set(address, record);
    record.turnIndex = this.order.push(record) - 1;
    const other = this.order[Math.floor(this.context.random() * this.order.length)];
    if (other !== undefined) {
      this.order[record.turnIndex] = other;
      this.order[other.turnIndex] = record;
      [record.turnIndex, other.turnIndex] = [other.turnIndex, record.turnIndex];
    }
    return record;
  }

  /** Merges one gossiped entry about another member. False when there was no room for it. */
  merge(entry: DigestEntry, toldBy: string): boolean {
    const record = this.ensure(entry.addr);
    if (record === null) return false;
    record.lastMentionedMs = this.context.now.monotonicMs;
    const before = record.gossip;
    const after = before === null ? entry : join(before, entry);
    if (after !== before) {
      record.gossip = after;
      record.text = null;
      if (before === null || before.state !== after.state || before.incarnation !== after.incarnation)
        this.adopt(record, before, after, toldBy);
    }
    if (after.state !== 'ALIVE') this.accused(record, entry, toldBy);
    return true;
  }

  /** `entry` repeats, or with an older incarnation does not repeat, that `record` is SUSPECT or DEAD. */
  private accused(record: MemberRecord, entry: DigestEntry, toldBy: string): void {
    const repeats = entry.state === record.gossip?.state && entry.incarnation === record.gossip.incarnation;
    const { accusers } = record;
    if (!repeats || toldBy === record.address || accusers.length >= ACCUSERS || accusers.includes(toldBy)) return;
    record.accusers = [...accusers, toldBy];
    this.refresh(record);
  }

  private adopt(record: MemberRecord, before: DigestEntry | null, after: DigestEntry, toldBy: string): void {
    record.toldBy = toldBy;
    record.changedAt = this.countChange();
    this.log.add(record);
    if (record.accusers.length > 0) record.accusers = [];
    if (after.state === 'ALIVE') {
      record.returned = record.heldDead;
      record.heldDead = false;
      record.leftAtMs = null;
      record.hidden = false;
      if (record.opinion === 'dead' || record.opinion === 'suspect') this.clearOpinion(record);
    } else if (after.state === 'DEAD') {
      record.heldDead = true;
      // A member that was well and calls itself DEAD leaves. A restarted Python node repeats what its fleet says of it.
      const farewell = toldBy === record.address && before !== null && before.state === 'ALIVE';
      if (farewell) record.leftAtMs = this.context.now.monotonicMs;
    }
    if (!record.hidden) this.events.changed(record);
    this.refresh(record);
    if (before === null && after.state !== 'DEAD' && record.lastHeardMs === null) this.events.named(record);
  }

  private clearOpinion(record: MemberRecord): void {
    record.opinion = 'unknown';
    record.opinionText = null;
    record.reachedBy = null;
    record.deadAtMs = null;
    record.nextProbeMs = this.context.now.monotonicMs;
    record.deadProbePauseMs = 0;
  }

  /** A packet came from the member's own address: it lives, whatever anybody says. */
  heard(record: MemberRecord): void {
    const now = this.context.now.monotonicMs;
    const left = record.leftAtMs;
    if (left !== null && now - left < FAREWELL_MS) return;
    record.leftAtMs = null;
    const gaveUp = record.opinion === 'dead';
    record.lastHeardMs = now;
    if (left === null && record.opinion === 'alive' && record.shown !== null && record.reachedBy === null) return;
    this.clearOpinion(record);
    record.opinion = 'alive';
    record.hidden = false;
    this.refresh(record);
    if (gaveUp) this.events.back(record);
  }

  /** Our own probes' verdict; stays here. */
  judge(record: MemberRecord, opinion: 'suspect' | 'dead', text: string): void {
    record.opinion = opinion;
    record.opinionText = text;
    record.reachedBy = null;
    this.refresh(record);
  }

  /** A helper reaches a member that does not answer us. */
  reachedThrough(record: MemberRecord, helper: string): void {
    this.clearOpinion(record);
    record.opinion = 'alive';
    record.reachedBy = helper;
    this.refresh(record);
  }

  warn(record: MemberRecord, sentence: string): void {
    if (record.warnings.length >= 8 || record.warnings.includes(sentence)) return;
    record.warnings = [...record.warnings, sentence];
    this.refresh(record);
  }

  /** Recomputes what is shown of `record`, and says so if it changed. */
  refresh(record: MemberRecord): void {
    if (record.hidden) return;
    const before = record.shown;
    const member = show(record, this.context.self, this.context.now.wallMs);
    if (member === before) return;
    if (member.state === 'dead' || member.state === 'left') {
      record.goneSinceMs ??= this.context.now.monotonicMs;
      this.gone.add(record);
    } else {
      record.goneSinceMs = null;
      this.gone.delete(record);
    }
    if (before?.state !== member.state) this.talkTo = null;
    record.shown = member;
    this.list = null;
    this.context.emit({ kind: 'member', member, previous: before?.state ?? null });
  }

  /** Drops a member from sight; stale gossip does not bring it back, a packet from it or a higher ALIVE does. */
  hide(record: MemberRecord): void {
    if (record.hidden) return;
    record.hidden = true;
    record.shown = null;
    record.goneSinceMs = null;
    record.leftAtMs = null;
    this.gone.add(record);
    this.list = null;
    this.talkTo = null;
    this.events.forgotten(record);
    this.context.emit({ kind: 'forgotten', address: record.address });
  }

  /** Forgets who has been gone for long, and tombstones that nobody mentions any more. */
  forgetOld(): void {
    const now = this.context.now.monotonicMs;
    const tombstoneMs = Math.max(this.forgetAfterMs, TOMBSTONE_MS);
    const mentionMs = Math.min(this.forgetAfterMs, TOMBSTONE_MS);
    for (const record of this.gone) {
      // Dead to us only, while others keep naming it alive: that is something to show, not to forget.
      const agreed = record.heldDead || now - record.lastMentionedMs >= mentionMs;
      if (agreed && record.goneSinceMs !== null && now - record.goneSinceMs >= this.forgetAfterMs) this.hide(record);
      if (record.hidden && now - record.lastMentionedMs >= tombstoneMs) this.drop(record);
    }
  }

  private dropTombstone(): boolean {
    for (const record of this.gone) {
      if (!record.hidden) continue;
      this.drop(record);
      return true;
    }
    return false;
  }

  private drop(record: MemberRecord): void {
    this.records.delete(record.address);
    this.gone.delete(record);
    this.log.remove(record);
    const last = this.order.pop();
    if (last === undefined || last === record) return;
    this.order[record.turnIndex] = last;
    last.turnIndex = record.turnIndex;
  }

  /**
   * Whether digests carry `record`. They leave out who was named by nobody, who is forgotten, and whom our own probes
   * hold dead while nobody says so: silence is no accusation, and repeating ALIVE for it would keep a ghost going for ever.
   */
  isTold(record: MemberRecord): boolean {
    if (record.gossip === null || record.hidden) return false;
    return record.gossip.state !== 'ALIVE' || record.opinion !== 'dead';
  }

  /** What digests carry of the changes after `version` (0: of everybody), in the order in which they carry it. */
  toldAfter(version: number): MemberRecord[] {
    return inDigestOrder(this.log.after(version).filter((record) => this.isTold(record)));
  }

  /** Members worth talking to: not dead, not gone. The same array until that changes. */
  reachable(): readonly MemberRecord[] {
    if (this.talkTo !== null) return this.talkTo;
    const members: MemberRecord[] = [];
    for (const record of this.records.values()) {
      if (record.hidden || record.shown === null) continue;
      const { state } = record.shown;
      if (state === 'alive' || state === 'suspect') members.push(record);
    }
    this.talkTo = members;
    return members;
  }
}

/** Those that came back from DEAD last: swim-p2p 1.2.6 drops the rest of a digest behind such an entry. */
export function inDigestOrder(records: readonly MemberRecord[]): MemberRecord[] {
  return [...records.filter((record) => !record.returned), ...records.filter((record) => record.returned)];
}

/** A record's gossip as digests carry it. */
export function textOf(record: MemberRecord): string {
  if (record.gossip === null) return '';
  record.text ??= entryText(record.gossip);
  return record.text;
}

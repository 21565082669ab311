/**
 * Probing: PING each member in turn, ask helpers when it does not answer, and form an opinion of our own.
 * The opinion is shown and never gossiped: Python peers do not refute, so an accusation of ours would evict a node
 * that merely stands at a breakpoint.
 */
import { type Context, sample } from './context.ts';
import type { Health } from './health.ts';
import { type MemberRecord, shownState } from './record.ts';
import type { MemberTable } from './table.ts';
import { HEARD_ENOUGH, helpersFor, probesFor } from './timing.ts';

const PINGS = 3;
/** A member heard within this part of a period needs no look, whatever others ask about it. */
const JUST_HEARD = 0.3;
/** A machine that is always late must still come to a verdict. */
const FRESH_STARTS = 3;

interface Probe {
  readonly record: MemberRecord;
  readonly startedMs: number;
  /** Monotonic milliseconds at which each PING left, by id. */
  readonly sent: Map<string, number>;
  readonly full: boolean;
  /** Since when it is known to be silent: from our own first PING, or from that of a member which asked us about it. */
  silentSinceMs: number;
  nextPingMs: number;
  deadlineMs: number;
  helpersAsked: number;
  helpersHeard: number;
  freshStarts: number;
}

export class Prober {
  private readonly context: Context;
  private readonly table: MemberTable;
  private readonly health: Health;
  private readonly probes = new Map<string, Probe>();
  private readonly suspects = new Set<MemberRecord>();
  private lastPongMs = Number.NEGATIVE_INFINITY;
  private cursor = 0;
  /** Probes a half round may start: half a period's, saved up when that is no whole number. */
  private credit = 0;
  /** Looks that others' questions may still cause before the next half round. */
  private hintsLeft = 0;

  constructor(context: Context, table: MemberTable, health: Health) {
    this.context = context;
    this.table = table;
    this.health = health;
  }

  nextTimeout(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const probe of this.probes.values()) next = Math.min(next, probe.nextPingMs, probe.deadlineMs);
    for (const record of this.suspects) if (record.deadAtMs !== null) next = Math.min(next, record.deadAtMs);
    return next;
  }

  /**
   * Our own process stood still for `lateMs`. The answers are still in our socket, so nobody's time was up: probes
   * under way begin anew, with the patience of our worsened health, and suspicions lose no time.
   */
  postpone(lateMs: number): void {
    const now = this.context.now.monotonicMs;
    const { probeRetryMs, probeDeadlineMs } = this.context.timing;
    for (const probe of this.probes.values()) {
      if (probe.freshStarts === FRESH_STARTS) continue;
      probe.freshStarts += 1;
      if (probe.nextPingMs !== Number.POSITIVE_INFINITY) probe.nextPingMs = now + probeRetryMs * this.health.stretch;
      probe.deadlineMs = now + probeDeadlineMs * this.health.stretch;
    }
    for (const record of this.suspects) if (record.deadAtMs !== null) record.deadAtMs += lateMs;
  }

  /** Whatever is due: repetitions, helpers, verdicts. */
  tick(): void {
    const now = this.context.now.monotonicMs;
    for (const probe of [...this.probes.values()]) {
      if (now >= probe.deadlineMs) this.conclude(probe);
      else if (now >= probe.nextPingMs) this.repeat(probe);
    }
    for (const record of [...this.suspects]) {
      if (record.opinion !== 'suspect' || record.deadAtMs === null) this.suspects.delete(record);
      else if (now >= record.deadAtMs) this.giveUp(record);
    }
  }

  /** Twice a period: everybody who is due while the fleet is small, else the next ones in turn. */
  halfRound(): void {
    const now = this.context.now.monotonicMs;
    const turns = this.table.turns();
    const probes = probesFor(turns.length, this.context.limits);
    this.credit = Math.min(probes, this.credit + probes / 2);
    let budget = turns.length <= probes ? probes : Math.floor(this.credit);
    const granted = budget;
    this.hintsLeft = probes;
    for (const record of this.suspects) {
      if (budget > 0 && this.start(record)) budget -= 1;
    }
    for (let seen = 0; seen < turns.length && budget > 0; seen += 1) {
      this.cursor = (this.cursor + 1) % turns.length;
      const record = turns[this.cursor];
      if (record !== undefined && now >= record.nextProbeMs && this.start(record)) budget -= 1;
    }
    this.credit -= granted - budget;
  }

  /**
   * Another member does not reach `record`: we look as well, now. It is no accusation, only a question; in a large
   * fleet, whose members look at each other seldom, it is how everybody comes to an opinion of its own in a few rounds.
   */
  hinted(record: MemberRecord): void {
    const { periodMs, probeRetryMs } = this.context.timing;
    const now = this.context.now.monotonicMs;
    const heardMs = record.lastHeardMs ?? Number.NEGATIVE_INFINITY;
    if (this.hintsLeft === 0 || now - heardMs < periodMs * JUST_HEARD || record.opinion === 'dead') return;
    if (this.start(record)) this.hintsLeft -= 1;
    const probe = this.probes.get(record.address);
    if (probe === undefined) return;
    // Members ask when their own first PINGs have stayed unanswered; whatever we heard since then counts for it.
    const askedSinceMs = Math.max(heardMs, now - (PINGS - 1) * probeRetryMs);
    probe.silentSinceMs = Math.min(probe.silentSinceMs, askedSinceMs);
  }

  /** PINGs a member now, unless a probe of it is under way. */
  start(record: MemberRecord): boolean {
    if (this.probes.has(record.address)) return false;
    const { periodMs, probeRetryMs, probeDeadlineMs, deadProbeMs, deadProbeMaxMs } = this.context.timing;
    const now = this.context.now.monotonicMs;
    const state = shownState(record);
    const gone = record.hidden || state === 'dead' || state === 'left';
    if (gone && record.opinion !== 'alive') {
      record.deadProbePauseMs = Math.min(deadProbeMaxMs, Math.max(deadProbeMs, record.deadProbePauseMs * 2));
      record.nextProbeMs = now + record.deadProbePauseMs;
    } else {
      record.nextProbeMs = now + periodMs * HEARD_ENOUGH;
    }
    const stretch = this.health.stretch;
    const probe: Probe = {
      record,
      startedMs: now,
      sent: new Map(),
      full: !gone,
      silentSinceMs: now,
      nextPingMs: now + probeRetryMs * stretch,
      deadlineMs: now + probeDeadlineMs * stretch,
      helpersAsked: 0,
      helpersHeard: 0,
      freshStarts: 0,
    };
    this.probes.set(record.address, probe);
    this.ping(probe);
    return true;
  }

  /**
   * A PONG from the member's address. `id` only serves to measure: swim-p2p matches by source, and so do we.
   *
   * @returns the round trip; null where it answers no PING of the probe under way.
   */
  ponged(record: MemberRecord, id: string): number | null {
    this.lastPongMs = this.context.now.monotonicMs;
    const probe = this.probes.get(record.address);
    const sentMs = probe?.sent.get(id);
    if (sentMs === undefined) return null;
    record.rttMs = this.context.now.monotonicMs - sentMs;
    return record.rttMs;
  }

  /** Anything came from the member's own address. */
  heard(record: MemberRecord): void {
    this.probes.delete(record.address);
    this.suspects.delete(record);
    record.nextProbeMs = this.context.now.monotonicMs + this.context.timing.periodMs * HEARD_ENOUGH;
    this.table.heard(record);
  }

  /** A helper's answer to our PING-REQ. */
  helperSaid(target: string, helper: string, alive: boolean): void {
    const probe = this.probes.get(target);
    if (probe === undefined || probe.helpersAsked === 0) return;
    probe.helpersHeard += 1;
    if (!alive) return;
    this.probes.delete(target);
    this.suspects.delete(probe.record);
    this.table.reachedThrough(probe.record, helper);
  }

  private ping(probe: Probe): void {
    const id = this.context.newId();
    probe.sent.set(id, this.context.now.monotonicMs);
    this.context.send(probe.record.address, { type: 'PING', from: this.context.self, id, timestamp: this.context.wallSeconds });
  }

  private repeat(probe: Probe): void {
    const again = probe.full ? PINGS : PINGS - 1;
    this.ping(probe);
    if (probe.sent.size === PINGS) this.askHelpers(probe);
    const more = probe.sent.size < again;
    probe.nextPingMs = more
      ? this.context.now.monotonicMs + this.context.timing.probeRetryMs * this.health.stretch
      : Number.POSITIVE_INFINITY;
  }

  private askHelpers(probe: Probe): void {
    const reachable = this.table.reachable();
    const count = this.suspects.has(probe.record) ? helpersFor(0) : helpersFor(reachable.length);
    const helps = (record: MemberRecord): boolean =>
      record !== probe.record && record.opinion === 'alive' && record.reachedBy === null;
    // Half of a large fleet may be unknown to us yet.
    const candidates = sample(reachable, 8 * count, this.context.random);
    for (const helper of candidates.filter(helps).slice(0, count)) {
      probe.helpersAsked += 1;
      this.context.send(helper.address, {
        type: 'PING-REQ',
        from: this.context.self,
        target: probe.record.address,
        id: this.context.newId(),
        timestamp: this.context.wallSeconds,
      });
    }
  }

  private conclude(probe: Probe): void {
    const { record } = probe;
    this.probes.delete(record.address);
    // A PONG of anybody meanwhile shows that we can speak and hear.
    if (probe.helpersAsked > 0 && probe.helpersHeard === 0 && this.lastPongMs < probe.startedMs) this.health.unheard();
    if (record.opinion === 'suspect' || record.opinion === 'dead') return;
    const now = this.context.now.monotonicMs;
    if (!probe.full) {
      // Held dead by others and silent to us as well; nothing to wait for.
      record.reachedBy = null;
      this.table.judge(record, 'dead', 'It does not answer our probes either.');
      return;
    }
    // The time in which others had no answer before we looked is part of the silence.
    const knownMs = probe.startedMs - probe.silentSinceMs;
    record.deadAtMs = now + Math.max(0, this.context.timing.suspicionMs - knownMs) * this.health.stretch;
    this.suspects.add(record);
    this.table.judge(record, 'suspect', this.silence(record, 'No answer to our probes'));
  }

  private giveUp(record: MemberRecord): void {
    this.suspects.delete(record);
    record.deadAtMs = null;
    this.table.judge(record, 'dead', this.silence(record, 'Given up: no answer to our probes'));
  }

  private silence(record: MemberRecord, words: string): string {
    if (record.lastHeardMs === null) return `${words} since we learned of it.`;
    return `${words} for ${((this.context.now.monotonicMs - record.lastHeardMs) / 1_000).toFixed(1)} s.`;
  }
}

/**
 * The membership core: bytes, commands and time in; bytes, membership and the next deadline out. No I/O.
 *
 * Speaks swim-p2p 1.2.6's protocol (no cluster name, no version, plain text) and keeps two promises its fleets need:
 * an accusation of ours is never gossiped, and no address enters a digest that no member of this fleet has named.
 */
import type { Digest, SwimMessage } from '#schemas/wire/swim.ts';
import type { Instant } from '../core.ts';
import { hostOf, isSwimAddress, isWildcard } from './address.ts';
import { Announcer } from './announce.ts';
import { Clocks } from './clocks.ts';
import { decode } from './codec.ts';
import { Context } from './context.ts';
import { Gossip } from './gossip.ts';
import { Health } from './health.ts';
import { Helper } from './helpers.ts';
import { OwnEntry } from './own.ts';
import { Prober } from './probe.ts';
import { RateLimit } from './rate.ts';
import type { MemberRecord } from './record.ts';
import { Seeds } from './seeds.ts';
import { senderOf } from './sender.ts';
import { MemberTable } from './table.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMING } from './timing.ts';
import type { Inflate, Member, SeedFacts, Swim, SwimInput, SwimOptions, SwimOutput } from './types.ts';

/**
 * A membership core for one node.
 * @throws RangeError if `options.self` is no numeric IPv4 address with a port from 1 to 64535, or is 0.0.0.0.
 */
export function createSwim(options: SwimOptions, now: Instant): Swim {
  if (!isSwimAddress(options.self) || isWildcard(options.self)) {
    throw new RangeError(
      `${options.self} cannot be a node's identity: it must be a numeric IPv4 address (not 0.0.0.0) with a port from 1 to 64535.`,
    );
  }
  return new SwimNode(options, now);
}

class SwimNode implements Swim {
  private readonly context: Context;
  private readonly inflate: Inflate;
  private readonly health = new Health();
  private readonly table: MemberTable;
  private readonly own: OwnEntry;
  private readonly gossip: Gossip;
  private readonly announcer: Announcer;
  private readonly prober: Prober;
  private readonly helper: Helper;
  private readonly sources: Seeds;
  private readonly rate: RateLimit;
  private readonly clocks = new Clocks();
  private halfRounds = 0;
  private nextHalfRoundMs: number;
  private deadlineMs = Number.POSITIVE_INFINITY;

  constructor(options: SwimOptions, now: Instant) {
    const timing = { ...DEFAULT_TIMING, ...options.timing };
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.context = new Context(options, timing, limits, now);
    this.inflate = options.inflate;
    this.rate = new RateLimit(limits.ratePerSecond, limits.rateBurst);
    this.table = new MemberTable(this.context, options.forgetAfterMs, {
      changed: (record) => this.gossipChanged(record),
      named: (record) => this.announcer.introduceTo(record.address),
      back: (record) => this.announcer.introduceTo(record.address),
      forgotten: (record) => this.clocks.forget(record.address),
    });
    this.own = new OwnEntry(this.context);
    this.gossip = new Gossip(this.context, this.table, this.own);
    this.announcer = new Announcer(this.context, this.table, this.gossip);
    this.prober = new Prober(this.context, this.table, this.health);
    this.helper = new Helper(this.context, this.table);
    this.sources = new Seeds(
      this.context,
      this.table,
      this.gossip,
      (record) => this.prober.start(record),
      options.seeds.filter((seed) => this.canJoin(seed)),
    );
    this.nextHalfRoundMs = now.monotonicMs + (timing.periodMs / 2) * options.random();
    this.sources.tick();
    this.settle();
  }

  get incarnation(): number {
    return this.own.incarnation;
  }

  get localHealth(): number {
    return this.health.score;
  }

  members(): readonly Member[] {
    return this.table.listed();
  }

  member(address: string): Member | undefined {
    return this.table.get(address)?.shown ?? undefined;
  }

  seeds(): readonly SeedFacts[] {
    return this.sources.facts();
  }

  contactTimes(address: string): ReturnType<Swim['contactTimes']> {
    const record = this.table.get(address);
    return {
      lastHeardMonotonicMs: record?.lastHeardMs ?? null,
      rttMs: record?.rttMs ?? null,
      clockOffsetMs: this.clocks.offsetMs(address),
    };
  }

  violations(source: string): number {
    return this.context.violationsOf(source);
  }

  poll(): SwimOutput | undefined {
    return this.context.next();
  }

  nextTimeout(): number | undefined {
    return this.deadlineMs === Number.POSITIVE_INFINITY ? undefined : this.deadlineMs;
  }

  handle(input: SwimInput, now: Instant): void {
    this.context.now = now;
    if (this.own.left) {
      if (input.kind === 'leave') this.sayFarewell();
      return;
    }
    const lateMs = now.monotonicMs - this.deadlineMs;
    if (lateMs > this.context.timing.lateMs) {
      this.health.stalled(lateMs);
      this.prober.postpone(lateMs);
    }
    switch (input.kind) {
      case 'datagram':
        this.receive(input.from, input.bytes, true);
        break;
      case 'frame':
        this.receive(input.from, input.bytes, false);
        break;
      case 'tick':
        this.tick();
        break;
      case 'contact':
        if (this.canJoin(input.address)) this.sources.addContact(input.address);
        break;
      case 'leave':
        this.own.leave();
        this.sayFarewell();
        break;
      case 'readmit':
        this.readmit(input.address);
        break;
      case 'forget':
        this.forget(input.address);
        break;
    }
    this.settle();
  }

  /** Sends what became due through this input, and computes the next deadline. */
  private settle(): void {
    if (this.own.left) {
      this.deadlineMs = Number.POSITIVE_INFINITY;
      return;
    }
    for (const address of this.announcer.introduce()) {
      const record = this.table.get(address);
      if (record !== undefined) this.prober.start(record);
    }
    this.deadlineMs = Math.min(
      this.nextHalfRoundMs,
      this.announcer.nextTimeout(),
      this.prober.nextTimeout(),
      this.helper.nextTimeout(),
      this.sources.nextTimeout(),
      this.gossip.nextTimeout(),
    );
  }

  private tick(): void {
    const now = this.context.now.monotonicMs;
    this.prober.tick();
    this.helper.tick();
    this.sources.tick();
    this.announcer.tick();
    if (now >= this.nextHalfRoundMs) {
      const half = this.context.timing.periodMs / 2;
      this.nextHalfRoundMs = Math.max(this.nextHalfRoundMs + half, now + half / 2);
      this.halfRounds += 1;
      if (this.halfRounds % 2 === 0) this.round();
      this.prober.halfRound();
    }
    this.gossip.tick();
  }

  /** What is done once a period. */
  private round(): void {
    this.health.round();
    this.table.forgetOld();
    this.gossip.round();
  }

  private canJoin(address: string): boolean {
    if (address === this.context.self) return false;
    if (isSwimAddress(address) && !isWildcard(address)) return true;
    this.context.violation(
      address,
      'It is no address one can send to: a numeric IPv4 address with a port from 1 to 64535 is needed.',
    );
    return false;
  }

  /** A node that goes right after it came is known to a seed it has not heard from yet. */
  private sayFarewell(): void {
    this.announcer.tellAll(this.sources.facts().map((seed) => seed.address));
  }

  private receive(source: string, bytes: Uint8Array, isDatagram: boolean): void {
    if (isWildcard(source)) return;
    if (!this.rate.take(isDatagram ? source : hostOf(source), this.context.now.monotonicMs)) {
      this.context.violation(source, 'It sends more messages than this node takes; the rest is dropped.');
      return;
    }
    const decoded = decode(bytes, this.inflate);
    if (!decoded.ok) {
      this.context.violation(source, `It sent ${decoded.what}.`);
      return;
    }
    const { message, skipped } = decoded;
    if (skipped > 0) this.context.violation(source, 'It sent digest entries with wrong fields; they were left out.');
    if (message.from === this.context.self || source === this.context.self) {
      this.context.violation(source, 'It announces our own identity; two nodes with one address cannot be told apart.');
      return;
    }
    const sender = senderOf(this.context, this.table, message, source, isDatagram);
    if (isDatagram) this.sources.heard(source);
    this.obey(message, source, sender, isDatagram);
    const record = isDatagram ? this.table.get(source) : undefined;
    if (record !== undefined) this.prober.heard(record);
  }

  private obey(message: SwimMessage, source: string, sender: string | null, isDatagram: boolean): void {
    const replyTo = isDatagram ? source : sender;
    switch (message.type) {
      case 'PING':
        if (replyTo !== null) this.pong(replyTo, message.id, message.timestamp);
        if (isDatagram && this.table.get(source) !== undefined)
          this.clocks.heard(source, message.timestamp, this.context.now.wallMs);
        break;
      case 'PONG':
        if (isDatagram) this.ponged(source, message.id, message.timestamp);
        break;
      case 'PING-REQ':
        if (replyTo !== null) this.askedFor(replyTo, message.from, message.target, message.id);
        break;
      case 'PING-REQ-ACK':
        if (sender !== null) this.prober.helperSaid(message.target, sender, message.status === 'alive');
        break;
      case 'SYNC-REQ':
        if (replyTo !== null) this.gossip.answerSync(replyTo, message.id, message.known_version);
        break;
      case 'HEARTBEAT':
        if (sender !== null) this.heartbeat(message.digest, message.from, sender, source);
        break;
      case 'SYNC-RESP':
        if (sender !== null) this.syncResponse(message.digest, message.from, sender, source);
        break;
    }
  }

  private askedFor(replyTo: string, asker: string, target: string, id: string): void {
    const record = this.helper.asked(replyTo, asker, target, id);
    if (record !== null) this.prober.hinted(record);
  }

  private gossipChanged(record: MemberRecord): void {
    this.gossip.news(record);
    if (record.gossip?.state === 'SUSPECT') this.prober.hinted(record);
  }

  private pong(to: string, id: string, timestamp: number): void {
    this.context.send(to, {
      type: 'PONG',
      from: this.context.self,
      id,
      in_response_to: 'PING',
      orig_timestamp: timestamp,
      timestamp: this.context.wallSeconds,
    });
  }

  private ponged(source: string, id: string, timestamp: number): void {
    const record = this.table.get(source);
    if (record !== undefined) {
      const rttMs = this.prober.ponged(record, id);
      if (rttMs !== null) this.clocks.heard(source, timestamp, this.context.now.wallMs - rttMs / 2);
    } else if (this.sources.isContact(source)) this.sources.contactAnswered(source, null);
    this.helper.ponged(source);
  }

  /** A node that sends us heartbeats treats us as a member: it has joined us, whatever we knew of it. */
  private heartbeat(digest: Digest, name: string, sender: string, source: string): void {
    const introducesItself = digest.entries.some((entry) => entry.addr === name);
    if (!introducesItself && !this.table.isGossiped(sender) && !this.sources.isSeed(sender)) {
      this.context.violation(
        source,
        'It sent a digest without its own entry, and no member has named it; the digest was not used.',
      );
      return;
    }
    this.merge(digest, name, sender, source);
  }

  /**
   * The answer to our question. Only those we ask may answer for this fleet: members, also one under a wildcard identity,
   * which nobody names, and seeds. A contact's fleet is only reported.
   */
  private syncResponse(digest: Digest, name: string, sender: string, source: string): void {
    const address = [sender, source].find((candidate) => this.isAsked(candidate));
    if (address !== undefined) {
      this.merge(digest, name, sender, source);
      const record = this.table.get(address);
      if (record === undefined) return;
      this.gossip.synced(record, digest.version);
      // A large answer came by TCP, which proves no address; and a seed counts as answering when its own port does.
      if (source !== address && record.opinion === 'unknown') this.prober.start(record);
    } else if (this.sources.isContact(source)) {
      const fleet = digest.entries.map(({ addr, state, incarnation }) => ({ address: addr, state, incarnation }));
      this.sources.contactAnswered(source, fleet);
    } else {
      this.context.violation(source, 'It sent a SYNC-RESP that was not asked for; it was not used.');
    }
  }

  private isAsked(address: string): boolean {
    const isWildcardMember = (this.table.get(address)?.wildcard ?? null) !== null;
    return isWildcardMember || this.table.isGossiped(address) || this.sources.isSeed(address);
  }

  private merge(digest: Digest, name: string, sender: string, source: string): void {
    // A TCP connection comes from a port of its own; the header's word is enough to say which node of that host it was.
    const blamed = this.table.get(source) === undefined && hostOf(source) === hostOf(sender) ? sender : source;
    for (const entry of digest.entries) {
      if (entry.addr === this.context.self) this.claimed(this.own.claimed(entry));
      else if (!isWildcard(entry.addr)) {
        if (!this.table.merge(entry, sender)) this.context.violation(blamed, 'It names more members than this node keeps.');
      } else if (entry.addr === name) this.wildcard(sender, name);
      else this.context.violation(blamed, `It names ${entry.addr}, which nobody can send to.`);
    }
  }

  /** The production guide has nodes bind 0.0.0.0 and announce it: seen at the address their packets come from, never gossiped. */
  private wildcard(address: string, identity: string): void {
    const record = this.table.ensure(address);
    if (record === null || record.wildcard === identity) return;
    record.wildcard = identity;
    this.table.warn(record, `It announces itself as ${identity}, which no other node can reach: bind a real address.`);
  }

  private claimed(outcome: ReturnType<OwnEntry['claimed']>): void {
    if (outcome === 'nothing') return;
    this.table.countChange();
    this.gossip.news();
    if (outcome === 'refute') this.announcer.refute();
  }

  private readmit(address: string): void {
    const record = this.table.get(address);
    if (record === undefined || record.gossip === null || record.hidden) return;
    if (record.gossip.state === 'ALIVE') return;
    const entry = {
      ...record.gossip,
      state: 'ALIVE' as const,
      incarnation: record.gossip.incarnation + 1,
      last_heartbeat: this.context.wallSeconds,
    };
    this.table.merge(entry, this.context.self);
    const bytes = this.gossip.readmission(entry);
    for (const target of new Set<MemberRecord>([...this.table.reachable(), record]))
      this.context.sendBytes(target.address, bytes);
    this.prober.start(record);
  }

  private forget(address: string): void {
    this.sources.dropContact(address);
    const record = this.table.get(address);
    const state = record?.shown?.state;
    if (record !== undefined && state !== undefined && state !== 'alive') this.table.hide(record);
  }
}

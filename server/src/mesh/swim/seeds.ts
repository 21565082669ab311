/** Addresses we know without anybody's gossip: seeds, which we want to join, and contacts, which we only look at. */
import type { Context } from './context.ts';
import type { Gossip } from './gossip.ts';
import type { MemberRecord } from './record.ts';
import type { MemberTable } from './table.ts';
import type { ContactEntry, SeedFacts } from './types.ts';

/** Contacts are asked less eagerly than seeds. */
const CONTACT_PAUSE_FACTOR = 6;
/** Two nodes that join at the same moment can miss each other in the seed's first answers; the second ones have both. */
const FOLLOW_UP_MS = 50;

interface Asked {
  readonly address: string;
  pauseMs: number;
  nextMs: number;
  lastHeardMs: number | null;
}

interface Seed extends Asked {
  readonly firstAskedMs: number;
  followUp: boolean;
  facts: SeedFacts;
}

export class Seeds {
  private readonly context: Context;
  private readonly table: MemberTable;
  private readonly gossip: Gossip;
  private readonly probe: (record: MemberRecord) => void;
  private readonly seedList = new Map<string, Seed>();
  private readonly contacts = new Map<string, Asked>();

  constructor(
    context: Context,
    table: MemberTable,
    gossip: Gossip,
    probe: (record: MemberRecord) => void,
    addresses: readonly string[],
  ) {
    this.context = context;
    this.table = table;
    this.gossip = gossip;
    this.probe = probe;
    const now = context.now;
    for (const address of new Set(addresses)) {
      const facts: SeedFacts = { address, state: 'waiting', sinceWallMs: now.wallMs };
      this.seedList.set(address, {
        address,
        pauseMs: context.timing.seedRetryMs,
        nextMs: now.monotonicMs,
        lastHeardMs: null,
        firstAskedMs: now.monotonicMs,
        followUp: false,
        facts,
      });
    }
  }

  facts(): readonly SeedFacts[] {
    return [...this.seedList.values()].map((seed) => seed.facts);
  }

  isSeed(address: string): boolean {
    return this.seedList.has(address);
  }

  isContact(address: string): boolean {
    return this.contacts.has(address);
  }

  nextTimeout(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const seed of this.seedList.values()) {
      // A seed that answers is looked at when a tick comes anyway: no wake-up of its own.
      if (seed.facts.state !== 'answering' || seed.followUp) next = Math.min(next, seed.nextMs);
    }
    for (const contact of this.contacts.values()) next = Math.min(next, contact.nextMs);
    return next;
  }

  /** PING and SYNC-REQ, and nothing that would make the other side list us. */
  addContact(address: string): void {
    if (this.isSeed(address) || this.table.isGossiped(address) || this.contacts.has(address)) return;
    if (this.contacts.size >= this.context.limits.contacts) return;
    const nextMs = this.context.now.monotonicMs;
    this.contacts.set(address, { address, pauseMs: this.context.timing.seedRetryMs, nextMs, lastHeardMs: null });
    this.tick();
  }

  dropContact(address: string): void {
    this.contacts.delete(address);
  }

  /** A packet came from `address`. */
  heard(address: string): void {
    const now = this.context.now.monotonicMs;
    const contact = this.contacts.get(address);
    if (contact !== undefined) contact.lastHeardMs = now;
    const seed = this.seedList.get(address);
    if (seed === undefined) return;
    seed.lastHeardMs = now;
    if (seed.facts.state === 'answering') return;
    this.setState(seed, 'answering');
    seed.followUp = true;
    seed.nextMs = Math.min(seed.nextMs, now + FOLLOW_UP_MS);
  }

  /** A contact answered; its fleet is reported and not merged. */
  contactAnswered(address: string, fleet: readonly ContactEntry[] | null): void {
    this.context.emit({ kind: 'contacted', address, fleet });
  }

  tick(): void {
    const now = this.context.now.monotonicMs;
    const { seedRetryMaxMs } = this.context.timing;
    for (const seed of this.seedList.values()) {
      // The next question may be seconds away, and a person waits to hear that nobody answers.
      if (seed.facts.state === 'waiting') this.judgeSilence(seed);
      if (now >= seed.nextMs) this.dueSeed(seed);
    }
    for (const contact of this.contacts.values()) {
      if (now < contact.nextMs) continue;
      if (this.table.isGossiped(contact.address)) {
        this.contacts.delete(contact.address);
        continue;
      }
      this.context.send(contact.address, {
        type: 'PING',
        from: this.context.self,
        id: this.context.newId(),
        timestamp: this.context.wallSeconds,
      });
      this.gossip.askSync(contact.address, 0);
      this.backOff(contact, seedRetryMaxMs * CONTACT_PAUSE_FACTOR);
    }
  }

  /** How long it has said nothing, milliseconds. */
  private judgeSilence(seed: Seed): number {
    const { seedRetryMaxMs, seedSilentMs } = this.context.timing;
    const quietMs = this.context.now.monotonicMs - (seed.lastHeardMs ?? seed.firstAskedMs);
    const limitMs = seed.lastHeardMs === null ? seedSilentMs : seedSilentMs + seedRetryMaxMs;
    if (quietMs >= limitMs) this.setState(seed, 'silent');
    return quietMs;
  }

  private dueSeed(seed: Seed): void {
    const now = this.context.now.monotonicMs;
    const { seedRetryMs, seedRetryMaxMs } = this.context.timing;
    const quietMs = this.judgeSilence(seed);
    const record = this.table.get(seed.address);
    if (seed.followUp) {
      seed.followUp = false;
      this.gossip.askSync(seed.address, record?.knownVersion ?? 0);
      this.backOff(seed, seedRetryMaxMs);
      return;
    }
    if (seed.facts.state === 'answering' && record !== undefined && record.gossip !== null && record.opinion === 'alive') {
      // Probes keep an eye on it now; look again for the day it stops. In a large fleet its turn comes seldom.
      if (quietMs >= seedRetryMaxMs) this.probe(record);
      seed.pauseMs = seedRetryMs;
      seed.nextMs = now + seedRetryMaxMs;
      return;
    }
    this.context.sendBytes(seed.address, this.gossip.ownHeartbeat());
    this.gossip.askSync(seed.address, 0);
    this.backOff(seed, seedRetryMaxMs);
  }

  private backOff(asked: Asked, maxMs: number): void {
    // A little randomness keeps nodes that started together from asking together for ever.
    asked.nextMs = this.context.now.monotonicMs + asked.pauseMs * (0.9 + this.context.random() * 0.2);
    asked.pauseMs = Math.min(maxMs, asked.pauseMs * 2);
  }

  private setState(seed: Seed, state: SeedFacts['state']): void {
    if (seed.facts.state === state) return;
    seed.facts = { address: seed.address, state, sinceWallMs: this.context.now.wallMs };
    this.context.emit({ kind: 'seed', seed: seed.facts });
  }
}

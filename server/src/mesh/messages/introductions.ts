/**
 * Who knows whose agents. No release asks newcomers for their roster, 1.0.2 to 1.13.0 announce once at their start,
 * and a CAPABILITY_REQUEST that arrives before the peer's own DEALER has connected to us is acknowledged and never
 * answered: so both directions are repeated until they have happened.
 */
import type { Instant } from '../core.ts';
import type { OwnAgents } from './ownAgents.ts';
import type { MessagesContext } from './types.ts';

const firstRequestPauseMs = 400;
const requestGrowth = 1.5;
/** Above the usual suppress window of 60 s: asking for a roster that never comes must not stand in for keepalives. */
const longestRequestPauseMs = 90_000;
/** A message from the peer proves that it can answer now; still not more often than this. */
const shortestRequestGapMs = 250;
/** An answer that comes later than this after a settled request was none: those took 3 to 70 ms. */
const answerMs = 1_000;
const firstAnnouncePauseMs = 1_000;
const longestAnnouncePauseMs = 30_000;
/** A node that returns from DEAD refuses to send to us for 0.5 to 5 s (swim-p2p 1.2.6 drops the event). */
const afterReturnMs = [2_000, 5_000, 10_000];

interface Peer {
  alive: boolean;
  confirmed: number;
  announcing: number | null;
  announceAtMs: number | null;
  announceFailures: number;
  requestAtMs: number | null;
  requests: number;
  lastRequestMs: number;
  unsettledRequests: number;
  /** Moments at which both are repeated whatever the state. */
  repeats: number[];
}

export interface Introductions {
  /** The peer became alive; `returned`: it had been dead or had left. */
  alive(peer: string, returned: boolean, now: Instant): void;
  gone(peer: string): void;
  forget(peer: string): void;
  /** A message of the peer arrived: its DEALER is connected. */
  heard(peer: string, now: Instant): void;
  /** AUTOMATED_CHECK_IN comes once per connection: the peer may be a new process on the old address. */
  checkedIn(peer: string, now: Instant): void;
  rosterArrived(peer: string): void;
  ownAgentsChanged(now: Instant): void;
  /** Others held us for dead: they may have dropped our agents. */
  refuted(now: Instant): void;
  /** Whether an announcement that arrives now may answer a request of ours. Python confirms one only after it has answered it. */
  asking(peer: string, now: Instant): boolean;
  /** Whether the peer has confirmed our present agents. */
  confirmed(peer: string): boolean;
  /** Alive peers that have not confirmed our present agents. */
  unconfirmed(): number;
  /** CAPABILITY_REQUEST: the peer wants our agents, none included. */
  requested(peer: string, now: Instant): void;
  /** Alive peers that have or are just getting an announcement of ours. */
  informed(): string[];
  tick(now: Instant): void;
  nextTimeout(): number | undefined;
}

export function createIntroductions(
  context: MessagesContext,
  own: OwnAgents,
  hasRoster: (peer: string) => boolean,
  onConfirmed: (peer: string, now: Instant) => void,
): Introductions {
  const peers = new Map<string, Peer>();
  const jitter = (ms: number) => ms * (0.75 + context.random() * 0.5);

  function announce(address: string, peer: Peer, now: Instant): void {
    peer.announceAtMs = null;
    if (own.list.length === 0 || peer.announcing === own.generation) return;
    const generation = own.generation;
    peer.announcing = generation;
    const retry = (at: Instant) => {
      peer.announceFailures += 1;
      peer.announceAtMs =
        at.monotonicMs +
        jitter(Math.min(longestAnnouncePauseMs, firstAnnouncePauseMs * 2 ** Math.min(peer.announceFailures - 1, 10)));
    };
    const accepted = context.send(address, 'CAPABILITY_ANNOUNCEMENT', own.announcement(context.self.address), now, {
      settle(outcome, at) {
        if (peer.announcing === generation) peer.announcing = null;
        if (outcome.ok) {
          peer.announceFailures = 0;
          if (generation > peer.confirmed) peer.confirmed = generation;
          onConfirmed(address, at);
        } else if (peer.alive && generation === own.generation) retry(at);
      },
    });
    if (!accepted) {
      peer.announcing = null;
      retry(now);
    }
  }

  function request(address: string, peer: Peer, now: Instant): void {
    const pause = Math.min(longestRequestPauseMs, firstRequestPauseMs * requestGrowth ** Math.min(peer.requests, 30));
    peer.requestAtMs = now.monotonicMs + jitter(pause);
    // More would only queue behind each other: Python handles one message at a time.
    if (peer.unsettledRequests >= 2) return;
    peer.requests += 1;
    peer.lastRequestMs = now.monotonicMs;
    peer.unsettledRequests += 1;
    const accepted = context.send(address, 'CAPABILITY_REQUEST', { node_id: context.self.address }, now, {
      limitMs: 10_000,
      settle() {
        peer.unsettledRequests -= 1;
      },
    });
    if (!accepted) peer.unsettledRequests -= 1;
  }

  function forgetConfirmations(peer: Peer): void {
    peer.confirmed = 0;
    peer.announcing = null;
    peer.announceFailures = 0;
  }

  function run(address: string, peer: Peer, now: Instant): void {
    if (!peer.alive) return;
    const repeat = peer.repeats[0];
    if (repeat !== undefined && now.monotonicMs >= repeat) {
      peer.repeats.shift();
      forgetConfirmations(peer);
      peer.announceAtMs = now.monotonicMs;
      if (!hasRoster(address)) peer.requestAtMs = now.monotonicMs;
    }
    if (peer.announceAtMs !== null && now.monotonicMs >= peer.announceAtMs) announce(address, peer, now);
    if (peer.requestAtMs !== null && now.monotonicMs >= peer.requestAtMs) {
      if (hasRoster(address)) peer.requestAtMs = null;
      else request(address, peer, now);
    }
  }

  return {
    alive(address, returned, now) {
      let peer = peers.get(address);
      if (peer === undefined) {
        peer = {
          alive: false,
          confirmed: 0,
          announcing: null,
          announceAtMs: null,
          announceFailures: 0,
          requestAtMs: null,
          requests: 0,
          lastRequestMs: Number.NEGATIVE_INFINITY,
          unsettledRequests: 0,
          repeats: [],
        };
        peers.set(address, peer);
      }
      if (peer.alive) return;
      peer.alive = true;
      peer.requests = 0;
      forgetConfirmations(peer);
      peer.announceAtMs = now.monotonicMs;
      peer.requestAtMs = hasRoster(address) ? null : now.monotonicMs;
      peer.repeats = returned ? afterReturnMs.map((ms) => now.monotonicMs + ms) : [];
      run(address, peer, now);
    },

    gone(address) {
      const peer = peers.get(address);
      if (peer === undefined) return;
      peer.alive = false;
      peer.announceAtMs = null;
      peer.requestAtMs = null;
      peer.repeats = [];
    },

    forget(address) {
      peers.delete(address);
    },

    heard(address, now) {
      const peer = peers.get(address);
      if (peer === undefined || !peer.alive || hasRoster(address)) return;
      if (now.monotonicMs - peer.lastRequestMs >= shortestRequestGapMs && peer.unsettledRequests === 0)
        request(address, peer, now);
    },

    checkedIn(address, now) {
      const peer = peers.get(address);
      if (peer === undefined || !peer.alive) return;
      forgetConfirmations(peer);
      announce(address, peer, now);
      if (now.monotonicMs - peer.lastRequestMs >= shortestRequestGapMs) request(address, peer, now);
    },

    requested(address, now) {
      const peer = peers.get(address);
      if (peer === undefined || !peer.alive) return;
      if (own.list.length > 0) announce(address, peer, now);
      else context.send(address, 'CAPABILITY_ANNOUNCEMENT', own.announcement(context.self.address), now);
    },

    rosterArrived(address) {
      const peer = peers.get(address);
      if (peer === undefined) return;
      peer.requestAtMs = null;
      peer.requests = 0;
      // What a return repeats is for a peer that could not answer; this one just did.
      if (own.list.length === 0) peer.repeats = [];
    },

    ownAgentsChanged(now) {
      for (const [address, peer] of peers) {
        if (peer.alive) announce(address, peer, now);
      }
    },

    refuted(now) {
      for (const peer of peers.values()) {
        if (peer.alive) peer.repeats = afterReturnMs.map((ms) => now.monotonicMs + ms);
      }
    },

    asking(address, now) {
      const peer = peers.get(address);
      return peer !== undefined && (peer.unsettledRequests > 0 || now.monotonicMs - peer.lastRequestMs < answerMs);
    },

    confirmed: (address) => own.list.length > 0 && peers.get(address)?.confirmed === own.generation,

    unconfirmed() {
      let count = 0;
      if (own.list.length === 0) return count;
      for (const peer of peers.values()) if (peer.alive && peer.confirmed !== own.generation) count += 1;
      return count;
    },

    informed() {
      return [...peers]
        .filter(([, peer]) => peer.alive && (peer.confirmed > 0 || peer.announcing !== null))
        .map(([address]) => address);
    },

    tick(now) {
      for (const [address, peer] of peers) run(address, peer, now);
    },

    nextTimeout() {
      let next = Number.POSITIVE_INFINITY;
      for (const peer of peers.values()) {
        if (!peer.alive) continue;
        next = Math.min(
          next,
          peer.announceAtMs ?? Number.POSITIVE_INFINITY,
          peer.requestAtMs ?? Number.POSITIVE_INFINITY,
          peer.repeats[0] ?? Number.POSITIVE_INFINITY,
        );
      }
      return Number.isFinite(next) ? next : undefined;
    },
  };
}

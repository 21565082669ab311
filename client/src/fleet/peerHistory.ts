/** What this window has seen of each node so far: its states and round trips, bounded, since the window was opened. */
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { changedPlaces, goneIds } from './places.ts';

const mostStates = 50;
const mostRoundTrips = 100;

export interface SeenState {
  readonly at: string;
  readonly state: PeerState;
  readonly reason: string | null;
}

export interface PeerPast {
  /** Oldest first. */
  readonly states: readonly SeenState[];
  /** Milliseconds, oldest first. */
  readonly roundTrips: readonly number[];
}

const nothing: PeerPast = { states: [], roundTrips: [] };

interface Kept {
  readonly states: SeenState[];
  readonly roundTrips: number[];
}

export class PeerHistory {
  readonly #kept = new Map<string, Kept>();
  readonly #known = new Map<string, FleetPeer>();
  #peers: readonly FleetPeer[] = [];

  of(id: string): PeerPast {
    const kept = this.#kept.get(id);
    const peer = this.#known.get(id);
    if (kept !== undefined) return kept;
    if (peer === undefined) return nothing;
    return { states: stateOf(peer), roundTrips: roundTripOf(peer) };
  }

  /** Takes the next view in. Does nothing for a node that has not changed. */
  take(peers: readonly FleetPeer[]): void {
    if (peers === this.#peers) return;
    const last = this.#peers;
    this.#peers = peers;
    const places = changedPlaces(last, peers);
    for (const id of goneIds(last, peers, places)) {
      this.#known.delete(id);
      this.#kept.delete(id);
    }
    for (const place of places) {
      const peer = peers[place];
      if (peer !== undefined) this.#take(peer);
    }
  }

  #take(peer: FleetPeer): void {
    const before = this.#known.get(peer.id);
    this.#known.set(peer.id, peer);
    if (before === undefined || before === peer) return;
    const stateChanged = before.state !== peer.state || before.since !== peer.since;
    const answered = peer.keepalive?.lastAck != null && peer.keepalive.lastAck !== before.keepalive?.lastAck;
    if (!stateChanged && !answered) return;
    let kept = this.#kept.get(peer.id);
    if (kept === undefined) {
      kept = { states: [...stateOf(before)], roundTrips: [...roundTripOf(before)] };
      this.#kept.set(peer.id, kept);
    }
    if (stateChanged) kept.states.push(...stateOf(peer));
    if (answered) kept.roundTrips.push(...roundTripOf(peer));
    kept.states.splice(0, kept.states.length - mostStates);
    kept.roundTrips.splice(0, kept.roundTrips.length - mostRoundTrips);
  }
}

function stateOf({ seen, since, state, reason }: FleetPeer): readonly SeenState[] {
  return seen && since !== null ? [{ at: since, state, reason }] : [];
}

function roundTripOf({ keepalive }: FleetPeer): readonly number[] {
  return keepalive?.rttMs == null ? [] : [keepalive.rttMs];
}

/** The value that a share of the values does not exceed; null without values. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? null;
}

/**
 * Keepalive of each peer by itself. The framework keeps one state per node (p2p/keepalive.py, the same in every
 * release), so one silent peer hides behind one that answers; here each has its own failures and backoff.
 */
import type { NodeConfig } from '#schemas/fleet/mesh.ts';
import type { Keepalive, LivePeer } from '#schemas/fleet/peer.ts';
import type { Instant, Random } from '../core.ts';

export type KeepaliveConfig = NodeConfig['keepalive'];
export type KeepalivePhase = LivePeer['keepalivePhase'];
export type KeepaliveOverall = 'disabled' | 'no-peers-allowed' | 'no-peers-backoff' | 'running' | 'none-reached';

const longestBackoffMs = 720_000;
/** Peers that joined together are not asked in the same instant for ever. */
const spread = 0.1;

interface PeerState {
  active: boolean;
  waitingForAck: boolean;
  /** Monotonic; the interval counts from it. */
  lastRoundMs: number | null;
  lastTrafficMs: number | null;
  spreadMs: number;
  lastSentWallMs: number | null;
  lastAckWallMs: number | null;
  rttMs: number | null;
  failures: number;
  backoffUntilMs: number | null;
  backoffUntilWallMs: number | null;
}

export interface PeerKeepalives {
  /** The peer can be sent to. */
  start(peer: string, now: Instant): void;
  /** The peer is not alive: nothing is sent; its figures stay. */
  pause(peer: string): void;
  forget(peer: string): void;
  /** A message that is no keepalive was acknowledged by the peer. True if that ended failures, which a person sees. */
  traffic(peer: string, now: Instant): boolean;
  sent(peer: string, now: Instant): void;
  acknowledged(peer: string, rttMs: number | null, now: Instant): void;
  failed(peer: string, now: Instant): void;
  /** Peers whose keepalive is due; each is marked as being asked. */
  due(now: Instant): string[];
  nextTimeout(): number | undefined;
  facts(peer: string): Keepalive | null;
  phase(peer: string, now: Instant): KeepalivePhase;
  overall(): KeepaliveOverall;
}

const iso = (wallMs: number | null): string | null => (wallMs === null ? null : new Date(wallMs).toISOString());

export function createKeepalives(config: KeepaliveConfig, random: Random): PeerKeepalives {
  const peers = new Map<string, PeerState>();

  function waits(state: PeerState): { afterInterval: number; afterTraffic: number } {
    return {
      afterInterval: state.lastRoundMs === null ? 0 : state.lastRoundMs + config.intervalMs + state.spreadMs,
      afterTraffic: state.lastTrafficMs === null ? 0 : state.lastTrafficMs + config.suppressWindowMs,
    };
  }

  function dueAt(state: PeerState): number | null {
    if (!config.enabled || !state.active || state.waitingForAck) return null;
    if (state.backoffUntilMs !== null) return state.backoffUntilMs;
    const { afterInterval, afterTraffic } = waits(state);
    return Math.max(afterInterval, afterTraffic);
  }

  function succeed(state: PeerState): void {
    state.failures = 0;
    state.backoffUntilMs = null;
    state.backoffUntilWallMs = null;
  }

  return {
    start(peer, now) {
      const known = peers.get(peer);
      if (known !== undefined) {
        if (!known.active) {
          known.active = true;
          known.waitingForAck = false;
        }
        return;
      }
      peers.set(peer, {
        active: true,
        waitingForAck: false,
        lastRoundMs: null,
        // Joining comes with traffic of its own; a keepalive on top of it would say nothing new.
        lastTrafficMs: now.monotonicMs,
        spreadMs: random() * spread * config.intervalMs,
        lastSentWallMs: null,
        lastAckWallMs: null,
        rttMs: null,
        failures: 0,
        backoffUntilMs: null,
        backoffUntilWallMs: null,
      });
    },

    pause(peer) {
      const state = peers.get(peer);
      if (state === undefined) return;
      state.active = false;
      state.waitingForAck = false;
    },

    forget(peer) {
      peers.delete(peer);
    },

    traffic(peer, now) {
      const state = peers.get(peer);
      if (state === undefined) return false;
      state.lastTrafficMs = now.monotonicMs;
      const failing = state.failures > 0;
      succeed(state);
      return failing;
    },

    sent(peer, now) {
      const state = peers.get(peer);
      if (state === undefined) return;
      state.lastRoundMs = now.monotonicMs;
      state.lastSentWallMs = now.wallMs;
    },

    acknowledged(peer, rttMs, now) {
      const state = peers.get(peer);
      if (state === undefined || !state.active) return;
      state.waitingForAck = false;
      state.lastAckWallMs = now.wallMs;
      state.rttMs = rttMs === null ? state.rttMs : Math.round(rttMs * 1000) / 1000;
      succeed(state);
    },

    failed(peer, now) {
      const state = peers.get(peer);
      if (state === undefined || !state.active) return;
      state.waitingForAck = false;
      state.lastRoundMs = now.monotonicMs;
      state.failures += 1;
      const doubled = config.backoffMs * 2 ** Math.min(state.failures - 1, 30);
      // The first pause is the configured one to the letter; later ones spread out.
      const jitter = state.failures === 1 ? 1 : 0.9 + random() * 0.2;
      const backoffMs = Math.round(Math.min(Math.max(longestBackoffMs, config.backoffMs), doubled * jitter));
      state.backoffUntilMs = now.monotonicMs + backoffMs;
      state.backoffUntilWallMs = now.wallMs + backoffMs;
    },

    due(now) {
      const list: string[] = [];
      for (const [peer, state] of peers) {
        const at = dueAt(state);
        if (at === null || now.monotonicMs < at) continue;
        state.waitingForAck = true;
        list.push(peer);
      }
      return list;
    },

    nextTimeout() {
      let next = Number.POSITIVE_INFINITY;
      for (const state of peers.values()) {
        const at = dueAt(state);
        if (at !== null) next = Math.min(next, at);
      }
      return Number.isFinite(next) ? next : undefined;
    },

    facts(peer) {
      const state = peers.get(peer);
      if (state === undefined) return null;
      return {
        lastSent: iso(state.lastSentWallMs),
        lastAck: iso(state.lastAckWallMs),
        consecutiveSendFailures: state.failures,
        failureBackoffUntil: iso(state.backoffUntilWallMs),
        rttMs: state.rttMs,
      };
    },

    phase(peer, now) {
      if (!config.enabled) return 'disabled';
      const state = peers.get(peer);
      if (state === undefined || !state.active) return 'waiting';
      if (state.backoffUntilMs !== null)
        return now.monotonicMs < state.backoffUntilMs && !state.waitingForAck ? 'backoff' : 'failing';
      if (state.lastAckWallMs === null) return 'waiting';
      const { afterInterval, afterTraffic } = waits(state);
      return afterTraffic > afterInterval ? 'suppressed' : 'ok';
    },

    overall() {
      if (!config.enabled) return 'disabled';
      let active = 0;
      let failing = 0;
      for (const state of peers.values()) {
        if (!state.active) continue;
        active += 1;
        if (state.failures > 0) failing += 1;
      }
      if (active === 0) return config.allowZeroPeers ? 'no-peers-allowed' : 'no-peers-backoff';
      return failing === active ? 'none-reached' : 'running';
    },
  };
}

/** P2P_KEEPALIVE and its two kinds of acknowledgement. */
import type { Instant } from '../core.ts';
import { seconds } from './codec.ts';
import type { MessagesContext } from './types.ts';

export interface KeepaliveCallbacks {
  sent(now: Instant): void;
  acknowledged(rttMs: number, now: Instant): void;
  failed(now: Instant): void;
}

export interface KeepaliveMessages {
  /** Exactly one of `acknowledged` and `failed` follows, at the latest after `limitMs`, unless the peer goes first. */
  send(peer: string, limitMs: number, callbacks: KeepaliveCallbacks, now: Instant): void;
  /** A peer's P2P_KEEPALIVE with its `timestamp`, seconds. */
  received(peer: string, timestamp: number, now: Instant): void;
  /** A peer's P2P_KEEPALIVE_ACK. It comes before the processing acknowledgement: Python answers inside its handler. */
  answered(peer: string, originalTimestamp: number, now: Instant): void;
  drop(peer: string): void;
}

export function createKeepaliveMessages(context: MessagesContext): KeepaliveMessages {
  const metrics = { sent: 0, received: 0, acks: 0 };
  const open = new Map<
    string,
    { readonly timestamp: number; readonly sentMs: number; answered(rttMs: number, now: Instant): void }
  >();

  return {
    send(peer, limitMs, callbacks, now) {
      const timestamp = seconds(now.wallMs);
      let settled = false;
      const once = (finish: () => void) => {
        if (settled) return;
        settled = true;
        open.delete(peer);
        finish();
      };
      const payload = { agent_id: context.self.address, timestamp, circuit_state: 'UNKNOWN', metrics: { ...metrics } };
      // It counts from here even while there is no connection: without one there is no acknowledgement either.
      callbacks.sent(now);
      open.set(peer, {
        timestamp,
        sentMs: now.monotonicMs,
        answered: (rttMs, at) => once(() => callbacks.acknowledged(rttMs, at)),
      });
      const accepted = context.send(peer, 'P2P_KEEPALIVE', payload, now, {
        limitMs,
        settle(outcome, at) {
          once(() => (outcome.ok ? callbacks.acknowledged(outcome.rttMs ?? 0, at) : callbacks.failed(at)));
        },
      });
      if (accepted) metrics.sent += 1;
      else once(() => callbacks.failed(now));
    },

    received(peer, timestamp, now) {
      metrics.received += 1;
      const answer = { agent_id: context.self.address, timestamp: seconds(now.wallMs), original_timestamp: timestamp };
      context.send(peer, 'P2P_KEEPALIVE_ACK', answer, now);
    },

    answered(peer, originalTimestamp, now) {
      metrics.acks += 1;
      const waiting = open.get(peer);
      if (waiting === undefined || waiting.timestamp !== originalTimestamp) return;
      waiting.answered(Math.max(0, now.monotonicMs - waiting.sentMs), now);
    },

    drop(peer) {
      open.delete(peer);
    },
  };
}

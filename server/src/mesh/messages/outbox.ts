/**
 * Reliable sending, one lane per peer so that a silent one holds up nobody else. A lane owns the DEALER connection to
 * its peer: it asks for one when there is something to send and gives a broken one up.
 */
import type { Random } from '../core.ts';

/** swim-p2p 1.2.6 repeats after 1 s, at most three transmissions, and gives up after 30 s; peers expect no more. */
const repeatMs = 1_000;
const maxTransmissions = 3;
export const sendLimitMs = 30_000;
/** Python's ROUTER handles one message at a time: more in flight would only wait over there. */
const window = 32;
const maxQueued = 512;
/** Settled messages whose copies may still be acknowledged. */
const maxSettled = 1_024;
const openTimeoutMs = 5_000;
const firstReopenMs = 200;
const longestReopenMs = 10_000;
/** An unused connection is closed, as swim-p2p's clean-up does after 300 s. */
const idleCloseMs = 300_000;

export interface SendOutcome {
  /** Processing was acknowledged with success. */
  readonly ok: boolean;
  /** The peer has the message (delivery acknowledged), whatever became of it. */
  readonly delivered: boolean;
  readonly error: string | null;
  /** From the last transmission to the acknowledgement. */
  readonly rttMs: number | null;
}

export type OutboxOutput =
  | { readonly kind: 'connect'; readonly peer: string }
  | { readonly kind: 'disconnect'; readonly peer: string }
  | { readonly kind: 'send'; readonly peer: string; readonly bytes: Uint8Array };

interface Item {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly expiresMs: number;
  readonly settle: (outcome: SendOutcome, nowMs: number) => void;
  readonly onSent: ((nowMs: number) => void) | null;
  transmissions: number;
  repeatAtMs: number;
  sentAtMs: number;
  delivered: boolean;
}

interface Lane {
  readonly peer: string;
  connection: 'closed' | 'opening' | 'open';
  /** opening: when to give up; closed: not before. */
  connectionAtMs: number;
  failedOpenings: number;
  lastUsedMs: number;
  queue: Item[];
  readonly inFlight: Map<string, Item>;
  readonly settled: Set<string>;
}

export interface Outbox {
  /** Makes messages to `peer` possible. */
  open(peer: string, nowMs: number): void;
  /** Fails everything for `peer` with `reason` and disconnects it. */
  close(peer: string, reason: string, nowMs: number): void;
  /** `settle` is called exactly once, never before `send` returned an id. Null: refused, `settle` is not called. */
  send(
    peer: string,
    message: { readonly id: string; readonly bytes: Uint8Array },
    options: {
      readonly limitMs: number;
      settle(outcome: SendOutcome, nowMs: number): void;
      onSent?(nowMs: number): void;
    },
    nowMs: number,
  ): boolean;
  /** False: the peer acknowledges what was never sent to it. */
  acknowledged(
    peer: string,
    ack: {
      readonly ackType: 'delivery' | 'processing';
      readonly ackFor: string;
      readonly success: boolean;
      readonly details: string | null;
    },
    nowMs: number,
  ): boolean;
  connected(peer: string, nowMs: number): void;
  disconnected(peer: string, nowMs: number): void;
  tick(nowMs: number): void;
  nextTimeout(): number | undefined;
  poll(): OutboxOutput | undefined;
}

export function createOutbox(random: Random): Outbox {
  const lanes = new Map<string, Lane>();
  const outputs: OutboxOutput[] = [];

  function settle(lane: Lane, item: Item, outcome: SendOutcome, nowMs: number): void {
    lane.inFlight.delete(item.id);
    lane.settled.add(item.id);
    if (lane.settled.size > maxSettled) {
      const [oldest] = lane.settled;
      if (oldest !== undefined) lane.settled.delete(oldest);
    }
    item.settle(outcome, nowMs);
  }

  function fail(lane: Lane, item: Item, error: string, nowMs: number): void {
    settle(lane, item, { ok: false, delivered: item.delivered, error, rttMs: null }, nowMs);
  }

  function transmit(lane: Lane, item: Item, nowMs: number): void {
    item.transmissions += 1;
    item.repeatAtMs = nowMs + repeatMs;
    item.sentAtMs = nowMs;
    lane.lastUsedMs = nowMs;
    outputs.push({ kind: 'send', peer: lane.peer, bytes: item.bytes });
    item.onSent?.(nowMs);
  }

  function pump(lane: Lane, nowMs: number): void {
    if (lane.connection === 'open') {
      while (lane.inFlight.size < window) {
        const item = lane.queue.shift();
        if (item === undefined) break;
        lane.inFlight.set(item.id, item);
        transmit(lane, item, nowMs);
      }
      return;
    }
    const wanted = lane.queue.length > 0 || lane.inFlight.size > 0;
    if (lane.connection === 'closed' && wanted && nowMs >= lane.connectionAtMs) {
      lane.connection = 'opening';
      lane.connectionAtMs = nowMs + openTimeoutMs;
      outputs.push({ kind: 'connect', peer: lane.peer });
    }
  }

  function drop(lane: Lane, nowMs: number): void {
    const wasOpen = lane.connection === 'open';
    lane.connection = 'closed';
    lane.failedOpenings = wasOpen ? 0 : lane.failedOpenings + 1;
    const pause = Math.min(longestReopenMs, firstReopenMs * 2 ** Math.min(lane.failedOpenings, 10));
    lane.connectionAtMs = nowMs + pause * (0.75 + random() * 0.5);
    const lost = [...lane.inFlight.values()];
    lane.inFlight.clear();
    const again: Item[] = [];
    for (const item of lost) {
      // Python does not de-duplicate: a message it has taken is not sent over a new connection, where its
      // processing acknowledgement could not arrive any more either.
      if (item.delivered) fail(lane, item, 'the connection was lost before the peer confirmed that it handled it', nowMs);
      else {
        item.transmissions = Math.min(item.transmissions, maxTransmissions - 1);
        again.push(item);
      }
    }
    lane.queue = [...again, ...lane.queue];
  }

  function expire(lane: Lane, nowMs: number): void {
    for (const item of [...lane.inFlight.values()]) {
      if (nowMs >= item.expiresMs) {
        const error = item.delivered
          ? 'the peer took it but did not confirm that it handled it'
          : 'the peer did not acknowledge it';
        fail(lane, item, error, nowMs);
      }
    }
    const expired = lane.queue.filter((item) => nowMs >= item.expiresMs);
    if (expired.length === 0) return;
    lane.queue = lane.queue.filter((item) => nowMs < item.expiresMs);
    const error =
      lane.connection === 'open' ? 'earlier messages to the peer are still waiting' : 'no ZeroMQ connection to the peer';
    for (const item of expired) fail(lane, item, error, nowMs);
  }

  return {
    open(peer, nowMs) {
      if (lanes.has(peer)) return;
      lanes.set(peer, {
        peer,
        connection: 'closed',
        connectionAtMs: nowMs,
        failedOpenings: 0,
        lastUsedMs: nowMs,
        queue: [],
        inFlight: new Map(),
        settled: new Set(),
      });
    },

    close(peer, reason, nowMs) {
      const lane = lanes.get(peer);
      if (lane === undefined) return;
      lanes.delete(peer);
      if (lane.connection !== 'closed') outputs.push({ kind: 'disconnect', peer });
      lane.connection = 'closed';
      for (const item of [...lane.inFlight.values(), ...lane.queue]) fail(lane, item, reason, nowMs);
      lane.queue = [];
    },

    send(peer, message, options, nowMs) {
      const lane = lanes.get(peer);
      if (lane === undefined || lane.queue.length >= maxQueued) return false;
      lane.queue.push({
        id: message.id,
        bytes: message.bytes,
        expiresMs: nowMs + options.limitMs,
        settle: options.settle,
        onSent: options.onSent ?? null,
        transmissions: 0,
        repeatAtMs: 0,
        sentAtMs: 0,
        delivered: false,
      });
      pump(lane, nowMs);
      return true;
    },

    acknowledged(peer, ack, nowMs) {
      const lane = lanes.get(peer);
      const item = lane?.inFlight.get(ack.ackFor);
      if (lane === undefined || item === undefined) return lane === undefined || lane.settled.has(ack.ackFor);
      if (ack.ackType === 'delivery') {
        if (ack.success) item.delivered = true;
        return true;
      }
      const rttMs = Math.max(0, nowMs - item.sentAtMs);
      const error = ack.success ? null : (ack.details ?? 'the peer could not handle it');
      settle(lane, item, { ok: ack.success, delivered: true, error, rttMs }, nowMs);
      pump(lane, nowMs);
      return true;
    },

    connected(peer, nowMs) {
      const lane = lanes.get(peer);
      if (lane === undefined || lane.connection !== 'opening') return;
      lane.connection = 'open';
      lane.failedOpenings = 0;
      lane.lastUsedMs = nowMs;
      pump(lane, nowMs);
    },

    disconnected(peer, nowMs) {
      const lane = lanes.get(peer);
      if (lane === undefined || lane.connection === 'closed') return;
      drop(lane, nowMs);
      pump(lane, nowMs);
    },

    tick(nowMs) {
      for (const lane of [...lanes.values()]) {
        expire(lane, nowMs);
        if (lane.connection === 'opening' && nowMs >= lane.connectionAtMs) {
          outputs.push({ kind: 'disconnect', peer: lane.peer });
          drop(lane, nowMs);
        }
        if (lane.connection === 'open') {
          for (const item of lane.inFlight.values()) {
            if (!item.delivered && item.transmissions < maxTransmissions && nowMs >= item.repeatAtMs) transmit(lane, item, nowMs);
          }
          if (lane.inFlight.size === 0 && lane.queue.length === 0 && nowMs >= lane.lastUsedMs + idleCloseMs) {
            outputs.push({ kind: 'disconnect', peer: lane.peer });
            lane.connection = 'closed';
            lane.connectionAtMs = nowMs;
          }
        }
        pump(lane, nowMs);
      }
    },

    nextTimeout() {
      let next = Number.POSITIVE_INFINITY;
      for (const lane of lanes.values()) {
        const busy = lane.queue.length > 0 || lane.inFlight.size > 0;
        if (lane.connection === 'opening' || (lane.connection === 'closed' && busy)) next = Math.min(next, lane.connectionAtMs);
        if (lane.connection === 'open' && !busy) next = Math.min(next, lane.lastUsedMs + idleCloseMs);
        for (const item of lane.queue) next = Math.min(next, item.expiresMs);
        for (const item of lane.inFlight.values()) {
          next = Math.min(next, item.expiresMs);
          if (lane.connection === 'open' && !item.delivered && item.transmissions < maxTransmissions)
            next = Math.min(next, item.repeatAtMs);
        }
      }
      return Number.isFinite(next) ? next : undefined;
    },

    poll: () => outputs.shift(),
  };
}

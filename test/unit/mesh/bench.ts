/** What a part of `messages/` sends and tells, written down; the test decides what becomes of each message. */
import type { HostEvent, Json } from '#schemas/fleet/mesh.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { Instant } from '#server/mesh/core.ts';
import type { SendOutcome } from '#server/mesh/messages/outbox.ts';
import type { MessagesContext, MessagesOutput, SendOptions } from '#server/mesh/messages/types.ts';
import { at } from './support.ts';

export interface BenchMessage {
  readonly peer: string;
  readonly type: string;
  readonly payload: Json;
  readonly atMs: number;
  readonly limitMs: number | undefined;
  readonly content: SendOptions['content'];
  settle(outcome: Partial<SendOutcome>, atMs?: number): void;
}

export const well: SendOutcome = { ok: true, delivered: true, error: null, rttMs: 3 };
export const lost: SendOutcome = { ok: false, delivered: false, error: 'the peer did not acknowledge it', rttMs: null };

export class Bench {
  nowMs = 0;
  /** False: nothing can be sent. */
  accepts = true;
  /** What becomes of a message at once; null: the test settles it. */
  outcome: SendOutcome | null = null;
  readonly sent: BenchMessage[] = [];
  /** Moments at which something was to be sent, whether that could be or not. */
  readonly tries: number[] = [];
  readonly outputs: MessagesOutput[] = [];
  readonly states = new Map<string, PeerState>();
  readonly context: MessagesContext = {
    self: { address: 'me:1', zmqAddress: 'me:1001', name: 'my name' },
    // In the middle: pauses are as long as they are named, hex digits are 8.
    random: () => 0.5,
    stateOf: (peer) => this.states.get(peer) ?? null,
    emit: (output) => void this.outputs.push(output),
    send: (peer, type, payload, now, options = {}) => {
      this.tries.push(now.monotonicMs);
      if (!this.accepts) return false;
      const message: BenchMessage = {
        peer,
        type,
        payload,
        atMs: now.monotonicMs,
        limitMs: options.limitMs,
        content: options.content,
        settle: (outcome, atMs = this.nowMs) => options.settle?.({ ...well, ...outcome }, at(atMs)),
      };
      this.sent.push(message);
      if (this.outcome !== null) message.settle(this.outcome);
      return true;
    },
  };

  get now(): Instant {
    return at(this.nowMs);
  }

  /** Lets time pass, from deadline to deadline. */
  pass(ms: number, part: { nextTimeout(): number | undefined; tick(now: Instant): void }): void {
    const endMs = this.nowMs + ms;
    for (let next = part.nextTimeout(); next !== undefined && next <= endMs; next = part.nextTimeout()) {
      this.nowMs = Math.max(this.nowMs, next);
      part.tick(this.now);
    }
    this.nowMs = endMs;
  }

  /** Moments at which messages of a type left. */
  moments(type: string): number[] {
    return this.sent.flatMap((message) => (message.type === type ? [message.atMs] : []));
  }

  results(): Extract<HostEvent, { event: 'result' }>[] {
    return this.outputs.flatMap((output) => (output.kind === 'event' && output.event.event === 'result' ? [output.event] : []));
  }

  last(): BenchMessage {
    const message = this.sent.at(-1);
    if (message === undefined) throw new Error('nothing was sent');
    return message;
  }
}

export const ok = (id: string | number, command: string, data: unknown = null) => ({
  event: 'result',
  id,
  command,
  ok: true,
  data,
  error: null,
});

export const refused = (id: string | number, command: string, error: string) => ({
  event: 'result',
  id,
  command,
  ok: false,
  data: null,
  error,
});

import type { HostEvent, Json, Target } from '#schemas/fleet/mesh.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { Instant, Random } from '../core.ts';
import type { SendOutcome } from './outbox.ts';

export interface SelfIdentity {
  /** SWIM `host:port`. */
  readonly address: string;
  /** `host:port` of our ROUTER. */
  readonly zmqAddress: string;
  readonly name: string;
}

export type CommandId = string | number;

export type MessagesOutput =
  | { readonly kind: 'router-send'; readonly identity: string; readonly bytes: Uint8Array }
  | { readonly kind: 'dealer-connect'; readonly peer: string }
  | { readonly kind: 'dealer-disconnect'; readonly peer: string }
  | { readonly kind: 'dealer-send'; readonly peer: string; readonly bytes: Uint8Array }
  | { readonly kind: 'event'; readonly event: Extract<HostEvent, { event: 'message' | 'result' | 'log' }> }
  /** What is shown of this peer may have changed. */
  | { readonly kind: 'touched'; readonly peer: string }
  /** Our own agents changed. */
  | { readonly kind: 'self-touched' };

export interface SendOptions {
  /** For swim-p2p's own messages, whose content is a text under a key of its own. */
  readonly content?: { readonly key: string; readonly value: Json };
  readonly limitMs?: number;
  settle?(outcome: SendOutcome, now: Instant): void;
  onSent?(now: Instant): void;
}

/** What the parts of `messages/` share. */
export interface MessagesContext {
  readonly self: SelfIdentity;
  readonly random: Random;
  /** Sends reliably. False: the peer cannot be sent to; `settle` is then not called. */
  send(peer: string, type: string, payload: Json, now: Instant, options?: SendOptions): boolean;
  emit(output: MessagesOutput): void;
  /** Null: not a member. */
  stateOf(peer: string): PeerState | null;
}

export type ResultCommand = Extract<HostEvent, { event: 'result' }>['command'];

export function resultEvent(
  id: CommandId,
  command: ResultCommand,
  outcome: { readonly ok: boolean; readonly data?: Json; readonly error?: string | null },
): Extract<MessagesOutput, { kind: 'event' }> {
  return {
    kind: 'event',
    event: { event: 'result', id, command, ok: outcome.ok, data: outcome.data ?? null, error: outcome.error ?? null },
  };
}

/** "role analyst", "agent analyst-1". */
export function describeTarget(target: Target): string {
  return 'role' in target ? `role ${target.role}` : `agent ${target.agent}`;
}

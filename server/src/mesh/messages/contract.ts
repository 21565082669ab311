/** What `messages/` is to the rest of a node. */
import type { AnnouncedAgent, Json, Target } from '#schemas/fleet/mesh.ts';
import type { Agent, PeerState } from '#schemas/fleet/peer.ts';
import type { Instant } from '../core.ts';
import type { Question } from './asks.ts';
import type { Behaviours } from './behaviour.ts';
import type { Journal } from './journal.ts';
import type { KeepaliveCallbacks } from './keepaliveMessages.ts';
import type { OwnAgent } from './ownAgents.ts';
import type { Registry } from './registry.ts';
import type { CommandId, MessagesOutput } from './types.ts';

export interface MessagesHooks {
  /** Null: not a member. */
  stateOf(peer: string): PeerState | null;
  /** The member behind a `from_node`; a wildcard identity (0.0.0.0:p) stands for the member that announces it. Null: nobody we know. */
  memberOf(fromNode: string): string | null;
  /** A message that is no keepalive was acknowledged by `peer`. */
  traffic(peer: string, now: Instant): void;
}

export interface MessageCounters {
  /** Frames that were no message. */
  invalid: number;
  /** Further copies of a message. */
  repeated: number;
  /** Messages of senders that are no members. */
  strangers: number;
  /** Acknowledgements of what was never sent. */
  unasked: number;
}

export interface Messages {
  routerMessage(identity: string, bytes: Uint8Array, now: Instant): void;
  dealerMessage(peer: string, bytes: Uint8Array, now: Instant): void;
  dealerConnected(peer: string, now: Instant): void;
  dealerDisconnected(peer: string, now: Instant): void;
  memberAlive(peer: string, returned: boolean, now: Instant): void;
  /** Whether a member answers us, whatever others hold it for. */
  memberAnswers(peer: string, answers: boolean, now: Instant): void;
  memberSuspect(peer: string, now: Instant): void;
  /** `how`: "died", "left". Its agents stay in the registry until it returns or is forgotten. */
  memberGone(peer: string, how: string, now: Instant): void;
  memberForgotten(peer: string, now: Instant): void;
  /** Our own incarnation rose because others held us for suspect or dead. */
  refuted(now: Instant): void;
  announce(id: CommandId, agents: readonly AnnouncedAgent[], now: Instant): void;
  ask(id: CommandId, question: Question, now: Instant): void;
  cancel(id: CommandId, request: CommandId): void;
  notify(id: CommandId, target: Target, data: Json, now: Instant): void;
  respond(id: CommandId | null, correlationId: string, data: Json, now: Instant): void;
  keepalive(peer: string, limitMs: number, callbacks: KeepaliveCallbacks, now: Instant): void;
  /** Takes our agents back everywhere; `leaving()` counts what is not confirmed yet. */
  leave(now: Instant): void;
  leaving(): number;
  tick(now: Instant): void;
  nextTimeout(): number | undefined;
  poll(): MessagesOutput | undefined;
  readonly registry: Registry;
  ownAgents(): readonly OwnAgent[];
  agents(peer: string): readonly Agent[];
  name(peer: string): string | null;
  warnings(peer: string): readonly string[];
  /** How many messages of the peer were refused. */
  refused(peer: string): number;
  readonly behaviours: Pick<Behaviours, 'of' | 'addressable' | 'confirmsNotifications'>;
  /** Whether a question of ours waits for the peer to start. */
  waitsFor(peer: string): boolean;
  /** Whether the peer has confirmed our present agents; null while we have none. */
  knowsUs(peer: string): boolean | null;
  readonly counters: Readonly<MessageCounters>;
  readonly journal: Pick<Journal, 'page' | 'payload'>;
}

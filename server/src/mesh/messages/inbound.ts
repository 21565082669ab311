/** What a message from another node makes us do. Acknowledgements are sent before, for every copy. */
import type { Json } from '#schemas/fleet/mesh.ts';
import type { Instant } from '../core.ts';
import type { Asks } from './asks.ts';
import type { Behaviours } from './behaviour.ts';
import type { CheckIns } from './checkIns.ts';
import { type AppMessage, showable } from './codec.ts';
import {
  isCapabilityAnnouncement,
  isCapabilityDeannouncement,
  isKeepalive,
  isKeepaliveAck,
  isPeerNotify,
  isPeerRequest,
  isPeerResponse,
} from './guards.ts';
import type { Introductions } from './introductions.ts';
import type { KeepaliveMessages } from './keepaliveMessages.ts';
import type { OwnAgents } from './ownAgents.ts';
import type { Registry } from './registry.ts';
import type { Replies } from './replies.ts';
import type { Startups } from './startups.ts';
import type { MessagesContext } from './types.ts';

/** Types that are taken and need nothing done; the framework acknowledges them all with success. */
const silentTypes = new Set([
  'AUTOMATED_CHECK_IN',
  'CHECK_IN_RESPONSE',
  // Answered by swim-p2p with another one of the same kind, for ever: never answer these two.
  'HELLO_MESSAGE',
  'CUSTOM_MESSAGE',
  'CAPABILITY_REQUEST',
  // Its handler reads a key that no release sends; the answer is empty in all of them.
  'CAPABILITY_QUERY',
  'STEP_OUTPUT_BROADCAST',
  'STEP_OUTPUT_ACK',
  'STEP_COMPLETION_NUDGE',
  'STEP_COMPLETION_NUDGE_RESPONSE',
  'STEP_DATA_REQUEST',
]);

const payloadChecks: { readonly [type: string]: (payload: unknown) => boolean } = {
  CAPABILITY_ANNOUNCEMENT: isCapabilityAnnouncement,
  CAPABILITY_DEANNOUNCEMENT: isCapabilityDeannouncement,
  P2P_KEEPALIVE: isKeepalive,
  P2P_KEEPALIVE_ACK: isKeepaliveAck,
  PEER_REQUEST: isPeerRequest,
  PEER_NOTIFY: isPeerNotify,
  PEER_RESPONSE: isPeerResponse,
};

/** Whether the framework sends this type; others are refused without blame. */
export const isKnown = (type: string): boolean => silentTypes.has(type) || Object.hasOwn(payloadChecks, type);

/** Null: the message is understood. Else what the processing acknowledgement says. */
export function refusal(message: AppMessage): string | null {
  if (silentTypes.has(message.type)) return null;
  const check = Object.hasOwn(payloadChecks, message.type) ? payloadChecks[message.type] : undefined;
  if (check === undefined) return 'No handler for message type';
  return check(message.payload) ? null : `Payload of ${message.type} is not understood`;
}

export interface InboundParts {
  readonly context: MessagesContext;
  readonly own: OwnAgents;
  readonly registry: Registry;
  readonly introductions: Introductions;
  readonly asks: Asks;
  readonly replies: Replies;
  readonly keepalives: KeepaliveMessages;
  readonly behaviours: Behaviours;
  readonly checkIns: CheckIns;
  readonly startups: Startups;
  /** Remarks replace those of the peer's last announcement. */
  remark(peer: string, remarks: readonly string[]): void;
  violation(peer: string, what: string): void;
}

/** `peer` is the member the message came from. Only understood messages and only the first copy of each. */
export function obey(parts: InboundParts, message: AppMessage, peer: string, now: Instant): void {
  const { context, introductions, registry } = parts;
  const payload = message.payload;
  const state = context.stateOf(peer);
  const present = state === 'alive' || state === 'suspect';

  switch (message.type) {
    case 'CAPABILITY_ANNOUNCEMENT':
      // A node held for dead may announce (swim-p2p does not filter); its roles would only flicker.
      if (!present || !isCapabilityAnnouncement(payload)) return;
      if (payload.node_id !== message.fromNode) {
        parts.violation(peer, `It announced agents in the name of ${showable(payload.node_id, 30)}; they were left out.`);
        return;
      }
      parts.behaviours.announced(peer, payload);
      parts.remark(peer, registry.announce(peer, payload));
      parts.startups.announced(peer, Object.keys(payload.agents), introductions.asking(peer, now), now);
      introductions.rosterArrived(peer);
      context.emit({ kind: 'touched', peer });
      parts.asks.rosterChanged(now);
      return;
    case 'CAPABILITY_DEANNOUNCEMENT':
      if (!isCapabilityDeannouncement(payload)) return;
      registry.withdraw(peer, payload.agent_ids);
      context.emit({ kind: 'touched', peer });
      return;
    case 'CAPABILITY_REQUEST':
      introductions.requested(peer, now);
      parts.startups.requested(peer, now);
      parts.asks.startupChanged(peer, now);
      return;
    case 'AUTOMATED_CHECK_IN':
      parts.checkIns.received(peer, message.fromName, now);
      introductions.checkedIn(peer, now);
      return;
    case 'P2P_KEEPALIVE':
      if (isKeepalive(payload)) parts.keepalives.received(peer, payload.timestamp, now);
      return;
    case 'P2P_KEEPALIVE_ACK':
      if (isKeepaliveAck(payload)) parts.keepalives.answered(peer, payload.original_timestamp, now);
      return;
    case 'PEER_RESPONSE':
      if (isPeerResponse(payload) && parts.asks.answer(peer, payload.correlation_id, (payload.data ?? null) as Json))
        parts.behaviours.answered(peer);
      return;
    case 'PEER_REQUEST': {
      if (!isPeerRequest(payload)) return;
      parts.behaviours.answered(peer);
      // Like the framework: nobody here has that name, so nothing happens and the asker waits out its timeout.
      const agent = parts.own.find(payload.target);
      if (agent === undefined) return;
      parts.replies.remember(payload.correlation_id, {
        peer,
        sender: payload.sender,
        context: (payload.context ?? null) as Json,
        agent,
      });
      context.emit({
        kind: 'event',
        event: {
          event: 'message',
          type: 'PEER_REQUEST',
          correlationId: payload.correlation_id,
          from: { node: peer, agent: payload.sender },
          to: { agent: agent.id, role: agent.role },
          data: (payload.data ?? null) as Json,
        },
      });
      return;
    }
    case 'PEER_NOTIFY': {
      if (!isPeerNotify(payload)) return;
      const agent = parts.own.find(payload.target);
      if (agent === undefined) return;
      context.emit({
        kind: 'event',
        event: {
          event: 'message',
          type: 'PEER_NOTIFY',
          correlationId: null,
          from: { node: peer, agent: payload.sender },
          to: { agent: agent.id, role: agent.role },
          data: (payload.data ?? null) as Json,
        },
      });
      return;
    }
    default:
      return;
  }
}

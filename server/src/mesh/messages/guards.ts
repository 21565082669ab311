/**
 * Hand-written equals of `schemas/wire/messages.ts` for the hot path and for a process without zod;
 * `test/property/mesh/guards.test.ts` holds the two equal.
 */
import type {
  Ack,
  AnnouncedAgentWire,
  CapabilityAnnouncement,
  CapabilityDeannouncement,
  Envelope,
  KeepaliveAckMessage,
  KeepaliveMessage,
  PeerNotify,
  PeerRequest,
  PeerResponse,
} from '#schemas/wire/messages.ts';

const maxIdLength = 200;
const maxNodeIdLength = 100;
const maxTextLength = 200;
const maxTypeLength = 100;
const maxListLength = 1_000;

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, min: number, max: number): value is string {
  return typeof value === 'string' && value.length >= min && value.length <= max;
}

const isId = (value: unknown): value is string => isText(value, 1, maxIdLength);
const isNodeId = (value: unknown): value is string => isText(value, 1, maxNodeIdLength);

function isList(value: unknown, item: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= maxListLength && value.every(item);
}

export function isAck(value: unknown): value is Ack {
  return (
    isObject(value) &&
    value.type === 'ACK' &&
    (value.ack_type === 'delivery' || value.ack_type === 'processing') &&
    isId(value.ack_for) &&
    typeof value.success === 'boolean'
  );
}

export function isEnvelope(value: unknown): value is Envelope {
  return isObject(value) && isText(value.type, 1, maxTypeLength) && isId(value.id) && isNodeId(value.from_node);
}

export function isAnnouncedAgent(value: unknown): value is AnnouncedAgentWire {
  return (
    isObject(value) &&
    isId(value.agent_id) &&
    isText(value.role, 1, maxTextLength) &&
    isList(value.capabilities, (entry) => isText(entry, 0, maxTextLength))
  );
}

export function isCapabilityAnnouncement(value: unknown): value is CapabilityAnnouncement {
  return isObject(value) && isNodeId(value.node_id) && isObject(value.agents);
}

export function isCapabilityDeannouncement(value: unknown): value is CapabilityDeannouncement {
  return isObject(value) && isNodeId(value.node_id) && isList(value.agent_ids, isId);
}

export function isPeerRequest(value: unknown): value is PeerRequest {
  return isObject(value) && isId(value.sender) && isText(value.target, 0, maxTextLength) && isId(value.correlation_id);
}

export function isPeerNotify(value: unknown): value is PeerNotify {
  return isObject(value) && isId(value.sender) && isText(value.target, 0, maxTextLength);
}

export function isPeerResponse(value: unknown): value is PeerResponse {
  return isObject(value) && isId(value.correlation_id);
}

export function isKeepalive(value: unknown): value is KeepaliveMessage {
  return isObject(value) && Number.isFinite(value.timestamp);
}

export function isKeepaliveAck(value: unknown): value is KeepaliveAckMessage {
  return isObject(value) && Number.isFinite(value.original_timestamp);
}

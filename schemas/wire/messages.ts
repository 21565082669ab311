/**
 * JarvisCore's messages over ZeroMQ: envelope, acknowledgement and the payloads we act on (swim-p2p 1.2.6,
 * jarviscore-framework 1.0.2 to 3.0.0: message types and keys never changed between them).
 *
 * Loose objects, because releases add keys (capability_descriptions 1.11.0, capability_contracts 1.13.0). The mesh
 * host checks with the hand-written guards of `server/src/mesh/messages/guards.ts`, which a property test holds equal
 * to these schemas: zod alone would take most of the host's memory allowance.
 */
import * as z from 'zod';

/** Largest ZeroMQ message we accept, bytes. Answers of agents are texts; the framework sets no limit. */
export const maxMessageBytes = 4 * 1024 * 1024;
/** Deepest nesting we accept: JSON.stringify recurses, and what came in goes on to other processes. */
export const maxJsonDepth = 128;
/** Agents of one node. */
export const maxAgentsPerNode = 1_000;
/** Capabilities of one agent. */
export const maxCapabilitiesPerAgent = 1_000;

const idSchema = z.string().min(1).max(200);
const nodeIdSchema = z.string().min(1).max(100);
const shortTextSchema = z.string().max(200);

/** Sent by the ROUTER to the DEALER connection a message came on: `delivery` at once, `processing` after the handler. */
export const ackSchema = z.looseObject({
  type: z.literal('ACK'),
  ack_type: z.enum(['delivery', 'processing']),
  ack_for: idSchema,
  success: z.boolean(),
});
export type Ack = z.infer<typeof ackSchema>;

/** `require_ack` absent counts as false (swim/integration/zmq/router.py 1.2.6). `payload` is a JSON string or an object. */
export const envelopeSchema = z.looseObject({
  type: z.string().min(1).max(100),
  id: idSchema,
  from_node: nodeIdSchema,
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** One agent of a CAPABILITY_ANNOUNCEMENT. One without a role would end every Python peer's `list_roles()`; we drop it. */
export const announcedAgentWireSchema = z.looseObject({
  agent_id: idSchema,
  role: shortTextSchema.min(1),
  capabilities: z.array(shortTextSchema).max(maxCapabilitiesPerAgent),
});
export type AnnouncedAgentWire = z.infer<typeof announcedAgentWireSchema>;

export const capabilityAnnouncementSchema = z.looseObject({
  node_id: nodeIdSchema,
  agents: z.record(z.string(), z.unknown()),
});
export type CapabilityAnnouncement = z.infer<typeof capabilityAnnouncementSchema>;

export const capabilityDeannouncementSchema = z.looseObject({
  node_id: nodeIdSchema,
  agent_ids: z.array(idSchema).max(maxAgentsPerNode),
});
export type CapabilityDeannouncement = z.infer<typeof capabilityDeannouncementSchema>;

/** PEER_REQUEST: `target` is an agent id or a role of the receiver. */
export const peerRequestSchema = z.looseObject({
  sender: idSchema,
  target: shortTextSchema,
  correlation_id: idSchema,
});
export type PeerRequest = z.infer<typeof peerRequestSchema>;

export const peerNotifySchema = z.looseObject({ sender: idSchema, target: shortTextSchema });
export type PeerNotify = z.infer<typeof peerNotifySchema>;

export const peerResponseSchema = z.looseObject({ correlation_id: idSchema });
export type PeerResponse = z.infer<typeof peerResponseSchema>;

/** Times are seconds since 1970 of the sender's clock. */
export const keepaliveMessageSchema = z.looseObject({ timestamp: z.number() });
export type KeepaliveMessage = z.infer<typeof keepaliveMessageSchema>;

export const keepaliveAckMessageSchema = z.looseObject({ original_timestamp: z.number() });
export type KeepaliveAckMessage = z.infer<typeof keepaliveAckMessageSchema>;

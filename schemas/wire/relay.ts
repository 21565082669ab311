/**
 * Frames of the relay fleet's node control plane: WebSocket text frames, one JSON object each, `v` always 1.
 * Node to hub is strict (one unknown key refuses the frame, as the engine does: @relaycast/types 6.0.2, fleet-wire);
 * hub to node is what brokers 9.1.6 to 12.4.1 and the SDK accept, to the letter: a reply with one key more is ignored.
 */
import * as z from 'zod';
import { jsonSchema } from '../fleet/mesh.ts';
import { maxNodeIdLength } from '../registry/knownNode.ts';

/** Longest frame in bytes; a broker with hundreds of agents stays far below it. */
export const maxFrameBytes = 1_048_576;

const v = z.literal(1);
const word = z.string().max(256);
const text = z.string().max(4_096);
const nodeId = z.string().min(1).max(maxNodeIdLength);
const requestId = word.optional();

export const capabilitySchema = z.strictObject({
  name: word,
  kind: word.optional(),
  global: z.boolean().optional(),
  queue: z.boolean().optional(),
  metadata: z.record(z.string(), jsonSchema).optional(),
});
export type Capability = z.infer<typeof capabilitySchema>;
const capabilities = z.array(capabilitySchema).max(1_000);

/** `name` is stable, `instance_id` new for each connection. */
export const providerSchema = z.strictObject({ name: word, instance_id: word });

export const nodeRegisterSchema = z.strictObject({
  v,
  type: z.literal('node.register'),
  id: requestId,
  name: word,
  node_id: nodeId,
  provider: providerSchema.optional(),
  capabilities,
  /** 0: unlimited. */
  max_agents: z.int().nonnegative(),
  tags: z.array(word).max(1_000),
  /** Newer than @relaycast/types 6.0.2. */
  repo_keys: z.array(word).max(1_000).optional(),
  version: word,
  machine_id: word.optional(),
  resume_cursor: text.nullable().optional(),
});
export type NodeRegister = z.infer<typeof nodeRegisterSchema>;

/** There is no time of the node in it: receipt is the clock (relay pull request 1139). */
export const nodeHeartbeatSchema = z.strictObject({
  v,
  type: z.literal('node.heartbeat'),
  id: requestId,
  provider: providerSchema.optional(),
  name: word.optional(),
  node_id: nodeId.optional(),
  capabilities: capabilities.optional(),
  max_agents: z.int().nonnegative().optional(),
  version: word.optional(),
  /** 6.0.2: a number of 0 or more; newer: 0 to 1, null where the node does not know. */
  load: z.number().nonnegative().nullish(),
  load_reported: z.boolean().optional(),
  active_agents: z.int().nonnegative(),
  handlers_live: z.boolean(),
});
export type NodeHeartbeat = z.infer<typeof nodeHeartbeatSchema>;

export const inventoryAgentSchema = z.strictObject({
  agent_id: word,
  name: word,
  invocation_id: word.optional(),
  session_ref: text.optional(),
});
export type InventoryAgent = z.infer<typeof inventoryAgentSchema>;

/** A full snapshot of the agents that live on the node. */
export const inventorySyncSchema = z.strictObject({
  v,
  type: z.literal('inventory.sync'),
  id: requestId,
  agents: z.array(inventoryAgentSchema).max(10_000),
});

/** Exactly one of `output` and `error`; `output` may be null. */
const actionResultSchema = z
  .strictObject({
    v,
    type: z.literal('action.result'),
    id: requestId,
    invocation_id: word,
    output: jsonSchema.optional(),
    error: z.string().max(65_536).optional(),
  })
  .refine((frame) => 'output' in frame !== 'error' in frame, { message: 'needs exactly one of "output" and "error"' });

export const nodeFrameSchema = z.discriminatedUnion('type', [
  nodeRegisterSchema,
  nodeHeartbeatSchema,
  inventorySyncSchema,
  z.strictObject({ v, type: z.literal('node.deregister'), id: requestId, provider: providerSchema.optional() }),
  z.strictObject({ v, type: z.literal('node.spawn'), id: requestId, input: z.record(z.string(), jsonSchema) }),
  z.strictObject({
    v,
    type: z.literal('agent.register'),
    id: requestId,
    name: word.min(1),
    invocation_id: word.optional(),
    session_ref: text.optional(),
    resumable: z.boolean().optional(),
  }),
  z.strictObject({
    v,
    type: z.literal('agent.recover'),
    id: requestId,
    name: word.min(1),
    expected_agent_id: word,
    invocation_id: word.optional(),
    session_ref: text.optional(),
    resumable: z.boolean().optional(),
  }),
  z.strictObject({ v, type: z.literal('agent.deregister'), id: requestId, agent_id: word, name: word.optional() }),
  z.strictObject({ v, type: z.literal('delivery.ack'), id: requestId, agent: word, up_to_seq: z.int().nonnegative() }),
  actionResultSchema,
]);
/** Node -> hub. */
export type NodeFrame = z.infer<typeof nodeFrameSchema>;

/** `data` is whatever JSON the request's answer is; a reply without it is ignored by brokers. */
export const replySchema = z.strictObject({
  v,
  type: z.literal('reply'),
  id: z.string(),
  ok: z.literal(true),
  data: z.unknown(),
});
export const errorSchema = z.strictObject({
  v,
  type: z.literal('error'),
  id: z.string(),
  ok: z.literal(false),
  code: z.string(),
  message: z.string(),
});
export const actionInvokeSchema = z.strictObject({
  v,
  type: z.literal('action.invoke'),
  invocation_id: z.string(),
  action: z.string(),
  input: jsonSchema,
  agent_id: z.string().optional(),
  agent_name: z.string().optional(),
});

/** Hub -> node: what we send, and what our own node reads from somebody else's engine. */
export const hubFrameSchema = z.discriminatedUnion('type', [
  replySchema,
  errorSchema,
  actionInvokeSchema,
  z.strictObject({ v, type: z.literal('ping') }),
]);
export type HubFrame = z.infer<typeof hubFrameSchema>;

/** What our own node has to understand from an engine; more keys and other types are ignored, as the broker does. */
export const engineFrameSchema = z.union([
  z.object({ v, type: z.literal('reply'), id: z.string(), ok: z.literal(true), data: jsonSchema }),
  z.object({ v, type: z.literal('error'), id: z.string(), ok: z.literal(false), code: z.string(), message: z.string() }),
  z.object({
    v,
    type: z.literal('action.invoke'),
    invocation_id: z.string(),
    action: z.string(),
    input: jsonSchema.default(null),
  }),
  z.object({ v, type: z.literal('ping') }),
]);

/** Body of `POST /v1/nodes`, enrolment with the workspace key. Unknown keys are ignored. */
export const enrolmentSchema = z.object({
  node_id: nodeId.optional(),
  name: word.min(1),
  machine_id: word.optional(),
  kind: z.enum(['ws', 'http_push', 'poll']).default('ws'),
  role: z.enum(['direct', 'broker']).default('direct'),
  capabilities: z.array(word).max(1_000).default([]),
  max_agents: z.int().nonnegative().default(0),
  tags: z.array(word).max(1_000).default([]),
  version: word.default(''),
});
export type Enrolment = z.infer<typeof enrolmentSchema>;

/** Body of `POST /v1/agents`, the first call of a broker. */
export const agentCreationSchema = z.object({ name: word.min(1), type: word.default('human') });

/** The public node object of the engine: replies to `node.register`, `POST /v1/nodes`, `GET /v1/nodes`. */
export const publicNodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  role: z.string(),
  machine_id: z.string().optional(),
  delivery_adapter: z.string().nullable(),
  delivery: z.null(),
  capabilities: z.array(capabilitySchema),
  tags: z.array(z.string()),
  version: z.string(),
  status: z.enum(['online', 'offline']),
  live: z.boolean(),
  handlers_live: z.boolean(),
  load: z.number().nullable(),
  active_agents: z.int(),
  max_agents: z.int(),
  /** ISO 8601: when the hub got the last heartbeat. */
  last_heartbeat_at: z.string().nullable(),
  created_at: z.string(),
});
export type PublicNode = z.infer<typeof publicNodeSchema>;

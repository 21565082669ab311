/** What crosses between a supervisor (language server, command line) and the mesh host process. */
import * as z from 'zod';
import { agentSchema, livePeerSchema, liveRoleSchema, timeSchema } from './peer.ts';

/** `a.b.c.d:port`. The protocol splits at ":" and compares sources textually, so only numeric IPv4 works (swim-p2p 1.2.6). */
export const addressSchema = z.string().regex(/^(?:\d{1,3}\.){3}\d{1,3}:\d{1,5}$/);

export const nodeConfigSchema = z.object({
  /** Numeric IPv4 to bind and announce. */
  host: z.ipv4(),
  /** SWIM port; null: the host chooses a pair (p, p + zmqOffset) that is free for UDP and TCP. */
  port: z.int().min(1).max(65_535).nullable(),
  zmqOffset: z.int().min(1).max(64_534),
  name: z.string().min(1).max(200),
  seeds: z.array(addressSchema).max(1_000),
  /** Ports never to choose when `port` is null: declared nodes need them. */
  avoidPorts: z.array(z.int()),
  keepalive: z.object({
    enabled: z.boolean(),
    intervalMs: z.number().positive(),
    /** Failure backoff after the first failure. */
    backoffMs: z.number().positive(),
    /** No keepalive while other traffic to that peer is younger than this. */
    suppressWindowMs: z.number().nonnegative(),
    /** How long an acknowledgement may take before the keepalive counts as failed. */
    ackTimeoutMs: z.number().positive(),
    /** True: having no peers at all is no failure. */
    allowZeroPeers: z.boolean(),
  }),
  /** A dead or departed peer is forgotten after this long. */
  forgetAfterMs: z.number().positive(),
  /** True: a node that answers us while its fleet holds it dead is brought back without anybody's command. */
  autoReadmit: z.boolean().optional(),
});
export type NodeConfig = z.infer<typeof nodeConfigSchema>;

export const nodeErrorCodeSchema = z.enum([
  'port-taken',
  'bad-address',
  'addon-unavailable',
  'host-crashed',
  'untrusted',
  'internal',
]);
export const nodeErrorSchema = z.object({
  code: nodeErrorCodeSchema,
  /** What happened, where. */
  message: z.string(),
  /** What to do. */
  remedy: z.string(),
});
export type NodeError = z.infer<typeof nodeErrorSchema>;

export const seedSchema = z.object({
  address: z.string(),
  /** waiting: asked, no deadline passed; answering: heard from it; silent: no answer for 5 s or more. */
  state: z.enum(['waiting', 'answering', 'silent']),
  since: timeSchema,
});
export type Seed = z.infer<typeof seedSchema>;

export const selfSchema = z.object({
  address: z.string(),
  zmqAddress: z.string(),
  name: z.string(),
  incarnation: z.int(),
  /** True while nothing has been announced: no work can be routed to this node. */
  observing: z.boolean(),
  agents: z.array(agentSchema),
  /** keepalive as a whole: `no-peers-allowed` and `no-peers-backoff` distinguish "no members" from "none reached". */
  keepalive: z.enum(['disabled', 'no-peers-allowed', 'no-peers-backoff', 'running', 'none-reached']),
  /** What a person should know about our own node (another process under our address), one sentence each. */
  warnings: z.array(z.string()).optional(),
});
export type SelfFacts = z.infer<typeof selfSchema>;

export const rosterSnapshotSchema = z.object({
  /** New for each start of a host; a revision means nothing across epochs. */
  epoch: z.string(),
  revision: z.int().nonnegative(),
  self: selfSchema,
  seeds: z.array(seedSchema),
  /** All peers but ourselves. */
  peers: z.array(livePeerSchema),
  roles: z.array(liveRoleSchema),
});
export type RosterSnapshot = z.infer<typeof rosterSnapshotSchema>;

export const rosterDeltaSchema = z.object({
  epoch: z.string(),
  /** The revision this delta applies to; a receiver at another revision asks for a snapshot. */
  base: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  self: selfSchema.nullable(),
  seeds: z.array(seedSchema).nullable(),
  /** New or changed peers, whole. */
  peers: z.array(livePeerSchema),
  /** Ids of forgotten peers. */
  removed: z.array(z.string()),
  /** All roles when any changed. */
  roles: z.array(liveRoleSchema).nullable(),
});
export type RosterDelta = z.infer<typeof rosterDeltaSchema>;

const commandId = z.union([z.string(), z.number()]);
/** Anything JSON can say. */
export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One of role or agent; a role resolves to an alive agent that has it, never to ourselves. */
export const targetSchema = z.union([z.object({ role: z.string() }), z.object({ agent: z.string() })]);
export type Target = z.infer<typeof targetSchema>;

/** Which of several agents of a role is asked; the names are those of the framework's `discover`. */
export const strategySchema = z.enum(['first', 'random', 'round_robin', 'least_recent']);
export type Strategy = z.infer<typeof strategySchema>;

export const announcedAgentSchema = z.object({
  role: z.string().min(1),
  capabilities: z.array(z.string()).default([]),
  description: z.string().default(''),
});
export type AnnouncedAgent = z.infer<typeof announcedAgentSchema>;

/** A process of this machine, as the system tells it. */
export const localProcessSchema = z.object({
  pid: z.int().positive(),
  /** It stands still: a debugger, SIGSTOP. */
  stopped: z.boolean(),
});
export type LocalProcess = z.infer<typeof localProcessSchema>;

/** Supervisor -> host. Commands with an `id` are answered by one `result` with the same id. */
export const hostCommandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('start'), config: nodeConfigSchema }),
  z.object({ command: z.literal('snapshot') }),
  /** Replaces the set announced before. */
  z.object({ command: z.literal('announce'), id: commandId, agents: z.array(announcedAgentSchema) }),
  z.object({
    command: z.literal('ask'),
    id: commandId,
    target: targetSchema,
    data: jsonSchema,
    timeoutMs: z.number().positive(),
    /** Default `first`. */
    strategy: strategySchema.optional(),
  }),
  z.object({ command: z.literal('cancel'), id: commandId, request: commandId }),
  z.object({ command: z.literal('notify'), id: commandId, target: targetSchema, data: jsonSchema }),
  z.object({ command: z.literal('respond'), id: commandId.nullable(), correlationId: z.string(), data: jsonSchema }),
  z.object({ command: z.literal('readmit'), id: commandId, peer: z.string() }),
  z.object({ command: z.literal('forget'), id: commandId, peer: z.string() }),
  /** What changed in the journal of messages after a revision; null: all that is kept. The result's data is a `MessagePage`. */
  z.object({ command: z.literal('messages'), id: commandId, after: z.int().nonnegative().nullable() }),
  /** The payload of one message of the journal; the result is not ok where it is not kept any more. */
  z.object({ command: z.literal('payload'), id: commandId, seq: z.int().positive() }),
  /** What the system says of the process behind a member on this machine; null: nothing. */
  z.object({ command: z.literal('process'), peer: z.string(), process: localProcessSchema.nullable() }),
  /** Look at these without joining them: PING and SYNC-REQ only, and nothing of what they say is merged. Answered by `contacted`. */
  z.object({ command: z.literal('contacts'), addresses: z.array(addressSchema).max(1_000) }),
  /** Leaves the mesh (de-announcement, own entry DEAD with incarnation + 1), then the process ends with code 0. */
  z.object({ command: z.literal('stop') }),
]);
export type HostCommand = z.infer<typeof hostCommandSchema>;

/** Host -> supervisor. */
export const hostEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready'), address: z.string(), zmq: z.string() }),
  z.object({ event: z.literal('failed'), error: nodeErrorSchema }),
  z.object({ event: z.literal('snapshot'), snapshot: rosterSnapshotSchema }),
  z.object({ event: z.literal('delta'), delta: rosterDeltaSchema }),
  z.object({
    event: z.literal('message'),
    type: z.enum(['PEER_REQUEST', 'PEER_NOTIFY']),
    /** Null for a notification. */
    correlationId: z.string().nullable(),
    from: z.object({ node: z.string(), agent: z.string() }),
    to: z.object({ agent: z.string().nullable(), role: z.string().nullable() }),
    data: jsonSchema,
  }),
  z.object({
    event: z.literal('result'),
    id: commandId,
    command: z.enum(['announce', 'ask', 'cancel', 'notify', 'respond', 'readmit', 'forget', 'messages', 'payload']),
    ok: z.boolean(),
    data: jsonSchema,
    error: z.string().nullable(),
  }),
  /** An address that is only looked at has answered. */
  z.object({ event: z.literal('contacted'), address: z.string() }),
  z.object({ event: z.literal('log'), level: z.enum(['debug', 'info', 'warn', 'error']), text: z.string() }),
  z.object({ event: z.literal('stopped') }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

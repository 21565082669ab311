/** What crosses between a supervisor (language server, command line) and the registry host: store, relay hub, coordinator, announcers. */
import * as z from 'zod';
import { jsonSchema, nodeErrorSchema } from '../fleet/mesh.ts';
import { timeSchema } from '../fleet/peer.ts';
import { knownNodeSchema, maxNodeIdLength, nodeKeySchema } from './knownNode.ts';
import { otherPeerSchema } from './otherPeer.ts';

/** Where a server of ours listens. Anything but loopback needs a person's explicit yes before it gets here. */
const listenSchema = z.strictObject({
  host: z.ipv4(),
  /** Null: a free one. */
  port: z.int().min(1).max(65_535).nullable(),
  /** A port that is taken is tried again for this long before the source has failed. Default: not at all. */
  waitMs: z.number().nonnegative().optional(),
});
export type ListenConfig = z.infer<typeof listenSchema>;

export const storeConfigSchema = z.strictObject({
  /** Absolute path of the SQLite file. */
  path: z.string().min(1),
  /** A node that nobody has heard of for this long is removed. */
  ageLimitMs: z.number().positive(),
});

export const hubConfigSchema = z.strictObject({
  listen: listenSchema,
  /** Shared tokens: each belongs to the first node id that uses it. */
  tokens: z.array(z.string().min(1)).max(10_000),
  /** `rk_…`: allows enrolment; null: nobody can enrol. */
  workspaceKey: z.string().min(1).nullable(),
});

export const coordinatorConfigSchema = z.strictObject({
  listen: listenSchema,
  /** Between the end of one probe of a node and the start of its next. */
  pollMs: z.number().positive(),
  /** How long one probe may take. */
  probeTimeoutMs: z.number().positive(),
});

/** Our own node as a client of somebody else's fleet. */
export const announceConfigSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('relay'),
    /** `ws://HOST:PORT` or `wss://…`, without the path. */
    url: z.url(),
    token: z.string().min(1).nullable(),
    nodeId: z.string().min(1).max(maxNodeIdLength),
    name: z.string().min(1).max(200),
    /** 0: unlimited. */
    maxAgents: z.int().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('circuitforge'),
    /** `http://HOST:PORT` of the coordinator. */
    url: z.url(),
    nodeId: z.string().min(1).max(maxNodeIdLength),
    /** Address others reach our agent's HTTP side at; its port is free chosen where null. */
    listen: listenSchema,
  }),
]);
export type AnnounceConfig = z.infer<typeof announceConfigSchema>;

export const registryConfigSchema = z.strictObject({
  store: storeConfigSchema.nullable(),
  hub: hubConfigSchema.nullable(),
  coordinator: coordinatorConfigSchema.nullable(),
  announce: z.array(announceConfigSchema).max(16),
});
export type RegistryConfig = z.infer<typeof registryConfigSchema>;

export const sourceSchema = z.enum(['store', 'relay-hub', 'coordinator', 'relay-node', 'circuitforge-agent']);
/** Health of one source: "hub listening on 127.0.0.1:8787, 3 nodes". */
export const sourceHealthSchema = z.object({
  source: sourceSchema,
  /** Which one, where there are several: the URL announced to. */
  name: z.string().nullable(),
  state: z.enum(['starting', 'running', 'waiting', 'failed', 'stopped']),
  /** `host:port` it listens on or talks to; null where there is none. */
  address: z.string().nullable(),
  nodes: z.int().nonnegative(),
  since: timeSchema,
  /** One sentence for a person. */
  message: z.string(),
  error: nodeErrorSchema.nullable(),
});
export type SourceHealth = z.infer<typeof sourceHealthSchema>;

export const registrySnapshotSchema = z.object({
  /** New for each start of a host; a revision means nothing across epochs. */
  epoch: z.string(),
  revision: z.int().nonnegative(),
  sources: z.array(sourceHealthSchema),
  /** Relay and CircuitForge nodes, live and restored. */
  peers: z.array(otherPeerSchema),
  /** Mesh peers that the store remembers: addresses to probe, shown offline until they answer. */
  mesh: z.array(knownNodeSchema),
});
export type RegistrySnapshot = z.infer<typeof registrySnapshotSchema>;

export const registryDeltaSchema = z.object({
  epoch: z.string(),
  /** The revision this delta applies to; a receiver at another revision asks for a snapshot. */
  base: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  /** All sources when any changed. */
  sources: z.array(sourceHealthSchema).nullable(),
  /** New or changed peers, whole. */
  peers: z.array(otherPeerSchema),
  removed: z.array(nodeKeySchema),
  mesh: z.array(knownNodeSchema).nullable(),
});
export type RegistryDelta = z.infer<typeof registryDeltaSchema>;

const commandId = z.union([z.string(), z.number()]);

/** Supervisor -> registry host. Commands with an `id` are answered by one `result` with the same id. */
export const registryCommandSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('start'), config: registryConfigSchema }),
  z.strictObject({ command: z.literal('snapshot') }),
  /** What the mesh host sees of its peers, for the store: new facts, whole rows. */
  z.strictObject({ command: z.literal('remember'), nodes: z.array(knownNodeSchema).max(10_000) }),
  z.strictObject({ command: z.literal('forget'), id: commandId, node: nodeKeySchema }),
  /** An action on a relay node (`spawn:…`, `release`, its own); answered by the node's `action.result`. */
  z.strictObject({
    command: z.literal('invoke'),
    id: commandId,
    peer: z.string(),
    action: z.string().min(1),
    input: jsonSchema,
    timeoutMs: z.number().positive(),
  }),
  /**
   * The agents our own relay nodes have now: the whole set, in one snapshot, so that a crash and a restart in one tick
   * give one heartbeat with the count after the restart.
   */
  z.strictObject({
    command: z.literal('agents'),
    id: commandId.nullable(),
    agents: z.array(z.strictObject({ id: z.string().min(1), name: z.string().min(1) })).max(10_000),
  }),
  z.strictObject({ command: z.literal('stop') }),
]);
export type RegistryCommand = z.infer<typeof registryCommandSchema>;

/** Registry host -> supervisor. */
export const registryEventSchema = z.discriminatedUnion('event', [
  /** Every configured source runs or has failed; `sources` says which. */
  z.object({ event: z.literal('ready'), sources: z.array(sourceHealthSchema) }),
  z.object({ event: z.literal('failed'), error: nodeErrorSchema }),
  z.object({ event: z.literal('snapshot'), snapshot: registrySnapshotSchema }),
  z.object({ event: z.literal('delta'), delta: registryDeltaSchema }),
  z.object({
    event: z.literal('result'),
    id: commandId,
    command: z.enum(['forget', 'invoke', 'agents']),
    ok: z.boolean(),
    data: jsonSchema,
    error: z.string().nullable(),
  }),
  z.object({ event: z.literal('log'), level: z.enum(['debug', 'info', 'warn', 'error']), text: z.string() }),
  z.object({ event: z.literal('stopped') }),
]);
export type RegistryEvent = z.infer<typeof registryEventSchema>;

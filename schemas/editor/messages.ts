/**
 * Custom messages between client and language server. One constant per message: its method, the schemas of its
 * parameters and result, and when it is sent. Standard LSP requests carry everything else.
 */
import * as z from 'zod';
import { jsonSchema, strategySchema, targetSchema } from '../fleet/mesh.ts';
import { fleetDeltaSchema, fleetViewSchema, nodeStatusSchema } from '../fleet/view.ts';
import { sourceHealthSchema } from '../registry/host.ts';
import { methods } from './methods.ts';

/** Client -> server request: the whole fleet view. Sent once a view becomes visible and after a gap in revisions. */
export const fleetSnapshotRequest = { method: methods.snapshot, params: z.null(), result: fleetViewSchema } as const;

/** Server -> client notification, at most 4 a second. A client whose revision is not `base` asks for a snapshot. */
export const fleetChangedNotification = { method: methods.changed, params: fleetDeltaSchema } as const;

/** Client -> server request: start the local node. Answers once it is running or has failed. */
export const startNodeRequest = {
  method: 'jarviscoreFleet/startNode',
  params: z.object({
    /** Overrides the port the server would choose; null: choose. */
    port: z.int().nullable(),
    /** Seeds to join; null: those declared on this machine. */
    seeds: z.array(z.string()).nullable(),
    /** The address beyond loopback that a person agreed to; absent or null: none. */
    host: z.ipv4().nullish(),
  }),
  result: nodeStatusSchema,
} as const;

/** Client -> server request: leave the mesh and end the host. Answers once it has ended. */
export const stopNodeRequest = { method: 'jarviscoreFleet/stopNode', params: z.null(), result: nodeStatusSchema } as const;

/** Client -> server request: ask a role or an agent. The first ask announces one distinctive agent of ours, because an unannounced asker never gets its answer (runtime 3.7). */
export const askRequest = {
  method: 'jarviscoreFleet/ask',
  params: z.object({
    target: targetSchema,
    data: jsonSchema,
    timeoutMs: z.number().positive(),
    /** Absent: the first agent that announced the role. */
    strategy: strategySchema.optional(),
  }),
  result: z.object({ ok: z.boolean(), data: jsonSchema, error: z.string().nullable() }),
} as const;

/** Client -> server request: forget one peer that is dead, departed or offline. */
export const forgetPeerRequest = {
  method: 'jarviscoreFleet/forgetPeer',
  params: z.object({ peer: z.string() }),
  result: z.object({ ok: z.boolean(), error: z.string().nullable() }),
} as const;

/** Client -> server request: the processes that the files declare, in the order of the files. */
export const processesRequest = {
  method: 'jarviscoreFleet/processes',
  params: z.null(),
  result: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Relative to its folder. */
      file: z.string(),
    }),
  ),
} as const;

/** Client -> server request: `env effective` of one declared process, as text to read. Fails where no file declares it. */
export const effectiveRequest = {
  method: 'jarviscoreFleet/effective',
  params: z.object({
    /** Id of the declared process, as the command of its code lens carries it. */
    process: z.string(),
  }),
  result: z.object({ name: z.string(), text: z.string() }),
} as const;

/** Client -> server request: gossip a node that its fleet holds dead ALIVE with a higher incarnation, because a person said so. */
export const readmitPeerRequest = {
  method: 'jarviscoreFleet/readmitPeer',
  params: z.object({ peer: z.string() }),
  result: z.object({ ok: z.boolean(), error: z.string().nullable() }),
} as const;

/**
 * Client -> server request: which servers for other fleets are to run, all of them; what runs and is not named is stopped.
 * Secrets come from the editor's secret storage and go to the registry host only. Answers once each runs,
 * waits for its port or has failed.
 */
export const otherFleetsRequest = {
  method: 'jarviscoreFleet/otherFleets',
  params: z.object({
    hub: z.object({ workspaceKey: z.string().min(1) }).nullable(),
    coordinator: z.boolean(),
    /** After a reload of the window: what served it before may still hold the ports for a moment. */
    again: z.boolean().default(false),
  }),
  result: z.object({ sources: z.array(sourceHealthSchema) }),
} as const;

/** `initializationOptions` of the client. Absent (other editors): the defaults. */
export const initializationOptionsSchema = z.object({
  /** False: diagnostics only; no sockets, no child processes. */
  trusted: z.boolean().default(true),
  /** True: the client renders the fleet; without it no delta is sent. */
  fleetView: z.boolean().default(false),
  /** Absolute path of the workspace's database of known nodes; null: nothing is remembered. */
  storePath: z.string().min(1).nullable().default(null),
  /** Commands of ours that the client carries out, for code lenses. */
  commands: z.array(z.string()).default([]),
});
export type InitializationOptions = z.infer<typeof initializationOptionsSchema>;

/** Client -> server notification when the workspace becomes trusted. */
export const trustGrantedNotification = { method: methods.trustGranted, params: z.null() } as const;

const listenSchema = (port: number) =>
  z
    .object({
      host: z.ipv4().default('127.0.0.1'),
      /** 0: a free one. */
      port: z.int().min(0).max(65_535).default(port),
    })
    .prefault({});

/** The `jarviscoreFleet` configuration section. */
export const configurationSchema = z.object({
  target: z.string().default(''),
  profile: z.enum(['development', 'production']).default('development'),
  severities: z.record(z.string(), z.enum(['error', 'warning', 'info', 'hint', 'off'])).default({}),
  inlayHints: z
    .object({
      derivedPorts: z.boolean().default(true),
      overridden: z.boolean().default(true),
      defaults: z.boolean().default(true),
      keepalive: z.boolean().default(true),
    })
    .prefault({}),
  relayHub: listenSchema(8787),
  coordinator: listenSchema(7700),
  knownNodes: z.object({ ageLimitDays: z.number().positive().max(36_500).default(30) }).prefault({}),
  /** Read by the client. */
  peers: z
    .object({
      groupBy: z.enum(['none', 'state', 'host', 'kind']).default('none'),
      sortBy: z.enum(['name', 'state', 'since']).default('name'),
    })
    .prefault({}),
  codeLens: z.object({ processes: z.boolean().default(true) }).prefault({}),
  node: z
    .object({
      port: z.int().min(0).max(64_535).default(0),
      zmqPortOffset: z.int().min(1).default(1000),
      name: z.string().default(''),
      seeds: z.array(z.string()).default([]),
      startOnReload: z.boolean().default(true),
      keepaliveIntervalSeconds: z.number().positive().default(90),
      keepaliveBackoffSeconds: z.number().positive().default(45),
      activitySuppressWindowSeconds: z.number().nonnegative().default(60),
      allowZeroPeers: z.boolean().default(true),
      forgetAfterMinutes: z.number().positive().default(30),
      autoReadmit: z.boolean().default(false),
    })
    .prefault({}),
  /** Read by the client: it sends both with each question. */
  ask: z
    .object({
      timeoutSeconds: z.number().positive().max(86_400).default(7_200),
      strategy: strategySchema.default('first'),
    })
    .prefault({}),
});
export type Configuration = z.infer<typeof configurationSchema>;

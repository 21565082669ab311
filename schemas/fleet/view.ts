/** Declared processes joined with live peers: what the sidebar shows. */
import * as z from 'zod';
import { sourceHealthSchema } from '../registry/host.ts';
import { otherFactsSchema } from '../registry/otherPeer.ts';
import { nodeErrorSchema, seedSchema, selfSchema } from './mesh.ts';
import { livePeerSchema, liveRoleSchema, timeSchema } from './peer.ts';

export const placeSchema = z.object({
  uri: z.string(),
  /** Zero-based UTF-16, as in LSP. */
  range: z.object({
    start: z.object({ line: z.int(), character: z.int() }),
    end: z.object({ line: z.int(), character: z.int() }),
  }),
});
export type Place = z.infer<typeof placeSchema>;

export const declaredNodeSchema = z.object({
  name: z.string(),
  /** `host:port` its configuration gives, null where it cannot be known. */
  address: z.string().nullable(),
  /** Id of the declared process, for commands that run or examine it. */
  process: z.string().optional(),
  place: placeSchema,
});
export type DeclaredNode = z.infer<typeof declaredNodeSchema>;

/** A row of "Fleet Peers": a live or remembered peer, or a declared node nobody has seen. */
export const fleetPeerSchema = livePeerSchema.extend({
  /** The configuration that declares this peer; null for a live peer nobody declared. */
  declared: declaredNodeSchema.nullable(),
  /** False: known from the files only. */
  seen: z.boolean(),
  /** Only for nodes outside the mesh; their row id is `KIND/ID`, because a node id may look like an address. */
  other: otherFactsSchema.optional(),
});
export type FleetPeer = z.infer<typeof fleetPeerSchema>;

export const declaredRoleSchema = z.object({ role: z.string(), place: placeSchema });
export type DeclaredRole = z.infer<typeof declaredRoleSchema>;

export const nodePhaseSchema = z.enum(['stopped', 'starting', 'running', 'stopping', 'failed']);
export const nodeStatusSchema = z.object({
  phase: nodePhaseSchema,
  since: timeSchema,
  self: selfSchema.nullable(),
  seeds: z.array(seedSchema),
  error: nodeErrorSchema.nullable(),
  /** How often the host process was restarted after a crash since the person started the node. */
  restarts: z.int().nonnegative(),
  /** The last crash since then, after which it was started again; absent: none. */
  lastCrash: z.object({ at: timeSchema, message: z.string() }).optional(),
});
export type NodeStatus = z.infer<typeof nodeStatusSchema>;

export const fleetViewSchema = z.object({
  /** Changes with the language server process; a revision means nothing across epochs. */
  epoch: z.string(),
  revision: z.int().nonnegative(),
  /** Whether the workspace has anything of JarvisCore in it. */
  project: z.boolean(),
  /** Framework release the checks assume, and where that comes from. */
  target: z.object({ release: z.string(), origin: z.string() }),
  /** Whether a Python interpreter was found; without one no declared node can run here. */
  python: z.boolean(),
  node: nodeStatusSchema,
  /** Declared nodes, and how many of all peers are alive. */
  expected: z.int().nonnegative(),
  alive: z.int().nonnegative(),
  peers: z.array(fleetPeerSchema),
  roles: z.array(liveRoleSchema),
  /** Roles of agent classes in the files, each with its first place; absent: none. */
  declaredRoles: z.array(declaredRoleSchema).optional(),
  /** Relay hub, coordinator, store: what runs here beside the mesh node. */
  sources: z.array(sourceHealthSchema),
});
export type FleetView = z.infer<typeof fleetViewSchema>;

export const fleetDeltaSchema = z.object({
  epoch: z.string(),
  base: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  /** The header facts, whole (small). */
  project: z.boolean(),
  target: fleetViewSchema.shape.target,
  python: z.boolean(),
  node: nodeStatusSchema,
  expected: z.int().nonnegative(),
  alive: z.int().nonnegative(),
  /** New or changed rows, whole; order of rows is the client's business. */
  peers: z.array(fleetPeerSchema),
  removed: z.array(z.string()),
  /** All roles; null: as before, but their agents have the states that `peers` give their nodes (roleStates.ts). */
  roles: z.array(liveRoleSchema).nullable(),
  declaredRoles: fleetViewSchema.shape.declaredRoles,
  /** All sources when any changed. */
  sources: z.array(sourceHealthSchema).nullable(),
});
export type FleetDelta = z.infer<typeof fleetDeltaSchema>;

/** A peer as every surface shows it: tree, `node --json`, reports. */
import * as z from 'zod';

/** ISO 8601 in UTC. */
export const timeSchema = z.iso.datetime();

export const peerStateSchema = z.enum(['alive', 'suspect', 'dead', 'left', 'offline', 'unknown']);
export type PeerState = z.infer<typeof peerStateSchema>;

export const agentSchema = z.object({
  id: z.string(),
  role: z.string(),
  capabilities: z.array(z.string()),
});
/** An agent living in a node, as that node announced it. */
export type Agent = z.infer<typeof agentSchema>;

export const keepaliveSchema = z.object({
  /** When our last keepalive to this peer left; null: never. */
  lastSent: timeSchema.nullable(),
  /** When this peer last acknowledged a keepalive of ours; null: never. */
  lastAck: timeSchema.nullable(),
  consecutiveSendFailures: z.int().nonnegative(),
  /** No keepalive is sent to this peer before that moment; null: no backoff. */
  failureBackoffUntil: timeSchema.nullable(),
  /** Round trip of the last acknowledged keepalive, milliseconds. */
  rttMs: z.number().nonnegative().nullable(),
});
export type Keepalive = z.infer<typeof keepaliveSchema>;

export const peerKindSchema = z.enum(['jarviscore', 'relay', 'circuitforge']);
export type PeerKind = z.infer<typeof peerKindSchema>;

/** The shape of the command line contract: absent facts are null, never missing. */
export const peerSchema = z.object({
  /** A mesh peer's `host:port`. */
  id: z.string(),
  name: z.string().nullable(),
  kind: peerKindSchema,
  address: z.string().nullable(),
  state: peerStateSchema,
  incarnation: z.int().nullable(),
  since: timeSchema.nullable(),
  /** Why it has this state, one sentence. */
  reason: z.string().nullable(),
  /** Peer id of who told us, or our own id when we saw it ourselves. */
  observedBy: z.string().nullable(),
  agents: z.array(agentSchema),
  capacity: z.object({ load: z.number().nullable(), activeAgents: z.int().nullable(), maxAgents: z.int().nullable() }).nullable(),
  keepalive: keepaliveSchema.nullable(),
});
export type Peer = z.infer<typeof peerSchema>;

export const keepalivePhaseSchema = z.enum(['waiting', 'ok', 'suppressed', 'failing', 'backoff', 'disabled']);

/**
 * The seven behaviours that releases of the framework have towards an outside peer: A 1.0.2, B 1.1.0 to 1.4.1,
 * C 1.5.0 to 1.10.0, D 1.11.0 to 1.13.0, E 1.13.1 to 2.1.0, F 2.1.1 to 2.2.0, G 2.3.0 and later.
 */
export const behaviourGroupSchema = z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
export type BehaviourGroup = z.infer<typeof behaviourGroupSchema>;

export const behaviourSchema = z.object({
  /** Groups that fit everything seen, oldest first; none: no node of the framework. No release tells its version. */
  groups: z.array(behaviourGroupSchema),
  /** "1.13.0 or later", "JarvisCore Fleet". */
  releases: z.string(),
  /** How this was told, one sentence. */
  how: z.string(),
});
export type Behaviour = z.infer<typeof behaviourSchema>;

export const markKindSchema = z.enum([
  /** Its fleet holds it dead, but it answers us: `readmit` brings it back. */
  'readmittable',
  /** It announces agents and drops what they are asked. */
  'not-addressable',
  /** A question of ours waits until it has started. */
  'starting',
  /** One side does not know the other's agents. */
  'one-way',
  /** What it acknowledges says nothing about delivery. */
  'notify-unconfirmed',
  'suspected-by',
  'clock-offset',
  /** Two processes, or two nodes' agents, under one name. */
  'duplicate-identity',
  /** Its process on this machine stands still: a debugger, SIGSTOP. */
  'stopped-process',
]);
export type MarkKind = z.infer<typeof markKindSchema>;

/** What is known of a member of the mesh beyond its own words. */
export const meshFactsSchema = z.object({
  behaviour: behaviourSchema.nullable(),
  /** Whether its agents can be asked; null: nobody has tried. */
  addressable: z.boolean().nullable(),
  /** Members that repeat its present SUSPECT or DEAD, the first teller first. */
  suspectedBy: z.array(z.string()),
  /** Its wall clock minus ours, milliseconds, in steps of 100; null: not measured. */
  clockOffsetMs: z.number().nullable(),
  readmittable: z.boolean(),
  /** Messages of it that were refused. */
  refused: z.int().nonnegative(),
  /** The same for a person: one sentence each. */
  marks: z.array(z.object({ kind: markKindSchema, text: z.string() })),
});
export type MeshFacts = z.infer<typeof meshFactsSchema>;

/** What the sidebar knows beyond the contract's shape. */
export const livePeerSchema = peerSchema.extend({
  /** `host:port` of the peer's ROUTER as we compute it (SWIM port + offset). */
  zmqAddress: z.string().nullable(),
  keepalivePhase: keepalivePhaseSchema,
  /** Our own probes' opinion where it differs from what members gossip ("no answer to us for 6 s"); never gossiped. */
  localOpinion: z.string().nullable(),
  /** Whether this peer's roster has arrived. */
  announced: z.boolean(),
  /** Things a person should know about this peer (wildcard identity, protocol violations), one sentence each. */
  warnings: z.array(z.string()),
  /** Only for members of the mesh that our own node sees. */
  mesh: meshFactsSchema.optional(),
});
export type LivePeer = z.infer<typeof livePeerSchema>;

export const liveRoleSchema = z.object({
  role: z.string(),
  /** Who has it; `peer` null means our own node. Alive ones first. */
  holders: z.array(z.object({ peer: z.string().nullable(), agentId: z.string(), state: peerStateSchema })),
  /** True when every holder is dead or has left. */
  gone: z.boolean(),
});
export type LiveRole = z.infer<typeof liveRoleSchema>;

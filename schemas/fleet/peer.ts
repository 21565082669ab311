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

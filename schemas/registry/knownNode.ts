/** A node as the store remembers it: one row for every peer of every kind that was ever seen. */
import * as z from 'zod';
import { jsonSchema } from '../fleet/mesh.ts';
import { peerKindSchema, peerStateSchema } from '../fleet/peer.ts';

/** Longest node id that is accepted from anybody, UTF-16 units; a longer one is refused, never cut. */
export const maxNodeIdLength = 256;

export const nodeKeySchema = z.strictObject({
  kind: peerKindSchema,
  /**
   * Which fleet of that kind: 127.0.0.1:7946 is another node in every project. The name of a hub, a coordinator or a
   * seed component; `default` where a workspace has only one.
   */
  fleet: z.string().min(1).max(256),
  /** `host:port` of a mesh peer, `node_id` of a relay or CircuitForge node. */
  id: z.string().min(1).max(maxNodeIdLength),
});
export type NodeKey = z.infer<typeof nodeKeySchema>;

/** Times are whole milliseconds since 1970, from the clock of the machine that keeps the store. */
export const knownNodeSchema = nodeKeySchema.extend({
  name: z.string().max(1_024).nullable(),
  /** `host:port`, or the agent URL of a CircuitForge node. */
  address: z.string().max(2_048).nullable(),
  firstSeen: z.int().nonnegative(),
  /** Last proof of life: a datagram, a heartbeat, a good probe. Never moved by a restart. */
  lastSeen: z.int().nonnegative(),
  lastState: peerStateSchema,
  reason: z.string().max(4_096).nullable(),
  /** What it announced (agents, capabilities, version, GPUs), as JSON; null: nothing yet. */
  announced: jsonSchema,
});
export type KnownNode = z.infer<typeof knownNodeSchema>;

/** Relay and CircuitForge nodes in the one roster: a peer plus the facts only its kind has. */
import * as z from 'zod';
import { livePeerSchema, timeSchema } from '../fleet/peer.ts';

export const gpuSchema = z.object({
  id: z.int().nonnegative(),
  name: z.string(),
  totalMb: z.number().nonnegative(),
  usedMb: z.number().nonnegative(),
  freeMb: z.number().nonnegative(),
});
export type Gpu = z.infer<typeof gpuSchema>;

export const relayFactsSchema = z.object({
  version: z.string().nullable(),
  capabilities: z.array(z.string()),
  handlersLive: z.boolean(),
  tags: z.array(z.string()),
  /** Names of the providers with an open socket. */
  providers: z.array(z.string()),
});
export const circuitForgeFactsSchema = z.object({
  gpus: z.array(gpuSchema),
  /** Services resident on the node, `service` or `service (model)`. */
  residents: z.array(z.string()),
});
export type CircuitForgeFacts = z.infer<typeof circuitForgeFactsSchema>;

/** What one of the sources (hub, coordinator, store) knows beyond the shape that all peers share. */
export const otherFactsSchema = z.object({
  fleet: z.string(),
  firstSeen: timeSchema,
  /** Last proof of life. */
  lastSeen: timeSchema.nullable(),
  /** Known from the store only and not heard from since the start. */
  restored: z.boolean(),
  /** Two URLs or two sockets under one id, one sentence naming both; null: no conflict. */
  conflict: z.string().nullable(),
  relay: relayFactsSchema.nullable(),
  circuitForge: circuitForgeFactsSchema.nullable(),
});

/** `keepalive` is null and `keepalivePhase` is `disabled` for nodes outside the mesh: their liveness is the source's own. */
export const otherPeerSchema = livePeerSchema.extend({ other: otherFactsSchema });
export type OtherPeer = z.infer<typeof otherPeerSchema>;

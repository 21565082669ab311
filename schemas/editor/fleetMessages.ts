/** Custom messages about the live fleet beside the view itself: where a start leads, notifications, the message log. */
import * as z from 'zod';
import { jsonSchema, targetSchema } from '../fleet/mesh.ts';
import { messagePageSchema } from '../fleet/messageLog.ts';
import { methods } from './methods.ts';

export const reachSchema = z.enum([
  /** Over 127.0.0.1. */
  'loopback',
  /** Only from an address of this machine that others reach, too. */
  'network',
]);

export const fleetComponentSchema = z.object({
  /** Declared nodes that belong together because they name each other, or one seed in common. */
  names: z.array(z.string()),
  /** `host:port` of its nodes and seeds, as the files write them. */
  addresses: z.array(z.string()),
  reach: reachSchema,
});
export type FleetComponent = z.infer<typeof fleetComponentSchema>;

/** Client -> server request: the separate fleets that the files declare, the one a plain start joins first. */
export const fleetsRequest = {
  method: 'jarviscoreFleet/fleets',
  params: z.null(),
  result: z.object({ fleets: z.array(fleetComponentSchema) }),
} as const;

/** Client -> server request: where a start with these seeds would bind. Opens no socket that sends anything. */
export const startPlanRequest = {
  method: 'jarviscoreFleet/startPlan',
  params: z.object({
    /** Null: those of the settings, else those declared. */
    seeds: z.array(z.string()).nullable(),
  }),
  result: z.object({
    /** Numeric IPv4 that would be bound; null: no start is possible, `problem` says why. */
    host: z.string().nullable(),
    /** True: others reach that address, so a person has to agree first. */
    exposed: z.boolean(),
    seeds: z.array(z.string()),
    problem: z.string().nullable(),
  }),
} as const;

/** Client -> server request: one-way message to a role or an agent. The first one announces an agent of ours, as the first question does. */
export const notifyRequest = {
  method: 'jarviscoreFleet/notify',
  params: z.object({ target: targetSchema, data: jsonSchema }),
  result: z.object({
    ok: z.boolean(),
    /** False: acknowledged by a release that acknowledges what it loses, too. */
    confirmed: z.boolean(),
    error: z.string().nullable(),
  }),
} as const;

/** Client -> server request: what changed in the journal of our node after a revision; null: from its beginning. Null result: no node runs. */
export const messagesRequest = {
  method: methods.messages,
  params: z.object({ epoch: z.string().nullable(), after: z.int().nonnegative().nullable() }),
  result: messagePageSchema.nullable(),
} as const;

/** Client -> server request: the payload of one message, with what looks like a secret masked. */
export const messagePayloadRequest = {
  method: 'jarviscoreFleet/messagePayload',
  params: z.object({ epoch: z.string(), seq: z.int().positive() }),
  result: z.object({ found: z.boolean(), payload: jsonSchema }),
} as const;

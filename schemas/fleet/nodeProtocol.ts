/** JSON lines of `node --json`: commands on stdin, events on stdout. Scripts rely on these shapes to the letter. */
import * as z from 'zod';
import { jsonSchema, strategySchema } from './mesh.ts';
import { peerSchema } from './peer.ts';

const id = z.union([z.string(), z.number()]).nullish();
const target = { role: z.string().min(1).optional(), agent: z.string().min(1).optional() };
const oneTarget = [
  (command: { role?: string | undefined; agent?: string | undefined }) =>
    (command.role === undefined) !== (command.agent === undefined),
  { message: 'needs either "role" or "agent"' },
] as const;

/** A line on stdin. */
export const nodeCommandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('snapshot'), id }),
  z
    .object({
      command: z.literal('ask'),
      id,
      ...target,
      data: jsonSchema.default(null),
      /** Seconds. */
      timeout: z.number().positive().max(86_400).default(30),
      strategy: strategySchema.optional(),
    })
    .refine(...oneTarget),
  z.object({ command: z.literal('notify'), id, ...target, data: jsonSchema.default(null) }).refine(...oneTarget),
  z.object({
    command: z.literal('announce'),
    id,
    agents: z.array(
      z.object({
        role: z.string().min(1),
        capabilities: z.array(z.string()).default([]),
        description: z.string().default(''),
      }),
    ),
  }),
  z.object({ command: z.literal('respond'), id, correlationId: z.string().min(1), data: jsonSchema.default(null) }),
  z.object({ command: z.literal('readmit'), id, peer: z.string().min(1) }),
  z.object({ command: z.literal('forget'), id, peer: z.string().min(1) }),
  /** Answered by a `result` whose data lists, for each peer, what is known beyond the peer's own shape. */
  z.object({ command: z.literal('marks'), id }),
  /** An action on a node of the relay hub. */
  z.object({
    command: z.literal('invoke'),
    id,
    peer: z.string().min(1),
    action: z.string().min(1),
    input: jsonSchema.default(null),
    /** Seconds. A spawn that waits for its harness may take 90. */
    timeout: z.number().positive().max(86_400).default(120),
  }),
  z.object({ command: z.literal('stop'), id }),
]);
export type NodeCommand = z.infer<typeof nodeCommandSchema>;

/** A line on stdout. */
export const nodeEventSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('ready'), address: z.string(), zmq: z.string() }),
  z.strictObject({ event: z.literal('snapshot'), peers: z.array(z.strictObject(peerSchema.shape)), roles: z.array(z.string()) }),
  z.strictObject({ event: z.literal('peer'), peer: z.strictObject(peerSchema.shape) }),
  z.strictObject({
    event: z.literal('message'),
    type: z.enum(['PEER_REQUEST', 'PEER_NOTIFY']),
    correlationId: z.string().nullable(),
    from: z.object({ node: z.string(), agent: z.string() }),
    to: z.object({ agent: z.string().nullable(), role: z.string().nullable() }),
    data: jsonSchema,
  }),
  z.strictObject({
    event: z.literal('result'),
    id: z.union([z.string(), z.number()]).nullable(),
    command: z.string(),
    ok: z.boolean(),
    data: jsonSchema,
    error: z.string().nullable(),
  }),
  z.strictObject({ event: z.literal('stopped') }),
]);
export type NodeEvent = z.infer<typeof nodeEventSchema>;

/** What our own node sent and received over ZeroMQ, as its journal keeps it. */
import * as z from 'zod';
import { timeSchema } from './peer.ts';

export const loggedMessageSchema = z.object({
  /** Counts up with each message of one node; changes of an entry keep it. */
  seq: z.int().positive(),
  /** When it was put into the queue, or arrived. */
  at: timeSchema,
  direction: z.enum(['sent', 'received']),
  /** `PEER_REQUEST`, `P2P_KEEPALIVE` ... as on the wire. */
  type: z.string(),
  /** `host:port` of the other node. */
  peer: z.string(),
  /** Of the encoded message, bytes. */
  size: z.int().nonnegative(),
  /** Only of questions and answers: what belongs together. */
  correlationId: z.string().nullable(),
  state: z.enum([
    /** In the queue or under way. */
    'pending',
    /** The peer has it, and has not said that it handled it. */
    'delivered',
    /** Handled, as its processing acknowledgement says; received: we acknowledged it so. */
    'acknowledged',
    /** Given up, or refused by the peer; received: refused by us. */
    'failed',
    /** Received, and no acknowledgement was asked for. */
    'unacknowledged',
  ]),
  /** Milliseconds from the message to its delivery acknowledgement; null: none. */
  deliveredMs: z.number().nonnegative().nullable(),
  /** Milliseconds from the message to its processing acknowledgement; null: none. */
  processedMs: z.number().nonnegative().nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  /** Whether the payload is still kept. */
  payload: z.boolean(),
});
export type LoggedMessage = z.infer<typeof loggedMessageSchema>;

export const messagePageSchema = z.object({
  /** Of the node: a new start counts anew. */
  epoch: z.string(),
  /** Ask for what changed after this. */
  revision: z.int().nonnegative(),
  /** How many older entries the journal has given up. */
  dropped: z.int().nonnegative(),
  /** New or changed entries, oldest first. */
  entries: z.array(loggedMessageSchema),
});
export type MessagePage = z.infer<typeof messagePageSchema>;

/**
 * swim-p2p's membership messages as they cross UDP and TCP (observed with swim-p2p 1.2.6; it has no version field).
 *
 * The hand-written codec of the mesh stands in for these schemas on the hot path; a property test holds the two equal.
 */
import * as z from 'zod';
import { isSmallJsonObject, type JsonObject, MAX_INCARNATION, MAX_SWIM_PORT } from './swimLimits.ts';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const firstOctet = '(?:22[0-3]|2[01]\\d|1\\d\\d|[1-9]\\d|[1-9])';
const address = new RegExp(`^(?:0\\.0\\.0\\.0|${firstOctet}(?:\\.${octet}){3}):([1-9]\\d{0,4})$`);

/**
 * `a.b.c.d:port`, numeric IPv4 in its one canonical spelling because the protocol compares identities as text.
 * No multicast or reserved addresses. 0.0.0.0 is a legal identity (the framework's production guide configures it)
 * that must never be sent to.
 */
export const swimAddressSchema = z.string().refine((text) => {
  const match = address.exec(text);
  return match !== null && Number(match[1]) <= MAX_SWIM_PORT;
}, 'not a numeric IPv4 address with a port from 1 to 64535');

export const gossipStateSchema = z.enum(['ALIVE', 'SUSPECT', 'DEAD']);

export const digestEntrySchema = z.object({
  addr: swimAddressSchema,
  state: gossipStateSchema,
  /** swim-p2p stores a value that is no integer and then fails on every later merge of that member. */
  incarnation: z.int().min(0).max(MAX_INCARNATION),
  /** Wall-clock seconds. */
  last_heartbeat: z.number().default(0),
  /** `null` poisons the member in swim-p2p: always an object. */
  metadata: z.custom<JsonObject>(isSmallJsonObject, 'not a small JSON object').default({}),
});
export type DigestEntry = z.infer<typeof digestEntrySchema>;

/** Entries with wrong fields are left out one by one, as swim-p2p does, so that one broken member hides no other. */
export const digestSchema = z.object({
  /** The sender's private change counter. */
  version: z.int().min(0),
  entries: z
    .array(z.unknown())
    .transform((entries): DigestEntry[] => entries.flatMap((entry) => digestEntrySchema.safeParse(entry).data ?? [])),
  /** Without effect on merging. */
  is_full: z.boolean(),
  timestamp: z.number(),
  source: z.string().max(255),
});
export type Digest = z.infer<typeof digestSchema>;

/** Only as trustworthy as any header: a PONG counts by its UDP source, not by this. */
const from = z.string().max(255);
/** swim-p2p writes 8 hex digits and echoes whatever it gets. */
const id = z.string().max(128);
/** Wall-clock seconds. */
const timestamp = z.number();

export const pingSchema = z.object({
  type: z.literal('PING'),
  from,
  /** In a helper's PING: who asked for it. */
  ping_req_from: z.string().max(255).optional(),
  id,
  timestamp,
});
export const pongSchema = z.object({
  type: z.literal('PONG'),
  from,
  id,
  in_response_to: z.string().max(32),
  orig_timestamp: z.number(),
  timestamp,
});
export const pingReqSchema = z.object({ type: z.literal('PING-REQ'), from, target: swimAddressSchema, id, timestamp });
export const pingReqAckSchema = z.object({
  type: z.literal('PING-REQ-ACK'),
  from,
  target: swimAddressSchema,
  status: z.enum(['alive', 'unreachable', 'blacklisted']),
  id,
  /** Seconds; only with "alive". */
  rtt: z.number().optional(),
});
export const heartbeatSchema = z.object({ type: z.literal('HEARTBEAT'), from, digest: digestSchema, id, timestamp });
export const syncReqSchema = z.object({ type: z.literal('SYNC-REQ'), from, id, known_version: z.int(), timestamp });
export const syncRespSchema = z.object({ type: z.literal('SYNC-RESP'), from, id, digest: digestSchema, timestamp });

export const swimMessageSchema = z.discriminatedUnion('type', [
  pingSchema,
  pongSchema,
  pingReqSchema,
  pingReqAckSchema,
  heartbeatSchema,
  syncReqSchema,
  syncRespSchema,
]);
export type SwimMessage = z.infer<typeof swimMessageSchema>;

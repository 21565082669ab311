/** Bytes of a ZeroMQ message frame <-> messages. Never throws, whatever the bytes. */
import type { Json } from '#schemas/fleet/mesh.ts';
import { hexId, type Instant, type Random } from '../core.ts';
import { clientHeader, clientName } from './behaviour.ts';
import { isAck, isEnvelope, isObject, type JsonObject } from './guards.ts';
import { utf8Bytes } from './utf8Bytes.ts';

/** The wire's own limits are in schemas/wire/messages.ts; a property test holds these equal. */
export const maxMessageBytes = 4 * 1024 * 1024;
export const maxJsonDepth = 128;

export interface AckMessage {
  readonly kind: 'ack';
  readonly ackType: 'delivery' | 'processing';
  readonly ackFor: string;
  readonly success: boolean;
  readonly details: string | null;
}

export interface AppMessage {
  readonly kind: 'message';
  readonly type: string;
  readonly id: string;
  readonly fromNode: string;
  readonly fromName: string | null;
  /** The program that says it sent this; none of the framework's does. */
  readonly client: string | null;
  readonly requireAck: boolean;
  /** The payload object; null where there is none or it cannot be read. */
  readonly payload: JsonObject | null;
}

export interface InvalidMessage {
  readonly kind: 'invalid';
  readonly reason: string;
}

export type DecodedMessage = AckMessage | AppMessage | InvalidMessage;

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

function nestsTooDeep(text: string): boolean {
  // What is opened has to be closed.
  if (text.length <= 2 * maxJsonDepth) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > maxJsonDepth) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

function parseJson(text: string): unknown {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readPayload(value: unknown): JsonObject | null {
  const payload = typeof value === 'string' ? parseJson(value) : value;
  return isObject(payload) ? payload : null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal or a tree row.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A text of a stranger, fit to be shown: no control or direction characters, at most `max` characters. */
export function showable(text: string, max = 200): string {
  return text.replace(controls, ' ').slice(0, max);
}

function clientOf(headers: unknown): string | null {
  if (!isObject(headers)) return null;
  const name = headers[clientHeader];
  return typeof name === 'string' ? name : null;
}

/** `bytes`: the frame after the empty delimiter; bare JSON or marked with 'U' (swim-p2p accepts both on a ROUTER). */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  if (bytes.length === 0) return { kind: 'invalid', reason: 'empty message' };
  if (bytes.length > maxMessageBytes) return { kind: 'invalid', reason: `message of ${bytes.length} bytes` };
  let text: string;
  try {
    text = decoder.decode(bytes[0] === 0x55 ? bytes.subarray(1) : bytes);
  } catch {
    return { kind: 'invalid', reason: 'message is not UTF-8' };
  }
  const value = parseJson(text);
  if (value === undefined) return { kind: 'invalid', reason: 'message is not JSON or nests too deep' };
  if (isAck(value)) {
    return {
      kind: 'ack',
      ackType: value.ack_type,
      ackFor: value.ack_for,
      success: value.success,
      details: typeof value.error_details === 'string' ? showable(value.error_details) : null,
    };
  }
  if (!isEnvelope(value)) return { kind: 'invalid', reason: 'message has no type, id or from_node' };
  if (value.type === 'ACK') return { kind: 'invalid', reason: 'malformed acknowledgement' };
  return {
    kind: 'message',
    type: value.type,
    id: value.id,
    fromNode: value.from_node,
    fromName: typeof value.from_node_name === 'string' ? showable(value.from_node_name) : null,
    client: clientOf(value.headers),
    requireAck: value.require_ack === true,
    payload: readPayload(value.payload),
  };
}

/** Python reads floats; a whole number would arrive as an int, which its arithmetic takes as well. */
export const seconds = (wallMs: number): number => wallMs / 1000;

/** `nodeId` is the acker's ZeroMQ address, not its SWIM id (captured from 1.0.2 and 3.0.0). */
export function encodeAck(
  ack: { type: 'delivery' | 'processing'; messageId: string; success: boolean; details?: string },
  nodeId: string,
  wallMs: number,
): Uint8Array {
  return utf8Bytes(
    JSON.stringify({
      type: 'ACK',
      ack_type: ack.type,
      ack_for: ack.messageId,
      success: ack.success,
      node_id: nodeId,
      timestamp: seconds(wallMs),
      ...(ack.details === undefined ? {} : { error_details: ack.details }),
    }),
  );
}

export interface OutgoingMessage {
  readonly type: string;
  /** Content under its key: `payload` for the framework's types, others for swim-p2p's own. */
  readonly content: { readonly key: string; readonly value: Json };
}

function uuid4(random: Random): string {
  const hex = hexId(random, 30);
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

/** Envelopes of one node; `sequence` counts its messages to all peers, as Python's does. */
export function createEncoder(self: { address: string; name: string }, random: Random) {
  let sequence = 0;
  return (message: OutgoingMessage, now: Instant): { id: string; bytes: Uint8Array } => {
    const id = uuid4(random);
    sequence += 1;
    const text = JSON.stringify({
      type: message.type,
      id,
      from_node: self.address,
      from_node_name: self.name,
      [message.content.key]: message.content.value,
      timestamp: seconds(now.wallMs),
      sequence,
      require_ack: true,
      headers: { 'X-Trace-ID': hexId(random, 16), 'X-Span-ID': hexId(random, 16), [clientHeader]: clientName },
    });
    return { id, bytes: encoder.encode(text) };
  };
}

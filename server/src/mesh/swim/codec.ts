/**
 * Bytes to messages and back.
 *
 * swim-p2p 1.2.6: `U` + JSON is what it sends; `C` + zlib(JSON) and bare JSON are what it also takes.
 */
import type { Digest, DigestEntry, SwimMessage } from '#schemas/wire/swim.ts';
import { isSmallJsonObject, MAX_INCARNATION, MAX_MESSAGE_BYTES } from '#schemas/wire/swimLimits.ts';
import { isSwimAddress } from './address.ts';
import { asciiBytes } from './asciiBytes.ts';
import { pythonFloat, pythonJson, pythonString } from './pythonJson.ts';
import type { Deflate, Inflate } from './types.ts';

/** Encoded messages up to this size go by UDP, longer ones by TCP (swim-p2p's UDP_MAX_SIZE). */
export const UDP_MAX_BYTES = 1_400;

const MARK_PLAIN = 0x55;
const MARK_COMPRESSED = 0x43;

export type Decoded =
  /** `skipped`: how many digest entries were left out because of wrong fields. */
  { readonly ok: true; readonly message: SwimMessage; readonly skipped: number } | { readonly ok: false; readonly what: string };

type Fields = Record<string, unknown>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max;
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && isSwimAddress(value);
}

function isState(value: unknown): value is DigestEntry['state'] {
  return value === 'ALIVE' || value === 'SUSPECT' || value === 'DEAD';
}

function isInteger(value: unknown, min: number, max: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** It has always been empty on the wire; one object for all of them makes comparing and keeping them free. */
const NO_METADATA: DigestEntry['metadata'] = Object.freeze({});

function isEmpty(value: object): boolean {
  for (const _key in value) return false;
  return true;
}

function readEntry(value: unknown): DigestEntry | null {
  if (!isObject(value)) return null;
  // swim-p2p takes an entry without these two as well (`entry.get`).
  const { addr, state, incarnation, last_heartbeat = 0, metadata = NO_METADATA } = value;
  if (!isAddress(addr) || !isState(state) || !isInteger(incarnation, 0, MAX_INCARNATION)) return null;
  if (!isNumber(last_heartbeat) || !isSmallJsonObject(metadata)) return null;
  return { addr, state, incarnation, last_heartbeat, metadata: isEmpty(metadata) ? NO_METADATA : metadata };
}

function readDigest(value: unknown): { digest: Digest; skipped: number } | null {
  if (!isObject(value)) return null;
  const { version, entries, is_full, timestamp, source } = value;
  if (!isInteger(version, 0, Number.MAX_SAFE_INTEGER) || !Array.isArray(entries)) return null;
  if (typeof is_full !== 'boolean' || !isNumber(timestamp) || !isText(source, 255)) return null;
  const kept: DigestEntry[] = [];
  for (const item of entries) {
    const entry = readEntry(item);
    if (entry !== null) kept.push(entry);
  }
  return { digest: { version, entries: kept, is_full, timestamp, source }, skipped: entries.length - kept.length };
}

/** The hand-written equal of `swimMessageSchema`; null when the value is no message of this protocol. */
export function readMessage(value: unknown): { message: SwimMessage; skipped: number } | null {
  if (!isObject(value)) return null;
  const { type, from, id, timestamp } = value;
  if (!isText(from, 255) || !isText(id, 128)) return null;
  if (type === 'PING-REQ-ACK') {
    const { target, status, rtt } = value;
    if (!isAddress(target) || (status !== 'alive' && status !== 'unreachable' && status !== 'blacklisted')) return null;
    if (rtt === undefined) return { message: { type, from, target, status, id }, skipped: 0 };
    return isNumber(rtt) ? { message: { type, from, target, status, id, rtt }, skipped: 0 } : null;
  }
  if (!isNumber(timestamp)) return null;
  switch (type) {
    case 'PING': {
      const { ping_req_from } = value;
      if (ping_req_from === undefined) return { message: { type, from, id, timestamp }, skipped: 0 };
      return isText(ping_req_from, 255) ? { message: { type, from, ping_req_from, id, timestamp }, skipped: 0 } : null;
    }
    case 'PONG': {
      const { in_response_to, orig_timestamp } = value;
      if (!isText(in_response_to, 32) || !isNumber(orig_timestamp)) return null;
      return { message: { type, from, id, in_response_to, orig_timestamp, timestamp }, skipped: 0 };
    }
    case 'PING-REQ': {
      const { target } = value;
      return isAddress(target) ? { message: { type, from, target, id, timestamp }, skipped: 0 } : null;
    }
    case 'SYNC-REQ': {
      const { known_version } = value;
      if (!isInteger(known_version, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) return null;
      return { message: { type, from, id, known_version, timestamp }, skipped: 0 };
    }
    case 'HEARTBEAT':
    case 'SYNC-RESP': {
      const read = readDigest(value.digest);
      return read === null ? null : { message: { type, from, digest: read.digest, id, timestamp }, skipped: read.skipped };
    }
    default:
      return null;
  }
}

/** Decodes one datagram or one TCP frame's payload. Never throws; memory stays within twice MAX_MESSAGE_BYTES. */
export function decode(bytes: Uint8Array, inflate: Inflate): Decoded {
  if (bytes.length > MAX_MESSAGE_BYTES) return { ok: false, what: `a message of ${bytes.length} bytes, above the limit` };
  let json = bytes;
  if (bytes[0] === MARK_PLAIN) json = bytes.subarray(1);
  else if (bytes[0] === MARK_COMPRESSED) {
    const inflated = inflate(bytes.subarray(1), MAX_MESSAGE_BYTES);
    if (inflated === null) return { ok: false, what: 'a compressed message that is damaged or too large' };
    json = inflated;
  }
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(json));
  } catch {
    return { ok: false, what: 'bytes that are no JSON text' };
  }
  const read = readMessage(value);
  if (read !== null) return { ok: true, ...read };
  return {
    ok: false,
    what: isObject(value) && isText(value.type, 32) ? `an unknown or malformed ${value.type}` : 'no SWIM message',
  };
}

/** One digest entry as JSON text (ASCII, so its length is its size on the wire). */
export function entryText(entry: DigestEntry): string {
  return (
    `{"addr": ${pythonString(entry.addr)}, "state": "${entry.state}", "incarnation": ${entry.incarnation}, ` +
    `"last_heartbeat": ${pythonFloat(entry.last_heartbeat)}, "metadata": ${pythonJson(entry.metadata)}}`
  );
}

/** What is around the entries of a digest. */
export type DigestFrame = Omit<Digest, 'entries'>;

function digestText(digest: DigestFrame, entries: readonly string[]): string {
  return (
    `{"version": ${digest.version}, "entries": [${entries.join(', ')}], ` +
    `"is_full": ${digest.is_full}, "timestamp": ${pythonFloat(digest.timestamp)}, "source": ${pythonString(digest.source)}}`
  );
}

/** The fields after `from`, in the order in which swim-p2p writes them. */
function fieldsText(message: SwimMessage): string {
  const id = `"id": ${pythonString(message.id)}`;
  switch (message.type) {
    case 'PING': {
      const asker = message.ping_req_from === undefined ? '' : `"ping_req_from": ${pythonString(message.ping_req_from)}, `;
      return `${asker}${id}, "timestamp": ${pythonFloat(message.timestamp)}`;
    }
    case 'PONG':
      return (
        `${id}, "in_response_to": ${pythonString(message.in_response_to)}, ` +
        `"orig_timestamp": ${pythonFloat(message.orig_timestamp)}, "timestamp": ${pythonFloat(message.timestamp)}`
      );
    case 'PING-REQ':
      return `"target": ${pythonString(message.target)}, ${id}, "timestamp": ${pythonFloat(message.timestamp)}`;
    case 'PING-REQ-ACK': {
      const rtt = message.rtt === undefined ? '' : `, "rtt": ${pythonFloat(message.rtt)}`;
      return `"target": ${pythonString(message.target)}, "status": "${message.status}", ${id}${rtt}`;
    }
    case 'HEARTBEAT':
      return `"digest": ${digestText(message.digest, message.digest.entries.map(entryText))}, ${id}, "timestamp": ${pythonFloat(message.timestamp)}`;
    case 'SYNC-REQ':
      return `${id}, "known_version": ${message.known_version}, "timestamp": ${pythonFloat(message.timestamp)}`;
    case 'SYNC-RESP':
      return `${id}, "digest": ${digestText(message.digest, message.digest.entries.map(entryText))}, "timestamp": ${pythonFloat(message.timestamp)}`;
  }
}

/**
 * A HEARTBEAT or SYNC-RESP from entries that are text already: a digest repeats the same entries many times a minute.
 * Equal to `encode` of the message with the entries themselves.
 */
export function encodeDigest(
  type: 'HEARTBEAT' | 'SYNC-RESP',
  id: string,
  digest: DigestFrame,
  entries: readonly string[],
): Uint8Array {
  const around = { from: pythonString(digest.source), id: pythonString(id), timestamp: pythonFloat(digest.timestamp) };
  const body = `"digest": ${digestText(digest, entries)}`;
  const fields = type === 'HEARTBEAT' ? `${body}, "id": ${around.id}` : `"id": ${around.id}, ${body}`;
  return asciiBytes(`U{"type": "${type}", "from": ${around.from}, ${fields}, "timestamp": ${around.timestamp}}`);
}

/** Digests are compressed to a sixth or less; what is longer would not fit a datagram anyway. */
const MOST_COMPRESSED = 8;

/**
 * An encoded message too long for a datagram, compressed if it fits one then; else as it was. swim-p2p 1.2.6 never
 * compresses and always takes it (utils/serialization.py `deserialize_message`, on both transports). A connection
 * takes two more turns of both sides, and a newcomer waits for this very list.
 */
export function compact(bytes: Uint8Array, deflate: Deflate | undefined): Uint8Array {
  if (deflate === undefined || bytes.length <= UDP_MAX_BYTES || bytes.length > MOST_COMPRESSED * UDP_MAX_BYTES) return bytes;
  const zlib = deflate(bytes.subarray(1));
  if (zlib.length >= UDP_MAX_BYTES) return bytes;
  const compressed = new Uint8Array(zlib.length + 1);
  compressed[0] = MARK_COMPRESSED;
  compressed.set(zlib, 1);
  return compressed;
}

/** Encodes with the plain marker, as swim-p2p does for everything it sends. */
export function encode(message: SwimMessage): Uint8Array {
  return asciiBytes(`U{"type": "${message.type}", "from": ${pythonString(message.from)}, ${fieldsText(message)}}`);
}

/**
 * Our half of a ZMTP 3 handshake (RFC 23), as far as it tells what listens: the greeting and the other side's READY.
 * We never send a READY, so that no peer of ours ever exists in that socket.
 */

const GREETING_BYTES = 64;
/** A READY of libzmq has some 41 bytes; identities have at most 255. */
const MAX_COMMAND_BYTES = 1_024;

/** Version 3.0, mechanism NULL, sent whole: libzmq 4.3 takes it in both roles. */
export function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING_BYTES);
  bytes[0] = 0xff;
  bytes[8] = 0x01;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set([0x4e, 0x55, 0x4c, 0x4c], 12);
  return bytes;
}

export type Handshake =
  /** More bytes are needed. */
  | { readonly kind: 'partial' }
  /** No ZMTP 3; `at` is the first byte that does not fit. */
  | { readonly kind: 'not-zmtp'; readonly at: number }
  /** ZMTP with a mechanism that needs keys (PLAIN, CURVE), or an ERROR instead of READY. */
  | { readonly kind: 'refused'; readonly what: string }
  | { readonly kind: 'ready'; readonly socketType: string };

const partial: Handshake = { kind: 'partial' };

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** What all bytes received so far say. */
export function readHandshake(bytes: Uint8Array): Handshake {
  const signature = [0xff, null, null, null, null, null, null, null, null, 0x7f] as const;
  for (let at = 0; at < signature.length; at++) {
    const wanted = signature[at];
    const byte = bytes[at];
    if (byte === undefined) return partial;
    if (wanted !== null && byte !== wanted) return { kind: 'not-zmtp', at };
  }
  const major = bytes[10];
  if (major === undefined) return partial;
  if (major < 3) return { kind: 'not-zmtp', at: 10 };
  if (bytes.length < GREETING_BYTES) return partial;
  const field = bytes.subarray(12, 32);
  const end = field.indexOf(0);
  const mechanism = ascii(end < 0 ? field : field.subarray(0, end));
  if (!/^[A-Z0-9_+.-]{1,20}$/.test(mechanism)) return { kind: 'not-zmtp', at: 12 };
  if (mechanism !== 'NULL') return { kind: 'refused', what: `it wants the security mechanism ${mechanism}` };
  return readCommand(bytes.subarray(GREETING_BYTES));
}

function readCommand(bytes: Uint8Array): Handshake {
  const at = (offset: number): Handshake => ({ kind: 'not-zmtp', at: GREETING_BYTES + offset });
  const [flags, size] = bytes;
  if (flags === undefined) return partial;
  // Flags 04: a command frame with a one-byte length; 06 (eight bytes) is for bodies above 255 bytes.
  if (flags !== 0x04 && flags !== 0x06) return at(0);
  let start = 2;
  let length = size;
  if (flags === 0x06) {
    start = 9;
    if (bytes.length < start) return partial;
    length = Number(new DataView(bytes.buffer, bytes.byteOffset + 1, 8).getBigUint64(0));
  }
  if (length === undefined) return partial;
  if (length > MAX_COMMAND_BYTES) return at(1);
  if (bytes.length < start + length) return partial;
  const body = bytes.subarray(start, start + length);
  const nameLength = body[0] ?? 0;
  const name = ascii(body.subarray(1, 1 + nameLength));
  if (name === 'ERROR') return { kind: 'refused', what: 'it answers with an ERROR' };
  if (name !== 'READY') return at(start);
  return readProperties(body.subarray(1 + nameLength), at(start + 1 + nameLength));
}

/** Name (1 byte of length), value (4 bytes, big-endian). */
function readProperties(bytes: Uint8Array, broken: Handshake): Handshake {
  let socketType: string | null = null;
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + (bytes[at] ?? 0);
    if (nameEnd + 4 > bytes.length) return broken;
    const length = new DataView(bytes.buffer, bytes.byteOffset + nameEnd, 4).getUint32(0);
    if (nameEnd + 4 + length > bytes.length) return broken;
    // Property names do not depend on letter case (RFC 23).
    if (ascii(bytes.subarray(at + 1, nameEnd)).toLowerCase() === 'socket-type')
      socketType = ascii(bytes.subarray(nameEnd + 4, nameEnd + 4 + length));
    at = nameEnd + 4 + length;
  }
  return socketType !== null && /^[A-Z]{1,16}$/.test(socketType) ? { kind: 'ready', socketType } : broken;
}

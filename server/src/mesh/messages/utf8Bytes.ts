/**
 * The bytes of a text that is sent at once, such as an acknowledgement. A buffer of its own for each costs three times
 * what writing it does: they are cut from larger pieces, which whoever keeps one of them keeps as a whole.
 */
const pieceBytes = 32_768;
const longestCut = 4_096;
/** Of a UTF-16 code unit. */
const mostBytes = 3;
const encoder = new TextEncoder();

let piece = new Uint8Array(0);
let used = 0;

/** Nobody else ever writes to the bytes. */
export function utf8Bytes(text: string): Uint8Array {
  const need = text.length * mostBytes;
  if (need > longestCut) return encoder.encode(text);
  if (used + need > piece.length) {
    piece = new Uint8Array(pieceBytes);
    used = 0;
  }
  const start = used;
  used += encoder.encodeInto(text, piece.subarray(start)).written;
  return piece.subarray(start, used);
}

/**
 * The bytes of an ASCII text. A packet is a few hundred bytes, and a buffer of its own for each costs several times what
 * writing it does: short ones are cut from larger pieces.
 */
const pieceBytes = 32_768;
const longestCut = 2_048;
const encoder = new TextEncoder();

let piece = new Uint8Array(0);
let used = 0;

/** @param text ASCII only. Nobody else ever writes to the bytes. */
export function asciiBytes(text: string): Uint8Array {
  const { length } = text;
  if (length > longestCut) return encoder.encode(text);
  if (used + length > piece.length) {
    piece = new Uint8Array(pieceBytes);
    used = 0;
  }
  const start = used;
  for (let index = 0; index < length; index += 1) piece[start + index] = text.charCodeAt(index);
  used += length;
  return piece.subarray(start, used);
}

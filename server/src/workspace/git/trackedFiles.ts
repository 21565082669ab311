/**
 * The names in git's index (gitformat-index(5), versions 2 to 4), and nothing else of it. Read here because asking `git`
 * would mean to execute what a repository configures (hooks, filters, fsmonitor), and the libraries that read an index
 * bring a whole git along.
 */

const signature = 0x44495243; // DIRC
const linkExtension = 'link';
/** Ten times in four bytes, the object's name, two bytes of flags. */
const fixedBytes = 40;
const extendedFlag = 0x4000;

/**
 * @param hashBytes 20 for SHA-1 repositories, 32 for SHA-256.
 * @returns Paths with `/`, relative to the working tree; null for a file that is no index, and for a split index, whose
 *   names stand in another file.
 */
export function readTrackedFiles(bytes: Buffer, hashBytes: 20 | 32 = 20): ReadonlySet<string> | null {
  if (bytes.length < 12 + hashBytes || bytes.readUInt32BE(0) !== signature) return null;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return null;
  const names = new Set<string>();
  const end = bytes.length - hashBytes;
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const start = at;
    at += fixedBytes + hashBytes;
    if (at + 2 > end) return null;
    const extended = version > 2 && (bytes.readUInt16BE(at) & extendedFlag) !== 0;
    at += extended ? 4 : 2;
    let kept = 0;
    if (version === 4) {
      const strip = readVarint(bytes, at);
      if (strip === null || strip.value > previous.length) return null;
      at = strip.next;
      kept = previous.length - strip.value;
    }
    const close = bytes.indexOf(0, at);
    if (close < 0 || close > end) return null;
    const own = bytes.subarray(at, close);
    const name = kept === 0 ? own : Buffer.concat([previous.subarray(0, kept), own]);
    names.add(name.toString('utf8'));
    previous = name;
    // Padded with one to eight NULs to a multiple of eight; version 4 has the one NUL only.
    at = version === 4 ? close + 1 : start + Math.ceil((close - start + 1) / 8) * 8;
  }
  return hasLink(bytes, at, end) ? null : names;
}

/** The offset encoding of pack files: each further byte counts from one above what fewer bytes can say. */
function readVarint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } | null {
  let at = from;
  let byte = bytes[at++];
  if (byte === undefined) return null;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes[at++];
    if (byte === undefined || value > 0xff_ffff) return null;
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, next: at };
}

function hasLink(bytes: Buffer, from: number, end: number): boolean {
  for (let at = from; at + 8 <= end; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (bytes.toString('latin1', at, at + 4) === linkExtension) return true;
  }
  return false;
}

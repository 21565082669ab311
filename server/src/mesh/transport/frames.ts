/** SWIM over TCP: 4-byte big-endian length, then what a datagram would carry (swim-p2p 1.2.6). */

/** A digest of 1,000 members is 120 kB. */
export const maxFrameBytes = 1024 * 1024;

/** Length and payload in one piece, as swim-p2p writes them. */
export function frame(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + payload.length);
  new DataView(bytes.buffer).setUint32(0, payload.length);
  bytes.set(payload, 4);
  return bytes;
}

export interface FrameReader {
  /** Complete frames in order; null: the sender announces more than `maxFrameBytes` and must be cut off. */
  push(chunk: Uint8Array): Uint8Array[] | null;
  /** True in the middle of a frame. */
  readonly partial: boolean;
}

export function createFrameReader(): FrameReader {
  let chunks: Uint8Array[] = [];
  let buffered = 0;

  function take(): Uint8Array {
    const [only] = chunks;
    if (chunks.length === 1 && only !== undefined) return only;
    const joined = new Uint8Array(buffered);
    let at = 0;
    for (const chunk of chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }

  let wanted = 4;
  return {
    push(chunk) {
      chunks.push(chunk);
      buffered += chunk.length;
      const frames: Uint8Array[] = [];
      if (buffered < wanted) return frames;
      let rest = take();
      for (;;) {
        if (rest.length < 4) {
          wanted = 4;
          break;
        }
        const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0);
        if (length > maxFrameBytes) return null;
        if (rest.length < 4 + length) {
          wanted = 4 + length;
          break;
        }
        frames.push(rest.subarray(4, 4 + length));
        rest = rest.subarray(4 + length);
      }
      chunks = rest.length > 0 ? [rest] : [];
      buffered = rest.length;
      return frames;
    },
    get partial() {
      return buffered > 0;
    },
  };
}

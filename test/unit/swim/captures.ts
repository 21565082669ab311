/** Frames of real swim-p2p 1.2.6 nodes. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import * as z from 'zod';

const recordSchema = z.object({
  t: z.number(),
  proto: z.enum(['udp', 'tcp', 'zmq']),
  from: z.string(),
  to: z.string(),
  bytes_hex: z.string(),
  decoded: z.record(z.string(), z.unknown()),
});

export interface CapturedFrame {
  readonly file: string;
  readonly seconds: number;
  readonly transport: 'udp' | 'tcp';
  readonly from: string;
  readonly to: string;
  /** Without the TCP length prefix. */
  readonly bytes: Uint8Array;
  /** What the recorder read in it. */
  readonly decoded: Record<string, unknown>;
}

export const captureFiles = [
  'py-py-3nodes-jarviscore-1.0.2.jsonl',
  'py-py-3nodes-jarviscore-3.0.0.jsonl',
  'swim-tcp-and-indirect-probe-1.0.2.jsonl',
  'foreign-peer-with-jarviscore-1.0.2.jsonl',
  'join-first-12s-1.0.2.jsonl',
  'crash-suspect-dead-20s-1.0.2.jsonl',
] as const;

/** The SWIM frames of one capture, in order. */
export function swimFrames(file: (typeof captureFiles)[number]): CapturedFrame[] {
  const text = readFileSync(new URL(`../../fixtures/captures/${file}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => recordSchema.parse(JSON.parse(line)))
    .flatMap((record) => {
      if (record.proto === 'zmq' || record.bytes_hex === '') return [];
      const raw = Buffer.from(record.bytes_hex, 'hex');
      if (record.proto === 'tcp' && raw.readUInt32BE(0) !== raw.length - 4)
        throw new Error(`${file}: a TCP frame of wrong length`);
      const bytes = new Uint8Array(record.proto === 'tcp' ? raw.subarray(4) : raw);
      return [
        { file, seconds: record.t, transport: record.proto, from: record.from, to: record.to, bytes, decoded: record.decoded },
      ];
    });
}

/** `Inflate` as the runtime brings it. */
export function inflate(zlib: Uint8Array, maxBytes: number): Uint8Array | null {
  try {
    return inflateSync(zlib, { maxOutputLength: maxBytes });
  } catch {
    return null;
  }
}

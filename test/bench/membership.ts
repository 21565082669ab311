/** The membership codec and merge on the datagram a fleet of ten exchanges, beside the bare JSON functions. */
import { inflateSync } from 'node:zlib';
import type { DigestEntry, SwimMessage } from '#schemas/wire/swim.ts';
import { swimMessageSchema } from '#schemas/wire/swim.ts';
import { decode, encode } from '#server/mesh/swim/codec.ts';
import { join } from '#server/mesh/swim/merge.ts';
import { median, type Row } from './row.ts';

const MESSAGES = 20_000;
const inflate = (zlib: Uint8Array, maxBytes: number): Uint8Array => inflateSync(zlib, { maxOutputLength: maxBytes });

function heartbeat(incarnation: number): Extract<SwimMessage, { type: 'HEARTBEAT' }> {
  const entries = Array.from({ length: 10 }, (_unused, index): DigestEntry => {
    return { addr: `127.0.0.1:${7_946 + index}`, state: 'ALIVE', incarnation, last_heartbeat: 1785000000.04, metadata: {} };
  });
  const digest = { version: 10, entries, is_full: true, timestamp: 1785000000.04, source: '127.0.0.1:7946' };
  return { type: 'HEARTBEAT', from: '127.0.0.1:7946', digest, id: '7a37fd42', timestamp: 1785000000.04 };
}

/** Milliseconds for MESSAGES calls, median of five. */
function time(run: (index: number) => unknown): number {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    for (let index = 0; index < MESSAGES; index += 1) run(index);
    rounds.push(performance.now() - start);
  }
  return median(rounds);
}

/** @returns decoding, encoding and merging, each with the nearest thing a peer without them would do. */
export function membership(): Row[] {
  const bytes = encode(heartbeat(1));
  const text = new TextDecoder().decode(bytes.subarray(1));
  const decoded = time(() => decode(bytes, inflate));
  const schema = time(() => swimMessageSchema.parse(JSON.parse(text)));
  // A new message each time: the text of an entry that was sent before is kept.
  const encoded = time((index) => encode(heartbeat(index)));
  const stringified = time((index) => JSON.stringify(heartbeat(index)));
  const told = heartbeat(1).digest.entries;
  const held = heartbeat(1).digest.entries;
  const merged = time(() => told.map((entry, index) => join(held[index] ?? entry, entry)));
  const row = (what: string, ours: number, name: string, value: number, goal: string, holds: boolean): Row => {
    return { what, ours, reference: { name, value }, unit: 'ms', goal, holds };
  };
  const count = MESSAGES.toLocaleString('en');
  return [
    row(`decode ${count} heartbeats of ten members`, decoded, 'JSON.parse and the schema', schema, 'faster', decoded < schema),
    row(
      `encode ${count} heartbeats, nothing kept`,
      encoded,
      'JSON.stringify',
      stringified,
      'at most 4 x',
      encoded <= 4 * stringified,
    ),
    row(`merge ${count} digests without news`, merged, 'decoding them', decoded, 'at most a fifth', merged <= decoded / 5),
  ];
}

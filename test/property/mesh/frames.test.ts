import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameReader, frame, maxFrameBytes } from '#server/mesh/transport/frames.ts';
import { createRateLimit } from '#server/mesh/transport/rateLimit.ts';

test('frames survive any cutting of the stream', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
      (payloads, cuts) => {
        const stream = Buffer.concat(payloads.map((payload) => frame(payload)));
        const reader = createFrameReader();
        const found: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1;
          const frames = reader.push(stream.subarray(at, at + size));
          if (frames === null) throw new Error('refused');
          found.push(...frames.map((entry) => Uint8Array.from(entry)));
          at += size;
        }
        expect(found).toEqual(payloads.map((payload) => Uint8Array.from(payload)));
        expect(reader.partial).toBe(false);
      },
    ),
  );
});

test('an announced length above the limit is refused before anything is kept', () => {
  const header = new Uint8Array(4);
  new DataView(header.buffer).setUint32(0, maxFrameBytes + 1);
  expect(createFrameReader().push(header)).toBeNull();
});

test('a source gets its burst and its rate, and the table stays bounded', () => {
  const limit = createRateLimit({ perSecond: 10, burst: 5, sources: 3 });
  const allowed = (source: string, nowMs: number, tries: number) =>
    Array.from({ length: tries }, () => limit.allow(source, nowMs)).filter(Boolean).length;
  expect(allowed('a', 0, 20)).toBe(5);
  expect(allowed('a', 1_000, 20)).toBe(5);
  expect(allowed('a', 1_200, 20)).toBe(2);
  expect(allowed('b', 1_200, 20), 'others are not touched').toBe(5);
});

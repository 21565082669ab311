import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiBytes } from '#server/mesh/swim/asciiBytes.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 300 }),
  fc.integer({ min: 1_900, max: 2_200 }).map((length) => 'abcdefg'.repeat(400).slice(0, length)),
);

test('the bytes are those of TextEncoder, and stay so whatever is encoded later', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 200 }), (texts) => {
      const bytes = texts.map(asciiBytes);
      expect(bytes.map((one) => [...one])).toEqual(texts.map((one) => [...new TextEncoder().encode(one)]));
    }),
    { numRuns: 60 },
  );
});

test('short texts share a piece, one after the other', () => {
  const first = asciiBytes('PING');
  const second = asciiBytes('PONG');
  const shared = first.buffer === second.buffer;
  expect(second.byteOffset).toBe(shared ? first.byteOffset + 4 : 0);
  expect(asciiBytes('x'.repeat(5_000)).buffer.byteLength).toBe(5_000);
});

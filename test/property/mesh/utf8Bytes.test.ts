import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes } from '#server/mesh/messages/utf8Bytes.ts';

const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('€', 'ä', '𐍈', '\ud800', 'a'), minLength: 2_000, maxLength: 4_000 }),
);

test('texts are written as TextEncoder writes them, and stay as they are while others are written', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
      const written = texts.map(utf8Bytes);
      const wanted = texts.map((each) => new TextEncoder().encode(each));
      expect(written.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
        wanted.map((bytes) => Buffer.from(bytes).toString('hex')),
      );
    }),
  );
});

test('a long text has a buffer of its own, short ones share a piece', () => {
  expect(utf8Bytes('x'.repeat(1_366)).buffer.byteLength).toBe(1_366);
  const [one, two] = [utf8Bytes('one'), utf8Bytes('two')];
  expect(one.buffer.byteLength).toBe(32_768);
  expect(two.buffer === one.buffer || two.byteOffset === 0).toBe(true);
});

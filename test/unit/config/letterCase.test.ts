import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FoldedSet, inUpperCase } from '#server/config/text/letterCase.ts';

/** Names in any letter case, and letters whose other case is of another length or of ASCII. */
const name = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('LOG_LEVEL', 'log_level', 'Log_Level', 'straße', '\u212aEY', 'ıd', 'ſize', '[', '`', '{', 'A9-'),
);

test('upper case is what the engine makes of it', () => {
  fc.assert(
    fc.property(name, (text) => {
      expect(inUpperCase(text)).toBe(text.toUpperCase());
    }),
    { numRuns: 1000 },
  );
});

test('a text is in a set whatever its letter case', () => {
  const words = ['LOG_LEVEL', 'key', 'Id_9', 'SIZE'];
  const set = new FoldedSet(words);
  const lower = new Set(words.map((word) => word.toLowerCase()));
  const text = fc.oneof(name, fc.mixedCase(fc.constantFrom(...words)), fc.constantFrom('\u212aey', 'ıd_9'));
  fc.assert(
    fc.property(text, (one) => {
      expect(set.has(one)).toBe(lower.has(one.toLowerCase()));
    }),
    { numRuns: 1000 },
  );
});

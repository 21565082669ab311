import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Distinct } from '#server/config/text/distinct.ts';

test('a text that was there before is noticed, wherever it stands', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 60 }), fc.nat(), (texts, place) => {
      const distinct = new Distinct(4);
      for (const text of texts) expect(distinct.add(text)).toBe(true);
      const again = texts[place % Math.max(1, texts.length)];
      if (again !== undefined) expect(distinct.add(again)).toBe(false);
    }),
  );
});

test('names that differ in one digit are different, of a large file too', () => {
  const distinct = new Distinct(0);
  for (let i = 0; i < 200_000; i++) if (!distinct.add(`APPLICATION_SETTING_${i}`)) expect.fail(`${i} passes for an earlier one`);
});

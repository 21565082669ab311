import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OverlayMap } from '#server/config/model/overlay.ts';

const keys: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'toString'];
const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.integer()), {
  selector: ([key]) => key,
});

test('a map over another one is what the map of both would be, whichever way it is asked', () => {
  fc.assert(
    fc.property(entries, entries, (below, above) => {
      const own = new Map(above);
      const overlay = new OverlayMap(new Map(below), own);
      const both = new Map([...below, ...above]);
      const called: unknown[] = [];
      overlay.forEach((value, key, map) => {
        called.push([key, value, map === overlay]);
      });

      expect([...overlay]).toEqual([...both]);
      expect([...overlay.entries()]).toEqual([...both.entries()]);
      expect([...overlay.keys()]).toEqual([...both.keys()]);
      expect([...overlay.values()]).toEqual([...both.values()]);
      expect(called).toEqual([...both].map(([key, value]) => [key, value, true]));
      expect(overlay.size).toBe(both.size);
      for (const key of [...keys, 'absent']) {
        expect(overlay.has(key)).toBe(both.has(key));
        expect(overlay.get(key)).toBe(both.get(key));
      }
      expect(overlay.own).toBe(own);
    }),
  );
});

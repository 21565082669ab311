import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '#server/config/rules/similarity.ts';

/** The textbook form, without a limit. */
function plainDistance(a: string, b: string): number {
  const cost = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => cost[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    const row = cost[i] ?? [];
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row[j] = i + j;
        continue;
      }
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j] ?? 0, at(i - 2, j - 2) + 1);
    }
  }
  return at(a.length, b.length);
}

describe('edit distance', () => {
  it('equals the textbook form up to the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('A', 'B', 'C', '_'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 3 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(plainDistance(a, b), limit + 1));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the nearest name', () => {
  const names = ['KEEPALIVE_INTERVAL', 'LOG_LEVEL', 'REDIS_URL'];

  it('is within one edit for short names and two for long ones', () => {
    expect(nearest('KEEPALIVE_INTRVALL', names)).toBe('KEEPALIVE_INTERVAL');
    expect(nearest('LOG_LEVLE', names)).toBe('LOG_LEVEL');
    expect(nearest('LOGLEVE', names)).toBeNull();
    expect(nearest('DATABASE_URL', names)).toBeNull();
  });

  it('ignores letter case and underscores', () => {
    expect(nearest('redisurl', names)).toBe('REDIS_URL');
    expect(nearest('LOGLEVEL', names)).toBe('LOG_LEVEL');
  });
});

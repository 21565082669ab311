import { expect, test } from 'vitest';
import { RateLimit } from '#server/mesh/swim/rate.ts';

/** Tokens that `source` gets at once. */
function burstOf(limit: RateLimit, source: string, nowMs: number): number {
  let taken = 0;
  while (taken < 1_000 && limit.take(source, nowMs)) taken += 1;
  return taken;
}

test('a source has its burst, and then as much as comes back in the meantime', () => {
  const limit = new RateLimit(10, 25);
  expect(burstOf(limit, 'a', 5_000)).toBe(25);
  expect(limit.take('a', 5_099)).toBe(false);
  expect(burstOf(limit, 'a', 5_100)).toBe(1);
  expect(burstOf(limit, 'a', 6_100)).toBe(10);
  expect(burstOf(limit, 'a', 66_100)).toBe(25);
});

test('what one source takes is not missed by another', () => {
  const limit = new RateLimit(10, 25);
  expect(burstOf(limit, 'a', 0)).toBe(25);
  expect(burstOf(limit, 'b', 0)).toBe(25);
});

test('a source that is not in a full table makes those be forgotten that have all their tokens again', () => {
  const limit = new RateLimit(10, 20);
  for (let index = 0; index < 2_047; index += 1) limit.take(`old ${index}`, 0);
  expect(burstOf(limit, 'recent', 1_000)).toBe(20);
  // Two seconds fill a bucket: all but the recent one are as good as new.
  expect(burstOf(limit, 'new', 2_000)).toBe(20);
  expect(burstOf(limit, 'recent', 2_000)).toBe(10);
});

test('a flood of sources makes the oldest be forgotten, and never the newer half', () => {
  const limit = new RateLimit(1, 1);
  for (let index = 0; index < 2_048; index += 1) limit.take(`${index}`, 0);
  expect(limit.take('one more', 0)).toBe(true);
  const newer = Array.from({ length: 1_023 }, (_, index) => `${1_025 + index}`);
  expect(newer.filter((source) => limit.take(source, 0))).toEqual([]);
  expect(limit.take('1024', 0)).toBe(true);
  expect(limit.take('0', 0)).toBe(true);
});

import { expect, test } from 'vitest';
import { Latest } from '#server/config/model/latest.ts';

test('the last two keys keep their results, older ones are forgotten', () => {
  const latest = new Latest<object, number>();
  const [a, b, c] = [{}, {}, {}];
  expect(latest.get(a)).toBeUndefined();
  latest.set(a, 1);
  latest.set(b, 2);
  expect([latest.get(a), latest.get(b), latest.get(c)]).toEqual([1, 2, undefined]);
  latest.set(c, 3);
  expect([latest.get(a), latest.get(b), latest.get(c)]).toEqual([undefined, 2, 3]);
});

test('a new result for the latest key takes the place of its old one and of no other', () => {
  const latest = new Latest<object, number>();
  const [a, b] = [{}, {}];
  latest.set(a, 1);
  latest.set(b, 2);
  latest.set(b, 3);
  expect([latest.get(a), latest.get(b)]).toEqual([1, 3]);
});

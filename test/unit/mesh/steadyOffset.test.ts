import { expect, test } from 'vitest';
import { createSteadyOffset } from '#server/mesh/steadyOffset.ts';

function offsets() {
  const measured = new Map<string, number | null>();
  const shown = createSteadyOffset((peer) => measured.get(peer) ?? null);
  return (peer: string, value: number | null) => {
    measured.set(peer, value);
    return shown(peer);
  };
}

test.each([
  [0, 0],
  [49, 0],
  [50, 100],
  [-49, 0],
  [-51, -100],
  [149, 100],
  [1_234, 1_200],
  [-42_040, -42_000],
])('%d ms is shown as %d ms', (measured, shown) => {
  expect(offsets()('a', measured)).toBe(shown);
});

test('it stays until the measured one is a whole step away, in either direction', () => {
  const show = offsets();
  expect(show('a', 120)).toBe(100);
  expect(show('a', 199)).toBe(100);
  expect(show('a', 1)).toBe(100);
  expect(show('a', 200)).toBe(200);
  expect(show('a', 101)).toBe(200);
  expect(show('a', 100)).toBe(100);
});

test('nothing measured is nothing shown, and what was shown is remembered meanwhile', () => {
  const show = offsets();
  expect(show('a', null)).toBeNull();
  expect(show('a', 120)).toBe(100);
  expect(show('a', null)).toBeNull();
  expect(show('a', 160)).toBe(100);
});

test('each peer has its own', () => {
  const show = offsets();
  expect(show('a', 120)).toBe(100);
  expect(show('b', 160)).toBe(200);
  expect(show('a', 160)).toBe(100);
});

test('of 4096 peers each is remembered; one more begins anew', () => {
  const show = offsets();
  for (let index = 0; index < 4_096; index++) show(`p${index}`, 120);
  expect(show('p0', 160)).toBe(100);
  show('one more', 120);
  expect(show('p0', 160)).toBe(200);
  expect(show('one more', 160)).toBe(100);
});

/** The check for circles of imports. */
import { expect, test } from 'vitest';
import { circles, importsOf, repositoryGraph } from '../../../scripts/cycles.ts';

test('circles are found, chains and diamonds are none', () => {
  const graph = (edges: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(edges));
  expect(circles(graph({ a: ['b'], b: ['c'], c: [] }))).toEqual([]);
  expect(circles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
  expect(circles(graph({ a: ['b'], b: ['a'] }))).toEqual([['a', 'b']]);
  expect(circles(graph({ x: ['a'], a: ['b'], b: ['c', 'y'], c: ['a'], y: [] }))).toEqual([['a', 'b', 'c']]);
  expect(circles(graph({ a: ['a'] }))).toEqual([['a']]);
});

test('imports of types alone do not count', () => {
  const text = `import { a } from './a.ts';
import type { B } from './b.ts';
import { type C, d } from './c.ts';
import { type E, type F } from './e.ts';
export { g } from './g.ts';
export type { H } from './h.ts';
import './i.ts';
import * as j from './j.ts';
import {
  k,
  type L,
} from './k.ts';
const text = "import { no } from './no.ts'";
`;
  expect(importsOf(text)).toEqual(['./a.ts', './c.ts', './g.ts', './i.ts', './j.ts', './k.ts']);
});

test('nothing here imports itself in a circle', () => {
  const graph = repositoryGraph();
  expect([...graph.values()].flat().length).toBeGreaterThan(1_000);
  expect(circles(graph)).toEqual([]);
});

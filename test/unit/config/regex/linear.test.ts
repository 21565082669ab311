/**
 * Work of the regular expressions on hostile texts. Steps of a backtracking search are counted, not timed: against every
 * loop of every expression texts are built that run it long and then fit nothing, and twice the text may cost little more
 * than twice the steps.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { attacksOn } from './attacks.ts';
import { constructionsOf } from './constructions.ts';
import { literalsOf } from './literals.ts';
import { parse } from './parse.ts';
import { counted, TooMuch } from './steps.ts';

const folder = fileURLToPath(new URL('../../../../server/src/config/', import.meta.url));
const rounds = 50;
/** A loop in a loop is stopped here: 2 x 50 rounds of linear work stay far below. */
const limit = 100_000;
/** Quadratic work comes to 4, linear to 2. */
const allowed = 2.5;

/** File and expression of those that are given short texts only, or are no expression of their own. */
const bounded: ReadonlyMap<string, string> = new Map([
  ['readers/secretFacts.ts', 'placeholder: asked for values of up to 256 characters only'],
]);

/** How much more a text of twice the length costs, for the worst attack. */
function growth(source: string, flags: string): number {
  const tree = parse(source);
  const engine = counted(tree, flags);
  let worst = 0;
  for (const { before, pump, after } of attacksOn(tree, engine)) {
    try {
      const once = engine.search(before + pump.repeat(rounds) + after, limit);
      const twice = engine.search(before + pump.repeat(2 * rounds) + after, limit);
      // What the ends cost is no growth.
      worst = Math.max(worst, (twice - rounds) / (once + 1));
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      return Number.POSITIVE_INFINITY;
    }
  }
  return worst;
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const texts = files.map((file) => ({ file, text: readFileSync(folder + file, 'utf8') }));
/** What parameters of functions stand for that build an expression, by file and name. */
const parameters: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // Names of Python, which end at what `\b` sees.
  'readers/python/overwritten.ts': { name: ['mesh', 'a', '_'] },
  'readers/python/scope.ts': { attribute: ['port', 'a', '_'] },
  'readers/yaml/document.ts': { key: ['services', 'apiVersion', 'kind'] },
};
const constructions = texts.flatMap(({ file, text }) =>
  constructionsOf(text, parameters[file] ?? {}).map((construction) => ({ file, ...construction })),
);
const literals = [
  ...texts.flatMap(({ file, text }) => literalsOf(text).map((literal) => ({ file, ...literal }))),
  ...constructions,
];

describe('the counter', () => {
  it.each([
    ['^a+$', 'linear'],
    ['[^=]*=', 'quadratic: a search begins everywhere'],
    ['^\\s*a?\\s*$', 'quadratic'],
    ['^(?:a+)+$', 'exponential'],
    ['^(?:a|a)*$', 'exponential'],
    ['^(?:a|b)*$', 'linear'],
    ['(a*)\\1b', 'worse'],
    ['(?<=x)a+b', 'linear'],
    ['^(?=a*b)', 'linear'],
    [' +$', 'quadratic'],
  ])('tells how /%s/ grows', (source, kind) => {
    const factor = growth(source, '');
    if (kind === 'linear') expect(factor).toBeLessThan(allowed);
    else expect(factor).toBeGreaterThan(allowed);
    if (kind === 'exponential') expect(factor).toBe(Number.POSITIVE_INFINITY);
  });

  it('finds what the engine itself finds', () => {
    const samples = ['', 'a', 'aab', ' a=1', '"x" # y', '3.11', 'x'.repeat(30)];
    for (const { source, flags } of literals.filter((literal) => !/[gy]/.test(literal.flags)).slice(0, 150)) {
      const engine = counted(parse(source), flags);
      for (const text of samples)
        expect([source, text, engine.matches(text)]).toEqual([source, text, new RegExp(source, flags).test(text)]);
    }
  });
});

it('every expression of the folder is found', () => {
  const written = texts.flatMap(({ file, text }) => [...text.matchAll(/\bRegExp\(/g)].map(() => file));
  expect(written.length).toBeGreaterThan(5);
  // Each is built at least once, with every value its parameters are given here.
  expect([...new Set(constructions.map(({ file, line }) => `${file}:${line}`))]).toHaveLength(written.length);
  expect(Object.keys(parameters).filter((file) => !written.includes(file))).toEqual([]);
  for (const { source, flags } of literals) expect(() => new RegExp(source, flags)).not.toThrow();
  // As many as stand before a call that only expressions have, at least.
  const calls = files.flatMap((file) => [...readFileSync(folder + file, 'utf8').matchAll(/\/[a-z]*\.(?:test|exec)\(/g)]);
  expect(calls.length).toBeGreaterThan(100);
  expect(literals.length).toBeGreaterThan(calls.length);
});

it('no expression does more than linear work', { timeout: 120_000 }, () => {
  const known = new Map<string, number>();
  const slow = literals.flatMap(({ file, line, source, flags }) => {
    const key = `/${source}/${flags}`;
    let factor = known.get(key);
    if (factor === undefined) {
      factor = growth(source, flags);
      known.set(key, factor);
    }
    return factor > allowed ? [{ file, text: `${file}:${line} ${key}` }] : [];
  });
  expect(slow.filter(({ file }) => !bounded.has(file)).map(({ text }) => text)).toEqual([]);
  // An exception that is none any more goes.
  expect([...bounded.keys()].filter((file) => !slow.some((one) => one.file === file))).toEqual([]);
});

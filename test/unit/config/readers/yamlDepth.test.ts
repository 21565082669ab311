/** How deeply YAML texts nest, and what systemd fills in. */
import { describe, expect, test } from 'vitest';
import { fillSpecifiers } from '#server/config/readers/systemd/specifiers.ts';
import { nestsDeeperThan } from '#server/config/readers/yaml/nesting.ts';

/** The deepest level a text reaches. */
function levelsOf(text: string): number {
  let limit = 0;
  while (nestsDeeperThan(text, limit)) limit++;
  return limit;
}

describe('levels', () => {
  test.each<[string, number]>([
    ['', 0],
    ['a', 1],
    ['a: 1', 1],
    ['a:\n  b: 1', 2],
    ['a:\n  b:\n    c: 1\nd: 1', 3],
    ['- a', 2],
    ['- - a', 3],
    ['- - - a', 4],
    ['-\n  - a', 3],
    ['- a: 1', 2],
    ['- a: 1\n  b: 1', 2],
    ['- ? a\n  : b', 3],
    ['? - a', 3],
    ['[]', 2],
    ['[[]]', 3],
    ['{a: [b]}', 3],
    ['[a]: 1', 2],
    ['a: [b, {c: d}]', 3],
    ['a: [\n[\n[', 4],
    [']]]', 0],
    ['"a": 1', 1],
    ["'a':\n  'b': 1", 2],
    ['a: |\n  b:\n    c: d', 1],
    ['# a:\n#   b:\na: 1', 1],
    ['a:\n- b\n- c', 2],
    ['a:\n  - b:\n    - c', 4],
    ['---\na: 1\n---\nb:\n  c: 1', 2],
    ['a: "x\n    y"\nb: 1', 1],
    ['&x a: 1', 1],
    ['!t a: 1', 1],
    ['\ta: 1', 1],
    ['  a: 1\nb: 2', 1],
    ['a:\r\n  b: 1\r\n', 2],
    ['- a\n-\n  - b', 3],
    ['{', 2],
    ['- {a: [}', 4],
  ])('%j', (text, expected) => {
    expect(levelsOf(text)).toEqual(expected);
  });
});

describe('specifiers', () => {
  test.each<[string, string | null, string | null]>([
    ['a', null, 'a'],
    ['%i', 'x-y', 'x-y'],
    ['%i', null, null],
    ['%I', 'x-y', 'x/y'],
    ['%I', 'a\\x2db-c\\x2F', 'a-b/c/'],
    ['%I', null, null],
    ['%N', null, 'node@x-y'],
    ['%n', null, 'node@x-y.service'],
    ['%p', null, 'node'],
    ['%%', null, '%'],
    ['100%%i', 'x', '100%i'],
    ['%h', 'x', null],
    ['%', 'x', null],
    ['a%', 'x', null],
    ['%i-%p-%%', 'x', 'x-node-%'],
    ['%i %h', 'x', null],
    ['', null, ''],
    ['%i', '', ''],
  ])('%j', (text, instance, expected) => {
    expect(fillSpecifiers(text, { instance, name: 'node@x-y' })).toEqual(expected);
  });
});

describe('specifiers of nobody', () => {
  test.each<[string, string | null]>([
    ['a', 'a'],
    ['%%', '%'],
    ['%i', null],
    ['%N', null],
    ['%p %%', null],
  ])('%j', (text, expected) => {
    expect(fillSpecifiers(text, null)).toEqual(expected);
  });
});

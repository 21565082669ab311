// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** References as python-dotenv expands them. */
import { describe, expect, test } from 'vitest';
import { expandBindings, splitInterpolation } from '#server/config/text/interpolation.ts';

describe('parts', () => {
  test.each<[string, unknown[]]>([
    ['', []],
    ['a', ['a']],
    ['$', ['$']],
    ['${', ['${']],
    ['${}', [['', null]]],
    ['${A}', [['A', null]]],
    ['${A', ['${A']],
    [
      '${A}${B}',
      [
        ['A', null],
        ['B', null],
      ],
    ],
    ['x${A}y${B}z', ['x', ['A', null], 'y', ['B', null], 'z']],
    ['${A:-}', [['A', '']]],
    ['${A:-d}', [['A', 'd']]],
    ['${A:-d', ['${A:-d']],
    ['${A:-${B}}', [['A', '${B'], '}']],
    ['${A:d}', ['${A:d}']],
    ['${A:}', ['${A:}']],
    ['${A:d} ${B}', ['${A:d} ', ['B', null]]],
    ['${A:', ['${A:']],
    ['${A:-', ['${A:-']],
    ['$A', ['$A']],
    ['$${A}', ['$', ['A', null]]],
    ['{A}', ['{A}']],
    ['${A-d}', [['A-d', null]]],
    ['${ A }', [[' A ', null]]],
    ['${A\n}', [['A\n', null]]],
    ['${A${B}}', [['A${B', null], '}']],
    ['${A:x${B:-c}d', ['${A:x', ['B', 'c'], 'd']],
    ['}${A}', ['}', ['A', null]]],
  ])('%j', (text, expected) => {
    expect(splitInterpolation(text).map((part) => (part.kind === 'text' ? part.text : [part.name, part.fallback]))).toEqual(
      expected,
    );
  });
});

describe('values of a file', () => {
  test.each<[[string, string | null][], Record<string, string>, boolean, (string | null)[]]>([
    [
      [
        ['A', '1'],
        ['B', '${A}'],
      ],
      {},
      true,
      ['1', '1'],
    ],
    [
      [
        ['A', '1'],
        ['B', '${A}'],
      ],
      { A: '2' },
      true,
      ['1', '1'],
    ],
    [
      [
        ['A', '1'],
        ['B', '${A}'],
      ],
      { A: '2' },
      false,
      ['1', '2'],
    ],
    [[['B', '${A}']], { A: '2' }, true, ['2']],
    [[['B', '${A}']], { A: '2' }, false, ['2']],
    [
      [
        ['B', '${A}'],
        ['A', '1'],
      ],
      {},
      true,
      ['', '1'],
    ],
    [
      [
        ['A', null],
        ['B', 'x${A:-d}'],
      ],
      {},
      true,
      [null, 'x'],
    ],
    [
      [
        ['A', null],
        ['B', '${A:-d}'],
      ],
      { A: '2' },
      true,
      [null, ''],
    ],
    [
      [
        ['A', null],
        ['B', '${A:-d}'],
      ],
      { A: '2' },
      false,
      [null, '2'],
    ],
    [
      [
        ['A', ''],
        ['B', '${A:-d}'],
      ],
      {},
      true,
      ['', ''],
    ],
    [
      [
        ['A', '1'],
        ['A', '${A}2'],
        ['A', '${A}3'],
      ],
      {},
      true,
      ['1', '12', '123'],
    ],
    [[['B', '${toString}${N:-}']], {}, false, ['']],
  ])('%j', (bindings, around, fileWins, expected) => {
    expect(
      expandBindings(
        bindings.map(([key, text]) => ({ key, text })),
        around,
        fileWins,
      ),
    ).toEqual(expected);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Words of env files for the editor, and values, names and types as text for people. */
import { describe, expect, test } from 'vitest';
import type { Release } from '#schemas/settings/catalogue.ts';
import { isCatalogued, modelNames, nameKey, namesOf } from '#server/config/features/names.ts';
import { encodeTokens, semanticTokens } from '#server/config/features/semanticTokens.ts';
import { code, escapeMarkdown, literalText, valueText } from '#server/config/features/wording.ts';
import type { Literal, Value } from '#server/config/model/types.ts';

const release: Release = '3.0.0';

const tokens = (text: string): string[] =>
  semanticTokens(text, release).map(
    ({ line, character, length, type, modifiers }) => `${line}:${character}+${length} ${[type, ...modifiers].join(' ')}`,
  );

describe('words', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['LOG_LEVEL=x', ['0:0+9 property declaration deprecated', '0:9+1 operator', '0:10+1 string']],
    ['X=1', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+1 number']],
    ['BIND_PORT=1', ['0:0+9 property declaration deprecated', '0:9+1 operator', '0:10+1 number']],
    ['export X="a" # c', ['0:0+6 keyword', '0:7+1 variable declaration', '0:8+1 operator', '0:9+3 string', '0:13+3 comment']],
    ['X=true', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+4 enumMember']],
    ['X=Off', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+3 enumMember']],
    ['X=offs', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+4 string']],
    ['X=-1.5', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+4 number']],
    ['X=1.', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+2 string']],
    ['X=+1', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+2 number']],
    ['X=', ['0:0+1 variable declaration', '0:1+1 operator']],
    ['X', ['0:0+1 variable declaration']],
    ['# c', ['0:0+3 comment']],
    [' # c\n', ['0:1+3 comment']],
    ['X="a\nb\r\nc"', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+2 string', '1:0+1 string', '2:0+2 string']],
    ['X="a\n\nb"', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+2 string', '2:0+2 string']],
    ['X=${A}', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+2 string', '0:4+1 variable', '0:5+1 string']],
    [
      'X=a${A}b${B:-c}d',
      [
        '0:0+1 variable declaration',
        '0:1+1 operator',
        '0:2+3 string',
        '0:5+1 variable',
        '0:6+4 string',
        '0:10+1 variable',
        '0:11+5 string',
      ],
    ],
    ['X="${A}"', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+3 string', '0:5+1 variable', '0:6+2 string']],
    ['X=${A', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+3 string']],
    ['X=${1A}', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+5 string']],
    ['X=$A', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+2 string']],
    ['X=1${A}', ['0:0+1 variable declaration', '0:1+1 operator', '0:2+3 string', '0:5+1 variable', '0:6+1 string']],
    ['=x', []],
    ["'X'=1", ['0:0+3 variable declaration', '0:3+1 operator', '0:4+1 number']],
    [
      'X=1 \nY=2',
      [
        '0:0+1 variable declaration',
        '0:1+1 operator',
        '0:2+1 number',
        '1:0+1 variable declaration',
        '1:1+1 operator',
        '1:2+1 number',
      ],
    ],
    ['jarviscore_bind_port=1', ['0:0+20 property declaration defaultLibrary', '0:20+1 operator', '0:21+1 number']],
  ])('%j', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });
});

describe('words as numbers', () => {
  test.each<[string, number[]]>([
    ['', []],
    ['X=1', [0, 0, 1, 3, 1, 0, 1, 1, 7, 0, 0, 1, 1, 5, 0]],
    [
      'export LOG_LEVEL=a # c\n\n  X=true',
      [0, 0, 6, 1, 0, 0, 7, 9, 2, 3, 0, 9, 1, 7, 0, 0, 1, 1, 4, 0, 0, 2, 3, 0, 0, 2, 2, 1, 3, 1, 0, 1, 1, 7, 0, 0, 1, 4, 6, 0],
    ],
    ['X="a\nb"', [0, 0, 1, 3, 1, 0, 1, 1, 7, 0, 0, 1, 2, 4, 0, 1, 0, 2, 4, 0]],
  ])('%j', (text, expected) => {
    expect(encodeTokens(semanticTokens(text, release))).toEqual(expected);
  });
});

describe('inline code', () => {
  test.each<[string, string]>([
    ['', '`  `'],
    ['a', '`a`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['`', '`` ` ``'],
    ['a\nb', '`a⏎b`'],
    ['a\r\n\nb', '`a⏎b`'],
    [' ', '` `'],
    ['a```b`', '```` a```b` ````'],
  ])('%j', (text, expected) => {
    expect(code(text)).toEqual(expected);
  });
});

describe('Markdown', () => {
  test.each<[string, string]>([
    ['', ''],
    ['a', 'a'],
    ['a_b', 'a_b'],
    ['_a', '\\_a'],
    ['a_', 'a\\_'],
    ['a _ b', 'a \\_ b'],
    ['é_é', 'é_é'],
    ['1_2', '1_2'],
    ['*a*', '\\*a\\*'],
    ['[a](b)', '\\[a\\](b)'],
    ['<a>', '\\<a\\>'],
    ['a|b', 'a\\|b'],
    ['~~a~~', '\\~\\~a\\~\\~'],
    ['`a`', '\\`a\\`'],
    ['a\\b', 'a\\\\b'],
    ['#a', '#a'],
    ['-_-', '-\\_-'],
  ])('%j', (text, expected) => {
    expect(escapeMarkdown(text)).toEqual(expected);
  });
});

describe('literals', () => {
  test.each<[Literal, string]>([
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [1, '1'],
    [1.5, '1.5'],
    [10n, '10'],
    ['a', 'a'],
    [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
    ],
    [[1, 'a'], '[1,"a"]'],
    [{ a: 1 }, '{"a":1}'],
    [[1n], '["1"]'],
    [
      [
        'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      ],
      '["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
    ],
  ])('%s', (value, expected) => {
    expect(literalText(value)).toEqual(expected);
  });
});

describe('values', () => {
  test.each<[Value, string]>([
    [{ kind: 'absent' }, '<absent>'],
    [{ kind: 'text', text: 'a' }, 'a'],
    [
      {
        kind: 'text',
        text: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      },
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
    ],
    [{ kind: 'literal', literal: null }, 'None'],
    [{ kind: 'unknown', why: 'b' }, '<unknown>'],
    [
      { kind: 'secret', facts: { state: 'placeholder', length: 1, estimatedBits: 0, equalityClass: 1, formats: [] } },
      '<placeholder>',
    ],
  ])('%j', (value, expected) => {
    expect(valueText(value)).toEqual(expected);
  });
});

describe('names of one setting', () => {
  test.each<[string, 'environment' | 'mesh', unknown[]]>([
    [
      'JARVISCORE_BIND_PORT',
      'environment',
      [
        'environment JARVISCORE_BIND_PORT',
        true,
        ['JARVISCORE_BIND_PORT', 'BIND_PORT', 'JC_SWIM_PORT'],
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['bind_port'],
      ],
    ],
    [
      'jarviscore_bind_port',
      'environment',
      [
        'environment JARVISCORE_BIND_PORT',
        true,
        ['JARVISCORE_BIND_PORT', 'BIND_PORT', 'JC_SWIM_PORT'],
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['bind_port'],
      ],
    ],
    [
      'BIND_PORT',
      'environment',
      [
        'environment JARVISCORE_BIND_PORT',
        true,
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['bind_port'],
      ],
    ],
    [
      'bind_port',
      'mesh',
      [
        'environment JARVISCORE_BIND_PORT',
        true,
        ['JARVISCORE_BIND_PORT', 'BIND_PORT', 'JC_SWIM_PORT'],
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['bind_port'],
      ],
    ],
    [
      'BIND_PORT',
      'mesh',
      [
        'environment JARVISCORE_BIND_PORT',
        true,
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['bind_port'],
      ],
    ],
    [
      'JC_SWIM_PORT',
      'environment',
      [
        'environment JARVISCORE_BIND_PORT',
        true,
        ['JC_SWIM_PORT', 'BIND_PORT', 'JARVISCORE_BIND_PORT'],
        ['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT'],
        ['bind_port'],
      ],
    ],
    ['LOG_LEVEL', 'environment', ['environment LOG_LEVEL', true, ['LOG_LEVEL'], ['LOG_LEVEL'], ['log_level']]],
    ['JARVISCORE_LOG_LEVEL', 'environment', ['environment LOG_LEVEL', true, ['LOG_LEVEL'], ['LOG_LEVEL'], ['log_level']]],
    ['X', 'environment', ['other variable X', false, [], [], []]],
    ['x', 'mesh', ['other key x', false, [], [], []]],
    [
      'keepalive_interval',
      'mesh',
      [
        'environment KEEPALIVE_INTERVAL',
        true,
        ['KEEPALIVE_INTERVAL', 'P2P_KEEPALIVE_INTERVAL'],
        ['KEEPALIVE_INTERVAL', 'P2P_KEEPALIVE_INTERVAL'],
        ['keepalive_interval'],
      ],
    ],
    [
      'KEEPALIVE_INTERVAL',
      'environment',
      [
        'environment KEEPALIVE_INTERVAL',
        true,
        ['KEEPALIVE_INTERVAL', 'P2P_KEEPALIVE_INTERVAL'],
        ['KEEPALIVE_INTERVAL', 'P2P_KEEPALIVE_INTERVAL'],
        ['keepalive_interval'],
      ],
    ],
    [
      'seed_nodes',
      'mesh',
      [
        'environment JARVISCORE_SEED_NODES',
        true,
        ['JARVISCORE_SEED_NODES', 'JC_SEED_NODES', 'SEED_NODES'],
        ['JARVISCORE_SEED_NODES', 'JC_SEED_NODES', 'SEED_NODES'],
        ['seed_nodes'],
      ],
    ],
  ])('%j', (name, layer, expected) => {
    expect([
      nameKey(name, layer),
      isCatalogued(name, layer),
      modelNames(name, layer),
      namesOf(nameKey(name, layer), 'environment'),
      namesOf(nameKey(name, layer), 'mesh'),
    ]).toEqual(expected);
  });
});

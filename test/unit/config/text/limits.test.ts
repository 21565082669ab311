/** Characters, orders and limits that small readers share. */
import { describe, expect, test } from 'vitest';
import { isGoLetterOrNumber } from '#server/config/text/dialects/goLetters.ts';
import { isGoSpace, trimRightGo } from '#server/config/text/dialects/goText.ts';
import { Distinct } from '#server/config/text/distinct.ts';
import { withoutEnd } from '#server/config/text/ends.ts';
import { ExpansionError, expandBindings, interpolate, maxExpandedLength } from '#server/config/text/interpolation.ts';
import { FoldedSet, inUpperCase } from '#server/config/text/letterCase.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import { parseEnv } from '#server/config/text/parseEnv.ts';
import { comparePositions, overlaps, type Range, touches } from '#server/config/text/position.ts';
import { pythonJson } from '#server/config/text/pythonJson.ts';
import { isPythonSpace, trimmedEnd } from '#server/config/text/pythonText.ts';

const codes = (is: (code: number) => boolean): number[] => Array.from({ length: 0x10000 }, (_, code) => code).filter(is);
const unicodeSpaces = [
  ...[0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
];

describe('white space', () => {
  test('of Go', () => {
    expect(codes(isGoSpace)).toEqual([9, 10, 11, 12, 13, 32, ...unicodeSpaces]);
  });

  test('of Python has four more', () => {
    expect(codes(isPythonSpace)).toEqual([9, 10, 11, 12, 13, 28, 29, 30, 31, 32, ...unicodeSpaces]);
  });

  test.each([
    ['', ''],
    ['a', 'a'],
    ['a ', 'a'],
    [' a\t\u3000\u0085', ' a'],
    [' \n', ''],
    ['a\u001f', 'a\u001f'],
  ])('of the end of %j leaves %j in Go', (text, trimmed) => {
    expect(trimRightGo(text)).toBe(trimmed);
  });

  test.each([
    ['ab ', 0, 3, 2],
    ['ab ', 0, 2, 2],
    ['a  ', 1, 3, 1],
    ['   ', 0, 3, 0],
    ['a\u001f', 0, 2, 1],
    ['', 0, 0, 0],
  ])('of %j between %i and %i ends at %i in Python', (text, start, end, trimmed) => {
    expect(trimmedEnd(text, start, end)).toBe(trimmed);
  });
});

test('letters and numbers of Go', () => {
  const ascii = codes((code) => code < 0x80 && isGoLetterOrNumber(code)).map((code) => String.fromCharCode(code));
  expect(ascii.join('')).toBe('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
  // Up to U+02FF: superscripts and fractions are numbers, signs between the letters are neither.
  const latin = codes((code) => code >= 0x80 && code < 0x100 && !isGoLetterOrNumber(code));
  expect(String.fromCharCode(...latin.filter((code) => code > 0xa0))).toBe('¡¢£¤¥¦§¨©«¬\u00ad®¯°±´¶·¸»¿×÷');
  expect([0x2c1, 0x2c2, 0x2c5, 0x2c6, 0x2d1, 0x2d2].map(isGoLetterOrNumber)).toEqual([true, false, false, true, true, false]);
  expect([0x323af, 0x323b0, 0x10ffff].map(isGoLetterOrNumber)).toEqual([true, false, false]);
});

describe('positions', () => {
  const at = (line: number, character: number) => ({ line, character });
  const range = (a: number, b: number, c: number, d: number): Range => ({ start: at(a, b), end: at(c, d) });

  test.each([
    [at(1, 5), at(2, 0), -1],
    [at(2, 0), at(1, 5), 1],
    [at(1, 5), at(1, 6), -1],
    [at(1, 6), at(1, 5), 1],
    [at(1, 5), at(1, 5), 0],
  ])('%j to %j', (a, b, order) => {
    expect(Math.sign(comparePositions(a, b))).toBe(order);
  });

  test.each([
    [at(1, 1), false],
    [at(1, 2), true],
    [at(1, 9), true],
    [at(2, 3), true],
    [at(2, 4), false],
    [at(0, 3), false],
    [at(3, 0), false],
  ])('%j touches 1:2-2:3: %s', (position, expected) => {
    expect(touches(range(1, 2, 2, 3), position)).toBe(expected);
  });

  test.each([
    [range(0, 0, 1, 1), false],
    [range(0, 0, 1, 2), true],
    [range(1, 5, 1, 6), true],
    [range(0, 0, 9, 9), true],
    [range(2, 3, 2, 5), true],
    [range(2, 4, 2, 5), false],
  ])('%j overlaps 1:2-2:3: %s', (other, expected) => {
    expect(overlaps(range(1, 2, 2, 3), other)).toBe(expected);
    expect(overlaps(other, range(1, 2, 2, 3))).toBe(expected);
  });
});

describe('lines of a long text', () => {
  const text = Array.from({ length: 200 }, (_, line) => 'x'.repeat(line % 7)).join('\n');
  const lines = new LineIndex(text);

  test('have their starts, asked in any order', () => {
    expect(lines.lineCount).toBe(200);
    const before = text.split('\n').map((_, line, all) => all.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0));
    expect(before.map((_, line) => lines.startOf(line))).toEqual(before);
    for (const line of [199, 0, 100, 101, 99, 63, 64, 65, 127, 128, 129, 1]) {
      const start = before[line] ?? 0;
      expect(lines.position(start)).toEqual({ line, character: 0 });
      if (line > 0) expect(lines.position(start - 1)).toEqual({ line: line - 1, character: start - 1 - (before[line - 1] ?? 0) });
    }
    expect(lines.startOf(200)).toBe(text.length);
    expect(lines.lineAt(text.length + 5)).toBe(199);
  });
});

describe('limits', () => {
  test('Python refuses integers of more than 4300 digits, the sign not counted', () => {
    expect(pythonJson('9'.repeat(4300))).toEqual({ value: BigInt('9'.repeat(4300)) });
    expect(pythonJson(`-${'9'.repeat(4300)}`)).toEqual({ value: -BigInt('9'.repeat(4300)) });
    expect(pythonJson('9'.repeat(4301))).toBeUndefined();
    expect(pythonJson(`${'9'.repeat(4301)}.0`)).toEqual({ value: { float: Infinity } });
  });

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('Python refuses %s in more than 900 levels', (_, open, close) => {
    const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
    expect(pythonJson(nested(900))).toBeDefined();
    expect(pythonJson(nested(901))).toBeUndefined();
  });

  test('docker refuses lines of 64 KiB, in bytes', () => {
    const long = 'line is longer than 64 KiB';
    expect(parseEnv(`A=${'x'.repeat(65_533)}`, 'docker').errors).toEqual([]);
    expect(parseEnv(`A=1\nA=${'x'.repeat(65_534)}`, 'docker')).toEqual({
      entries: [],
      errors: [{ line: 2, message: `the ${long}` }],
    });
    expect(parseEnv(`A=${'ä'.repeat(32_766)}`, 'docker').errors).toEqual([]);
    expect(parseEnv(`A=${'ä'.repeat(32_767)}`, 'docker').errors).toHaveLength(1);
    expect(parseEnv(`A=${'x'.repeat(65_532)}\r\n`, 'docker').errors).toEqual([]);
    expect(parseEnv(`A=${'x'.repeat(65_533)}\r\n`, 'docker').errors).toHaveLength(1);
  });

  test('compose refuses defaults in more than 100 levels', () => {
    const nested = (depth: number) => `A=${'${N:-'.repeat(depth)}x${'}'.repeat(depth)}`;
    expect(parseEnv(nested(100), 'compose')).toEqual({ entries: [{ key: 'A', value: 'x', line: 1 }], errors: [] });
    expect(parseEnv(nested(200), 'compose').errors).toEqual([{ line: 1, message: 'defaults are nested too deeply' }]);
  });

  test('values that expand beyond all bounds are refused', () => {
    const half = 'x'.repeat(maxExpandedLength / 2);
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the syntax of the texts under test
    expect(interpolate('${A}${A}', () => half)).toHaveLength(maxExpandedLength);
    expect(() => interpolate('${A}${A}${B}', (name) => (name === 'A' ? half : 'y'))).toThrow(ExpansionError);
    const twice = ['B', 'C'].map((key) => ({ key, text: '${A}' }));
    expect(expandBindings(twice, { A: half }, true).map((one) => one?.length)).toEqual([half.length, half.length]);
    expect(() => expandBindings([...twice, { key: 'D', text: 'y${N}' }], { A: half }, true)).toThrow(
      'the values refer to each other and expand to more than 20 million characters',
    );
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the syntax of the texts under test
  });
});

test('texts without what stands at their end', () => {
  expect(['', 'a', 'aa//', '/a/', '///'].map((text) => withoutEnd(text, /\//))).toEqual(['', 'a', 'aa', '/a', '']);
});

test('letter case of names', () => {
  expect(['A_1', 'a', 'Az', 'ß', '{', '`'].map(inUpperCase)).toEqual(['A_1', 'A', 'AZ', 'SS', '{', '`']);
  const set = new FoldedSet(['Alpha', 'BETA', 'g_1']);
  expect(['ALPHA', 'alpha', 'aLpha', 'beta', 'BETA', 'G_1', 'g_1', 'GAMMA', 'gamma', ''].map((text) => set.has(text))).toEqual([
    ...[true, true, true, true, true, true, true],
    ...[false, false, false],
  ]);
});

test('texts that are surely different', () => {
  const seen = new Distinct(0);
  const names = Array.from({ length: 500 }, (_, i) => `NAME_${i}`);
  expect(names.every((name) => seen.add(name))).toBe(true);
  expect(names.some((name) => seen.add(name))).toBe(false);
  expect([seen.add(''), seen.add(''), seen.add('ab'), seen.add('ba'), seen.add('ab')]).toEqual([true, false, true, true, false]);
});

test.each([
  ['python-dotenv', 'byte 0xff is not UTF-8; the whole file is refused'],
  ['docker', 'byte 0xff is not UTF-8; the whole file is refused'],
  ['systemd', 'the text is not valid UTF-8 for systemd'],
] as const)('%s says which byte it refuses', (dialect, message) => {
  const bytes = Uint8Array.from([0x41, 0x3d, 0x31, 0x0a, 0x42, 0x3d, 0xff]);
  expect(parseEnv(bytes, dialect)).toEqual({ entries: [], errors: [{ line: 2, message }] });
});

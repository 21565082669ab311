// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { parse } from 'dotenv';
import { describe, expect, it, test } from 'vitest';
import { readSystemd } from '#server/config/text/dialects/systemd.ts';
import { type Dialect, parseEnv } from '#server/config/text/parseEnv.ts';

const read = (dialect: Dialect, text: string, surrounding: Record<string, string> = {}): Record<string, string | null> =>
  Object.fromEntries(parseEnv(text, dialect, surrounding).entries.map(({ key, value }) => [key, value]));

describe('systemd', () => {
  test.each<[string, Record<string, string>]>([
    ['A=1', { A: '1' }],
    ['  A = 1  ', { A: '1' }],
    ['A=x # c', { A: 'x # c' }],
    ['# c\n; c\nA=1', { A: '1' }],
    ['A="x y" z', { A: 'x yz' }],
    ['A=\'x\'"y"', { A: 'xy' }],
    ['A=x "y"', { A: 'x "y"' }],
    ['A="a\\"b\\n\\$c"', { A: 'a"b\\n$c' }],
    ["A='a\\n'", { A: 'a\\n' }],
    ['A=x\\\n  y', { A: 'x  y' }],
    ['A="x\ny"', { A: 'x\ny' }],
    ['A="x\nB=2', { A: 'x\nB=2' }],
    ['A=a\\ ', { A: 'a ' }],
    ['A=${B}', { A: '${B}' }],
    ['A=', { A: '' }],
  ])('%j', (text, expected) => {
    expect(read('systemd', text, { B: 'outer' })).toEqual(expected);
  });

  test('takes the line after a comment that ends in a backslash for a comment, until systemd 253', () => {
    expect(parseEnv('# c \\\nA=1\nB=2 \\\n; d\n; e\\\nnote\\\n C =3', 'systemd')).toEqual({
      entries: [{ key: 'B', value: '2 ; d', line: 3 }],
      errors: [
        { line: 2, message: 'belongs to the comment above, which ends in a backslash (systemd 254 reads it)' },
        { line: 7, message: 'belongs to the comment above, which ends in a backslash (systemd 254 reads it)' },
      ],
    });
    expect(readSystemd('# c \\\nA=1', 254).entries).toEqual([{ key: 'A', value: '1', line: 2 }]);
  });

  test('drops lines without "=" and invalid names, keeps the rest', () => {
    expect(parseEnv('export A=1\nB\nC=3\n=x\n1D=4\n\ufeffE=1', 'systemd')).toEqual({
      entries: [{ key: 'C', value: '3', line: 3 }],
      errors: [
        { line: 1, message: 'not a valid variable name' },
        { line: 2, message: 'no "=" in the line' },
        { line: 4, message: 'no "=" in the line' },
        { line: 5, message: 'not a valid variable name' },
        { line: 6, message: 'not a valid variable name' },
      ],
    });
  });
});

describe('docker --env-file', () => {
  test('takes everything behind "=" as it stands', () => {
    expect(read('docker', '\ufeff  A="x" # c \n#c\nB\nC=${A}\r\nD=')).toEqual({ A: '"x" # c ', B: null, C: '${A}', D: '' });
  });

  test.each(['export A=1', '=1', 'A =1'])('refuses the file for %j', (line) => {
    const reading = parseEnv(`OK=1\n${line}\n`, 'docker');
    expect(reading.entries).toEqual([]);
    expect(reading.errors.map((error) => error.line)).toEqual([2]);
  });
});

describe('compose', () => {
  test.each<[string, Record<string, string | null>]>([
    ['A=1 # c', { A: '1' }],
    ['A=1#c', { A: '1#c' }],
    ['A: 1', { A: '1' }],
    ['export A=1', { A: '1' }],
    ['A="x" # c\nB=2', { A: 'x', B: '2' }],
    ["A='${B}'", { A: '${B}' }],
    ['A=${B}', { A: 'outer' }],
    ['B=file\nA=$B', { B: 'file', A: 'outer' }],
    ['N=file\nA=${N}', { N: 'file', A: 'file' }],
    ['A=${N:-d} ${N:+p}', { A: 'd ' }],
    ['A=${N:-${B}}', { A: 'outer' }],
    ['A=$$B', { A: '$B' }],
    ['A="\\$B \\n\\t\\"\\\\"', { A: '$B \n\t"\\' }],
    ['A="\\0101\\01"', { A: 'A\\1' }],
    ['A="a\\qb"', { A: 'a\\qb' }],
    ['A="x\ny"', { A: 'x\ny' }],
    ['A\nB\n', { A: null, B: 'outer' }],
    ['A.b-c[0]=1', { 'A.b-c[0]': '1' }],
  ])('%j', (text, expected) => {
    expect(read('compose', text, { B: 'outer' })).toEqual(expected);
  });

  test.each<[string, RegExp]>([
    ['A B=1', /space/],
    ['A%=1', /unexpected character/],
    ['export ', /after "export"/],
    ['A="x', /not closed/],
    ['A=${', /not a variable/],
    ['A=${N:?say so}', /required variable N.*say so/],
  ])('refuses the file for %j', (line, message) => {
    const reading = parseEnv(`OK=1\n\n${line}`, 'compose');
    expect(reading.entries).toEqual([]);
    expect(reading.errors.map((error) => error.line)).toEqual([3]);
    expect(reading.errors[0]?.message).toMatch(message);
  });
});

describe('bytes that are not UTF-8', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('A=1\r\nB='), 0xc3, 0x28, 10]);
  test.each(['python-dotenv', 'systemd', 'docker'] as const)('%s refuses the file', (dialect) => {
    const reading = parseEnv(bytes, dialect);
    expect(reading.entries).toEqual([]);
    expect(reading.errors.map(({ line }) => line)).toEqual([2]);
  });
  test.each(['node-dotenv', 'compose'] as const)('%s replaces them', (dialect) => {
    expect(parseEnv(bytes, dialect).entries).toEqual([
      { key: 'A', value: '1', line: 1 },
      { key: 'B', value: '\ufffd(', line: 2 },
    ]);
  });
  test('systemd looks at names and values only, not at comments and dropped lines', () => {
    const text = new Uint8Array([
      ...new TextEncoder().encode('# caf'),
      0xe9,
      10,
      0xe9,
      10,
      ...new TextEncoder().encode('A=1\ufffd\n'),
    ]);
    expect(parseEnv(text, 'systemd').entries).toEqual([{ key: 'A', value: '1\ufffd', line: 3 }]);
  });
  test('compose knows the letters of Unicode 15.0 only', () => {
    // U+1C89 is a letter since Unicode 16.0, U+0370 has always been one.
    expect(parseEnv('\u0370\u00b2\u{10ffff}=1', 'compose').errors).toHaveLength(1);
    expect(parseEnv('\u0370\u00b2\u{20000}=1', 'compose').entries).toHaveLength(1);
    expect(parseEnv('\u1c89=1', 'compose').errors).toHaveLength(1);
    expect(parseEnv('\u{2ebf0}=1', 'compose').errors).toHaveLength(1);
  });
  test.each([[[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]], [[0xe2, 0x82]], [[0xff]]])('%j', (raw) => {
    expect(parseEnv(new Uint8Array(raw), 'python-dotenv').errors).toHaveLength(1);
  });
});

describe('node dotenv', () => {
  it('goes over blank lines once', { timeout: 30_000 }, () => {
    // Read the package's way, a million of them would take hours.
    const reading = parseEnv(new TextEncoder().encode(`${'\n'.repeat(1_000_000)}A=1`), 'node-dotenv');
    expect(reading.entries).toEqual([{ key: 'A', value: '1', line: 1_000_001 }]);
  });

  it.each([
    'junk\u2028A=1\u2029B=2',
    '\n\n \t\nA\n\n=\n\n"x\ny"\n\n\nB=2',
    'export\n\nA=1\n\n\n#c\n\nexport=2',
    'A=1\n\n B\n\nC: 3\n-- D=4\nE=\'x\n"F=1',
    'A=`x\n\n`y\nB=1 \u2028 C=2 #x',
  ])('reads %j as the package does', (text) => {
    const ours = parseEnv(new TextEncoder().encode(text), 'node-dotenv').entries.map(({ key, value }) => [key, value]);
    expect(Object.fromEntries(ours)).toEqual(parse(Buffer.from(text)));
  });
});

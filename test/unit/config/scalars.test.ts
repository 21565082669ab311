/** Small readers that others build on, at their limits. */
import { describe, expect, test } from 'vitest';
import { goYamlText } from '#server/config/text/goYaml.ts';
import { pythonJson } from '#server/config/text/pythonJson.ts';
import { decodeEscaped, firstInvalidUtf8 } from '#server/config/text/utf8.ts';

describe('what a container gets for a plain scalar of a compose file', () => {
  const scalars: readonly (readonly [string, string | null])[] = [
    ['', null],
    ['~', null],
    ['null', null],
    ['Null', null],
    ['nUll', 'nUll'],
    ['yes', 'yes'],
    ['no', 'no'],
    ['True', 'true'],
    ['FALSE', 'false'],
    ['tRue', 'tRue'],
    ['012', '10'],
    ['0o17', '15'],
    ['0x1F', '31'],
    ['-0x1f', '-31'],
    ['0b101', '5'],
    ['0b102', '0b102'],
    ['089', '89'],
    ['1_000', '1000'],
    ['+7', '7'],
    ['7946', '7946'],
    ['-', '-'],
    ['+', '+'],
    ['18446744073709551615', '18446744073709551615'],
    ['18446744073709551616', '1.8446744073709552e+19'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['-9223372036854775809', '-9.223372036854776e+18'],
    ['1e6', '1e+06'],
    ['123456.0', '123456'],
    ['.5', '0.5'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['1e400', '1e400'],
    ['-0', '-0'],
    ['-0.0', '-0'],
    ['.inf', '+Inf'],
    ['-.Inf', '-Inf'],
    ['.nan', 'NaN'],
    ['.e', '.e'],
    ['1.2.3', '1.2.3'],
    ['127.0.0.1:7946', '127.0.0.1:7946'],
    ['3d', '3d'],
  ];
  test.each(scalars)('%j is %j', (written, text) => {
    expect(goYamlText(written)).toBe(text);
  });

  test.each<[string, string]>([
    ['2024-02-29', '2024-02-29 00:00:00 +0000 UTC'],
    ['2001-1-2', '2001-01-02 00:00:00 +0000 UTC'],
    ['2001-12-14 21:59:43', '2001-12-14 21:59:43 +0000 UTC'],
    ['2001-12-14 1:2:3.500', '2001-12-14 01:02:03.5 +0000 UTC'],
    ['2001-12-14T21:59:43Z', '2001-12-14 21:59:43 +0000 UTC'],
    ['2001-12-14T21:59:43.10-05:00', '2001-12-14 21:59:43.1 -0500 -0500'],
    ['2001-12-14t23:59:59+05:30', '2001-12-14 23:59:59 +0530 +0530'],
    ['2001-12-31 00:00:00', '2001-12-31 00:00:00 +0000 UTC'],
  ])('the date %s is %s', (written, text) => {
    expect(goYamlText(written)).toBe(text);
  });

  test.each([
    ...['2023-02-29', '1900-02-29', '2001-00-10', '2001-13-01', '2001-04-31', '2001-01-00', '2001-01-32'],
    ...['2001-01-01 24:00:00', '2001-01-01 00:60:00', '2001-01-01 00:00:60', '2001-01-01T00:00:00', '01-01-2001'],
  ])('%s is no date, and stays as it is', (written) => {
    expect(goYamlText(written)).toBe(written);
  });
});

describe('bytes that are UTF-8', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const isText = (bytes: Uint8Array): boolean => {
    try {
      strict.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  const edges = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const leads = Array.from({ length: 130 }, (_, index) => 0x7e + index);

  test('are those that a strict decoder takes, for every first byte and every edge behind it', () => {
    const wrong: string[] = [];
    for (const lead of leads)
      for (const second of edges)
        for (const third of edges)
          for (const bytes of [
            [lead],
            [lead, second],
            [lead, second, third],
            [lead, second, third, 0x80],
            [lead, second, third, 0xc1],
          ]) {
            const invalid = firstInvalidUtf8(Uint8Array.from(bytes));
            if (invalid < 0 !== isText(Uint8Array.from(bytes))) wrong.push(bytes.join(' '));
            if (invalid > 0 && !isText(Uint8Array.from(bytes.slice(0, invalid)))) wrong.push(`${bytes.join(' ')}: ${invalid}`);
          }
    expect(wrong).toEqual([]);
  });

  test('others become half surrogates, each of its own', () => {
    expect(decodeEscaped(Uint8Array.from([0x61, 0xff, 0xc3, 0xbc, 0x80, 0xed, 0xa0, 0x62]))).toBe('a\udcffü\udc80\udced\udca0b');
    expect(decodeEscaped(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]))).toBe('\ufeffa');
    expect(decodeEscaped(new Uint8Array(0))).toBe('');
  });
});

test.each(['[1 2]', '[1;2]', '[1,,2]', '[1', '{"a": 1 "b": 2}', '{"a": 1; "b": 2}', '{"a" 1}', '{a: 1}', '{"a": 1', '[] []'])(
  '%s is no JSON',
  (text) => {
    expect(pythonJson(text)).toBeUndefined();
  },
);

test('lists and objects are read with every kind of space between', () => {
  expect(pythonJson('[ 1 ,\n2,\t"x" ]')).toEqual({ value: [1n, 2n, 'x'] });
  expect(pythonJson('{ "a" : [ ] , "b":{ } }')).toEqual({
    value: new Map<string, unknown>([
      ['a', []],
      ['b', new Map()],
    ]),
  });
});

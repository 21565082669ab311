/** JSON as Python 3.12 wrote it. */
import { describe, expect, test } from 'vitest';
import { pythonFloat, pythonJson, pythonString } from '#server/mesh/swim/pythonJson.ts';

describe('a text', () => {
  test.each([
    ['', '""'],
    [' !#AZ[]az{}~', '" !#AZ[]az{}~"'],
    ['"', String.raw`"\""`],
    ['\\', String.raw`"\\"`],
    ['/', '"/"'],
    ['\b\t\n\f\r', String.raw`"\b\t\n\f\r"`],
    ['\0\u0007\u000b\u000e\u001f', String.raw`"\u0000\u0007\u000b\u000e\u001f"`],
    ['\u007f\u0080\u00ff', String.raw`"\u007f\u0080\u00ff"`],
    ['aäb', String.raw`"a\u00e4b"`],
    ['\u2028\uffff', String.raw`"\u2028\uffff"`],
    ['😀', String.raw`"\ud83d\ude00"`],
    ['\ud83d', String.raw`"\ud83d"`],
    ['a"b', String.raw`"a\"b"`],
  ])('%j', (value, text) => {
    expect(pythonString(value)).toBe(text);
  });
});

describe('a float', () => {
  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-7, '-7.0'],
    [0.5, '0.5'],
    [0.1 + 0.2, '0.30000000000000004'],
    [0.0001, '0.0001'],
    [0.00011, '0.00011'],
    [0.00009999, '9.999e-05'],
    [-0.00009, '-9e-05'],
    [1e-7, '1e-07'],
    [5e-324, '5e-324'],
    [1.5e-10, '1.5e-10'],
    [9_999_999_999_999_998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [-1e16, '-1e+16'],
    [1.25e16, '1.25e+16'],
    [1e22, '1e+22'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [1785000000.0480263, '1785000000.0480263'],
  ])('%d', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });
});

describe('a value', () => {
  test.each([
    [null, 'null'],
    [true, 'true'],
    [7, '7'],
    [-1.5, '-1.5'],
    ['ä', String.raw`"\u00e4"`],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', [null]], '[1, "a", [null]]'],
    [{ a: 1, 'b"': { c: [false] } }, String.raw`{"a": 1, "b\"": {"c": [false]}}`],
  ])('%j', (value, text) => {
    expect(pythonJson(value)).toBe(text);
  });
});

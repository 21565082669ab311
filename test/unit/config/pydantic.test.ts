/** Measured with pydantic 2.14; the interop lane holds the whole class equal. */
import { describe, expect, test } from 'vitest';
import { type Setting, settings } from '#schemas/settings/catalogue.ts';
import { convertText } from '#server/config/model/pydantic.ts';
import { pythonJson } from '#server/config/text/pythonJson.ts';

function setting(name: string): Setting {
  const found = settings.find(({ envName }) => envName === name);
  if (found === undefined) throw new Error(name);
  return found;
}

const convert = (name: string, text: string): unknown => {
  const result = convertText(setting(name), text);
  return 'value' in result ? result.value : new Error(result.error);
};
const rejected = expect.any(Error);

test.each<[string, unknown]>([
  ['true', true],
  ['ON', true],
  ['y', true],
  ['T', true],
  ['1', true],
  ['0', false],
  ['off', false],
  ['No', false],
  ['f', false],
  ['', rejected],
  [' true', rejected],
  ['true ', rejected],
  ['enabled', rejected],
  ['2', rejected],
  ['1.0', rejected],
  ['\uff54rue', rejected],
])('bool %j', (text, expected) => {
  expect(convert('P2P_ENABLED', text)).toEqual(expected);
});

test.each<[string, unknown]>([
  ['7946', 7946],
  [' 7946 ', 7946],
  ['+7', 7],
  ['007', 7],
  ['1_000', 1000],
  ['7946.0', 7946],
  ['7_946.00', 7946],
  ['-0', -0],
  ['0__1', 1],
  ['0-1', -1],
  ['-0_1', -1],
  ['\u00a07', 7],
  ['123456789012345678901234567890', 123456789012345678901234567890n],
  ['9'.repeat(4301), rejected],
  ['', rejected],
  ['7946.5', rejected],
  ['7946.', rejected],
  ['1e3', rejected],
  ['0x1f', rejected],
  ['7,946', rejected],
  ['90s', rejected],
  ['1__0', rejected],
  ['_1', rejected],
  ['+-1', rejected],
  ['\u001c7', rejected],
  ['\u0663', rejected],
])('int %j', (text, expected) => {
  const value = convert('KEEPALIVE_INTERVAL', text);
  if (expected === 0) expect(value === 0).toBe(true);
  else expect(value).toEqual(expected);
});

test.each<[string, unknown]>([
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['inf', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['NaN', Number.NaN],
  ['1_0.5', 10.5],
  ['1e400', Number.POSITIVE_INFINITY],
  [' 1.5 ', 1.5],
  ['', rejected],
  ['2,5', rejected],
  ['2s', rejected],
  ['0x1p3', rejected],
  ['_1.5', rejected],
  [' 1_0', rejected],
  ['.', rejected],
])('float %j', (text, expected) => {
  expect(convert('LLM_TIMEOUT', text)).toEqual(expected);
});

test.each<[string, string, unknown]>([
  ['LLM_LIMITS', '{"a":{"rpm":"12","tpm":3.0}}', { a: { rpm: 12, tpm: 3 } }],
  ['LLM_LIMITS', '{"a":3}', rejected],
  ['LLM_LIMITS', '{"a":{"rpm":1.5}}', rejected],
  ['LLM_LIMITS', '', rejected],
  ['LLM_LIMITS', "{'a':1}", rejected],
  ['LLM_PRICES', '{"a":{"input":"1.5","output":NaN}}', { a: { input: 1.5, output: Number.NaN } }],
  ['LLM_MODEL_OUTPUT_LIMITS', '{"a":true}', { a: 1 }],
  ['LLM_MODEL_OUTPUT_LIMITS', '{"a":"12k"}', rejected],
  ['LLM_MODEL_OUTPUT_LIMITS', '[]', rejected],
  ['LLM_MODEL_OUTPUT_LIMITS', 'null', null],
])('%s %j', (name, text, expected) => {
  expect(convert(name, text)).toEqual(expected);
});

test('text stays as it is', () => {
  for (const text of ['', ' x ', 'null', 'None', 'true']) expect(convert('CLAUDE_MODEL', text)).toBe(text);
});

describe("Python's JSON", () => {
  test.each([
    '{"a":1,}',
    '[1,]',
    '01',
    '+1',
    '.5',
    '1.',
    '"\t"',
    '"\\x"',
    '\u00a0{}',
    '{a:1}',
    'nan',
    'True',
    '',
    '[',
    '"',
    '{"a"}',
    `${'['.repeat(2000)}${']'.repeat(2000)}`,
  ])('rejects %j', (text) => {
    expect(pythonJson(text)).toBeUndefined();
  });

  test('keeps integers, floats and the last of equal names', () => {
    expect(
      pythonJson(' {"a": 1, "a": 18446744073709551616, "b": 1.0, "c": -Infinity, "d": "\\u00e9\\n", "__proto__": []} ')?.value,
    ).toEqual(
      new Map<string, unknown>([
        ['a', 18446744073709551616n],
        ['b', { float: 1 }],
        ['c', { float: Number.NEGATIVE_INFINITY }],
        ['d', 'é\n'],
        ['__proto__', []],
      ]),
    );
  });
});

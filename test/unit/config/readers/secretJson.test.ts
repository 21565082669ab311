/** Secrets that are JSON objects, and what pydantic-settings makes of two of them. */
import { expect, test } from 'vitest';
import { secretFacts } from '#server/config/readers/secretFacts.ts';
import { jsonFacts, mergeSecretJson } from '#server/config/readers/secretJson.ts';

const facts = (text: string) => jsonFacts(secretFacts(text, 1), text);
const shapes = (one: { readonly state: string; readonly formats: readonly string[] }) =>
  [one.state, ...one.formats.filter((format) => format.startsWith('json-'))].join(' ');

test.each([
  ['{"a": "x"}', 'set json-object'],
  ['{"a": "x", "b": 1}', 'set json-wrong'],
  ['{"b": null}', 'set json-wrong'],
  ['{}', 'empty json-empty'],
  ['[]', 'set json-wrong'],
  ['"a"', 'set json-wrong'],
  ['1', 'set json-wrong'],
  ['null', 'placeholder json-null'],
  ['', 'empty json-invalid'],
  ['{', 'set json-invalid'],
  ['x', 'set json-invalid'],
])('%s is %s', (text, shown) => {
  expect(shapes(facts(text))).toBe(shown);
});

test.each([
  ['{"a": "x"}', '{"b": "y"}', 'json-object', 'b'],
  ['{"a": 1}', '{"b": "y"}', 'json-wrong', 'b'],
  ['{"a": 1}', '{"a": "y"}', 'json-object', 'b'],
  ['{"a": "x"}', '{}', 'json-object', 'a'],
  ['{}', '{"b": "y"}', 'json-object', 'b'],
  ['{}', '{}', 'json-empty', 'a'],
  ['null', '{"b": "y"}', 'json-object', 'b'],
  ['{"a": "x"}', 'null', 'json-object', 'a'],
  ['null', 'null', 'json-null', 'b'],
  ['{', '{"b": "y"}', 'json-invalid', 'a'],
  ['{"a": "x"}', '{', 'json-invalid', 'b'],
  ['[]', '{"b": "y"}', 'json-object', 'b'],
  ['{"a": "x"}', '[]', 'json-wrong', 'b'],
])('%s under %s is %s', (weaker, stronger, shape, kept) => {
  const [a, b] = [facts(weaker), facts(stronger)];
  const merged = mergeSecretJson(a, b);
  expect(merged.formats.filter((format) => format.startsWith('json-'))).toEqual([shape]);
  expect(merged.equalityClass).toBe((kept === 'a' ? a : b).equalityClass);
  expect(merged.state === 'empty').toBe(shape === 'json-empty' || (kept === 'a' ? a : b).state === 'empty');
});

test('what was merged can be merged again', () => {
  const once = mergeSecretJson(facts('{"a": 1}'), facts('{"b": "y"}'));
  expect(shapes(mergeSecretJson(once, facts('{"a": "x"}')))).toBe('set json-object');
});

test('facts of a text that is no JSON setting stay as they are', () => {
  const plain = secretFacts('{"a": "x"}', 1);
  expect(mergeSecretJson(plain, facts('{}'))).toEqual(facts('{}'));
  expect(mergeSecretJson(facts('{}'), plain)).toBe(plain);
});

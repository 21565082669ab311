import { expect, test } from 'vitest';
import { jsonValue, parseJsonc } from '#server/config/text/jsonc.ts';
import { applyEdits } from '#server/report/edits.ts';
import { releaseEdit } from '#server/report/releaseEdit.ts';

function edited(text: string, release: string | null): string {
  const { edits, problem } = releaseEdit(text, release);
  expect(problem).toBeNull();
  return applyEdits(
    text,
    edits.map((edit) => ({ uri: '', ...edit })),
  );
}

test.each([
  ['', '{\n  "target": "3.0.0"\n}\n'],
  ['{}', '{\n  "target": "3.0.0"\n}'],
  ['{ "target": "1.0.2" }', '{ "target": "3.0.0" }'],
  [
    '{\n    // why\n    "profile": "production",\n}\n',
    '{\n    "target": "3.0.0",\n    // why\n    "profile": "production",\n}\n',
  ],
  ['{"profile": "production"}', '{ "target": "3.0.0","profile": "production"}'],
  ['{\n  // nothing yet\n}', '{\n  "target": "3.0.0"\n  // nothing yet\n}'],
])('a release is written into %j', (text, expected) => {
  expect(edited(text, '3.0.0')).toBe(expected);
  expect(jsonValue(parseJsonc(expected).root)).toMatchObject({ target: '3.0.0' });
  expect(parseJsonc(expected).problems).toEqual([]);
});

test.each([
  ['{\n  "target": "1.0.2",\n  "profile": "production" // yes\n}', '{\n  "profile": "production" // yes\n}'],
  ['{\n  "profile": "production",\n  "target": "1.0.2"\n}\n', '{\n  "profile": "production",\n}\n'],
  ['{"target": "1.0.2", "profile": "production"}', '{"profile": "production"}'],
  ['{}', '{}'],
])('a release is taken out of %j', (text, expected) => {
  expect(edited(text, null)).toBe(expected);
  expect(parseJsonc(expected).problems).toEqual([]);
});

test('there is nothing to take out of an empty file', () => {
  expect(releaseEdit('', null)).toEqual({ edits: [], problem: null });
});

test.each(['{ "profile": }', '[]', '"text"'])('%j is not touched, and why is said', (text) => {
  const { edits, problem } = releaseEdit(text, '3.0.0');
  expect(edits).toEqual([]);
  expect(problem).toMatch(/first\.$/);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonAt, jsonValue, parseJsonc } from '#server/config/text/jsonc.ts';

const read = (text: string) => {
  const { root, problems } = parseJsonc(text);
  return { value: jsonValue(root), problems: problems.map(({ start, end, message }) => `${text.slice(start, end)}: ${message}`) };
};

test('comments, trailing commas and a byte order mark are fine', () => {
  const text =
    '\uFEFF// first\n{\n  /* two */ "a": [1, 2.5e3, -0,], // three\n  "b": {"c": null, "d": "x\\u00e9 // no comment",},\n}\n';
  expect(read(text)).toEqual({ value: { a: [1, 2500, -0], b: { c: null, d: 'xé // no comment' } }, problems: [] });
});

test.each([
  ['', undefined, [': The file is empty; it needs at least {}.']],
  ['{"a": 1', { a: 1 }, ['{: The } for this bracket is missing.']],
  ['{"a": 1} x', { a: 1 }, ['x: Nothing may follow the closing brace.']],
  ['{"a" 1, "b": 2}', { b: 2 }, ['"a": A colon and a value belong behind this name.']],
  ['{"a": 1 "b": 2}', { a: 1, b: 2 }, ['": A comma is missing before this.']],
  ['{a: 1, "b": 2}', { b: 2 }, ['a: A property name in double quotes belongs here.']],
  ['{"a": yes, "b": 2}', { b: 2 }, ['yes: This is no JSON value. Texts stand in double quotes.']],
  ['{"a": \'x\', "b": 2}', { b: 2 }, ["'x': This is no JSON value. Texts stand in double quotes."]],
  ['{"a": , "b": 2}', { b: 2 }, ['"a": This property has no value.']],
  ['{"a": "x\n, "b": 2}', { a: 'x', b: 2 }, ['"x: This text has no closing quote, or a backslash that JSON does not know.']],
  [
    '{"a": "\\q", "b": 2}',
    { a: '\\q"', b: 2 },
    ['"\\q": This text has no closing quote, or a backslash that JSON does not know.'],
  ],
  ['{"a": [1, {"x": 2 }, "b": 3}', { a: [1, { x: 2 }, 'b'] }, [':: A comma or ] belongs here.']],
  ['{"a": 1, /* never closed', { a: 1 }, ['/*: This comment has no end.', '{: The } for this bracket is missing.']],
])('what is broken in %j is named, the rest is read', (text, value, problems) => {
  expect(read(text)).toEqual({ value, problems });
});

test('nesting is bounded', () => {
  expect(read('['.repeat(100_000)).problems[0]).toBe('[: Nested deeper than 64 levels.');
});

test('a path leads to its value', () => {
  const { root } = parseJsonc('{"a": {"b": [1, "x"]}}');
  expect(jsonAt(root, ['a', 'b', 1]).node).toMatchObject({ kind: 'scalar', value: 'x', start: 16, end: 19 });
  expect(jsonAt(root, ['a', 'b']).member?.name).toEqual({ start: 7, end: 10 });
  expect(jsonAt(root, ['a', 0]).node).toBeNull();
});

describe('on any text', () => {
  test('valid JSON reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom('', ' ', '\n'), (text, padding) => {
        const { value, problems } = read(padding + text + padding);
        expect(problems).toEqual([]);
        expect(value).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing throws, places lie inside, and what JSON.parse refuses is never without a problem', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      'true',
      'nul',
      '//',
      '/*',
      '*/',
      '\n',
      ' ',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { root, problems } = parseJsonc(text);
        for (const { start, end } of problems) expect(0 <= start && start <= end && end <= Math.max(text.length, 1)).toBe(true);
        jsonValue(root);
        const plain = !text.includes('/') && !/,\s*[}\]]/.test(text);
        if (plain && problems.length === 0) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 5000 },
    );
  });
});

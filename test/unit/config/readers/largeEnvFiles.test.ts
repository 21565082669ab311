/** Env files of a thousand lines, whose assignments are made when somebody asks, and small ones beside them. */
import { describe, expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDotenv } from '#server/config/readers/dotenv.ts';
import { assignmentsOf, assignmentsOnLine, firstNamed } from '#server/config/readers/dotenvAssignments.ts';

const context = createReaderContext(1);
const read = (text: string) => readDotenv('file:///w/.env', '.env', text, context);
const line = (i: number) => (i % 100 === 50 ? `N${i}="a\nb" # c` : `N${i}=${i}`);
const textOf = (count: number) => Array.from({ length: count }, (_, i) => line(i)).join('\n');

describe.each([
  ['small', 999, false],
  ['large', 1000, true],
  ['larger', 1300, true],
])('a %s file', (_, count, alike) => {
  const text = textOf(count);

  test('gives each assignment once, in any order', () => {
    const document = read(text);
    const list = assignmentsOf(document);
    expect([list.length, list.alike]).toEqual([count, alike]);
    const early = list.at(count - 1);
    expect(early.name).toBe(`N${count - 1}`);
    expect(list.at(count - 1)).toBe(early);
    expect(document.assignments).toHaveLength(count);
    expect(document.assignments[count - 1]).toBe(early);
    expect(list.at(0)).toBe(document.assignments[0]);
    expect(Array.from({ length: count }, (__, i) => list.name(i))).toEqual(document.assignments.map(({ name }) => name));
  });

  test('has the place of every part', () => {
    const at = (l: number, character: number) => ({ line: l, character });
    const list = assignmentsOf(read(text));
    expect(list.at(50)).toMatchObject({
      layer: 'environment',
      process: null,
      range: { start: at(50, 0), end: at(51, 2) },
      nameRange: { start: at(50, 0), end: at(50, 3) },
      valueRange: { start: at(50, 4), end: at(51, 2) },
      quote: 'double',
      comment: { start: at(51, 3), end: at(51, 6) },
      value: { kind: 'secret', facts: { state: 'set', length: 3 } },
    });
    expect(list.at(51)).toMatchObject({ range: { start: at(52, 0), end: at(52, 6) }, comment: null, quote: 'none' });
  });

  test('tells what stands on a line', () => {
    const document = read(text);
    const names = (l: number) => assignmentsOnLine(document, l).map(({ name }) => name);
    const last = text.split('\n').length - 1;
    expect([0, 1, 49, 50, 51, 52, 53, last, last + 1].map(names)).toEqual([
      ...[['N0'], ['N1'], ['N49'], ['N50'], ['N50'], ['N51'], ['N52']],
      ...[[`N${count - 1}`], []],
    ]);
  });

  test('finds the first of some names', () => {
    const document = read(`${text}\nN7=again\nB`);
    expect(firstNamed(document, new Set(['N9', 'N7']))?.range.start.line).toBe(7);
    expect(firstNamed(document, new Set(['B']))).toMatchObject({ name: 'B', value: { kind: 'absent' }, valueRange: null });
    expect(firstNamed(document, new Set(['n7']))).toBeUndefined();
  });
});

test('there is no assignment behind the last', () => {
  expect(() => assignmentsOf(read('A=1')).at(1)).toThrow('There is no assignment 1.');
});

test('two assignments of one line are both on it', () => {
  const document = read(`${textOf(1000)}\nA="x\ny"\nB=1`);
  const lines = document.assignments.slice(-2).map(({ range }) => [range.start.line, range.end.line]);
  expect(lines).toEqual([
    [1010, 1011],
    [1012, 1012],
  ]);
  expect(assignmentsOnLine(document, 1011).map(({ name }) => name)).toEqual(['A']);
});

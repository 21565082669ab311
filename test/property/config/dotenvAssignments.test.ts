/** Assignments that are made when somebody asks are those that are made at once. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { assignmentsOf, assignmentsOnLine, firstNamed } from '#server/config/readers/dotenvAssignments.ts';
import { readDocument } from '#server/config/readers/read.ts';
import type { Range } from '#server/config/text/position.ts';
import { envText } from '../../interop/oracles/dotenvTexts.ts';

const context = createReaderContext(1);
const read = (text: string) => readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context);

/** As many lines as make a document large. */
const many = 1000;
const padding = 'PADDING=1\n'.repeat(many);
const moved = ({ start, end }: Range, lines: number): Range => ({
  start: { ...start, line: start.line + lines },
  end: { ...end, line: end.line + lines },
});

/** A byte order mark means something at the start of a file only. */
const text = envText.map((written) => written.replace(/^\ufeff+/, ''));

test('behind a thousand lines a text has the assignments it has alone', () => {
  fc.assert(
    fc.property(text, (written) => {
      const alone = read(written).assignments.map((one) => ({
        ...one,
        range: moved(one.range, many),
        nameRange: moved(one.nameRange, many),
        valueRange: one.valueRange === null ? null : moved(one.valueRange, many),
        comment: one.comment === null ? null : moved(one.comment, many),
      }));
      expect(read(padding + written).assignments.slice(many)).toEqual(alone);
    }),
    { numRuns: 150 },
  );
});

test('one that was asked for alone is the one of the whole list, whatever is asked first', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(), { maxLength: 5 }), (written, asked) => {
      const document = read(padding + written);
      const list = assignmentsOf(document);
      const single = asked.map((number) => [number % list.length, list.at(number % list.length)] as const);
      expect(list.length).toBe(document.assignments.length);
      for (const [index, assignment] of single) expect(document.assignments[index]).toBe(assignment);
      for (const [index, assignment] of document.assignments.entries()) {
        expect(list.at(index)).toBe(assignment);
        expect(list.name(index)).toBe(assignment.name);
      }
    }),
    { numRuns: 40 },
  );
});

test('the assignments of a line are found without making the others', () => {
  fc.assert(
    fc.property(fc.constantFrom('', padding), text, fc.nat({ max: 20 }), (before, written, offset) => {
      const line = (before === '' ? 0 : many) + offset;
      const found = assignmentsOnLine(read(before + written), line);
      const all = read(before + written).assignments;
      expect(found).toEqual(all.filter(({ range }) => range.start.line <= line && line <= range.end.line));
    }),
    { numRuns: 150 },
  );
});

test('the first of some names is the first in the file', () => {
  const document = read(`${padding}B=2\nA=1\nB=3\n`);
  expect(firstNamed(document, new Set(['A', 'B']))).toBe(document.assignments[many]);
  expect(firstNamed(document, new Set(['C']))).toBeUndefined();
});

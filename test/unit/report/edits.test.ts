import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Edit, Finding, Fix } from '#server/config/model/types.ts';
import { applyEdits, chooseFixes } from '#server/report/edits.ts';

const uri = 'file:///p/.env';

function edit(line: number, from: number, to: number, newText: string, endLine = line): Edit {
  return { uri, range: { start: { line, character: from }, end: { line: endLine, character: to } }, newText };
}

function finding(...fixes: Fix[]): Finding {
  const range = fixes[0]?.edits[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return { rule: 'some-rule', severity: 'warning', message: '', uri, range, setting: null, related: [], fixes };
}

const titles = (...args: Parameters<typeof chooseFixes>) => chooseFixes(...args).map(({ fix }) => fix.title);

test('edits keep every other byte, whatever the line ends', () => {
  expect(applyEdits('A=1\r\nB=2\rC=3\n', [edit(1, 0, 1, 'BB'), edit(2, 2, 3, '33')])).toBe('A=1\r\nBB=2\rC=33\n');
});

test('deleting the last line works without a line end behind it', () => {
  expect(applyEdits('A=1\nB=2', [edit(1, 0, 0, '', 2)])).toBe('A=1\n');
});

test('a position behind the end of a line stays on that line', () => {
  expect(applyEdits('A=1\nB=2\n', [edit(0, 99, 99, '!')])).toBe('A=1\n!B=2\n');
});

test('property: edits of separate lines give the same text in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 8 }), fc.integer(), (lines, seed) => {
      const text = lines.join('\n');
      const edits = lines.map((line, index) => edit(index, 0, Math.min(1, line.length), `<${index}>`));
      const shuffled = edits.toSorted(
        (a, b) => ((a.range.start.line * 7919 + seed) % 13) - ((b.range.start.line * 7919 + seed) % 13),
      );
      expect(applyEdits(text, shuffled)).toBe(lines.map((line, index) => `<${index}>${line.slice(1)}`).join('\n'));
    }),
  );
});

test('safe fixes are chosen at the safe level, unsafe ones only when asked for', () => {
  const safe = finding({ title: 'safe', safe: true, edits: [edit(0, 0, 1, '')] });
  const unsafe = finding({ title: 'unsafe', safe: false, edits: [edit(1, 0, 1, '')] });
  expect(titles([safe, unsafe], 'safe')).toEqual(['safe']);
  expect(titles([safe, unsafe], 'unsafe')).toEqual(['safe', 'unsafe']);
});

test('two alternatives are left to a person', () => {
  const choice = finding(
    { title: 'a', safe: false, edits: [edit(0, 0, 1, '')] },
    { title: 'b', safe: false, edits: [edit(0, 0, 1, 'x')] },
  );
  expect(titles([choice], 'unsafe')).toEqual([]);
});

test('a fix that overlaps an earlier one waits; neighbouring lines may both go', () => {
  const lineOne = finding({ title: 'one', safe: true, edits: [edit(0, 0, 0, '', 1)] });
  const lineTwo = finding({ title: 'two', safe: true, edits: [edit(1, 0, 0, '', 2)] });
  const within = finding({ title: 'within', safe: true, edits: [edit(0, 0, 1, 'B')] });
  expect(titles([lineOne, lineTwo, within], 'safe')).toEqual(['one', 'two']);
});

test('two insertions at one place do not both happen', () => {
  const first = finding({ title: 'first', safe: true, edits: [edit(0, 3, 3, 'a')] });
  const second = finding({ title: 'second', safe: true, edits: [edit(0, 3, 3, 'b')] });
  expect(titles([first, second], 'safe')).toEqual(['first']);
});

/** Which statements have lines of their own, and which values contain variables. */
import { expect, test } from 'vitest';
import { writingOf } from '#server/config/readers/deployment/writing.ts';
import { LineIndex } from '#server/config/text/lines.ts';

/** The statement stands between `«` and `»`, its value behind `=`. */
function written(marked: string, json = false): { readonly own: number[]; readonly variables: string[] } {
  const text = marked.replace(/[«»]/g, '');
  const lines = new LineIndex(text);
  const statements = [...marked.matchAll(/«([^»]*)»/g)].map((match, i) => {
    const from = match.index - 2 * i;
    const statement = match[1] ?? '';
    const value = from + statement.indexOf('=') + 1;
    return {
      range: lines.range(from, from + statement.length),
      valueRange: statement.includes('=') ? lines.range(value, from + statement.length) : null,
    };
  });
  const { ownLines, variables } = writingOf({ text, lines, json }, statements);
  return { own: [...ownLines], variables: [...variables] };
}

test.each<[string, number[]]>([
  ['«A=1»', [0]],
  ['  «A=1»  ', [0]],
  ['- «A=1»', [0]],
  ['  -   "«A=1»"', [0]],
  ["'«A=1»' # c", [0]],
  ['export «A=1»', [0]],
  ['ENV «A=1»\r', [0]],
  ['Environment=«A=1»', [0]],
  ['Environment="«A=1»"', [0]],
  ['x «A=1»', []],
  ['-«A=1»', []],
  ['«A=1» x', []],
  ['«A=1» «B=2»', []],
  ['«A=1»,', []],
  ['«A=1» #', [0]],
  ['x\n«A=1»\n«B=2»', [1, 2]],
  ['«A=1\n2»', [0]],
  ['«A=1\n2» x', []],
  [`«A=${'\n'.repeat(20)}»`, [0]],
  [`«A=${'\n'.repeat(21)}»`, []],
  [`«A=${'x'.repeat(1998)}»`, [0]],
  [`«A=${'x'.repeat(1999)}»`, []],
  [`«A=\n${'x'.repeat(2000)}»`, [0]],
  [`«A=\n${'x'.repeat(2001)}»`, []],
])('%j', (text, own) => {
  expect(written(text).own).toEqual(own);
});

test.each<[string, number[]]>([
  ['"«A»": 1,', []],
  ['«"A": 1»,', [0]],
  ['  «"A": 1» , ', [0]],
  ['«"A": 1»', []],
  ['«"A": 1», "B": 2', []],
  ['{«"A": 1»,', []],
])('in JSON %j', (text, own) => {
  expect(written(text, true).own).toEqual(own);
});

test.each<[string, string[]]>([
  ['«A=1»', []],
  ['«A=$B»', ['0:2']],
  ['x\n «A=${»', ['1:3']],
  ['«A=$(x)»', ['0:2']],
  ['«A=`x`»', ['0:2']],
  ['«A=%i»', ['0:2']],
  ['«A=%%»', []],
  ['«A=%1»', []],
  ['«A=$1»', []],
  ['«A=$»', []],
  ['«$A»', []],
  [`«A=$B${'x'.repeat(9997)}»`, ['0:2']],
  [`«A=$B${'x'.repeat(9998)}»`, []],
])('the variables of %j', (text, variables) => {
  expect(written(text).variables).toEqual(variables);
});

test('a statement that several services share counts once', () => {
  const text = 'A=$B';
  const lines = new LineIndex(text);
  const one = { range: lines.range(0, 4), valueRange: lines.range(2, 4) };
  const { ownLines, variables } = writingOf({ text, lines, json: false }, [one, one]);
  expect([[...ownLines], [...variables]]).toEqual([[0], ['0:2']]);
});

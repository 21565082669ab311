// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Each row of section 3 of the rule catalogue: what python-dotenv and npm dotenv read, and what is reported. */
import { describe, expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import { parseEnv } from '#server/config/text/parseEnv.ts';

const context = createReaderContext(1);
const python = (text: string): Record<string, string | null> =>
  Object.fromEntries(parseEnv(text, 'python-dotenv').entries.map(({ key, value }) => [key, value]));
const node = (text: string): Record<string, string | null> =>
  Object.fromEntries(parseEnv(text, 'node-dotenv').entries.map(({ key, value }) => [key, value]));
const problems = (text: string): string[] =>
  readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context).problems.map(({ code }) => code);

function fixed(text: string, code: string, title?: RegExp): string {
  const lines = new LineIndex(text);
  const found = readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context).problems.find(
    (problem) => problem.code === code,
  );
  const fix = found?.fixes.find((one) => title === undefined || title.test(one.title));
  if (fix === undefined) throw new Error(`no fix for ${code}`);
  let result = text;
  for (const edit of fix.edits.toSorted((a, b) => lines.offset(b.range.start) - lines.offset(a.range.start))) {
    result = result.slice(0, lines.offset(edit.range.start)) + edit.newText + result.slice(lines.offset(edit.range.end));
  }
  return result;
}

describe('what the readers read', () => {
  const same = { A: '1' };
  test.each<[string, Record<string, string | null>, Record<string, string | null>]>([
    ['export A=1', same, same],
    ['A = 1', same, same],
    ['  A=1', same, same],
    ['A=1\r\nB=2', { A: '1', B: '2' }, { A: '1', B: '2' }],
    ['A=1\rB=2', { A: '1', B: '2' }, { A: '1', B: '2' }],
    ['A', { A: null }, {}],
    ['A=1 # c', same, same],
    ['A=1#c', { A: '1#c' }, same],
    ['A=#c', { A: '#c' }, { A: '' }],
    ['A= # c', { A: '' }, { A: '' }],
    ['A=http://h/p#f', { A: 'http://h/p#f' }, { A: 'http://h/p' }],
    ['A=redis://:p#w@h', { A: 'redis://:p#w@h' }, { A: 'redis://:p' }],
    ['A=redis://:p #w@h', { A: 'redis://:p' }, { A: 'redis://:p' }],
    ['A="x"y', {}, { A: '"x"y' }],
    ["A='x'y", {}, { A: "'x'y" }],
    ['A="x\nB=2', { B: '2' }, { A: '"x', B: '2' }],
    ['A="x\ny"', { A: 'x\ny' }, { A: 'x\ny' }],
    ["A='x\ny'", { A: 'x\ny' }, { A: 'x\ny' }],
    ['A=`x`', { A: '`x`' }, { A: 'x' }],
    ['A="a\\nb"', { A: 'a\nb' }, { A: 'a\nb' }],
    ['A="a\\tb\\"c\\\\"', { A: 'a\tb"c\\' }, { A: 'a\\tb\\"c\\\\' }],
    ["A='it\\'s'", { A: "it's" }, { A: "it\\'s" }],
    ['A=pa$$word', { A: 'pa$$word' }, { A: 'pa$$word' }],
    ['A=1\nA=2', { A: '2' }, { A: '2' }],
    ['\ufeffA=1', same, same],
    ["'A'=1", same, {}],
    ['"A"=1', { '"A"': '1' }, {}],
    ['A: 1', {}, same],
    ['A B=1', {}, {}],
    ['set A=1', {}, {}],
    ['A=1 B=2', { A: '1 B=2' }, { A: '1 B=2' }],
    ['[s]', { '[s]': null }, {}],
    ['A=1\u00a0', same, same],
    ['A=1\u200b', { A: '1\u200b' }, { A: '1\u200b' }],
    ['A=x \\\ny', { A: 'x \\', y: null }, { A: 'x \\' }],
  ])('%j', (text, byPython, byNode) => {
    expect(python(text)).toEqual(byPython);
    expect(node(text)).toEqual(byNode);
    expect(node(text)).toEqual(text.startsWith('A B') || text.startsWith('set ') ? {} : byNode);
  });

  test('interpolation: earlier names, defaults, no escape, single quotes too', () => {
    const read = (text: string, surrounding: Record<string, string> = {}): (string | null)[] =>
      parseEnv(text, 'python-dotenv', surrounding).entries.map(({ value }) => value);
    expect(read("B=1\nA='${B}'")).toEqual(['1', '1']);
    expect(read('A=${B}\nB=1')).toEqual(['', '1']);
    expect(read('A=${B:-d}')).toEqual(['d']);
    expect(read('A=${B-d}')).toEqual(['']);
    expect(read('A=$B')).toEqual(['$B']);
    expect(read('B=1\nA=\\${B}')).toEqual(['1', '\\1']);
    expect(read('B=file\nA=${B}', { B: 'outer' })).toEqual(['file', 'file']);
    expect(read('A=${B}', { B: 'outer' })).toEqual(['outer']);
    expect(read('B\nA=${B:-d}')).toEqual([null, '']);
    expect(node('B=1\nA=${B}')).toEqual({ B: '1', A: '${B}' });
  });

  test('dropped statements are errors at the line of their first character', () => {
    expect(parseEnv('A=1\n\n  B="x\nC=3\n', 'python-dotenv').errors.map(({ line }) => line)).toEqual([3]);
    expect(parseEnv('A=1\n\nnonsense\nC=3\n', 'node-dotenv').errors.map(({ line }) => line)).toEqual([3]);
  });
});

describe('what is reported', () => {
  test.each<[string, string[]]>([
    ['A=1', []],
    ['# c\n\nA=1  # c\nexport B="x y"\n', []],
    ['A', ['dotenv-missing-equals']],
    ['A=1#c', ['dotenv-hash-without-space']],
    ['A=#c', ['dotenv-hash-without-space']],
    ['A=http://h/p#f', ['dotenv-hash-without-space']],
    ['A= # c', ['dotenv-empty-with-comment']],
    ['REDIS_URL=redis://:p #w@h', ['dotenv-value-cut-by-comment']],
    ['REDIS_URL=redis://h # the cache', []],
    ['A="x"y', ['dotenv-junk-after-quote']],
    ['A="x', ['dotenv-unclosed-quote']],
    ['A=`x`', ['dotenv-backtick']],
    ['"A"=1', ['dotenv-invalid-key']],
    ['A B=1', ['dotenv-invalid-key']],
    ['set A=1', ['dotenv-invalid-key']],
    ['1A=1', ['dotenv-invalid-key']],
    ['=1', ['dotenv-invalid-key']],
    ['A: 1', ['dotenv-colon']],
    ['A:1', ['dotenv-colon']],
    ['A=1 B=2', ['dotenv-two-assignments']],
    ['[s]', ['dotenv-section']],
    ['; c', ['dotenv-wrong-comment']],
    ['// c', ['dotenv-wrong-comment']],
    ['\ufeffA=1', ['dotenv-bom']],
    ['A=1\u00a0', ['dotenv-invisible-char']],
    ['A=\u201cx\u201d', ['dotenv-invisible-char']],
    ['A=x \\\nB=1', ['dotenv-continuation']],
    ['A="true "', ['dotenv-trailing-space-in-quotes']],
    ['A=${NOWHERE}', ['dotenv-interpolation']],
    ['B=1\nA=${B}', []],
    ['A=${HOME}/x', []],
    ['A=${B:-d}', []],
    ["B=1\nA='${B}'", ['dotenv-interpolation']],
    ['B=1\nOPENAI_API_KEY=x${B}', ['dotenv-interpolation']],
  ])('%j', (text, codes) => {
    expect(problems(text)).toEqual(codes);
  });

  test.each<[string, string, RegExp | undefined, string]>([
    ['A', 'dotenv-missing-equals', undefined, 'A='],
    ['A=x#c', 'dotenv-hash-without-space', /quotes/, 'A="x#c"'],
    ['A=x#c', 'dotenv-hash-without-space', /comment/, 'A=x #c'],
    ['A= # c', 'dotenv-empty-with-comment', undefined, 'A="" # c'],
    ['A="x"y', 'dotenv-junk-after-quote', /Remove/, 'A="x"'],
    ['A="x"y', 'dotenv-junk-after-quote', /Include/, 'A="xy"'],
    ['A="x  # c', 'dotenv-unclosed-quote', undefined, 'A="x"  # c'],
    ['A=`x`', 'dotenv-backtick', undefined, 'A="x"'],
    ['"A"=1', 'dotenv-invalid-key', undefined, 'A=1'],
    ['set A=1', 'dotenv-invalid-key', undefined, 'A=1'],
    ['A : 1', 'dotenv-colon', undefined, 'A=1'],
    ['A=1 B=2', 'dotenv-two-assignments', undefined, 'A=1\nB=2'],
    ['[s]', 'dotenv-section', undefined, '# [s]'],
    ['// c', 'dotenv-wrong-comment', undefined, '# // c'],
    ['\ufeffA=1', 'dotenv-bom', undefined, 'A=1'],
    ['A=\u201cx\u201d', 'dotenv-invisible-char', undefined, 'A="x"'],
    ['A=x\\\n  y', 'dotenv-continuation', undefined, 'A=xy'],
    ['A="true "', 'dotenv-trailing-space-in-quotes', undefined, 'A="true"'],
  ])('the fix of %j for %s', (text, code, title, result) => {
    expect(fixed(text, code, title)).toBe(result);
  });

  test('no problem and no fix contains a value', () => {
    const text = [
      'OPENAI_API_KEY=canary#canary',
      'CLAUDE_API_KEY="canary"canary',
      'GEMINI_API_KEY="canary',
      'X: canary',
      'SECRET=${canary}',
      'T=`canary`',
    ].join('\n');
    const found = readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context).problems;
    expect(found).toHaveLength(6);
    expect(JSON.stringify(found)).not.toContain('canary');
  });
});

describe('values that refer to each other without end', () => {
  const doubled = (times: number): string =>
    ['A0=x', ...Array.from({ length: times }, (_, index) => `A${index + 1}=\${A${index}}\${A${index}}`)].join('\n');

  test('are reported once, where they begin', () => {
    const { problems: found } = readDocument({ uri: 'file:///w/.env', text: doubled(60), kind: 'dotenv' }, context);
    const endless = found.filter(({ message }) => message.includes('runs out of memory'));
    expect(endless.map(({ code, fixes, range }) => ({ code, fixes, start: range.start }))).toEqual([
      { code: 'dotenv-interpolation', fixes: [], start: { line: 1, character: 3 } },
    ]);
  });

  test('are no trouble as long as they stay small', () => {
    const { problems: found } = readDocument({ uri: 'file:///w/.env', text: doubled(10), kind: 'dotenv' }, context);
    expect(found.filter(({ message }) => message.includes('runs out of memory'))).toEqual([]);
  });
});

/** Which jarviscore-fleet.json counts for a file, what it says of it, and what is said of its patterns. */
import { describe, expect, test } from 'vitest';
import { baselineUri, parseBaseline } from '#server/config/project/baseline.ts';
import { govern } from '#server/config/project/governance.ts';
import { nearestWord } from '#server/config/project/nearest.ts';
import { pathMatcher, patternProblem } from '#server/config/project/patterns.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { type Files, uriOf } from '../rules/workspace.ts';

const context = createReaderContext(1);
const governed = (files: Files, boundary: string | null = 'file:///w') =>
  govern(
    Object.entries(files).map(([path, text]) =>
      readDocument({ uri: uriOf(path), text, kind: path.endsWith('.env') ? 'dotenv' : 'project' }, context),
    ),
    () => boundary,
  );
const name = 'jarviscore-fleet.json';

describe('without a file', () => {
  test('nothing is said', () => {
    const governance = governed({ 'a.env': 'A=1\n' });
    const uri = uriOf('a.env');
    expect(governance.settingsOf(uri)).toBeNull();
    expect(governance.baselineOf(uri)).toBeNull();
    expect(governance.isIgnored(uri)).toBe(false);
    expect(governance.hostOf(uri, 'a')).toBeNull();
    expect(governance.folderOf(uri)).toBeNull();
    const own = { 'bool-style': 'off' } as const;
    expect(governance.severitiesOf(uri, own)).toBe(own);
  });
});

describe('the nearest file', () => {
  const files = {
    [name]: '{"target": "2.0.0", "baseline": "known.json"}',
    [`sub/${name}`]: '{"target": "3.0.0"}',
  };

  test('at or above a file counts', () => {
    const governance = governed(files);
    const targets = ['a.env', 'other/a.env', 'sub/a.env', 'sub/deep/a.env', 'subway/a.env'].map(
      (path) => governance.settingsOf(uriOf(path))?.target,
    );
    expect(targets).toEqual(['2.0.0', '2.0.0', '3.0.0', '3.0.0', '2.0.0']);
    expect(governance.folderOf(uriOf('sub/deep/a.env'))).toBe(uriOf('sub'));
    expect(governance.baselineOf(uriOf('other/a.env'))).toBe(uriOf('known.json'));
    expect(governance.baselineOf(uriOf('sub/a.env'))).toBeNull();
  });

  test('is looked for up to the boundary only', () => {
    expect(governed(files, uriOf('sub/deep')).settingsOf(uriOf('sub/deep/a.env'))).toBeNull();
    expect(governed(files, uriOf('sub')).settingsOf(uriOf('sub/deep/a.env'))?.target).toBe('3.0.0');
    expect(governed(files, null).settingsOf(uriOf('sub/a.env'))).toBeNull();
  });

  test('is none where the one above leaves its folder out', () => {
    const left = governed({ ...files, [name]: '{"target": "2.0.0", "ignores": ["sub/"]}' });
    expect(left.settingsOf(uriOf('sub/a.env'))?.target).toBe('2.0.0');
    expect(left.isIgnored(uriOf('sub/a.env'))).toBe(true);
    expect(left.isIgnored(uriOf('a.env'))).toBe(false);
    const half = governed({ ...files, [name]: '{"target": "2.0.0", "ignores": ["sub/a.env"]}' });
    expect(half.settingsOf(uriOf('sub/a.env'))?.target).toBe('3.0.0');
  });
});

describe('severities', () => {
  const own = { 'bool-style': 'error' } as const;
  const of = (text: string, path: string) => governed({ [name]: text }).severitiesOf(uriOf(path), own);

  test('of the file take the place of those of the person', () => {
    expect(of('{"severities": {"seed-self": "hint"}}', 'a.env')).toEqual({ 'seed-self': 'hint' });
    expect(of('{}', 'a.env')).toBe(own);
  });

  test('are off for rules that are silent in a part', () => {
    const silent = '{"ignores": [{"paths": ["old/", "/my env/*.env"], "rules": ["seed-self", "bool-style"]}]}';
    expect(of(silent, 'old/a.env')).toEqual({ 'seed-self': 'off', 'bool-style': 'off' });
    expect(of(silent, 'my%20env/a.env')).toEqual({ 'seed-self': 'off', 'bool-style': 'off' });
    expect(of(silent, 'new/a.env')).toBe(own);
    expect(of(silent, 'my%env/a.env')).toBe(own);
    const two =
      '{"severities": {"seed-self": "hint"}, "ignores": [{"paths": ["a"], "rules": ["bool-style"]}, {"paths": ["b"], "rules": ["seed-self"]}]}';
    expect(of(two, 'a/b')).toEqual({ 'seed-self': 'off', 'bool-style': 'off' });
    expect(of(two, 'a/c')).toEqual({ 'seed-self': 'hint', 'bool-style': 'off' });
  });
});

describe('hosts', () => {
  const governance = governed({
    [name]: '{"hosts": {"one": {"processes": ["a"]}, "two": {"files": ["*.py", "!c.py"]}, "three": {"files": ["c.py", "a.py"]}}}',
  });
  const host = (path: string, process: string) => governance.hostOf(uriOf(path), process)?.name ?? null;

  test('are found by the name of the process, else by its file, the first one', () => {
    expect(host('x/y.env', 'a')).toBe('one');
    expect(host('a.py', 'a')).toBe('one');
    expect(host('a.py', 'b')).toBe('two');
    expect(host('c.py', 'b')).toBe('three');
    expect(host('c.env', 'b')).toBeNull();
  });
});

describe('patterns', () => {
  test('match nothing where there are none, and no path that leads out', () => {
    expect(pathMatcher([])('a')).toBe(false);
    expect(['../a', '/a', './a'].map(pathMatcher(['*']))).toEqual([false, false, false]);
    expect(pathMatcher(['A.env'])('a.env')).toBe(false);
  });

  test.each([
    ['', 'is empty and matches nothing.'],
    ['! ', 'is empty and matches nothing.'],
    ['#x', 'is a comment in this notation; write \\# in front of such a name.'],
    ['.', 'leads nowhere: patterns are relative to the folder of this file, without ./ and ../.'],
    ['./a', 'leads nowhere: patterns are relative to the folder of this file, without ./ and ../.'],
    ['..', 'leads nowhere: patterns are relative to the folder of this file, without ./ and ../.'],
    ['a/..', 'leads nowhere: patterns are relative to the folder of this file, without ./ and ../.'],
    ['!../a', 'leads nowhere: patterns are relative to the folder of this file, without ./ and ../.'],
    ['c:/x', 'is an absolute path; patterns are relative to the folder of this file.'],
    ['C:\\x', 'is an absolute path; patterns are relative to the folder of this file.'],
    ['a\\b', 'has a backslash; folders are separated by /.'],
    ['a\\', 'has a backslash; folders are separated by /.'],
    ['a[b', 'has a [ without its ].'],
    ['[]a', 'has a [ without its ].'],
    ['[^]a', 'has a [ without its ].'],
    ['[a][b', 'has a [ without its ].'],
    ['a', null],
    ['.../a', null],
    ['a/..b', null],
    ['cc:/x', null],
    ['\\[a', null],
    ['a\\*\\?\\!\\#\\ b', null],
    ['[]a]', null],
    ['[!]a]', null],
    ['[a][b]', null],
  ])('%j %s', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
  });
});

describe('the nearest word', () => {
  test.each([
    ['targt', ['target', 'profile'], 'target'],
    ['TARGET', ['target'], 'target'],
    ['abcd', ['abce'], 'abce'],
    ['abcd', ['abef'], null],
    ['abcde', ['abcfg'], 'abcfg'],
    ['abcde', ['abfgh'], null],
    ['abcdefghijkl', ['abcdefghixyz'], 'abcdefghixyz'],
    ['abcdefghijk', ['abcdefghxyz'], null],
    ['abcdefghijkl', ['abcdefghwxyz'], null],
    ['abcx', ['abcy', 'abcx', 'abcz'], 'abcx'],
    ['abcx', ['abcy', 'abcz'], 'abcy'],
    ['abc', [], null],
  ])('to %s of %j is %s', (word, candidates, expected) => {
    expect(nearestWord(word, candidates)).toBe(expected);
  });
});

describe('a baseline', () => {
  test('lies relative to the file that names it', () => {
    expect(baselineUri(uriOf(`a/${name}`), 'known.json')).toBe(uriOf('a/known.json'));
    expect(baselineUri(uriOf(`a/${name}`), '../b/./known.json')).toBe(uriOf('b/known.json'));
    expect(baselineUri(uriOf(name), '/known.json')).toBeNull();
    expect(baselineUri(uriOf(name), 'C:\\known.json')).toBeNull();
    expect(baselineUri(uriOf(name), '~/known.json')).toBeNull();
  });

  test('is no other text', () => {
    for (const text of ['', 'no', '[]', '{}', 'null']) expect(parseBaseline(text), text).toBeNull();
  });
});

/** The small questions that the model is made of: places, releases, what counts, and maps over maps. */
import { describe, expect, test } from 'vitest';
import type { Effect } from '#schemas/settings/catalogue.ts';
import { type AppliedQuestion, applied } from '#server/config/model/applied.ts';
import { ancestors, folderOf, join, rootAbove } from '#server/config/model/environments.ts';
import { OverlayMap } from '#server/config/model/overlay.ts';
import { exactPin, resolveTarget, satisfies } from '#server/config/model/target.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { type Files, modelOf, uriOf } from '../rules/workspace.ts';

describe('folders', () => {
  test('of a file', () => {
    expect([folderOf('file:///w/a/b.py'), folderOf('b.py'), folderOf('/b')]).toEqual(['file:///w/a', '', '']);
  });

  test.each([
    ['file:///w', 'a.env', 'file:///w/a.env'],
    ['file:///w', './a/../b//c.env', 'file:///w/b/c.env'],
    ['file:///w/x', '../a.env', 'file:///w/a.env'],
    ['file:///w/x', '..', 'file:///w'],
    ['file:///w/x', '.', 'file:///w/x'],
    ['file:///w', 'a\\b.env', 'file:///w/a/b.env'],
    ['file:///w', '..a', 'file:///w/..a'],
    ['file:///w', '/a', null],
    ['file:///w', '\\a', null],
    ['file:///w', '~/a', null],
    ['file:///w', 'c:/a', null],
    ['file:///w', 'cc:/a', 'file:///w/cc:/a'],
  ])('%s and %s are %s', (folder, path, expected) => {
    expect(join(folder, path)).toBe(expected);
  });

  test('above, up to the innermost root', () => {
    const roots = ['file:///w', 'file:///w/in'];
    expect([...ancestors('file:///w/a/b', roots)]).toEqual(['file:///w/a/b', 'file:///w/a', 'file:///w']);
    expect([...ancestors('file:///w/in/a', roots)]).toEqual(['file:///w/in/a', 'file:///w/in']);
    expect([...ancestors('file:///w/inner', roots)]).toEqual(['file:///w/inner', 'file:///w']);
    expect([...ancestors('file:///other/a', roots)]).toEqual(['file:///other/a']);
    expect([...ancestors('', roots)]).toEqual([]);
    expect(['file:///w', 'file:///w/in', 'file:///world', 'file:///w/in/a'].map((folder) => rootAbove(folder, roots))).toEqual([
      'file:///w',
      'file:///w/in',
      null,
      'file:///w/in',
    ]);
    expect(rootAbove('file:///w/in', roots.toReversed())).toBe('file:///w/in');
  });
});

describe('whether a value counts', () => {
  const effect = (kind: Effect['effect'], note?: string): Effect =>
    ({ from: '1.0.0', to: null, effect: kind, readBy: [], ...(note === undefined ? {} : { note }) }) as Effect;
  const ask = (kind: Effect['effect'], more: Partial<AppliedQuestion> = {}, note?: string) =>
    applied({
      effect: effect(kind, note),
      declared: true,
      release: '3.0.0',
      origin: 'env-file',
      meshStart: true,
      exported: false,
      ...more,
    });
  const env = { origin: 'process-env' } as const;
  const dict = { origin: 'mesh-config' } as const;
  const fallback = { origin: 'default' } as const;
  const unread = 'nothing reads it in this release';
  const disabled = 'read from the process environment only, and PYTHON_DOTENV_DISABLED keeps .env out of it';
  const joined = 'read from the process environment only; join_mesh() exports no .env';
  const older = 'read from the process environment only; 2.1.1 does not export .env (Mesh.start() does from 2.2.0 on)';
  const direct = 'read directly from the process environment';
  const noDict = 'only the process environment is read, not the Mesh dict';

  test.each<[string, ReturnType<typeof ask>, boolean | null, string | null]>([
    ['a field in the file', ask('env'), true, null],
    ['a field in the file with a note', ask('env', {}, 'n'), true, 'n'],
    ['a field with a direct reader in the file', ask('env', {}, direct), false, disabled],
    ['a field with a direct reader in the exported file', ask('env', { exported: true }, direct), true, direct],
    ['a name that is no field in the file', ask('env', { declared: false }), false, disabled],
    ['the same for join_mesh()', ask('env', { declared: false, meshStart: false }), false, joined],
    ['the same before 2.2.0', ask('env', { declared: false, release: '2.1.1' }), false, older],
    ['the same in 2.2.0', ask('env', { declared: false, release: '2.2.0' }), false, disabled],
    ['a name that is no field in the environment', ask('env', { declared: false, ...env }), true, null],
    ['a field in the dict', ask('env', dict), true, null],
    ['a field with a direct reader in the dict', ask('env', dict, direct), false, noDict],
    ['a field the dict is not read for', ask('env', dict, 'a Mesh dict key is not read'), false, 'a Mesh dict key is not read'],
    ['a partial effect in the file', ask('partial', {}, 'n'), true, 'n'],
    ['a partial effect in the dict', ask('partial', dict, 'n'), true, 'n'],
    ['the environment alone, in the file', ask('process-env'), false, disabled],
    ['the environment alone, in the exported file', ask('process-env', { exported: true }), true, null],
    ['the environment alone, there', ask('process-env', env), true, null],
    ['the environment alone, in the dict', ask('process-env', dict), false, noDict],
    [
      'the environment, and one that looks at the dict',
      ask('process-env', dict, 'x reads the Mesh dict'),
      null,
      'x reads the Mesh dict',
    ],
    ['an import, in the environment', ask('import-time', env), true, null],
    ['an import, in the file', ask('import-time'), false, disabled],
    [
      'an import, in the exported file',
      ask('import-time', { exported: true }),
      null,
      'read once while its module is imported: it counts only when .env was exported before that',
    ],
    [
      'an import, in the dict',
      ask('import-time', dict),
      false,
      'read from the process environment while a module is imported, not from the Mesh dict',
    ],
    ['the dict alone, in the file', ask('mesh-config-only'), false, 'only Mesh(config={...}) is read'],
    ['the dict alone, in the file with a note', ask('mesh-config-only', {}, 'n'), false, 'n'],
    ['the dict alone, there', ask('mesh-config-only', dict), true, null],
    [
      'the command line, in the environment',
      ask('cli', env),
      true,
      'read by the jarviscore command line, not by the running node',
    ],
    ['the command line, in the dict', ask('cli', dict), false, unread],
    ['the compose file', ask('compose', env, 'n'), true, 'n'],
    ['the compose file without a note', ask('compose'), true, 'used by the bundled compose file, not by the running node'],
    ['a container', ask('container'), null, 'means something inside a bundled container only'],
    ['nobody, in the file', ask('none'), false, unread],
    ['nobody, in the dict', ask('none', dict), false, unread],
    ['nobody, with a note', ask('none', env, 'n'), false, 'n'],
    ['the default of a field', ask('env', fallback), true, null],
    ['the default of a field with a note', ask('env', fallback, 'n'), true, 'n'],
    ['the default nobody reads', ask('none', fallback), false, unread],
    ['the default that the dict would give', ask('mesh-config-only', fallback), null, 'only Mesh(config={...}) is read'],
    ['the default of a container', ask('container', fallback), null, null],
    ['the default of the compose file', ask('compose', fallback, 'n'), null, 'n'],
    ['the default of the command line', ask('cli', fallback), true, null],
  ])('for %s', (_what, answer, counts, note) => {
    expect(answer).toEqual({ applied: counts, note });
  });
});

describe('a specifier', () => {
  test.each([
    ['2.3.1', '', true],
    ['2.3.1', '*', true],
    ['2.3.1', '==2.3.1', true],
    ['2.3.1', '===2.3.1', true],
    ['2.3.1', '2.3.1', true],
    ['2.3.1', '==2.3.0', false],
    ['2.3.1', '==2.3.*', true],
    ['2.4.0', '==2.3.*', false],
    ['2.2.0', '==2.3.*', false],
    ['2.3.1', '!=2.3.1', false],
    ['2.3.1', '!=2.3.0', true],
    ['2.4.0', '!=2.3.*', true],
    ['2.3.1', '<=2.3.1', true],
    ['2.3.1', '<2.3.1', false],
    ['2.3.1', '<2.3.2', true],
    ['2.3.1', '>2.3.1', false],
    ['2.3.1', '>2.3.0', true],
    ['2.3.1', '>=2.3.2', false],
    ['2.9.0', '~=2.3', true],
    ['3.0.0', '~=2.3', false],
    ['2.2.0', '~=2.3', false],
    ['2.3.9', '~=2.3.1', true],
    ['2.4.0', '~=2.3.1', false],
    ['9.0.0', '~=2', false],
    ['2.9.0', '~=2', true],
    ['2.3.9', '~2.3.1', true],
    ['2.4.0', '~2.3.1', false],
    ['2.9.0', '~2', true],
    ['2.9.9', '^2.3.1', true],
    ['3.0.0', '^2.3.1', false],
    ['2.3.0', '^2.3.1', false],
    ['0.3.9', '^0.3.1', true],
    ['0.4.0', '^0.3.1', false],
    ['0.0.3', '^0.0.3', true],
    ['0.0.4', '^0.0.3', false],
    ['0.0.9', '^0.0', true],
    ['0.1.0', '^0.0', false],
    ['2.3.1', '>=1, <3', true],
    ['3.0.0', '>=1,<3', false],
    ['3.0.0', '<1||>=3', true],
    ['2.0.0', '<1||>=3', false],
    ['2.0.0', '>=x', true],
    ['2.0.0', '>= 2.0 , ', true],
  ])('%s satisfies %j: %s', (release, specifier, expected) => {
    expect(satisfies(release, specifier)).toBe(expected);
  });

  test.each([
    ['==3.0.0', '3.0.0'],
    ['===3.0', '3.0.0'],
    ['= 3', '3.0.0'],
    [' v2.3.1 ', '2.3.1'],
    ['==3.0.0.post1', '3.0.0'],
    ['==3.0.0rc1', '3.0.0'],
    ['3.0.0.4', '3.0.0'],
    ['==3.*', null],
    ['>=3.0.0', null],
    ['==3.0.0,<4', null],
    ['', null],
  ])('%j pins %s', (specifier, expected) => {
    expect(exactPin(specifier)).toBe(expected);
  });
});

describe('the release', () => {
  const context = createReaderContext(1);
  const documents = (files: Files) =>
    Object.entries(files).map(([path, text]) => {
      const kind = /Dockerfile$/.test(path) ? 'dockerfile' : /\.sh$/.test(path) ? 'shell' : 'requirements';
      return readDocument({ uri: uriOf(path), text, kind }, context);
    });
  const found = (files: Files, input: Parameters<typeof resolveTarget>[1] = {}) => {
    const { release, origin } = resolveTarget(documents(files), input);
    return `${release}, ${origin}`;
  };
  const pinned = { 'requirements.txt': 'jarviscore-framework==2.0.0\n' };
  const lock = { 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "2.1.0"\n' };
  const image = { Dockerfile: 'FROM python\nRUN pip install jarviscore-framework==2.2.0\n' };
  const readme = { 'README.md': '    pip install jarviscore-framework==2.3.0\n' };
  const range = { 'requirements.txt': 'jarviscore-framework>=1.0,<2\n' };

  test.each<[string, string]>([
    ['3.0.0, newest catalogued', found({})],
    ['1.0.2, chosen', found(pinned, { explicit: '1.0.2' })],
    ['1.0.2, said on the command line', found(pinned, { explicit: '1.0.2', explicitOrigin: 'said on the command line' })],
    ['1.5.1, chosen; 1.6.0 is not catalogued, checked as 1.5.1', found({}, { explicit: '1.6.0' })],
    ['3.0.0, chosen; 3.0.1 is newer than the catalogue, checked as 3.0.0', found({}, { explicit: '3.0.1' })],
    ['1.0.0, chosen; 0.9.0 is not catalogued, checked as 1.0.0', found({}, { explicit: '0.9' })],
    ['2.0.0, pinned in requirements.txt', found({ ...pinned, ...lock, ...image, ...readme }, { installed: '1.1.0' })],
    ['2.0.0, pinned in requirements.txt', found(pinned, { explicit: 'none' })],
    ['2.1.0, locked in poetry.lock', found({ ...lock, ...image, ...readme }, { installed: '1.1.0' })],
    ['2.2.0, pinned in Dockerfile', found({ ...image, ...readme }, { installed: '1.1.0' })],
    ['1.1.0, installed in the virtual environment', found({ ...range, ...readme }, { installed: '1.1.0' })],
    ['1.14.1, newest that satisfies ">=1.0,<2" in requirements.txt', found({ ...range, ...readme })],
    ['2.3.0, pinned in README.md', found(readme)],
    ['2.4.1, newest that satisfies "<3" in README.md', found({ 'README.md': '    pip install "jarviscore-framework<3"\n' })],
    [
      '3.0.0, newest catalogued',
      found({ 'README.md': '    pip install jarviscore-framework==2.3.0\n    pip install jarviscore-framework==2.4.1\n' }),
    ],
    ['3.0.0, newest catalogued', found({ 'HISTORY.md': '    pip install jarviscore-framework==2.3.0\n' })],
    ['3.0.0, newest catalogued', found({ 'requirements.txt': 'jarviscore-framework\njarviscore==1.0.2\n' })],
    ['3.0.0, newest catalogued', found({ 'requirements.txt': 'jarviscore-framework>99\n' })],
    ['2.0.0, pinned in requirements.txt', found({ ...pinned, 'sub/requirements.txt': 'jarviscore-framework==1.0.0\n' })],
    [
      '1.2.0, pinned in a.txt',
      found({ 'b/requirements.txt': 'jarviscore-framework==1.3.0\n', 'a/a.txt': 'jarviscore-framework==1.2.0\n' }),
    ],
  ])('%s', (expected, actual) => {
    expect(actual).toBe(expected);
  });
});

describe('a map over another one', () => {
  const base = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const map = new OverlayMap(
    base,
    new Map([
      ['b', 20],
      ['c', 30],
    ]),
  );

  test('hides what it has itself and adds what is new behind it', () => {
    expect([...map]).toEqual([
      ['a', 1],
      ['b', 20],
      ['c', 30],
    ]);
    expect([...map.keys()]).toEqual(['a', 'b', 'c']);
    expect([...map.values()]).toEqual([1, 20, 30]);
    expect(map.size).toBe(3);
    expect(['a', 'b', 'c', 'd'].map((key) => [map.get(key), map.has(key)])).toEqual([
      [1, true],
      [20, true],
      [30, true],
      [undefined, false],
    ]);
    const seen: unknown[] = [];
    for (const [key, value] of map) seen.push(key, value);
    const called: unknown[] = [];
    map.forEach((value, key, whole) => {
      expect(whole).toBe(map);
      called.push(key, value);
    });
    expect(called).toEqual(seen);
  });
});

describe('who reads an env file', () => {
  const readers = (files: Files): string[] =>
    [...modelOf(files).envFileReaders].flatMap(([uri, found]) =>
      found.map(
        ({ dialect, name, range, program, process }) =>
          `${uri.slice('file:///w/'.length)}: ${name} as ${dialect}${program === undefined ? '' : ` (${program})`}, ${range === null ? 'by itself' : `line ${range.start.line + 1}`}, ${process?.replaceAll('file:///w/', '') ?? 'no process'}`,
      ),
    );

  test('is told with how it reads it', () => {
    const node = 'from dotenv import load_dotenv\nfrom jarviscore import Mesh\nload_dotenv("a.env")\nmesh = Mesh(config={})\n';
    expect(readers({ '.env': 'LOG_LEVEL=INFO\n', 'a.env': 'LOG_LEVEL=INFO\n', 'node.py': node })).toEqual([
      '.env: node as python-dotenv, by itself, node.py#mesh:0',
      'a.env: node as python-dotenv, by itself, node.py#mesh:0',
    ]);
  });
});

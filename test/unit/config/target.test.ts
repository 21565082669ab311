import { describe, expect, test } from 'vitest';
import { exactPin, resolveTarget, satisfies, type TargetInput } from '#server/config/model/target.ts';
import type { Requirement } from '#server/config/model/types.ts';
import { baseName, isTemplate, kindOf } from '#server/config/readers/kind.ts';
import { readRequirements } from '#server/config/readers/requirements.ts';

const requirements = (name: string, text: string): [string, string[], string, string][] =>
  readRequirements(`file:///w/${name}`, name, text).requirements.map(
    ({ distribution, extras, specifier, source }: Requirement) => [distribution, [...extras], specifier, source],
  );

describe('requirements', () => {
  test.each<[string, string, [string, string[], string, string][]]>([
    [
      'requirements.txt',
      'jarviscore-framework[p2p, redis] >= 1.1, <2  # why\n',
      [['jarviscore-framework', ['p2p', 'redis'], '>=1.1,<2', 'requirement']],
    ],
    [
      'requirements.txt',
      'JarvisCore_Framework==3.0.0 ; python_version > "3.9"',
      [['JarvisCore_Framework', [], '==3.0.0', 'requirement']],
    ],
    [
      'requirements.txt',
      '# jarviscore-framework==1.0.0\njarviscore==1.0.2\nmy-jarviscore-framework==1',
      [['jarviscore', [], '==1.0.2', 'requirement']],
    ],
    ['requirements.txt', 'jarviscore-framework', [['jarviscore-framework', [], '', 'requirement']]],
    [
      'pyproject.toml',
      '[project]\nname = "jarviscore"\ndependencies = ["jarviscore-framework[p2p]~=2.4", "x"]',
      [['jarviscore-framework', ['p2p'], '~=2.4', 'requirement']],
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\njarviscore-framework = "^3.0"',
      [['jarviscore-framework', [], '^3.0', 'requirement']],
    ],
    [
      'pyproject.toml',
      'jarviscore-framework = {version = "3.0.0", extras = ["p2p", "redis"]}',
      [['jarviscore-framework', ['p2p', 'redis'], '3.0.0', 'requirement']],
    ],
    [
      'poetry.lock',
      '[[package]]\nname = "jarviscore-framework"\nversion = "2.4.1"\n',
      [['jarviscore-framework', [], '==2.4.1', 'lock']],
    ],
    ['uv.lock', '[[package]]\nname = "swim-p2p"\nversion = "1.2.6"\n', [['swim-p2p', [], '==1.2.6', 'lock']]],
    [
      'Pipfile.lock',
      '{"default":{"jarviscore-framework":{"hashes":["a"],"version":"==1.5.1"}}}',
      [['jarviscore-framework', [], '==1.5.1', 'lock']],
    ],
  ])('%s %j', (name, text, expected) => {
    expect(requirements(name, text)).toEqual(expected);
  });

  test('the range covers name, extras and specifier', () => {
    const [requirement] = readRequirements(
      'file:///w/requirements.txt',
      'requirements.txt',
      'x\njarviscore-framework[p2p]==3.0.0 # c',
    ).requirements;
    expect(requirement?.range).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 32 } });
  });
});

test.each<[string, string, boolean]>([
  ['2.4.1', '>=1.1,<2', false],
  ['1.14.1', '>=1.1,<2', true],
  ['2.4.1', '~=2.4', true],
  ['3.0.0', '~=2.4', false],
  ['2.4.1', '~=2.4.0', true],
  ['2.3.1', '==2.*', true],
  ['2.3.1', '!=2.3.*', false],
  ['2.3.1', '^2.0', true],
  ['3.0.0', '^2.0', false],
  ['2.3.1', '~2.3', true],
  ['2.4.0', '~2.3', false],
  ['3.0.0', '', true],
  ['1.5.0', '<1.5 || >=2', false],
  ['3.0.0', '===3.0.0', true],
])('%s satisfies %j: %s', (release, specifier, expected) => {
  expect(satisfies(release, specifier)).toBe(expected);
});

test('exact pins', () => {
  expect(exactPin('==3.0.0')).toBe('3.0.0');
  expect(exactPin('3.0')).toBe('3.0.0');
  expect(exactPin('==3.*')).toBeNull();
  expect(exactPin('>=3.0.0')).toBeNull();
});

describe('the target release', () => {
  const target = (files: Record<string, string>, input: TargetInput = {}): [string, string] => {
    const { release, origin } = resolveTarget(
      Object.entries(files).map(([name, text]) => readRequirements(`file:///w/${name}`, name, text)),
      input,
    );
    return [release, origin];
  };
  const pin = { 'requirements.txt': 'jarviscore-framework==1.0.2' };
  const range = { 'requirements.txt': 'jarviscore-framework>=1.1,<2' };
  const lock = { 'uv.lock': 'name = "jarviscore-framework"\nversion = "1.5.1"' };

  test('explicit, pin, lock, installed, range, newest', () => {
    expect(target({ ...pin, ...lock }, { explicit: '2.4.1', installed: '3.0.0' })).toEqual(['2.4.1', 'chosen']);
    expect(target({ ...pin, ...lock }, { installed: '3.0.0' })).toEqual(['1.0.2', 'pinned in requirements.txt']);
    expect(target({ ...range, ...lock }, { installed: '3.0.0' })).toEqual(['1.5.1', 'locked in uv.lock']);
    expect(target(range, { installed: '2.0.0' })).toEqual(['2.0.0', 'installed in the virtual environment']);
    expect(target(range)).toEqual(['1.14.1', 'newest that satisfies ">=1.1,<2" in requirements.txt']);
    expect(target({})).toEqual(['3.0.0', 'newest catalogued']);
    expect(target({ 'requirements.txt': 'jarviscore==1.0.2' })).toEqual(['3.0.0', 'newest catalogued']);
  });

  test('releases the catalogue does not have', () => {
    expect(target({}, { explicit: '9.1.0' })).toEqual(['3.0.0', 'chosen; 9.1.0 is newer than the catalogue, checked as 3.0.0']);
    expect(target({}, { explicit: '1.0.4' })).toEqual(['1.0.2', 'chosen; 1.0.4 is not catalogued, checked as 1.0.2']);
  });
});

test.each<[string, string | null]>([
  ['/a/.env', 'dotenv'],
  ['file:///a/.env.production', 'dotenv'],
  ['prod.env', 'dotenv'],
  ['.env.example', 'dotenv'],
  ['.envrc', null],
  ['env.py', 'python'],
  ['C:\\x\\requirements-dev.txt', 'requirements'],
  ['pyproject.toml', 'requirements'],
  ['environment.yml', null],
  ['notes.txt', null],
])('kindOf(%j) is %s', (path, kind) => {
  expect(kindOf(path)).toBe(kind);
});

test('base names and templates', () => {
  expect(baseName('file:///a/my%20node.env')).toBe('my node.env');
  expect(baseName('C:\\x\\.env')).toBe('.env');
  expect(['.env.example', 'x/.env.sample', 'node.env.template', '.env.minimal'].every(isTemplate)).toBe(true);
  expect(['.env', '.env.production', 'prod.env'].some(isTemplate)).toBe(false);
});

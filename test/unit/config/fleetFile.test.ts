import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathMatcher, patternProblem } from '#server/config/project/patterns.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { findingsOf, modelOf, summaries, uriOf } from '../rules/workspace.ts';

const file = 'jarviscore-fleet.json';

function read(text: string) {
  const { project, problems } = readDocument({ uri: uriOf(file), text, kind: 'project' }, createReaderContext(1));
  if (project === undefined) throw new Error('A project file has settings.');
  const lines = text.split('\n');
  const marked = problems.map(({ code, range: { start, end } }) => {
    expect(end.line).toBe(start.line);
    return `${code} ${lines[start.line]?.slice(start.character, end.character)}`;
  });
  return { project, problems, marked };
}

describe('the file', () => {
  test('may be empty', () => {
    expect(read('{}')).toMatchObject({
      project: { target: null, profile: null, severities: null, ignores: [], silenced: [], hosts: [], baseline: null },
      marked: [],
    });
  });

  test('says everything it can say', () => {
    const { project, marked } = read(`{
  // as in tsconfig.json
  "$schema": "./fleet-file.schema.json",
  "target": "2.4.1",
  "profile": "production",
  "severities": { "port-ephemeral": "off", "bool-style": "error" },
  "ignores": ["old/", "!old/keep.env", { "paths": ["*.env"], "rules": ["duplicate-key"] }],
  "hosts": { "gpu-1": { "processes": ["researcher"], "files": ["gpu/"], "addresses": ["10.0.0.7"] } },
  "baseline": "accepted.json",
}`);
    expect(marked).toEqual([]);
    expect(project).toMatchObject({
      target: '2.4.1',
      profile: 'production',
      severities: { 'port-ephemeral': 'off', 'bool-style': 'error' },
      ignores: ['old/', '!old/keep.env'],
      silenced: [{ paths: ['*.env'], rules: ['duplicate-key'] }],
      hosts: [{ name: 'gpu-1', processes: [{ text: 'researcher' }], files: [{ text: 'gpu/' }], addresses: ['10.0.0.7'] }],
      baseline: { text: 'accepted.json' },
    });
  });

  test.each([
    ['{"target": "9.9.9"}', ['fleet-file-unknown-release 9.9.9'], { target: '9.9.9' }],
    ['{"target": "newest"}', ['fleet-file-value newest'], { target: null }],
    ['{"target": 3}', ['fleet-file-value 3'], { target: null }],
    ['{"profile": "prod", "target": "3.0.0"}', ['fleet-file-value prod'], { profile: null, target: '3.0.0' }],
    ['{"profil": "production"}', ['fleet-file-unknown-key profil'], { profile: null }],
    [
      '{"severities": {"port-ephemral": "off", "bool-style": "off"}}',
      ['fleet-file-unknown-rule port-ephemral'],
      { severities: { 'bool-style': 'off' } },
    ],
    [
      '{"severities": {"bool-style": "fatal", "port-ephemeral": "off"}}',
      ['fleet-file-value fatal'],
      { severities: { 'port-ephemeral': 'off' } },
    ],
    ['{"severities": []}', ['fleet-file-value ['], { severities: null }],
    ['{"ignores": ["../up", "a//[b", "ok/"]}', ['fleet-file-value ../up', 'fleet-file-value a//[b'], { ignores: ['ok/'] }],
    ['{"ignores": "old/"}', ['fleet-file-value old/'], { ignores: [] }],
    ['{"ignores": [7, "ok/"]}', ['fleet-file-value 7'], { ignores: ['ok/'] }],
    [
      '{"ignores": [{"paths": ["a"], "rules": ["no-such-rule-here", "bool-style"]}]}',
      ['fleet-file-unknown-rule no-such-rule-here'],
      { silenced: [{ paths: ['a'], rules: ['bool-style'] }] },
    ],
    ['{"ignores": [{"path": ["a"], "rules": ["bool-style"]}]}', ['fleet-file-unknown-key path'], { silenced: [] }],
    ['{"ignores": [{"rules": ["bool-style"]}]}', ['fleet-file-value {'], { silenced: [] }],
    [
      '{"hosts": {"a": {"process": ["x"]}, "b": {"processes": ["y"]}}}',
      ['fleet-file-unknown-key process'],
      { hosts: [{ name: 'a' }, { name: 'b' }] },
    ],
    ['{"hosts": {"a": 5}}', ['fleet-file-value 5'], { hosts: [] }],
    ['{"baseline": ""}', ['fleet-file-value '], { baseline: null }],
    ['{"target": "3.0.0" "profile": "production"}', ['fleet-file-syntax "'], { target: '3.0.0', profile: 'production' }],
    ['{"target": "3.0.0", "target": "2.4.1"}', ['fleet-file-syntax target'], { target: '2.4.1' }],
    ['{"target": }', ['fleet-file-syntax "target"'], { target: null }],
    ['[]', ['fleet-file-value ['], { target: null }],
    ['', ['fleet-file-syntax '], { target: null }],
  ])('%s: one finding per mistake, at its place, and the rest counts', (text, expected, settings) => {
    const { marked, project } = read(text);
    expect(marked).toEqual(expected);
    expect(project).toMatchObject(settings);
  });

  test('suggests what was probably meant', () => {
    const [key, rule] = read('{"severitys": {}, "severities": {"unprefixed-p2p-vars": "off"}}').problems;
    expect(key?.message).toContain('"severities"');
    expect(rule?.message).toContain('Did you mean unprefixed-p2p-var?');
    expect(rule?.fixes[0]?.edits[0]?.newText).toBe('unprefixed-p2p-var');
  });

  test('never throws, and names places inside itself', () => {
    const key = fc.constantFrom(
      'target',
      'profile',
      'severities',
      'ignores',
      'hosts',
      'baseline',
      '__proto__',
      'x',
      'paths',
      'rules',
      'files',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('3.0.0', 'off', 'a/', ''),
        fc.integer(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      map: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
    })).any;
    fc.assert(
      fc.property(value, fc.nat(200), (content, cut) => {
        for (const text of [JSON.stringify(content, null, 1), JSON.stringify(content).slice(0, cut)]) {
          const count = text.split('\n').length;
          for (const { range } of read(text).problems) expect(range.end.line).toBeLessThan(count);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the JSON Schema for editors', () => {
  const path = fileURLToPath(new URL('../../../schemas/json/fleet-file.schema.json', import.meta.url));
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(path, 'utf8')));

  test('accepts what the reader accepts, and refuses what it refuses', () => {
    expect(
      validate({
        $schema: 'x',
        target: '3.0.0',
        severities: { 'bool-style': 'off' },
        ignores: ['a', { paths: ['b'], rules: ['bool-style'] }],
      }),
    ).toBe(true);
    for (const wrong of [
      { target: '3' },
      { profile: 'prod' },
      { severities: { 'bool-style': 'fatal' } },
      { ignores: [7] },
      { hosts: { a: { x: [] } } },
      { nope: 1 },
    ])
      expect(validate(wrong), JSON.stringify(wrong)).toBe(false);
  });
});

describe('patterns', () => {
  test.each([
    ['old/', ['old/.env', 'a/old/b.py'], ['old', 'older/.env']],
    ['/old', ['old/.env', 'old'], ['a/old/.env']],
    ['*.env', ['a.env', 'b/c.env'], ['a.envx']],
    ['deploy/**/x.py', ['deploy/x.py', 'deploy/a/b/x.py'], ['x.py']],
  ])('%s matches as in .gitignore', (pattern, yes, no) => {
    const matches = pathMatcher([pattern]);
    for (const path of yes) expect(matches(path), path).toBe(true);
    for (const path of no) expect(matches(path), path).toBe(false);
  });

  test('a later one takes back', () => {
    const matches = pathMatcher(['*.env', '!keep.env']);
    expect([matches('a.env'), matches('keep.env')]).toEqual([true, false]);
  });

  test.each(['', ' ', '!', '# x', './a', '../a', 'a/../b', 'C:\\x', 'a\\b', '[ab', 'x[!]'])('%j is refused', (pattern) => {
    expect(patternProblem(pattern)).not.toBeNull();
  });

  test.each(['a', 'a/**/b', '[ab]c', '[!a]b', '[]]', '\\#x', 'a\\ b', '!x', '.env', '...', '..env'])('%j is fine', (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });
});

const node = (name: string, port: number, more = ''): string =>
  `from jarviscore import Mesh\n\nmesh = Mesh(config={"bind_host": "0.0.0.0", "bind_port": ${port}, "node_name": "${name}"${more}})\n`;

describe('hosts', () => {
  const two = { 'a/one.py': node('one', 7946), 'b/two.py': node('two', 7946) };
  const collisions = (files: Record<string, string>) =>
    summaries(findingsOf(files).filter(({ rule }) => rule.startsWith('port-collision')));

  test('named or by file, keep processes of different machines from colliding', () => {
    expect(collisions(two)).toHaveLength(2);
    expect(collisions({ ...two, [file]: '{"hosts": {"m1": {"processes": ["one"]}, "m2": {"files": ["b/"]}}}' })).toEqual([]);
    expect(collisions({ ...two, [file]: '{"hosts": {"m1": {"processes": ["one"], "files": ["b/"]}}}' })).toHaveLength(2);
  });

  test('make loopback seeds between machines wrong, and addresses lead to the host', () => {
    const seeds = (list: string) => ({
      'a/one.py': node('one', 7946),
      'b/two.py': node('two', 7947, `, "seed_nodes": "${list}"`),
    });
    const hosts = '{"hosts": {"m1": {"processes": ["one"], "addresses": ["10.0.0.7"]}, "m2": {"processes": ["two"]}}}';
    const rules = (files: Record<string, string>) =>
      findingsOf(files)
        .map(({ rule }) => rule)
        .filter((rule) => rule.startsWith('seed-'));
    expect(rules(seeds('127.0.0.1:7946'))).toEqual([]);
    expect(rules({ ...seeds('127.0.0.1:7946'), [file]: hosts })).not.toEqual([]);
    expect(rules({ ...seeds('10.0.0.7:7946'), [file]: hosts })).toEqual([]);
    expect(
      modelOf({ ...two, [file]: hosts }).processes.map(({ name, hostGroup, hosts: names }) => [name, hostGroup, names]),
    ).toEqual([
      ['one', 'host:m1', ['10.0.0.7']],
      ['two', 'host:m2', []],
    ]);
  });
});

describe('what counts for a file', () => {
  const broken = 'BIND_PORT=1\n';
  const of = (files: Record<string, string>) => summaries(findingsOf(files));

  test('ignored files are not read; rules can be silent in some', () => {
    const files = { 'a/.env.w': broken, 'b/.env.w': broken };
    expect(of(files)).toHaveLength(2);
    expect(of({ ...files, [file]: '{"ignores": ["a/"]}' })).toEqual(['b/.env.w:1 unprefixed-p2p-var']);
    expect(of({ ...files, [file]: '{"ignores": [{"paths": ["a/"], "rules": ["unprefixed-p2p-var"]}]}' })).toEqual([
      'b/.env.w:1 unprefixed-p2p-var',
    ]);
  });

  test('the nearest file counts, alone', () => {
    const files = {
      'a/.env.w': broken,
      'b/.env.w': broken,
      [file]: '{"severities": {"unprefixed-p2p-var": "off"}}',
      [`b/${file}`]: '{}',
    };
    expect(of(files)).toEqual(['b/.env.w:1 unprefixed-p2p-var']);
    expect(of({ ...files, [file]: '{"ignores": ["b/"]}' })).toEqual(['a/.env.w:1 unprefixed-p2p-var']);
  });

  test('release and profile come from the file', () => {
    expect(modelOf({ [file]: '{"target": "1.3.2", "profile": "production"}' })).toMatchObject({
      target: '1.3.2',
      profile: 'production',
    });
  });

  test('findings of the file itself can be silenced in it', () => {
    expect(of({ [file]: '{"nope": 1}' })).toEqual([`${file}:1 fleet-file-unknown-key`]);
    expect(of({ [file]: '{\n// jarviscore: ignore fleet-file-unknown-key\n"nope": 1}' })).toEqual([]);
    expect(of({ [file]: '{"nope": 1, "severities": {"fleet-file-unknown-key": "off"}}' })).toEqual([]);
  });
});

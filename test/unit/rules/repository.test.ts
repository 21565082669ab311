import { describe, expect, test } from 'vitest';
import { policyProblem } from '#server/config/rules/policyFile.ts';
import { applyEdits, type Files, findingsOf, pathOf, type WorkspaceOptions } from './workspace.ts';

const secret = 'q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA';
const found = (rule: string, files: Files, options: WorkspaceOptions = {}) =>
  findingsOf(files, options).filter((finding) => finding.rule === rule);
const places = (rule: string, files: Files, options: WorkspaceOptions = {}) =>
  found(rule, files, options).map(({ uri, range, severity }) => `${pathOf(uri)}:${range.start.line + 1} ${severity}`);
const node = (more = ''): string => `from jarviscore import Mesh\n\nmesh = Mesh(config={"node_name": "a"${more}})\n`;

describe('secret-committed', () => {
  const env = `LLM_TIMEOUT=60\nSERPER_API_KEY=${secret}\nCLAUDE_API_KEY=sk-ant-${secret}\n`;

  test('is one finding per file, tracked or open', () => {
    expect(places('secret-committed', { '.env': env }, { tracked: ['.env'] })).toEqual(['.env:2 error']);
    expect(places('secret-committed', { '.env': env }, { tracked: [] })).toEqual(['.env:2 error']);
    const [tracked] = found('secret-committed', { '.env': env }, { tracked: ['.env'] });
    expect(tracked?.message).toContain('SERPER_API_KEY and 1 more secret');
    expect(tracked?.message).not.toContain(secret);
  });

  test('is none where git ignores it, without a repository, without a secret, in a template', () => {
    expect(places('secret-committed', { '.env': env, '.gitignore': '.env\n' }, { tracked: [] })).toEqual([]);
    expect(places('secret-committed', { 'a/.env': env, 'a/.gitignore': '*.env\n' }, { tracked: [] })).toEqual([]);
    expect(places('secret-committed', { '.env': env })).toEqual([]);
    expect(places('secret-committed', { '.env': 'SERPER_API_KEY=your-key\nLLM_TIMEOUT=60\n' }, { tracked: ['.env'] })).toEqual(
      [],
    );
    expect(places('secret-committed', { '.env.example': env }, { tracked: ['.env.example'] })).toEqual([]);
  });

  test('a file that is tracked stays tracked, whatever .gitignore says', () => {
    expect(places('secret-committed', { '.env': env, '.gitignore': '.env\n' }, { tracked: ['.env'] })).toHaveLength(1);
  });
});

describe('journal-dir-committed', () => {
  const git = { tracked: ['a.py'] };

  test('is about the default too, once per folder, with the others beside it', () => {
    const files = { 'a.py': node(), 'b.py': node() };
    expect(places('journal-dir-committed', files, git)).toEqual(['a.py:3 warning']);
    expect(found('journal-dir-committed', files, git)[0]?.related.map(({ uri }) => pathOf(uri))).toEqual(['b.py']);
    expect(places('journal-dir-committed', { ...files, '.gitignore': '.jarviscore/\n' }, git)).toEqual([]);
    expect(places('journal-dir-committed', files, { ...git, target: '2.4.1' })).toEqual([]);
    expect(places('journal-dir-committed', { '.env': 'JARVISCORE_BIND_PORT=7950\n' }, git)).toEqual([]);
  });

  test.each(['off', 'none', ''])('JOURNAL_DIR=%s writes none', (value) => {
    expect(places('journal-dir-committed', { '.env': `JOURNAL_DIR=${value}\n`, 'a.py': node() }, git)).toEqual([]);
  });

  test('the override counts first; files may be ignored without their folder', () => {
    const files = { '.env': 'JOURNAL_DIR=audit\nJARVISCORE_JOURNAL_DIR=log\n', 'a.py': node(), '.gitignore': '/audit/\n' };
    expect(places('journal-dir-committed', files, git)).toEqual(['.env:2 warning']);
    expect(places('journal-dir-committed', { ...files, '.gitignore': 'log/*\n' }, git)).toEqual([]);
  });

  test('a folder outside of the repository, a container and a variable are left alone', () => {
    expect(places('journal-dir-committed', { '.env': 'JOURNAL_DIR=~/journal\n', 'a.py': node() }, git)).toEqual([]);
    const compose =
      'services:\n  n:\n    image: app\n    environment:\n      JARVISCORE_NODE_NAME: n\n      JOURNAL_DIR: journal\n';
    expect(places('journal-dir-committed', { 'compose.yaml': compose }, git)).toEqual([]);
  });

  test('the fix ends a last line that has no end', () => {
    const files = { '.env': 'JOURNAL_DIR=audit\n', '.gitignore': '.env' };
    const [finding] = found('journal-dir-committed', files, git);
    const fixed = applyEdits(files, finding?.fixes[0]?.edits ?? []);
    expect(fixed['.gitignore']).toBe('.env\n/audit/\n');
    expect(places('journal-dir-committed', fixed, git)).toEqual([]);
    const { '.gitignore': _, ...without } = files;
    expect(found('journal-dir-committed', without, git)[0]?.fixes).toEqual([]);
  });
});

describe('a policy file', () => {
  const rules = (files: Files) =>
    findingsOf(files)
      .filter(({ rule }) => rule.startsWith('control-policy-'))
      .map(({ rule, severity, uri, range }) => `${pathOf(uri)}:${range.start.line + 1} ${rule} ${severity}`);
  const env = (path: string): Files => ({ 'app/.env': `CONTROL_POLICY_PATH=${path}\n`, 'app/main.py': node() });

  test('is looked for beside the program and above it', () => {
    expect(rules(env('policy.json'))).toEqual(['app/.env:1 control-policy-missing-file warning']);
    expect(rules({ ...env('policy.json'), 'app/policy.json': '{}' })).toEqual([]);
    expect(rules({ ...env('policy.json'), 'policy.json': '{}' })).toEqual([]);
    expect(rules({ ...env('policy.json'), 'other/policy.json': '{}' })).toHaveLength(1);
    expect(rules({ ...env('policies'), 'app/policies/a.json': '{}' })).toHaveLength(1);
  });

  test('with an absolute path is an error in the workspace, and nobody knows outside of it', () => {
    expect(rules(env('/w/app/policy.json'))).toEqual(['app/.env:1 control-policy-missing-file error']);
    expect(rules({ ...env('/w/app/policy.json'), 'app/policy.json': '{}' })).toEqual([]);
    expect(rules(env('/etc/jarviscore/policy.yaml'))).toEqual([]);
    expect(rules(env('$HOME/policy.yaml'))).toEqual([]);
  });

  test('the override counts unless it is empty', () => {
    const both = (override: string): Files => ({
      '.env': `CONTROL_POLICY_PATH=a.json\nJARVISCORE_CONTROL_POLICY=${override}\n`,
      'a.json': '{}',
    });
    expect(rules(both('b.json'))).toEqual(['.env:2 control-policy-missing-file warning']);
    expect(rules(both(''))).toEqual([]);
  });

  test('of a container is known where the service mounts it', () => {
    const compose = (volume: string): Files => ({
      'deploy/compose.yaml': `services:\n  n:\n    image: app\n    volumes:\n      - ${volume}\n    environment:\n      JARVISCORE_NODE_NAME: n\n      CONTROL_POLICY_PATH: /policies/p.json\n`,
    });
    expect(rules(compose('./p:/policies'))).toEqual(['deploy/compose.yaml:8 control-policy-missing-file error']);
    expect(rules({ ...compose('./p:/policies'), 'deploy/p/p.json': '[]' })).toEqual([
      'deploy/compose.yaml:8 control-policy-syntax error',
    ]);
    expect(rules({ ...compose('./p:/policies'), 'deploy/p/p.json': '{}' })).toEqual([]);
    expect(rules(compose('data:/policies'))).toEqual([]);
  });

  test.each([
    ['p.json', '{"rules": []}', null],
    ['p.json', 'null', null],
    ['p.json', '[]', 'is no JSON object'],
    ['p.json', '{"a": 1,}', 'is no JSON'],
    ['p.json', '\uFEFF{}', 'is no JSON'],
    ['p.yaml', '', null],
    ['p.yaml', '# nothing\n', null],
    ['p.yaml', 'rules: []\n', null],
    ['p.yaml', '{"rules": []}', null],
    ['p.yaml', '- a\n', 'is no mapping'],
    ['p.yaml', 'just text\n', 'is no mapping'],
    ['p.yaml', 'a: 1\n---\nb: 2\n', 'holds several YAML documents'],
    ['p.yaml', 'a: [1\n', 'is no YAML (line 2)'],
    ['p', 'rules: []\n', null],
  ])('%s with %j: %s', (path, text, problem) => {
    expect(policyProblem(path, text)).toBe(problem);
  });
});

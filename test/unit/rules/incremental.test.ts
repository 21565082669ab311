/** A check after a change of a few files finds what a first look would find, and says whose findings are others now. */
import { describe, expect, it, test } from 'vitest';
import { buildModel } from '#server/config/model/build.ts';
import type { Finding, SourceDocument, WorkspaceModel } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { Checker } from '#server/config/rules/checker.ts';
import { Contributions } from '#server/config/rules/contributions.ts';
import { deltaOf } from '#server/config/rules/delta.ts';
import { sameFindings } from '#server/config/rules/sameFindings.ts';
import type { CheckOptions } from '#server/config/rules/selection.ts';
import { env, mesh } from './said.ts';
import { type Files, pathOf, uriOf } from './workspace.ts';

interface Step {
  readonly files: Files;
  readonly options?: CheckOptions;
  readonly profile?: 'development' | 'production';
}

/** Files that stay as they are stay the same documents, as in an editor. */
class Session {
  readonly #context = createReaderContext(1);
  readonly #documents = new Map<string, { readonly text: string; readonly document: SourceDocument }>();

  model({ files, profile = 'development' }: Step): WorkspaceModel {
    const documents = Object.entries(files).flatMap(([path, text]) => {
      const kind = kindOf(path);
      if (kind === null) return [];
      const known = this.#documents.get(path);
      const document = known?.text === text ? known.document : readDocument({ uri: uriOf(path), text, kind }, this.#context);
      this.#documents.set(path, { text, document });
      return [document];
    });
    return buildModel(documents, { roots: ['file:///w'], profile });
  }
}

const everything: CheckOptions = {};

/** By path, files without findings left out. */
const told = (findings: ReadonlyMap<string, readonly Finding[]>): Record<string, readonly Finding[]> =>
  Object.fromEntries(
    [...findings]
      .filter(([, own]) => own.length > 0)
      .map(([uri, own]) => [pathOf(uri), own] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** After the second of two steps: the files whose findings changed; `everything` where all was looked at again. */
function changedBy(first: Step, second: Step): readonly string[] | 'everything' {
  const session = new Session();
  const checker = new Checker();
  const before = told(checker.run(session.model(first), first.options ?? everything).findings);
  const { findings, changed } = checker.run(session.model(second), second.options ?? everything);
  const after = told(findings);
  const fresh = new Checker().run(new Session().model(second), second.options ?? everything);
  expect(after).toEqual(told(fresh.findings));
  expect(fresh.changed).toBeNull();
  if (changed === null) return 'everything';
  const different = Object.keys({ ...before, ...after }).filter(
    (path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]),
  );
  const paths = [...changed].map(pathOf).sort();
  expect(paths).toEqual(different.sort());
  return paths;
}

const node = (name: string, port: number, more = ''): Files =>
  mesh(`"p2p_enabled": True, "bind_port": ${port}${more === '' ? '' : `, ${more}`}`, `${name}.py`);
const three: Files = { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"'), ...env('LOG_LEVEL=INFO') };
const pin = { 'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n' };

describe('a change', () => {
  it.each<[what: string, first: Files, second: Files, changed: readonly string[] | 'everything']>([
    ['of nothing', three, three, []],
    ['of a comment', three, { ...three, ...env('LOG_LEVEL=INFO', '# more') }, []],
    ['of a value in an env file', three, { ...three, ...env('LOG_LEVEL=LOUD') }, ['.env']],
    ['that mends the only mistake of a file', { ...three, ...env('LOG_LEVEL=LOUD') }, three, ['.env']],
    ['of a port that others collide with', three, { ...three, ...node('a', 7960) }, ['a.py', 'b.py']],
    ['of a port that a seed named', three, { ...three, ...node('a', 7970) }, ['b.py']],
    ['of a setting no other node knows of', three, { ...three, ...node('a', 7950, '"zmq_port_offset": "x"') }, ['a.py']],
    ['of an env file that all nodes read', three, { ...three, ...env('ZMQ_PORT_OFFSET=0') }, ['.env']],
    [
      'of a line above, which moves findings',
      { ...three, ...node('a', 80) },
      { ...three, 'a.py': `\n${node('a', 80)['a.py']}` },
      ['a.py'],
    ],
    ['of the text of a README that names no release', { ...three, 'README.md': 'a\n' }, { ...three, 'README.md': 'b\n' }, []],
    ['of a requirement', { ...three, ...pin }, { ...three, 'requirements.txt': 'jarviscore-framework==3.0.0\n' }, 'everything'],
    [
      'of the release',
      { ...three, ...pin },
      { ...three, 'requirements.txt': 'jarviscore-framework[p2p]==2.0.0\n' },
      'everything',
    ],
    ['that adds a file', three, { ...three, ...node('c', 7980) }, 'everything'],
    ['that removes a file', three, { ...node('a', 7950), ...env('LOG_LEVEL=INFO') }, 'everything'],
    ['that renames a file', three, { ...node('a', 7950), ...node('c', 7960), ...env('LOG_LEVEL=INFO') }, 'everything'],
    ['that takes a process away', three, { ...three, 'a.py': 'x = 1\n' }, 'everything'],
    ['that adds a process', three, { ...three, 'a.py': `${node('a', 7950)['a.py']}other = Mesh(config={})\n` }, 'everything'],
    [
      'of a compose file',
      { ...three, 'compose.yml': 'services:\n  a:\n    image: x\n' },
      { ...three, 'compose.yml': 'services:\n  a:\n    image: y\n' },
      'everything',
    ],
    [
      'of jarviscore-fleet.json',
      { ...three, 'jarviscore-fleet.json': '{}\n' },
      { ...three, 'jarviscore-fleet.json': '{"target": "2.0.0"}\n' },
      'everything',
    ],
  ])('%s', (_what, first, second, changed) => {
    expect(changedBy({ files: first }, { files: second })).toEqual(changed);
  });

  it('of the profile or of what the person wants looks at everything', () => {
    expect(changedBy({ files: three }, { files: three, profile: 'production' })).toBe('everything');
    expect(changedBy({ files: three }, { files: three, options: { severities: {} } })).toBe('everything');
    expect(changedBy({ files: three }, { files: three, options: { severitiesOf: () => ({}) } })).toBe('everything');
    expect(changedBy({ files: three }, { files: three, options: { isWhole: () => false } })).toBe('everything');
    expect(changedBy({ files: three }, { files: three, options: { profile: 'production' } })).toBe('everything');
  });

  it('is found in a long row of them', () => {
    const session = new Session();
    const checker = new Checker();
    const row = [7950, 7960, 7961, 80, 8960, 7950].flatMap((port) => [
      { ...three, ...node('a', port) },
      { ...three, ...node('a', port), ...env('LOG_LEVEL=LOUD', `KEEPALIVE_INTERVAL=${port % 100}`) },
    ]);
    for (const files of row) {
      const { findings } = checker.run(session.model({ files }), everything);
      expect(told(findings)).toEqual(told(new Checker().run(new Session().model({ files }), everything).findings));
    }
  });
});

describe('the difference between two models', () => {
  const session = new Session();
  const [before, after] = [three, { ...three, ...env('LOG_LEVEL=LOUD') }].map((files) => session.model({ files }));
  if (before === undefined || after === undefined) throw new Error('no models');

  test('is what changed, by place, and all it touches', () => {
    const delta = deltaOf(before, after);
    expect([...(delta?.documents ?? [])].map(([place, { name }]) => [place, name])).toEqual([[2, '.env']]);
    expect(delta?.processes).toEqual([0, 1]);
    expect([...(delta?.touched ?? [])].map(pathOf).sort()).toEqual(['.env', 'a.py', 'b.py']);
  });

  test('is nothing between a model and itself', () => {
    expect(deltaOf(before, before)).toEqual({ documents: new Map(), processes: [], touched: new Set() });
  });

  test.each<[string, Partial<WorkspaceModel>]>([
    ['the release', { target: '1.0.0' }],
    ['the profile', { profile: 'production' }],
    ['the disk', { surroundings: { fileAt: () => ({ kind: 'absent' }), versionControl: () => null } }],
    ['the folders', { roots: ['file:///other'] }],
    ['the number of folders', { roots: [] }],
    ['the number of processes', { processes: [] }],
    ['the number of files', { documents: new Map() }],
  ])('cannot be told where %s is another', (_what, other) => {
    expect(deltaOf(before, { ...before, ...other })).toBeNull();
  });

  test('names the files of a program behind the unit that starts it', () => {
    const files: Files = {
      'compose.yml': 'services:\n  a:\n    build: .\n    command: python node.py\n    env_file: a.env\n',
      Dockerfile: 'FROM python:3.12\n',
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      ...mesh('"node_name": "x"'),
    };
    const own = new Session();
    const delta = deltaOf(own.model({ files }), own.model({ files: { ...files, ...mesh('"node_name": "x", "bind_port": 2') } }));
    expect([...(delta?.touched ?? [])].map(pathOf).sort()).toEqual(['Dockerfile', 'a.env', 'compose.yml', 'node.py']);
  });
});

const at = (line: number): Finding['range'] => ({ start: { line, character: 1 }, end: { line, character: 2 } });
const finding: Finding = {
  rule: 'r',
  severity: 'error',
  message: 'm',
  uri: 'file:///w/a',
  range: at(1),
  setting: 's',
  related: [{ uri: 'file:///w/b', range: at(2), message: 'n' }],
  fixes: [{ title: 't', safe: true, edits: [{ uri: 'file:///w/a', range: at(3), newText: 'x' }] }],
};

describe('findings of two checks', () => {
  test('are the same when every part is', () => {
    expect(sameFindings([], [])).toBe(true);
    expect(sameFindings([finding], [structuredClone(finding)])).toBe(true);
    expect(sameFindings([finding], [])).toBe(false);
    expect(sameFindings([], [finding])).toBe(false);
  });

  const related = { uri: 'file:///w/b', range: at(2), message: 'n' };
  const edit = { uri: 'file:///w/a', range: at(3), newText: 'x' };
  const fix = { title: 't', safe: true, edits: [edit] };
  test.each<[string, Partial<Finding>]>([
    ['rule', { rule: 'q' }],
    ['severity', { severity: 'hint' }],
    ['message', { message: 'o' }],
    ['setting', { setting: null }],
    ['line', { range: at(9) }],
    ['end', { range: { start: at(1).start, end: { line: 1, character: 3 } } }],
    ['number of pointers', { related: [] }],
    ['more pointers', { related: [related, related] }],
    ['file of a pointer', { related: [{ ...related, uri: 'file:///w/c' }] }],
    ['text of a pointer', { related: [{ ...related, message: 'p' }] }],
    ['place of a pointer', { related: [{ ...related, range: at(9) }] }],
    ['number of fixes', { fixes: [] }],
    ['more fixes', { fixes: [fix, fix] }],
    ['title of a fix', { fixes: [{ ...fix, title: 'u' }] }],
    ['safety of a fix', { fixes: [{ ...fix, safe: false }] }],
    ['number of edits', { fixes: [{ ...fix, edits: [] }] }],
    ['more edits', { fixes: [{ ...fix, edits: [edit, edit] }] }],
    ['file of an edit', { fixes: [{ ...fix, edits: [{ ...edit, uri: 'file:///w/c' }] }] }],
    ['text of an edit', { fixes: [{ ...fix, edits: [{ ...edit, newText: 'y' }] }] }],
    ['place of an edit', { fixes: [{ ...fix, edits: [{ ...edit, range: at(9) }] }] }],
  ])('are others when the %s is', (_what, other) => {
    expect(sameFindings([finding], [{ ...finding, ...other }])).toBe(false);
  });
});

describe('what the parts of a check found', () => {
  const of = (file: string, message: string): Finding => ({ ...finding, uri: file, message });
  const messages = (found: Contributions, file: string): string[] => found.of(file).map(({ message }) => message);

  test('is joined by file in the order of the parts', () => {
    const found = new Contributions();
    found.put(2, [of('a', 'second'), of('b', 'other')]);
    found.put(1, [of('a', 'first')]);
    found.put(3, []);
    expect(messages(found, 'a')).toEqual(['first', 'second']);
    expect(messages(found, 'b')).toEqual(['other']);
    expect(messages(found, 'c')).toEqual([]);
    expect([...found.documents()]).toEqual(['a', 'b']);
  });

  test('changes for the files whose findings are others', () => {
    const found = new Contributions();
    found.put(1, [of('a', 'one'), of('b', 'two')]);
    expect([...found.takeChanged()]).toEqual(['a', 'b']);
    expect([...found.takeChanged()]).toEqual([]);
    found.put(1, [of('a', 'one'), of('b', 'three')]);
    expect([...found.takeChanged()]).toEqual(['b']);
    found.put(1, [of('b', 'three')]);
    expect([...found.takeChanged()]).toEqual(['a']);
    expect(messages(found, 'a')).toEqual([]);
    found.put(1, []);
    expect([...found.takeChanged()]).toEqual(['b']);
    found.put(1, []);
    expect([...found.takeChanged()]).toEqual([]);
    found.put(1, [of('a', 'again')]);
    expect(messages(found, 'a')).toEqual(['again']);
  });
});

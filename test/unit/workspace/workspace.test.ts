import { afterEach, beforeEach, expect, test } from 'vitest';
import { inSlices } from '#server/workspace/slices.ts';
import { Workspace } from '#server/workspace/workspace.ts';
import { createProject, type Project } from '../../lsp/project.ts';

let files: Project;
const log: string[] = [];

beforeEach(() => {
  files = createProject({});
  log.length = 0;
});
afterEach(() => {
  files.dispose();
  expect(log).toEqual([]);
});

function open(...folders: string[]): Workspace {
  const workspace = new Workspace({ epoch: 'test', log: (level, text) => (level === 'debug' ? undefined : log.push(text)) });
  workspace.setFolders(folders);
  run(workspace.scan());
  return workspace;
}

function run(steps: Iterator<unknown>): void {
  while (steps.next().done !== true);
}

const rules = (workspace: Workspace, name: string) =>
  workspace.findings(files.uriOf(name))?.findings.map((finding) => finding.rule) ?? [];

test('a document that did not change is not read again, and its model stays', () => {
  files.write('.env', 'JARVISCORE_BIND_PORT=7000\n');
  files.write('other/.env', 'JARVISCORE_BIND_PORT=7100\n');
  const workspace = open(files.uri);
  const before = workspace.model(files.uriOf('.env'))?.documents;
  run(workspace.filesChanged([{ uri: files.uriOf('.env'), deleted: false }]));
  expect(workspace.model(files.uriOf('.env'))?.documents).toBe(before);
  workspace.setEditor(files.uriOf('other/.env'), 1, 'JARVISCORE_BIND_PORT=7200\n');
  const after = workspace.model(files.uriOf('.env'))?.documents;
  expect(after?.get(files.uriOf('.env'))).toBe(before?.get(files.uriOf('.env')));
  expect(after?.get(files.uriOf('other/.env'))).not.toBe(before?.get(files.uriOf('other/.env')));
});

test('processes that a keystroke does not touch stay the same objects', () => {
  const mesh = (port: number) => `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": ${port}})\n`;
  files.write('a/app.py', mesh(7000));
  files.write('a/.env', 'LOG_LEVEL=INFO\n');
  files.write('b/app.py', mesh(7300));
  const workspace = open(files.uri);
  const processes = () => new Map(workspace.model(files.uriOf('a/app.py'))?.processes.map((process) => [process.uri, process]));
  const before = processes();
  workspace.setEditor(files.uriOf('a/.env'), 1, 'LOG_LEVEL=DEBUG\n');
  const after = processes();
  expect(after.get(files.uriOf('b/app.py'))).toBe(before.get(files.uriOf('b/app.py')));
  expect(after.get(files.uriOf('a/app.py'))).not.toBe(before.get(files.uriOf('a/app.py')));
  expect(after.get(files.uriOf('a/app.py'))?.settings.get('LOG_LEVEL')?.winner.typed).toBe('DEBUG');
});

test('a requirement that is written later counts for the programs that were there before', () => {
  const workspace = open(files.uri);
  workspace.setEditor(files.uriOf('app.py'), 1, 'from jarviscore import Mesh\nmesh = Mesh(config={})\n');
  expect(rules(workspace, 'app.py')).not.toContain('mesh-p2p-implicit');
  workspace.setEditor(files.uriOf('requirements.txt'), 1, 'jarviscore-framework[p2p]>=1.1\n');
  expect(rules(workspace, 'app.py')).toContain('mesh-p2p-implicit');
});

test('result ids change with the findings only', () => {
  files.write('.env', 'BIND_PORT=7946\n');
  const workspace = open(files.uri);
  const uri = files.uriOf('.env');
  const first = workspace.findings(uri);
  workspace.setEditor(uri, 1, 'BIND_PORT=7946\n\n');
  expect(workspace.findings(uri)?.resultId).toBe(first?.resultId);
  workspace.setEditor(uri, 2, '\nBIND_PORT=7946\n');
  expect(workspace.findings(uri)?.resultId).not.toBe(first?.resultId);
});

test('escaped and plain spellings of a URI are one document', () => {
  files.write('a b/.env', 'BIND_PORT=7946\n');
  const workspace = open(files.uri);
  const spaced = files.uriOf('a b/.env').replace('%20', ' ');
  workspace.setEditor(spaced, 1, 'JARVISCORE_BIND_PORT=7946\n');
  expect(rules(workspace, 'a b/.env')).not.toContain('unprefixed-p2p-var');
  expect(workspace.versionOf(files.uriOf('a b/.env'))).toBe(1);
});

test('folders with equal settings see each other; other settings make another model', () => {
  const mesh = (port: number) => `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": ${port}})\n`;
  files.write('one/app.py', mesh(7946));
  files.write('two/app.py', mesh(7946));
  const workspace = open(files.uriOf('one'), files.uriOf('two'));
  expect(workspace.models()).toHaveLength(1);
  workspace.setSettings(files.uriOf('two'), { target: '1.0.2', profile: 'development', severities: {} });
  expect(
    workspace
      .models()
      .map((model) => model.target)
      .toSorted(),
  ).toEqual(['1.0.2', '3.0.0']);
});

test('a folder that is taken out takes its documents along', () => {
  files.write('one/.env', 'BIND_PORT=1\n');
  files.write('two/.env', 'BIND_PORT=1\n');
  const workspace = open(files.uriOf('one'), files.uriOf('two'));
  workspace.setFolders([files.uriOf('two')]);
  expect([...workspace.allFindings().keys()]).toEqual([files.uriOf('two/.env')]);
});

test('an editor of an unsaved document is checked, and forgotten when it closes', () => {
  const workspace = open(files.uri);
  workspace.setEditor('untitled:/draft.env', 1, 'BIND_PORT=7946\n');
  const find = () => workspace.findings('untitled:/draft.env')?.findings.map((finding) => finding.rule);
  expect(find()).toContain('unprefixed-p2p-var');
  workspace.closeEditor('untitled:/draft.env');
  expect(find()).toBeUndefined();
});

test.each([
  ['an env file with the prefix', '.env', 'JARVISCORE_NODE_NAME=a\n', true],
  ['a Mesh', 'app.py', 'from jarviscore import Mesh\nmesh = Mesh(config={})\n', true],
  ['a requirement', 'requirements.txt', 'jarviscore-framework==3.0.0\n', true],
  ['any other env file', '.env', 'PORT=8000\nDATABASE_URL=postgres://x\n', false],
  ['any other Python file', 'app.py', 'print("hello")\n', false],
])('%s tells whether this is a JarvisCore project', (_, name, text, expected) => {
  files.write(name, text);
  expect(open(files.uri).project).toBe(expected);
});

test('reading in slices lets the event loop run, and ends when it is aborted', async () => {
  const stop = new AbortController();
  let turns = 0;
  const beat = setInterval(() => turns++, 0);
  function* busy() {
    for (;;) {
      const end = performance.now() + 2;
      while (performance.now() < end);
      if (turns >= 3) stop.abort();
      yield;
    }
  }
  expect(await inSlices(busy(), stop.signal)).toBe(false);
  clearInterval(beat);
  expect(turns).toBeGreaterThanOrEqual(3);
});

import { afterEach, expect, test } from 'vitest';
import { openClient } from './client.ts';
import { createProject, type Project } from './project.ts';

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});

function project(files: Readonly<Record<string, string | Uint8Array>>): Project {
  const created = createProject(files);
  projects.push(created);
  return created;
}

const mesh = (port: number, name: string) =>
  `from jarviscore import Mesh\n\nmesh = Mesh(config={"bind_port": ${port}, "node_name": "${name}"})\n`;

test('the server pulls where the client can, and says what it offers', async () => {
  const { uri } = project({});
  await using client = await openClient({ folders: [uri] });
  expect(client.initialized.capabilities).toMatchObject({
    diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
    hoverProvider: true,
    positionEncoding: 'utf-16',
  });
  await client.until('watchers', () => client.registrations.includes('workspace/didChangeWatchedFiles'));
});

test('a document is diagnosed at its lines, and an unchanged answer costs nothing', async () => {
  const files = project({ '.env': 'A=1\nBIND_PORT=7946\n', 'app.py': mesh(7000, 'a') });
  await using client = await openClient({ folders: [files.uri] });
  const report = await client.pull(files.uriOf('.env'));
  if (report.kind !== 'full') throw new Error('The first report must be full.');
  expect(report.items).toContainEqual(
    expect.objectContaining({
      code: 'unprefixed-p2p-var',
      source: 'jarviscore',
      severity: 1,
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } },
    }),
  );
  const again = await client.pull(files.uriOf('.env'), report.resultId);
  expect(again).toEqual({ kind: 'unchanged', resultId: report.resultId });
});

test('the open editor wins over the file, and the file counts again after closing', async () => {
  const files = project({ '.env': 'BIND_PORT=7946\n' });
  await using client = await openClient({ folders: [files.uri] });
  const uri = files.uriOf('.env');
  await client.open(uri, 'JARVISCORE_BIND_PORT=7946\n');
  expect((await client.diagnostics(uri)).map((item) => item.code)).not.toContain('unprefixed-p2p-var');
  await client.change(uri, '\nBIND_HOST=127.0.0.1\n', 2);
  expect(await client.diagnostics(uri)).toContainEqual(
    expect.objectContaining({ code: 'unprefixed-p2p-var', range: expect.objectContaining({ start: { line: 1, character: 0 } }) }),
  );
  await client.close(uri);
  expect(await client.diagnostics(uri)).toContainEqual(
    expect.objectContaining({ code: 'unprefixed-p2p-var', range: expect.objectContaining({ start: { line: 0, character: 0 } }) }),
  );
});

test('a collision between two files is reported at both, each pointing to the other', async () => {
  const files = project({ 'one/a.py': mesh(7946, 'a'), 'two/b.py': mesh(8946, 'b') });
  await using client = await openClient({ folders: [files.uri] });
  const [a, b] = [files.uriOf('one/a.py'), files.uriOf('two/b.py')];
  for (const [here, there] of [
    [a, b],
    [b, a],
  ] as const) {
    const collision = (await client.diagnostics(here)).find((item) => item.code === 'port-collision-swim-zmq');
    expect(collision?.relatedInformation?.map((related) => related.location.uri)).toContain(there);
  }
});

test('the workspace report is answered from result ids: only what changed is sent again', async () => {
  const files = project({ '.env': 'BIND_PORT=7946\n', 'sub/.env': 'BIND_HOST=x\n', 'clean.py': 'print("nothing here")\n' });
  await using client = await openClient({ folders: [files.uri] });
  const first = await client.pullWorkspace();
  const known = first.items.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [{ uri, value: resultId }]));
  expect(first.items.map((item) => item.uri).toSorted()).toEqual([files.uriOf('.env'), files.uriOf('sub/.env')].toSorted());
  const second = await client.pullWorkspace(known);
  expect(second.items.map((item) => item.kind)).toEqual(['unchanged', 'unchanged']);
  await client.open(files.uriOf('.env'), 'JARVISCORE_BIND_PORT=7946\n');
  const third = await client.pullWorkspace(known);
  expect(third.items.map(({ uri, kind }) => [uri === files.uriOf('.env'), kind]).toSorted()).toEqual([
    [false, 'unchanged'],
    [true, 'full'],
  ]);
});

test('an edit that changes nothing to be said keeps the result id', async () => {
  const files = project({ '.env': 'BIND_PORT=7946\n' });
  await using client = await openClient({ folders: [files.uri] });
  const uri = files.uriOf('.env');
  const before = await client.pull(uri);
  await client.open(uri, 'BIND_PORT=7946\n# a comment at the end\n');
  expect(await client.pull(uri, before.resultId)).toMatchObject({ kind: 'unchanged' });
});

test('files that appear, change and vanish outside the editor are seen', async () => {
  const files = project({ '.env': 'A=1\n' });
  await using client = await openClient({ folders: [files.uri] });
  const uri = files.uriOf('deep/down/.env');
  expect(await client.diagnostics(uri)).toEqual([]);
  files.write('deep/down/.env', 'BIND_PORT=7946\n');
  const refreshes = client.refreshes;
  // One event for a folder that was moved in.
  await client.filesChanged({ uri: files.uriOf('deep'), type: 1 });
  await client.until('a request to pull again', () => client.refreshes > refreshes);
  expect((await client.diagnostics(uri)).map((item) => item.code)).toContain('unprefixed-p2p-var');
  const known = (await client.pull(uri)).resultId ?? '';
  files.remove('deep');
  await client.filesChanged({ uri: files.uriOf('deep'), type: 3 });
  expect(await client.diagnostics(uri)).toEqual([]);
  expect((await client.pullWorkspace([{ uri, value: known }])).items).toContainEqual(
    expect.objectContaining({ uri, kind: 'full', items: [] }),
  );
});

test('virtual environments, node_modules and .git are left out; .gitignore is not honoured', async () => {
  const files = project({
    '.gitignore': '.env\n',
    '.env': 'BIND_PORT=1\n',
    'node_modules/x/.env': 'BIND_PORT=1\n',
    '.git/.env': 'BIND_PORT=1\n',
    'my-env/pyvenv.cfg': 'home = /usr\n',
    'my-env/.env': 'BIND_PORT=1\n',
  });
  await using client = await openClient({ folders: [files.uri] });
  expect((await client.pullWorkspace()).items.map((item) => item.uri)).toEqual([files.uriOf('.env')]);
});

test('a client that cannot pull gets pushes, and an empty one when the problem is gone', async () => {
  const files = project({ '.env': 'BIND_PORT=7946\n' });
  await using client = await openClient({ folders: [files.uri], pull: false });
  const uri = files.uriOf('.env');
  expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
  await client.until('pushed diagnostics', () =>
    client.published.get(uri)?.diagnostics.some((item) => item.code === 'unprefixed-p2p-var'),
  );
  await client.open(uri, 'JARVISCORE_BIND_PORT=7946\n', 7);
  await client.until('a push without it', () =>
    client.published.get(uri)?.diagnostics.every((item) => item.code !== 'unprefixed-p2p-var'),
  );
  expect(client.published.get(uri)?.version).toBe(7);
});

test('settings decide severity and release, and a changed setting asks the client to pull again', async () => {
  const files = project({ '.env': 'BIND_PORT=7946\n' });
  await using client = await openClient({
    folders: [files.uri],
    settings: { severities: { 'unprefixed-p2p-var': 'hint' }, target: null, profile: 'nonsense' },
  });
  const uri = files.uriOf('.env');
  expect(await client.diagnostics(uri)).toContainEqual(expect.objectContaining({ code: 'unprefixed-p2p-var', severity: 4 }));
  expect(client.log.map((line) => line.message).join('\n')).toContain('jarviscoreFleet.profile has an unusable value');
  client.settings = { severities: { 'unprefixed-p2p-var': 'off' } };
  const refreshes = client.refreshes;
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until('a request to pull again', () => client.refreshes > refreshes);
  expect((await client.diagnostics(uri)).map((item) => item.code)).not.toContain('unprefixed-p2p-var');
});

test('a client that cannot be asked for its settings sends them', async () => {
  const files = project({ '.env': 'BIND_PORT=7946\n' });
  await using client = await openClient({ folders: [files.uri], capabilities: { textDocument: { diagnostic: {} } } });
  const uri = files.uriOf('.env');
  expect((await client.diagnostics(uri)).map((item) => item.code)).toContain('unprefixed-p2p-var');
  const settings = { jarviscoreFleet: { severities: { 'unprefixed-p2p-var': 'off' } } };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { other: 1 } });
  expect((await client.diagnostics(uri)).map((item) => item.code)).not.toContain('unprefixed-p2p-var');
});

test('what cannot be read is said, and costs nothing else', async () => {
  const files = project({
    '.env': new Uint8Array([0x41, 0x3d, 0xff, 0xfe]),
    'other/.env': 'BIND_PORT=1\n',
    'big.env': new Uint8Array(20 * 1024 * 1024 + 1).fill(65),
  });
  await using client = await openClient({ folders: [files.uri] });
  expect(await client.diagnostics(files.uriOf('.env'))).toEqual([
    expect.objectContaining({ code: 'file-not-utf8', severity: 1 }),
  ]);
  expect(await client.diagnostics(files.uriOf('big.env'))).toEqual([expect.objectContaining({ code: 'file-too-large' })]);
  expect((await client.diagnostics(files.uriOf('other/.env'))).map((item) => item.code)).toContain('unprefixed-p2p-var');
});

test('the release of the project virtual environment is the target', async () => {
  const files = project({
    '.env': 'A=1\n',
    'app.py': mesh(7000, 'a'),
    '.venv/pyvenv.cfg': 'home = /usr\n',
    '.venv/lib/python3.11/site-packages/jarviscore_framework-1.3.2.dist-info/METADATA': '',
  });
  await using client = await openClient({ folders: [files.uri] });
  await client.pullWorkspace();
  const view = await client.until('a target', async () => {
    const answer: { target: { release: string } } = await client.connection.sendRequest('jarviscoreFleet/snapshot', null);
    return answer.target.release === '1.3.2' ? answer : undefined;
  });
  expect(view.target.release).toBe('1.3.2');
});

test('a pull that is cancelled while files are read ends with the protocol error', async () => {
  const files = project(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`d${index}/.env`, 'BIND_PORT=1\n'.repeat(50)])),
  );
  await using client = await openClient({ folders: [files.uri] });
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  const source = new CancellationTokenSource();
  const pull = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
  source.cancel();
  await expect(pull).rejects.toMatchObject({ code: -32800 });
  expect((await client.pullWorkspace()).items).toHaveLength(300);
});

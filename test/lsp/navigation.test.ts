import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type Location,
  type LocationLink,
  type TextDocumentEdit,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver-protocol/node';
import { applyToText, type ClientOptions, openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
const env = 'JARVISCORE_BIND_PORT=7946\nAPP_ZONE=eu\nJARVISCORE_SEED_NODES=10.1.1.1:7946, coder:7950\n';
const python =
  'import os\nfrom jarviscore import Mesh\nzone = os.getenv("APP_ZONE")\nmesh = Mesh(config={"bind_port": 7000, "p2p_enabled": True})\n';
const compose =
  'services:\n  coder:\n    image: jarviscore:1\n    environment:\n      - APP_ZONE\n      - JARVISCORE_BIND_PORT=7950\n';

beforeEach(() => {
  files = createProject({ '.env': env, 'app.py': python, 'docker-compose.yml': compose });
});
afterEach(() => files.dispose());

const everything: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
    diagnostics: { refreshSupport: true },
  },
  textDocument: { definition: { linkSupport: true }, rename: { prepareSupport: true }, diagnostic: {} },
};

const full = (options: Partial<ClientOptions> = {}): Promise<TestClient> =>
  openClient({ folders: [files.uri], capabilities: everything, ...options });

const at = (uri: string, line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

test('definition leads from a line to the one that wins, with what it is the definition of', async () => {
  await using client = await full();
  const found: LocationLink[] = await client.connection.sendRequest('textDocument/definition', at(files.uriOf('.env'), 0, 3));
  expect(found).toEqual([
    {
      originSelectionRange: { start: { line: 0, character: 0 }, end: { line: 0, character: 20 } },
      targetUri: files.uriOf('app.py'),
      targetRange: { start: { line: 3, character: 21 }, end: { line: 3, character: 37 } },
      targetSelectionRange: { start: { line: 3, character: 21 }, end: { line: 3, character: 30 } },
    },
  ]);
});

test('a seed in the open editor leads to the process that has its address', async () => {
  await using client = await full();
  const uri = files.uriOf('.env');
  await client.open(uri, env);
  const [target]: LocationLink[] = await client.connection.sendRequest('textDocument/definition', at(uri, 2, 42));
  expect(target?.targetUri).toBe(files.uriOf('docker-compose.yml'));
  expect(target?.originSelectionRange).toEqual({ start: { line: 2, character: 37 }, end: { line: 2, character: 47 } });
});

test('a client without links gets places', async () => {
  await using client = await openClient({ folders: [files.uri] });
  const found: Location[] = await client.connection.sendRequest('textDocument/definition', at(files.uriOf('.env'), 0, 3));
  expect(found.map(({ uri }) => uri)).toEqual([files.uriOf('app.py')]);
  expect(await client.connection.sendRequest('textDocument/definition', at(files.uriOf('app.py'), 0, 0))).toBeNull();
});

test('references come from every file, open or not, with or without the lines that give a value', async () => {
  await using client = await full();
  const ask = (includeDeclaration: boolean): Promise<Location[]> =>
    client.connection.sendRequest('textDocument/references', {
      ...at(files.uriOf('.env'), 1, 3),
      context: { includeDeclaration },
    });
  expect((await ask(true)).map(({ uri, range }) => `${uri.slice(files.uri.length + 1)}:${range.start.line + 1}`)).toEqual([
    '.env:2',
    'app.py:3',
    'docker-compose.yml:5',
  ]);
  expect((await ask(false)).map(({ uri }) => uri)).toEqual([files.uriOf('app.py')]);
});

test('a rename names the versions of open files, says what it does, and changes no finding', async () => {
  await using client = await full();
  const uri = files.uriOf('.env');
  await client.open(uri, env, 7);
  const before = await client.pullWorkspace();
  expect(await client.connection.sendRequest('textDocument/prepareRename', at(uri, 1, 8))).toEqual({
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 8 } },
    placeholder: 'APP_ZONE',
  });
  const edit: WorkspaceEdit = await client.connection.sendRequest('textDocument/rename', {
    ...at(uri, 1, 8),
    newName: 'APP_REGION',
  });
  expect(edit.changeAnnotations).toEqual({
    'rename-0': { label: 'Rename APP_ZONE to APP_REGION', description: 'APP_ZONE → APP_REGION', needsConfirmation: false },
  });
  const changes = (edit.documentChanges ?? []) as TextDocumentEdit[];
  expect(changes.map(({ textDocument }) => textDocument)).toEqual([
    { uri, version: 7 },
    { uri: files.uriOf('app.py'), version: null },
    { uri: files.uriOf('docker-compose.yml'), version: null },
  ]);
  for (const { textDocument, edits } of changes) {
    const name = textDocument.uri.slice(files.uri.length + 1);
    const text = { '.env': env, 'app.py': python, 'docker-compose.yml': compose }[name] ?? '';
    const after = applyToText(text, edits as Parameters<typeof applyToText>[1]);
    expect(after).toBe(text.replaceAll('APP_ZONE', 'APP_REGION'));
    files.write(name, after);
    await client.filesChanged({ uri: textDocument.uri, type: 2 });
  }
  await client.change(uri, env.replace('APP_ZONE', 'APP_REGION'), 8);
  const rules = (report: typeof before) =>
    report.items.map((item) => [item.uri, item.kind === 'full' ? item.items.map(({ code }) => code) : null]);
  await client.until('the file from disk', async () => {
    const found: Location[] | null = await client.connection.sendRequest('textDocument/references', {
      ...at(uri, 1, 3),
      context: { includeDeclaration: true },
    });
    return found?.length === 3;
  });
  expect(rules(await client.pullWorkspace())).toEqual(rules(before));
});

test('a rename that does harm is refused with the reason', async () => {
  await using client = await full();
  const uri = files.uriOf('.env');
  await expect(client.connection.sendRequest('textDocument/prepareRename', at(uri, 0, 3))).rejects.toMatchObject({
    code: -32803,
    message: expect.stringContaining('reads JARVISCORE_BIND_PORT under exactly this name'),
  });
  const rename = client.connection.sendRequest('textDocument/rename', { ...at(uri, 1, 3), newName: '1ZONE' });
  await expect(rename).rejects.toMatchObject({ code: -32803, message: expect.stringContaining('no digit first') });
  expect(await client.connection.sendRequest('textDocument/prepareRename', at(files.uriOf('app.py'), 1, 8))).toBeNull();
});

test('a client without versioned edits gets plain ones for a rename', async () => {
  await using client = await openClient({ folders: [files.uri], capabilities: { workspace: {}, textDocument: {} } });
  const edit: WorkspaceEdit = await client.connection.sendRequest('textDocument/rename', {
    ...at(files.uriOf('.env'), 1, 3),
    newName: 'APP_REGION',
  });
  expect(Object.keys(edit.changes ?? {})).toHaveLength(3);
  expect(edit.changeAnnotations).toBeUndefined();
});

test('settings of the workspace are found by their letters', async () => {
  await using client = await full();
  const found: WorkspaceSymbol[] = await client.connection.sendRequest('workspace/symbol', { query: 'appzone' });
  expect(found.map(({ name, containerName }) => `${name} ${containerName}`)).toEqual([
    'APP_ZONE .env',
    'APP_ZONE docker-compose.yml',
  ]);
});

test('what is cancelled ends with the protocol error, and the next answer is right', async () => {
  for (let folder = 0; folder < 300; folder++) files.write(`d${folder}/.env`, 'APP_ZONE=a\nOTHER_NAME=b\n'.repeat(5));
  await using client = await full();
  await client.pullWorkspace();
  const params = { ...at(files.uriOf('.env'), 1, 3), context: { includeDeclaration: true } };
  const source = new CancellationTokenSource();
  const asked = client.connection.sendRequest('textDocument/references', params, source.token);
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: -32800 });
  const found: Location[] = await client.connection.sendRequest('textDocument/references', params);
  expect(found).toHaveLength(3 + 300 * 5);
});

test('an answer about a document that has changed since is refused as such', async () => {
  const uri = files.uriOf('.env');
  const answers: Promise<unknown>[] = [];
  const kept = Promise.withResolvers<unknown>();
  await using client = await full({
    async beforeReading(connection) {
      const document = { uri, languageId: 'dotenv', version: 1, text: env };
      await connection.sendNotification('textDocument/didOpen', { textDocument: document });
      for (const method of ['hover', 'definition', 'prepareRename']) {
        const asked = connection.sendRequest(`textDocument/${method}`, at(uri, 0, 3));
        answers.push(asked.catch((error: unknown) => error));
      }
      const contentChanges = [{ text: `# new\n${env}` }];
      await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges });
      connection.sendRequest('textDocument/hover', at(uri, 1, 3)).then(kept.resolve, kept.reject);
    },
  });
  for (const answer of answers) expect(await answer).toMatchObject({ code: -32801 });
  expect(await kept.promise).toMatchObject({ range: { start: { line: 1, character: 0 } } });
  expect(client.log.filter(({ type }) => type === 1)).toEqual([]);
});

test('what is cancelled while files are read is never answered', async () => {
  const source = new CancellationTokenSource();
  let asked: Promise<unknown> = Promise.resolve();
  await using client = await full({
    async beforeReading(connection) {
      asked = connection
        .sendRequest('textDocument/definition', at(files.uriOf('.env'), 0, 3), source.token)
        .catch((error: unknown) => error);
      // A request of its own in between: the server has begun with the first one when it comes back.
      await connection.sendRequest('jarviscoreFleet/snapshot', null);
      source.cancel();
    },
  });
  expect(await asked).toMatchObject({ code: -32800 });
  expect(await client.connection.sendRequest('textDocument/definition', at(files.uriOf('.env'), 0, 3))).toHaveLength(1);
});

test('folders have targets of their own, and come and go at run time', async () => {
  const one = createProject({ '.env': 'CONVERGENCE_MIN_PROGRESS_SCORE=1\nAPP_ZONE=a\n' });
  const two = createProject({ '.env': 'CONVERGENCE_MIN_PROGRESS_SCORE=1\nAPP_ZONE=b\n' });
  try {
    await using client = await full({
      folders: [one.uri],
      settingsOf: (scope) => (scope === two.uri ? { target: '1.5.1' } : { target: '3.0.0' }),
    });
    const rename = (project: Project) =>
      client.connection
        .sendRequest('textDocument/prepareRename', at(project.uriOf('.env'), 0, 3))
        .then((answer) => (answer === null ? 'unknown' : 'free'))
        .catch((error: Error) => (/1\.5\.1 reads/.test(error.message) ? 'fixed' : error.message));
    const references = async (project: Project): Promise<string[]> => {
      const context = { includeDeclaration: true };
      const params = { ...at(project.uriOf('.env'), 1, 3), context };
      const found: Location[] | null = await client.connection.sendRequest('textDocument/references', params);
      return found?.map(({ uri }) => uri) ?? [];
    };
    expect(await rename(one)).toBe('free');
    expect(await rename(two)).toBe('unknown');

    const change = (added: readonly Project[], removed: readonly Project[]) => {
      const named = (projects: readonly Project[]) => projects.map(({ uri }) => ({ uri, name: uri }));
      return client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: named(added), removed: named(removed) },
      });
    };
    client.folders = [one.uri, two.uri];
    await change([two], []);
    await client.until('the new folder', async () => (await rename(two)) === 'fixed');
    expect(await rename(one)).toBe('free');
    // Different targets are different projects.
    expect(await references(one)).toEqual([one.uriOf('.env')]);
    expect(await references(two)).toEqual([two.uriOf('.env')]);

    client.folders = [two.uri];
    await change([], [one]);
    await client.until('the folder gone', async () => (await rename(one)) === 'unknown');
    expect(await rename(two)).toBe('fixed');
  } finally {
    one.dispose();
    two.dispose();
  }
});

test('folders with one target are one project', async () => {
  const other = createProject({ '.env': 'APP_ZONE=b\n' });
  try {
    await using client = await full({ folders: [files.uri, other.uri] });
    const params = { ...at(files.uriOf('.env'), 1, 3), context: { includeDeclaration: true } };
    const found: Location[] = await client.connection.sendRequest('textDocument/references', params);
    expect(found.map(({ uri }) => uri)).toContain(other.uriOf('.env'));
  } finally {
    other.dispose();
  }
});

test('an untrusted workspace gets none of it', async () => {
  await using client = await full({ trusted: false });
  const uri = files.uriOf('.env');
  for (const method of ['definition', 'prepareRename']) {
    expect(await client.connection.sendRequest(`textDocument/${method}`, at(uri, 1, 3))).toBeNull();
  }
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type {
  ClientCapabilities,
  CodeLens,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  SemanticTokens,
  SymbolInformation,
} from 'vscode-languageserver-protocol/node';
import { type ClientOptions, openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
const canary = 'CANARY-77d1-do-not-tell';
const env = `# Network\nJARVISCORE_BIND_PORT=7946\nKEEPALIVE_INTERVAL\n\n# Models\nCLAUDE_API_KEY=${canary}\nMY_OWN=${canary}\n`;
const compose =
  'services:\n  coder:\n    image: jarviscore:1\n    env_file:\n      - .env\n      - missing.env\n    environment:\n      JARVISCORE_NODE_NAME: coder\n';

beforeEach(() => {
  files = createProject({
    '.env': env,
    'app.py': `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7000, "claude_api_key": "${canary}", "node_name": "app"})\n`,
    'docker-compose.yml': compose,
  });
});
afterEach(() => files.dispose());

const features = {
  documentLink: {},
  inlayHint: {},
  codeLens: {},
  documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  documentHighlight: {},
  foldingRange: {},
  semanticTokens: { requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
} satisfies ClientCapabilities['textDocument'];

const workspace = {
  configuration: true,
  workspaceFolders: true,
  didChangeConfiguration: { dynamicRegistration: true },
  didChangeWatchedFiles: { dynamicRegistration: true },
} satisfies ClientCapabilities['workspace'];

const full = (options: Partial<ClientOptions> = {}): Promise<TestClient> =>
  openClient({ folders: [files.uri], capabilities: { workspace, textDocument: features }, ...options });

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const of = (name: string) => ({ textDocument: { uri: files.uriOf(name) } });
const hintText = ({ label }: InlayHint): string => (typeof label === 'string' ? label : label.map(({ value }) => value).join(''));

test('links say before they are followed whether the file is there, and lead to its place when they are', async () => {
  await using client = await full();
  const links: DocumentLink[] = await client.connection.sendRequest('textDocument/documentLink', of('docker-compose.yml'));
  expect(links.map(({ range, tooltip, target }) => [range.start.line, tooltip, target])).toEqual([
    [4, 'Open .env', undefined],
    [5, 'missing.env does not exist', undefined],
  ]);
  const [there, missing] = await Promise.all(
    links.map((link): Promise<DocumentLink> => client.connection.sendRequest('documentLink/resolve', link)),
  );
  expect(there?.target).toBe(files.uriOf('.env'));
  expect(missing?.target).toBe(files.uriOf('missing.env'));
  files.write('missing.env', 'A=1\n');
  const later: DocumentLink[] = await client.connection.sendRequest('textDocument/documentLink', of('docker-compose.yml'));
  expect(later[1]?.tooltip).toBe('Open missing.env');
  const odd = { range: whole, data: { targets: 'x' } };
  expect(await client.connection.sendRequest('documentLink/resolve', odd)).toEqual(odd);
});

test('hints lead to the line they speak of, and hide values of secrets', async () => {
  await using client = await full();
  const hints: InlayHint[] = await client.connection.sendRequest('textDocument/inlayHint', { ...of('.env'), range: whole });
  expect(hints.map((hint) => `${hint.position.line} ${hintText(hint)}`)).toEqual([
    '1 ZeroMQ 8946',
    '1 in app: overridden by app.py:2 (7000)',
    '2 default: 90',
    '5 in app: overridden by app.py:2',
  ]);
  const overridden = hints.find((hint) => hintText(hint).includes('7000'));
  expect(overridden?.label).toMatchObject([{ location: { uri: files.uriOf('app.py'), range: { start: { line: 1 } } } }]);
  expect(JSON.stringify(hints)).not.toContain(canary);
});

test('kinds of hints and lenses are chosen folder by folder, and a change is taken at run time', async () => {
  const other = createProject({ '.env': 'JARVISCORE_BIND_PORT=7946\n', 'a.sh': 'JARVISCORE_NODE_NAME=a python3 a.py\n' });
  try {
    let shown = false;
    await using client = await full({
      folders: [files.uri, other.uri],
      settingsOf: (scope) => (scope === other.uri ? { inlayHints: { derivedPorts: shown }, codeLens: { processes: shown } } : {}),
    });
    const hints = (uri: string): Promise<InlayHint[]> =>
      client.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range: whole });
    const lenses = (uri: string): Promise<CodeLens[]> =>
      client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
    expect((await hints(files.uriOf('.env'))).map(hintText)).toContain('ZeroMQ 8946');
    expect(await hints(other.uriOf('.env'))).toEqual([]);
    expect(await lenses(other.uriOf('a.sh'))).toEqual([]);
    expect(await lenses(files.uriOf('docker-compose.yml'))).toHaveLength(1);
    shown = true;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until('the hint', async () => (await hints(other.uriOf('.env'))).length === 1);
    expect(await lenses(other.uriOf('a.sh'))).toHaveLength(1);
  } finally {
    other.dispose();
  }
});

test('a lens says what a process is, and its command opens the effective settings', async () => {
  await using client = await full({ commands: ['jarviscoreFleet.showEffective'] });
  const [lens]: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', of('app.py'));
  expect(lens?.command).toBeUndefined();
  const resolved: CodeLens = await client.connection.sendRequest('codeLens/resolve', lens);
  expect(resolved.command?.title).toMatch(/^process app · .* · \d+ settings$/);
  expect(resolved.command?.command).toBe('jarviscoreFleet.showEffective');
  const answer: { name: string; text: string } = await client.connection.sendRequest(
    'jarviscoreFleet/effective',
    resolved.command?.arguments?.[0],
  );
  expect(answer.name).toBe('app');
  expect(answer.text).toMatch(/JARVISCORE_BIND_PORT +7000 {2}\(mesh-config app\.py:2\)/);
  expect(answer.text).toMatch(/CLAUDE_API_KEY +<set>/);
  expect(answer.text).not.toContain(canary);
  const processes: { name: string; file: string }[] = await client.connection.sendRequest('jarviscoreFleet/processes', null);
  expect(processes.map(({ name, file }) => `${name} ${file}`).sort()).toEqual(['app app.py', 'coder docker-compose.yml']);
  const nobody = client.connection.sendRequest('jarviscoreFleet/effective', { process: 'nobody' });
  await expect(nobody).rejects.toMatchObject({ code: -32602 });
});

test('a client that has no command for it gets the text of a lens alone', async () => {
  await using client = await full();
  const [lens]: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', of('app.py'));
  const resolved: CodeLens = await client.connection.sendRequest('codeLens/resolve', lens);
  expect(resolved.command).toMatchObject({ title: expect.stringMatching(/^process app/), command: '' });
});

test('env files have symbols, folds, highlights and tokens; other files keep those of the editor', async () => {
  await using client = await full();
  expect(client.initialized.capabilities).toMatchObject({
    documentSymbolProvider: true,
    documentHighlightProvider: true,
    foldingRangeProvider: true,
    semanticTokensProvider: { full: true, range: true },
  });
  const uri = files.uriOf('.env');
  await client.open(uri, env);
  const symbols: DocumentSymbol[] = await client.connection.sendRequest('textDocument/documentSymbol', of('.env'));
  expect(symbols.map(({ name, children }) => [name, ...(children ?? []).map((child) => child.name)])).toEqual([
    ['Network', 'JARVISCORE_BIND_PORT', 'KEEPALIVE_INTERVAL'],
    ['Models', 'CLAUDE_API_KEY', 'MY_OWN'],
  ]);
  const folds: FoldingRange[] = await client.connection.sendRequest('textDocument/foldingRange', of('.env'));
  expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [0, 2],
    [4, 6],
  ]);
  const position = { line: 1, character: 3 };
  expect(await client.connection.sendRequest('textDocument/documentHighlight', { ...of('.env'), position })).toHaveLength(1);
  const all: SemanticTokens = await client.connection.sendRequest('textDocument/semanticTokens/full', of('.env'));
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  const some: SemanticTokens = await client.connection.sendRequest('textDocument/semanticTokens/range', { ...of('.env'), range });
  expect(all.data.slice(0, some.data.length)).toEqual(some.data);
  expect(all.data.length).toBeGreaterThan(some.data.length);
  const python = await client.connection.sendRequest('textDocument/documentSymbol', of('app.py'));
  expect(python).toBeNull();
  expect(await client.connection.sendRequest('textDocument/foldingRange', of('docker-compose.yml'))).toBeNull();
});

test('an env file that no person reads has no outline, and costs no time', async () => {
  await using client = await full();
  await client.open(files.uriOf('.env'), `# Many\n${'MY_OWN_NAME=a value\n'.repeat(60_000)}`);
  expect(await client.connection.sendRequest('textDocument/documentSymbol', of('.env'))).toBeNull();
  expect(await client.connection.sendRequest('textDocument/foldingRange', of('.env'))).toBeNull();
  expect(await client.connection.sendRequest('textDocument/semanticTokens/full', of('.env'))).toEqual({ data: [] });
});

test('a client without trees gets a list', async () => {
  const textDocument = { documentSymbol: {} };
  await using client = await full({ capabilities: { workspace, textDocument } });
  await client.open(files.uriOf('.env'), env);
  const list: SymbolInformation[] = await client.connection.sendRequest('textDocument/documentSymbol', of('.env'));
  expect(list.map(({ name, containerName }) => `${containerName} ${name}`)).toContain('Models MY_OWN');
});

test('where features can be registered for some files, those of env files are registered for env files alone', async () => {
  const dynamicRegistration = true;
  const textDocument = {
    documentSymbol: { dynamicRegistration },
    documentHighlight: { dynamicRegistration },
    foldingRange: { dynamicRegistration },
    semanticTokens: { ...features.semanticTokens, dynamicRegistration },
  };
  await using client = await full({ capabilities: { workspace, textDocument } });
  const methods = ['documentSymbol', 'documentHighlight', 'foldingRange', 'semanticTokens'].map((name) => `textDocument/${name}`);
  await client.until('the registrations', () => methods.every((method) => client.registered.has(method)));
  for (const method of methods) {
    const { documentSelector } = client.registered.get(method) as { documentSelector: { pattern: string }[] };
    expect(documentSelector.map(({ pattern }) => pattern)).toContain('**/.env');
    expect(documentSelector.every(({ pattern }) => /env/.test(pattern))).toBe(true);
  }
  for (const provider of ['documentSymbol', 'documentHighlight', 'foldingRange', 'semanticTokens'])
    expect(client.initialized.capabilities).not.toHaveProperty(`${provider}Provider`);
});

test('a client of earlier days is offered what it knows and nothing else', async () => {
  // What Neovim 0.7.2 says of itself, as far as it matters here.
  const textDocument = {
    synchronization: { dynamicRegistration: false },
    hover: { contentFormat: ['markdown' as const, 'plaintext' as const] },
    definition: { linkSupport: true },
    references: { dynamicRegistration: false },
    rename: { dynamicRegistration: false, prepareSupport: true },
    documentHighlight: { dynamicRegistration: false },
    documentSymbol: { dynamicRegistration: false, hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { relatedInformation: true },
  };
  await using client = await full({ capabilities: { workspace: { configuration: true }, textDocument } });
  expect(Object.keys(client.initialized.capabilities).sort()).toEqual([
    'codeActionProvider',
    'completionProvider',
    'definitionProvider',
    'documentHighlightProvider',
    'documentSymbolProvider',
    'hoverProvider',
    'positionEncoding',
    'referencesProvider',
    'renameProvider',
    'textDocumentSync',
    'workspace',
    'workspaceSymbolProvider',
  ]);
  expect(client.registrations).toEqual([]);
});

test('what stands beside one file is asked for again when another one changes', async () => {
  const refresh = { refreshSupport: true };
  const capabilities = {
    workspace: { ...workspace, inlayHint: refresh, codeLens: refresh, semanticTokens: refresh },
    textDocument: features,
  };
  await using client = await full({ capabilities });
  const asked = new Set<string>();
  for (const name of ['inlayHint', 'codeLens', 'semanticTokens'])
    client.connection.onRequest(`workspace/${name}/refresh`, () => {
      asked.add(name);
      return null;
    });
  await client.open(files.uriOf('.env'), env);
  await client.open(files.uriOf('app.py'), 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7001})\n');
  await client.until('the refresh', () => asked.size === 3);
});

test('no answer, refusal or log line holds a secret', async () => {
  const text = [
    `CLAUDE_API_KEY=${canary}`,
    `MY_PRIVATE_THING=${canary}`,
    `REDIS_URL=redis://u:${canary}@host:6379/0`,
    `OTHER_URL="http://\${MY_PRIVATE_THING}@x" # ${canary}`,
    `GEMINI_API_KEY="${canary}`,
  ].join('\n');
  const script = `export CLAUDE_API_KEY=${canary}\npython3 app.py --key ${canary} "$MY_PRIVATE_THING"\n`;
  const python = `from jarviscore import Mesh\nimport os\nKEY = "${canary}"\nmesh = Mesh(config={"claude_api_key": KEY, "redis_url": os.getenv("REDIS_URL", "redis://u:${canary}@h/0")})\n`;
  const all = { '.env': text, 'app.py': python, 'run.sh': script };
  for (const [name, content] of Object.entries(all)) files.write(name, content);
  await using client = await full({ commands: ['jarviscoreFleet.showEffective'] });
  const heard: unknown[] = [];
  const ask = async (method: string, params: object): Promise<unknown> => {
    const answer = await client.connection
      .sendRequest<unknown>(method, params)
      .catch((error: unknown) => `refused: ${error instanceof Error ? error.message : 'without a word'}`);
    heard.push(answer);
    return answer;
  };
  for (const [name, content] of Object.entries(all)) {
    await client.open(files.uriOf(name), content);
    for (const method of ['documentLink', 'documentSymbol', 'foldingRange', 'semanticTokens/full'])
      await ask(`textDocument/${method}`, of(name));
    await ask('textDocument/inlayHint', { ...of(name), range: whole });
    const lenses = await ask('textDocument/codeLens', of(name));
    for (const lens of Array.isArray(lenses) ? (lenses as CodeLens[]) : []) {
      const { command } = (await ask('codeLens/resolve', lens)) as CodeLens;
      await ask('jarviscoreFleet/effective', (command?.arguments?.[0] ?? {}) as object);
    }
    for (const [line, words] of content.split('\n').entries()) {
      for (let character = 0; character <= words.length; character += 4) {
        const at = { ...of(name), position: { line, character } };
        for (const method of ['definition', 'prepareRename', 'documentHighlight', 'hover'])
          await ask(`textDocument/${method}`, at);
        await ask('textDocument/references', { ...at, context: { includeDeclaration: true } });
        await ask('textDocument/rename', { ...at, newName: 'NEW_NAME' });
      }
    }
  }
  await ask('workspace/symbol', { query: '' });
  heard.push(client.log);
  expect(heard.length).toBeGreaterThan(300);
  expect(JSON.stringify(heard)).not.toContain(canary);
});

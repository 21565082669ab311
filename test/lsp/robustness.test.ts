import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
beforeEach(() => {
  files = createProject({ '.env': 'BIND_PORT=7946\n' });
});
afterEach(() => files.dispose());

test('messages that make no sense cost nothing but themselves', async () => {
  await using client = await openClient({ folders: [files.uri] });
  const { connection } = client;
  const bad: readonly (readonly [string, unknown])[] = [
    ['textDocument/didOpen', {}],
    [
      'textDocument/didChange',
      { textDocument: { uri: files.uriOf('never-opened.env'), version: 1 }, contentChanges: [{ text: 'A=1' }] },
    ],
    ['textDocument/didChange', { textDocument: { uri: 'not a uri', version: 1 }, contentChanges: 7 }],
    ['textDocument/didClose', { textDocument: { uri: 'file:///nowhere/.env' } }],
    [
      'workspace/didChangeWatchedFiles',
      {
        changes: [
          { uri: 'file:///nowhere/.env', type: 9 },
          { uri: '%%%', type: 1 },
        ],
      },
    ],
    ['workspace/didChangeConfiguration', { settings: { jarviscoreFleet: 'text' } }],
    ['jarviscoreFleet/trustGranted', { a: 1 }],
    ['$/nonsense', [1, 2]],
  ];
  for (const [method, params] of bad) await connection.sendNotification(method, params as object);
  for (const [method, params] of [
    ['textDocument/hover', { textDocument: { uri: files.uriOf('.env') } }],
    ['textDocument/hover', { textDocument: { uri: files.uriOf('.env') }, position: { line: 1e9, character: -5 } }],
    ['textDocument/completion', { textDocument: { uri: 'untitled:x.env' }, position: { line: 0, character: 0 } }],
    ['textDocument/diagnostic', { textDocument: { uri: 'nonsense://[' } }],
    ['textDocument/codeAction', { textDocument: { uri: files.uriOf('.env') }, range: null, context: {} }],
    ['workspace/diagnostic', {}],
    ['jarviscoreFleet/unknown', {}],
  ] as const) {
    await connection.sendRequest(method, params).catch((error: { code: number }) => expect(error.code).toBeLessThan(0));
  }
  expect((await client.diagnostics(files.uriOf('.env'))).map((item) => item.code)).toContain('unprefixed-p2p-var');
});

test('a client that answers nothing gets its diagnostics all the same', async () => {
  const capabilities = {
    workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
    textDocument: { diagnostic: {} },
  };
  await using client = await openClient({ folders: [files.uri], capabilities, silent: true });
  expect((await client.diagnostics(files.uriOf('.env'))).map((item) => item.code)).toContain('unprefixed-p2p-var');
}, 30_000);

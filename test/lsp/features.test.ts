import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import { applyToText, openClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
const env = 'JARVISCORE_BIND_PORT=7946\nBIND_HOST=127.0.0.1\n';

beforeEach(() => {
  files = createProject({
    '.env': env,
    'app.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7000, "node_name": "a"})\n',
  });
});
afterEach(() => files.dispose());

test('hover explains the setting under the cursor, with where its value comes from', async () => {
  await using client = await openClient({ folders: [files.uri] });
  const hover = await client.hover(files.uriOf('.env'), 0, 3);
  expect(hover?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 20 } });
  expect(hover?.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('SWIM gossip port') });
  expect(JSON.stringify(hover)).toContain('7000');
  expect(await client.hover(files.uriOf('.env'), 5, 0)).toBeNull();
});

test('completion offers names, and the values of a name, at the text of the open editor', async () => {
  await using client = await openClient({ folders: [files.uri] });
  const uri = files.uriOf('.env');
  await client.open(uri, `${env}JARVISCORE_N\nP2P_ENABLED=\n`);
  const names = await client.complete(uri, 2, 12);
  expect(names.find((item) => item.label === 'JARVISCORE_NODE_NAME')?.textEdit).toEqual({
    range: { start: { line: 2, character: 0 }, end: { line: 2, character: 12 } },
    newText: 'JARVISCORE_NODE_NAME=',
  });
  const values = await client.complete(uri, 3, 12);
  expect(values.map((item) => item.label)).toEqual(expect.arrayContaining(['true', 'false']));
});

test('a quick fix renames the setting, and the finding is gone', async () => {
  await using client = await openClient({ folders: [files.uri] });
  const uri = files.uriOf('.env');
  await client.open(uri, env, 3);
  const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 2 } };
  const actions = await client.actions(uri, range, ['quickfix']);
  const rename = actions.find((action) => action.title.includes('JARVISCORE_BIND_HOST'));
  expect(rename?.diagnostics?.[0]?.code).toBe('unprefixed-p2p-var');
  const [change] = (rename?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(change?.textDocument).toEqual({ uri, version: 3 });
  const fixed = applyToText(env, (change?.edits ?? []) as Parameters<typeof applyToText>[1]);
  expect(fixed).toBe('JARVISCORE_BIND_PORT=7946\nJARVISCORE_BIND_HOST=127.0.0.1\n');
  await client.change(uri, fixed, 4);
  expect((await client.diagnostics(uri)).map((item) => item.code)).not.toContain('unprefixed-p2p-var');
});

test('fix-all is offered under its own kind, to whom asks for the kind above it', async () => {
  await using client = await openClient({ folders: [files.uri] });
  const uri = files.uriOf('.env');
  const text = '// a comment of another language\nJARVISCORE_BIND_PORT=7946\n';
  await client.open(uri, text);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const [all, ...others] = await client.actions(uri, range, ['source.fixAll']);
  expect(others).toEqual([]);
  expect(all?.kind).toBe('source.fixAll.jarviscoreFleet');
  const [change] = (all?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(applyToText(text, (change?.edits ?? []) as Parameters<typeof applyToText>[1])).toMatch(
    /^# .*a comment of another language\nJARVISCORE_BIND_PORT=7946\n$/,
  );
});

test('a client without versioned edits gets plain ones', async () => {
  await using client = await openClient({ folders: [files.uri], capabilities: { workspace: {}, textDocument: {} } });
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
  const uri = files.uriOf('.env');
  const actions = await client.until('actions', async () => {
    const found = await client.actions(uri, range);
    return found.length > 0 ? found : undefined;
  });
  expect(Object.keys(actions[0]?.edit?.changes ?? {})).toEqual([uri]);
});

test('an untrusted workspace gets diagnostics only, until it is trusted', async () => {
  await using client = await openClient({ folders: [files.uri], trusted: false });
  const uri = files.uriOf('.env');
  expect((await client.diagnostics(uri)).map((item) => item.code)).toContain('unprefixed-p2p-var');
  expect(await client.hover(uri, 0, 3)).toBeNull();
  await client.connection.sendNotification('jarviscoreFleet/trustGranted', null);
  expect(await client.hover(uri, 0, 3)).not.toBeNull();
});

test('no answer and no log line holds a secret', async () => {
  const canary = 'CANARY-51c2-do-not-tell';
  const text = [
    `CLAUDE_API_KEY=${canary}`,
    `MY_PRIVATE_THING=${canary}`,
    `REDIS_URL=redis://u:${canary}@host:6379/0`,
    `CLAUDE_API_KEY ${canary}`,
    `GEMINI_API_KEY="${canary}`,
  ].join('\n');
  files.write('.env', text);
  files.write(
    'app.py',
    `from jarviscore import Mesh\nKEY = "${canary}"\nmesh = Mesh(config={"claude_api_key": KEY, "redis_url": "redis://u:${canary}@h/0"})\n`,
  );
  await using client = await openClient({ folders: [files.uri] });
  const heard: unknown[] = [];
  for (const name of ['.env', 'app.py']) {
    const uri = files.uriOf(name);
    const lines = name === '.env' ? text.split('\n') : ['', `KEY = "${canary}"`, 'x'.repeat(110)];
    await client.open(
      uri,
      name === '.env' ? text : `from jarviscore import Mesh\nKEY = "${canary}"\nmesh = Mesh(config={"claude_api_key": KEY})\n`,
    );
    heard.push(await client.diagnostics(uri));
    for (const [line, content] of lines.entries()) {
      for (let character = 0; character <= content.length; character += 3) heard.push(await client.hover(uri, line, character));
      heard.push(await client.complete(uri, line, content.length));
      heard.push(await client.actions(uri, { start: { line, character: 0 }, end: { line, character: content.length } }));
    }
  }
  heard.push(await client.pullWorkspace(), client.log);
  heard.push(await client.connection.sendRequest('jarviscoreFleet/snapshot', null));
  expect(heard.length).toBeGreaterThan(50);
  expect(JSON.stringify(heard)).not.toContain(canary);
});

/**
 * One secret planted in every kind of input (files, settings, the environment, tokens, keys, announced URLs, payloads of
 * messages, HTTP bodies, frames of relay nodes) and searched for in every kind of output (answers of the language server, what
 * the extension makes of them, logs, the command line, the roster, messages to peers, the database).
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { messagePayloadRequest, messagesRequest } from '#schemas/editor/fleetMessages.ts';
import { fleetSnapshotRequest, otherFleetsRequest, startNodeRequest, stopNodeRequest } from '#schemas/editor/messages.ts';
import { readinessRequest } from '#schemas/editor/workspaceMessages.ts';
import { openClient, type TestClient } from '../../lsp/client.ts';
import { createProject } from '../../lsp/project.ts';
import { beat, registration } from '../../unit/registry/hubHarness.ts';
import { start } from '../cli/command.ts';
import { Node } from '../cli/jsonNode.ts';
import { joinScriptedPeer, type ScriptedPeer } from '../mesh/scriptedPeer.ts';
import { agentServer, atEnd, freePort, post, serve, until } from '../registry/support.ts';
import { canary, canaryFiles } from './files.ts';
import { askAboutDocument, askAboutWorkspace, type Outputs } from './outputs.ts';
import { showInClient } from './shown.ts';

const planted = { MY_OWN_WEBHOOK: canary, NEXUS_SECRET: canary, REDIS_URL: `redis://u:${canary}@localhost:6379/0` };
const before = Object.fromEntries(Object.keys(planted).map((name) => [name, process.env[name]]));
Object.assign(process.env, planted);
const scratch = mkdtempSync(join(tmpdir(), 'canary-store-'));

afterAll(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(scratch, { recursive: true, force: true });
});

/** A client that can show everything. */
const capabilities = {
  workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true } },
  textDocument: {
    diagnostic: {},
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    documentHighlight: {},
    foldingRange: {},
    codeLens: {},
    documentLink: {},
    inlayHint: {},
    semanticTokens: { requests: { full: true }, tokenTypes: ['variable', 'string', 'comment'], tokenModifiers: [], formats: [] },
  },
};

/** Outputs that tell the secret, with what stands around it. */
function leaks(outputs: Outputs): string[] {
  return [...outputs].flatMap(([name, text]) => {
    const at = text.indexOf(canary);
    return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 120), at + canary.length + 20)}…`];
  });
}

/** All files below a folder, the database's own neighbours too. */
const bytesBelow = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

/** A broker that enrols and registers, one that has the wrong token, and an agent whose URL carries a password. */
async function meetOthers(hub: string, coordinator: string, enrolWith: string | null, token: string): Promise<string> {
  const answers: string[] = [];
  const json = { 'content-type': 'application/json' };
  const say = async (url: string, body: unknown, headers: Record<string, string> = json): Promise<{ body: unknown }> => {
    const answer = await post(url, body, headers);
    return answer;
  };
  const gpu = { gpu_id: 0, name: 'RTX', vram_total_mb: 2, vram_used_mb: 1, vram_free_mb: 1, token: canary };
  const residents = [{ service: 'vllm', model_name: 'm', api_key: canary }];
  const bodies = { '/gpu-info': { gpus: [gpu], password: canary }, '/resident-info': { residents, token: canary } };
  const agent = await serve(agentServer(bodies));
  const refused = await say(`${coordinator}/api/nodes`, { node_id: 'n1', agent_url: `http://u:${canary}@127.0.0.1:9` });
  const taken = await say(`${coordinator}/api/nodes`, { node_id: 'n2', agent_url: agent, token: canary });
  const wrong = await say(`${hub}/v1/nodes`, { name: 'x', node_id: 'x' }, { ...json, authorization: `Bearer wrong-${canary}` });
  answers.push(...[refused, taken, wrong].map(({ body }) => JSON.stringify(body)));
  let own = token;
  if (enrolWith !== null) {
    const enrolled = await say(
      `${hub}/v1/nodes`,
      { name: 'builder', node_id: 'node_a' },
      { ...json, authorization: `Bearer ${enrolWith}` },
    );
    own = (enrolled.body as { data: { token: string } }).data.token;
  }
  for (const each of [`wrong-${canary}`, own]) {
    const socket = new WebSocket(`${hub.replace('http', 'ws')}/v1/node/ws?token=${each}`);
    atEnd(() => socket.terminate());
    socket.on('error', (error) => answers.push(error.message));
    socket.on('message', (data) => answers.push(String(data)));
    socket.on('open', () => {
      socket.send(JSON.stringify({ v: 1, ...registration() }));
      socket.send(JSON.stringify({ v: 1, ...beat() }));
      socket.send(JSON.stringify({ v: 1, ...beat({ token: canary, env: { API_KEY: canary } }) }));
    });
  }
  await until('an answer to the broker', () => answers.length >= 5);
  return answers.join('\n');
}

/** What a peer sends may carry secrets: under names, in URLs, in texts, in JSON within texts. */
async function sendSecrets(peer: ScriptedPeer): Promise<void> {
  const dealer = await peer.dealer();
  const data = {
    ...{ api_key: canary, deep: [{ password: { is: canary } }], note: `use token=${canary}`, url: `redis://u:${canary}@h/0` },
    ...{ inner: JSON.stringify({ clientSecret: canary }), header: `Authorization: Bearer ${canary}`, kept: 'plain words' },
  };
  const payload = { sender: 'a-1', target: 'b', correlation_id: 'c-1', data };
  for (const type of ['PEER_NOTIFY', 'PEER_REQUEST'])
    await dealer.send({
      type,
      id: `secret-${type}`,
      from_node: peer.address,
      require_ack: true,
      payload: JSON.stringify(payload),
    });
  await dealer.send({ type: `NO_SUCH_${canary.length}`, id: 'x', from_node: peer.address, token: canary, payload: canary });
}

/** The journal and each payload that it keeps; waits for the two messages of `sendSecrets`. */
async function readJournal(client: TestClient, outputs: Outputs): Promise<unknown> {
  let answer: unknown;
  await client.until('both messages in the journal', async () => {
    answer = await client.connection.sendRequest(messagesRequest.method, { epoch: null, after: null });
    const text = JSON.stringify(answer);
    return text.includes('PEER_NOTIFY') && text.includes('PEER_REQUEST');
  });
  outputs.set('message journal', JSON.stringify(answer));
  const page = messagesRequest.result.parse(answer);
  for (const { seq, type } of page?.entries ?? []) {
    const payload = await client.connection.sendRequest(messagePayloadRequest.method, { epoch: page?.epoch ?? '', seq });
    outputs.set(`message payload ${seq} ${type}`, JSON.stringify(payload));
  }
  return answer;
}

test('nothing a language server says, keeps or sends tells a secret', async () => {
  const project = createProject(canaryFiles);
  atEnd(() => project.dispose());
  const outputs: Outputs = new Map();
  const storePath = join(scratch, 'editor', 'known-nodes.db');
  const settings = {
    relayHub: { port: 0 },
    coordinator: { port: 0 },
    apiKey: canary,
    node: { token: canary, port: 0 },
    profile: 'production',
  };
  {
    await using client = await openClient({ folders: [project.uri], fleetView: true, storePath, settings, capabilities });
    for (const [name, text] of Object.entries(canaryFiles)) await askAboutDocument(client, project, name, text, outputs);
    await askAboutWorkspace(client, outputs);

    const started = await client.connection.sendRequest(startNodeRequest.method, { port: null, seeds: [] });
    outputs.set('start of the node', JSON.stringify(started));
    const { self } = startNodeRequest.result.parse(started);
    if (self === null) throw new Error(`The node did not start: ${JSON.stringify(started)}`);
    const peer = await joinScriptedPeer(self.address);
    atEnd(() => peer.close());

    const workspaceKey = `rk_live_${canary}`;
    const params = { hub: { workspaceKey }, coordinator: true };
    const { sources } = otherFleetsRequest.result.parse(await client.connection.sendRequest(otherFleetsRequest.method, params));
    const urlOf = (source: string): string => `http://${sources.find((each) => each.source === source)?.address}`;
    outputs.set('other fleets', await meetOthers(urlOf('relay-hub'), urlOf('coordinator'), workspaceKey, ''));
    await client.until('rows of all three kinds', async () => {
      const text = JSON.stringify(await client.connection.sendRequest(fleetSnapshotRequest.method, null));
      outputs.set('roster', text);
      return text.includes(peer.address) && text.includes('node_a') && text.includes('n2');
    });
    await until('datagrams to the peer', () => peer.datagrams.length > 3);
    await sendSecrets(peer);
    const messages = await readJournal(client, outputs);
    await askAboutWorkspace(client, outputs);
    const fleet = await client.connection.sendRequest(fleetSnapshotRequest.method, null);
    const readiness = await client.connection.sendRequest(readinessRequest.method, null);
    const log = client.log.map(({ message }) => message);
    await showInClient({ fleet, readiness, messages, log, settings }, outputs);
    outputs.set('stop of the node', JSON.stringify(await client.connection.sendRequest(stopNodeRequest.method, null)));
    outputs.set('messages to peers', `${peer.datagrams.join('\n')}\n${peer.received.join('\n')}`);
    outputs.set('log', client.log.map(({ message }) => message).join('\n'));
    outputs.set('published', JSON.stringify([...client.published]));
  }
  expect(existsSync(storePath)).toBe(true);
  outputs.set('database', bytesBelow(join(scratch, 'editor')));

  // What is searched has something in it: an answer that is empty everywhere would be silent about anything.
  const words = [
    'hover',
    'completion',
    'codeLens',
    'effective',
    'report sarif',
    'messages to peers',
    'database',
    'log',
    'roster',
  ];
  const shown = ['tree of peers', 'tree of readiness', 'tree of messages', 'details of peers', 'map', 'diagnostics information'];
  for (const word of [...words, 'message payload', ...shown.map((each) => `shown: ${each}`)]) {
    const text = [...outputs].filter(([name]) => name.includes(word)).map(([, each]) => each);
    expect(text.join('').length, word).toBeGreaterThan(100);
  }
  // Masked, not lost: what is no secret of a payload can be read.
  const payloads = [...outputs].filter(([name]) => /^message payload .* PEER_/.test(name)).map(([, text]) => text);
  expect(payloads.length).toBe(2);
  for (const text of payloads) expect(text).toContain('plain words');
  expect(leaks(outputs)).toEqual([]);
}, 240_000);

test('nothing node --json says, keeps or sends tells a token', async () => {
  const [relay, coordinator] = [await freePort(), await freePort()];
  const store = join(scratch, 'cli', 'nodes.db');
  const places = ['--relay', `127.0.0.1:${relay}`, '--coordinator', `127.0.0.1:${coordinator}`, '--store', store];
  const running = new Node(...places, '--relay-token', `nt_${canary}`);
  atEnd(() => running.kill('SIGKILL'));
  const { event: _, ...ready } = await running.event('ready', () => true, 0, 60_000);
  const peer = await joinScriptedPeer(ready.address);
  atEnd(() => peer.close());
  const outputs: Outputs = new Map();
  outputs.set('answers', await meetOthers(`http://127.0.0.1:${relay}`, `http://127.0.0.1:${coordinator}`, null, `nt_${canary}`));
  await running.event('peer', ({ peer: each }) => each.id === 'node_a', 0, 60_000);
  await running.event('peer', ({ peer: each }) => each.id === peer.address, 0, 60_000);
  running.write(`{"command":"ask","token":"${canary}"}\n{"command":"announce","agents":"${canary}"}\n`);
  running.send({ command: 'stop' });
  await running.event('stopped', () => true, 0, 60_000);
  await running.ended;
  outputs.set('events', JSON.stringify(running.events));
  outputs.set('standard error', running.stderr);
  outputs.set('messages to peers', `${peer.datagrams.join('\n')}\n${peer.received.join('\n')}`);
  outputs.set('database', bytesBelow(join(scratch, 'cli')));
  for (const [name, text] of outputs) expect(text.length, name).toBeGreaterThan(20);
  expect(leaks(outputs)).toEqual([]);
}, 240_000);

test('nothing node writes for a person tells a token', async () => {
  const [relay, coordinator] = [await freePort(), await freePort()];
  const places = ['--relay', `127.0.0.1:${relay}`, '--coordinator', `127.0.0.1:${coordinator}`, '--name', 'plain'];
  const running = start(['node', ...places, '--relay-token', `nt_${canary}`, '--announce-token', canary], scratch);
  atEnd(() => running.kill('SIGKILL'));
  let text = '';
  for (const stream of [running.stdout, running.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const address = /\b127\.0\.0\.1:\d+/;
  await until('its address', () => address.test(text), 60_000);
  const ended = new Promise((done) => running.once('close', done));
  const answers = await meetOthers(`http://127.0.0.1:${relay}`, `http://127.0.0.1:${coordinator}`, null, `nt_${canary}`);
  await until('both others', () => text.includes('node_a') && text.includes('n2'), 60_000);
  running.kill('SIGINT');
  await ended;
  expect(
    leaks(
      new Map([
        ['answers', answers],
        ['terminal', text],
      ]),
    ),
  ).toEqual([]);
}, 240_000);

/** Examining and starting through the language server: what it asks, what it refuses, what it says before a start. */
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diagnoseRequest, runPlansRequest } from '#schemas/editor/running.ts';
import { firstFailure } from '#schemas/fleet/firstFailure.ts';
import { closeAll, startActor } from '../sockets/doctor/actors.ts';
import { freePort } from '../sockets/mesh/freePort.ts';
import { openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
beforeEach(() => {
  files = createProject({ 'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n' });
});
afterEach(async () => {
  await closeAll();
  files.dispose();
});

const mesh = (name: string, port: number, seeds = '') =>
  `from jarviscore import Mesh\nmesh = Mesh(config={"bind_host": "127.0.0.1", "bind_port": ${port}, "node_name": "${name}", "seed_nodes": "${seeds}", "p2p_enabled": True})\n`;

async function diagnose(client: TestClient, params: object) {
  return diagnoseRequest.result.parse(await client.connection.sendRequest(diagnoseRequest.method, params));
}

async function plans(client: TestClient, processes: readonly string[] | null = null) {
  return runPlansRequest.result.parse(await client.connection.sendRequest(runPlansRequest.method, { processes }));
}

test('every declared node, one row, and an address that nobody declares', async () => {
  const [one, two, other] = [await freePort(), await freePort(), await freePort()];
  files.write('one.py', mesh('one', one));
  files.write('two.py', mesh('two', two, `127.0.0.1:${one}`));
  await startActor({ port: one, members: [`127.0.0.1:${two}`] });
  await startActor({ port: other, members: ['10.9.0.1:7946'] });
  await using client = await openClient({ folders: [files.uri], fleetView: true });
  const all = await diagnose(client, { rows: null });
  expect(all.diagnoses.map((one) => [one.name, one.row, firstFailure(one)?.step ?? null])).toEqual([
    ['one', `declared:127.0.0.1:${one}`, null],
    ['two', `declared:127.0.0.1:${two}`, 'udp'],
  ]);
  expect(all.text).toContain('at two.py:2');
  const single = await diagnose(client, { rows: [`declared:127.0.0.1:${two}`] });
  expect(single.diagnoses.map(({ name }) => name)).toEqual(['two']);
  const [stranger] = (await diagnose(client, { rows: [], addresses: [`127.0.0.1:${other}`] })).diagnoses;
  expect(stranger === undefined ? null : firstFailure(stranger)?.causes[0]?.code).toBe('other-fleet');
  await expect(diagnose(client, { rows: [], addresses: ['nowhere'] })).rejects.toThrow('nowhere is not HOST:PORT');
});

test('a running local node says what it lists, and which roles it was told', async () => {
  const port = await freePort();
  files.write('one.py', mesh('one', port));
  await startActor({ port });
  await using client = await openClient({ folders: [files.uri], fleetView: true });
  await client.connection.sendRequest('jarviscoreFleet/startNode', { port: null, seeds: [] });
  const [diagnosis] = (await diagnose(client, { rows: null })).diagnoses;
  expect(diagnosis?.steps.filter(({ status }) => status === 'fail').map(({ step }) => step)).toEqual(['mesh']);
  expect(diagnosis?.steps.find(({ step }) => step === 'mesh')?.causes[0]?.code).toBe('not-a-member');
  await client.connection.sendRequest('jarviscoreFleet/stopNode', null);
});

test('an examination can be cancelled', async () => {
  // Nobody answers there, and nothing refuses: only the time limit, or the person, ends it.
  files.write('one.py', mesh('one', 7946).replace('127.0.0.1', '192.0.2.1'));
  await using client = await openClient({ folders: [files.uri], fleetView: true });
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  const source = new CancellationTokenSource();
  const asked = client.connection.sendRequest(diagnoseRequest.method, { rows: null }, source.token);
  source.cancel();
  await expect(asked).rejects.toThrow(/cancelled/i);
});

test('what is not trusted is neither examined nor started', async () => {
  files.write('one.py', mesh('one', await freePort()));
  await using client = await openClient({ folders: [files.uri], trusted: false });
  await expect(diagnose(client, { rows: null })).rejects.toThrow('no socket is opened');
  await expect(plans(client)).rejects.toThrow('nothing is started');
});

test('how each is started, what is in its way, and who cannot run together', async () => {
  const [one, two] = [await freePort(), await freePort()];
  files.write('.venv/pyvenv.cfg', '');
  files.write('.venv/bin/python', '');
  files.write('one.py', mesh('one', one));
  files.write('two.py', mesh('two', two));
  files.write('three.py', mesh('three', one + 1_000));
  files.write(
    'compose.yml',
    'services:\n  coder:\n    image: jarviscore:1\n    environment:\n      JARVISCORE_NODE_NAME: coder\n',
  );
  const server = createServer();
  await new Promise<void>((done) => server.listen(two, '127.0.0.1', done));
  await using client = await openClient({ folders: [files.uri], fleetView: true });
  const found = await plans(client);
  server.close();
  const byName = new Map(found.plans.map((plan) => [plan.name, plan]));
  expect(byName.get('one')).toMatchObject({
    file: 'one.py',
    folder: files.folder,
    arguments: ['run', files.folder, '--process', 'one'],
    problems: [],
  });
  expect(byName.get('two')?.problems).toHaveLength(1);
  expect(byName.get('two')?.problems[0]).toContain(`Port ${two} (TCP) on 127.0.0.1, which two needs, is taken by`);
  expect(byName.get('coder')).toMatchObject({ arguments: null });
  expect(byName.get('coder')?.problems[0]).toContain('docker compose -f compose.yml up coder');
  expect(found.collisions).toEqual([`Port ${one + 1_000} is needed twice: by one (ZeroMQ) and by three (TCP).`]);
  const chosen = await plans(client, [byName.get('one')?.process ?? '']);
  expect(chosen.plans.map(({ name }) => name)).toEqual(['one']);
});

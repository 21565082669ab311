/** What the sidebar asks the server for: checklists, releases, reports, fixes, fleets, messages. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  fleetsRequest,
  messagePayloadRequest,
  messagesRequest,
  notifyRequest,
  startPlanRequest,
} from '#schemas/editor/fleetMessages.ts';
import {
  chooseReleaseRequest,
  fixAllRequest,
  readinessRequest,
  releasesRequest,
  reportRequest,
} from '#schemas/editor/workspaceMessages.ts';
import { checkReportSchema } from '#schemas/report/check.ts';
import { newestRelease, releases } from '#schemas/settings/catalogue.ts';
import { applyEdits } from '#server/report/edits.ts';
import { runCli, start } from '../sockets/cli/command.ts';
import { openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
const cleanups: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => {
  files = createProject({});
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  files.dispose();
});

async function ask<P, R>(
  client: TestClient,
  type: { readonly method: string; readonly params: z.ZodType<P>; readonly result: z.ZodType<R> },
  params: P,
): Promise<R> {
  return type.result.parse(await client.connection.sendRequest(type.method, params));
}

const mesh = (port: number, more = '') =>
  `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": ${port}, "node_name": "n${port}"${more}})\n`;

describe('readiness', () => {
  test('judges as the command line does, and says once that files have changed', async () => {
    files.write('main.py', mesh(7946));
    files.write('.env', 'NEXUS_SECRET=change-me\n');
    await using client = await openClient({ folders: [files.uri], fleetView: true });
    let told = 0;
    client.connection.onNotification('jarviscoreFleet/readinessChanged', () => {
      told++;
    });
    const answer = await ask(client, readinessRequest, null);
    const [folder] = answer?.folders ?? [];
    expect(folder).toMatchObject({ uri: files.uri, processes: 1, target: newestRelease });
    const { stdout } = await runCli(['readiness', '--format', 'json', '.'], files.folder);
    const byCommand = JSON.parse(stdout) as { item: string; status: string; message: string }[];
    expect(folder?.items.map(({ item, status, message }) => ({ item, status, message }))).toEqual(
      byCommand.map(({ item, status, message }) => ({ item, status, message })),
    );
    const secret = folder?.items.find(({ item }) => item === 'P2');
    expect(secret).toMatchObject({ status: 'fail', change: { uri: files.uriOf('.env'), range: { start: { line: 0 } } } });
    expect(JSON.stringify(answer)).not.toContain('change-me');
    // Nothing was found for it, so the process that lacks it is the place to change.
    expect(folder?.items.find(({ item }) => item === 'P3')?.change?.uri).toBe(files.uriOf('main.py'));

    files.write('.env', `NEXUS_SECRET=${'k7Gq2ZpX9vLm4RtB'.repeat(3)}\n`);
    await client.filesChanged({ uri: files.uriOf('.env'), type: 2 });
    await client.until('the news', () => told === 1);
    const later = await ask(client, readinessRequest, null);
    expect(later?.folders[0]?.items.find(({ item }) => item === 'P2')?.status).not.toBe('fail');
    expect(told).toBe(1);
  });

  test('judges each folder on its own, and nothing without trust', async () => {
    for (const name of ['good', 'bad']) files.write(`${name}/main.py`, mesh(7946));
    files.write('good/.env', `NEXUS_SECRET=${'k7Gq2ZpX9vLm4RtB'.repeat(3)}\n`);
    files.write('bad/.env', 'NEXUS_SECRET=change-me\n');
    const folders = [files.uriOf('good'), files.uriOf('bad')];
    await using client = await openClient({ folders, fleetView: true });
    const answer = await ask(client, readinessRequest, null);
    expect(answer?.folders.map(({ name, processes }) => [name, processes])).toEqual([
      ['good', 1],
      ['bad', 1],
    ]);
    const statuses = answer?.folders.map(({ items }) => items.find(({ item }) => item === 'P2')?.status);
    expect(statuses?.[0]).toMatch(/^(?:pass|manual)$/);
    expect(statuses?.[1]).toBe('fail');
    expect(answer?.folders[0]?.items.flatMap(({ evidence }) => evidence.filter(({ uri }) => uri.includes('/bad/')))).toEqual([]);
    await using stranger = await openClient({ folders, trusted: false });
    expect(await ask(stranger, readinessRequest, null)).toBeNull();
  });
});

/** The server of this test is of no version. */
const unversioned = (text: string): string =>
  text.trim().replace(/"(semanticVersion|version)":"(?:test|\d+\.\d+\.\d+)"/g, '"$1"');

describe('the whole workspace', () => {
  test('its report is that of the command line, in every format', async () => {
    files.write('main.py', mesh(7946));
    files.write('.env', 'BIND_PORT=7000\nP2P_ENABLED=yes\n');
    await using client = await openClient({ folders: [files.uri] });
    for (const format of ['json', 'sarif', 'markdown'] as const) {
      const report = await ask(client, reportRequest, { format });
      const { stdout } = await runCli(['check', '--format', format, '.'], files.folder);
      if (format === 'json') {
        expect(checkReportSchema.parse(JSON.parse(report.text))).toEqual(JSON.parse(stdout));
        expect(report.findings).toBeGreaterThan(0);
      } else expect(unversioned(report.text)).toBe(unversioned(stdout));
    }
  });

  test('its safe fixes come round by round until none is left', async () => {
    files.write('main.py', mesh(7946));
    files.write('.env', 'P2P_ENABLED=yes\nJARVISCORE_SEED_NODES=127.0.0.1:7110,127.0.0.1:7110\n');
    await using client = await openClient({ folders: [files.uri] });
    const uri = files.uriOf('.env');
    let text = 'P2P_ENABLED=yes\nJARVISCORE_SEED_NODES=127.0.0.1:7110,127.0.0.1:7110\n';
    await client.open(uri, text, 1);
    for (let version = 1; version < 10; version++) {
      const { edits } = await ask(client, fixAllRequest, null);
      if (edits.length === 0) break;
      expect(edits.every((edit) => edit.uri === uri && edit.version === version)).toBe(true);
      text = applyEdits(text, edits);
      await client.change(uri, text, version + 1);
    }
    expect(text).toBe('P2P_ENABLED=true\nJARVISCORE_SEED_NODES=127.0.0.1:7110\n');
    expect((await ask(client, fixAllRequest, null)).fixes).toBe(0);
  });

  test('a release is written into the project file, which then counts', async () => {
    files.write('main.py', mesh(7946));
    await using client = await openClient({ folders: [files.uri] });
    const known = await ask(client, releasesRequest, null);
    expect(known.releases).toEqual([...releases].reverse());
    expect(known.folders).toEqual([
      { uri: files.uri, name: expect.any(String), current: newestRelease, origin: expect.any(String) },
    ]);
    const fresh = await ask(client, chooseReleaseRequest, { folder: files.uri, release: '1.0.2' });
    expect(fresh).toMatchObject({ create: true, problem: null });
    files.write('jarviscore-fleet.json', fresh.edits.map(({ newText }) => newText).join(''));
    await client.filesChanged({ uri: files.uriOf('jarviscore-fleet.json'), type: 1 });
    await client.until(
      'the release to count',
      async () => (await ask(client, releasesRequest, null)).folders[0]?.current === '1.0.2',
    );
    const again = await ask(client, chooseReleaseRequest, { folder: files.uri, release: '3.0.0' });
    expect(again).toMatchObject({ create: false, edits: [{ newText: '"3.0.0"' }] });
    files.write('jarviscore-fleet.json', '{ "target": ');
    await client.filesChanged({ uri: files.uriOf('jarviscore-fleet.json'), type: 2 });
    const broken = await ask(client, chooseReleaseRequest, { folder: files.uri, release: '3.0.0' });
    expect(broken).toMatchObject({ edits: [], problem: expect.stringMatching(/^Line 1: /) });
    await expect(ask(client, chooseReleaseRequest, { folder: files.uri, release: '9.9' })).rejects.toThrow(/no.* release/);
    await expect(ask(client, chooseReleaseRequest, { folder: 'file:///elsewhere', release: null })).rejects.toThrow(/no folder/);
  });
});

describe('the fleet', () => {
  test('separate fleets are listed, and a start never joins two of them', async () => {
    files.write('a.py', mesh(47_001));
    files.write('b.py', mesh(47_101, ', "seed_nodes": "127.0.0.1:47201"'));
    files.write('far.py', mesh(47_301, ', "bind_host": "203.0.113.7"'));
    await using client = await openClient({ folders: [files.uri], fleetView: true });
    const { fleets } = await ask(client, fleetsRequest, null);
    expect(fleets).toEqual([
      { names: ['n47001'], addresses: ['127.0.0.1:47001'], reach: 'loopback' },
      { names: ['n47101'], addresses: ['127.0.0.1:47101', '127.0.0.1:47201'], reach: 'loopback' },
      { names: ['n47301'], addresses: ['203.0.113.7:47301'], reach: 'network' },
    ]);
    const both = await ask(client, startPlanRequest, { seeds: ['127.0.0.1:47001', '127.0.0.1:47101'] });
    expect(both).toMatchObject({ host: null, problem: expect.stringContaining('merge') });
    expect(await ask(client, startPlanRequest, { seeds: null })).toMatchObject({ host: '127.0.0.1', exposed: false });
  });

  test('a fleet elsewhere is not joined before somebody agreed to the address', async () => {
    files.write('far.py', mesh(47_301, ', "bind_host": "203.0.113.7"'));
    await using client = await openClient({ folders: [files.uri], fleetView: true });
    const plan = await ask(client, startPlanRequest, { seeds: null });
    expect(plan.exposed).toBe(true);
    const refused = await client.connection.sendRequest('jarviscoreFleet/startNode', { port: null, seeds: null });
    expect(refused).toMatchObject({ phase: 'failed', error: { code: 'bad-address' } });
    const elsewhere = await client.connection.sendRequest('jarviscoreFleet/startNode', {
      port: null,
      seeds: null,
      host: '127.0.0.1',
    });
    expect(elsewhere).toMatchObject({ phase: 'failed', error: { code: 'bad-address' } });
  });

  test('a notification arrives, and the journal has it with its acknowledgements and its masked payload', async () => {
    const child = start(['node', '--json', '--name', 'worker'], files.folder);
    const ended = new Promise((resolve) => child.once('close', resolve));
    cleanups.push(() => {
      child.kill('SIGTERM');
      return ended;
    });
    const heard: string[] = [];
    const address = await new Promise<string>((resolve) => {
      let rest = '';
      child.stdout.on('data', (chunk: Buffer) => {
        const lines = `${rest}${chunk.toString()}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const event = JSON.parse(line) as { event: string; address?: string };
          if (event.event === 'ready') resolve(event.address ?? '');
          if (event.event === 'message') heard.push(line);
        }
      });
    });
    child.stdin.write(`${JSON.stringify({ command: 'announce', agents: [{ role: 'adder' }] })}\n`);
    await using client = await openClient({ folders: [files.uri], fleetView: true });
    expect(await ask(client, messagesRequest, { epoch: null, after: null })).toBeNull();
    await client.connection.sendRequest('jarviscoreFleet/startNode', { port: null, seeds: [address] });
    const data = { password: 'hunter2-secret', n: 1 };
    const answer = await client.until('the notification', async () => {
      const said = await ask(client, notifyRequest, { target: { role: 'adder' }, data });
      return said.ok ? said : undefined;
    });
    expect(answer).toEqual({ ok: true, confirmed: true, error: null });
    await client.until('the message', () => heard.some((line) => line.includes('hunter2-secret')));
    const page = await ask(client, messagesRequest, { epoch: null, after: null });
    if (page === null) throw new Error('no node runs');
    const sent = page.entries.find(({ type }) => type === 'PEER_NOTIFY');
    expect(sent).toMatchObject({ direction: 'sent', peer: address, state: 'acknowledged', payload: true });
    expect(sent?.deliveredMs).not.toBeNull();
    expect(page.entries.some(({ type, direction }) => type === 'CAPABILITY_ANNOUNCEMENT' && direction === 'received')).toBe(true);
    const { found, payload } = await ask(client, messagePayloadRequest, { epoch: page.epoch, seq: sent?.seq ?? 0 });
    expect(found).toBe(true);
    expect(payload).toMatchObject({ target_role: 'adder', data: { password: '***', n: 1 } });
    // Of another run of the node nothing is known.
    expect(await ask(client, messagePayloadRequest, { epoch: 'other', seq: 1 })).toEqual({ found: false, payload: null });
    const again = await ask(client, messagesRequest, { epoch: page.epoch, after: page.revision });
    expect(again?.entries.some(({ seq }) => seq === sent?.seq)).toBe(false);
  });
});

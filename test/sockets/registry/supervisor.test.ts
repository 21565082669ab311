/** The registry host as a process: crash, restart on the same ports, orderly end, no orphan. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RegistryConfig, RegistrySnapshot } from '#schemas/registry/host.ts';
import { RegistrySupervisor } from '#server/registry/host/supervisor.ts';
import { beat, registration } from '../../unit/registry/hubHarness.ts';
import { node } from '../../unit/registry/samples.ts';
import { atEnd, post, until } from './support.ts';

const hostPath = fileURLToPath(new URL('../../../dist/registryHost.js', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registry-host-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (): RegistryConfig => ({
  store: { path: join(folder, 'nodes.db'), ageLimitMs: 86_400_000_000 },
  hub: { listen: { host: '127.0.0.1', port: null }, tokens: ['t1'], workspaceKey: null },
  coordinator: null,
  announce: [],
});

async function supervisor() {
  const log: string[] = [];
  let seen: RegistrySnapshot | null = null;
  const running = new RegistrySupervisor({
    hostPath,
    restartDelayMs: 50,
    log: (level, text) => log.push(`${level}: ${text}`),
    onRoster: (snapshot) => {
      seen = snapshot;
    },
  });
  atEnd(() => running.stop());
  await running.start(config());
  const hub = () => running.snapshot?.sources.find(({ source }) => source === 'relay-hub');
  return { running, log, hub, seen: () => seen };
}

const isAlive = (pid: number | null) => {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
};

function rowsOf(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare('SELECT count(*) AS n FROM node').get()?.n;
  database.close();
  return Number(rows);
}

async function connectNode(address: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${address}/v1/node/ws?token=t1`);
  atEnd(() => socket.terminate());
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ v: 1, ...registration() }));
  socket.send(JSON.stringify({ v: 1, ...beat() }));
  return socket;
}

test('a host that crashes comes back on the same port, with what it knew', async () => {
  const { hub, log, running, seen } = await supervisor();
  const address = hub()?.address ?? '';
  await connectNode(address);
  await until('the node', () => seen()?.peers[0]?.capacity?.load === 0.5);
  running.remember([node('127.0.0.1:7946', { kind: 'jarviscore', firstSeen: Date.now(), lastSeen: Date.now() })]);
  const request = running.request({ command: 'invoke', peer: 'node_a', action: 'spawn:claude', input: {}, timeoutMs: 60_000 });
  // A crash may lose what is younger than a quarter of a second.
  await until('both rows in the file', () => rowsOf(join(folder, 'nodes.db')) === 2);
  const { pid } = running;
  process.kill(pid ?? 0, 'SIGKILL');
  await expect(request).resolves.toEqual({ ok: false, data: null, error: 'The registry host ended before it answered.' });
  await until('the next host', () => running.pid !== null && running.pid !== pid && hub()?.state === 'running');
  expect(hub()?.address).toBe(address);
  expect(log.join('\n')).toContain('The registry host was ended by SIGKILL. It starts again in 0.05 s.');
  expect(running.snapshot?.peers).toMatchObject([{ id: 'node_a', name: 'builder', state: 'offline', other: { restored: true } }]);
  expect(running.snapshot?.mesh).toMatchObject([{ id: '127.0.0.1:7946' }]);
  await connectNode(address);
  await until('the node again', () => seen()?.peers[0]?.state === 'alive');
});

test('an end is orderly, at any moment, and leaves no process and no port', async () => {
  const { hub, running } = await supervisor();
  const address = hub()?.address ?? '';
  const { pid } = running;
  await running.stop();
  expect(isAlive(pid)).toBe(false);
  expect(running.snapshot).toBeNull();
  await expect(fetch(`http://${address}/`)).rejects.toThrow();
  await expect(running.request({ command: 'forget', node: node('a') })).resolves.toMatchObject({ ok: false });
  const starting = running.start(config());
  await running.stop();
  await starting;
  expect(running.pid).toBeNull();
});

test('commands of a newer or broken parent are dropped with a word in the log', async () => {
  const { log, running } = await supervisor();
  running.remember([{ ...node('x'), kind: 'robot' as never }]);
  await until('the complaint', () => log.some((line) => line.includes('a command it does not understand')));
  expect(running.pid).not.toBeNull();
});

test('misuse is logged once for each kind and sender, and no secret is in what the host says', async () => {
  const log: string[] = [];
  const events: string[] = [];
  const secrets = ['nt_live_CANARY_shared', 'rk_live_CANARY_workspace', 'nt_live_CANARY_guess'];
  const [shared = '', workspaceKey = '', guess = ''] = secrets;
  const running = new RegistrySupervisor({
    hostPath,
    log: (level, text) => log.push(`${level}: ${text}`),
    onRoster: (snapshot, delta) => events.push(JSON.stringify([snapshot, delta])),
  });
  atEnd(() => running.stop());
  await running.start({
    ...config(),
    hub: { listen: { host: '127.0.0.1', port: null }, tokens: [shared], workspaceKey },
    coordinator: { listen: { host: '127.0.0.1', port: null }, pollMs: 60_000, probeTimeoutMs: 1_000 },
  });
  const addressOf = (source: string) => running.snapshot?.sources.find((health) => health.source === source)?.address ?? '';
  const refused = (token: string) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://${addressOf('relay-hub')}/v1/node/ws?token=${token}`);
      socket.on('error', resolve);
      socket.on('open', resolve);
    });
  for (let i = 0; i < 50; i += 1) await refused(`${guess}${i}`);
  for (let i = 0; i < 50; i += 1) {
    await post(`http://${addressOf('coordinator')}/api/nodes`, { node_id: `n${i}`, agent_url: 'http://169.254.169.254' });
  }
  await until('the second complaint', () => log.some((line) => line.includes('link-local')));
  const complaints = log.filter((line) => line.startsWith('warn'));
  expect(complaints).toEqual([
    expect.stringContaining('Relay hub: a node without a token of this hub (from 127.0.0.1)'),
    expect.stringContaining('Coordinator: a registration that was refused: 169.254.169.254'),
  ]);
  const enrolled = await post(
    `http://${addressOf('relay-hub')}/v1/nodes`,
    { name: 'builder', node_id: 'node_a' },
    {
      'content-type': 'application/json',
      authorization: `Bearer ${workspaceKey}`,
    },
  );
  const { token } = (enrolled.body as { data: { token: string } }).data;
  await until('the node', () => running.snapshot?.peers.some(({ id }) => id === 'node_a') === true);
  await running.stop();
  const stored = readFileSync(join(folder, 'nodes.db'), 'latin1');
  for (const secret of [...secrets, token]) {
    for (const said of [...log, ...events, stored]) expect(said.includes(secret)).toBe(false);
  }
});

/** Starting, failing, crashing and ending of the host process. */
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from './freePort.ts';
import { buildHost, defaults, startNode, testNode } from './support.ts';

const holdTcp = (port: number) =>
  new Promise<() => Promise<void>>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => resolve(() => new Promise((done) => server.close(() => done()))));
  });
const holdUdp = (port: number) =>
  new Promise<() => Promise<void>>((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => resolve(() => new Promise((done) => socket.close(() => done()))));
  });

describe('a start that cannot work says why', () => {
  test.each([
    ['UDP', holdUdp, 0],
    ['TCP', holdTcp, 0],
    ['ZeroMQ over TCP', holdTcp, 1_000],
  ] as const)('the %s port is taken', async (what, hold, offset) => {
    const port = await freePort();
    const release = await hold(port + offset);
    try {
      const node = await testNode();
      const status = await node.start({ ...defaults, port });
      expect(status).toMatchObject({ phase: 'failed', self: null, error: { code: 'port-taken' } });
      expect(status.error?.message).toBe(`Port ${port + offset} (${what}) on 127.0.0.1 is taken by another process.`);
    } finally {
      await release();
    }
    const again = await startNode({ port });
    expect(again.address, 'nothing of the failed start is left open').toBe(`127.0.0.1:${port}`);
  });

  test.each([
    ['0.0.0.0', 'no peer can send to'],
    ['localhost', 'is a name'],
    ['::1', 'is IPv6'],
    ['192.0.2.1', 'is not an address of this machine'],
  ])('%s is refused', async (host, reason) => {
    const node = await testNode();
    const status = await node.start({ ...defaults, host });
    expect(status).toMatchObject({ phase: 'failed', error: { code: 'bad-address' } });
    expect(status.error?.message).toContain(reason);
    expect(status.error?.remedy).not.toBe('');
  });

  test('the addon cannot be loaded', async () => {
    // Outside the checkout `require('zeromq')` finds nothing, as in a package made for another platform.
    const folder = await mkdtemp(join(tmpdir(), 'mesh-host-'));
    try {
      const node = await testNode({ hostPath: await buildHost(folder) });
      const status = await node.start(defaults);
      expect(status).toMatchObject({ phase: 'failed', error: { code: 'addon-unavailable' } });
      expect(status.error?.message).toContain(`${process.platform}-${process.arch}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('the host is not there', async () => {
    const node = await testNode({ hostPath: join(tmpdir(), 'no-such-host.cjs'), restartDelayMs: 1 });
    expect(await node.start(defaults)).toMatchObject({ phase: 'failed', error: { code: 'host-crashed' } });
  });
});

test('declared ports and what they derive are never chosen', async () => {
  // All ports but a few are declared by others: the choice has to fall on one of those.
  const left = await freePort();
  const avoidPorts: number[] = [];
  for (let port = 20_000; port <= 31_999; port++) avoidPorts.push(port);
  const node = await testNode();
  expect(await node.start({ ...defaults, avoidPorts })).toMatchObject({ phase: 'failed', error: { code: 'port-taken' } });
  expect(await node.start({ ...defaults, port: left, avoidPorts }), 'a port of one’s own is taken as it is').toMatchObject({
    phase: 'running',
  });
});

function pidOf(node: { readonly pid: number | null }): number {
  if (node.pid === null) throw new Error('no host runs');
  return node.pid;
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the process', () => {
  test('a crash is told, the node starts again on its old address with its agents', async () => {
    const other = await startNode();
    const node = await startNode({ seeds: [other.address] }, { restartDelayMs: 50 });
    await node.request({ command: 'announce', agents: [{ role: 'phoenix', capabilities: [], description: '' }] });
    await other.until('the role', () => other.role('phoenix'));
    const { address } = node;
    const seen: string[] = [];
    const watching = node.until('the crash was told', () => {
      if (node.status.phase === 'starting') seen.push(`${node.status.error?.code} ${node.status.error?.message}`);
      return seen.length > 0;
    });
    process.kill(pidOf(node), 'SIGKILL');
    await watching;
    expect(seen[0]).toContain('host-crashed The mesh host was ended by SIGKILL. It starts again in 0.05 s.');
    expect(node.roster()).toBeNull();
    await node.until('running again', () => node.status.phase === 'running' && node.status.self !== null);
    expect(node.status).toMatchObject({ restarts: 1, error: null, self: { address } });
    // The reason outlives the restart, for whoever looks later.
    expect(node.status.lastCrash?.message).toBe('The mesh host was ended by SIGKILL.');
    await other.until('back with its role', () => {
      const agents = other.peer(address)?.agents;
      return other.peer(address)?.state === 'alive' && agents?.some((agent) => agent.role === 'phoenix');
    });
    await node.until('its own agents', () => node.status.self?.agents.some((agent) => agent.role === 'phoenix'));
  });

  test('open requests end with the process, and a stopped node refuses new ones', async () => {
    const node = await startNode();
    const other = await startNode({ seeds: [node.address] });
    await other.request({ command: 'announce', agents: [{ role: 'mute', capabilities: [], description: '' }] });
    await node.until('the role', () => node.role('mute'));
    const open = node.request({ command: 'ask', target: { role: 'mute' }, data: {}, timeoutMs: 60_000 });
    await other.until('the question', () => other.events.find((event) => event.event === 'message'));
    await node.stop();
    expect(await open).toMatchObject({ ok: false });
    expect(await node.request({ command: 'forget', peer: 'x' })).toMatchObject({
      ok: false,
      error: 'The mesh node is not running.',
    });
  });

  test('stop leaves within its deadline and no process behind, in any phase', async () => {
    const node = await testNode();
    void node.start(defaults);
    const first = pidOf(node);
    await node.stop();
    expect(node.status.phase).toBe('stopped');
    expect(isRunning(first)).toBe(false);
    await node.start(defaults);
    const second = pidOf(node);
    const begun = Date.now();
    await node.stop();
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(isRunning(second)).toBe(false);
    expect(node.pid).toBeNull();
  });

  test('a host whose parent is gone leaves the mesh and ends', async () => {
    const other = await startNode();
    const child = fork(await buildHost(), [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const ready = new Promise<string>((resolve) => {
      child.on('message', (event: { event: string; address?: string }) => {
        if (event.event === 'ready' && event.address !== undefined) resolve(event.address);
      });
    });
    child.send({ command: 'start', config: { ...defaults, seeds: [other.address] } });
    const address = await ready;
    await other.until('alive', () => other.peer(address)?.state === 'alive');
    const exit = once(child, 'exit', { signal: AbortSignal.timeout(3_000) });
    child.disconnect();
    await other.until('left', () => other.peer(address)?.state === 'left');
    expect(await exit).toEqual([0, null]);
  });
});

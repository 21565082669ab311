/** One machine, several windows, and ports that others used a moment ago. */
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from './freePort.ts';
import { defaults, startNode, testNode } from './support.ts';

test('two windows with the same settings get addresses of their own and see each other', async () => {
  const seed = await startNode({ name: 'fleet' });
  const [one, two] = await Promise.all([
    startNode({ name: 'window', seeds: [seed.address] }),
    startNode({ name: 'window', seeds: [seed.address] }),
  ]);
  expect(one.address).not.toBe(two.address);
  await Promise.all([
    one.until('the other window', () => one.peer(two.address)?.mesh?.behaviour?.releases === 'JarvisCore Fleet'),
    two.until('the other window', () => two.peer(one.address)?.mesh?.behaviour?.releases === 'JarvisCore Fleet'),
  ]);
  expect(one.peer(two.address), 'equal names are no duplicate identity').toMatchObject({ state: 'alive', mesh: { marks: [] } });
  expect([one, two].map((node) => node.roster()?.self.warnings ?? [])).toEqual([[], []]);
});

test('two windows with one fixed port: the second says which port is taken and what to do, the first is unharmed', async () => {
  const one = await startNode({ port: await freePort() });
  const port = Number(one.address.split(':')[1]);
  const two = await testNode();
  const status = await two.start({ ...defaults, port });
  expect(status).toMatchObject({
    phase: 'failed',
    error: { code: 'port-taken', message: `Port ${port} (UDP) on 127.0.0.1 is taken by another process.` },
  });
  expect(status.error?.remedy).toContain('choose another port or 0');
  expect(one.status).toMatchObject({ phase: 'running', error: null });
});

/** Whether an old connection of the port still lingers in TIME_WAIT (state 06 of the kernel's table). */
const lingers = (port: number) =>
  readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .some((line) => new RegExp(`^ *\\d+: \\w+:${port.toString(16).toUpperCase().padStart(4, '0')} \\S+ 06 `).test(line));

test.runIf(process.platform === 'linux')(
  'ports in TIME_WAIT, which stop Python nodes for a minute, are taken at once',
  async () => {
    const port = await freePort();
    for (const candidate of [port, port + 1_000]) {
      // Who closes first keeps the connection in TIME_WAIT, as the kernel does for a killed node.
      const server = createServer((socket) => socket.end());
      await new Promise<void>((resolve) => server.listen(candidate, '127.0.0.1', () => resolve()));
      await new Promise<void>((resolve) => {
        const client = connect(candidate, '127.0.0.1');
        client.resume().on('close', () => resolve());
      });
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await expect.poll(() => lingers(candidate)).toBe(true);
    }
    const node = await startNode({ port });
    expect(node.address).toBe(`127.0.0.1:${port}`);
    expect(node.status).toMatchObject({ phase: 'running', error: null });
  },
);

test.runIf(process.platform !== 'win32')('a host that stands stopped accuses nobody and says so when it runs again', async () => {
  const one = await startNode({ name: 'one' });
  const two = await startNode({ name: 'two', seeds: [one.address] });
  await one.until('two', () => one.peer(two.address)?.state === 'alive');
  await two.until('one', () => two.peer(one.address)?.state === 'alive');
  if (two.pid === null) throw new Error('no host');
  process.kill(two.pid, 'SIGSTOP');
  const stoppedMs = Date.now();
  await one.until(
    'dead, and stopped for longer than a busy machine is late',
    () => one.peer(two.address)?.state === 'dead' && Date.now() - stoppedMs > 6_000,
    20_000,
  );
  process.kill(two.pid, 'SIGCONT');
  await one.until('alive again', () => one.peer(two.address)?.state === 'alive', 20_000);
  const warning = await two.until('the note', () => two.roster()?.self.warnings?.[0], 10_000);
  expect(warning).toMatch(/^This node stood still for \d+ s \(a sleeping machine, a debugger\)/);
  expect(two.history.filter((entry) => entry.peer === one.address).map((entry) => entry.state)).toEqual(['alive']);
});

/** Where a node runs: wildcard binds, stopped processes, networks that go and come back. */
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { buildHost, startNode } from '../../sockets/mesh/support.ts';
import { runInOwnNetwork } from '../ownNetwork.ts';
import { killAll, startPython } from './pythonNode.ts';

afterEach(killAll);

test('a real node bound to 0.0.0.0 is seen, asked and warned about at the address its packets come from', async () => {
  const node = await startNode({ name: 'observer' });
  const python = await startPython('3.0.0', ['wild'], [node.address], {}, { host: '0.0.0.0' });
  const address = `127.0.0.1:${python.port}`;
  await node.until('it', () => node.peer(address)?.state === 'alive' && node.peer(address)?.agents.length === 1, 60_000);
  await python.event('started', (event) => event.event === 'started', 60_000);
  expect(node.peer(address)?.warnings).toEqual([
    `It announces itself as 0.0.0.0:${python.port}, which no other node can reach: bind a real address.`,
  ]);
  expect(node.roster()?.peers.map((peer) => peer.id)).toEqual([address]);
  const answer = await node.request({ command: 'ask', target: { role: 'wild' }, data: { n: 1 }, timeoutMs: 20_000 });
  expect(answer).toMatchObject({ ok: true, data: { echo: { n: 1 } } });
}, 180_000);

test('a real node that stands stopped is suspect, then dead, and said to be stopped; it comes back by itself', async () => {
  const node = await startNode({ name: 'observer' });
  const python = await startPython('3.0.0', ['sleepy'], [node.address]);
  await node.until('it', () => node.peer(python.address)?.state === 'alive', 60_000);
  await python.event('started', (event) => event.event === 'started', 60_000);
  await python.suspend();
  await node.until('suspect', () => node.peer(python.address)?.state === 'suspect', 10_000);
  const mark = await node.until(
    'the reason',
    () => node.peer(python.address)?.mesh?.marks.find((entry) => entry.kind === 'stopped-process'),
    10_000,
  );
  expect(mark.text).toBe(`Its process ${python.pid} on this machine is stopped, by a debugger or a signal.`);
  await node.until('dead', () => node.peer(python.address)?.state === 'dead', 15_000);
  python.resume();
  await node.until('alive again', () => node.peer(python.address)?.state === 'alive', 40_000);
  await node.until(
    'the mark gone',
    () => node.peer(python.address)?.mesh?.marks.every((entry) => entry.kind !== 'stopped-process') === true,
  );
  expect(python.statesOf(node.address), 'we never gossiped our opinion of it').not.toContain('DEAD');
}, 180_000);

const eventSchema = z.looseObject({ at: z.string() });

/** Two hosts in a network namespace of their own, where an interface may be taken away; see `networkGone.ts`. */
test('the network goes and comes back: each step is said, and both find each other again', async () => {
  const script = fileURLToPath(new URL('./networkGone.ts', import.meta.url));
  const steps = (await runInOwnNetwork(script, await buildHost())).map((line) => eventSchema.parse(line));
  expect(steps).toMatchObject([
    { at: 'together', alive: true, warnings: [] },
    {
      at: 'gone',
      alive: false,
      warnings: ['10.77.0.1 is not an address of this machine any more: nobody can be reached until it is back.'],
      restarts: 0,
    },
    { at: 'back', alive: true, warnings: [], restarts: 0, answer: { ok: true, data: { response: 'here' } } },
  ]);
}, 180_000);

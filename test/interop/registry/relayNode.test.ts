/** Our own relay node, judged by the strict schemas of the engine's types. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { node } from '../../sockets/cli/jsonNode.ts';
import { freePort } from '../../sockets/registry/support.ts';
import { npmPackage } from './npmPackage.ts';
import { record } from './recorder.ts';

test('frames of our relay node are what @relaycast/types demands; a crash and a restart in one tick are one heartbeat', async () => {
  const port = await freePort();
  const hub = node('--relay', `127.0.0.1:${port}`, '--relay-token', 'nt_live_me');
  await hub.event('ready');
  const recorder = await record(`http://127.0.0.1:${port}`);
  const url = recorder.url.replace('http', 'ws');
  const args = [
    '--name',
    'me',
    '--announce',
    url,
    '--announce-token',
    'nt_live_me',
    '--announce-id',
    'node_me',
    '--max-agents',
    '4',
  ];
  const me = node(...args);
  await me.event('ready');
  const shows = (activeAgents: number, after = 0) =>
    hub.event('peer', ({ peer }) => peer.id === 'node_me' && peer.capacity?.activeAgents === activeAgents, after);
  await shows(0);
  const announce = (...roles: string[]) => JSON.stringify({ command: 'announce', agents: roles.map((role) => ({ role })) });
  me.write(`${announce('a', 'b')}\n`);
  await shows(2);
  // One write: the crash of b and its restart reach the node in the same turn of its loop.
  me.write(`${announce('a')}\n${announce('a', 'b', 'c')}\n`);
  await shows(3);
  me.send({ command: 'stop' });
  await me.ended;
  await hub.event('peer', ({ peer }) => peer.id === 'node_me' && peer.state === 'offline');

  const types = await npmPackage('@relaycast/sdk@6.0.2');
  const wire = (await import(pathToFileURL(join(types, 'node_modules/@relaycast/types/dist/fleet-wire.js')).href)) as Record<
    'parseFleetBrokerToRelaycastMessage',
    (frame: unknown) => { type: string; active_agents?: number }
  >;
  const frames = recorder.fromNode.map((frame) => wire.parseFleetBrokerToRelaycastMessage(frame));
  const counts = frames.filter(({ type }) => type === 'node.heartbeat').map((frame) => frame.active_agents);
  expect(counts).toEqual([0, 2, 3]);
  expect(frames.map(({ type }) => type)).toEqual([
    ...['node.register', 'inventory.sync', 'node.heartbeat'],
    ...['inventory.sync', 'node.heartbeat', 'inventory.sync', 'node.heartbeat', 'node.deregister'],
  ]);
  expect(JSON.stringify(recorder.fromNode)).not.toContain('last_heartbeat_at');
});

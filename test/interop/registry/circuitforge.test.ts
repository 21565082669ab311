/** What the CircuitForge issue asks for, with processes and sockets: how fast nodes are back after the coordinator was restarted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { node } from '../../sockets/cli/jsonNode.ts';
import { freePort } from '../../sockets/registry/support.ts';

const agents = 5;
/** An agent that our store does not know comes back with its own announcement, every 30 s; the rest is a margin for a busy machine. */
const announcedWithinMs = 35_000;

test('a restarted coordinator has every known node back at once, and every other within one announcement', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forge-'));
  const port = await freePort();
  const listen = ['--coordinator', `127.0.0.1:${port}`];
  const store = ['--store', join(folder, 'nodes.db')];
  const names = Array.from({ length: agents }, (_, i) => `forge-${i}`);
  let coordinator = node(...listen, ...store);
  await coordinator.event('ready', () => true, 0, 60_000);
  const guests = names.map((name) => node('--name', name, '--announce', `http://127.0.0.1:${port}`));
  await Promise.all(guests.map((guest) => guest.event('ready', () => true, 0, 60_000)));
  const allAlive = async () => {
    await Promise.all(
      names.map((name) =>
        coordinator.event('peer', ({ peer }) => peer.id === name && peer.state === 'alive', 0, announcedWithinMs),
      ),
    );
    return performance.now();
  };
  await allAlive();

  const restart = async (...args: string[]) => {
    coordinator.kill('SIGKILL');
    await coordinator.ended;
    coordinator = node(...listen, ...args);
    await coordinator.event('ready', () => true, 0, 60_000);
    return performance.now();
  };

  await restart(...store);
  await allAlive();
  // By the coordinator's own clock: when it showed a row as restored, and since when that row is alive.
  const sinceOf = (name: string, state: string) =>
    coordinator.events.flatMap((event) =>
      event.event === 'peer' && event.peer.id === name && event.peer.state === state ? Date.parse(event.peer.since ?? '') : [],
    )[0] ?? Number.NaN;
  const knownBackMs = Math.max(...names.map((name) => sinceOf(name, 'alive') - sinceOf(name, 'offline')));
  const forgotten = await restart();
  const announcedBackMs = (await allAlive()) - forgotten;
  console.info(
    `coordinator killed and started again: ${agents} known nodes alive at most ${knownBackMs} ms after they were restored, ` +
      `${agents} unknown ones after ${(announcedBackMs / 1000).toFixed(1)} s`,
  );
  expect(knownBackMs).toBeLessThan(1_000);
  for (const guest of guests) guest.send({ command: 'stop' });
  await Promise.all(guests.map((guest) => guest.ended));
  rmSync(folder, { recursive: true, force: true });
});

/** A fleet of three releases and two nodes of ours, watched for as long as a lane has time. */
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { startNode } from '../../sockets/mesh/support.ts';
import { type PythonNode, startPython } from './pythonNode.ts';

export const mixedReleases = ['1.0.2', '1.14.1', '3.0.0'] as const;

/** Between two looks: nothing is waited for, the fleet is left alone meanwhile. */
const lookMs = 1_000;

/**
 * No node of ours suspects anybody, nobody suspects one of ours, and in the end all five list the same members alive.
 *
 * @returns one line of figures.
 */
export async function watchMixedFleet(durationMs: number): Promise<string> {
  const one = await startNode({ name: 'ours-1' });
  const two = await startNode({ name: 'ours-2', seeds: [one.address] });
  const ours = [one, two];
  const pythons: PythonNode[] = [];
  for (const [index, release] of mixedReleases.entries())
    pythons.push(await startPython(release, [`role-${index}`], [one.address, two.address]));
  const addresses = [...ours, ...pythons].map((node) => node.address);
  await Promise.all(pythons.map((python) => python.event('started', (event) => event.event === 'started', 120_000)));
  for (const node of ours) {
    await node.until(
      'everybody alive, every role here',
      () =>
        addresses.every((address) => address === node.address || node.peer(address)?.state === 'alive') &&
        pythons.every((_python, index) => node.role(`role-${index}`)?.gone === false),
      60_000,
    );
  }
  const calmSinceMs = Date.now();
  const deadline = calmSinceMs + durationMs;
  const statesSince = (python: PythonNode, peer: string) =>
    python.events.filter((event) => event.event === 'member' && event.peer === peer && event.t * 1_000 >= calmSinceMs);
  const wrongs = () => [
    ...ours.flatMap((node) =>
      node.history
        // What Python nodes say of each other is theirs.
        .filter((entry) => entry.atMs >= calmSinceMs && entry.state !== 'alive' && entry.observedBy === node.address)
        .map((entry) => {
          const release = pythons.find((python) => python.address === entry.peer)?.release ?? 'ours';
          return `${node.address} held ${entry.peer} (${release}) for ${entry.state}: ${entry.reason}`;
        }),
    ),
    ...pythons.flatMap((python) =>
      ours.flatMap((node) =>
        statesSince(python, node.address)
          .filter((event) => event.state !== 'ALIVE')
          .map((event) => `${python.release} ${python.address} held ours ${node.address} for ${event.state}`),
      ),
    ),
  ];
  while (Date.now() < deadline && wrongs().length === 0) await pause(lookMs);
  expect(wrongs(), `after ${Math.round((Date.now() - calmSinceMs) / 1_000)} s, load ${loadavg()[0]?.toFixed(1)}`).toEqual([]);

  // Python nodes may suspect each other for a moment; what they hold in the end has to be what everybody holds.
  const everybody = [...addresses].sort();
  for (const node of ours) {
    const alive = [node.address, ...(node.roster()?.peers ?? []).filter((peer) => peer.state === 'alive').map((peer) => peer.id)];
    expect(alive.sort(), `the view of ${node.address}`).toEqual(everybody);
  }
  const askedMs = Date.now();
  for (const python of pythons) {
    python.send({ command: 'members' });
    const listed = await python.event(
      'its member list',
      (event) => {
        if (event.event !== 'members') return false;
        const alive = Object.entries(event.members ?? {}).flatMap(([address, [state]]) => (state === 'ALIVE' ? [address] : []));
        if (alive.length === everybody.length) return true;
        python.send({ command: 'members' });
        return false;
      },
      10_000,
      askedMs,
    );
    const alive = Object.entries(listed.members ?? {}).flatMap(([address, [state]]) => (state === 'ALIVE' ? [address] : []));
    expect(alive.sort(), `the view of ${python.release}`).toEqual(everybody);
  }
  const among = pythons.flatMap((python) =>
    pythons.flatMap((other) => statesSince(python, other.address).filter((event) => event.state === 'SUSPECT')),
  ).length;
  const minutes = ((Date.now() - calmSinceMs) / 60_000).toFixed(1);
  return `${mixedReleases.join(', ')} and two of ours for ${minutes} min: no SUSPECT by or of ours; Python nodes among themselves: ${among}`;
}

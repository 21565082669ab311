import { expect, test } from 'vitest';
import { peerLenses } from '#client/fleet/peerLenses.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { english, node, peer, place, unseen, view } from './facts.ts';

const declared = { name: 'researcher-01', address: '127.0.0.1:7946', place };
const running = (...peers: FleetPeer[]) => view({ peers });

test('a declared process that is seen says its state, one that is not says so', () => {
  const lenses = peerLenses(running(peer({ declared, state: 'suspect' }), unseen('writer', '127.0.0.1:7960')), english);
  expect([...lenses]).toEqual([
    [
      place.uri,
      [
        { line: 30, title: 'researcher-01: suspect · since 10:42', row: 'peer:127.0.0.1:7946' },
        { line: 30, title: 'writer: not seen', row: 'peer:declared:127.0.0.1:7960' },
      ],
    ],
  ]);
});

test('a peer that no file declares has none, and without a node there are none at all', () => {
  expect(peerLenses(running(peer()), english).size).toBe(0);
  expect(peerLenses(null, english).size).toBe(0);
  const stopped = view({ peers: [peer({ declared })], node: node({ phase: 'stopped', self: null }) });
  expect(peerLenses(stopped, english).size).toBe(0);
});

import { expect, test } from 'vitest';
import { PeerLenses } from '#client/fleet/peerLenses.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { english, node, peer, place, unseen, view } from './facts.ts';

const declared = { name: 'researcher-01', address: '127.0.0.1:7946', place };
const peerLenses = (seen: FleetView | null) => new PeerLenses(english).of(seen);
const running = (...peers: FleetPeer[]) => view({ peers });

test('a declared process that is seen says its state, one that is not says so', () => {
  const lenses = peerLenses(running(peer({ declared, state: 'suspect' }), unseen('writer', '127.0.0.1:7960')));
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
  expect(peerLenses(running(peer())).size).toBe(0);
  expect(peerLenses(null).size).toBe(0);
  const stopped = view({ peers: [peer({ declared })], node: node({ phase: 'stopped', self: null }) });
  expect(peerLenses(stopped).size).toBe(0);
});

test('they are made anew only for declared peers that changed', () => {
  const lenses = new PeerLenses(english);
  const seen = peer({ declared });
  const first = lenses.of(running(seen, peer({ id: '127.0.0.1:1' })));
  expect(lenses.of(running(seen, peer({ id: '127.0.0.1:1', state: 'dead' }), peer({ id: '127.0.0.1:2' })))).toBe(first);
  const [lens] = lenses.of(running({ ...seen, state: 'dead' }, unseen('writer', '127.0.0.1:7960'))).get(place.uri) ?? [];
  expect(lens?.title).toBe('researcher-01: dead · since 10:42');
  expect(lenses.of(running(peer())).size).toBe(0);
});

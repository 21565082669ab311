/** Plain values for tests of the fleet's pure parts. */
import type { LivePeer } from '#schemas/fleet/peer.ts';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Declaration } from '#server/fleet/declared.ts';

export function peer(id: string, change: Partial<LivePeer> = {}): LivePeer {
  return {
    id,
    name: null,
    kind: 'jarviscore',
    address: id,
    state: 'alive',
    incarnation: 1,
    since: '2026-01-01T00:00:00.000Z',
    reason: null,
    observedBy: null,
    agents: [],
    capacity: null,
    keepalive: null,
    zmqAddress: null,
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: false,
    warnings: [],
    ...change,
  };
}

export function declaration(name: string, host: string | null, port: number | null, seeds: readonly string[] = []): Declaration {
  const address = host === null || port === null ? null : `${host}:${port}`;
  const start = { line: 0, character: 0 };
  return {
    rowId: `declared:${address ?? name}`,
    node: { name, address, place: { uri: `file:///${name}.py`, range: { start, end: start } } },
    host,
    port,
    zmqPort: port === null ? null : port + 1000,
    seeds,
  };
}

export const emptyView: FleetView = {
  epoch: 'e',
  revision: 0,
  project: true,
  target: { release: '3.0.0', origin: 'newest catalogued' },
  python: true,
  node: { phase: 'stopped', since: '2026-01-01T00:00:00.000Z', self: null, seeds: [], error: null, restarts: 0 },
  expected: 0,
  alive: 0,
  peers: [],
  roles: [],
  sources: [],
};

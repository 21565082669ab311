/** Facts about peers and fleets for the client's tests; everything not named is unremarkable. */
import { clock, type Language } from '#client/fleet/language.ts';
import type { RosterSnapshot } from '#schemas/fleet/mesh.ts';
import type { FleetPeer, FleetView, NodeStatus } from '#schemas/fleet/view.ts';

export const t1042 = '2026-11-21T10:42:00.000Z';

export const english: Language = {
  t: (message, ...args) => message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  ...clock({ locale: 'en-GB', timeZone: 'UTC', today: () => new Date('2026-11-21T12:00:00Z') }),
};

export const place = {
  uri: 'file:///project/docker-compose.yml',
  range: { start: { line: 30, character: 2 }, end: { line: 30, character: 9 } },
};

export const okKeepalive: FleetPeer['keepalive'] = {
  lastSent: '2026-11-21T10:42:06.000Z',
  lastAck: '2026-11-21T10:42:07.000Z',
  consecutiveSendFailures: 0,
  failureBackoffUntil: null,
  rttMs: 1.25,
};

export function peer(changes: Partial<FleetPeer> = {}): FleetPeer {
  const id = changes.id ?? '127.0.0.1:7946';
  return {
    id,
    name: null,
    kind: 'jarviscore',
    address: id,
    state: 'alive',
    incarnation: 3,
    since: t1042,
    reason: null,
    observedBy: null,
    agents: [{ id: 'researcher-a1', role: 'researcher', capabilities: ['research', 'search'] }],
    capacity: null,
    keepalive: okKeepalive,
    zmqAddress: '127.0.0.1:8946',
    keepalivePhase: 'ok',
    localOpinion: null,
    announced: true,
    warnings: [],
    declared: null,
    seen: true,
    ...changes,
  };
}

/** A node that only the files know. */
export function unseen(name: string, address: string): FleetPeer {
  return peer({
    ...{ id: `declared:${address}`, name, address, state: 'unknown', incarnation: null, since: null, agents: [] },
    ...{ keepalive: null, zmqAddress: null, announced: false, seen: false, declared: { name, address, place } },
  });
}

export const self: RosterSnapshot['self'] = {
  address: '127.0.0.1:17946',
  zmqAddress: '127.0.0.1:18946',
  name: 'this window',
  incarnation: 0,
  observing: true,
  agents: [],
  keepalive: 'running',
};

export function node(changes: Partial<NodeStatus> = {}): NodeStatus {
  return { phase: 'running', since: t1042, self, seeds: [], error: null, restarts: 0, ...changes };
}

export function view(changes: Partial<FleetView> = {}): FleetView {
  const peers = changes.peers ?? [peer()];
  return {
    epoch: 'one',
    revision: 1,
    project: true,
    target: { release: '3.0.0', origin: 'newest known release' },
    python: true,
    node: node(),
    expected: peers.filter((each) => each.declared !== null).length,
    alive: peers.filter((each) => each.seen && each.state === 'alive').length,
    peers,
    roles: [],
    sources: [],
    ...changes,
  };
}

/** What changed between two fleet views. */
import { isDeepStrictEqual } from 'node:util';
import { withStates } from '#schemas/fleet/roleStates.ts';
import type { FleetDelta, FleetPeer, FleetView } from '#schemas/fleet/view.ts';

/** The facts of a view without its place in the sequence. */
export type FleetFacts = Omit<FleetView, 'epoch' | 'revision'>;

/** The delta that leads from `before` to `after`, or null when nothing a person can see changed. */
export function fleetDelta(before: FleetView, after: FleetFacts): FleetDelta | null {
  const known = new Map<string, FleetPeer>(before.peers.map((peer) => [peer.id, peer]));
  const peers: FleetPeer[] = [];
  for (const peer of after.peers) {
    const old = known.get(peer.id);
    known.delete(peer.id);
    if (old !== peer && (old === undefined || !isDeepStrictEqual(old, peer))) peers.push(peer);
  }
  const removed = [...known.keys()];
  // In a large fleet the roles name every node: where only states changed, whoever knows the nodes knows the roles.
  const told = withStates(before.roles, peers);
  const rolesChanged = told !== after.roles && !isDeepStrictEqual(told, after.roles);
  const sourcesChanged = before.sources !== after.sources && !isDeepStrictEqual(before.sources, after.sources);
  const headerChanged =
    before.project !== after.project ||
    before.python !== after.python ||
    before.expected !== after.expected ||
    before.alive !== after.alive ||
    !isDeepStrictEqual(before.target, after.target) ||
    !isDeepStrictEqual(before.declaredRoles, after.declaredRoles) ||
    !isDeepStrictEqual(before.node, after.node);
  if (peers.length === 0 && removed.length === 0 && !rolesChanged && !sourcesChanged && !headerChanged) return null;
  return {
    epoch: before.epoch,
    base: before.revision,
    revision: before.revision + 1,
    project: after.project,
    target: after.target,
    python: after.python,
    node: after.node,
    expected: after.expected,
    alive: after.alive,
    ...(after.declaredRoles === undefined ? {} : { declaredRoles: after.declaredRoles }),
    peers,
    removed,
    roles: rolesChanged ? after.roles : null,
    sources: sourcesChanged ? after.sources : null,
  };
}

import type { RosterDelta, RosterSnapshot } from '#schemas/fleet/mesh.ts';

/**
 * The snapshot after `delta`, or null when the delta belongs to another epoch or revision: the receiver then asks
 * for a whole snapshot, because a gap cannot be repaired from later deltas.
 */
export function applyDelta(snapshot: RosterSnapshot, delta: RosterDelta): RosterSnapshot | null {
  if (snapshot.epoch !== delta.epoch || snapshot.revision !== delta.base) return null;
  let peers = snapshot.peers;
  if (delta.peers.length > 0 || delta.removed.length > 0) {
    const byId = new Map(peers.map((peer) => [peer.id, peer]));
    for (const id of delta.removed) byId.delete(id);
    for (const peer of delta.peers) byId.set(peer.id, peer);
    peers = [...byId.values()];
  }
  return {
    epoch: delta.epoch,
    revision: delta.revision,
    self: delta.self ?? snapshot.self,
    seeds: delta.seeds ?? snapshot.seeds,
    peers,
    roles: delta.roles ?? snapshot.roles,
  };
}

import type { RegistryDelta, RegistrySnapshot } from '#schemas/registry/host.ts';
import type { NodeKey } from '#schemas/registry/knownNode.ts';
import type { OtherPeer } from '#schemas/registry/otherPeer.ts';
import { keyText } from '../knownNodes/rows.ts';

export const keyOfPeer = (peer: OtherPeer): NodeKey => ({ kind: peer.kind, fleet: peer.other.fleet, id: peer.id });

/** The snapshot after `delta`; null where the delta belongs to another epoch or revision and a whole one is needed. */
export function applyRegistryDelta(snapshot: RegistrySnapshot, delta: RegistryDelta): RegistrySnapshot | null {
  if (snapshot.epoch !== delta.epoch || snapshot.revision !== delta.base) return null;
  let { peers } = snapshot;
  if (delta.peers.length > 0 || delta.removed.length > 0) {
    const byKey = new Map(peers.map((peer) => [keyText(keyOfPeer(peer)), peer]));
    for (const key of delta.removed) byKey.delete(keyText(key));
    for (const peer of delta.peers) byKey.set(keyText(keyOfPeer(peer)), peer);
    peers = [...byKey.values()];
  }
  return {
    epoch: snapshot.epoch,
    revision: delta.revision,
    sources: delta.sources ?? snapshot.sources,
    peers,
    mesh: delta.mesh ?? snapshot.mesh,
  };
}

/** A row of the store whose source (hub, coordinator) does not run here: shown offline, as it was last known. */
import type { KnownNode } from '#schemas/registry/knownNode.ts';
import type { OtherPeer } from '#schemas/registry/otherPeer.ts';
import { forgeFromRow, forgePeer } from './forgePeer.ts';
import { relayFromRow, relayPeer } from './relayPeer.ts';

/** Null for a mesh peer: those are the mesh host's to probe and to show. */
export function storedPeer(row: KnownNode, nowWallMs: number): OtherPeer | null {
  if (row.kind === 'relay') {
    const reason = 'known from earlier; no relay hub runs here to hear of it';
    return { ...relayPeer(relayFromRow(row, nowWallMs).node, row.fleet), since: new Date(row.lastSeen).toISOString(), reason };
  }
  if (row.kind === 'circuitforge') {
    const reason = 'known from earlier; no coordinator runs here to ask it';
    const node = { ...forgeFromRow(row), online: false, since: row.lastSeen, reason, restored: true, conflict: null };
    return forgePeer(node, row.fleet);
  }
  return null;
}

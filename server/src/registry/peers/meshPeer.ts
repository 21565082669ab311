/** A peer of the mesh as a row of the store, and back. */
import * as z from 'zod';
import { agentSchema, type LivePeer } from '#schemas/fleet/peer.ts';
import type { KnownNode } from '#schemas/registry/knownNode.ts';

/** Which mesh: a store belongs to one workspace, and its node joins one. */
const fleet = 'default';

/**
 * Null for a peer that nobody has met yet. `before` is the row as it was.
 *
 * @param nowWallMs For a peer that lives: its last sign of life is now.
 */
export function meshRow(peer: LivePeer, nowWallMs: number, before: KnownNode | null): KnownNode | null {
  if (peer.state === 'unknown' || peer.state === 'offline') return null;
  const since = peer.since === null ? nowWallMs : Date.parse(peer.since);
  const lastSeen = peer.state === 'alive' ? nowWallMs : Math.max(before?.lastSeen ?? 0, Math.min(since, nowWallMs));
  return {
    kind: 'jarviscore',
    fleet,
    id: peer.id,
    name: peer.name,
    address: peer.address,
    firstSeen: before?.firstSeen ?? Math.min(since, nowWallMs),
    lastSeen,
    lastState: peer.state,
    reason: peer.reason,
    announced: { agents: peer.agents.map(({ id, role, capabilities }) => ({ id, role, capabilities: [...capabilities] })) },
  };
}

const announcedSchema = z.object({ agents: z.array(agentSchema) });

/** Offline until it answers, with when it was last heard of. */
export function storedMeshPeer(row: KnownNode): LivePeer {
  const announced = announcedSchema.safeParse(row.announced);
  return {
    id: row.id,
    name: row.name,
    kind: 'jarviscore',
    address: row.address,
    state: 'offline',
    incarnation: null,
    since: new Date(row.lastSeen).toISOString(),
    reason: `known from earlier (last ${row.lastState}), not heard from since the start`,
    observedBy: null,
    agents: announced.success ? announced.data.agents : [],
    capacity: null,
    keepalive: null,
    zmqAddress: null,
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: false,
    warnings: [],
  };
}

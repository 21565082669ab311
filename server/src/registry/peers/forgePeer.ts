/** A CircuitForge node as a peer of the roster and as a row of the store. */
import type { KnownNode } from '#schemas/registry/knownNode.ts';
import { circuitForgeFactsSchema, type OtherPeer } from '#schemas/registry/otherPeer.ts';
import type { ForgeNode } from '../circuitforge/coordinator.ts';
import { iso, outsideMesh } from './outsideMesh.ts';

export function forgePeer(node: ForgeNode, fleet: string): OtherPeer {
  return {
    ...outsideMesh,
    id: node.id,
    name: node.id,
    kind: 'circuitforge',
    address: node.url,
    state: node.online ? 'alive' : 'offline',
    since: iso(node.since),
    reason: node.reason,
    agents: [],
    capacity: null,
    announced: node.online,
    warnings: node.conflict === null ? [] : [node.conflict],
    other: {
      fleet,
      firstSeen: iso(node.firstSeen),
      lastSeen: iso(node.lastSeen),
      restored: node.restored,
      conflict: node.conflict,
      relay: null,
      circuitForge: node.facts,
    },
  };
}

export function forgeRow(node: ForgeNode, fleet: string): KnownNode {
  return {
    kind: 'circuitforge',
    fleet,
    id: node.id,
    name: node.id,
    address: node.url,
    firstSeen: node.firstSeen,
    lastSeen: node.lastSeen,
    lastState: node.online ? 'alive' : 'offline',
    reason: node.reason,
    announced: { gpus: node.facts.gpus.map((gpu) => ({ ...gpu })), residents: [...node.facts.residents] },
  };
}

/** What the coordinator needs of a row of an earlier run. GPUs stay: they are the last known ones. */
export function forgeFromRow(row: KnownNode): Pick<ForgeNode, 'id' | 'url' | 'firstSeen' | 'lastSeen' | 'facts'> {
  const facts = circuitForgeFactsSchema.safeParse(row.announced);
  return {
    id: row.id,
    url: row.address ?? '',
    firstSeen: row.firstSeen,
    lastSeen: row.lastSeen,
    facts: facts.success ? facts.data : { gpus: [], residents: [] },
  };
}

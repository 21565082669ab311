/** Joins declared nodes with the live roster: one row per node. */
import type { LivePeer } from '#schemas/fleet/peer.ts';
import type { DeclaredNode, FleetPeer } from '#schemas/fleet/view.ts';
import { type Declaration, matchesAddress } from './declared.ts';

/**
 * Keeps the row of a peer as long as neither the peer nor its declaration changed, so that comparing two views is a
 * comparison of identities even with thousands of rows.
 */
export class RowCache {
  readonly #live = new WeakMap<LivePeer, FleetPeer>();
  readonly #declared = new WeakMap<Declaration, FleetPeer>();

  live(peer: LivePeer, declared: DeclaredNode | null): FleetPeer {
    const known = this.#live.get(peer);
    if (known !== undefined && known.declared === declared) return known;
    const row = { ...peer, declared, seen: true };
    this.#live.set(peer, row);
    return row;
  }

  unseen(declaration: Declaration): FleetPeer {
    let row = this.#declared.get(declaration);
    if (row === undefined) {
      row = unseenRow(declaration);
      this.#declared.set(declaration, row);
    }
    return row;
  }
}

/** Live peers first, in roster order, then declared nodes nobody has seen, in declaration order. */
export function joinRows(peers: readonly LivePeer[], declared: readonly Declaration[], cache: RowCache): readonly FleetPeer[] {
  const unclaimed = new Set(declared);
  const byAddress = new Map<LivePeer, Declaration>();
  const byPort = groupByPort(declared);
  for (const peer of peers) {
    const candidates = byPort.get(portOf(peer.address ?? peer.id)) ?? [];
    const match = candidates.find((candidate) => unclaimed.has(candidate) && matchesAddress(candidate, peer.address ?? peer.id));
    if (match === undefined) continue;
    unclaimed.delete(match);
    byAddress.set(peer, match);
  }
  // A node whose port the files do not tell (`os.environ[...]`) can still be known by its name.
  const byName = new Map<string, Declaration>();
  for (const candidate of unclaimed) if (candidate.node.address === null) byName.set(candidate.node.name, candidate);
  const rows: FleetPeer[] = [];
  for (const peer of peers) {
    let match = byAddress.get(peer);
    if (match === undefined && peer.name !== null) {
      match = byName.get(peer.name);
      if (match !== undefined) {
        byName.delete(peer.name);
        unclaimed.delete(match);
      }
    }
    rows.push(cache.live(peer, match?.node ?? null));
  }
  for (const declaration of unclaimed) rows.push(cache.unseen(declaration));
  return rows;
}

function groupByPort(declared: readonly Declaration[]): ReadonlyMap<number, readonly Declaration[]> {
  const groups = new Map<number, Declaration[]>();
  for (const declaration of declared) {
    if (declaration.port === null) continue;
    const group = groups.get(declaration.port);
    if (group === undefined) groups.set(declaration.port, [declaration]);
    else group.push(declaration);
  }
  return groups;
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

function unseenRow(declaration: Declaration): FleetPeer {
  const { node, host, zmqPort } = declaration;
  return {
    id: declaration.rowId,
    name: node.name,
    kind: 'jarviscore',
    address: node.address,
    state: 'unknown',
    incarnation: null,
    since: null,
    reason: 'Declared in the files, never seen in the mesh.',
    observedBy: null,
    agents: [],
    capacity: null,
    keepalive: null,
    zmqAddress: host === null || zmqPort === null ? null : `${host}:${zmqPort}`,
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: false,
    warnings: [],
    declared: node,
    seen: false,
  };
}

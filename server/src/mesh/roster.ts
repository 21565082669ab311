/** The read model of the mesh: immutable snapshots, and deltas between them. */
import type { RosterDelta, RosterSnapshot, Seed, SelfFacts } from '#schemas/fleet/mesh.ts';
import type { LivePeer, LiveRole } from '#schemas/fleet/peer.ts';
import { compareHolders, isGone } from '#schemas/fleet/roleStates.ts';

export interface Roster {
  /** The same object until something visible changed. */
  snapshot(): RosterSnapshot;
  setPeer(peer: LivePeer): void;
  removePeer(id: string): void;
  setSelf(self: SelfFacts): void;
  setSeeds(seeds: readonly Seed[]): void;
  /** What changed since the last `flush`; null: nothing that can be seen. */
  flush(): RosterDelta | null;
}

/** Both sides come from the same constructors, so equal facts have equal text. */
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Roles by name with everybody who has them; our own node's holders have `peer` null and are alive. */
export function rolesOf(self: SelfFacts, peers: Iterable<LivePeer>): LiveRole[] {
  const holders = new Map<string, LiveRole['holders']>();
  const add = (role: string, holder: LiveRole['holders'][number]) => {
    const list = holders.get(role);
    if (list === undefined) holders.set(role, [holder]);
    else list.push(holder);
  };
  for (const agent of self.agents) add(agent.role, { peer: null, agentId: agent.id, state: 'alive' });
  for (const peer of peers) {
    for (const agent of peer.agents) add(agent.role, { peer: peer.id, agentId: agent.id, state: peer.state });
  }
  return [...holders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([role, list]) => ({
      role,
      holders: list.sort(compareHolders),
      gone: list.every((holder) => isGone(holder.state)),
    }));
}

export function createRoster(epoch: string, self: SelfFacts): Roster {
  const peers = new Map<string, LivePeer>();
  let snapshot: RosterSnapshot = { epoch, revision: 0, self, seeds: [], peers: [], roles: rolesOf(self, []) };
  const changed = new Map<string, LivePeer>();
  const removed = new Set<string>();
  let nextSelf: SelfFacts | null = null;
  let nextSeeds: readonly Seed[] | null = null;
  let rolesStale = false;

  return {
    snapshot: () => snapshot,

    setPeer(peer) {
      const known = peers.get(peer.id);
      if (same(known, peer)) return;
      if (known?.state !== peer.state || !same(known.agents, peer.agents)) rolesStale = true;
      peers.set(peer.id, peer);
      changed.set(peer.id, peer);
      removed.delete(peer.id);
    },

    removePeer(id) {
      const known = peers.get(id);
      if (known === undefined) return;
      if (known.agents.length > 0) rolesStale = true;
      peers.delete(id);
      changed.delete(id);
      removed.add(id);
    },

    setSelf(next) {
      const known = nextSelf ?? snapshot.self;
      if (same(known, next)) return;
      if (!same(known.agents, next.agents)) rolesStale = true;
      nextSelf = next;
    },

    setSeeds(next) {
      if (!same(nextSeeds ?? snapshot.seeds, next)) nextSeeds = next;
    },

    flush() {
      if (changed.size === 0 && removed.size === 0 && nextSelf === null && nextSeeds === null) return null;
      const base = snapshot.revision;
      let roles: LiveRole[] | null = null;
      if (rolesStale) {
        const next = rolesOf(nextSelf ?? snapshot.self, peers.values());
        if (!same(next, snapshot.roles)) roles = next;
      }
      const listed = changed.size > 0 || removed.size > 0 ? [...peers.values()] : snapshot.peers;
      const delta: RosterDelta = {
        epoch,
        base,
        revision: base + 1,
        self: nextSelf,
        seeds: nextSeeds === null ? null : [...nextSeeds],
        peers: [...changed.values()],
        removed: [...removed],
        roles,
      };
      snapshot = {
        epoch,
        revision: base + 1,
        self: delta.self ?? snapshot.self,
        seeds: delta.seeds ?? snapshot.seeds,
        peers: listed,
        roles: roles ?? snapshot.roles,
      };
      changed.clear();
      removed.clear();
      nextSelf = null;
      nextSeeds = null;
      rolesStale = false;
      return delta;
    },
  };
}

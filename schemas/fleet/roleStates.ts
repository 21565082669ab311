/** The states of the agents that have a role: in which order they stand, and how they follow the states of their nodes. */
import type { LiveRole, PeerState } from './peer.ts';

type Holder = LiveRole['holders'][number];

const rank: { readonly [state in PeerState]: number } = { alive: 0, suspect: 1, unknown: 2, offline: 3, dead: 4, left: 5 };

export const isGone = (state: PeerState): boolean => rank[state] >= rank.offline;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Alive ones first, then by node and agent. */
export function compareHolders(a: Holder, b: Holder): number {
  return rank[a.state] - rank[b.state] || text(a.peer ?? '', b.peer ?? '') || text(a.agentId, b.agentId);
}

/** Two ordered lists as one. */
function merged(a: readonly Holder[], b: readonly Holder[]): Holder[] {
  const all: Holder[] = [];
  let next = 0;
  for (const holder of a) {
    for (let other = b[next]; other !== undefined && compareHolders(other, holder) < 0; other = b[++next]) all.push(other);
    all.push(holder);
  }
  for (const other of b.slice(next)) all.push(other);
  return all;
}

/**
 * The roles after some nodes took on these states. Roles and holders that stay as they were keep their identity, so that
 * nothing has to be drawn anew for them; where nothing changes it is the same array.
 */
export function withStates(roles: LiveRole[], nodes: Iterable<{ readonly id: string; readonly state: PeerState }>): LiveRole[] {
  const states = new Map<string, PeerState>();
  for (const { id, state } of nodes) states.set(id, state);
  if (states.size === 0) return roles;
  let changed = false;
  const next = roles.map((role) => {
    const moved: Holder[] = [];
    const kept: Holder[] = [];
    for (const holder of role.holders) {
      const state = holder.peer === null ? undefined : states.get(holder.peer);
      if (state === undefined || state === holder.state) kept.push(holder);
      else moved.push({ ...holder, state });
    }
    if (moved.length === 0) return role;
    changed = true;
    const holders = merged(kept, moved.sort(compareHolders));
    return { role: role.role, holders, gone: holders.every((holder) => isGone(holder.state)) };
  });
  return changed ? next : roles;
}

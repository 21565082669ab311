/** The roles of the client's copy: they follow the states of some nodes without a look at the agents of all others. */
import type { LiveRole, PeerState } from '#schemas/fleet/peer.ts';
import { compareHolders, isGone } from '#schemas/fleet/roleStates.ts';
import { placeFor } from './keptOrder.ts';

type Holder = LiveRole['holders'][number];

/** An agent of a node, and the place of its role. */
interface Held {
  readonly at: number;
  holder: Holder;
}

export class KnownRoles {
  #roles: LiveRole[] = [];
  /** Agents by the node they live in; null: to be found out when states change. */
  #byNode: Map<string, Held[]> | null = null;

  /** Another array whenever a role changed; roles and agents that did not keep their identity. */
  get all(): LiveRole[] {
    return this.#roles;
  }

  /** All roles anew, as nodes come and go: what is equal to what was known is still that. */
  tell(roles: LiveRole[]): void {
    const known = new Map(this.#roles.map((role) => [role.role, role]));
    // Agents stand alive ones first by agreement, and are found by it.
    const ordered = roles.every(isOrdered)
      ? roles
      : roles.map((role) => (isOrdered(role) ? role : { ...role, holders: role.holders.toSorted(compareHolders) }));
    this.#byNode = null;
    this.#roles = known.size === 0 ? ordered : ordered.map((role) => recognized(known.get(role.role), role));
  }

  /** Gives the agents of some nodes the states of these. The same as `withStates` gives. */
  follow(nodes: Iterable<{ readonly id: string; readonly state: PeerState }>): void {
    const states = new Map<string, PeerState>();
    for (const { id, state } of nodes) states.set(id, state);
    if (states.size === 0) return;
    this.#byNode ??= agentsByNode(this.#roles);
    const byNode = this.#byNode;
    const changes = new Map<number, { readonly old: Holder[]; readonly now: Holder[] }>();
    for (const [id, state] of states) {
      for (const held of byNode.get(id) ?? []) {
        const { at, holder } = held;
        if (holder.state === state) continue;
        const change = changes.get(at) ?? { old: [], now: [] };
        changes.set(at, change);
        held.holder = { ...holder, state };
        change.old.push(holder);
        change.now.push(held.holder);
      }
    }
    if (changes.size === 0) return;
    const roles = [...this.#roles];
    for (const [at, { old, now }] of changes) {
      const before = roles[at];
      if (before === undefined) continue;
      const holders = exchanged(before.holders, old, now.sort(compareHolders));
      const [first] = holders;
      roles[at] = { role: before.role, holders, gone: first === undefined || isGone(first.state) };
    }
    this.#roles = roles;
  }
}

function isOrdered({ holders }: LiveRole): boolean {
  return holders.every((holder, index) => {
    const above = holders[index - 1];
    return above === undefined || compareHolders(above, holder) <= 0;
  });
}

/** A role with the agents that are known already, itself the known one where nothing is different. */
function recognized(known: LiveRole | undefined, role: LiveRole): LiveRole {
  if (known === undefined) return role;
  let next = 0;
  const holders = role.holders.map((holder) => {
    let there = known.holders[next];
    for (; there !== undefined && compareHolders(there, holder) < 0; there = known.holders[next]) next++;
    if (there === undefined || there.peer !== holder.peer || compareHolders(there, holder) !== 0) return holder;
    next++;
    return there;
  });
  const same = holders.length === known.holders.length && holders.every((holder, index) => holder === known.holders[index]);
  return same && role.gone === known.gone ? known : { ...role, holders };
}

function agentsByNode(roles: readonly LiveRole[]): Map<string, Held[]> {
  const byNode = new Map<string, Held[]>();
  for (const [at, { holders }] of roles.entries()) {
    for (const holder of holders) {
      if (holder.peer === null) continue;
      const list = byNode.get(holder.peer);
      if (list === undefined) byNode.set(holder.peer, [{ at, holder }]);
      else list.push({ at, holder });
    }
  }
  return byNode;
}

/** An ordered list with some of its members taken out and others, ordered too, put in. */
function exchanged(list: readonly Holder[], old: readonly Holder[], now: readonly Holder[]): Holder[] {
  const leaving = old.map((holder) => placeOf(list, holder)).sort((a, b) => a - b);
  const kept: Holder[] = [];
  append(kept, list, 0, leaving[0] ?? list.length);
  for (const [index, place] of leaving.entries()) append(kept, list, place + 1, leaving[index + 1] ?? list.length);
  const all: Holder[] = [];
  let from = 0;
  for (const holder of now) {
    const low = placeFor(kept, (there) => compareHolders(there, holder), from);
    append(all, kept, from, low);
    all.push(holder);
    from = low;
  }
  append(all, kept, from, kept.length);
  return all;
}

/** @param to exclusive */
function append(all: Holder[], list: readonly Holder[], from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const holder = list[index];
    if (holder !== undefined) all.push(holder);
  }
}

function placeOf(list: readonly Holder[], holder: Holder): number {
  // One node may announce an id twice by mistake: of those that are equal it is the very one.
  return list.lastIndexOf(holder, placeFor(list, (there) => compareHolders(there, holder)) - 1);
}

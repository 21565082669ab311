/** The client's copy of the fleet view, kept by snapshots and deltas. */
import type { FleetDelta, FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { KnownRoles } from './knownRoles.ts';

export type DeltaOutcome =
  /** The view changed. */
  | 'applied'
  /** Older than what is known: nothing to do. */
  | 'stale'
  /** Something between was missed, or the server is another one: only a snapshot helps. */
  | 'gap';

export class FleetModel {
  #view: FleetView | null = null;
  /** Where each peer stands in the view. */
  readonly #places = new Map<string, number>();
  readonly #roles = new KnownRoles();

  /**
   * Null until the first snapshot. A new object for every change; unchanged peers keep their identity and, but for one
   * that takes the place of each that goes, their places: that is how whoever shows them finds what changed.
   */
  get view(): FleetView | null {
    return this.#view;
  }

  /** Forgets everything, for a server that has ended. */
  clear(): void {
    this.#view = null;
    this.#places.clear();
    this.#roles.tell([]);
  }

  apply(snapshot: FleetView): void {
    this.#places.clear();
    for (const [place, peer] of snapshot.peers.entries()) this.#places.set(peer.id, place);
    this.#roles.tell(snapshot.roles);
    this.#view = { ...snapshot, roles: this.#roles.all };
  }

  applyDelta(delta: FleetDelta): DeltaOutcome {
    const view = this.#view;
    if (view === null || delta.epoch !== view.epoch) return 'gap';
    if (delta.revision <= view.revision) return 'stale';
    if (delta.base !== view.revision) return 'gap';
    const peersChanged = delta.removed.length > 0 || delta.peers.length > 0;
    if (delta.roles === null) this.#roles.follow(delta.peers);
    else this.#roles.tell(delta.roles);
    this.#view = {
      epoch: delta.epoch,
      revision: delta.revision,
      project: delta.project,
      target: delta.target,
      python: delta.python,
      node: delta.node,
      expected: delta.expected,
      alive: delta.alive,
      peers: peersChanged ? this.#changed(view.peers, delta) : view.peers,
      declaredRoles: delta.declaredRoles,
      roles: this.#roles.all,
      sources: delta.sources ?? view.sources,
    };
    return 'applied';
  }

  #changed(before: readonly FleetPeer[], delta: FleetDelta): FleetPeer[] {
    const peers = before.slice();
    for (const id of delta.removed) {
      const place = this.#places.get(id);
      const last = peers.at(-1);
      if (place === undefined || last === undefined) continue;
      peers[place] = last;
      this.#places.set(last.id, place);
      this.#places.delete(id);
      peers.pop();
    }
    for (const peer of delta.peers) {
      const place = this.#places.get(peer.id) ?? peers.length;
      this.#places.set(peer.id, place);
      peers[place] = peer;
    }
    return peers;
  }
}

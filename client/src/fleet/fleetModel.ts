/** The client's copy of the fleet view, kept by snapshots and deltas. */
import { withStates } from '#schemas/fleet/roleStates.ts';
import type { FleetDelta, FleetPeer, FleetView } from '#schemas/fleet/view.ts';

export type DeltaOutcome =
  /** The view changed. */
  | 'applied'
  /** Older than what is known: nothing to do. */
  | 'stale'
  /** Something between was missed, or the server is another one: only a snapshot helps. */
  | 'gap';

export class FleetModel {
  #view: FleetView | null = null;
  readonly #peers = new Map<string, FleetPeer>();

  /** Null until the first snapshot. A new object for every change; unchanged peers keep their identity. */
  get view(): FleetView | null {
    return this.#view;
  }

  /** Forgets everything, for a server that has ended. */
  clear(): void {
    this.#view = null;
    this.#peers.clear();
  }

  apply(snapshot: FleetView): void {
    this.#peers.clear();
    for (const peer of snapshot.peers) this.#peers.set(peer.id, peer);
    this.#view = snapshot;
  }

  applyDelta(delta: FleetDelta): DeltaOutcome {
    const view = this.#view;
    if (view === null || delta.epoch !== view.epoch) return 'gap';
    if (delta.revision <= view.revision) return 'stale';
    if (delta.base !== view.revision) return 'gap';
    for (const id of delta.removed) this.#peers.delete(id);
    for (const peer of delta.peers) this.#peers.set(peer.id, peer);
    const peersChanged = delta.removed.length > 0 || delta.peers.length > 0;
    this.#view = {
      epoch: delta.epoch,
      revision: delta.revision,
      project: delta.project,
      target: delta.target,
      python: delta.python,
      node: delta.node,
      expected: delta.expected,
      alive: delta.alive,
      peers: peersChanged ? [...this.#peers.values()] : view.peers,
      declaredRoles: delta.declaredRoles,
      roles: delta.roles ?? withStates(view.roles, delta.peers),
      sources: delta.sources ?? view.sources,
    };
    return 'applied';
  }
}

/** How each node is called on screen, kept from view to view: a name is made only for nodes that changed. */
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { peerName } from './peerRow.ts';
import { changedPlaces, goneIds } from './places.ts';

export class NodeNames {
  #peers: readonly FleetPeer[] = [];
  readonly #names = new Map<string, string>();
  #version = 0;

  /** Another number whenever a name came, went or changed. */
  get version(): number {
    return this.#version;
  }

  get(id: string): string | undefined {
    return this.#names.get(id);
  }

  take(peers: readonly FleetPeer[]): void {
    if (peers === this.#peers) return;
    const last = this.#peers;
    this.#peers = peers;
    let changed = false;
    const places = changedPlaces(last, peers);
    for (const id of goneIds(last, peers, places)) changed = this.#names.delete(id) || changed;
    for (const place of places) {
      const peer = peers[place];
      if (peer === undefined) continue;
      const name = peerName(peer);
      if (this.#names.get(peer.id) === name) continue;
      changed = true;
      this.#names.set(peer.id, name);
    }
    if (changed) this.#version++;
  }
}

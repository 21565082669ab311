/** How each node is called on screen, kept from view to view: a name is made only for nodes that changed. */
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { peerName } from './peerRow.ts';

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
    for (const [index, peer] of peers.entries()) {
      // Nodes keep their places while none comes or goes.
      if (peer === last[index]) continue;
      const name = peerName(peer);
      if (this.#names.get(peer.id) === name) continue;
      changed = true;
      this.#names.set(peer.id, name);
    }
    if (this.#names.size > peers.length) {
      const ids = new Set(peers.map((peer) => peer.id));
      for (const id of this.#names.keys()) if (!ids.has(id)) this.#names.delete(id);
      changed = true;
    }
    if (changed) this.#version++;
  }
}

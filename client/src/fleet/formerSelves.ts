/**
 * The local node takes a new port at each start, so after a restart the fleet still reports its last address as dead.
 * That is nobody's loss: such a peer is neither shown nor counted.
 */
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { Matches } from './places.ts';

/** Older ones have been forgotten by the fleet. */
const MOST = 50;

export class FormerSelves {
  readonly #addresses: string[];
  readonly #remember: (addresses: readonly string[]) => void;
  #hidden: Matches<FleetPeer>;

  /** @param remember called when there is an address to keep for the next window */
  constructor(addresses: readonly string[], remember: (addresses: readonly string[]) => void) {
    this.#addresses = [...addresses];
    this.#remember = remember;
    this.#hidden = formerSelves(this.#addresses);
  }

  /** The same view where nothing is hidden. */
  hide(view: FleetView): FleetView {
    const own = view.node.self?.address;
    if (own !== undefined && !this.#addresses.includes(own)) {
      this.#addresses.push(own);
      if (this.#addresses.length > MOST) this.#addresses.shift();
      this.#remember(this.#addresses);
      this.#hidden = formerSelves(this.#addresses);
    }
    if (this.#hidden.count(view.peers) === 0) return view;
    return { ...view, peers: [...this.#hidden.others(view.peers)] };
  }
}

/** Somebody else may have got the port since; whoever is alive there, or declared there, is not us. */
function formerSelves(addresses: readonly string[]): Matches<FleetPeer> {
  const former = new Set(addresses);
  return new Matches((peer) => peer.state !== 'alive' && peer.declared === null && former.has(peer.id));
}

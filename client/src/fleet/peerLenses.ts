/** What the lens above a declared process says about the peer it has become. Plain data; VS Code shows it. */
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import type { Language } from './language.ts';
import { peerName } from './peerRow.ts';
import { stateWord } from './peerState.ts';
import { changedPlaces, Matches } from './places.ts';

export interface PeerLens {
  readonly line: number;
  readonly title: string;
  /** Id of the peer's row in Fleet Peers. */
  readonly row: string;
}

/** Document URI -> its lenses. */
export type LensesByDocument = ReadonlyMap<string, readonly PeerLens[]>;

const none: LensesByDocument = new Map();

function title(peer: FleetPeer, l10n: Language): string {
  const state = peer.seen ? stateWord(peer.state, l10n) : l10n.t('not seen');
  const since = peer.seen && peer.since !== null ? ` · ${l10n.t('since {0}', l10n.minute(peer.since))}` : '';
  return l10n.t('{0}: {1}', peerName(peer), `${state}${since}`);
}

export class PeerLenses {
  readonly #l10n: Language;
  readonly #declared = new Matches<FleetPeer>(({ declared }) => declared !== null);
  #peers: readonly FleetPeer[] = [];
  #lenses = none;
  readonly #made = new WeakMap<FleetPeer, PeerLens>();

  constructor(l10n: Language) {
    this.#l10n = l10n;
  }

  /** The same object while no declared peer changed. Without a node nothing is known about anybody. */
  of(view: FleetView | null): LensesByDocument {
    if (view?.node.phase !== 'running') return none;
    const peers = this.#declared.of(view.peers);
    if (changedPlaces(this.#peers, peers).length === 0) return this.#lenses;
    this.#peers = peers;
    const lenses = new Map<string, PeerLens[]>();
    for (const peer of peers) {
      if (peer.declared === null) continue;
      const { uri, range } = peer.declared.place;
      const list = lenses.get(uri) ?? [];
      const lens = this.#made.get(peer) ?? { line: range.start.line, title: title(peer, this.#l10n), row: `peer:${peer.id}` };
      this.#made.set(peer, lens);
      list.push(lens);
      lenses.set(uri, list);
    }
    this.#lenses = lenses;
    return lenses;
  }
}

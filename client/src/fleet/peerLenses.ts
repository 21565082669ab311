/** What the lens above a declared process says about the peer it has become. Plain data; VS Code shows it. */
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import type { Language } from './language.ts';
import { peerName } from './peerRow.ts';
import { stateWord } from './peerState.ts';

export interface PeerLens {
  readonly line: number;
  readonly title: string;
  /** Id of the peer's row in Fleet Peers. */
  readonly row: string;
}

function title(peer: FleetPeer, l10n: Language): string {
  const state = peer.seen ? stateWord(peer.state, l10n) : l10n.t('not seen');
  const since = peer.seen && peer.since !== null ? ` · ${l10n.t('since {0}', l10n.minute(peer.since))}` : '';
  return l10n.t('{0}: {1}', peerName(peer), `${state}${since}`);
}

/** Document URI -> its lenses. Without a node nothing is known about anybody. */
export function peerLenses(view: FleetView | null, l10n: Language): ReadonlyMap<string, readonly PeerLens[]> {
  const lenses = new Map<string, PeerLens[]>();
  if (view?.node.phase !== 'running') return lenses;
  for (const peer of view.peers) {
    if (peer.declared === null) continue;
    const { uri, range } = peer.declared.place;
    const list = lenses.get(uri) ?? [];
    list.push({ line: range.start.line, title: title(peer, l10n), row: `peer:${peer.id}` });
    lenses.set(uri, list);
  }
  return lenses;
}

/** The whole fleet as rows: what the two trees show for one view of the fleet. */
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import type { Language } from './language.ts';
import { type PeerContext, peerName, peerRow } from './peerRow.ts';
import { roleRow } from './roleRow.ts';
import type { Row } from './row.ts';
import { selfRow } from './selfRow.ts';
import { type OtherKind, sourceFor, sourceRow } from './sourceRow.ts';

// By name, not by state: a peer that changes its state keeps its place, and only its own row is refreshed.
const otherKinds: readonly OtherKind[] = ['relay', 'circuitforge'];

const collator = new Intl.Collator(undefined, { numeric: true });

interface Rendered {
  readonly context: string;
  readonly row: Row;
}

/** Renders rows, reusing the row of every peer that has not changed since the last view. */
export class FleetRows {
  readonly #l10n: Language;
  readonly #rendered = new WeakMap<FleetPeer, Rendered>();

  constructor(l10n: Language) {
    this.#l10n = l10n;
  }

  /** Whether there is more to show than the mesh: a hub or coordinator of ours, running or failed. */
  static besideTheMesh(view: FleetView): boolean {
    return otherKinds.some((kind) => sourceFor(kind, view.sources) !== null);
  }

  /** Whether "started and alone" is all there is to say: welcome content then says why instead of one lonely row. */
  static alone(view: FleetView): boolean {
    return view.node.phase === 'running' && view.peers.length === 0 && !FleetRows.besideTheMesh(view);
  }

  context(view: FleetView): PeerContext {
    const names = new Map(view.peers.map((peer) => [peer.id, peer] as const));
    return {
      anyDeclared: view.expected > 0,
      nameOf: (id) => {
        if (id === view.node.self?.address) return null;
        const peer = names.get(id);
        return peer ? peerName(peer) : id;
      },
    };
  }

  peers(view: FleetView): Row[] {
    if (FleetRows.alone(view)) return [];
    const running = view.node.phase === 'running';
    if (!running && !FleetRows.besideTheMesh(view)) return [];
    const rows = running ? this.#sorted(view, (peer) => peer.other === undefined) : [];
    if (running && view.node.self !== null) rows.push(selfRow(view.node.self, this.#l10n));
    for (const kind of otherKinds) {
      const nodes = this.#sorted(view, (peer) => peer.other !== undefined && peer.kind === kind);
      const group = sourceRow(kind, sourceFor(kind, view.sources), nodes, this.#l10n);
      if (group !== null) rows.push(group);
    }
    return rows;
  }

  #sorted(view: FleetView, wanted: (peer: FleetPeer) => boolean): Row[] {
    const context = this.context(view);
    const rows = view.peers.filter(wanted).map((peer) => this.#peer(peer, context));
    return rows.sort((a, b) => collator.compare(a.label, b.label) || collator.compare(a.id, b.id));
  }

  roles(view: FleetView): Row[] {
    if (view.node.phase !== 'running') return [];
    const { nameOf } = this.context(view);
    const rows = view.roles.map((role) => roleRow(role, nameOf, this.#l10n));
    return rows.sort((a, b) => collator.compare(a.label, b.label) || collator.compare(a.id, b.id));
  }

  #peer(peer: FleetPeer, context: PeerContext): Row {
    const key = `${context.anyDeclared}/${peer.observedBy === null ? '' : context.nameOf(peer.observedBy)}`;
    const known = this.#rendered.get(peer);
    if (known?.context === key) return known.row;
    const row = peerRow(peer, context, this.#l10n);
    this.#rendered.set(peer, { context: key, row });
    return row;
  }
}

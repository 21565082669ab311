/** The whole fleet as rows: what the two trees show for one view of the fleet. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { KeptOrder } from './keptOrder.ts';
import type { Language } from './language.ts';
import { NodeNames } from './nodeNames.ts';
import { type PeerContext, peerRow } from './peerRow.ts';
import { HolderRows, roleRow } from './roleRow.ts';
import type { Row } from './row.ts';
import { selfRow } from './selfRow.ts';
import { type OtherKind, sourceFor, sourceRow } from './sourceRow.ts';

// By name, not by state: a peer that changes its state keeps its place, and only its own row is refreshed.
const otherKinds: readonly OtherKind[] = ['relay', 'circuitforge'];

const collator = new Intl.Collator(undefined, { numeric: true });

const byName = {
  idOf: (row: Row) => row.id,
  keyOf: (row: Row) => row.label,
  compare: (a: Row, b: Row) => collator.compare(a.label, b.label) || collator.compare(a.id, b.id),
};

/** A row and what it was made from beside the facts of its own. */
interface Rendered {
  readonly anyDeclared: boolean;
  readonly observer: string | null;
  readonly row: Row;
}

/** Renders rows, reusing the row of everything that has not changed since the last view. */
export class FleetRows {
  readonly #l10n: Language;
  readonly #names = new NodeNames();
  readonly #rendered = new WeakMap<FleetPeer, Rendered>();
  readonly #renderedRoles = new WeakMap<LiveRole, { readonly version: number; readonly row: Row }>();
  readonly #holders: HolderRows;
  #last: { readonly around: string; readonly peers: readonly FleetPeer[]; readonly rows: readonly Row[] } = {
    around: '',
    peers: [],
    rows: [],
  };
  readonly #orders = {
    mesh: new KeptOrder(byName),
    relay: new KeptOrder(byName),
    circuitforge: new KeptOrder(byName),
    roles: new KeptOrder(byName),
  };

  constructor(l10n: Language) {
    this.#l10n = l10n;
    this.#holders = new HolderRows(l10n);
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
    this.#names.take(view.peers);
    const own = view.node.self?.address;
    return { anyDeclared: view.expected > 0, nameOf: (id) => (id === own ? null : (this.#names.get(id) ?? id)) };
  }

  peers(view: FleetView): Row[] {
    if (FleetRows.alone(view)) return [];
    const running = view.node.phase === 'running';
    if (!running && !FleetRows.besideTheMesh(view)) return [];
    const context = this.context(view);
    const all = this.#rowsOf(view, context);
    const rows = running ? this.#orders.mesh.sort(all.filter((_row, index) => view.peers[index]?.other === undefined)) : [];
    if (running && view.node.self !== null) rows.push(selfRow(view.node.self, this.#l10n));
    for (const kind of otherKinds) {
      const ofKind = (_row: Row, index: number): boolean => {
        const peer = view.peers[index];
        return peer?.other !== undefined && peer.kind === kind;
      };
      const nodes = this.#orders[kind].sort(all.filter(ofKind));
      const group = sourceRow(kind, sourceFor(kind, view.sources), nodes, this.#l10n);
      if (group !== null) rows.push(group);
    }
    return rows;
  }

  /** A row for each peer, in the order of the peers. */
  #rowsOf({ peers, node }: FleetView, context: PeerContext): readonly Row[] {
    const around = `${this.#names.version} ${context.anyDeclared} ${node.self?.address}`;
    const last = this.#last;
    const same = last.around === around;
    // Most nodes are where they were and what they were: looking at their places is all that is done for them.
    const rows = peers.map((peer, index) => {
      const known = same && last.peers[index] === peer ? last.rows[index] : undefined;
      return known ?? this.#peer(peer, context);
    });
    this.#last = { around, peers, rows };
    return rows;
  }

  roles(view: FleetView): Row[] {
    if (view.node.phase !== 'running') return [];
    const context = this.context(view);
    return this.#orders.roles.sort(view.roles.map((role) => this.#role(role, context)));
  }

  #role(role: LiveRole, context: PeerContext): Row {
    const { version } = this.#names;
    const known = this.#renderedRoles.get(role);
    if (known?.version === version) return known.row;
    const row = roleRow(role, this.#holders.rows(role, { version, of: context.nameOf }), this.#l10n);
    this.#renderedRoles.set(role, { version, row });
    return row;
  }

  #peer(peer: FleetPeer, context: PeerContext): Row {
    const { anyDeclared } = context;
    const observer = peer.observedBy === null ? null : context.nameOf(peer.observedBy);
    const known = this.#rendered.get(peer);
    if (known !== undefined && known.anyDeclared === anyDeclared && known.observer === observer) return known.row;
    const row = peerRow(peer, context, this.#l10n);
    this.#rendered.set(peer, { anyDeclared, observer, row });
    return row;
  }
}

/** The whole fleet as rows: what the two trees show for one view of the fleet. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import type { PeerAdditions } from '../run/peerAdditions.ts';
import { type Arrangement, grouped, isWanted, type Order, orderings, plain } from './arrangement.ts';
import { KeptOrder } from './keptOrder.ts';
import type { Language } from './language.ts';
import { NodeNames } from './nodeNames.ts';
import { type PeerContext, peerRow } from './peerRow.ts';
import { HolderRows, roleRow, unservedRow } from './roleRow.ts';
import type { Row } from './row.ts';
import { selfRow } from './selfRow.ts';
import { type OtherKind, sourceFor, sourceRow } from './sourceRow.ts';

const otherKinds: readonly OtherKind[] = ['relay', 'circuitforge'];

const byName = orderings.name;

/** A row and what it was made from beside the facts of its own. */
interface Rendered {
  readonly anyDeclared: boolean;
  readonly observer: string | null;
  readonly additions: string;
  readonly row: Row;
}

/** Renders rows, reusing the row of everything that has not changed since the last view. */
export class FleetRows {
  readonly #l10n: Language;
  readonly #additions: PeerAdditions | null;
  readonly #names = new NodeNames();
  readonly #rendered = new WeakMap<FleetPeer, Rendered>();
  readonly #renderedRoles = new WeakMap<LiveRole, { readonly version: number; readonly row: Row }>();
  readonly #holders: HolderRows;
  #last: { readonly around: string; readonly peers: readonly FleetPeer[]; readonly rows: readonly Row[] } = {
    around: '',
    peers: [],
    rows: [],
  };
  #sortedBy: Order = 'name';
  #mesh = new KeptOrder(byName);
  readonly #orders = {
    relay: new KeptOrder(byName),
    circuitforge: new KeptOrder(byName),
    roles: new KeptOrder(byName),
  };

  /** @param additions what this window knows of nodes beside the view */
  constructor(l10n: Language, additions: PeerAdditions | null = null) {
    this.#l10n = l10n;
    this.#additions = additions;
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

  /** @param arrangement by name, not by state, unless a person wants it: then a node that changes its state keeps its place */
  peers(view: FleetView, arrangement: Arrangement = plain): Row[] {
    if (FleetRows.alone(view)) return [];
    const running = view.node.phase === 'running';
    if (!running && !FleetRows.besideTheMesh(view)) return [];
    const context = this.context(view);
    const all = this.#rowsOf(view, context);
    const rows = running
      ? this.#arranged(
          all.filter((_row, index) => view.peers[index]?.other === undefined),
          arrangement,
        )
      : [];
    const { filter } = arrangement;
    const wanted = isWanted(filter);
    if (running && view.node.self !== null) {
      const own = selfRow(view.node.self, this.#l10n);
      if (filter === '' || wanted(own)) rows.push(own);
    }
    for (const kind of otherKinds) {
      const ofKind = (_row: Row, index: number): boolean => {
        const peer = view.peers[index];
        return peer?.other !== undefined && peer.kind === kind;
      };
      const nodes = this.#orders[kind].sort(all.filter(ofKind));
      const shown = filter === '' ? nodes : nodes.filter(wanted);
      const group = sourceRow(kind, sourceFor(kind, view.sources), shown, this.#l10n);
      if (group !== null && (filter === '' || shown.length > 0)) rows.push(group);
    }
    return rows;
  }

  #arranged(rows: readonly Row[], { groupBy, sortBy, filter }: Arrangement): Row[] {
    if (sortBy !== this.#sortedBy) {
      this.#sortedBy = sortBy;
      this.#mesh = new KeptOrder(orderings[sortBy]);
    }
    const sorted = this.#mesh.sort(rows);
    const wanted = filter === '' ? sorted : sorted.filter(isWanted(filter));
    return [...grouped(wanted, groupBy, this.#l10n)];
  }

  /** A row for each peer, in the order of the peers. */
  #rowsOf({ peers, node }: FleetView, context: PeerContext): readonly Row[] {
    const around = `${this.#names.version} ${context.anyDeclared} ${node.self?.address} ${this.#additions?.version}`;
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
    const rows = view.roles.map((role) => this.#role(role, context));
    const served = new Set(view.roles.map(({ role }) => role));
    for (const declared of view.declaredRoles ?? []) if (!served.has(declared.role)) rows.push(unservedRow(declared, this.#l10n));
    return this.#orders.roles.sort(rows);
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
    const additions = this.#additions?.version ?? '';
    if (known?.anyDeclared === anyDeclared && known.observer === observer && known.additions === additions) return known.row;
    const plainRow = peerRow(peer, context, this.#l10n);
    const row = this.#additions?.add(plainRow, peer, this.#l10n) ?? plainRow;
    this.#rendered.set(peer, { anyDeclared, observer, additions, row });
    return row;
  }
}

/** The whole fleet as rows: what the two trees show for one view of the fleet. */
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import type { PeerAdditions } from '../run/peerAdditions.ts';
import { type Arrangement, isWanted, plain } from './arrangement.ts';
import { KeptArrangement } from './keptArrangement.ts';
import type { Language } from './language.ts';
import { NodeNames } from './nodeNames.ts';
import { type PeerContext, peerRow } from './peerRow.ts';
import { changedPlaces } from './places.ts';
import { RoleRows } from './roleRows.ts';
import type { Row } from './row.ts';
import { selfRow } from './selfRow.ts';
import { type OtherKind, sourceFor, sourceRow } from './sourceRow.ts';

const otherKinds: readonly OtherKind[] = ['relay', 'circuitforge'];

/** Where a node stands: in the mesh, else below the group of its fleet. */
type Kind = 'mesh' | OtherKind;

function kindOf(peer: FleetPeer): Kind {
  return peer.other === undefined || peer.kind === 'jarviscore' ? 'mesh' : peer.kind;
}

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
  readonly #roles: RoleRows;
  #last: { readonly around: string; readonly peers: readonly FleetPeer[]; readonly rows: readonly Row[] } = {
    around: '',
    peers: [],
    rows: [],
  };
  /** For each of the last peers, at its place, and how many there are of each. */
  readonly #kinds: Kind[] = [];
  readonly #counts: Record<Kind, number> = { mesh: 0, relay: 0, circuitforge: 0 };
  readonly #mesh: KeptArrangement;
  readonly #others: Readonly<Record<OtherKind, KeptArrangement>>;

  /** @param additions what this window knows of nodes beside the view */
  constructor(l10n: Language, additions: PeerAdditions | null = null) {
    this.#l10n = l10n;
    this.#additions = additions;
    this.#roles = new RoleRows(l10n);
    this.#mesh = new KeptArrangement(l10n);
    this.#others = { relay: new KeptArrangement(l10n), circuitforge: new KeptArrangement(l10n) };
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
    const all = this.#rowsOf(view);
    const { filter } = arrangement;
    const rows = running ? this.#mesh.rows(this.#ofKind('mesh', all), arrangement) : [];
    if (running && view.node.self !== null) {
      const own = selfRow(view.node.self, this.#l10n);
      if (filter === '' || isWanted(filter)(own)) rows.push(own);
    }
    for (const kind of otherKinds) {
      const shown = this.#others[kind].rows(this.#ofKind(kind, all), { ...plain, filter });
      const group = sourceRow(kind, sourceFor(kind, view.sources), shown, this.#l10n);
      if (group !== null && (filter === '' || shown.length > 0)) rows.push(group);
    }
    return rows;
  }

  /** @param rows of all peers, in the order of these */
  #ofKind(kind: Kind, rows: readonly Row[]): readonly Row[] {
    // Mostly there is but one fleet.
    if (this.#counts[kind] === 0) return [];
    return this.#counts[kind] === rows.length ? rows : rows.filter((_row, place) => this.#kinds[place] === kind);
  }

  /** A row for each peer, in the order of the peers. */
  #rowsOf(view: FleetView): readonly Row[] {
    const { peers, node } = view;
    const context = this.context(view);
    const last = this.#last;
    const around = `${this.#names.version} ${context.anyDeclared} ${node.self?.address} ${this.#additions?.version}`;
    const places = last.around === around ? changedPlaces(last.peers, peers) : [...peers.keys()];
    const rows = last.rows.slice(0, peers.length);
    for (const place of places) {
      const peer = peers[place];
      if (peer !== undefined) rows[place] = this.#peer(peer, context);
    }
    this.#sortOut(peers, changedPlaces(last.peers, peers));
    this.#last = { around, peers, rows };
    return rows;
  }

  #sortOut(peers: readonly FleetPeer[], places: readonly number[]): void {
    for (const place of places) {
      const before = this.#kinds[place];
      if (before !== undefined) this.#counts[before]--;
      const peer = peers[place];
      if (peer === undefined) continue;
      const kind = kindOf(peer);
      this.#kinds[place] = kind;
      this.#counts[kind]++;
    }
    this.#kinds.length = peers.length;
  }

  roles(view: FleetView): Row[] {
    if (view.node.phase !== 'running') return [];
    const { nameOf } = this.context(view);
    return this.#roles.rows(view.roles, view.declaredRoles ?? [], { version: this.#names.version, of: nameOf });
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

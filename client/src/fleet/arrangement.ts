/** How a person wants the nodes of the mesh to stand: grouped, ordered, filtered. */
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { type Language, oneLine } from './language.ts';
import { stateIcon, stateWord } from './peerState.ts';
import type { Row, RowIcon } from './row.ts';

export const groupings = ['none', 'state', 'host', 'kind'] as const;
export type Grouping = (typeof groupings)[number];
export const orders = ['name', 'state', 'since'] as const;
export type Order = (typeof orders)[number];

export interface Arrangement {
  readonly groupBy: Grouping;
  readonly sortBy: Order;
  /** Words that must all be somewhere in a row; empty: everything. */
  readonly filter: string;
}

export const plain: Arrangement = { groupBy: 'none', sortBy: 'name', filter: '' };

/** What needs attention first. */
const stateOrder: readonly (PeerState | 'unseen')[] = ['suspect', 'dead', 'unseen', 'unknown', 'offline', 'left', 'alive'];

let collator: Intl.Collator | undefined;

/** For a person's eye. The engine reads a language's order with the first two texts, not while the window opens. */
function compareText(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true });
  return collator.compare(a, b);
}

const stateOf = (peer: FleetPeer): PeerState | 'unseen' => (peer.seen ? peer.state : 'unseen');

function peerOf(row: Row): FleetPeer | null {
  return row.subject.kind === 'peer' ? row.subject.peer : null;
}

function rank(row: Row): number {
  const peer = peerOf(row);
  return peer === null ? stateOrder.length : stateOrder.indexOf(stateOf(peer));
}

const sinceOf = (row: Row): string => peerOf(row)?.since ?? '';

const byName = (a: Row, b: Row): number => compareText(a.label, b.label) || compareText(a.id, b.id);

/** For `KeptOrder`. Only by name a node that changes its state keeps its place. */
export const orderings: Readonly<
  Record<Order, { idOf(row: Row): string; keyOf(row: Row): string; compare(a: Row, b: Row): number }>
> = {
  name: { idOf: (row) => row.id, keyOf: (row) => row.label, compare: byName },
  state: {
    idOf: (row) => row.id,
    keyOf: (row) => `${rank(row)} ${row.label}`,
    compare: (a, b) => rank(a) - rank(b) || byName(a, b),
  },
  since: {
    idOf: (row) => row.id,
    keyOf: (row) => `${sinceOf(row)} ${row.label}`,
    // The newest change first; what was never seen has none and comes last.
    compare: (a, b) => (sinceOf(a) === sinceOf(b) ? byName(a, b) : sinceOf(a) < sinceOf(b) ? 1 : -1),
  },
};

const searched = new WeakMap<Row, string>();

function textOf(row: Row): string {
  let text = searched.get(row);
  if (text === undefined) {
    text = [row, ...row.children]
      .map((one) => `${one.ariaLabel} ${one.label} ${one.description}`)
      .join(' ')
      .toLowerCase();
    searched.set(row, text);
  }
  return text;
}

/** Whether a row, or an agent below it, has all the words. */
export function isWanted(filter: string): (row: Row) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => words.every((word) => textOf(row).includes(word));
}

export interface Group {
  readonly key: string;
  readonly label: string;
  readonly icon: RowIcon;
}

function hostOf(peer: FleetPeer): string | null {
  const address = peer.address ?? '';
  const colon = address.lastIndexOf(':');
  return colon > 0 ? address.slice(0, colon) : null;
}

export function groupOf(row: Row, groupBy: Exclude<Grouping, 'none'>, l10n: Language): Group {
  const peer = peerOf(row);
  if (groupBy === 'kind') return { key: 'mesh', label: l10n.t('JarvisCore mesh'), icon: { id: 'type-hierarchy', color: null } };
  if (groupBy === 'host') {
    const host = peer === null ? null : hostOf(peer);
    const label = host === null ? l10n.t('address not known') : oneLine(host);
    return { key: host ?? '', label, icon: { id: 'server-environment', color: null } };
  }
  const state = peer === null ? 'unknown' : stateOf(peer);
  return state === 'unseen'
    ? { key: state, label: l10n.t('declared, never seen'), icon: { id: 'circle-outline', color: 'disabledForeground' } }
    : { key: state, label: stateWord(state, l10n), icon: stateIcon(state) };
}

const byLabel = (a: Group, b: Group): number => compareText(a.label, b.label) || compareText(a.key, b.key);
const states: readonly string[] = stateOrder;

/** States in the order of their need, hosts by name. */
export const groupOrderings: Readonly<Record<Exclude<Grouping, 'none'>, { compare(a: Group, b: Group): number }>> = {
  state: { compare: (a, b) => states.indexOf(a.key) - states.indexOf(b.key) },
  host: { compare: byLabel },
  kind: { compare: byLabel },
};

export function groupRow({ key, label, icon }: Group, groupBy: Grouping, children: readonly Row[], l10n: Language): Row {
  const count = children.length === 1 ? l10n.t('1 node') : l10n.t('{0} nodes', children.length);
  return {
    id: `group:${groupBy}:${key}`,
    label,
    description: count,
    icon,
    contextValue: 'group',
    ariaLabel: l10n.t('Group {0}: {1}.', label, count),
    collapsible: 'expanded',
    children,
    subject: { kind: 'group' },
    place: null,
  };
}

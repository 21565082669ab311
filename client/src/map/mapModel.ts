/** The fleet as the map draws it: nodes, who suspects whom, and what happened when. */
import type { MapEdge, MapEdgeKind, MapHeader, MapMessage, MapNode, MapSpan, MapState } from '#schemas/editor/map.ts';
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { type Language, oneLine } from '../fleet/language.ts';
import type { SeenState } from '../fleet/peerHistory.ts';
import { peerName } from '../fleet/peerRow.ts';
import { stateWord } from '../fleet/peerState.ts';
import { outcomeText } from '../messages/messageRows.ts';
import { aliveText } from '../views/sidebarState.ts';

export interface MapModel {
  readonly header: MapHeader;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly spans: readonly MapSpan[];
  readonly messages: readonly MapMessage[];
}

/** More cannot be told apart on a screen. */
export const MOST_NODES = 300;
const MOST_MESSAGES = 500;

/** Those that need looking at come first when there are too many. */
const RANK: Readonly<Record<MapState, number>> = {
  self: 0,
  suspect: 1,
  dead: 2,
  unknown: 3,
  alive: 4,
  unseen: 5,
  left: 6,
  offline: 7,
};

function mapState(peer: Pick<FleetPeer, 'seen' | 'state'>): MapState {
  return peer.seen ? peer.state : 'unseen';
}

export function mapWord(state: MapState, l10n: Language): string {
  if (state === 'self') return l10n.t('this window');
  return state === 'unseen' ? l10n.t('declared, never seen') : stateWord(state, l10n);
}

function hostOf(address: string | null): string {
  return address === null ? '' : oneLine(address.slice(0, Math.max(0, address.lastIndexOf(':'))));
}

interface Names {
  /** How a node is called; its id where nobody knows it. */
  of(id: string): string;
}

function sentence(node: Omit<MapNode, 'sentence'>, l10n: Language): string {
  const parts = [node.since === '' ? node.word : l10n.t('{0} since {1}', node.word, node.since)];
  if (node.reason !== '') parts.push(node.reason);
  if (node.accusers.length > 0) parts.push(l10n.t('according to {0}', node.accusers.join(', ')));
  if (node.address !== '' && node.address !== node.label) parts.push(l10n.t('address {0}', node.address));
  // Begins with what stands in the picture, so that it can be named by voice.
  return l10n.t('Node {0}: {1}.', [node.label, ...node.roles].join(', '), parts.join(', '));
}

function distinctRoles(agents: FleetPeer['agents']): string[] {
  return [...new Set(agents.map(({ role }) => oneLine(role)))].filter((role) => role !== '');
}

/** Who says that this peer is suspect or dead: those who repeat it, and who told us. */
function accusersOf(peer: FleetPeer): string[] {
  if (!peer.seen || (peer.state !== 'suspect' && peer.state !== 'dead')) return [];
  const told = peer.observedBy === null ? [] : [peer.observedBy];
  return [...new Set([...(peer.mesh?.suspectedBy ?? []), ...told])].filter((id) => id !== peer.id);
}

function peerNode(peer: FleetPeer, names: Names, l10n: Language): MapNode {
  const state = mapState(peer);
  const settled = state === 'alive' || state === 'left' || state === 'unseen';
  const node = {
    id: peer.id,
    label: peerName(peer),
    state,
    word: mapWord(state, l10n),
    host: hostOf(peer.address),
    address: oneLine(peer.address ?? ''),
    roles: distinctRoles(peer.agents),
    since: peer.since === null ? '' : l10n.minute(peer.since),
    // The age in an opinion ticks; what it means is said by the edge.
    reason: settled ? '' : oneLine(peer.reason ?? ''),
    accusers: accusersOf(peer).map((id) => names.of(id)),
    row: true,
    declared: peer.declared !== null,
  };
  return { ...node, sentence: sentence(node, l10n) };
}

function selfNode(view: FleetView, l10n: Language): MapNode | null {
  const { self } = view.node;
  if (self === null || view.node.phase !== 'running') return null;
  const node = {
    id: self.address,
    label: l10n.t('this window'),
    state: 'self' as const,
    word: self.observing ? l10n.t('observing') : stateWord('alive', l10n),
    host: hostOf(self.address),
    address: self.address,
    roles: distinctRoles(self.agents),
    since: l10n.minute(view.node.since),
    reason: '',
    accusers: [],
    row: false,
    declared: false,
  };
  return { ...node, sentence: sentence(node, l10n) };
}

function edgeSentence(kind: MapEdgeKind, source: string, target: string, l10n: Language): string {
  switch (kind) {
    case 'member':
      return l10n.t('{0} has {1} as a member.', source, target);
    case 'suspects':
      return l10n.t('{0} suspects {1}.', source, target);
    case 'dead':
      return l10n.t('{0} holds {1} dead.', source, target);
    case 'silent':
      return l10n.t('{0} gets no answer from {1}.', source, target);
  }
}

function edgesOf(peers: readonly FleetPeer[], self: string | null, names: Names, l10n: Language): MapEdge[] {
  const drawn = new Set(peers.map(({ id }) => id));
  if (self !== null) drawn.add(self);
  const edges: MapEdge[] = [];
  const add = (kind: MapEdgeKind, source: string, target: string): void => {
    if (!drawn.has(source) || source === target) return;
    const words = edgeSentence(kind, names.of(source), names.of(target), l10n);
    edges.push({ id: `${kind}|${source}|${target}`, source, target, kind, sentence: words });
  };
  for (const peer of peers) {
    for (const accuser of accusersOf(peer)) add(peer.state === 'dead' ? 'dead' : 'suspects', accuser, peer.id);
    if (self === null || !peer.seen || peer.other !== undefined || peer.state !== 'alive') continue;
    add(peer.localOpinion === null ? 'member' : 'silent', self, peer.id);
  }
  return edges;
}

/** Times are the fleet's, told by several clocks: none may begin before the one it follows, or in the future. */
function spansOf(id: string, states: readonly SeenState[], now: number, l10n: Language): MapSpan[] {
  let last = Number.NEGATIVE_INFINITY;
  const starts = states.map(({ at }) => {
    const from = Math.max(last, Math.min(now, Date.parse(at)));
    last = from;
    return from;
  });
  return states.map(({ state, at, reason }, index) => ({
    id: `${id}@${at}/${state}`,
    node: id,
    state,
    word: mapWord(state, l10n),
    from: starts[index] ?? now,
    to: starts[index + 1] ?? null,
    reason: oneLine(reason ?? ''),
  }));
}

function messageSentence(message: LoggedMessage, l10n: Language): string {
  const what = message.direction === 'sent' ? l10n.t('sent {0}', message.type) : l10n.t('received {0}', message.type);
  const size = message.size === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', message.size);
  return [oneLine(what), size, outcomeText(message, l10n)].join(', ');
}

function mapMessage(message: LoggedMessage, epoch: string, l10n: Language): MapMessage {
  return {
    id: `${epoch}/${message.seq}`,
    node: message.peer,
    direction: message.direction,
    type: oneLine(message.type),
    at: Date.parse(message.at),
    failed: message.state === 'failed',
    sentence: messageSentence(message, l10n),
  };
}

export interface MapSource {
  /** Null: the server has not answered yet. */
  readonly view: FleetView | null;
  /** The states that a peer is known to have had, oldest first. */
  past(peer: string): readonly SeenState[];
  /** Of our node's journal, oldest first. */
  readonly messages: { readonly epoch: string; readonly entries: readonly LoggedMessage[] };
  /** Milliseconds since 1970. */
  readonly now: number;
}

function summary(view: FleetView | null, live: boolean, l10n: Language): string {
  if (view !== null && live) {
    return view.peers.length === 0 ? l10n.t('The local node is started and alone.') : aliveText(view, l10n);
  }
  return l10n.t('The local node is not started, so nothing is known of the fleet.');
}

export function mapModel({ view, past, messages, now }: MapSource, l10n: Language): MapModel {
  const live = view?.node.phase === 'running';
  // Without the local node nothing is known of the mesh; nodes of other fleets report by themselves.
  const all = (view?.peers ?? []).filter((peer) => live || peer.other !== undefined);
  const peers = all.toSorted((a, b) => RANK[mapState(a)] - RANK[mapState(b)]).slice(0, MOST_NODES);
  const own = view === null ? null : selfNode(view, l10n);
  const labels = new Map(all.map((peer) => [peer.id, peer] as const));
  const names: Names = {
    of: (id) => {
      if (id === own?.id) return own.label;
      const peer = labels.get(id);
      return peer === undefined ? id : peerName(peer);
    },
  };
  const drawn = new Set(peers.map(({ id }) => id));
  return {
    header: { summary: summary(view, live, l10n), live, hidden: all.length - peers.length },
    nodes: [...(own === null ? [] : [own]), ...peers.map((peer) => peerNode(peer, names, l10n))],
    edges: edgesOf(peers, own?.id ?? null, names, l10n),
    spans: peers.flatMap(({ id }) => spansOf(id, past(id), now, l10n)),
    messages: messages.entries
      .filter(({ peer }) => drawn.has(peer))
      .slice(-MOST_MESSAGES)
      .map((message) => mapMessage(message, messages.epoch, l10n)),
  };
}

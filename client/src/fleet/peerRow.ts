/** A node of the fleet: what its row says, its agents and keepalive below it. */
import type { MarkKind, PeerState } from '#schemas/fleet/peer.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { agentRow } from './agentRow.ts';
import { peerKeepaliveRow } from './keepaliveRow.ts';
import { type Language, oneLine } from './language.ts';
import { capacityText, gpuRow } from './otherFacts.ts';
import { stateIcon, stateWord } from './peerState.ts';
import type { Row, RowIcon } from './row.ts';

/** What a row needs to know about the rest of the fleet. */
export interface PeerContext {
  /** How a peer id is called on screen; null for our own node. */
  nameOf(peerId: string): string | null;
  /** Whether the files declare any node: only then is "not declared" worth saying. */
  anyDeclared: boolean;
}

/** Its own name, else what the files call it (the mesh protocol carries no names), else its address. */
export function peerName(peer: Pick<FleetPeer, 'name' | 'declared' | 'address' | 'id'>): string {
  return oneLine(peer.name ?? '') || oneLine(peer.declared?.name ?? '') || oneLine(peer.address ?? peer.id);
}

/** File and line as "docker-compose.yml:31". */
export function placeText(place: {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number } };
}): string {
  const path = place.uri.split(/[?#]/)[0] ?? '';
  const file = path.slice(path.lastIndexOf('/') + 1);
  let decoded = file;
  try {
    decoded = decodeURIComponent(file);
  } catch {
    // A stray percent sign in a file name: shown as it is.
  }
  return `${decoded}:${place.range.start.line + 1}`;
}

const marked = (peer: FleetPeer, kind: MarkKind): boolean => peer.mesh?.marks.some((mark) => mark.kind === kind) === true;

/** Whether a question to its agents could be answered. Agents of other fleets are seen, not asked: they speak another protocol. */
export function canBeAsked(peer: FleetPeer): boolean {
  return peer.seen && peer.state === 'alive' && peer.other === undefined && peer.mesh?.addressable !== false;
}

/** Alive, and yet something for a person to look at. */
export function isUnwell(peer: FleetPeer): boolean {
  return peer.seen && peer.state === 'alive' && icon(peer).id === 'warning';
}

function icon(peer: FleetPeer): RowIcon {
  if (!peer.seen) return { id: 'circle-outline', color: 'disabledForeground' };
  const twin = marked(peer, 'duplicate-identity');
  if (peer.state === 'alive' && (peer.warnings.length > 0 || twin)) return { id: 'warning', color: 'list.warningForeground' };
  return stateIcon(peer.state);
}

/** The distinct roles of a node, in the order announced. */
function roles(peer: FleetPeer): string {
  return oneLine([...new Set(peer.agents.map((agent) => agent.role))].join(', '));
}

/** Why a peer is not alive, in a few words: its reason, else who said so. */
function why(peer: FleetPeer, context: PeerContext, l10n: Language): string | null {
  if (peer.reason !== null && peer.reason !== '') return oneLine(peer.reason);
  const observer = peer.observedBy === null ? null : context.nameOf(peer.observedBy);
  return observer === null ? null : l10n.t('told by {0}', observer);
}

function facts(peer: FleetPeer, context: PeerContext, l10n: Language): string[] {
  if (!peer.seen) {
    return [l10n.t('declared, never seen'), ...(peer.declared ? [placeText(peer.declared.place)] : [])];
  }
  const parts = [stateWord(peer.state, l10n)];
  if (peer.since !== null) parts.push(l10n.t('since {0}', l10n.minute(peer.since)));
  const settled: readonly PeerState[] = ['alive', 'left'];
  if (!settled.includes(peer.state)) {
    const reason = why(peer, context, l10n);
    if (reason !== null) parts.push(reason);
  }
  // The opinion's own text carries an age that ticks; a row that ticks can never be hovered.
  if (peer.state === 'alive' && peer.localOpinion !== null) parts.push(l10n.t('no answer to us'));
  if (peer.mesh?.readmittable === true) parts.push(l10n.t('answers us, can be readmitted'));
  if (marked(peer, 'stopped-process')) parts.push(l10n.t('process stopped'));
  if (marked(peer, 'duplicate-identity')) parts.push(l10n.t('shares its identity with another node'));
  if (marked(peer, 'not-addressable')) parts.push(l10n.t('announced, not addressable'));
  const [warning] = peer.warnings;
  if (warning !== undefined) parts.push(oneLine(warning));
  const capacity = capacityText(peer, l10n);
  if (capacity !== null) parts.push(capacity);
  if (peer.other !== undefined) return parts;
  const names = roles(peer);
  if (names !== '') parts.push(names);
  else if (peer.state === 'alive' && !peer.announced) parts.push(l10n.t('agents not announced yet'));
  if (context.anyDeclared && peer.declared === null) parts.push(l10n.t('not declared'));
  return parts;
}

function contextWords(peer: FleetPeer): string {
  const words = ['peer'];
  if (peer.seen) words.push(peer.state);
  else words.push('unseen');
  if (peer.address !== null) words.push('addressed');
  if (peer.declared !== null) words.push('declared');
  if (peer.seen && (peer.state === 'dead' || peer.state === 'left' || peer.state === 'offline')) words.push('forgettable');
  if (canBeAsked(peer) && peer.agents.length > 0) words.push('askable');
  if (peer.mesh?.readmittable === true) words.push('readmittable');
  return words.join(' ');
}

export function peerRow(peer: FleetPeer, context: PeerContext, l10n: Language): Row {
  const id = `peer:${peer.id}`;
  const label = peerName(peer);
  const parts = facts(peer, context, l10n);
  const askable = canBeAsked(peer);
  const keepalive = peer.seen ? peerKeepaliveRow(peer, label, l10n) : null;
  const children = [
    ...peer.agents.map((agent, index) => agentRow(agent, id, label, askable, index, l10n)),
    ...(keepalive === null ? [] : [keepalive]),
    ...(peer.other?.circuitForge?.gpus ?? []).map((gpu) => gpuRow(gpu, id, label, l10n)),
  ];
  const address = peer.address === null ? l10n.t('address not known') : l10n.t('address {0}', peer.address);
  return {
    id,
    label,
    description: parts.join(' · '),
    icon: icon(peer),
    contextValue: contextWords(peer),
    ariaLabel: l10n.t('Node {0}: {1}, {2}.', label, parts.join(', '), address),
    collapsible: children.length === 0 ? 'none' : 'collapsed',
    children,
    subject: { kind: 'peer', peer },
    place: peer.seen ? null : (peer.declared?.place ?? null),
  };
}

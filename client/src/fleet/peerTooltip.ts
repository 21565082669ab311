/** Absolute facts about a peer, for the tooltip: VS Code resolves it once per row, so nothing here may age. */
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { failures } from './keepaliveRow.ts';
import { type Language, oneLine } from './language.ts';
import { otherFacts } from './otherFacts.ts';
import { type PeerContext, peerName, placeText } from './peerRow.ts';
import { stateWord } from './peerState.ts';

/** A line of the tooltip: what, and its value. */
export type Fact = readonly [name: string, value: string];

export function peerFacts(peer: FleetPeer, context: PeerContext, asOf: string, l10n: Language): readonly Fact[] {
  const facts: Fact[] = [];
  const add = (name: string, value: string | null): void => {
    if (value !== null && value !== '') facts.push([name, oneLine(value)]);
  };
  add(l10n.t('Node'), peerName(peer));
  add(l10n.t('State'), peer.seen ? stateWord(peer.state, l10n) : l10n.t('declared, never seen'));
  add(l10n.t('Since'), peer.since === null ? null : l10n.second(peer.since));
  add(l10n.t('Because'), peer.reason);
  if (peer.observedBy !== null) add(l10n.t('Observed by'), context.nameOf(peer.observedBy) ?? l10n.t('this window'));
  add(l10n.t('Our own probes'), peer.localOpinion);
  add(l10n.t('Address'), peer.address);
  add('ZeroMQ', peer.zmqAddress);
  add(l10n.t('Incarnation'), peer.incarnation === null ? null : String(peer.incarnation));
  if (peer.keepalive !== null) {
    const { lastSent, lastAck, consecutiveSendFailures, failureBackoffUntil, rttMs } = peer.keepalive;
    add(l10n.t('Last keepalive sent'), lastSent === null ? l10n.t('never') : l10n.second(lastSent));
    add(l10n.t('Last acknowledged'), lastAck === null ? l10n.t('never') : l10n.second(lastAck));
    add(l10n.t('Round trip'), rttMs === null ? null : l10n.t('{0} ms', rttMs.toFixed(1)));
    if (consecutiveSendFailures > 0) add(l10n.t('Keepalive failures in a row'), failures(consecutiveSendFailures, l10n));
    add(l10n.t('Backoff until'), failureBackoffUntil === null ? null : l10n.second(failureBackoffUntil));
  }
  facts.push(...otherFacts(peer, l10n));
  for (const warning of peer.warnings) add(l10n.t('Warning'), warning);
  // These sentences are ours, with addresses at most: nothing of them needs to be cut.
  for (const mark of peer.mesh?.marks ?? []) facts.push([l10n.t('Note'), mark.text]);
  const behaviour = peer.mesh?.behaviour ?? null;
  if (behaviour !== null) facts.push([l10n.t('Probable release'), `${behaviour.releases}. ${behaviour.how}`]);
  if (peer.mesh !== undefined && peer.mesh.refused > 0) add(l10n.t('Messages refused'), String(peer.mesh.refused));
  if (peer.declared !== null) add(l10n.t('Declared in'), placeText(peer.declared.place));
  else if (context.anyDeclared && peer.other === undefined) add(l10n.t('Declared in'), l10n.t('no file of this workspace'));
  add(l10n.t('As of'), l10n.second(asOf));
  return facts;
}

/** Everything known of one node, as text to read. Figures may age here: the document is written anew while it is open. */
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { keepaliveText } from './keepaliveRow.ts';
import { type Language, oneLine } from './language.ts';
import { type PeerPast, quantile } from './peerHistory.ts';
import { type PeerContext, peerName } from './peerRow.ts';
import { stateWord } from './peerState.ts';
import { type Fact, peerFacts } from './peerTooltip.ts';

function table(facts: readonly Fact[]): string[] {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`.trimEnd());
}

/** "p50 1.2 ms, p95 3.4 ms of 12"; null before the first answer. */
export function roundTrips(values: readonly number[], l10n: Language): string | null {
  const p50 = quantile(values, 0.5);
  const p95 = quantile(values, 0.95);
  return p50 === null || p95 === null
    ? null
    : l10n.t('p50 {0} ms, p95 {1} ms of {2}', p50.toFixed(1), p95.toFixed(1), values.length);
}

/** Null peer: it is no longer in the fleet. */
export function peerDetails(peer: FleetPeer | null, past: PeerPast, context: PeerContext, asOf: string, l10n: Language): string {
  if (peer === null) return `${l10n.t('This node is no longer in Fleet Peers.')}\n`;
  const facts = peerFacts(peer, context, asOf, l10n);
  const trips = roundTrips(past.roundTrips, l10n);
  const keepalive = keepaliveText(peer, l10n);
  const sections: [string, string[]][] = [
    [peerName(peer), table(facts)],
    [
      l10n.t('Keepalive'),
      table([
        ...(keepalive === null ? [] : [[l10n.t('State'), keepalive] as const]),
        ...(trips === null ? [] : [[l10n.t('Round trips'), trips] as const]),
      ]),
    ],
    [
      l10n.t('Agents'),
      table(
        peer.agents.map(({ id, role, capabilities }) => [
          oneLine(role),
          [oneLine(id), oneLine(capabilities.join(', '))].filter((text) => text !== '').join(' · '),
        ]),
      ),
    ],
    [
      l10n.t('States seen by this window'),
      table(
        past.states
          .toReversed()
          .map(({ at, state, reason }) => [
            l10n.second(at),
            [stateWord(state, l10n), ...(reason === null ? [] : [oneLine(reason)])].join(' · '),
          ]),
      ),
    ],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.join('\n')}\n`)
    .join('\n');
}

/** Icon and word of a peer's state; never colour alone. */
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { Language } from './language.ts';
import type { RowIcon } from './row.ts';

// The green of charts: that of passed tests is too pale for a light theme (1.9 : 1 in "Light Modern").
const ICONS: Readonly<Record<PeerState, RowIcon>> = {
  alive: { id: 'pass', color: 'charts.green' },
  suspect: { id: 'question', color: 'list.warningForeground' },
  dead: { id: 'error', color: 'list.errorForeground' },
  left: { id: 'circle-slash', color: 'disabledForeground' },
  offline: { id: 'debug-disconnect', color: 'disabledForeground' },
  unknown: { id: 'circle-outline', color: null },
};

export function stateIcon(state: PeerState): RowIcon {
  return ICONS[state];
}

export function stateWord(state: PeerState, l10n: Language): string {
  switch (state) {
    case 'alive':
      return l10n.t('alive');
    case 'suspect':
      return l10n.t('suspect');
    case 'dead':
      return l10n.t('dead');
    case 'left':
      return l10n.t('left');
    case 'offline':
      return l10n.t('offline');
    case 'unknown':
      return l10n.t('unknown');
  }
}

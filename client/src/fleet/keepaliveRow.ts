/** The keepalive of one peer, and of the local node as a whole. */
import type { SelfFacts } from '#schemas/fleet/mesh.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import type { Language } from './language.ts';
import type { Row } from './row.ts';

/** "3 failures", "1 failure". */
export function failures(count: number, l10n: Language): string {
  return count === 1 ? l10n.t('1 failure') : l10n.t('{0} failures', count);
}

/** What the row says after "keepalive"; null where the peer has no keepalive (other kinds of node). */
export function keepaliveText(peer: Pick<LivePeer, 'keepalive' | 'keepalivePhase'>, l10n: Language): string | null {
  const { keepalive, keepalivePhase } = peer;
  if (keepalive === null) return null;
  const count = keepalive.consecutiveSendFailures;
  switch (keepalivePhase) {
    case 'disabled':
      return l10n.t('disabled');
    case 'suppressed':
      return l10n.t('suppressed by activity');
    case 'backoff':
      return keepalive.failureBackoffUntil === null
        ? l10n.t('in backoff · {0}', failures(count, l10n))
        : l10n.t('in backoff until {0} · {1}', l10n.second(keepalive.failureBackoffUntil), failures(count, l10n));
    case 'failing':
      return l10n.t('not acknowledged · {0}', failures(count, l10n));
    case 'ok':
      return keepalive.lastAck === null ? l10n.t('ok') : l10n.t('ok · acknowledged {0}', l10n.second(keepalive.lastAck));
    case 'waiting':
      return keepalive.lastSent === null
        ? l10n.t('waiting, none sent yet')
        : l10n.t('waiting · sent {0}', l10n.second(keepalive.lastSent));
  }
}

function row(id: string, owner: string, description: string, failing: boolean, l10n: Language): Row {
  return {
    id,
    label: l10n.t('keepalive'),
    description,
    icon: { id: 'pulse', color: failing ? 'list.warningForeground' : null },
    contextValue: 'keepalive',
    ariaLabel: l10n.t('Keepalive with {0}: {1}.', owner, description),
    collapsible: 'none',
    children: [],
    subject: { kind: 'keepalive' },
    place: null,
  };
}

export function peerKeepaliveRow(
  peer: Pick<LivePeer, 'id' | 'keepalive' | 'keepalivePhase'>,
  name: string,
  l10n: Language,
): Row | null {
  const text = keepaliveText(peer, l10n);
  if (text === null) return null;
  const failing = peer.keepalivePhase === 'failing' || peer.keepalivePhase === 'backoff';
  return row(`peer:${peer.id}/keepalive`, name, text, failing, l10n);
}

export function selfKeepaliveRow(self: Pick<SelfFacts, 'keepalive'>, l10n: Language): Row {
  const text = {
    disabled: () => l10n.t('disabled'),
    'no-peers-allowed': () => l10n.t('no peers (allowed)'),
    'no-peers-backoff': () => l10n.t('no peers, pausing'),
    running: () => l10n.t('running'),
    'none-reached': () => l10n.t('no peer reached'),
  }[self.keepalive]();
  const failing = self.keepalive === 'no-peers-backoff' || self.keepalive === 'none-reached';
  return row('self/keepalive', l10n.t('this window'), text, failing, l10n);
}

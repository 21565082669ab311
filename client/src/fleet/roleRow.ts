/** A role and the agents that have it. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import { type Language, oneLine } from './language.ts';
import { stateIcon, stateWord } from './peerState.ts';
import type { Row } from './row.ts';

type Holder = LiveRole['holders'][number];

function holderRow(role: string, holder: Holder, index: number, nameOf: (peer: string) => string | null, l10n: Language): Row {
  const label = oneLine(holder.agentId);
  const node = holder.peer === null ? l10n.t('this window') : (nameOf(holder.peer) ?? oneLine(holder.peer));
  const word = stateWord(holder.state, l10n);
  const askable = holder.peer !== null && holder.state === 'alive';
  return {
    id: `role:${role}/${holder.peer ?? 'self'}/${holder.agentId}#${index}`,
    label,
    description: `${word} · ${node}`,
    icon: stateIcon(holder.state),
    contextValue: askable ? 'holder askable' : 'holder',
    ariaLabel: l10n.t('Agent {0} on {1}, {2}, has the role {3}.', label, node, word, role),
    collapsible: 'none',
    children: [],
    subject: { kind: 'holder', agentId: holder.agentId, alive: askable },
    place: null,
  };
}

export function roleRow(role: LiveRole, nameOf: (peer: string) => string | null, l10n: Language): Row {
  const label = oneLine(role.role);
  const alive = role.holders.filter((holder) => holder.state === 'alive').length;
  const description = role.gone
    ? l10n.t('gone: every agent is dead or has left')
    : l10n.t('{0} of {1} alive', alive, role.holders.length);
  const askable = role.holders.some((holder) => holder.peer !== null && holder.state === 'alive');
  return {
    id: `role:${role.role}`,
    label,
    description,
    icon: role.gone
      ? { id: 'error', color: 'list.errorForeground' }
      : alive === 0
        ? { id: 'question', color: 'list.warningForeground' }
        : { id: 'organization', color: null },
    contextValue: askable ? 'role askable' : 'role',
    ariaLabel: l10n.t('Role {0}: {1}.', label, description),
    collapsible: role.holders.length === 0 ? 'none' : 'expanded',
    children: role.holders.map((holder, index) => holderRow(role.role, holder, index, nameOf, l10n)),
    subject: { kind: 'role', role },
    place: null,
  };
}

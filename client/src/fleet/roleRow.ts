/** A role and the agents that have it. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import type { Place } from '#schemas/fleet/view.ts';
import { type Language, oneLine } from './language.ts';
import { placeText } from './peerRow.ts';
import { stateIcon, stateWord } from './peerState.ts';
import type { Row } from './row.ts';

type Holder = LiveRole['holders'][number];

/** Not our own node: nobody asks himself. */
export const isAskable = ({ peer, state }: Holder): boolean => peer !== null && state === 'alive';

export function holderRow(role: string, holder: Holder, id: string, node: string, l10n: Language): Row {
  const label = oneLine(holder.agentId);
  const word = stateWord(holder.state, l10n);
  const askable = isAskable(holder);
  return {
    id,
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

/** A role that an agent class of the files has and nobody in the fleet. */
export function unservedRow({ role, place }: { readonly role: string; readonly place: Place }, l10n: Language): Row {
  const label = oneLine(role);
  const description = `${l10n.t('declared, nobody serves it')} · ${placeText(place)}`;
  return {
    // Not the id of the role that is served: VS Code would keep that one closed, as what had nothing below it.
    id: `declaredRole:${role}`,
    label,
    description,
    icon: { id: 'circle-outline', color: 'disabledForeground' },
    contextValue: 'role declared',
    ariaLabel: l10n.t('Role {0}: {1}.', label, description),
    collapsible: 'none',
    children: [],
    subject: { kind: 'role', role: { role, holders: [], gone: false } },
    place,
  };
}

/** @param holders the rows of its agents, and how many of these are alive and can be asked */
export function roleRow(
  role: LiveRole,
  { rows, alive, askable }: { readonly rows: readonly Row[]; readonly alive: number; readonly askable: number },
  l10n: Language,
): Row {
  const label = oneLine(role.role);
  const description = role.gone
    ? l10n.t('gone: every agent is dead or has left')
    : l10n.t('{0} of {1} alive', alive, role.holders.length);
  return {
    id: `role:${role.role}`,
    label,
    description,
    icon: role.gone
      ? { id: 'error', color: 'list.errorForeground' }
      : alive === 0
        ? { id: 'question', color: 'list.warningForeground' }
        : { id: 'organization', color: null },
    contextValue: askable > 0 ? 'role askable' : 'role',
    ariaLabel: l10n.t('Role {0}: {1}.', label, description),
    collapsible: role.holders.length === 0 ? 'none' : 'expanded',
    children: rows,
    subject: { kind: 'role', role },
    place: null,
  };
}

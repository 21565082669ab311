/** The local node of this window. */
import type { SelfFacts } from '#schemas/fleet/mesh.ts';
import { agentRow } from './agentRow.ts';
import { selfKeepaliveRow } from './keepaliveRow.ts';
import { type Language, oneLine } from './language.ts';
import type { Row } from './row.ts';

export function selfRow(self: SelfFacts, l10n: Language): Row {
  const label = l10n.t('this window');
  const role = self.observing
    ? l10n.t('observing')
    : l10n.t('announced as {0}', self.agents.map((agent) => agent.role).join(', '));
  const [warning] = self.warnings ?? [];
  return {
    id: 'self',
    label,
    description: [l10n.t('alive'), self.address, role, ...(warning === undefined ? [] : [oneLine(warning)])].join(' · '),
    icon: warning === undefined ? { id: 'radio-tower', color: null } : { id: 'warning', color: 'list.warningForeground' },
    contextValue: 'self addressed',
    ariaLabel: self.observing
      ? l10n.t('The local node of this window, alive at {0}, observing: it has announced no agent.', self.address)
      : l10n.t('The local node of this window, alive at {0}, {1}.', self.address, role),
    collapsible: 'collapsed',
    children: [
      ...self.agents.map((agent, index) => agentRow(agent, 'self', label, false, index, l10n)),
      selfKeepaliveRow(self, l10n),
    ],
    subject: { kind: 'self', address: self.address },
    place: null,
  };
}

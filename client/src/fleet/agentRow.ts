/** An agent below the node it lives in. */
import type { Agent } from '#schemas/fleet/peer.ts';
import { type Language, oneLine } from './language.ts';
import type { Row } from './row.ts';

/**
 * @param owner the row id of the node
 * @param nodeName how the node is called on screen
 * @param alive whether a message to the agent could arrive
 */
export function agentRow(agent: Agent, owner: string, nodeName: string, alive: boolean, index: number, l10n: Language): Row {
  const label = oneLine(agent.role) || oneLine(agent.id);
  const capabilities = oneLine(agent.capabilities.join(', '));
  const ariaLabel =
    capabilities === ''
      ? l10n.t('Agent {0} of {1}, no capabilities announced.', label, nodeName)
      : l10n.t('Agent {0} of {1}, capabilities {2}.', label, nodeName, capabilities);
  return {
    // Two agents of one node may carry the same id by mistake; VS Code refuses two rows with one id.
    id: `${owner}/agent:${agent.id}#${index}`,
    label,
    description: capabilities,
    icon: { id: 'person', color: null },
    contextValue: alive ? 'agent askable' : 'agent',
    ariaLabel,
    collapsible: 'none',
    children: [],
    subject: { kind: 'agent', agent, alive },
    place: null,
  };
}

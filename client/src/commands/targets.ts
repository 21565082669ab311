/** Whom to ask or notify: the row a command was called on, else a choice. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '#schemas/fleet/mesh.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { oneLine } from '../fleet/language.ts';
import { canBeAsked, peerName } from '../fleet/peerRow.ts';
import type { Row } from '../fleet/row.ts';

interface TargetItem extends vscode.QuickPickItem {
  readonly target: Target;
}

function agentsOf(peer: FleetPeer): TargetItem[] {
  return peer.agents.map((agent) => ({
    label: oneLine(agent.id),
    description: l10n.t('{0} on {1}', oneLine(agent.role), peerName(peer)),
    target: { agent: agent.id },
  }));
}

/** Everybody who can be asked now: roles first, then single agents. */
function everybody(view: FleetView): TargetItem[] {
  const roles = view.roles
    .filter((role) => role.holders.some((holder) => holder.peer !== null && holder.state === 'alive'))
    .map((role) => ({
      label: oneLine(role.role),
      description: l10n.t('any agent with this role'),
      target: { role: role.role },
    }));
  return [...roles, ...view.peers.filter(canBeAsked).flatMap(agentsOf)];
}

function targetsOf(row: Row | undefined): TargetItem[] {
  const one = (target: Target): TargetItem[] => [{ label: '', target }];
  switch (row?.subject.kind) {
    case 'role':
      return row.contextValue.includes('askable') ? one({ role: row.subject.role.role }) : [];
    case 'holder':
      return row.subject.alive ? one({ agent: row.subject.agentId }) : [];
    case 'agent':
      return row.subject.alive ? one({ agent: row.subject.agent.id }) : [];
    case 'peer':
      return canBeAsked(row.subject.peer) ? agentsOf(row.subject.peer) : [];
    default:
      return [];
  }
}

/** Undefined: there is nobody, which is said, or the person changed their mind. */
export async function chooseTarget(view: FleetView, row: Row | undefined, question: string): Promise<Target | undefined> {
  const own = targetsOf(row);
  if (own.length === 1) return own[0]?.target;
  const items = own.length > 0 ? own : everybody(view);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No agent of another node is alive, so there is nobody to ask.'));
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { placeHolder: question, matchOnDescription: true }))?.target;
}

/** What a person calls the target. */
export function targetName(target: Target): string {
  return oneLine('role' in target ? target.role : target.agent);
}

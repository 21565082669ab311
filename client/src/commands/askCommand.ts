/** Ask a role or an agent of the fleet, and show its answer. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { askRequest } from '#schemas/editor/messages.ts';
import { type Json, strategySchema, type Target } from '#schemas/fleet/mesh.ts';
import type { FleetView } from '#schemas/fleet/view.ts';
import { oneLine } from '../fleet/language.ts';
import { peerName } from '../fleet/peerRow.ts';
import type { Row } from '../fleet/row.ts';
import type { Running } from '../session/session.ts';
import type { FleetViews } from '../views/fleetViews.ts';

/** Of the framework's own `ask_peer` in 1.0.2 to 1.10.0 (p2p/peer_tool.py). */
const DEFAULT_TIMEOUT_S = 7_200;

interface TargetItem extends vscode.QuickPickItem {
  readonly target: Target;
}

/** Everybody who can be asked now: roles first, then single agents. */
export function askTargets(view: FleetView): TargetItem[] {
  const roles = view.roles
    .filter((role) => role.holders.some((holder) => holder.peer !== null && holder.state === 'alive'))
    .map((role) => ({
      label: oneLine(role.role),
      description: l10n.t('any agent with this role'),
      target: { role: role.role },
    }));
  const agents = view.peers
    .filter((peer) => peer.seen && peer.state === 'alive')
    .flatMap((peer) =>
      peer.agents.map((agent) => ({
        label: oneLine(agent.id),
        description: l10n.t('{0} on {1}', oneLine(agent.role), peerName(peer)),
        target: { agent: agent.id },
      })),
    );
  return [...roles, ...agents];
}

function targetOf(row: Row | undefined): Target | null {
  switch (row?.subject.kind) {
    case 'role':
      return { role: row.subject.role.role };
    case 'holder':
      return row.subject.alive ? { agent: row.subject.agentId } : null;
    case 'agent':
      return row.subject.alive ? { agent: row.subject.agent.id } : null;
    default:
      return null;
  }
}

async function chooseTarget(view: FleetView): Promise<Target | undefined> {
  const items = askTargets(view);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No agent of another node is alive, so there is nobody to ask.'));
    return undefined;
  }
  const placeHolder = l10n.t('Whom to ask?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.target;
}

/** JSON where it is JSON, else the text itself. */
export function questionData(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { query: text };
  }
}

export function askCommand(views: FleetViews): (running: Running, argument: unknown) => Promise<void> {
  return async (running, argument) => {
    const view = running.view();
    if (view?.node.phase !== 'running') {
      void vscode.window.showInformationMessage(l10n.t('Start the local node first: only a member of the mesh can ask.'));
      return;
    }
    const target = targetOf(typeof argument === 'string' ? views.target(argument) : undefined) ?? (await chooseTarget(view));
    if (target === undefined) return;
    const whom = 'role' in target ? target.role : target.agent;
    const text = await vscode.window.showInputBox({
      title: l10n.t('Ask {0}', oneLine(whom)),
      prompt: view.node.self?.observing
        ? l10n.t(
            'JSON, or text that is sent as {"query": text}. The first question announces this window as an agent: without that no answer can come back.',
          )
        : l10n.t('JSON, or text that is sent as {"query": text}.'),
    });
    if (text === undefined) return;
    const answer = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title: l10n.t('Asking {0}', oneLine(whom)) },
      async (_progress, token) => {
        const settings = vscode.workspace.getConfiguration('jarviscoreFleet.ask');
        const timeoutMs = settings.get<number>('timeoutSeconds', DEFAULT_TIMEOUT_S) * 1_000;
        const strategy = strategySchema.catch('first').parse(settings.get('strategy'));
        const params = { target, data: questionData(text), timeoutMs, strategy };
        const raw: unknown = await running.client.sendRequest(askRequest.method, params, token);
        return askRequest.result.parse(raw);
      },
    );
    if (!answer.ok) {
      void vscode.window.showErrorMessage(l10n.t('{0} did not answer: {1}', oneLine(whom), answer.error ?? ''));
      return;
    }
    const content = JSON.stringify(answer.data, null, 2);
    const document = await vscode.workspace.openTextDocument({ language: 'json', content });
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  };
}

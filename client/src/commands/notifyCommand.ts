/** Send a one-way message to a role or an agent. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Running } from '../session/session.ts';
import type { FleetViews } from '../views/fleetViews.ts';
import { questionData, runningView } from './askCommand.ts';
import { chooseTarget, targetName } from './targets.ts';

export function notifyCommand(views: FleetViews): (running: Running, argument: unknown) => Promise<void> {
  return async (running, argument) => {
    const view = runningView(running);
    if (view === null) return;
    const row = typeof argument === 'string' ? views.target(argument) : undefined;
    const target = await chooseTarget(view, row, l10n.t('Whom to notify?'));
    if (target === undefined) return;
    const whom = targetName(target);
    const text = await vscode.window.showInputBox({
      title: l10n.t('Notify {0}', whom),
      prompt: view.node.self?.observing
        ? l10n.t(
            'JSON, or text that is sent as {"query": text}. The first notification announces this window as an agent. No answer is expected.',
          )
        : l10n.t('JSON, or text that is sent as {"query": text}. No answer is expected.'),
    });
    if (text === undefined) return;
    const { ok, confirmed, error } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: l10n.t('Notifying {0}', whom) },
      async () => {
        const { notifyRequest } = await import('#schemas/editor/fleetMessages.ts');
        const raw: unknown = await running.client.sendRequest(notifyRequest.method, { target, data: questionData(text) });
        return notifyRequest.result.parse(raw);
      },
    );
    if (!ok) void vscode.window.showErrorMessage(l10n.t('{0} was not notified: {1}', whom, error ?? ''));
    else if (confirmed) vscode.window.setStatusBarMessage(l10n.t('{0} has the notification', whom), 5_000);
    else {
      const sent = l10n.t(
        'Sent to {0}. Its release acknowledges notifications it loses, too: nobody can say whether it arrived.',
        whom,
      );
      void vscode.window.showInformationMessage(sent);
    }
  };
}

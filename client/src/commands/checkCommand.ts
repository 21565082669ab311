/** Check the whole workspace now and show the problems. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type WorkspaceDiagnosticReport, WorkspaceDiagnosticRequest } from 'vscode-languageclient/node';
import type { Running } from '../session/session.ts';

export async function checkWorkspace(running: Running): Promise<number> {
  const report: WorkspaceDiagnosticReport = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Checking the JarvisCore configuration') },
    (_progress, token) => running.client.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] }, token),
  );
  const count = report.items.reduce((sum, item) => sum + (item.kind === 'full' ? item.items.length : 0), 0);
  if (count === 0) void vscode.window.showInformationMessage(l10n.t('No JarvisCore problems in this workspace.'));
  else await vscode.commands.executeCommand('workbench.actions.view.problems');
  return count;
}

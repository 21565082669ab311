/** What a report of a problem needs, on the clipboard. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ChangedSetting, diagnosticsText } from '../diagnostics/diagnosticsText.ts';
import type { Session } from '../session/session.ts';

const SECTION = 'jarviscoreFleet';

/** Settings of the manifest that somebody changed, where it counts most. */
function changedSettings(extension: vscode.Extension<unknown>): ChangedSetting[] {
  type Properties = Readonly<Record<string, { readonly enum?: readonly unknown[] }>>;
  const { contributes } = extension.packageJSON as { contributes?: { configuration?: { properties?: Properties }[] } };
  const all = (contributes?.configuration ?? []).flatMap(({ properties }) => Object.entries(properties ?? {}));
  const configuration = vscode.workspace.getConfiguration();
  return all.flatMap(([key, { enum: words }]): ChangedSetting[] => {
    const found = configuration.inspect(key);
    const changed = (value: unknown, where: string) => [{ key, value, where, listed: words?.includes(value) === true }];
    if (found?.workspaceFolderValue !== undefined) return changed(found.workspaceFolderValue, 'folder');
    if (found?.workspaceValue !== undefined) return changed(found.workspaceValue, 'workspace');
    return found?.globalValue === undefined ? [] : changed(found.globalValue, 'user');
  });
}

export function copyDiagnostics(session: Session, extension: vscode.Extension<unknown>): () => Promise<void> {
  return async () => {
    const { version } = extension.packageJSON as { version: string };
    const text = diagnosticsText({
      extension: version,
      vscode: vscode.version,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      remote: vscode.env.remoteName ?? null,
      language: vscode.env.language,
      folders: vscode.workspace.workspaceFolders?.length ?? 0,
      window: session.window,
      settings: changedSettings(extension).filter(({ key }) => key.startsWith(`${SECTION}.`)),
      view: session.view,
      log: session.recentLog,
    });
    await vscode.env.clipboard.writeText(text);
    const show = l10n.t('Show');
    const copied = l10n.t(
      'Copied versions, changed settings, counts and the last lines of the log, without secrets. Read them before you share them.',
    );
    if ((await vscode.window.showInformationMessage(copied, show)) !== show) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content: text }));
  };
}

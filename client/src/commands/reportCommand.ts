/** Save what the check found, in the formats of the command line. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ReportFormat } from '#schemas/editor/workspaceMessages.ts';
import type { Running } from '../session/session.ts';

const EXTENSIONS: Readonly<Record<ReportFormat, string>> = { sarif: 'sarif', json: 'json', markdown: 'md' };

async function chooseFormat(): Promise<ReportFormat | undefined> {
  const items: (vscode.QuickPickItem & { format: ReportFormat })[] = [
    { label: 'Markdown', description: l10n.t('to read, or for a pull request'), format: 'markdown' },
    { label: 'SARIF 2.1.0', description: l10n.t('for code scanning and SARIF viewers'), format: 'sarif' },
    { label: 'JSON', description: l10n.t('as "jarviscore-fleet check --format json" writes it'), format: 'json' },
  ];
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Export the report in which format?') }))?.format;
}

export async function exportReport(running: Running, argument: unknown): Promise<string | undefined> {
  const { reportFormatSchema, reportRequest } = await import('#schemas/editor/workspaceMessages.ts');
  const given = reportFormatSchema.safeParse(argument);
  const format = given.success ? given.data : await chooseFormat();
  if (format === undefined) return undefined;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `jarviscore-report.${EXTENSIONS[format]}`;
  const uri = await vscode.window.showSaveDialog({
    title: l10n.t('Export Report'),
    filters: { [format]: [EXTENSIONS[format]] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (uri === undefined) return undefined;
  const { text, findings, notice } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Writing the report'), cancellable: true },
    async (_progress, token) => {
      const raw: unknown = await running.client.sendRequest(reportRequest.method, { format }, token);
      return reportRequest.result.parse(raw);
    },
  );
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text.endsWith('\n') ? text : `${text}\n`));
  const open = l10n.t('Open');
  const said = l10n.t('{0} findings written to {1}.', findings, uri.path.slice(uri.path.lastIndexOf('/') + 1));
  void vscode.window.showInformationMessage(notice === null ? said : `${said} ${notice}`, open).then((choice) => {
    if (choice === open) void vscode.window.showTextDocument(uri);
  });
  return uri.toString();
}

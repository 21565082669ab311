/** Apply every safe fix of the workspace, round by round: fixes that touch each other take turns. */
import { setTimeout as wait } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { fixAllRequest } from '#schemas/editor/workspaceMessages.ts';
import type { Running } from '../session/session.ts';

/** Two fixes that undo each other must not go on for ever. */
const mostRounds = 20;

type Round = ReturnType<typeof fixAllRequest.result.parse>;

/** How often a round is asked for again that the editors, or the files on disk, have not caught up with; and the pause. */
const mostTries = 10;
const pauseMs = 200;

/** Whether every open file is what the server looked at. */
function isCurrent({ edits }: Round): boolean {
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document.version]));
  return edits.every(({ uri, version }) => {
    const now = open.get(vscode.Uri.parse(uri).toString());
    return now === undefined || version === null || now === version;
  });
}

async function apply({ edits }: Round): Promise<ReadonlySet<string>> {
  const edit = new vscode.WorkspaceEdit();
  const files = new Set<string>();
  for (const { uri: file, range, newText } of edits) {
    const uri = vscode.Uri.parse(file);
    files.add(uri.toString());
    const place = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
    edit.replace(uri, place, newText);
  }
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })))
    throw new Error(l10n.t('VS Code refused to apply the fixes.'));
  return files;
}

/** Files that were not open before are saved by VS Code (setting files.refactoring.autoSave); open ones are the person's. */
export async function fixAll(running: Running): Promise<number> {
  const { fixAllRequest: request } = await import('#schemas/editor/workspaceMessages.ts');
  const files = new Set<string>();
  const seen = new Set<string>();
  let fixed = 0;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Fixing the JarvisCore configuration'), cancellable: true },
    async (_progress, token) => {
      let tries = 0;
      for (let round = 0; round < mostRounds && tries < mostTries && !token.isCancellationRequested; ) {
        const raw: unknown = await running.client.sendRequest(request.method, null, token);
        const next = request.result.parse(raw);
        if (next.edits.length === 0) break;
        const key = JSON.stringify(next.edits.map(({ uri, range, newText }) => [uri, range, newText]));
        if (seen.has(key) || !isCurrent(next)) {
          tries++;
          await wait(pauseMs);
          continue;
        }
        tries = 0;
        round++;
        seen.add(key);
        for (const file of await apply(next)) files.add(file);
        fixed += next.fixes;
      }
    },
  );
  const said =
    fixed === 0
      ? l10n.t('Nothing can be fixed without a choice. Problems that need one have quick fixes of their own.')
      : l10n.t('Fixed {0} problems in {1} files. Undo takes them back.', fixed, files.size);
  void vscode.window.showInformationMessage(said);
  return fixed;
}

/** Choose the framework release that the checks assume, and where that is written down. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { releasesRequest } from '#schemas/editor/workspaceMessages.ts';
import type { Running } from '../session/session.ts';

type Folder = ReturnType<typeof releasesRequest.result.parse>['folders'][number];

async function chooseFolder(folders: readonly Folder[]): Promise<Folder | undefined> {
  if (folders.length <= 1) return folders[0];
  const items = folders.map((folder) => ({ label: folder.name, description: `${folder.current} · ${folder.origin}`, folder }));
  return (await vscode.window.showQuickPick(items, { title: l10n.t('For which folder?') }))?.folder;
}

/** Undefined: the person changed their mind. Null: let the project say. */
async function chooseRelease(releases: readonly string[], folder: Folder): Promise<string | null | undefined> {
  const items = [
    {
      label: l10n.t('As the project says'),
      description: l10n.t('requirements, lock file or virtual environment, else the newest known release'),
      release: null,
    },
    ...releases.map((release) => ({
      label: release,
      description: release === folder.current ? l10n.t('now: {0}', folder.origin) : '',
      release,
    })),
  ];
  return (
    await vscode.window.showQuickPick(items, {
      title: l10n.t('Which release of jarviscore-framework do the checks assume?'),
      placeHolder: l10n.t('Names, defaults and effects of settings differ between releases'),
    })
  )?.release;
}

type Where = 'file' | 'setting';

async function chooseWhere(): Promise<Where | undefined> {
  const items: (vscode.QuickPickItem & { where: Where })[] = [
    {
      label: 'jarviscore-fleet.json',
      description: l10n.t('recommended'),
      detail: l10n.t(
        'For everybody: editor, command line and CI agree. It wins over the setting. The file belongs into version control.',
      ),
      where: 'file',
    },
    {
      label: l10n.t('Setting of this workspace'),
      detail: l10n.t('For VS Code only: the command line does not read it, and a jarviscore-fleet.json wins over it.'),
      where: 'setting',
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Where is the release written down?') }))?.where;
}

async function writeFile(running: Running, folder: Folder, release: string | null): Promise<void> {
  const { chooseReleaseRequest } = await import('#schemas/editor/workspaceMessages.ts');
  const raw: unknown = await running.client.sendRequest(chooseReleaseRequest.method, { folder: folder.uri, release });
  const { file, create, edits, problem } = chooseReleaseRequest.result.parse(raw);
  const uri = vscode.Uri.parse(file);
  if (problem !== null) {
    void vscode.window.showErrorMessage(l10n.t('jarviscore-fleet.json was not changed. {0}', problem));
    await vscode.window.showTextDocument(uri);
    return;
  }
  if (edits.length === 0) return;
  const edit = new vscode.WorkspaceEdit();
  if (create) edit.createFile(uri, { contents: new TextEncoder().encode(edits.map(({ newText }) => newText).join('')) });
  else
    for (const { range, newText } of edits)
      edit.replace(uri, new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character), newText);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(l10n.t('VS Code refused to change jarviscore-fleet.json.'));
  const document = await vscode.workspace.openTextDocument(uri);
  await document.save();
  await vscode.window.showTextDocument(document, { preview: true });
}

async function writeSetting(folder: Folder, release: string | null, several: boolean): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('jarviscoreFleet', vscode.Uri.parse(folder.uri));
  const target = several ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace;
  await configuration.update('target', release ?? undefined, target);
}

export async function chooseReleaseCommand(running: Running): Promise<void> {
  const { releasesRequest: request } = await import('#schemas/editor/workspaceMessages.ts');
  const raw: unknown = await running.client.sendRequest(request.method, null);
  const { releases, folders } = request.result.parse(raw);
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('Open a folder first: the release is chosen for a project.'));
    return;
  }
  const folder = await chooseFolder(folders);
  if (folder === undefined) return;
  const release = await chooseRelease(releases, folder);
  if (release === undefined) return;
  const where = await chooseWhere();
  if (where === 'file') await writeFile(running, folder, release);
  else if (where === 'setting') await writeSetting(folder, release, folders.length > 1);
}

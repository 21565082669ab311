/** Saves a picture of the map where a person says. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { imageBytes } from './imageBytes.ts';

export async function saveImage(format: 'svg' | 'png', data: string): Promise<void> {
  const bytes = imageBytes(format, data);
  if (bytes === null) throw new Error(`the page sent no ${format.toUpperCase()} image`);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `fleet-map.${format}`;
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export Fleet Map'),
    filters: format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, bytes);
  vscode.window.setStatusBarMessage(l10n.t('Saved {0}', target.path.slice(target.path.lastIndexOf('/') + 1)), 5_000);
}

/**
 * Whether a workspace has anything to do with JarvisCore. Nothing else of the extension starts before: a folder
 * without it gets no server, no watcher and no status item.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';

const SKIP = '**/{node_modules,.git,.venv,venv,env,.tox,site-packages,__pycache__,dist,build,.cache}/**';
const LARGEST_FILE_BYTES = 256 * 1024;
const MOST_AT_THE_TOP = 16;

/** Cheapest and most telling first; a later stage is only read when the earlier ones said nothing. */
const STAGES: readonly { readonly pattern: string; readonly most: number }[] = [
  { pattern: '**/jarviscore-fleet.json', most: 1 },
  { pattern: '**/{.env,.env.*,*.env}', most: 100 },
  { pattern: '**/{requirements*.txt,pyproject.toml,uv.lock,poetry.lock}', most: 50 },
  { pattern: '**/{docker-compose,compose}*.{yml,yaml}', most: 50 },
  { pattern: '**/{Dockerfile*,*.service}', most: 50 },
  { pattern: '**/*.py', most: 400 },
];

const MENTION = /jarviscore/i;

/** Whether one document mentions the framework. */
export function mentions(document: vscode.TextDocument): boolean {
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  return document.uri.scheme === 'file' && isCandidate(name) && MENTION.test(document.getText());
}

/** The last pattern is for names only: opening an arbitrary text file must not read it. */
function isCandidate(name: string): boolean {
  return /^(\.env.*|.*\.env|.*\.py|.*requirements.*\.txt|pyproject\.toml|(docker-)?compose.*\.ya?ml|Dockerfile.*|.*\.service|jarviscore-fleet\.json)$/.test(
    name,
  );
}

/** Plainly named files at the top of a folder: most projects show there what they are, long before a search has begun. */
async function topMentions(folder: string): Promise<boolean> {
  try {
    const names = (await readdir(folder, { withFileTypes: true })).flatMap((entry) =>
      (entry.isFile() || entry.isSymbolicLink()) && isCandidate(entry.name) ? [entry.name] : [],
    );
    const first = names.sort((a, b) => Number(a.endsWith('.py')) - Number(b.endsWith('.py'))).slice(0, MOST_AT_THE_TOP);
    const found = await Promise.all(first.map((name) => fileMentions(join(folder, name))));
    return found.includes(true);
  } catch {
    // Unreadable, or gone since the window was opened: the search says so, too.
    return false;
  }
}

/**
 * The editor's own file system would ask the window for leave each time, which is busy while it opens; every folder that
 * is looked at is on this machine.
 */
async function fileMentions(file: string): Promise<boolean> {
  if (basename(file) === 'jarviscore-fleet.json') return true;
  try {
    const facts = await stat(file);
    if (!facts.isFile() || facts.size > LARGEST_FILE_BYTES) return false;
    return MENTION.test(await readFile(file, 'utf8'));
  } catch {
    // Gone or unreadable since it was listed: no evidence.
    return false;
  }
}

/** @param context the search ends with it */
export async function workspaceHasJarvisCore(context: Pick<vscode.ExtensionContext, 'subscriptions'>): Promise<boolean> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  if (folders.length === 0) return false;
  if (vscode.workspace.textDocuments.some(mentions)) return true;
  if ((await Promise.all(folders.map((folder) => topMentions(folder.uri.fsPath)))).includes(true)) return true;
  const cancellation = new vscode.CancellationTokenSource();
  context.subscriptions.push(cancellation);
  const { token } = cancellation;
  for (const { pattern, most } of STAGES) {
    const files = (await vscode.workspace.findFiles(pattern, SKIP, most, token)).filter(({ scheme }) => scheme === 'file');
    for (let next = 0; next < files.length; next += 16) {
      if (token.isCancellationRequested) return false;
      const found = await Promise.all(files.slice(next, next + 16).map(({ fsPath }) => fileMentions(fsPath)));
      if (found.includes(true)) return true;
    }
  }
  return false;
}

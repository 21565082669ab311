/** Documents are named by URI everywhere; paths exist only where the disk is touched. */
import { URI } from 'vscode-uri';

/**
 * One spelling per document. Clients escape differently (`file:///c%3A/x` and `file:///C:/x`), and findings about an
 * open editor and about the same file on disk must meet under one key.
 */
export function canonicalUri(uri: string): string {
  try {
    return URI.parse(uri, true).toString();
  } catch {
    return uri;
  }
}

/** The path of a `file:` URI; null for every other scheme (untitled editors, virtual workspaces). */
export function pathOf(uri: string): string | null {
  try {
    const parsed = URI.parse(uri, true);
    return parsed.scheme === 'file' ? parsed.fsPath : null;
  } catch {
    return null;
  }
}

export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/** Whether `uri` is `folder` or lies below it. */
export function isWithin(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The deepest folder that holds all of these folders, with a slash at its end; null where there are none. */
export function commonFolder(folders: readonly string[]): string | null {
  let base = folders[0];
  if (base === undefined) return null;
  for (const folder of folders) while (!isWithin(folder, base) && base.includes('/')) base = base.slice(0, base.lastIndexOf('/'));
  return `${base}/`;
}

/** The innermost of these folders that a file lies in; undefined where there is none. */
export function innermost(folders: readonly string[], uri: string): string | undefined {
  return folders
    .filter((folder) => isWithin(uri, folder))
    .reduce<string | undefined>((a, b) => (a && a.length >= b.length ? a : b), undefined);
}

/** How a person calls a file: its path below the innermost of these folders, else its whole URI. */
export function nameWithin(folders: readonly string[], uri: string): string {
  const folder = innermost(folders, uri);
  const name = folder === undefined ? uri : uri.slice(folder.length + (folder.endsWith('/') ? 0 : 1));
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

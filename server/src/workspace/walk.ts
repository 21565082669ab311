/**
 * Finds files below a folder. A plain generator: the command line runs it through, the language server in slices,
 * so that a large tree never holds up a request.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { causeOf, type FileProblem } from './files.ts';

export type WalkStep =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  /** Nothing found in this step; a place to yield. */
  | { readonly kind: 'pause' };

const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * All files below `root` whose path `wanted` accepts, except those in `.git`, `node_modules` and virtual environments.
 * `.gitignore` is not honoured: `.env` usually stands in it. Links to folders are not followed, so no cycle can arise.
 */
export function* walk(root: string, wanted: (path: string) => boolean): Generator<WalkStep> {
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      yield {
        kind: 'problem',
        problem: { path: folder, code: 'unreadable', message: `The folder cannot be read (${causeOf(error)}).` },
      };
      continue;
    }
    // PEP 405: a virtual environment is the folder that holds pyvenv.cfg, whatever its name.
    if (folder !== root && entries.some((entry) => entry.name === 'pyvenv.cfg')) continue;
    const folders: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name)) folders.push(path);
      } else if (wanted(path) && !(entry.isSymbolicLink() && leadsToFolder(path))) {
        yield { kind: 'file', path };
      }
    }
    pending.push(...folders.reverse());
    yield { kind: 'pause' };
  }
}

/** Whether a path belongs to a part of the tree that `walk` leaves out by name. */
export function isSkipped(path: string): boolean {
  return path.split(/[\\/]/).some((part) => skippedFolders.has(part));
}

/** Everything else counts as a file, pipes and links that lead nowhere too: reading it then tells what is wrong. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

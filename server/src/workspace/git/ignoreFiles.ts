/** `.gitignore` files along a path, as gitignore(5) says. A person's own excludes (`core.excludesFile`) protect nobody else and do not count. */
import ignore, { type Ignore } from 'ignore';

export type Matcher = Pick<Ignore, 'test'>;

export function ignoreMatcher(text: string, ignoreCase: boolean): Matcher {
  return ignore({ ignorecase: ignoreCase }).add(text.replace(/^\uFEFF/, ''));
}

/**
 * Whether git leaves a path out.
 *
 * @param path Relative to the working tree with `/`; a folder ends with one.
 * @param matcherOf The `.gitignore` of a folder (relative, '' for the working tree itself); null where there is none.
 * @param exclude `info/exclude`, which counts after all of them.
 */
export function isIgnoredPath(path: string, matcherOf: (folder: string) => Matcher | null, exclude: Matcher | null): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const folder = path.endsWith('/');
  for (let count = 1; count <= parts.length; count++) {
    const isFolder = count < parts.length || folder;
    // What lies in a folder that is left out cannot be taken back.
    if (decides(parts.slice(0, count), isFolder, matcherOf, exclude)) return true;
  }
  return false;
}

/** The deepest file with an opinion has the last word. */
function decides(
  parts: readonly string[],
  isFolder: boolean,
  matcherOf: (folder: string) => Matcher | null,
  exclude: Matcher | null,
): boolean {
  const relative = (from: number): string => parts.slice(from).join('/') + (isFolder ? '/' : '');
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const result = matcherOf(parts.slice(0, depth).join('/'))?.test(relative(depth));
    if (result?.ignored === true) return true;
    if (result?.unignored === true) return false;
  }
  return exclude?.test(relative(0)).ignored === true;
}

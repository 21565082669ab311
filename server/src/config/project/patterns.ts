/** Path patterns of `jarviscore-fleet.json`: those of gitignore(5), relative to the folder of the file. */
import ignore from 'ignore';

/** Whether a path (relative, with `/`) is matched by the patterns; a later one beginning with `!` takes it back. */
export type PathMatcher = (path: string) => boolean;

/** Letter case counts on every system: the same file must say the same on all machines of a team. */
export function pathMatcher(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return () => false;
  const manager = ignore({ ignorecase: false }).add(patterns);
  return (path) => ignore.isPathValid(path) && manager.ignores(path);
}

/** What is wrong with a pattern, as the end of a sentence that begins with it; null for a good one. */
export function patternProblem(pattern: string): string | null {
  const bare = pattern.replace(/^!/, '');
  if (bare.trim() === '') return 'is empty and matches nothing.';
  if (bare.startsWith('#')) return 'is a comment in this notation; write \\# in front of such a name.';
  if (/^\.{1,2}(?:\/|$)/.test(bare) || /\/\.\.(?:\/|$)/.test(bare))
    return 'leads nowhere: patterns are relative to the folder of this file, without ./ and ../.';
  if (/^[A-Za-z]:[\\/]/.test(bare)) return 'is an absolute path; patterns are relative to the folder of this file.';
  if (/\\(?![\\*?[\]!# ])/.test(bare)) return 'has a backslash; folders are separated by /.';
  if (hasOpenClass(bare)) return 'has a [ without its ].';
  return null;
}

/** A character class that is never closed matches nothing in gitignore(5). */
function hasOpenClass(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === '[') {
      // `[]a]` and `[!]a]`: a bracket right behind the opening one is a member.
      const from = at + (/^\[[!^]?\]/.exec(pattern.slice(at))?.[0].length ?? 1);
      const close = pattern.indexOf(']', from);
      if (close < 0) return true;
      at = close;
    }
  }
  return false;
}

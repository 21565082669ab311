/** A git working tree, looked at without git: which of its files are tracked, which are ignored. Nothing is executed. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ignoreMatcher, isIgnoredPath, type Matcher } from './ignoreFiles.ts';
import { readTrackedFiles } from './trackedFiles.ts';

/** An index of this size has a million entries. Bytes. */
const maxIndexBytes = 256 * 1024 * 1024;
const maxIgnoreBytes = 1024 * 1024;
/** Git's own default on these systems (`core.ignoreCase`). */
const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

export class Repository {
  readonly root: string;
  readonly #gitFolder: string;
  readonly #matchers = new Map<string, Matcher | null>();
  #tracked: ReadonlySet<string> | null | undefined;
  #exclude: Matcher | null | undefined;

  constructor(root: string, gitFolder: string) {
    this.root = root;
    this.#gitFolder = gitFolder;
  }

  /** @param path Absolute; a folder ends with a separator. Null where the index cannot be read. */
  stateOf(path: string): 'tracked' | 'ignored' | 'open' | null {
    const name = relative(this.root, path).split(sep).join('/');
    const folder = path.endsWith(sep) || path.endsWith('/');
    if (this.#tracked === undefined) this.#tracked = this.#readIndex();
    const tracked = this.#tracked;
    if (tracked === null) return null;
    if (folder ? hasBelow(tracked, `${name}/`) : tracked.has(name)) return 'tracked';
    return this.#isIgnored(folder ? `${name}/` : name) ? 'ignored' : 'open';
  }

  #isIgnored(name: string): boolean {
    if (this.#exclude === undefined) this.#exclude = matcherAt(join(this.#commonFolder(), 'info', 'exclude'));
    const matcherOf = (folder: string): Matcher | null => {
      let matcher = this.#matchers.get(folder);
      if (matcher === undefined) {
        matcher = matcherAt(join(this.root, folder, '.gitignore'));
        this.#matchers.set(folder, matcher);
      }
      return matcher;
    };
    return isIgnoredPath(name, matcherOf, this.#exclude);
  }

  /** Null: unreadable. A repository without an index has nothing tracked yet. */
  #readIndex(): ReadonlySet<string> | null {
    const path = join(this.#gitFolder, 'index');
    try {
      if (!existsSync(path)) return new Set();
      if (statSync(path).size > maxIndexBytes) return null;
      return readTrackedFiles(readFileSync(path), this.#hashBytes());
    } catch {
      return null;
    }
  }

  #hashBytes(): 20 | 32 {
    return /^\s*objectformat\s*=\s*sha256\s*$/im.test(textOf(join(this.#commonFolder(), 'config')) ?? '') ? 32 : 20;
  }

  /** A linked working tree has an index of its own and shares the rest (gitrepository-layout(5), `commondir`). */
  #commonFolder(): string {
    const common = textOf(join(this.#gitFolder, 'commondir'))?.trim();
    return common === undefined || common === '' ? this.#gitFolder : resolve(this.#gitFolder, common);
  }
}

function hasBelow(names: ReadonlySet<string>, prefix: string): boolean {
  for (const name of names) if (name.startsWith(prefix)) return true;
  return false;
}

function matcherAt(path: string): Matcher | null {
  const text = textOf(path);
  return text === null ? null : ignoreMatcher(text, ignoreCase);
}

function textOf(path: string): string | null {
  try {
    return statSync(path).size > maxIgnoreBytes ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The repository whose working tree has the folder at its root; null where there is none. */
export function repositoryAt(folder: string): Repository | null {
  const marker = join(folder, '.git');
  try {
    if (statSync(marker).isDirectory()) return existsSync(join(marker, 'HEAD')) ? new Repository(folder, marker) : null;
    // A linked working tree or a submodule: `gitdir: <path>`.
    const target = /^gitdir:\s*(.+?)\s*$/m.exec(readFileSync(marker, 'utf8'))?.[1];
    return target === undefined ? null : new Repository(folder, resolve(folder, target));
  } catch {
    return null;
  }
}

/** The folders from one up to the root of the file system. */
export function* upwards(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (dirname(at) === at) return;
  }
}

/** Which env files reach which process. */
import { assignmentsOf } from '../readers/dotenvAssignments.ts';
import { inUpperCase } from '../text/letterCase.ts';
import type { SourceDocument } from './types.ts';

/** Env files by folder, then by lower-case file name. */
export type FolderIndex = ReadonlyMap<string, ReadonlyMap<string, SourceDocument>>;

export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

/** Env files that are no templates. */
export function indexFolders(documents: Iterable<SourceDocument>): FolderIndex {
  const index = new Map<string, Map<string, SourceDocument>>();
  for (const document of documents) {
    if (document.kind !== 'dotenv' || document.template) continue;
    const folder = folderOf(document.uri);
    const files = index.get(folder) ?? new Map<string, SourceDocument>();
    files.set(document.name, document);
    index.set(folder, files);
  }
  return index;
}

/** Joins a folder URI and a relative path with `.` and `..`; null for absolute paths. */
export function join(folder: string, path: string): string | null {
  if (/^(?:[/\\~]|[A-Za-z]:)/.test(path)) return null;
  // Nearly all paths are names; every process asks at every keystroke.
  if (/^(?!\.\.?$)[\w.-]+$/.test(path)) return `${folder}/${path}`;
  const parts = folder.split('/');
  for (const part of path.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** The folder itself and those above it up to the innermost root; outside of every root the folder alone. */
export function* ancestors(folder: string, roots: readonly string[]): Generator<string> {
  const root = rootAbove(folder, roots);
  for (let at = folder === '' ? null : folder; at !== null; at = folderAbove(at, root)) yield at;
}

/** The innermost root that a folder is or lies in. */
export function rootAbove(folder: string, roots: readonly string[]): string | null {
  let root: string | null = null;
  for (const one of roots) {
    const within = folder.startsWith(one) && (folder.length === one.length || folder.charCodeAt(one.length) === slash);
    if (within && (root === null || one.length > root.length)) root = one;
  }
  return root;
}

const slash = 0x2f;

/** The next step of `ancestors`, which for one of 500 processes at every keystroke is asked for without a generator. */
function folderAbove(folder: string, root: string | null): string | null {
  if (folder === root || root === null) return null;
  const above = folderOf(folder);
  return above === '' ? null : above;
}

export interface ProcessEnvironment {
  /** `./.env` of the process. */
  readonly own: SourceDocument | null;
  /** Files the process loads into its environment, in order. */
  readonly loaded: readonly SourceDocument[];
  /** `load_dotenv(override=True)`. */
  readonly override: boolean;
}

function loadedFile(path: string, folder: string, index: FolderIndex, roots: readonly string[]): SourceDocument | null {
  for (const at of ancestors(folder, roots)) {
    // `load_dotenv()` without a path searches upwards from the file; a path is relative to the working directory.
    const joined = join(at, path === '' ? '.env' : path);
    if (joined === null) return null;
    const found = index.get(folderOf(joined))?.get(joined.slice(joined.lastIndexOf('/') + 1));
    if (found !== undefined) return found;
  }
  return null;
}

/** What a document alone says about the environment of its processes. */
interface Start {
  readonly folder: string;
  /** Paths of `load_dotenv()`. */
  readonly loads: readonly string[];
  readonly override: boolean;
}
const starts = new WeakMap<SourceDocument, Start>();

/** Kept, because it is asked for every process at every keystroke. */
function startOf(document: SourceDocument): Start {
  let start = starts.get(document);
  if (start === undefined) {
    start = {
      folder: folderOf(document.uri),
      loads: document.marks.flatMap(({ name, value }) => (name === 'load_dotenv' && value !== null ? [value] : [])),
      override: document.marks.some(({ name }) => name === 'load_dotenv-override'),
    };
    starts.set(document, start);
  }
  return start;
}

const nothing: readonly never[] = [];

export function environmentOf(document: SourceDocument, index: FolderIndex, roots: readonly string[]): ProcessEnvironment {
  if (document.kind === 'dotenv') return { own: document, loaded: nothing, override: false };
  const { folder, loads, override } = startOf(document);
  let own: SourceDocument | null = null;
  const root = rootAbove(folder, roots);
  for (let at = folder === '' ? null : folder; at !== null && own === null; at = folderAbove(at, root))
    own = index.get(at)?.get('.env') ?? null;
  const loaded = loads.length === 0 ? nothing : loads.flatMap((path) => loadedFile(path, folder, index, roots) ?? []);
  return { own, loaded, override };
}

/**
 * Folders whose `.env` no process reads; also a folder whose only env file has another name, where nothing else declares
 * a process.
 */
export function unclaimedFolders(
  index: FolderIndex,
  claimed: ReadonlySet<string>,
  processUris: readonly string[],
): { readonly document: SourceDocument; readonly folderName: string }[] {
  const result: { document: SourceDocument; folderName: string }[] = [];
  const occupied = new Set(processUris.map(folderOf));
  for (const [folder, files] of index) {
    if (someClaimed(files, claimed)) continue;
    const document = files.get('.env') ?? (files.size === 1 && !occupied.has(folder) ? [...files.values()][0] : undefined);
    const last = folder.slice(folder.lastIndexOf('/') + 1);
    if (document !== undefined) result.push({ document, folderName: last === '' ? 'default' : decodeFolder(last) });
    if (occupied.has(folder)) continue;
    for (const file of files.values()) {
      const node = file === document ? null : nodeOfFile(file);
      if (node !== null) result.push({ document: file, folderName: node });
    }
  }
  return result;
}

function someClaimed(files: ReadonlyMap<string, SourceDocument>, claimed: ReadonlySet<string>): boolean {
  for (const { uri } of files.values()) if (claimed.has(uri)) return true;
  return false;
}

/** Stages of one deployment are alternatives to each other, not nodes that run side by side. */
const stages =
  /^(dev|devel|development|prod|production|stag(e|ing)|test|testing|ci|qa|uat|local|default|defaults|base|common|shared|secret|secrets|docker|backup|bak|old)([._-].*)?$/i;
const nodeNames = new Set(['JARVISCORE_BIND_PORT', 'JARVISCORE_BIND_HOST', 'JARVISCORE_SEED_NODES']);

/** The node an env file such as `.env.worker` or `worker.env` is for: it has an address of its own. Null: for none. */
function nodeOfFile(file: SourceDocument): string | null {
  const label = /^\.env\.(.+)$|^(.+)\.env$/i.exec(file.name);
  const name = label?.[1] ?? label?.[2];
  if (name === undefined || stages.test(name)) return null;
  const list = assignmentsOf(file);
  for (let i = 0; i < list.length; i++) if (nodeNames.has(inUpperCase(list.name(i)))) return name;
  return null;
}

function decodeFolder(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

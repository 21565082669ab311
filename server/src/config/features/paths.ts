/** The files that a document names, and where each of them is or would be. */

import { pathFolder } from '../model/composePlaces.ts';
import type { EnvFileReference } from '../model/deployment.ts';
import { folderOf, join } from '../model/environments.ts';
import { Latest } from '../model/latest.ts';
import { findDocument, findEnvFile, findProgram, type Workspace } from '../model/references.ts';
import type { SourceDocument, WorkspaceModel } from '../model/types.ts';
import { mentionsOf } from '../readers/names/mentions.ts';
import type { FileMention } from '../readers/names/types.ts';
import type { Range } from '../text/position.ts';
import { encodePath } from '../text/uri.ts';

export interface PathSite {
  readonly range: Range;
  /** As written. */
  readonly path: string;
  /** `program`: the Python file a command runs; it is a place to go to, but no link. */
  readonly kind: 'env-file' | FileMention['kind'] | 'program';
  /** The document it leads to, where the workspace has it. */
  readonly target: string | null;
  /** Where the file is by its path alone, strongest first; empty where only a running system can say. */
  readonly candidates: readonly string[];
}

/** Variables and patterns have no one file. */
const isPlain = (path: string): boolean => path !== '' && !/[*?%$`]/.test(path);

function candidatesIn(folders: readonly string[], path: string): string[] {
  if (!isPlain(path)) return [];
  if (/^\//.test(path)) return [`file://${encodePath(path)}`];
  return folders.flatMap((folder) => {
    const uri = join(folder, path);
    return uri === null ? [] : [encodeSegments(uri)];
  });
}

/** What a path adds to a folder's URI is written in it as it stands. */
function encodeSegments(uri: string): string {
  return uri.replace(/[ #?"<>^`{|}\\]/g, (character) => encodeURIComponent(character));
}

function envFile(workspace: Workspace, document: SourceDocument, reference: EnvFileReference): PathSite {
  const { path, range } = reference;
  const folder = pathFolder(document, workspace);
  const plain = path.replace(/^\$\{workspace(?:Folder|Root)\}[\\/]/, '');
  const root = workspace.roots.find((one) => folder === one || folder.startsWith(`${one}/`)) ?? folder;
  const found = findEnvFile(workspace, folder, reference);
  const candidates = candidatesIn([plain === path ? folder : root], plain);
  return { range, path, kind: 'env-file', target: found?.uri ?? null, candidates };
}

/** Folders a Dockerfile's `COPY` may start in: its own, and the contexts of the services that build it. */
function contexts(workspace: Workspace, document: SourceDocument): string[] {
  const own = folderOf(document.uri);
  const found = new Set<string>();
  for (const other of workspace.documents.values()) {
    for (const { build } of other.deployment?.units ?? []) {
      const context = build === null ? null : join(pathFolder(other, workspace), build.context);
      if (context !== null && build !== null && join(context, build.dockerfile) === document.uri) found.add(context);
    }
  }
  return found.size === 0 ? [own] : [...found];
}

function mentioned(workspace: Workspace, document: SourceDocument, { kind, path, range }: FileMention): PathSite {
  const folder = pathFolder(document, workspace);
  // python-dotenv looks above the file too; a script starts wherever it is called.
  const upwards = kind === 'load-dotenv' || kind === 'sourced';
  const folders = kind === 'copied' ? contexts(workspace, document) : [folder];
  const found = isPlain(path)
    ? folders.flatMap((start) => findDocument(workspace, start, path, upwards) ?? []).map((one) => one.uri)
    : [];
  return { range, path, kind, target: found[0] ?? null, candidates: candidatesIn(folders, path) };
}

const kept = new Latest<WorkspaceModel, Map<string, readonly PathSite[]>>();

/** Every path of a document, in no particular order, each place once. */
export function pathsOf(model: WorkspaceModel, document: SourceDocument): readonly PathSite[] {
  const known = kept.get(model) ?? new Map<string, readonly PathSite[]>();
  kept.set(model, known);
  let paths = known.get(document.uri);
  if (paths === undefined) {
    paths = readPaths(model, document);
    known.set(document.uri, paths);
  }
  return paths;
}

function readPaths(workspace: Workspace, document: SourceDocument): PathSite[] {
  const found: PathSite[] = [];
  for (const unit of document.deployment?.units ?? []) {
    for (const reference of unit.envFiles) found.push(envFile(workspace, document, reference));
    if (unit.program === null) continue;
    const program = findProgram(workspace, pathFolder(document, workspace), unit, unit.program);
    const { path, range } = unit.program;
    if (program !== null) found.push({ range, path, kind: 'program', target: program.uri, candidates: [] });
  }
  for (const mention of mentionsOf(document).files) found.push(mentioned(workspace, document, mention));
  const byPlace = new Map<string, PathSite>();
  for (const one of found) {
    const place = `${one.range.start.line}:${one.range.start.character}`;
    if (!byPlace.has(place)) byPlace.set(place, one);
  }
  return [...byPlace.values()];
}

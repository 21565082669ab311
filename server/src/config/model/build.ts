/**
 * Documents to processes with their effective settings.
 *
 * Assumptions about what files do not say, all in one place:
 * - a Python process is started in the nearest folder at or above its file (inside the root) that has a `.env`, so that
 *   file is its `./.env`; without one it has none;
 * - other env files count for a process only where its file loads them (`load_dotenv("...")`);
 * - all Python processes of one root run on one machine;
 * - for services, units and launch lines see `units.ts`.
 */
import type { Release } from '#schemas/settings/catalogue.ts';
import { createReaderContext, type ReaderContext } from '../readers/context.ts';
import { composePlaces } from './composePlaces.ts';
import { type FolderIndex, indexFolders, unclaimedFolders } from './environments.ts';
import { withImports } from './imports.ts';
import { setLayer } from './layers.ts';
import { type Building, buildProcess, buildUnit, processId } from './process.ts';
import type { HostOf } from './project.ts';
import { envFileReaders } from './readers.ts';
import type { Workspace } from './references.ts';
import { noSurroundings, type Surroundings } from './surroundings.ts';
import { resolveTarget } from './target.ts';
import type { DeclaredProcess, ProcessDeclaration, SourceDocument, WorkspaceModel } from './types.ts';
import { filledFrom } from './unitLayers.ts';
import { type ResolvedUnit, resolveUnits } from './units.ts';

export interface ModelOptions {
  /** The release to check against; null or absent: found in the documents. */
  readonly target?: Release | null;
  /** Where `target` was chosen, one phrase. */
  readonly targetOrigin?: string;
  /** Version in the project's virtual environment. */
  readonly installed?: Release | null;
  readonly profile?: 'development' | 'production';
  /** The process environment of every process; absent: unknown and taken as empty. */
  readonly set?: Readonly<Record<string, string>>;
  /** Folder URIs (or paths) without a final slash. */
  readonly roots: readonly string[];
  /** The disk beyond the documents; absent: nothing is known of it. */
  readonly surroundings?: Surroundings;
  /** The machine a person declared for a process; absent: none was. */
  readonly hostOf?: HostOf;
  /** Classifies the names of `set`; share it with the readers where equal secrets are compared. */
  readonly context?: ReaderContext;
}

/** A folder with an env file and nothing that declares a process: whatever is started there reads that file. */
function folderProcess(name: string): ProcessDeclaration {
  const start = { line: 0, character: 0 };
  return { id: 'default', kind: 'launch', name, range: { start, end: start }, insertion: null, open: true, facts: {} };
}

/** In document order. A Python construction that a service or unit starts knows by whom. */
function declaredProcesses(
  documents: ReadonlyMap<string, SourceDocument>,
  units: readonly ResolvedUnit[],
  building: Building,
): DeclaredProcess[] {
  const startedBy = new Map<string, string[]>();
  for (const unit of units) {
    if (unit.program === null) continue;
    const id = processId(unit.program.document, unit.program.declaration);
    startedBy.set(id, [...(startedBy.get(id) ?? []), processId(unit.document, unit.declaration)]);
  }
  const unitsOf = Map.groupBy(units, (unit) => unit.document);
  const processes: DeclaredProcess[] = [];
  for (const document of documents.values()) {
    if (document.deployment !== undefined) {
      for (const unit of unitsOf.get(document) ?? []) processes.push(buildUnit(unit, building));
      continue;
    }
    for (const declaration of document.processes)
      processes.push(buildProcess(document, declaration, building, startedBy.get(processId(document, declaration))));
  }
  return processes;
}

/**
 * Builds the model. Pure; documents that did not change keep what was computed from them.
 *
 * Besides the declared processes there is one (`kind: 'launch'`, id `default`) for every folder whose `.env` no declared
 * process reads.
 */
export function buildModel(
  documents: ReadonlyMap<string, SourceDocument> | Iterable<SourceDocument>,
  options: ModelOptions,
): WorkspaceModel {
  const given: ReadonlyMap<string, SourceDocument> =
    documents instanceof Map
      ? (documents as ReadonlyMap<string, SourceDocument>)
      : new Map([...(documents as Iterable<SourceDocument>)].map((document) => [document.uri, document]));
  const byUri = withImports(given, options.roots);
  const target = resolveTarget(byUri.values(), {
    explicit: options.target ?? null,
    explicitOrigin: options.targetOrigin ?? 'chosen',
    installed: options.installed ?? null,
  });
  const set = options.set ?? {};
  const index: FolderIndex = indexFolders(byUri.values());
  const building: Building = {
    release: target.release,
    set,
    setLayer: setLayer(set, options.context ?? createReaderContext()),
    index,
    roots: options.roots,
    hostOf: options.hostOf ?? (() => null),
  };
  const workspace: Workspace = { documents: byUri, roots: options.roots };
  const units = resolveUnits(workspace);
  const processes = declaredProcesses(byUri, units, building);
  // What compose fills in from `./.env` is no environment of a process that is started beside it.
  const listers = [...composePlaces(workspace).values()].flatMap(({ lister }) => lister ?? []);
  const filledIn = filledFrom(units);
  for (const { uri } of listers) filledIn.add(uri);
  const declaring = processes.map((process) => process.uri);
  const claimed = new Set([...processes.flatMap((process) => process.environments), ...filledIn]);
  for (const { document, folderName } of unclaimedFolders(index, claimed, declaring)) {
    processes.push(buildProcess(document, folderProcess(folderName), building));
  }
  return {
    target: target.release,
    targetOrigin: target.origin,
    profile: options.profile ?? 'development',
    documents: byUri,
    surroundings: options.surroundings ?? noSurroundings,
    processes,
    roots: options.roots,
    envFileReaders: envFileReaders(workspace, units, processes),
  };
}

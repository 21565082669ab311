/** Which env files fill in the variables of a compose file, and with what. */
import { interpolationValues } from '../readers/dotenv.ts';
import { secretNamesOf, withSecretNames } from '../readers/dotenvReferences.ts';
import { type ComposePlace, composePlaces } from './composePlaces.ts';
import { filesOfParts } from './composeServices.ts';
import { folderOf } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { PlacedPart } from './unitParts.ts';

/** Env files of one project or include, in reading order, a later one winning. */
export type FillLevel = readonly SourceDocument[];

/** The env files that a project or an include names or has beside it. */
function ownFiles(place: ComposePlace, workspace: Workspace): FillLevel {
  const { includer } = place;
  const beside = workspace.documents.get(`${place.folder}/.env`);
  if (includer === null || includer.inclusion.envFiles.length === 0) return beside?.kind === 'dotenv' ? [beside] : [];
  const folder = composePlaces(workspace).get(includer.document)?.folder ?? place.folder;
  const found = includer.inclusion.envFiles.map((path) => findDocument(workspace, folder, path, false));
  return found.flatMap((file) => (file?.kind === 'dotenv' ? file : []));
}

interface Level {
  /** The first file of the project or include. */
  readonly first: SourceDocument;
  readonly place: ComposePlace;
}

/** The places whose env files count for a file, its own first: each is included by the next. */
function* levelsAbove(document: SourceDocument, workspace: Workspace): Generator<Level> {
  const [places, parts] = [composePlaces(workspace), filesOfParts(workspace)];
  const seen = new Set<SourceDocument>();
  let at: SourceDocument | undefined = document;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const extender = parts.get(at);
    const place = places.get(at);
    if (extender === undefined && place !== undefined) yield { first: place.overlay ? place.base : at, place };
    at = extender ?? place?.includer?.document;
  }
}

/**
 * The env files compose fills the variables of a file in from, weakest first: its project's `.env`; for an included file
 * those its `include` names or the `.env` of its folder, over which the including project's has the last word (compose
 * specification, "include"). A file that is only extended takes its variables from where it is extended.
 */
export function interpolationLevels(document: SourceDocument, workspace: Workspace): readonly FillLevel[] {
  const kept = keptLevels.get(workspace.documents) ?? new Map<SourceDocument, readonly FillLevel[]>();
  keptLevels.set(workspace.documents, kept);
  const levels = kept.get(document) ?? readLevels(document, workspace);
  kept.set(document, levels);
  return levels;
}

/** Asked for several times for every service: of one document it is the same list. */
const keptLevels = new WeakMap<ReadonlyMap<string, SourceDocument>, Map<SourceDocument, readonly FillLevel[]>>();

function readLevels(document: SourceDocument, workspace: Workspace): readonly FillLevel[] {
  const levels: FillLevel[] = [];
  for (const { place } of levelsAbove(document, workspace)) {
    levels.push(ownFiles(place, workspace));
    // The `.env` of the folder where compose is started is read before that of the project's folder.
    if (place.lister !== null && folderOf(place.lister.uri) !== place.folder) levels.push([place.lister]);
  }
  return levels;
}

/** The files of all levels, weakest first. */
export function interpolationFiles(document: SourceDocument, workspace: Workspace): readonly SourceDocument[] {
  return [...new Set(interpolationLevels(document, workspace).flat())];
}

/**
 * The env files of the project that is started, also where an included file has its own. They decide its profiles, and
 * what an `env_file` may refer to (compose-go reads those last, over the whole project:
 * types.Project.WithServicesEnvironmentResolved).
 */
export function projectLevels(document: SourceDocument, workspace: Workspace): readonly FillLevel[] {
  const top = [...levelsAbove(document, workspace)].at(-1);
  return top === undefined ? [] : interpolationLevels(top.first, workspace);
}

/**
 * Values of the env files of a project and of what it includes. A file may refer to the levels above its own and to the
 * files before it, in this order (compose-go, dotenv.GetEnvFromFile).
 *
 * @param levels Weakest first.
 * @param set The shell's values, which win.
 */
export function valuesOf(levels: readonly FillLevel[], set: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let above: Readonly<Record<string, string>> = set;
  for (const level of levels.toReversed()) {
    let own: Readonly<Record<string, string>> = {};
    for (const file of level) {
      const values = interpolationValues(file, above, own);
      own = withSecretNames({ ...own, ...values }, secretNamesOf(values));
    }
    above = withSecretNames({ ...own, ...above }, new Set([...secretNamesOf(own), ...secretNamesOf(above)]));
  }
  return above;
}

/** The env files for the values of one part of a service. */
export interface PartLevels {
  readonly own: readonly FillLevel[];
  /** For names alone in its map; null: those of the project that is started. */
  readonly names: readonly FillLevel[] | null;
}

/**
 * A map is laid over another as a list, and the names alone in a list are looked up in the file where that happens: the
 * part's own, or the one that includes it (compose-go, loader.ResolveEnvironment).
 */
export function partLevels(parts: readonly PlacedPart[], workspace: Workspace): readonly PartLevels[] {
  if (parts.length === 1) return parts.map(({ home }) => ({ own: interpolationLevels(home, workspace), names: null }));
  const ways = parts.map(({ home }) => [...levelsAbove(home, workspace)].map(({ first }) => first));
  return parts.map(({ home, unit }, i) => {
    const own = interpolationLevels(home, workspace);
    const way = ways[i] ?? [];
    const met =
      unit.assignments.length === 0
        ? []
        : parts.flatMap((other, k) => {
            if (k === i || other.unit.assignments.length === 0) return [];
            const steps = way.findIndex((first) => ways[k]?.includes(first) === true);
            return steps < 0 ? [] : [steps];
          });
    if (met.length === 0) return { own, names: null };
    const where = way[Math.min(...met)];
    return { own, names: where === undefined ? own : interpolationLevels(where, workspace) };
  });
}

/** Every place of a workspace that names a variable or a key of a Mesh dict. */
import type { DeploymentUnit } from '../model/deployment.ts';
import type { Assignment, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { mentionsOf } from '../readers/names/mentions.ts';
import type { NameUse } from '../readers/names/types.ts';
import { comparePositions, type Position, type Range, touches } from '../text/position.ts';
import { isCatalogued, nameKey } from './names.ts';

export interface Site {
  readonly uri: string;
  /** As written. */
  readonly name: string;
  readonly layer: 'environment' | 'mesh';
  readonly range: Range;
  /** Whether `range` holds the name and nothing else, so that it can be replaced. */
  readonly exact: boolean;
  /** `comment`: the name in a commented line of an env file. */
  readonly role: 'assignment' | 'use' | 'comment';
  /** Equal for all names of one setting (`nameKey`). */
  readonly key: string;
  /** Null for a line that a later one replaces before anything sees it. */
  readonly assignment: Assignment | null;
  readonly use: NameUse | null;
  /** The unit an assignment stands in where that unit's part in the fleet is for the model to say; else null. */
  readonly undecided: string | null;
}

/** The name inside of what a reader calls its place: a YAML key may stand in quotes, an escape keeps it from being found. */
function exactRange(name: string, range: Range): Range | null {
  const { start, end } = range;
  if (start.line !== end.line) return null;
  const width = end.character - start.character;
  if (width === name.length) return range;
  if (width !== name.length + 2) return null;
  const inner = (position: Position, by: number): Position => ({ line: position.line, character: position.character + by });
  return { start: inner(start, 1), end: inner(end, -1) };
}

function assignmentSite(uri: string, assignment: Assignment, undecided: string | null): Site {
  const { name, layer, nameRange } = assignment;
  const exact = exactRange(name, nameRange);
  const place = { uri, name, layer, range: exact ?? nameRange, exact: exact !== null };
  return { ...place, role: 'assignment', key: nameKey(name, layer), assignment, use: null, undecided };
}

function useSite(uri: string, use: NameUse): Site {
  const exact = use.exact ? exactRange(use.name, use.range) : null;
  const place = { uri, name: use.name, layer: 'environment', range: exact ?? use.range, exact: exact !== null } as const;
  return {
    ...place,
    role: use.writes ? 'assignment' : 'use',
    key: nameKey(use.name, 'environment'),
    assignment: null,
    use,
    undecided: null,
  };
}

/** Files of the machine itself, whose programs are the project's own. In the others a unit may be a program of somebody else. */
const ownKinds: ReadonlySet<SourceDocument['kind']> = new Set(['shell', 'systemd', 'dockerfile', 'launch']);

/** Whose assignments count: a unit that may run the framework does so if the model made a process of it. */
function undecidedIn({ kind: document }: SourceDocument, { framework, kind, id }: DeploymentUnit): string | null | undefined {
  if (framework === 'yes' || kind === 'config-map' || kind === 'image') return null;
  return framework === 'maybe' || ownKinds.has(document) ? id : undefined;
}

function* unitSites(document: SourceDocument): Generator<Site> {
  for (const unit of document.deployment?.units ?? []) {
    const undecided = undecidedIn(document, unit);
    if (undecided === undefined) continue;
    for (const one of unit.assignments) yield assignmentSite(document.uri, one, undecided);
    for (const one of unit.buildArguments) yield assignmentSite(document.uri, one, null);
  }
}

function* allSites(document: SourceDocument): Generator<Site> {
  const { uri } = document;
  for (const one of document.assignments) yield assignmentSite(uri, one, null);
  yield* unitSites(document);
  for (const use of mentionsOf(document).uses) yield useSite(uri, use);
  for (const { name, range, value } of document.marks) {
    if (name !== 'commented-key' || value === null) continue;
    const place = { uri, name: value, layer: 'environment', range, exact: true } as const;
    yield { ...place, role: 'comment', key: nameKey(value, 'environment'), assignment: null, use: null, undecided: null };
  }
}

const kept = new WeakMap<SourceDocument, readonly Site[]>();

/** The sites of one document in order, each once: services that share a map share its lines. */
export function sitesOf(document: SourceDocument): readonly Site[] {
  let sites = kept.get(document);
  if (sites === undefined) {
    const byPlace = new Map<string, Site>();
    for (const site of allSites(document)) {
      const place = `${site.range.start.line}:${site.range.start.character}`;
      const before = byPlace.get(place);
      if (before === undefined || (before.undecided !== null && site.undecided === null && site.use === null))
        byPlace.set(place, site);
    }
    sites = [...byPlace.values()].sort((a, b) => comparePositions(a.range.start, b.range.start));
    kept.set(document, sites);
  }
  return sites;
}

const framework = new WeakMap<WorkspaceModel, ReadonlySet<string>>();

/** The units that processes are made of, as `document#unit`: their own, and what is laid over it in other files. */
function unitsOfProcesses(model: WorkspaceModel): ReadonlySet<string> {
  let units = framework.get(model);
  if (units === undefined) {
    units = new Set(
      model.processes.flatMap(({ uri, environments, declaration: { id } }) =>
        [uri, ...environments].map((one) => `${one}#${id}`),
      ),
    );
    framework.set(model, units);
  }
  return units;
}

/**
 * Whether a site belongs to the fleet: a database beside it may use names of settings for itself. A name of the project
 * is the same one in all of its programs.
 */
export function counts(model: WorkspaceModel, site: Site): boolean {
  if (site.undecided === null || !isCatalogued(site.name, site.layer)) return true;
  return unitsOfProcesses(model).has(`${site.uri}#${site.undecided}`);
}

const inside = (outer: Range, inner: Range): boolean =>
  comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;

/** The site at a position: a name, else the assignment whose value stands there. */
export function siteAt(model: WorkspaceModel, uri: string, position: Position): Site | null {
  const document = model.documents.get(uri);
  if (document === undefined) return null;
  const sites = sitesOf(document).filter((site) => counts(model, site));
  const named = sites.filter((site) => touches(site.range, position));
  // A name that cannot be told from its value covers both; the narrower place is the one that is meant.
  const narrowest = named.toSorted((a, b) => (inside(a.range, b.range) ? 1 : inside(b.range, a.range) ? -1 : 0))[0];
  if (narrowest !== undefined) return narrowest;
  return sites.find(({ assignment }) => assignment?.valueRange != null && touches(assignment.valueRange, position)) ?? null;
}

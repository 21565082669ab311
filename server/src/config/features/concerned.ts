/** Which declared processes a place of a document is about. */
import { folderOf } from '../model/environments.ts';
import type { Candidate, DeclaredProcess, WorkspaceModel } from '../model/types.ts';
import { comparePositions } from '../text/position.ts';
import { modelNames } from './names.ts';
import type { Site } from './sites.ts';

/** A site, or as much of one as says which line is meant. */
export type Line = Pick<Site, 'uri' | 'name' | 'layer' | 'assignment'>;

/** Whether a candidate of a resolution is the line of a site. */
export function isLineOf(candidate: Candidate, { uri, assignment }: Line): boolean {
  const line = candidate.assignment;
  return (
    assignment !== null &&
    line !== null &&
    candidate.origin.uri === uri &&
    comparePositions(line.nameRange.start, assignment.nameRange.start) === 0
  );
}

/** The processes whose setting has this very line among its candidates. */
function withLine(model: WorkspaceModel, site: Line): DeclaredProcess[] {
  const names = modelNames(site.name, site.layer);
  return model.processes.filter(({ settings }) =>
    names.some((name) => settings.get(name)?.chain.some((candidate) => isLineOf(candidate, site)) === true),
  );
}

function near(model: WorkspaceModel, uri: string): DeclaredProcess[] {
  let closest: DeclaredProcess[] = [];
  let depth = -1;
  for (const process of model.processes) {
    const folder = folderOf(process.uri);
    if (!uri.startsWith(`${folder}/`) || folder.length < depth) continue;
    if (folder.length > depth) closest = [];
    depth = folder.length;
    closest.push(process);
  }
  return closest;
}

/** The processes a document declares, is the program of, or reaches the environment of. */
function ownProcesses(model: WorkspaceModel, uri: string): readonly DeclaredProcess[] {
  return model.processes.filter(
    (process) => process.uri === uri || process.program?.uri === uri || process.environments.includes(uri),
  );
}

/** The processes a document belongs to; any other file belongs to those declared in the nearest folder at or above it. */
function processesOf(model: WorkspaceModel, uri: string): readonly DeclaredProcess[] {
  const own = ownProcesses(model, uri);
  return own.length > 0 ? own : near(model, uri);
}

/** The processes that a line which gives a value reaches; none where it is only filled in elsewhere. */
export function processesReached(model: WorkspaceModel, site: Line): readonly DeclaredProcess[] {
  const id = site.assignment?.process ?? null;
  // A line without a value is a candidate of nothing, and still what a process of its file could have had.
  if (id === null) return ownProcesses(model, site.uri);
  const exact = withLine(model, site);
  if (exact.length > 0) return exact;
  return ownProcesses(model, site.uri).filter(
    ({ uri, declaration, program }) =>
      (uri === site.uri && declaration.id === id) || (program?.uri === site.uri && program.declaration.id === id),
  );
}

/** The processes a site concerns. */
export function processesAt(model: WorkspaceModel, site: Site): readonly DeclaredProcess[] {
  const reached = processesReached(model, site);
  return reached.length > 0 ? reached : processesOf(model, site.uri);
}

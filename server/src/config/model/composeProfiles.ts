/** Compose profiles: which services are started together. */
import { type FillLevel, valuesOf } from './composeFilling.ts';
import { baseNames, withIncluders } from './composePlaces.ts';
import { folderOf } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { PlacedPart } from './unitParts.ts';

/** Profiles that a script starts together, and the files of the project it starts. */
interface ProfileStart {
  readonly profiles: readonly string[];
  readonly files: ReadonlySet<SourceDocument>;
}

const keptStarts = new WeakMap<ReadonlyMap<string, SourceDocument>, readonly ProfileStart[]>();

/** `docker compose --profile a --profile b up` of scripts. */
function profileStarts(workspace: Workspace): readonly ProfileStart[] {
  const known = keptStarts.get(workspace.documents);
  if (known !== undefined) return known;
  const starts: ProfileStart[] = [];
  for (const document of workspace.documents.values()) {
    for (const { name, value } of document.marks) {
      if (name !== 'compose-profiles' || value === null) continue;
      const [list = '', ...given] = value.split('\n');
      const paths = given.length > 0 ? given : baseNames;
      const found = paths
        .map((path) => findDocument(workspace, folderOf(document.uri), path, true))
        .filter((one) => one?.kind === 'compose');
      const files = given.length > 0 ? found : found.slice(0, 1);
      starts.push({ profiles: list.split(','), files: new Set(files.flatMap((one) => one ?? [])) });
    }
  }
  keptStarts.set(workspace.documents, starts);
  return starts;
}

/**
 * The profiles of a service; none where `COMPOSE_PROFILES` of the project's env file asks for one of them. A script that
 * starts several together counts as one more (`a+b`), which their services share.
 *
 * @param project The env files of the project that is started.
 */
export function profilesOf(parts: readonly PlacedPart[], project: readonly FillLevel[], workspace: Workspace): readonly string[] {
  const own = parts.flatMap((part) => part.unit.options.profiles?.map(({ text }) => text) ?? []);
  if (own.length === 0) return own;
  const asked = (valuesOf(project, {}).COMPOSE_PROFILES ?? '').split(',').map((name) => name.trim());
  if (asked.includes('*') || own.some((name) => asked.includes(name))) return [];
  const within = new Set(parts.flatMap(({ document }) => [...withIncluders(document, workspace)]));
  const together = profileStarts(workspace).flatMap(({ profiles, files }) => {
    const mine = profiles.includes('*') || own.some((name) => profiles.includes(name));
    return mine && [...files].some((file) => within.has(file)) ? [profiles.join('+')] : [];
  });
  return [...new Set([...own, ...together])].sort();
}

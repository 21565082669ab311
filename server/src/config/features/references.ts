/** Where a setting is given a value and where it is read, in every file of the workspace. */
import type { WorkspaceModel } from '../model/types.ts';
import { comparePositions, type Position, type Range } from '../text/position.ts';
import { counts, type Site, siteAt, sitesOf } from './sites.ts';

export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** Long lists are searched in steps, so that the caller can stop in between. */
export type Steps<T> = Generator<undefined, T>;

const searchedAtOnce = 2_000;

/** All sites of one setting, document by document. */
export function* sitesOfKey(model: WorkspaceModel, key: string): Steps<Site[]> {
  const found: Site[] = [];
  let searched = 0;
  for (const document of model.documents.values()) {
    yield;
    for (const site of sitesOf(document)) {
      if (++searched % searchedAtOnce === 0) yield;
      if (site.key === key && counts(model, site)) found.push(site);
    }
  }
  return found;
}

/**
 * The references of what stands at a position. The answer is the same from each of them.
 *
 * @param includeDeclaration With the lines that give the setting a value.
 * @returns null where no setting stands.
 */
export function* references(
  model: WorkspaceModel,
  uri: string,
  position: Position,
  includeDeclaration: boolean,
): Steps<readonly Place[] | null> {
  const site = siteAt(model, uri, position);
  if (site === null) return null;
  const sites = yield* sitesOfKey(model, site.key);
  return sites
    .filter(({ role }) => includeDeclaration || role !== 'assignment')
    .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : comparePositions(a.range.start, b.range.start)))
    .map(({ uri, range }) => ({ uri, range }));
}

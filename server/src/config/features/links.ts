/** The paths of a document as links. Whether a file exists is for the caller to look. */
import type { WorkspaceModel } from '../model/types.ts';
import type { Range } from '../text/position.ts';
import { pathsOf } from './paths.ts';

export interface Link {
  readonly range: Range;
  /** Where the file can be, first the one that counts; never empty. */
  readonly targets: readonly string[];
}

/** Paths with variables, and programs of a command line, are no links. */
export function links(model: WorkspaceModel, uri: string): readonly Link[] {
  const document = model.documents.get(uri);
  if (document === undefined) return [];
  return pathsOf(model, document).flatMap(({ range, kind, target, candidates }) => {
    const targets = target === null ? candidates : [target];
    return kind === 'program' || targets.length === 0 ? [] : [{ range, targets }];
  });
}

/** What rules about settings look at: of a file with 100,000 names, a handful. */
import type { Assignment, SourceDocument } from '../model/types.ts';
import { notableNames } from './names/environmentNames.ts';
import { settingOfVariable } from './settingIndex.ts';

const kept = new WeakMap<SourceDocument, readonly Assignment[]>();

/** Assignments of a document without the environment names that no release of the framework knows; keys of Mesh dicts are all there. */
export function ownAssignments(document: SourceDocument): readonly Assignment[] {
  let own = kept.get(document);
  if (own === undefined) {
    own =
      document.kind === 'python'
        ? document.assignments.filter(({ layer, name }) => layer === 'mesh' || settingOfVariable(name) !== undefined)
        : notableNames(document).flatMap(({ setting, assignment }) =>
            setting === undefined || assignment === null ? [] : [assignment],
          );
    kept.set(document, own);
  }
  return own;
}

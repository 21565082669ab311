/** Names of env files that compose fills into its files: they are the project's own, whatever they are called. */
import { interpolationFiles } from '../../model/composeFilling.ts';
import { Latest } from '../../model/latest.ts';
import type { Workspace } from '../../model/references.ts';
import type { SourceDocument } from '../../model/types.ts';

const noNames: ReadonlySet<string> = new Set();
const byFile = new Latest<object, ReadonlyMap<string, ReadonlySet<string>>>();

/** Env file -> the names that compose files fill in from it; gathered once for a model. */
function composeNames(model: Workspace): ReadonlyMap<string, ReadonlySet<string>> {
  const known = byFile.get(model.documents);
  if (known !== undefined) return known;
  const names = new Map<string, Set<string>>();
  for (const document of model.documents.values()) {
    if (document.kind !== 'compose' || document.deployment === undefined) continue;
    for (const { uri } of interpolationFiles(document, model)) {
      const own = names.get(uri) ?? new Set<string>();
      for (const one of document.deployment.interpolations) own.add(one.name);
      names.set(uri, own);
    }
  }
  byFile.set(model.documents, names);
  return names;
}

/** Names of an env file that `${NAME}` of compose files takes from it. */
export function filledIntoCompose(document: SourceDocument, model: Workspace): ReadonlySet<string> {
  return composeNames(model).get(document.uri) ?? noNames;
}

/** Compose files and services that lead back to themselves; compose starts nothing then. */
import { pathFolder } from '../../model/composePlaces.ts';
import { baseOf, placedPart } from '../../model/composeServices.ts';
import { findDocument } from '../../model/references.ts';
import type { Related, SourceDocument, WorkspaceModel } from '../../model/types.ts';
import type { Range } from '../../text/position.ts';
import { type Place, type Reporter, type Rule, workspaceRule } from '../rule.ts';

/** A circle of people has two or three steps. */
const maxSteps = 200;

/** What a person starts lies above what it includes. */
const byPlace = (a: SourceDocument, b: SourceDocument): number =>
  a.uri.split('/').length - b.uri.split('/').length || (a.uri < b.uri ? -1 : 1);

/** An `include` whose file is on the way to it, walking from the first file of the circle. */
function reportIncludes(model: WorkspaceModel, documents: readonly SourceDocument[], report: Reporter): void {
  const done = new Set<SourceDocument>();
  const way: { readonly document: SourceDocument; readonly place: Place | null }[] = [];
  const walk = (document: SourceDocument): void => {
    if (done.has(document)) return;
    done.add(document);
    for (const { paths, range } of document.deployment?.includes ?? []) {
      for (const path of paths) {
        const next = findDocument(model, pathFolder(document, model), path, false);
        if (next?.kind !== 'compose') continue;
        const at: Place = { uri: document.uri, range };
        const from = next === document ? way.length : way.findIndex((step) => step.document === next);
        if (from < 0) {
          way.push({ document, place: at });
          walk(next);
          way.pop();
          continue;
        }
        const related: Related[] = way
          .slice(from)
          .flatMap((step) =>
            step.place === null ? [] : [{ ...step.place, message: `${step.document.name} includes the next file` }],
          );
        const what = next === document ? 'itself' : `${next.name}, which leads back to this file`;
        report({ at, message: `The file includes ${what}: compose stops with an error and starts nothing.`, related });
      }
    }
  };
  for (const document of documents) walk(document);
}

/** A service whose chain of `extends` comes back to it, told at the first service of the circle. */
function reportExtends(model: WorkspaceModel, documents: readonly SourceDocument[], report: Reporter): void {
  const told = new Set<string>();
  for (const document of documents) {
    for (const mark of document.marks) {
      if (mark.name !== 'extends-cycle') continue;
      report({
        at: { uri: document.uri, range: mark.range },
        message: `The service extends ${mark.value}, which leads back to it: compose stops with an error and starts nothing.`,
      });
    }
    for (const unit of document.deployment?.units ?? []) {
      if (unit.base === null) continue;
      const steps: { readonly key: string; readonly uri: string; readonly range: Range; readonly name: string }[] = [];
      const seen = new Set<string>();
      let part: ReturnType<typeof baseOf> = placedPart(document, unit, model);
      while (part?.unit.base != null && steps.length < maxSteps) {
        const key = `${part.document.uri} ${part.unit.name}`;
        if (seen.has(key)) break;
        seen.add(key);
        steps.push({ key, uri: part.document.uri, range: part.unit.base.range, name: part.unit.name });
        part = baseOf(part, model);
      }
      const [first, ...others] = steps;
      if (first === undefined || part === null || `${part.document.uri} ${part.unit.name}` !== first.key) continue;
      if (steps.some((step) => told.has(step.key))) continue;
      for (const step of steps) told.add(step.key);
      const way =
        others.length === 0
          ? 'itself'
          : `${unit.base.service}${unit.base.file === null ? '' : ` of ${unit.base.file}`}, which leads back to it`;
      report({
        at: { uri: first.uri, range: first.range },
        message: `${unit.name} extends ${way}: compose stops with an error and starts nothing.`,
        related: others.map((step) => ({ uri: step.uri, range: step.range, message: `${step.name} extends the next service` })),
      });
    }
  }
}

export const composeCycleRule: Rule = workspaceRule('compose-cycle', ({ model }, report) => {
  const documents = [...model.documents.values()].filter(
    ({ kind, deployment }) => kind === 'compose' && deployment !== undefined,
  );
  const including = documents.filter(({ deployment }) => (deployment?.includes?.length ?? 0) > 0).sort(byPlace);
  if (including.length > 0) reportIncludes(model, including, report);
  const extending = documents.filter(
    ({ deployment, marks }) =>
      marks.some(({ name }) => name === 'extends-cycle') || deployment?.units.some((unit) => unit.base !== null) === true,
  );
  if (extending.length > 0) reportExtends(model, extending.sort(byPlace), report);
});

/** The dicts of the constructions of one document, told apart once: a generated file has thousands of them. */
import type { Assignment, SourceDocument } from './types.ts';

const kept = new WeakMap<SourceDocument, ReadonlyMap<string | null, readonly Assignment[]>>();

/** The entries of one construction's Mesh dict in text order, repeated keys included. */
export function meshDict(document: SourceDocument, process: string): readonly Assignment[] {
  let dicts = kept.get(document);
  if (dicts === undefined) {
    const entries = document.assignments.filter((assignment) => assignment.layer === 'mesh');
    dicts = Map.groupBy(entries, (assignment) => assignment.process);
    kept.set(document, dicts);
  }
  return dicts.get(process) ?? [];
}

/** What is different between two models of one workspace. */
import type { DeclaredProcess, SourceDocument, WorkspaceModel } from '../model/types.ts';

export interface Delta {
  /** Documents in place of older ones with their URI, and where they stand in the order of the model. */
  readonly documents: ReadonlyMap<number, SourceDocument>;
  /** Places of the processes that are new objects. */
  readonly processes: readonly number[];
  /** URIs of these documents, and of all that declare these processes or give them variables, now or before. */
  readonly touched: ReadonlySet<string>;
}

/** Documents of these kinds can change much elsewhere, so after a change of one everything is looked at again. */
function isFarReaching({ kind, deployment, requirements, project, marks }: SourceDocument): boolean {
  // A README is typed like any text, and nearly every sentence of it says nothing.
  if (kind === 'requirements' && requirements.length === 0 && marks.length === 0) return false;
  return (kind !== 'dotenv' && kind !== 'python') || deployment !== undefined || requirements.length > 0 || project !== undefined;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

/** Null: too much is different to go through it one by one. */
export function deltaOf(before: WorkspaceModel, now: WorkspaceModel): Delta | null {
  const same =
    before.target === now.target &&
    before.profile === now.profile &&
    before.surroundings === now.surroundings &&
    before.documents.size === now.documents.size &&
    before.processes.length === now.processes.length &&
    sameTexts(before.roots, now.roots);
  if (!same) return null;
  const touched = new Set<string>();
  const documents = new Map<number, SourceDocument>();
  const old = before.documents.values();
  let place = 0;
  for (const document of now.documents.values()) {
    const { value } = old.next();
    if (value !== document) {
      if (value === undefined || value.uri !== document.uri || isFarReaching(value) || isFarReaching(document)) return null;
      documents.set(place, document);
      touched.add(document.uri);
    }
    place++;
  }
  const processes: number[] = [];
  for (let i = 0; i < now.processes.length; i++) {
    const one = now.processes[i];
    const other = before.processes[i];
    if (one === other) continue;
    if (one === undefined || one.id !== other?.id) return null;
    processes.push(i);
    for (const process of [one, other]) {
      addDocuments(process, touched);
      // Rules ask the program behind a service or unit about the files that these read.
      if (process.startedBy.length === 0) continue;
      for (const starter of now.processes) if (process.startedBy.includes(starter.id)) addDocuments(starter, touched);
    }
  }
  return { documents, processes, touched };
}

function addDocuments({ uri, environments }: DeclaredProcess, to: Set<string>): void {
  to.add(uri);
  for (const one of environments) to.add(one);
}

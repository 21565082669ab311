/** Which process a person means by a name. */
import { basename } from 'node:path';
import type { DeclaredProcess, WorkspaceModel } from '../config/model/types.ts';
import { declaredMembers } from '../fleet/declared.ts';
import { pathOf } from '../workspace/uris.ts';

export interface Runnable {
  readonly process: DeclaredProcess;
  readonly model: WorkspaceModel;
}

export type Choice =
  | { readonly kind: 'one'; readonly runnable: Runnable }
  | { readonly kind: 'none'; readonly names: readonly string[] }
  | { readonly kind: 'many'; readonly among: readonly Runnable[] };

/** The declared nodes, in the order of the files. */
export function nodesOf(models: readonly WorkspaceModel[]): readonly Runnable[] {
  const members = new Set(declaredMembers(models).map(({ process }) => process));
  return all(models).filter(({ process }) => members.has(process));
}

function all(models: readonly WorkspaceModel[]): readonly Runnable[] {
  return models.flatMap((model) => model.processes.map((process) => ({ process, model })));
}

/** What names a process beyond doubt: `FILE#ID`, its file being the last part of a path. */
export function selectorOf({ uri, declaration }: DeclaredProcess): string {
  return `${basename(pathOf(uri) ?? uri)}#${declaration.id}`;
}

/**
 * By name, else by file (`worker.py`), else by `FILE#ID`. Declared nodes come first: a program that a service starts has
 * the same name, and the service is the process.
 */
export function choose(models: readonly WorkspaceModel[], wanted: string): Choice {
  const every = all(models);
  const nodes = nodesOf(models);
  const tests: readonly ((process: DeclaredProcess) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ name }) => name === wanted,
    ({ uri }) => basename(pathOf(uri) ?? uri) === wanted,
    (process) => selectorOf(process) === wanted,
  ];
  for (const test of tests) {
    for (const group of [nodes, every]) {
      const found = group.filter(({ process }) => test(process));
      const [first] = found;
      if (first !== undefined) return found.length === 1 ? { kind: 'one', runnable: first } : { kind: 'many', among: found };
    }
  }
  return { kind: 'none', names: nodes.map(({ process }) => process.name) };
}

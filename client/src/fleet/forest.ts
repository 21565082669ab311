/** Rows by id, and what a tree must refresh to get from one forest to the next. */
import { type Row, renderKey } from './row.ts';

export interface Forest {
  readonly roots: readonly string[];
  readonly rows: ReadonlyMap<string, Row>;
  readonly parents: ReadonlyMap<string, string>;
}

export const emptyForest: Forest = { roots: [], rows: new Map(), parents: new Map() };

export function plant(roots: readonly Row[]): Forest {
  const rows = new Map<string, Row>();
  const parents = new Map<string, string>();
  const add = (row: Row): void => {
    rows.set(row.id, row);
    for (const child of row.children) {
      parents.set(child.id, row.id);
      add(child);
    }
  };
  for (const row of roots) add(row);
  return { roots: roots.map((row) => row.id), rows, parents };
}

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/**
 * What to refresh: `'all'` when top-level rows came, went or moved, else the ids of rows that look different or whose
 * children came, went or moved. An empty list means that nothing may be refreshed: a refresh closes an open hover.
 */
export function difference(before: Forest, after: Forest): 'all' | readonly string[] {
  if (!sameOrder(before.roots, after.roots)) return 'all';
  const changed: string[] = [];
  for (const [id, row] of after.rows) {
    const old = before.rows.get(id);
    if (old === undefined || old === row) continue;
    const children = (of: Row): string[] => of.children.map((child) => child.id);
    if (renderKey(old) !== renderKey(row) || !sameOrder(children(old), children(row))) changed.push(id);
  }
  return changed;
}

/** The rows of a tree by id, and what the tree must refresh to get from one set of them to the next. */
import { looksTheSame, type Row } from './row.ts';

/** Does no more for a change than there are top-level rows and changed rows: a row that is the same object is not looked at. */
export class Forest {
  readonly #rows = new Map<string, Row>();
  readonly #parents = new Map<string, string>();
  #roots: readonly Row[] = [];

  get roots(): readonly string[] {
    return this.#roots.map((row) => row.id);
  }

  row(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** The id of the row above; undefined for top-level rows. */
  parent(id: string): string | undefined {
    return this.#parents.get(id);
  }

  /**
   * Takes over the next rows.
   * @returns `'all'` when top-level rows came, went or moved, else the ids of rows that look different or whose children
   * came, went or moved. An empty list means that nothing may be refreshed: a refresh closes an open hover.
   */
  replace(roots: readonly Row[]): 'all' | readonly string[] {
    const changed: string[] = [];
    const gone: Row[] = [];
    const placed = new Set<string>();
    const sameOrder = this.#exchange(this.#roots, roots, null, { changed, gone, placed });
    this.#roots = roots;
    for (const row of gone) this.#remove(row, placed);
    return sameOrder ? changed : 'all';
  }

  /** @returns whether the same rows are there in the same order, whatever they look like now */
  #exchange(before: readonly Row[], after: readonly Row[], parent: string | null, result: Exchange): boolean {
    if (before === after) return true;
    const changed = placesOfOthers(before, after);
    if (changed !== null) {
      for (const place of changed) {
        const [old, row] = [before[place], after[place]];
        if (old !== undefined && row !== undefined) this.#update(old, row, result);
      }
      return true;
    }
    const { left, came } = this.#moved(before, after);
    for (const row of came) {
      const known = left.get(row.id);
      left.delete(row.id);
      if (known === row) result.placed.add(row.id);
      else if (known === undefined) this.#add(row, parent, result.placed);
      else this.#update(known, row, result);
    }
    for (const row of left.values()) result.gone.push(row);
    return false;
  }

  /** Rows that are no longer where they were among the others, and those that are new there: mostly few of many. */
  #moved(before: readonly Row[], after: readonly Row[]): { readonly left: Map<string, Row>; readonly came: readonly Row[] } {
    const left = new Map<string, Row>();
    const came: Row[] = [];
    let next = 0;
    for (let index = 0; ; index++) {
      for (; next < before.length && before[next] === after[index]; next++) index++;
      const row = after[index];
      if (row === undefined) break;
      // A row that is the same object as before stands further down; what is above it has left its place.
      const kept = this.#rows.get(row.id) === row;
      for (let old = before[next]; kept && old !== undefined && old !== row; old = before[++next]) left.set(old.id, old);
      if (before[next] === row) next++;
      else came.push(row);
    }
    for (const old of before.slice(next)) left.set(old.id, old);
    return { left, came };
  }

  #update(old: Row, row: Row, result: Exchange): void {
    result.placed.add(row.id);
    this.#rows.set(row.id, row);
    const at = result.changed.length;
    const sameChildren = this.#exchange(old.children, row.children, row.id, result);
    // The row before those below it, as they stand on screen.
    if (!sameChildren || !looksTheSame(old, row)) result.changed.splice(at, 0, row.id);
  }

  #add(row: Row, parent: string | null, placed: Set<string>): void {
    placed.add(row.id);
    this.#rows.set(row.id, row);
    if (parent === null) this.#parents.delete(row.id);
    else this.#parents.set(row.id, parent);
    for (const child of row.children) this.#add(child, row.id, placed);
  }

  /** A row that moved below another one has been placed there already, with all that is below it. */
  #remove(row: Row, placed: ReadonlySet<string>): void {
    if (!placed.has(row.id)) {
      this.#rows.delete(row.id);
      this.#parents.delete(row.id);
    }
    for (const child of row.children) this.#remove(child, placed);
  }
}

/** Where two lists with the same rows in the same order have other objects for them; null: it is not the same. */
function placesOfOthers(before: readonly Row[], after: readonly Row[]): readonly number[] | null {
  if (before.length !== after.length) return null;
  const places: number[] = [];
  for (let place = 0; place < after.length; place++) {
    if (before[place] === after[place]) continue;
    if (before[place]?.id !== after[place]?.id) return null;
    places.push(place);
  }
  return places;
}

interface Exchange {
  readonly changed: string[];
  readonly gone: Row[];
  /** Ids of rows that are where they belong now. */
  readonly placed: Set<string>;
}

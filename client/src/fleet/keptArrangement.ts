/** Rows as a person wants them to stand, kept from one list of them to the next: looked at are those that changed. */
import { type Arrangement, isWanted, orderings, plain } from './arrangement.ts';
import { GroupRows } from './groupRows.ts';
import { KeptOrder } from './keptOrder.ts';
import type { Language } from './language.ts';
import { changedPlaces } from './places.ts';
import type { Row } from './row.ts';

export class KeptArrangement {
  readonly #l10n: Language;
  #arrangement = plain;
  #order = new KeptOrder(orderings[plain.sortBy]);
  #groups: GroupRows | null = null;
  #rows: readonly Row[] = [];
  /** For each row whether it passes the filter; not kept without one. */
  #wanted: boolean[] = [];

  constructor(l10n: Language) {
    this.#l10n = l10n;
  }

  /** @param rows with different ids; one that is the same object as before is the same */
  rows(rows: readonly Row[], arrangement: Arrangement): Row[] {
    const { groupBy, sortBy, filter } = arrangement;
    const before = this.#arrangement;
    const same = before.groupBy === groupBy && before.sortBy === sortBy && before.filter === filter;
    if (!same) {
      this.#arrangement = arrangement;
      this.#groups = groupBy === 'none' ? null : new GroupRows(groupBy, this.#l10n);
      if (before.sortBy !== sortBy) this.#order = new KeptOrder(orderings[sortBy]);
    }
    const places = same ? changedPlaces(this.#rows, rows) : [...rows.keys()];
    this.#rows = rows;
    const order = this.#order.places(rows);
    const isShown = this.#filter(rows, places, filter);
    return this.#groups?.rows(rows, places, order, isShown) ?? inOrder(rows, order, isShown);
  }

  #filter(rows: readonly Row[], places: readonly number[], filter: string): (place: number) => boolean {
    if (filter === '') return () => true;
    const wanted = this.#wanted;
    const passes = isWanted(filter);
    for (const place of places) {
      const row = rows[place];
      wanted[place] = row !== undefined && passes(row);
    }
    return (place) => wanted[place] === true;
  }
}

function inOrder(rows: readonly Row[], order: Iterable<number>, isShown: (place: number) => boolean): Row[] {
  const all: Row[] = [];
  for (const place of order) {
    const row = rows[place];
    if (row !== undefined && isShown(place)) all.push(row);
  }
  return all;
}

/** Rows below a row per group, kept from one list to the next: made anew are the groups that a changed row goes from or to. */
import { type Group, type Grouping, groupOf, groupOrderings, groupRow } from './arrangement.ts';
import { KeptOrder } from './keptOrder.ts';
import type { Language } from './language.ts';
import type { Row } from './row.ts';

interface Kept {
  readonly group: Group;
  /** Which list of rows it was last made from, in the sequence of these. */
  stale: boolean;
  row: Row | null;
  children: Row[];
}

export class GroupRows {
  readonly #groupBy: Exclude<Grouping, 'none'>;
  readonly #l10n: Language;
  readonly #groups = new Map<string, Kept>();
  /** The group of the row at each place; null: not shown. */
  readonly #at: (Kept | null)[] = [];
  readonly #order: KeptOrder<Kept>;

  constructor(groupBy: Exclude<Grouping, 'none'>, l10n: Language) {
    this.#groupBy = groupBy;
    this.#l10n = l10n;
    const { compare } = groupOrderings[groupBy];
    this.#order = new KeptOrder<Kept>({
      idOf: ({ group }) => group.key,
      keyOf: ({ group }) => group.label,
      compare: (a, b) => compare(a.group, b.group),
    });
  }

  /**
   * @param places of the rows that changed since the last time
   * @param order places of all rows
   * @param isShown whether the row at a place is
   */
  rows(rows: readonly Row[], places: readonly number[], order: Iterable<number>, isShown: (place: number) => boolean): Row[] {
    const stale = new Set<Kept>();
    for (const place of places) {
      const row = rows[place];
      const before = this.#at[place] ?? null;
      const now = row === undefined || !isShown(place) ? null : this.#group(row);
      if (place < rows.length) this.#at[place] = now;
      for (const kept of [before, now]) if (kept !== null) stale.add(kept);
    }
    this.#at.length = rows.length;
    if (stale.size > 0) this.#fill(rows, order, stale);
    return this.#order.sort([...this.#groups.values()]).flatMap(({ row }) => row ?? []);
  }

  #group(row: Row): Kept {
    const group = groupOf(row, this.#groupBy, this.#l10n);
    const known = this.#groups.get(group.key);
    if (known !== undefined) return known;
    const kept: Kept = { group, stale: false, row: null, children: [] };
    this.#groups.set(group.key, kept);
    return kept;
  }

  #fill(rows: readonly Row[], order: Iterable<number>, stale: ReadonlySet<Kept>): void {
    for (const kept of stale) {
      kept.stale = true;
      kept.children = [];
    }
    for (const place of order) {
      const kept = this.#at[place];
      const row = rows[place];
      if (kept?.stale === true && row !== undefined) kept.children.push(row);
    }
    for (const kept of stale) {
      kept.stale = false;
      kept.row = groupRow(kept.group, this.#groupBy, kept.children, this.#l10n);
      if (kept.children.length === 0) this.#groups.delete(kept.group.key);
    }
  }
}

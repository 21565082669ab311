/**
 * Sorts a long list again and again while few of its members change: names are compared in the person's language, which
 * takes a frame and more for some thousand of them, so only the new ones are.
 */
export interface Ordering<T> {
  idOf(item: T): string;
  /** What decides the place beside the id: an item with another key is placed anew. */
  keyOf(item: T): string;
  compare(a: T, b: T): number;
}

export class KeptOrder<T> {
  readonly #ordering: Ordering<T>;
  #items: readonly T[] = [];
  #sorted: readonly T[] = [];
  /** For each place in the sorted list where its item stands among the items as they came. */
  #places = new Uint32Array();

  constructor(ordering: Ordering<T>) {
    this.#ordering = ordering;
  }

  /** @param items with different ids; not changed */
  sort(items: readonly T[]): T[] {
    const same = items.length === this.#items.length && items.every((item, index) => this.#alike(item, this.#items[index]));
    const sorted = same ? this.#rearranged(items) : this.#resorted(items);
    if (!same) {
      const places = new Map(items.map((item, index) => [item, index]));
      this.#places = Uint32Array.from(sorted, (item) => places.get(item) ?? 0);
    }
    this.#items = items;
    this.#sorted = sorted;
    return [...sorted];
  }

  #alike(item: T, last: T | undefined): boolean {
    if (item === last) return true;
    const { idOf, keyOf } = this.#ordering;
    return last !== undefined && idOf(item) === idOf(last) && keyOf(item) === keyOf(last);
  }

  #rearranged(items: readonly T[]): T[] {
    const sorted: T[] = [];
    for (const place of this.#places) {
      const item = items[place];
      if (item !== undefined) sorted.push(item);
    }
    return sorted;
  }

  #resorted(items: readonly T[]): T[] {
    const { idOf, keyOf, compare } = this.#ordering;
    const unplaced = new Map<string, T>();
    for (const item of items) unplaced.set(idOf(item), item);
    const kept: T[] = [];
    for (const old of this.#sorted) {
      const id = idOf(old);
      const now = unplaced.get(id);
      if (now === undefined || (now !== old && keyOf(now) !== keyOf(old))) continue;
      kept.push(now);
      unplaced.delete(id);
    }
    const fresh = [...unplaced.values()].sort(compare);
    return fresh.length === 0 ? kept : insert(kept, fresh, compare);
  }
}

/** Puts some ordered items into a long ordered list with few comparisons. */
function insert<T>(list: readonly T[], items: readonly T[], compare: (a: T, b: T) => number): T[] {
  const all: T[] = [];
  let from = 0;
  for (const item of items) {
    let low = from;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = list[middle];
      if (there !== undefined && compare(there, item) <= 0) low = middle + 1;
      else high = middle;
    }
    for (const before of list.slice(from, low)) all.push(before);
    all.push(item);
    from = low;
  }
  for (const rest of list.slice(from)) all.push(rest);
  return all;
}

/**
 * Sorts a long list again and again while few of its members change: names are compared in the person's language, which
 * takes a frame and more for some thousand of them, so only the new ones are.
 */
import { changedPlaces } from './places.ts';

export interface Ordering<T> {
  idOf(item: T): string;
  /** What decides the place beside the id: an item with another key is placed anew. */
  keyOf(item: T): string;
  compare(a: T, b: T): number;
}

/** Stands for the place of an item that is not there any more. */
const gone = -1;

export class KeptOrder<T extends object> {
  readonly #ordering: Ordering<T>;
  #items: readonly T[] = [];
  /** Where the items stand in the list they came in, the first of the order first. */
  #order: Int32Array = new Int32Array();

  constructor(ordering: Ordering<T>) {
    this.#ordering = ordering;
  }

  /** @param items with different ids; not changed */
  sort(items: readonly T[]): T[] {
    const sorted: T[] = [];
    for (const place of this.places(items)) {
      const item = items[place];
      if (item !== undefined) sorted.push(item);
    }
    return sorted;
  }

  /** Places in `items`, that of the first item of the order first. The same object as long as the order is. */
  places(items: readonly T[]): Int32Array {
    const before = this.#items;
    this.#items = items;
    const changed = changedPlaces(before, items).filter((place) => !this.#alike(before[place], items[place]));
    if (changed.length > 0) this.#order = this.#replaced(before, items, changed);
    return this.#order;
  }

  #alike(last: T | undefined, item: T | undefined): boolean {
    const { idOf, keyOf } = this.#ordering;
    return last !== undefined && item !== undefined && idOf(item) === idOf(last) && keyOf(item) === keyOf(last);
  }

  #replaced(before: readonly T[], items: readonly T[], changed: readonly number[]): Int32Array {
    const { idOf, keyOf, compare } = this.#ordering;
    const left = new Map<string, number>();
    const standsAt = Int32Array.from(before.keys());
    for (const place of changed) {
      const old = before[place];
      if (old === undefined) continue;
      left.set(idOf(old), place);
      standsAt[place] = gone;
    }
    const fresh: { readonly item: T; readonly place: number }[] = [];
    for (const place of changed) {
      const item = items[place];
      if (item === undefined) continue;
      const from = left.get(idOf(item));
      const old = from === undefined ? undefined : before[from];
      if (from !== undefined && old !== undefined && keyOf(old) === keyOf(item)) {
        // It only stands elsewhere in the list.
        standsAt[from] = place;
        left.delete(idOf(item));
      } else fresh.push({ item, place });
    }
    const kept = new Int32Array(items.length - fresh.length);
    let length = 0;
    for (const place of this.#order) {
      const now = standsAt[place] ?? gone;
      if (now !== gone) kept[length++] = now;
    }
    fresh.sort((a, b) => compare(a.item, b.item));
    return merged(
      kept,
      fresh.map(({ place }) => place),
      (there, place) => {
        const [a, b] = [items[there], items[place]];
        return a === undefined || b === undefined ? 0 : compare(a, b);
      },
    );
  }
}

/** Puts some ordered places into a long ordered list of them with few comparisons. */
function merged(list: Int32Array, places: readonly number[], compare: (there: number, place: number) => number): Int32Array {
  if (places.length === 0) return list;
  const all = new Int32Array(list.length + places.length);
  let from = 0;
  for (const [above, place] of places.entries()) {
    const low = placeFor(list, (there) => compare(there, place), from);
    all.set(list.subarray(from, low), from + above);
    all[low + above] = place;
    from = low;
  }
  all.set(list.subarray(from), from + places.length);
  return all;
}

/**
 * How many items of an ordered list come before, or are equal to, what `compare` compares them with.
 * @param from so many are known to
 */
export function placeFor<T>(
  list: { readonly length: number; readonly [index: number]: T },
  compare: (there: T) => number,
  from = 0,
): number {
  let low = from;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = list[middle];
    if (there !== undefined && compare(there) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What is different in the next version of a long list of immutable things. Items keep their places while none comes or
 * goes, so identities at the same place tell it: nothing of the items themselves is read, which would take most of a frame
 * for some thousand of them that lie anywhere in memory.
 */

interface Difference {
  readonly before: readonly object[];
  readonly after: readonly object[];
  readonly places: readonly number[];
}

/** Whoever shows something of a view compares it with the same one before: the last answer is mostly the next one. */
let last: Difference = { before: [], after: [], places: [] };

/** Places at which two lists hold different objects, ascending; where one is longer, the rest of it. The lists do not change. */
export function changedPlaces(before: readonly object[], after: readonly object[]): readonly number[] {
  if (before === after) return [];
  if (last.before !== before || last.after !== after) last = { before, after, places: differences(before, after) };
  return last.places;
}

function differences(before: readonly object[], after: readonly object[]): readonly number[] {
  const places: number[] = [];
  const common = Math.min(before.length, after.length);
  for (let place = 0; place < common; place++) if (before[place] !== after[place]) places.push(place);
  const end = Math.max(before.length, after.length);
  for (let place = common; place < end; place++) places.push(place);
  return places;
}

/** Which of a list have a property, kept from version to version: only what changed is asked. */
export class Matches<T extends object> {
  readonly #has: (item: T) => boolean;
  #items: readonly T[] = [];
  readonly #places = new Set<number>();

  /** @param has gives the same for the same object */
  constructor(has: (item: T) => boolean) {
    this.#has = has;
  }

  count(items: readonly T[]): number {
    this.#take(items);
    return this.#places.size;
  }

  /** Those that have it, in the order of the list. */
  of(items: readonly T[]): readonly T[] {
    return this.#ascending(items).flatMap((place) => items[place] ?? []);
  }

  /** Those that do not; the same list where none has it. */
  others(items: readonly T[]): readonly T[] {
    const places = this.#ascending(items);
    if (places.length === 0) return items;
    const parts: (readonly T[])[] = [];
    let from = 0;
    for (const place of places) {
      parts.push(items.slice(from, place));
      from = place + 1;
    }
    return [...parts.flat(), ...items.slice(from)];
  }

  #ascending(items: readonly T[]): readonly number[] {
    this.#take(items);
    return this.#places.size === 0 ? [] : [...this.#places].sort((a, b) => a - b);
  }

  #take(items: readonly T[]): void {
    for (const place of changedPlaces(this.#items, items)) {
      const item = items[place];
      if (item !== undefined && this.#has(item)) this.#places.add(place);
      else this.#places.delete(place);
    }
    this.#items = items;
  }
}

/**
 * Ids that are in the one list and not in the next.
 * @param places as `changedPlaces` gives them
 */
export function goneIds<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  places: readonly number[],
): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const place of places) {
    const old = before[place];
    if (old !== undefined && old.id !== after[place]?.id) gone.add(old.id);
  }
  if (gone.size > 0) for (const place of places) gone.delete(after[place]?.id ?? '');
  return gone;
}

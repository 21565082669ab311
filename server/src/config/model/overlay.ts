/**
 * A map over another one: what a process sets itself over the defaults of its release, which thousands of processes share
 * instead of each having a copy.
 */
export class OverlayMap<K, V> implements ReadonlyMap<K, V> {
  readonly #base: ReadonlyMap<K, V>;
  readonly #own: ReadonlyMap<K, V>;

  /** @param own Its entries hide those of `base`; names `base` does not know come last. */
  constructor(base: ReadonlyMap<K, V>, own: ReadonlyMap<K, V>) {
    this.#base = base;
    this.#own = own;
  }

  /** The entries that hide those of the other map, or that it does not know. */
  get own(): ReadonlyMap<K, V> {
    return this.#own;
  }

  get(key: K): V | undefined {
    return this.#own.get(key) ?? this.#base.get(key);
  }

  has(key: K): boolean {
    return this.#own.has(key) || this.#base.has(key);
  }

  get size(): number {
    let size = this.#base.size;
    for (const key of this.#own.keys()) if (!this.#base.has(key)) size++;
    return size;
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#base) yield [key, this.#own.get(key) ?? value];
    for (const [key, value] of this.#own) if (!this.#base.has(key)) yield [key, value];
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(call: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) call(value, key, this);
  }
}

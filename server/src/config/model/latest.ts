/**
 * What was computed for the latest keys of a kind of which every keystroke makes a new one: a model, its list of processes,
 * a fleet. A WeakMap is wrong for these: to the collector of young objects everything an old table holds is in use, so each
 * result would be copied twice and stay, with all it refers to, until the next full collection.
 */
export class Latest<K extends object, V> {
  #key: K | null = null;
  #value: V | undefined;
  #olderKey: K | null = null;
  #olderValue: V | undefined;

  /** The result for a key that is one of the last two; undefined for any other. */
  get(key: K): V | undefined {
    if (key === this.#key) return this.#value;
    return key === this.#olderKey ? this.#olderValue : undefined;
  }

  set(key: K, value: V): void {
    if (key !== this.#key) {
      this.#olderKey = this.#key;
      this.#olderValue = this.#value;
      this.#key = key;
    }
    this.#value = value;
  }
}

/** How often a language server that ends by itself is started again. */

const MOST = 4;
const WITHIN_MS = 180_000;

export class RestartPolicy {
  readonly #now: () => number;
  #ends: number[] = [];

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts one unexpected end; false: it ended too often in a short time, starting it again would not help. */
  ended(): boolean {
    const now = this.#now();
    this.#ends = [...this.#ends.filter((at) => now - at < WITHIN_MS), now];
    return this.#ends.length <= MOST;
  }

  /** The person asked for a start: the past no longer counts. */
  forgive(): void {
    this.#ends = [];
  }
}

/** Runs an action at once when asked for, and then at most once per gap, however often it is asked for. */
export class Coalescer {
  readonly #gapMs: number;
  readonly #run: () => void;
  #timer: NodeJS.Timeout | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #disposed = false;

  constructor(gapMs: number, run: () => void) {
    this.#gapMs = gapMs;
    this.#run = run;
  }

  request(): void {
    if (this.#timer !== null || this.#disposed) return;
    // Never inside the caller: several changes of one event-loop turn are one.
    const waitMs = Math.max(0, this.#lastMs + this.#gapMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lastMs = performance.now();
      this.#run();
    }, waitMs);
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

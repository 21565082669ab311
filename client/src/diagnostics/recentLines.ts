/** The last lines of the log, kept because an output channel cannot be read back. */

const MOST_LINES = 200;
const LONGEST = 1_000;

export class RecentLines {
  readonly #lines: string[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Oldest first: "2026-11-21T10:42:07.000Z error …". */
  get lines(): readonly string[] {
    return this.#lines;
  }

  add(level: string, text: string): void {
    const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
    this.#lines.push(`${this.#now().toISOString()} ${level} ${short}`);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
  }
}

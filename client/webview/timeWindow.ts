/** Which stretch of time the timeline shows. */

export const SHORTEST_MS = 5_000;
export const LONGEST_MS = 48 * 3_600_000;
export const FIRST_MS = 5 * 60_000;

export class TimeWindow {
  #lengthMs = FIRST_MS;
  /** Null: now, whenever that is. */
  #end: number | null = null;

  get following(): boolean {
    return this.#end === null;
  }

  get lengthMs(): number {
    return this.#lengthMs;
  }

  /** @param now milliseconds since 1970 */
  range(now: number): readonly [from: number, to: number] {
    const to = this.#end ?? now;
    return [to - this.#lengthMs, to];
  }

  /**
   * Shows `factor` times as much detail; the moment at `share` of the width stays where it is.
   * @param share 0 at the left, 1 at the right
   */
  zoom(factor: number, share: number, now: number): void {
    const [from, to] = this.range(now);
    const moment = from + (to - from) * share;
    this.#lengthMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, this.#lengthMs / factor));
    if (this.following && share === 1) return;
    this.#set(moment + this.#lengthMs * (1 - share), now);
  }

  /** Moves by a share of the length; positive: later. */
  pan(share: number, now: number): void {
    const [, to] = this.range(now);
    this.#set(to + this.#lengthMs * share, now);
  }

  follow(): void {
    this.#end = null;
  }

  #set(end: number, now: number): void {
    // There is nothing to see in the future: whoever goes there follows.
    this.#end = end >= now ? null : end;
  }
}

/** What is measured is the same for ours, serf and the framework's own nodes: who shows whom as what, and when. */

export type Shown = 'alive' | 'suspect' | 'dead' | 'left';

export interface BenchNode {
  /** As the other nodes' views name it. */
  readonly name: string;
  /** The process that takes part in the fleet. */
  readonly pid: number;
  /** When it could send its first packet, on the clock of `performance.now()`. */
  readonly readyMs: number;
  readonly view: View;
  kill(): void;
  /** Says goodbye; null: the program knows no goodbye. */
  readonly leave: (() => void) | null;
  /** Ends it, however. */
  end(): Promise<void>;
}

export interface Program {
  readonly name: string;
  /** How many may start at the same time while a fleet is set up: a Python node waits for seconds. */
  readonly startsAtOnce: number;
  /** Why it cannot be measured here, or null. */
  missing(): Promise<string | null>;
  /** @param again the killed node whose place (address and name) the new process takes */
  start(seeds: readonly BenchNode[], again?: BenchNode): Promise<BenchNode>;
}

/** What one node has shown of the others, with times. */
export class View {
  private readonly log: { readonly about: string; readonly state: Shown; readonly atMs: number }[] = [];
  private readonly waiting = new Set<() => void>();

  show(about: string, state: Shown, atMs = performance.now()): void {
    this.log.push({ about, state, atMs });
    for (const check of [...this.waiting]) check();
  }

  /** How often anybody was shown as one of `states`, from `sinceMs` on. */
  count(states: readonly Shown[], sinceMs: number): number {
    return this.log.filter(({ state, atMs }) => atMs >= sinceMs && states.includes(state)).length;
  }

  /** When `about` was first shown as one of `states`, from `sinceMs` on; Infinity when not within `limitMs`. */
  when(about: string, states: readonly Shown[], sinceMs: number, limitMs: number): Promise<number> {
    return new Promise((resolve) => {
      const finish = (atMs: number): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve(atMs);
      };
      const check = (): void => {
        const found = this.log.find((line) => line.about === about && states.includes(line.state) && line.atMs >= sinceMs);
        if (found !== undefined) finish(found.atMs);
      };
      const timer = setTimeout(() => finish(Number.POSITIVE_INFINITY), limitMs);
      this.waiting.add(check);
      check();
    });
  }
}

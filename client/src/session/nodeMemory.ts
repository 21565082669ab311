/** What of the local node outlives its window: whether it ran, whom it joined, and what a person agreed to. */
import type * as vscode from 'vscode';

const RUNNING = 'node.running';
const SEEDS = 'node.seeds';
const AGREED = 'node.agreed';

export class NodeMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get wasRunning(): boolean {
    return this.#state.get(RUNNING, false);
  }

  /** Seeds that a person chose with "Join Fleet…"; null: those of the settings, else those declared. */
  get seeds(): string[] | null {
    return this.#state.get<string[] | null>(SEEDS, null);
  }

  /** What the person last asked for; a crash does not count as a stop. */
  async remember(running: boolean): Promise<void> {
    if (this.wasRunning !== running) await this.#state.update(RUNNING, running);
  }

  async join(seeds: readonly string[] | null): Promise<void> {
    await this.#state.update(SEEDS, seeds);
  }

  /** Whether a person agreed to be reached at `host` in order to join these seeds. */
  hasAgreed(host: string, seeds: readonly string[]): boolean {
    return this.#state.get<string[]>(AGREED, []).includes(agreement(host, seeds));
  }

  async agree(host: string, seeds: readonly string[]): Promise<void> {
    const known = this.#state.get<string[]>(AGREED, []);
    const now = agreement(host, seeds);
    if (!known.includes(now)) await this.#state.update(AGREED, [...known, now].slice(-20));
  }
}

function agreement(host: string, seeds: readonly string[]): string {
  return `${host} ${seeds.toSorted().join(' ')}`;
}

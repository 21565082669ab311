/** Whether the local node ran in this workspace when its window was last closed or reloaded. */
import type * as vscode from 'vscode';

const KEY = 'node.running';

export class NodeMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get wasRunning(): boolean {
    return this.#state.get(KEY, false);
  }

  /** What the person last asked for; a crash does not count as a stop. */
  async remember(running: boolean): Promise<void> {
    if (this.wasRunning !== running) await this.#state.update(KEY, running);
  }
}

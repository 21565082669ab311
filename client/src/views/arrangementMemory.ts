/** How a person wants the nodes to stand: the settings say how, the window remembers the filter. */
import * as vscode from 'vscode';
import { type Arrangement, groupings, orders } from '../fleet/arrangement.ts';

const FILTER = 'peers.filter';

export class ArrangementMemory implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  #filter: string;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#filter = state.get(FILTER, '');
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('jarviscoreFleet.peers')) this.#changed.fire();
    });
  }

  get arrangement(): Arrangement {
    const settings = vscode.workspace.getConfiguration('jarviscoreFleet.peers');
    return {
      groupBy: groupings.find((one) => one === settings.get('groupBy')) ?? 'none',
      sortBy: orders.find((one) => one === settings.get('sortBy')) ?? 'name',
      filter: this.#filter,
    };
  }

  filter(text: string): void {
    const next = text.trim();
    if (next === this.#filter) return;
    this.#filter = next;
    void this.#state.update(FILTER, next);
    this.#changed.fire();
  }

  /** Changed where it is set already, else for all windows: it is how a person likes it, not part of a project. */
  async set(name: 'groupBy' | 'sortBy', value: string): Promise<void> {
    const settings = vscode.workspace.getConfiguration('jarviscoreFleet.peers');
    const known = settings.inspect(name);
    const target = known?.workspaceValue === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
    await settings.update(name, value, target);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

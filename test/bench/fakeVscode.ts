/** As much of the `vscode` module as the two trees of the sidebar need to work without a window; it draws nothing. */
import type { TreeDataProvider } from 'vscode';

export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly event = (listener: (event: T) => void): void => void this.#listeners.add(listener);
  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;
  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;

/** Of an expanded row so many children fit on the screen. */
const screenful = 50;

/** How many rows were asked for since the last time somebody looked. */
let asked = 0;

export function rowsAskedFor(): number {
  const count = asked;
  asked = 0;
  return count;
}

/** Asks for rows as VS Code does: for all at the top once, then for those that are refreshed, and what is open below them. */
class TreeView {
  readonly #provider: TreeDataProvider<string>;
  readonly #known = new Set<string>();

  constructor(provider: TreeDataProvider<string>) {
    this.#provider = provider;
    provider.onDidChangeTreeData?.((what) => {
      if (Array.isArray(what)) for (const id of what) this.#refresh(id);
      else this.#open();
    });
  }

  #open(): void {
    const roots = this.#provider.getChildren() as string[];
    this.#known.clear();
    for (const id of roots) {
      this.#known.add(id);
      this.#refresh(id);
    }
  }

  #refresh(id: string): void {
    // A row that was never on screen is asked for when it is.
    if (!this.#known.has(id)) return;
    const { collapsibleState } = this.#item(id);
    if (collapsibleState !== TreeItemCollapsibleState.Expanded) return;
    for (const child of (this.#provider.getChildren(id) as string[]).slice(0, screenful)) this.#item(child);
  }

  #item(id: string): TreeItem {
    asked += 1;
    return this.#provider.getTreeItem(id) as TreeItem;
  }

  dispose(): void {}
}

export const window = {
  createTreeView: (_id: string, options: { readonly treeDataProvider: TreeDataProvider<string> }): TreeView =>
    new TreeView(options.treeDataProvider),
};

export const languages = { registerCodeLensProvider: (): { dispose(): void } => ({ dispose: () => {} }) };

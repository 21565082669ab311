/** Shows a forest of rows as a VS Code tree and refreshes only what looks different. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Forest } from '../fleet/forest.ts';
import type { Row } from '../fleet/row.ts';

const COLLAPSIBLE = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** Makes the tooltip of a row when it is hovered; undefined: VS Code shows the label. */
export type Tooltip = (row: Row) => vscode.MarkdownString | undefined;

/** The tree's elements are row ids: VS Code finds rows again by identity, and a string is identical to its next copy. */
export class RowTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tooltip: Tooltip;
  readonly #forest = new Forest();

  constructor(tooltip: Tooltip) {
    this.#tooltip = tooltip;
  }

  show(roots: readonly Row[]): void {
    const what = this.#forest.replace(roots);
    // Refreshing a row closes its hover even if nothing visible changed (measured in VS Code 1.139).
    if (what === 'all') this.#changed.fire(undefined);
    else if (what.length > 0) this.#changed.fire([...what]);
  }

  row(id: string): Row | undefined {
    return this.#forest.row(id);
  }

  getChildren(id?: string): string[] {
    if (id === undefined) return [...this.#forest.roots];
    return this.#forest.row(id)?.children.map((child) => child.id) ?? [];
  }

  getParent(id: string): string | undefined {
    return this.#forest.parent(id);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.#forest.row(id);
    // VS Code may ask once more for a row that has just gone.
    if (row === undefined) return new vscode.TreeItem('');
    const item = new vscode.TreeItem(row.label, COLLAPSIBLE[row.collapsible]);
    item.id = row.id;
    item.description = row.description;
    item.iconPath = new vscode.ThemeIcon(
      row.icon.id,
      row.icon.color === null ? undefined : new vscode.ThemeColor(row.icon.color),
    );
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.ariaLabel };
    if (row.place !== null) {
      item.command = {
        command: 'jarviscoreFleet.revealConfiguration',
        title: l10n.t('Reveal Configuration'),
        arguments: [row.id],
      };
    } else if (row.command !== undefined) {
      item.command = { command: row.command, title: row.label, arguments: [row.id] };
    }
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, id: string): vscode.TreeItem {
    const row = this.#forest.row(id);
    const tooltip = row === undefined ? undefined : this.#tooltip(row);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

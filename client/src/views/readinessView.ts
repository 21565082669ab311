/** The checklists as a tree: asked for when somebody looks, and again when the files have changed since. */
import * as vscode from 'vscode';
import type { ReadinessFolder } from '#schemas/editor/workspaceMessages.ts';
import type { Language } from '../fleet/language.ts';
import type { Row } from '../fleet/row.ts';
import { readinessRows, summary } from '../readiness/readinessRows.ts';
import type { ContextKeys } from '../status/contextKeys.ts';
import { RowTree } from './rowTree.ts';

/** Keystrokes come in a row: the checklists are judged once they pause. Milliseconds. */
const pauseMs = 300;

export class ReadinessView implements vscode.Disposable {
  /** A row is cut in a narrow sidebar; its sentence is not. */
  readonly #tree = new RowTree((row) => new vscode.MarkdownString().appendText(row.ariaLabel));
  readonly #view: vscode.TreeView<string>;
  readonly #language: Language;
  readonly #keys: ContextKeys;
  readonly #problem: (text: string) => void;
  #ask: (() => Promise<unknown>) | null = null;
  #stale = true;
  #asking = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(language: Language, keys: ContextKeys, problem: (text: string) => void) {
    this.#language = language;
    this.#keys = keys;
    this.#problem = problem;
    this.#view = vscode.window.createTreeView('jarviscoreFleet.readiness', {
      treeDataProvider: this.#tree,
      showCollapseAll: true,
    });
    this.#view.onDidChangeVisibility(() => this.#look());
    this.#keys.set('jarviscoreFleet.readiness', 'off');
  }

  /** The server answers. @param ask sends `readinessRequest` */
  connected(ask: () => Promise<unknown>): void {
    this.#ask = ask;
    this.stale();
  }

  /** The server is gone; what it said last stays readable until it is given up. */
  disconnected(again: boolean): void {
    this.#ask = null;
    if (again) return;
    this.#tree.show([]);
    this.#keys.set('jarviscoreFleet.readiness', 'off');
    this.#view.description = '';
  }

  /** What is shown may no longer hold. */
  stale(): void {
    this.#stale = true;
    this.#look();
  }

  row(id: string): Row | undefined {
    return this.#tree.row(id);
  }

  get selected(): string | undefined {
    return this.#view.visible ? this.#view.selection[0] : undefined;
  }

  #look(): void {
    if (!this.#stale || this.#ask === null || this.#asking || this.#timer !== null || !this.#view.visible) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#fetch();
    }, pauseMs);
  }

  async #fetch(): Promise<void> {
    const ask = this.#ask;
    if (ask === null) return;
    this.#asking = true;
    this.#stale = false;
    try {
      const location = { viewId: 'jarviscoreFleet.readiness' };
      const answer = await vscode.window.withProgress({ location }, ask);
      const { readinessRequest } = await import('#schemas/editor/workspaceMessages.ts');
      const parsed = readinessRequest.result.safeParse(answer);
      if (parsed.success) this.#show(parsed.data?.folders ?? null);
      else this.#problem(`The checklists cannot be read: ${parsed.error.message}`);
    } catch (error) {
      this.#problem(`The checklists could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#asking = false;
      this.#look();
    }
  }

  #show(folders: readonly ReadinessFolder[] | null): void {
    const rows = folders === null ? [] : readinessRows(folders, this.#language);
    this.#tree.show(rows);
    this.#keys.set('jarviscoreFleet.readiness', folders === null ? 'untrusted' : rows.length === 0 ? 'none' : 'shown');
    const items = (folders ?? []).filter(({ processes }) => processes > 0).flatMap((folder) => folder.items);
    const description = items.length === 0 ? '' : summary(items, this.#language);
    // Each setter sends a message to the window, changed or not.
    if ((this.#view.description ?? '') !== description) this.#view.description = description;
  }

  async focus(): Promise<void> {
    await vscode.commands.executeCommand('jarviscoreFleet.readiness.focus');
    this.#look();
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#view.dispose();
    this.#tree.dispose();
  }
}

/** Documents that exist only in this window and that nobody can edit. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Texts beyond this many are forgotten, the oldest first; what is open keeps its text. */
const most = 50;

export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** @param name for the tab @param key tells documents of one name apart */
  uri(name: string, key: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.#scheme, path: `/${name.replaceAll('/', '∕')}`, query: key });
  }

  /** Sets or replaces the text; an open document shows it at once. */
  write(uri: vscode.Uri, text: string): void {
    const key = uri.toString();
    if (this.#texts.get(key) === text) return;
    this.#texts.delete(key);
    this.#texts.set(key, text);
    if (this.#texts.size > most) {
      const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
      const oldest = [...this.#texts.keys()].find((known) => !open.has(known));
      if (oldest !== undefined) this.#texts.delete(oldest);
    }
    this.#changed.fire(uri);
  }

  async show(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? `// ${l10n.t('This was known to an earlier session of the window.')}\n`;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

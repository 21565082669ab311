/** Context keys for menus and welcome content, sent only when they change: each is a message to the window. */
import * as vscode from 'vscode';

export class ContextKeys {
  readonly #sent = new Map<string, string>();

  set(key: `jarviscoreFleet.${string}`, value: string): void {
    if (this.#sent.get(key) === value) return;
    this.#sent.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

/** The least that an extension with a language server can be: what ours is measured against. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export function activate(context: ExtensionContext): { ready: Promise<boolean> } {
  const run = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const documentSelector = [{ scheme: 'file', pattern: '**/.env' }];
  client = new LanguageClient('bare', 'Bare', { run, debug: run }, { documentSelector });
  return { ready: client.start().then(() => true) };
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

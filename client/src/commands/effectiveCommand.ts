/** The effective settings of a declared process as a document that nobody can edit. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Running, Session } from '../session/session.ts';

const scheme = 'jarviscore-effective';

/** The name is for the tab, the query is the process. */
function documentOf(process: string, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '∕')} settings`, query: process });
}

export class EffectiveDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #session: Session;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { client } = await this.#session.ensure();
    const { effectiveRequest } = await import('#schemas/editor/messages.ts');
    const answer: unknown = await client.sendRequest(effectiveRequest.method, { process: uri.query });
    return effectiveRequest.result.parse(answer).text;
  }

  /** What was opened before is brought up to date. */
  async show(process: string, name: string): Promise<void> {
    const uri = documentOf(process, name);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** From a code lens with its process; from the palette a person chooses one. */
export function showEffective(documents: EffectiveDocuments): (running: Running, argument: unknown) => Promise<void> {
  return async ({ client }, argument) => {
    const { effectiveRequest, processesRequest } = await import('#schemas/editor/messages.ts');
    const answer: unknown = await client.sendRequest(processesRequest.method, null);
    const processes = processesRequest.result.parse(answer);
    const wanted = effectiveRequest.params.safeParse(argument);
    const chosen = wanted.success
      ? processes.find(({ id }) => id === wanted.data.process)
      : await vscode.window.showQuickPick(
          processes.map((process) => ({ ...process, label: process.name, description: process.file })),
          { title: l10n.t('Effective settings of which process?') },
        );
    if (chosen !== undefined) await documents.show(chosen.id, chosen.name);
    else if (wanted.success || processes.length === 0)
      void vscode.window.showInformationMessage(l10n.t('No file of this workspace declares this process.'));
  };
}

/** Commands of the message log. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Json } from '#schemas/fleet/mesh.ts';
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';
import type { Running } from '../session/session.ts';
import type { MessagesView } from '../views/messagesView.ts';
import type { VirtualDocuments } from '../views/virtualDocuments.ts';

type Payload = { readonly found: boolean; readonly payload: Json };

async function payloadOf(running: Running, epoch: string, { seq, payload }: LoggedMessage): Promise<Payload> {
  if (!payload) return { found: false, payload: null };
  const { messagePayloadRequest } = await import('#schemas/editor/fleetMessages.ts');
  const raw: unknown = await running.client.sendRequest(messagePayloadRequest.method, { epoch, seq });
  return messagePayloadRequest.result.parse(raw);
}

/** The facts without what only the view needs, and the payload where it is kept; secrets are masked already. */
function written({ seq, payload: _kept, ...facts }: LoggedMessage, { found, payload }: Payload): object {
  return { seq, ...facts, payloadKept: found, payload };
}

export function messageCommands(
  view: MessagesView,
  documents: VirtualDocuments,
): Readonly<Record<string, (running: Running, argument: unknown) => Promise<unknown>>> {
  return {
    'jarviscoreFleet.showMessage': async (running, argument) => {
      const known = typeof argument === 'string' ? view.message(argument) : undefined;
      if (known === undefined) {
        void vscode.window.showInformationMessage(l10n.t('This message is no longer in the log.'));
        return;
      }
      const { message, epoch } = known;
      const text = JSON.stringify(written(message, await payloadOf(running, epoch, message)), null, 2);
      const uri = documents.uri(`${message.type} ${message.seq}.json`, epoch);
      documents.write(uri, `${text}\n`);
      await documents.show(uri, { preview: true, preserveFocus: true });
    },
    'jarviscoreFleet.exportMessages': async (running) => {
      const { epoch, messages } = await view.all();
      if (epoch === null || messages.length === 0) {
        void vscode.window.showInformationMessage(
          l10n.t('There is no message to export: the local node has not run in this window.'),
        );
        return undefined;
      }
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const uri = await vscode.window.showSaveDialog({
        title: l10n.t('Export Messages'),
        filters: { 'JSON lines': ['jsonl'] },
        ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'messages.jsonl') }),
      });
      if (uri === undefined) return undefined;
      const lines: string[] = [];
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: l10n.t('Exporting messages'), cancellable: true },
        async (_progress, token) => {
          for (const message of messages) {
            if (token.isCancellationRequested) return;
            lines.push(JSON.stringify(written(message, await payloadOf(running, epoch, message))));
          }
        },
      );
      if (lines.length < messages.length) return undefined;
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${lines.join('\n')}\n`));
      vscode.window.setStatusBarMessage(l10n.t('{0} messages exported', lines.length), 5_000);
      return uri.toString();
    },
  };
}

/** Commands that need no server. */
export function messageViewCommands(view: MessagesView): Readonly<Record<string, (argument: unknown) => Promise<void>>> {
  return {
    'jarviscoreFleet.filterMessages': async (argument) => {
      const text =
        typeof argument === 'string'
          ? argument
          : await vscode.window.showInputBox({
              title: l10n.t('Filter Messages'),
              placeHolder: l10n.t('Words in a type, node, time or outcome; empty shows all'),
              value: view.filter.words,
            });
      if (text !== undefined) view.setFilter({ ...view.filter, words: text.trim() });
    },
    'jarviscoreFleet.showProtocolMessages': async () => view.setFilter({ ...view.filter, protocol: true }),
    'jarviscoreFleet.hideProtocolMessages': async () => view.setFilter({ ...view.filter, protocol: false }),
    'jarviscoreFleet.pauseMessages': async () => view.setPaused(true),
    'jarviscoreFleet.resumeMessages': async () => view.setPaused(false),
    'jarviscoreFleet.clearMessages': async () => view.clear(),
    'jarviscoreFleet.showMessages': async () => {
      await vscode.commands.executeCommand('jarviscoreFleet.messages.focus');
    },
  };
}

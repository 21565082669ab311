/** The language client: our server over IPC, because addons print to the console and would break a stdio stream. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { showEffectiveCommand } from '#schemas/editor/commandIds.ts';
import type { InitializationOptions } from '#schemas/editor/messages.ts';
import { serverEngineFlags } from '#schemas/editor/serverProcess.ts';
import { documentSelector } from './documents.ts';
import type { RestartPolicy } from './restartPolicy.ts';

export interface ServerEvents {
  /** The server ended by itself; it is started again where `again` says so. */
  readonly ended: (again: boolean) => void;
  /** The server's process is there, and `initialize` is on its way to it. */
  readonly greeted: () => void;
}

class FleetClient extends LanguageClient {
  #greeted: (() => void) | undefined;

  onGreeted(greeted: () => void): this {
    this.#greeted = greeted;
    return this;
  }

  protected override async createMessageTransports(encoding: string): Promise<MessageTransports> {
    const transports = await super.createMessageTransports(encoding);
    // `initialize` is written by what waits for this promise, before the next turn of the loop.
    setImmediate(() => this.#greeted?.());
    return transports;
  }
}

/** Makes the client; it is not started yet. The server itself registers what it wants to watch: files and settings. */
export function createLanguageClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  policy: RestartPolicy,
  events: ServerEvents,
): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const initialization = (): InitializationOptions => ({
    trusted: vscode.workspace.isTrusted,
    fleetView: true,
    // One per workspace, shared by its windows; a window without a folder has none.
    storePath: context.storageUri?.scheme === 'file' ? vscode.Uri.joinPath(context.storageUri, 'known-nodes.db').fsPath : null,
    commands: [showEffectiveCommand],
  });
  const options: LanguageClientOptions = {
    documentSelector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: 'jarviscore-fleet',
    // A function: the workspace may be trusted by the time the server is started again.
    initializationOptions: initialization,
    errorHandler: {
      error: (error) => {
        log.error(`The connection to the language server failed: ${error.message}`);
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: () => {
        const again = policy.ended();
        events.ended(again);
        return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const run = { module, transport: TransportKind.ipc, options: { execArgv: [...serverEngineFlags] } };
  return new FleetClient('jarviscoreFleet', l10n.t('JarvisCore Fleet'), { run, debug: run }, options).onGreeted(events.greeted);
}

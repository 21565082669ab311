/**
 * The language server's first start begins before the views are loaded: the server's process then comes up while this one
 * is busy with them.
 */
import type * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { RecordedLog } from '../diagnostics/recordedLog.ts';
import { createLanguageClient } from './languageServer.ts';
import { RestartPolicy } from './restartPolicy.ts';

export interface Launched {
  readonly client: LanguageClient;
  /** The server's process is there and was sent the client's greeting, or could not be made. */
  readonly greeted: Promise<void>;
  /** Rejects with the reason when it cannot be started. */
  readonly started: Promise<void>;
}

export class Launcher implements vscode.Disposable {
  /** The server ended by itself; it is started again where `again` says so. */
  onEnded: (again: boolean) => void = () => {};
  readonly #context: vscode.ExtensionContext;
  readonly #policy = new RestartPolicy(() => performance.now());
  #log: RecordedLog | undefined;
  #launches = 0;
  #ahead: Launched | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  /** Created on first use: a window without JarvisCore has no output channel of ours. */
  get log(): vscode.LogOutputChannel {
    this.#log ??= new RecordedLog('JarvisCore Fleet');
    return this.#log;
  }

  /** The last lines of the log, oldest first. */
  get recentLog(): readonly string[] {
    return this.#log?.recent.lines ?? [];
  }

  /** Starts the server for whoever calls `launch` next, unless it was started before. */
  ahead(): Launched | undefined {
    if (this.#launches === 0) this.#ahead = this.#start();
    return this.#ahead;
  }

  /** The server that was started ahead, or a new one. */
  launch(): Launched {
    const launched = this.#ahead ?? this.#start();
    this.#ahead = undefined;
    return launched;
  }

  /** Ends the server that nobody has taken. */
  async stop(): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    await ahead?.started.then(() => ahead.client.stop()).catch(() => {});
  }

  dispose(): void {
    this.#log?.dispose();
  }

  #start(): Launched {
    this.#launches += 1;
    this.#policy.forgive();
    const { promise: greeted, resolve } = Promise.withResolvers<void>();
    const client = createLanguageClient(this.#context, this.log, this.#policy, {
      ended: (again) => this.onEnded(again),
      greeted: resolve,
    });
    const started = client.start();
    // Who launches looks at `started`, perhaps later; and a process that could not be made greets nobody.
    started.catch(() => {}).finally(resolve);
    return { client, greeted, started };
  }
}

/** How a request about a document is answered: in slices, for the version it was asked about, until it is cancelled. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CancellationToken, LSPErrorCodes, ResponseError, type TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceModel } from '../config/model/types.ts';
import { canonicalUri } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Log } from './log.ts';

export interface AnswerOptions {
  readonly workspace: Workspace;
  readonly texts: TextDocuments<TextDocument>;
  ready(): Promise<unknown>;
  /** An untrusted workspace gets diagnostics and nothing else. */
  trusted(): boolean;
  readonly log: Log;
}

/** What a feature works with: the model of the document it was asked about. */
export interface Asked {
  readonly uri: string;
  readonly model: WorkspaceModel;
  /** The open editor; undefined for a file that only the server has read. */
  readonly text: TextDocument | undefined;
}

/** A long search, as a generator that may be stopped at each of its steps. */
type Computation<T> = T | Generator<undefined, T>;

/** Half a frame: an answer that waits for one slice is still not felt. */
const sliceMs = 8;

const cancelled = () => new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled by the client.');
const modified = () => new ResponseError(LSPErrorCodes.ContentModified, 'The document changed while this was being answered.');

function isSteps<T>(computation: Computation<T>): computation is Generator<undefined, T> {
  return typeof computation === 'object' && computation !== null && Symbol.iterator in computation && 'next' in computation;
}

/**
 * Runs a computation to its end, letting other messages in between slices.
 * @throws ResponseError `RequestCancelled` once the client no longer wants the answer.
 */
export async function run<T>(computation: Computation<T>, token: CancellationToken): Promise<T> {
  if (!isSteps(computation)) return computation;
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = computation.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await nextTurn();
    if (token.isCancellationRequested) throw cancelled();
  }
}

export class Answers {
  readonly #options: AnswerOptions;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /**
   * Answers a request about one document. What goes wrong in a feature costs this one answer.
   *
   * @param name For the log.
   * @returns null where the document belongs to no model.
   * @throws ResponseError `RequestCancelled`, or `ContentModified` when the document is no longer what it was asked about.
   */
  document<T>(name: string, uri: string, token: CancellationToken, compute: (asked: Asked) => Computation<T>): Promise<T | null> {
    const { texts, workspace } = this.#options;
    const version = texts.get(uri)?.version;
    const key = canonicalUri(uri);
    return this.workspace(name, token, async () => {
      const text = texts.get(uri);
      if (text?.version !== version) throw modified();
      const model = workspace.model(key);
      if (model === undefined) return null;
      const answer = await run(compute({ uri: key, model, text }), token);
      // A slice may have let a change in; the places that were found belong to what was there before.
      if (texts.get(uri)?.version !== version || workspace.model(key) !== model) throw modified();
      return answer;
    });
  }

  /** Answers a request about the workspace once it has been read. */
  async workspace<T>(name: string, token: CancellationToken, compute: () => Promise<T>): Promise<T | null> {
    const { ready, trusted, log } = this.#options;
    if (!trusted()) return null;
    await ready();
    if (token.isCancellationRequested) throw cancelled();
    try {
      return await compute();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log('error', `${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return null;
    }
  }
}

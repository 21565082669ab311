/** What our node sent and received, as a tree: followed while somebody looks and has not paused it. */
import * as vscode from 'vscode';
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import type { Row } from '../fleet/row.ts';
import { MessageLog } from '../messages/messageLog.ts';
import { type MessageFilter, messageRows } from '../messages/messageRows.ts';
import type { ContextKeys } from '../status/contextKeys.ts';
import { RowTree } from './rowTree.ts';

/** A new row closes an open hover: once a second is often enough to follow and leaves time to read. Milliseconds. */
const followMs = 1_000;
const FILTER = 'messages.filter';

/** Asks for what changed after a position. */
type Ask = (position: MessageLog['position']) => Promise<unknown>;

export class MessagesView implements vscode.Disposable {
  readonly #log = new MessageLog();
  /** A row is cut in a narrow sidebar; its sentence is not. */
  readonly #tree = new RowTree((row) => new vscode.MarkdownString().appendText(row.ariaLabel));
  readonly #view: vscode.TreeView<string>;
  readonly #language: Language;
  readonly #keys: ContextKeys;
  readonly #state: vscode.Memento;
  readonly #problem: (text: string) => void;
  #ask: Ask | null = null;
  #nameOf: (peer: string) => string | null = (peer) => peer;
  #running = false;
  #paused = false;
  #filter: MessageFilter;
  #timer: NodeJS.Timeout | null = null;

  constructor(language: Language, keys: ContextKeys, state: vscode.Memento, problem: (text: string) => void) {
    this.#language = language;
    this.#keys = keys;
    this.#state = state;
    this.#problem = problem;
    this.#filter = state.get<MessageFilter>(FILTER, { words: '', protocol: false });
    this.#view = vscode.window.createTreeView('jarviscoreFleet.messages', { treeDataProvider: this.#tree });
    this.#view.onDidChangeVisibility(() => this.#follow());
    this.#show();
  }

  get filter(): MessageFilter {
    return this.#filter;
  }

  setFilter(filter: MessageFilter): void {
    this.#filter = filter;
    void this.#state.update(FILTER, filter);
    this.#show();
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#show();
    this.#follow();
  }

  clear(): void {
    this.#log.clear();
    this.#show();
  }

  connected(ask: Ask): void {
    this.#ask = ask;
    this.#follow();
  }

  disconnected(): void {
    this.#ask = null;
  }

  /** The fleet changed: whether the node runs, and how nodes are called. */
  fleet(view: FleetView | null, nameOf: (peer: string) => string | null): void {
    this.#nameOf = nameOf;
    const running = view?.node.phase === 'running';
    if (running === this.#running) return;
    this.#running = running;
    this.#show();
    this.#follow();
  }

  row(id: string): Row | undefined {
    return this.#tree.row(id);
  }

  /** The message a row stands for, and whose journal has its payload. */
  message(id: string): { readonly message: LoggedMessage; readonly epoch: string } | undefined {
    const subject = this.#tree.row(id)?.subject;
    const message = subject?.kind === 'message' ? this.#log.get(subject.seq) : undefined;
    const { epoch } = this.#log.position;
    return message === undefined || epoch === null ? undefined : { message, epoch };
  }

  /** All that is known now, unfiltered, brought up to date first. Oldest first. */
  async all(): Promise<{ readonly epoch: string | null; readonly messages: readonly LoggedMessage[] }> {
    await this.#fetch();
    return { epoch: this.#log.position.epoch, messages: this.#log.messages };
  }

  #follow(): void {
    if (this.#timer !== null || this.#ask === null || !this.#running || this.#paused || !this.#view.visible) return;
    void this.#fetch();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#follow();
    }, followMs);
  }

  async #fetch(): Promise<void> {
    const ask = this.#ask;
    if (ask === null) return;
    try {
      if ((await this.#log.take(await ask(this.#log.position))) && !this.#paused) this.#show();
    } catch (error) {
      this.#problem(`The messages could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #show(): void {
    const { messages } = this.#log;
    const rows = messageRows(messages, this.#filter, this.#nameOf, this.#language);
    this.#tree.show(rows);
    const { t } = this.#language;
    this.#keys.set('jarviscoreFleet.messages', messages.length > 0 ? 'shown' : this.#running ? 'empty' : 'stopped');
    this.#keys.set('jarviscoreFleet.messagesPaused', this.#paused ? 'yes' : 'no');
    this.#keys.set('jarviscoreFleet.messagesProtocol', this.#filter.protocol ? 'yes' : 'no');
    const description = [
      messages.length === 0 ? '' : t('{0} of {1}', rows.length, messages.length),
      this.#paused ? t('paused') : '',
    ];
    const text = description.filter((part) => part !== '').join(' · ');
    const filtered = this.#filter.words !== '' && messages.length > 0;
    const message = filtered ? t('Filter: {0}', this.#filter.words) : '';
    // Each setter sends a message to the window, changed or not.
    if ((this.#view.description ?? '') !== text) this.#view.description = text;
    if ((this.#view.message ?? '') !== message) this.#view.message = message;
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#view.dispose();
    this.#tree.dispose();
  }
}

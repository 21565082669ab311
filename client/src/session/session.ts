/**
 * The life of the language server in this window, and everything that shows what it says. A command that needs the
 * server takes a `Running`, which only `ensure()` gives: it cannot be written without it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { methods } from '#schemas/editor/methods.ts';
import type { Diagnosis } from '#schemas/fleet/doctor.ts';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { FleetFeed } from '../fleet/fleetFeed.ts';
import { FormerSelves } from '../fleet/formerSelves.ts';
import type { Language } from '../fleet/language.ts';
import { Diagnoses } from '../run/diagnoses.ts';
import { PeerAdditions } from '../run/peerAdditions.ts';
import { RunTasks } from '../run/runTasks.ts';
import { ContextKeys } from '../status/contextKeys.ts';
import { StatusItems } from '../status/statusItems.ts';
import { ArrangementMemory } from '../views/arrangementMemory.ts';
import { FleetViews } from '../views/fleetViews.ts';
import { MessagesView } from '../views/messagesView.ts';
import { PeerDocuments } from '../views/peerDocuments.ts';
import { ReadinessView } from '../views/readinessView.ts';
import { sidebar, type WindowFacts } from '../views/sidebarState.ts';
import { documentSelector } from './documents.ts';
import type { Launcher } from './launcher.ts';

/** The client is running: requests can be sent. */
export interface Running {
  readonly client: LanguageClient;
  /** The newest view of the fleet; null until the first snapshot. */
  view(): FleetView | null;
}

export class Session implements vscode.Disposable {
  readonly views: FleetViews;
  /** Declared processes that were started in this window. */
  readonly started: RunTasks;
  readonly diagnoses = new Diagnoses();
  readonly readiness: ReadinessView;
  readonly messages: MessagesView;
  readonly details: PeerDocuments;
  readonly arrangement: ArrangementMemory;
  readonly #launcher: Launcher;
  readonly language: Language;
  readonly #formerSelves: FormerSelves;
  readonly #keys = new ContextKeys();
  readonly #status: StatusItems;
  readonly #disposables: vscode.Disposable[] = [];
  readonly #started = new vscode.EventEmitter<Running>();
  /** The server answers, for the first time or again after a crash. */
  readonly onDidStart = this.#started.event;
  readonly #rendered = new vscode.EventEmitter<void>();
  /** What is known of the fleet, or of this window, may have changed; everything that shows it is up to date. */
  readonly onDidRender = this.#rendered.event;
  #running: Promise<Running> | undefined;
  #feed: FleetFeed | undefined;
  #project: boolean | null = null;
  #server: WindowFacts['server'] = 'stopped';
  #serverCrash: string | null = null;

  constructor(context: vscode.ExtensionContext, launcher: Launcher, l10n: Language) {
    this.#launcher = launcher;
    launcher.onEnded = (again) => this.#ended(again);
    this.language = l10n;
    const state = context.workspaceState;
    const remember = (addresses: readonly string[]): void => void state.update('node.addresses', addresses);
    this.#formerSelves = new FormerSelves(state.get<string[]>('node.addresses', []), remember);
    const problem = (text: string): void => this.log.warn(text);
    this.started = new RunTasks(context.asAbsolutePath('dist/cli.js'));
    this.views = new FleetViews(l10n, new PeerAdditions(this.started, this.diagnoses));
    this.#disposables.push(
      this.started,
      this.started.onDidChange(() => this.render()),
    );
    this.readiness = new ReadinessView(l10n, this.#keys, problem);
    this.views.also((id) => this.readiness.row(id));
    this.messages = new MessagesView(l10n, this.#keys, state, problem);
    this.details = new PeerDocuments(l10n, this.views.history, (view) => this.views.context(view));
    this.arrangement = new ArrangementMemory(state);
    this.#disposables.push(this.readiness, this.messages, this.details, this.arrangement);
    this.#disposables.push(this.arrangement.onDidChange(() => this.render()));
    this.#status = new StatusItems(documentSelector, l10n);
    this.#disposables.push(this.views, this.#status, this.#started, this.#rendered);
    this.#disposables.push(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#trustGranted()));
    this.render();
  }

  get log(): vscode.LogOutputChannel {
    return this.#launcher.log;
  }

  /** The last lines of the log, oldest first. */
  get recentLog(): readonly string[] {
    return this.#launcher.recentLog;
  }

  get window(): WindowFacts {
    return {
      folderOpen: vscode.workspace.workspaceFolders !== undefined,
      project: this.#project,
      trusted: vscode.workspace.isTrusted,
      server: this.#server,
      ...(this.#serverCrash === null ? {} : { serverCrash: this.#serverCrash }),
    };
  }

  get view(): FleetView | null {
    const view = this.#feed?.view ?? null;
    return view === null ? null : this.#formerSelves.hide(view);
  }

  /** The doctor's findings, for the rows they are about. */
  examined(diagnoses: readonly Diagnosis[]): void {
    this.diagnoses.take(diagnoses, new Set(this.view?.peers.map(({ id }) => id)));
    this.render();
  }

  setProject(found: boolean): void {
    this.#project = found;
    this.render();
  }

  /** Starts the server unless it runs; rejects with the reason when it cannot be started. */
  ensure(): Promise<Running> {
    this.#running ??= this.#start().catch((error: unknown) => {
      this.#running = undefined;
      this.#server = 'failed';
      this.render();
      throw error;
    });
    return this.#running;
  }

  render(): void {
    const { view, window } = this;
    const state = sidebar(window, view, this.language);
    this.#keys.set('jarviscoreFleet.state', state.state);
    this.#keys.set('jarviscoreFleet.node', state.node);
    this.#keys.set('jarviscoreFleet.python', view === null || view.python ? 'found' : 'missing');
    const { arrangement } = this.arrangement;
    this.#keys.set('jarviscoreFleet.peersFiltered', arrangement.filter === '' ? 'no' : 'yes');
    this.views.show(view, state, arrangement);
    this.messages.fleet(view, (peer) => this.views.nameOf(peer));
    this.details.update(view);
    this.#status.show(window, view, state);
    this.#rendered.fire();
  }

  async #start(): Promise<Running> {
    this.#server = 'starting';
    this.render();
    const { client, started } = this.#launcher.launch();
    this.#feed = undefined;
    const running: Running = { client, view: () => this.view };
    let feed: Promise<FleetFeed> | undefined;
    this.#disposables.push(
      // What comes before there is a feed is in the snapshot that it begins with.
      client.onNotification(methods.changed, (delta: unknown) => void this.#feed?.receive(delta)),
      client.onNotification(methods.readinessChanged, () => this.readiness.stale()),
      client.onDidChangeState(({ newState }) => {
        if (newState !== State.Running) return;
        feed ??= this.#newFeed(client);
        this.#answers(running, feed).catch((error: unknown) => this.log.error(`The fleet cannot be shown: ${String(error)}`));
      }),
    );
    await started;
    return running;
  }

  /** With it comes what reads messages, as long to load as all views: whoever waits for the server's answer goes first. */
  async #newFeed(client: LanguageClient): Promise<FleetFeed> {
    await nextTurn();
    const { FleetFeed } = await import('../fleet/fleetFeed.ts');
    const feed = new FleetFeed({
      snapshot: () => client.sendRequest(methods.snapshot, null),
      changed: () => this.render(),
      problem: (text) => this.log.error(text),
    });
    this.#feed = feed;
    return feed;
  }

  async #answers(running: Running, feed: Promise<FleetFeed>): Promise<void> {
    this.#server = 'running';
    await (await feed).resync();
    this.render();
    this.readiness.connected(() => running.client.sendRequest(methods.readiness, null));
    this.messages.connected((position) => running.client.sendRequest(methods.messages, position));
    this.#started.fire(running);
  }

  #ended(again: boolean): void {
    this.#server = again ? 'starting' : 'failed';
    this.#serverCrash = again ? new Date().toISOString() : null;
    this.log.error(
      again
        ? 'The language server ended unexpectedly and is started again.'
        : 'The language server ended unexpectedly several times in a row and is not started again. "JarvisCore: Start Local Node" or reloading the window tries once more.',
    );
    if (!again) this.#running = undefined;
    this.readiness.disconnected(again);
    this.messages.disconnected();
    this.#feed?.reset();
  }

  #trustGranted(): void {
    this.render();
    void this.#running
      ?.then(({ client }) => client.sendNotification(methods.trustGranted, null))
      .then(() => this.readiness.stale())
      // A server that could not be started has been reported by whoever started it.
      .catch((error: unknown) => this.log.warn(`Trust was not told to the language server: ${String(error)}`));
  }

  /** Ends the server; the node leaves its mesh first. */
  async stop(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    await running?.client.stop();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

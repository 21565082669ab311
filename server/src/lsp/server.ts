/** The language server: one connection, one workspace, one fleet. Wiring only. */
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  RegistrationRequest,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fleetChangedNotification, type InitializationOptions, initializationOptionsSchema } from '#schemas/editor/messages.ts';
import { newestRelease } from '#schemas/settings/catalogue.ts';
import { Coalescer } from '../fleet/coalescer.ts';
import { Fleet, type ProjectFacts } from '../fleet/fleet.ts';
import { findsPython } from '../workspace/python.ts';
import { inSlices } from '../workspace/slices.ts';
import { pathOf } from '../workspace/uris.ts';
import { Workspace } from '../workspace/workspace.ts';
import { serveAnnotations } from './annotations.ts';
import { Answers } from './answer.ts';
import { registrationsFor } from './capabilities.ts';
import { type ClientFeatures, clientFeatures } from './clientFeatures.ts';
import { parseConfiguration, section } from './configuration.ts';
import { Diagnostics } from './diagnostics.ts';
import { DisplaySettings } from './displaySettings.ts';
import { createDocs, type Docs } from './docs.ts';
import { serveEnvFiles } from './envFiles.ts';
import { serveFeatures } from './features.ts';
import type { ServerOptions } from './handshake.ts';
import { createLog, type Log } from './log.ts';
import { serveFleet } from './messages.ts';
import { serveNavigation } from './navigation.ts';
import { Readiness } from './readiness.ts';
import { serveRunning } from './running.ts';
import { serveWorkspaceRequests } from './workspaceRequests.ts';

/** Serves a client whose `initialize` has been answered. */
export function serve(connection: Connection, params: InitializeParams, options: ServerOptions): void {
  new Server(connection, params, options, createLog(connection));
}

/** Unique per process and start; nothing secret hangs on it. */
function newEpoch(): string {
  return `${Date.now().toString(36)}-${process.pid.toString(36)}-${Math.floor(Math.random() * 0x1_000_000).toString(36)}`;
}

/** How long a client may take to answer a request of ours. Milliseconds. */
const clientAnswerMs = 5_000;
/** How old the answer to "is there a Python?" may be, milliseconds. */
const pythonLookMs = 10_000;

const untitledName = 'fleet-viewer';

class Server {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #options: ServerOptions;
  readonly #client: ClientFeatures;
  readonly #initialization: InitializationOptions;
  readonly #texts = new TextDocuments(TextDocument);
  #pythonLook = { at: Number.NEGATIVE_INFINITY, found: true };
  readonly #workspace: Workspace;
  readonly #fleet: Fleet;
  readonly #diagnostics: Diagnostics;
  #readiness: Readiness | null = null;
  readonly #afterChange: Coalescer;
  readonly #display = new DisplaySettings();
  readonly #closing = new AbortController();
  #trusted: boolean;
  /** The section as a client last sent it that cannot be asked for it. */
  #pushed: unknown = {};
  /** The end of all reading asked for so far. Never rejects. */
  #reading: Promise<void>;
  #startReading: () => void = () => {};

  constructor(connection: Connection, params: InitializeParams, options: ServerOptions, log: Log) {
    this.#connection = connection;
    this.#log = log;
    this.#options = options;
    this.#client = clientFeatures(params.capabilities);
    const parsed = initializationOptionsSchema.safeParse(params.initializationOptions ?? {});
    this.#initialization = parsed.success ? parsed.data : initializationOptionsSchema.parse({});
    this.#trusted = this.#initialization.trusted;
    const epoch = newEpoch();
    this.#workspace = new Workspace({ epoch, log });
    const folders = foldersOf(params);
    this.#workspace.setFolders(folders);
    const settings = parseConfiguration({}).value;
    const docs = createDocs(join(dirname(options.hostPath), '..'));
    this.#fleet = new Fleet(
      {
        epoch,
        hostPath: options.hostPath,
        registryHostPath: join(dirname(options.hostPath), 'registryHost.js'),
        storePath: this.#initialization.storePath,
        nodeName: nodeName(folders),
        log,
        onDelta: (delta) => {
          if (this.#initialization.fleetView) void connection.sendNotification(fleetChangedNotification.method, delta);
        },
      },
      { project: false, target: { release: newestRelease, origin: 'newest catalogued' }, python: true, models: [] },
      settings,
      this.#trusted,
    );
    this.#diagnostics = new Diagnostics({
      connection,
      workspace: this.#workspace,
      ready: () => this.#settled(),
      relatedInformation: this.#client.relatedInformation,
      docs,
    });
    this.#afterChange = new Coalescer(100, () => this.#publish());
    this.#reading = new Promise((resolve) => {
      this.#startReading = resolve;
    });
    this.#serve(docs);
  }

  #serve(docs: Docs): void {
    const connection = this.#connection;
    const texts = this.#texts;
    texts.onDidChangeContent(({ document }) => {
      this.#workspace.setEditor(document.uri, document.version, document.getText());
      this.#afterChange.request();
    });
    texts.onDidClose(({ document }) => {
      this.#workspace.closeEditor(document.uri);
      this.#afterChange.request();
    });
    texts.listen(connection);
    if (this.#client.pullDiagnostics) this.#diagnostics.servePull();
    const workspace = this.#workspace;
    const client = this.#client;
    const answers = new Answers({
      workspace,
      texts,
      ready: () => this.#settled(),
      trusted: () => this.#trusted,
      log: this.#log,
    });
    serveFeatures({ connection, workspace, client, docs, answers });
    serveNavigation({ connection, workspace, client, answers });
    serveEnvFiles(connection, client, answers);
    const { commands } = this.#initialization;
    serveAnnotations({ connection, workspace, client, answers, display: this.#display, commands });
    this.#readiness = new Readiness(connection, workspace, answers);
    serveWorkspaceRequests({ connection, workspace, texts, answers, version: this.#options.version });
    serveRunning({ connection, workspace, answers, trusted: () => this.#trusted, view: () => this.#fleet.view() });
    serveFleet(
      connection,
      () => this.#fleet,
      async () => {
        await this.#settled();
        this.#tellFleet();
      },
      () => this.#grantTrust(),
    );
    connection.onInitialized(() => void this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => void this.#configure(settings));
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const seen = changes.map(({ uri, type }) => ({ uri, deleted: type === FileChangeType.Deleted }));
      this.#read(this.#workspace.filesChanged(seen));
    });
    connection.onShutdown(() => this.#close());
    connection.onExit(() => this.#fleet.kill());
  }

  async #initialized(): Promise<void> {
    if (this.#client.watchRegistration) {
      // Everything, because a deleted or moved folder is reported as one event on the folder itself.
      const watchers = [{ globPattern: '**/*' }];
      void this.#try('watch files', () => this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (this.#client.configurationRegistration) {
      void this.#try('watch settings', () =>
        this.#connection.client.register(DidChangeConfigurationNotification.type, { section }),
      );
    }
    const registrations = registrationsFor(this.#client).map((one) => ({ id: `jarviscoreFleet ${one.method}`, ...one }));
    if (registrations.length > 0)
      void this.#try('offer features of env files', () =>
        this.#connection.sendRequest(RegistrationRequest.type, { registrations }),
      );
    if (this.#client.workspaceFolders) this.#connection.workspace.onDidChangeWorkspaceFolders(() => void this.#foldersChanged());
    await this.#configure(null);
    this.#log(
      'info',
      `jarviscore-fleet ${this.#options.version} on Node ${process.versions.node}; ${this.#trusted ? 'trusted' : 'untrusted: diagnostics only'}.`,
    );
    this.#read(this.#workspace.scan());
    this.#startReading();
  }

  async #foldersChanged(): Promise<void> {
    const folders = await this.#try('list workspace folders', () => this.#connection.workspace.getWorkspaceFolders());
    if (folders === null) return;
    this.#workspace.setFolders(folders.map((folder) => folder.uri));
    await this.#configure(null);
    this.#read(this.#workspace.scan());
  }

  /** @param pushed the settings of a client that sends them instead of being asked. */
  async #configure(pushed: unknown): Promise<void> {
    const folders = this.#workspace.folders;
    let raw: readonly unknown[] = [];
    if (this.#client.configuration) {
      const items = [{ section }, ...folders.map((scopeUri) => ({ section, scopeUri }))];
      raw = (await this.#try('read settings', () => this.#connection.workspace.getConfiguration(items))) ?? [];
    } else {
      if (typeof pushed === 'object' && pushed !== null && section in pushed) {
        this.#pushed = (pushed as Readonly<Record<string, unknown>>)[section];
      }
      raw = [this.#pushed, ...folders.map(() => this.#pushed)];
    }
    const [general, ...perFolder] = raw.length === 0 ? [{}] : raw;
    const base = parseConfiguration(general);
    for (const name of base.rejected)
      this.#log('warn', `The setting ${section}.${name} has an unusable value; its default is used.`);
    this.#workspace.setSettings(null, base.value);
    const own = new Map(folders.map((folder, i) => [folder, parseConfiguration(perFolder[i] ?? general).value]));
    for (const [folder, settings] of own) this.#workspace.setSettings(folder, settings);
    this.#display.set(base.value, own);
    this.#fleet.setSettings(base.value);
    this.#refreshAll();
  }

  /** Runs reading work after all earlier one, in slices. */
  #read(steps: Iterator<unknown>): void {
    this.#reading = this.#reading.then(async () => {
      try {
        await inSlices(steps, this.#closing.signal);
      } catch (error) {
        this.#log('error', `Reading the workspace failed: ${error instanceof Error ? error.message : String(error)}`);
      }
      this.#refreshAll();
    });
  }

  /** Resolves when nothing is left to read, what was asked for in the meantime included. */
  async #settled(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.#reading; ) {
      seen = this.#reading;
      await seen;
    }
  }

  /** Something else than an open editor changed, so the client has no reason of its own to ask again. */
  #refreshAll(): void {
    this.#afterChange.request();
    if (this.#client.pullDiagnostics && this.#client.diagnosticsRefresh && !this.#closing.signal.aborted) {
      this.#connection.languages.diagnostics.refresh().then(
        () => {},
        () => {},
      );
    }
    this.#refreshAnnotations();
  }

  /** What stands beside the text of one file depends on the others. */
  #refreshAnnotations(): void {
    const { languages } = this.#connection;
    const { inlayHints, codeLenses, semanticTokens } = this.#client.refresh;
    if (this.#closing.signal.aborted) return;
    const asked: Promise<void>[] = [];
    if (inlayHints) asked.push(languages.inlayHint.refresh());
    if (codeLenses) asked.push(this.#connection.sendRequest(CodeLensRefreshRequest.type));
    if (semanticTokens) asked.push(Promise.resolve(languages.semanticTokens.refresh()));
    for (const one of asked) one.catch(() => {});
  }

  #publish(): void {
    void this.#settled().then(() => {
      if (this.#closing.signal.aborted) return;
      this.#tellFleet();
      if (!this.#client.pullDiagnostics) this.#diagnostics.push();
      // The document that changed is asked about by the client itself; those beside it are not.
      if (this.#texts.all().length > 1) this.#refreshAnnotations();
    });
  }

  #tellFleet(): void {
    this.#workspace.refresh();
    this.#fleet.setProject(this.#projectFacts());
    this.#readiness?.changed();
  }

  #projectFacts(): ProjectFacts {
    const models = this.#workspace.models();
    const [first] = models;
    return {
      project: this.#workspace.project,
      target: { release: first?.target ?? newestRelease, origin: first?.targetOrigin ?? 'newest catalogued' },
      python: this.#python(),
      models,
    };
  }

  /** Somebody may install Python or make an environment at any time; a look costs a few file names. */
  #python(): boolean {
    if (performance.now() - this.#pythonLook.at >= pythonLookMs) {
      const roots = this.#workspace.folders.flatMap((uri) => pathOf(uri) ?? []);
      this.#pythonLook = { at: performance.now(), found: findsPython(roots, process.env.PATH ?? '') };
    }
    return this.#pythonLook.found;
  }

  #grantTrust(): void {
    this.#trusted = true;
    this.#fleet.setTrusted(true);
    this.#log('info', 'The workspace is trusted now.');
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    this.#afterChange.dispose();
    await this.#fleet.dispose();
  }

  /** A client that refuses, or never answers, costs the one thing that was asked of it. */
  async #try<T>(what: string, action: () => Promise<T>): Promise<T | null> {
    const patience = new AbortController();
    const tooLong = setTimeout(clientAnswerMs, null, { ref: false, signal: patience.signal }).then(() => {
      throw new Error(`no answer in ${clientAnswerMs / 1000} s`);
    });
    try {
      return await Promise.race([action(), tooLong]);
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#log('warn', `The client refused to ${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return null;
    } finally {
      tooLong.catch(() => {});
      patience.abort();
    }
  }
}

function foldersOf(params: InitializeParams): readonly string[] {
  const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
  return folders.length > 0 || params.rootUri == null ? folders : [params.rootUri];
}

/** What other peers see in their member lists: which window this is. */
function nodeName(folders: readonly string[]): string {
  const [first] = folders;
  if (first === undefined || !first.startsWith('file:')) return untitledName;
  try {
    const name = basename(fileURLToPath(first)).replace(/[^\w.-]+/g, '-');
    return name === '' ? untitledName : `${untitledName}-${name}`.slice(0, 200);
  } catch {
    return untitledName;
  }
}

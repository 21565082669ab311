/**
 * A language client for tests. The server runs in this process over two streams, or as the bundle in its own process:
 * the same tests serve both (`LSP_SERVER=bundle`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { startServer } from '#server/lsp/handshake.ts';
import { serve } from '#server/lsp/server.ts';

export const distFolder = fileURLToPath(new URL('../../dist', import.meta.url));

export interface ClientOptions {
  readonly folders: readonly string[];
  /** False: a client that only takes pushed diagnostics. */
  readonly pull?: boolean;
  readonly trusted?: boolean;
  readonly fleetView?: boolean;
  /** Database of known nodes. */
  readonly storePath?: string;
  /** Commands that the client says it carries out. */
  readonly commands?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly server?: 'in process' | 'bundle';
  readonly capabilities?: ClientCapabilities;
  /** A client that never answers a request of the server. */
  readonly silent?: boolean;
  /** Settings of one folder; null for those of no folder. Without it every scope has `settings`. */
  readonly settingsOf?: (scopeUri: string | null) => Readonly<Record<string, unknown>>;
  /** Runs when the server has answered `initialize` and before it reads anything. */
  readonly beforeReading?: (connection: ProtocolConnection) => Promise<void>;
}

interface LogLine {
  readonly type: number;
  readonly message: string;
}

export interface TestClient extends AsyncDisposable {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly log: readonly LogLine[];
  readonly published: ReadonlyMap<string, PublishDiagnosticsParams>;
  readonly registrations: readonly string[];
  /** What the server registered, by method. */
  readonly registered: ReadonlyMap<string, unknown>;
  folders: readonly string[];
  settings: Readonly<Record<string, unknown>>;
  refreshes: number;
  open(uri: string, text: string, version?: number): Promise<void>;
  change(uri: string, text: string, version: number): Promise<void>;
  close(uri: string): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** Diagnostics of a document, as the client sees them. */
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  pullWorkspace(previous?: readonly { readonly uri: string; readonly value: string }[]): Promise<WorkspaceDiagnosticReport>;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
  complete(uri: string, line: number, character: number): Promise<readonly CompletionItem[]>;
  actions(uri: string, range: Range, only?: readonly string[]): Promise<readonly CodeAction[]>;
  filesChanged(...changes: readonly { readonly uri: string; readonly type: 1 | 2 | 3 }[]): Promise<void>;
  /** Waits until `condition` holds; looks again after each message of the server. */
  until<T>(what: string, condition: () => T | undefined | false | Promise<T | undefined | false>, timeoutMs?: number): Promise<T>;
}

export async function openClient(options: ClientOptions): Promise<TestClient> {
  const mode = options.server ?? (process.env.LSP_SERVER === 'bundle' ? 'bundle' : 'in process');
  const { reader, writer, child } = mode === 'bundle' ? spawnServer() : serveHere();
  const connection = createProtocolConnection(reader, writer);
  const log: LogLine[] = [];
  const published = new Map<string, PublishDiagnosticsParams>();
  const registrations: string[] = [];
  const registered = new Map<string, unknown>();
  const waiters = new Set<() => void>();
  const wake = () => {
    for (const waiter of [...waiters]) waiter();
  };

  const client: TestClient = {
    connection,
    initialized: { capabilities: {} },
    log,
    published,
    registrations,
    registered,
    folders: options.folders,
    settings: options.settings ?? {},
    refreshes: 0,
    open: (uri, text, version = 1) =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'dotenv', version, text } }),
    change: (uri, text, version) =>
      connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      }),
    async diagnostics(uri) {
      const report = await client.pull(uri);
      return report.kind === 'full' ? report.items : [];
    },
    pullWorkspace: (previous = []) => connection.sendRequest('workspace/diagnostic', { previousResultIds: previous }),
    hover: (uri, line, character) =>
      connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } }),
    async complete(uri, line, character) {
      const answer: CompletionItem[] | CompletionList | null = await connection.sendRequest('textDocument/completion', {
        textDocument: { uri },
        position: { line, character },
      });
      return Array.isArray(answer) ? answer : (answer?.items ?? []);
    },
    async actions(uri, range, only) {
      const context = { diagnostics: [], ...(only === undefined ? {} : { only: [...only] }) };
      const answer: CodeAction[] | null = await connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context,
      });
      return answer ?? [];
    },
    filesChanged: (...changes) => connection.sendNotification('workspace/didChangeWatchedFiles', { changes }),
    async until(what, condition, timeoutMs = 10_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const value = await condition();
        if (value !== undefined && value !== false) return value;
        const left = deadline - performance.now();
        if (left <= 0)
          throw new Error(`Within ${timeoutMs} ms there was no: ${what}\nlog:\n${log.map((line) => line.message).join('\n')}`);
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            waiters.delete(done);
            resolve();
          };
          const timer = setTimeout(done, Math.min(left, 200));
          waiters.add(done);
        });
      }
    },
    async [Symbol.asyncDispose]() {
      await connection.sendRequest('shutdown');
      if (child === null) {
        connection.dispose();
        return;
      }
      const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
      await connection.sendNotification('exit');
      const code = await ended;
      connection.dispose();
      if (code !== 0) throw new Error(`The server ended with ${code}.`);
    },
  };

  connection.onNotification('window/logMessage', (line: LogLine) => {
    log.push(line);
    wake();
  });
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    wake();
  });
  connection.onRequest(
    'client/registerCapability',
    (params: { registrations: { method: string; registerOptions?: unknown }[] }) => {
      registrations.push(...params.registrations.map((registration) => registration.method));
      for (const { method, registerOptions } of params.registrations) registered.set(method, registerOptions);
      wake();
      return options.silent === true ? new Promise(() => {}) : null;
    },
  );
  connection.onRequest('workspace/configuration', (params: { items: { scopeUri?: string }[] }) =>
    options.silent === true
      ? new Promise(() => {})
      : params.items.map(({ scopeUri }) => options.settingsOf?.(scopeUri ?? null) ?? client.settings),
  );
  connection.onRequest('workspace/workspaceFolders', () => client.folders.map((uri) => ({ uri, name: uri })));
  connection.onRequest('workspace/diagnostic/refresh', () => {
    client.refreshes += 1;
    wake();
    return null;
  });
  connection.listen();

  const pull = options.pull ?? true;
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: options.folders[0] ?? null,
    workspaceFolders: options.folders.map((uri) => ({ uri, name: uri })),
    initializationOptions: {
      trusted: options.trusted ?? true,
      fleetView: options.fleetView ?? false,
      storePath: options.storePath ?? null,
      commands: options.commands ?? [],
    },
    capabilities: options.capabilities ?? {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true },
        ...(pull ? { diagnostics: { refreshSupport: true } } : {}),
      },
      textDocument: {
        publishDiagnostics: { relatedInformation: true },
        hover: { contentFormat: ['markdown', 'plaintext'] },
        ...(pull ? { diagnostic: { relatedDocumentSupport: false } } : {}),
      },
    },
  });
  await options.beforeReading?.(connection);
  await connection.sendNotification('initialized', {});
  return Object.assign(client, { initialized });
}

interface Streams {
  readonly reader: StreamMessageReader;
  readonly writer: StreamMessageWriter;
  readonly child: ChildProcess | null;
}

function serveHere(): Streams {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, { hostPath: join(distFolder, 'meshHost.js'), version: 'test' }, () => Promise.resolve({ serve }));
  return { reader: new StreamMessageReader(toClient), writer: new StreamMessageWriter(toServer), child: null };
}

function spawnServer(): Streams {
  const child = spawn(process.execPath, [join(distFolder, 'cli.js'), 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  return { reader: new StreamMessageReader(child.stdout), writer: new StreamMessageWriter(child.stdin), child };
}

/** Applies the edits of a code action to one document. */
export function applyToText(text: string, edits: readonly { readonly range: Range; readonly newText: string }[]): string {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  const offset = ({ line, character }: { line: number; character: number }) =>
    Math.min((starts[line] ?? text.length) + character, text.length);
  let result = text;
  for (const edit of [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start))) {
    result = result.slice(0, offset(edit.range.start)) + edit.newText + result.slice(offset(edit.range.end));
  }
  return result;
}

/** Pull diagnostics of a document and of the workspace, and push for clients that cannot pull. */
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { DocumentFindings } from '../workspace/findings.ts';
import { canonicalUri } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toDiagnostic } from './convert.ts';
import type { Docs } from './docs.ts';

export interface DiagnosticsOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  /** Resolves when every file has been read: rules about the whole fleet mean nothing before. */
  ready(): Promise<unknown>;
  readonly relatedInformation: boolean;
  readonly docs: Docs;
}

export class Diagnostics {
  readonly #options: DiagnosticsOptions;
  /** Converted once per result. */
  readonly #converted = new WeakMap<DocumentFindings, Diagnostic[]>();
  readonly #pushed = new Map<string, string>();

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  /** Answers `textDocument/diagnostic` and `workspace/diagnostic`. */
  servePull(): void {
    const { connection } = this.#options;
    connection.languages.diagnostics.on((params, token) =>
      this.#document(params.textDocument.uri, params.previousResultId, token),
    );
    connection.languages.diagnostics.onWorkspace(async (params, token) => {
      await this.#options.ready();
      throwIfCancelled(token);
      return { items: this.#workspace(new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]))) };
    });
  }

  async #document(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    await this.#options.ready();
    throwIfCancelled(token);
    const found = this.#options.workspace.findings(uri);
    if (found === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    if (found.resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previous };
    return { kind: DocumentDiagnosticReportKind.Full, resultId: found.resultId, items: this.#convert(found) };
  }

  /** Documents without findings that the client never heard of are left out: the client asks every 2 s. */
  #workspace(previous: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport[] {
    const all = this.#options.workspace.allFindings();
    const known = new Map([...previous].map(([uri, resultId]) => [canonicalUri(uri), { uri, resultId }]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const [uri, found] of all) {
      const before = known.get(uri);
      known.delete(uri);
      if (before === undefined && found.findings.length === 0) continue;
      const place = { uri: before?.uri ?? uri, version: this.#options.workspace.versionOf(uri) };
      if (before?.resultId === found.resultId) {
        items.push({ ...place, kind: DocumentDiagnosticReportKind.Unchanged, resultId: found.resultId });
      } else {
        items.push({ ...place, kind: DocumentDiagnosticReportKind.Full, resultId: found.resultId, items: this.#convert(found) });
      }
    }
    for (const { uri, resultId } of known.values()) {
      if (resultId === gone) items.push({ uri, version: null, kind: DocumentDiagnosticReportKind.Unchanged, resultId: gone });
      else items.push({ uri, version: null, kind: DocumentDiagnosticReportKind.Full, resultId: gone, items: [] });
    }
    return items;
  }

  /** Sends what changed since the last time. */
  push(): void {
    const { connection, workspace } = this.#options;
    const all = workspace.allFindings();
    for (const [uri, found] of all) {
      const before = this.#pushed.get(uri);
      if (before === found.resultId || (before === undefined && found.findings.length === 0)) continue;
      this.#pushed.set(uri, found.resultId);
      const version = workspace.versionOf(uri);
      void connection.sendDiagnostics({ uri, diagnostics: this.#convert(found), ...(version === null ? {} : { version }) });
    }
    for (const uri of [...this.#pushed.keys()]) {
      if (all.has(uri)) continue;
      this.#pushed.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }

  #convert(found: DocumentFindings): Diagnostic[] {
    const { relatedInformation, docs } = this.#options;
    let converted = this.#converted.get(found);
    if (converted === undefined) {
      converted = found.findings.map((finding) => toDiagnostic(finding, { related: relatedInformation, docs }));
      this.#converted.set(found, converted);
    }
    return converted;
  }
}

/** Result id of a document that is no longer there. */
const gone = 'gone';

/** The client answers a cancelled pull by pulling again when it needs to. */
function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled by the client.');
}

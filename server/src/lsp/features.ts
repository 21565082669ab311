/** Hover, completion and code actions: wire handlers around `config/features`. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Connection,
  type Hover,
  MarkupKind,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type CodeActionItem, codeActions } from '../config/features/codeActions.ts';
import { type CompletionItem as Completion, complete } from '../config/features/completion.ts';
import { hover } from '../config/features/hover.ts';
import { canonicalUri } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { toDiagnostic, toWorkspaceEdit } from './convert.ts';
import type { Docs } from './docs.ts';
import type { Log } from './log.ts';

/** Only ours, so that a client can run ours and not everybody's on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.jarviscoreFleet`;

export interface FeatureOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly texts: TextDocuments<TextDocument>;
  readonly client: ClientFeatures;
  readonly docs: Docs;
  ready(): Promise<unknown>;
  /** An untrusted workspace gets diagnostics and nothing else. */
  trusted(): boolean;
  readonly log: Log;
}

export function serveFeatures(options: FeatureOptions): void {
  const { connection, workspace, texts, client, docs } = options;

  /** Runs a feature once the workspace has been read; what goes wrong in it costs this one answer. */
  async function answer<T>(name: string, token: CancellationToken, compute: () => T): Promise<T | null> {
    if (!options.trusted()) return null;
    await options.ready();
    if (token.isCancellationRequested) return null;
    try {
      return compute();
    } catch (error) {
      options.log('error', `${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return null;
    }
  }

  connection.onHover(({ textDocument, position }, token) =>
    answer('Hover', token, (): Hover | null => {
      const uri = canonicalUri(textDocument.uri);
      const model = workspace.model(uri);
      const found = model === undefined ? null : hover(model, uri, position);
      if (found === null) return null;
      const value = docs.resolve(found.markdown);
      return { range: found.range, contents: { kind: client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value } };
    }),
  );

  connection.onCompletion(({ textDocument, position }, token) =>
    answer('Completion', token, () => {
      const uri = canonicalUri(textDocument.uri);
      const model = workspace.model(uri);
      const text = texts.get(textDocument.uri);
      if (model === undefined || text === undefined) return [];
      const before = text.getText({ start: { line: position.line, character: 0 }, end: position });
      return complete(model, uri, position, before).map((item) => toCompletionItem(item, docs));
    }),
  );

  connection.onCodeAction(({ textDocument, range, context }, token) =>
    answer('Code actions', token, (): CodeAction[] => {
      const uri = canonicalUri(textDocument.uri);
      const findings = workspace.findings(uri)?.findings ?? [];
      return codeActions(findings, uri, range)
        .map((item) => toCodeAction(item, options))
        .filter(({ kind }) => isWanted(kind, context.only));
    }),
  );
}

function toCompletionItem(item: Completion, docs: Docs): CompletionItem {
  return {
    label: item.label,
    kind: item.kind === 'name' ? CompletionItemKind.Property : CompletionItemKind.Value,
    detail: item.detail,
    documentation: { kind: MarkupKind.Markdown, value: docs.resolve(item.documentation) },
    textEdit: { range: item.range, newText: item.insertText },
    filterText: item.label,
    sortText: item.sortText,
    ...(item.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
  };
}

function toCodeAction(item: CodeActionItem, { client, workspace, docs }: FeatureOptions): CodeAction {
  const versionOf = client.documentChanges ? (uri: string) => workspace.versionOf(uri) : null;
  return {
    title: item.title,
    kind: item.kind === 'source.fixAll' ? fixAllKind : CodeActionKind.QuickFix,
    ...(item.isPreferred ? { isPreferred: true } : {}),
    ...(item.finding === null ? {} : { diagnostics: [toDiagnostic(item.finding, { related: client.relatedInformation, docs })] }),
    edit: toWorkspaceEdit(item.edits, versionOf),
  };
}

/** Kinds are hierarchical: `source` asks for `source.fixAll.jarviscoreFleet` too. */
function isWanted(kind: string | undefined, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind?.startsWith(`${wanted}.`) === true);
}

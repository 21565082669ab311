/** Hover, completion and code actions: wire handlers around `config/features`. */
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Connection,
  type Hover,
  MarkupKind,
} from 'vscode-languageserver/node';
import { type CodeActionItem, codeActions } from '../config/features/codeActions.ts';
import { type CompletionItem as Completion, complete } from '../config/features/completion.ts';
import { hover } from '../config/features/hover.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answers } from './answer.ts';
import { fixAllKind } from './capabilities.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { toDiagnostic, toWorkspaceEdit } from './convert.ts';
import type { Docs } from './docs.ts';

/** As far as the key that a line of YAML belongs to is looked for. */
const linesAbove = 1_000;

export interface FeatureOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly client: ClientFeatures;
  readonly docs: Docs;
  readonly answers: Answers;
}

export function serveFeatures(options: FeatureOptions): void {
  const { connection, workspace, client, docs, answers } = options;

  connection.onHover(({ textDocument, position }, token) =>
    answers.document('Hover', textDocument.uri, token, ({ model, uri }): Hover | null => {
      const found = hover(model, uri, position);
      if (found === null) return null;
      const value = docs.resolve(found.markdown);
      return { range: found.range, contents: { kind: client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value } };
    }),
  );

  connection.onCompletion(({ textDocument, position }, token) =>
    answers.document('Completion', textDocument.uri, token, ({ model, uri, text }) => {
      if (text === undefined) return [];
      const before = text.getText({ start: { line: position.line, character: 0 }, end: position });
      const first = Math.max(0, position.line - linesAbove);
      const above = text.getText({ start: { line: first, character: 0 }, end: { line: position.line, character: 0 } });
      const lines = above
        .split(/\r\n?|\n/)
        .slice(0, -1)
        .toReversed();
      return complete(model, uri, position, before, lines).map((item) => toCompletionItem(item, docs));
    }),
  );

  connection.onCodeAction(({ textDocument, range, context }, token) =>
    answers.document('Code actions', textDocument.uri, token, ({ uri }): CodeAction[] => {
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

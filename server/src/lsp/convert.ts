/** Findings and fixes in the words of the protocol. */
import {
  type AnnotatedTextEdit,
  type ChangeAnnotation,
  type Diagnostic,
  DiagnosticSeverity,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { RenameGroup } from '../config/features/rename.ts';
import type { Edit, Finding } from '../config/model/types.ts';
import type { Docs } from './docs.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const diagnosticSource = 'jarviscore';

export interface DiagnosticOptions {
  /** Whether the client shows related places. */
  readonly related: boolean;
  readonly docs: Docs;
}

export function toDiagnostic(finding: Finding, { related, docs }: DiagnosticOptions): Diagnostic {
  const page = docs.rule(finding.rule);
  return {
    range: finding.range,
    severity: severities[finding.severity],
    code: finding.rule,
    source: diagnosticSource,
    message: finding.message,
    ...(page === null ? {} : { codeDescription: { href: page } }),
    ...(related && finding.related.length > 0
      ? {
          relatedInformation: finding.related.map(({ uri, range, message }) => ({ location: { uri, range }, message })),
        }
      : {}),
  };
}

/** The version of an open document, null for one on disk. */
export type VersionOf = (uri: string) => number | null;

/** @param versionOf null where the client cannot take versioned edits. */
export function toWorkspaceEdit(edits: readonly Edit[], versionOf: VersionOf | null): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  for (const { uri, range, newText } of edits) {
    const list = byUri.get(uri) ?? [];
    list.push({ range, newText });
    byUri.set(uri, list);
  }
  if (versionOf === null) return { changes: Object.fromEntries(byUri) };
  const documentChanges: TextDocumentEdit[] = [...byUri].map(([uri, list]) => ({
    textDocument: { uri, version: versionOf(uri) },
    edits: list,
  }));
  return { documentChanges };
}

export interface RenameEditOptions {
  /** Null where the client cannot take versioned edits. */
  readonly versionOf: VersionOf | null;
  /** Whether the client shows what edits are for and asks before those that need it. */
  readonly annotations: boolean;
}

export function toRenameEdit(groups: readonly RenameGroup[], { versionOf, annotations }: RenameEditOptions): WorkspaceEdit {
  if (versionOf === null || !annotations) {
    return toWorkspaceEdit(
      groups.flatMap((group) => group.edits),
      versionOf,
    );
  }
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const byUri = new Map<string, AnnotatedTextEdit[]>();
  for (const [index, { label, description, needsConfirmation, edits }] of groups.entries()) {
    const annotationId = `rename-${index}`;
    changeAnnotations[annotationId] = { label, description, needsConfirmation };
    for (const { uri, range, newText } of edits) {
      const list = byUri.get(uri) ?? [];
      list.push({ range, newText, annotationId });
      byUri.set(uri, list);
    }
  }
  const documentChanges = [...byUri].map(([uri, list]) => ({ textDocument: { uri, version: versionOf(uri) }, edits: list }));
  return { documentChanges, changeAnnotations };
}

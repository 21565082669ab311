/** Text in, model out: a small workspace for tests of rules and features. */
import { buildModel } from '#server/config/model/build.ts';
import type { Edit, Finding, WorkspaceModel } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { type CheckOptions, check } from '#server/config/rules/engine.ts';
import type { Position } from '#server/config/text/position.ts';

/** Path below the workspace -> text. */
export type Files = Readonly<Record<string, string>>;

export interface WorkspaceOptions {
  readonly target?: string;
  readonly profile?: 'development' | 'production';
}

const root = 'file:///w';

export const uriOf = (path: string): string => `${root}/${path}`;
export const pathOf = (uri: string): string => uri.slice(root.length + 1);

export function modelOf(files: Files, options: WorkspaceOptions = {}): WorkspaceModel {
  const context = createReaderContext(1);
  const documents = Object.entries(files).map(([path, text]) => {
    const kind = kindOf(path);
    if (kind === null) throw new Error(`No reader for ${path}.`);
    return readDocument({ uri: uriOf(path), text, kind }, context);
  });
  return buildModel(documents, { roots: [root], ...options });
}

export function findingsOf(files: Files, options: WorkspaceOptions & CheckOptions = {}): Finding[] {
  return check(modelOf(files, options), options);
}

/** `path:line rule`, the line counted from 1. */
export function summaries(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${pathOf(finding.uri)}:${finding.range.start.line + 1} ${finding.rule}`);
}

function offsetOf(text: string, position: Position): number {
  let offset = 0;
  for (let line = 0; line < position.line; line++) {
    const end = text.indexOf('\n', offset);
    if (end < 0) return text.length;
    offset = end + 1;
  }
  return Math.min(text.length, offset + position.character);
}

/** Applies edits as an editor does: all ranges refer to the text before. */
export function applyEdits(files: Files, edits: readonly Edit[]): Files {
  const result: Record<string, string> = { ...files };
  const spans = edits
    .map((edit) => {
      const text = files[pathOf(edit.uri)] ?? '';
      return {
        path: pathOf(edit.uri),
        start: offsetOf(text, edit.range.start),
        end: offsetOf(text, edit.range.end),
        newText: edit.newText,
      };
    })
    .sort((a, b) => b.start - a.start || b.end - a.end);
  for (const { path, start, end, newText } of spans) {
    const text = result[path] ?? '';
    result[path] = text.slice(0, start) + newText + text.slice(end);
  }
  return result;
}

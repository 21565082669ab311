/** The edits fixes are made of. All of them work on ranges alone: rules never see the text again. */
import type { Assignment, DeclaredProcess, Edit, Fix, SourceDocument } from '../model/types.ts';
import { comparePositions, type Range } from '../text/position.ts';

/** Renames the name an assignment writes; in Python the range lies inside the quotes. */
export function rename(document: SourceDocument, assignment: Assignment, name: string): Edit {
  return { uri: document.uri, range: assignment.nameRange, newText: name };
}

/** Replaces the value as written, quotes included. Values with spaces, quotes or `#` get single quotes, which expand nothing but `${}`. */
export function replaceValue(uri: string, range: Range, text: string): Edit {
  const plain = /^[^\s'"`#\\$]*$/.test(text);
  return { uri, range, newText: plain ? text : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` };
}

/** The whole lines a range touches, line end included. */
export function wholeLines(range: Range): Range {
  return { start: { line: range.start.line, character: 0 }, end: { line: range.end.line + 1, character: 0 } };
}

/** Takes an assignment out together with its line; null where other code shares the line. */
export function removeAssignment(document: SourceDocument, assignment: Assignment): Edit | null {
  const lines = wholeLines(assignment.range);
  if (document.kind === 'dotenv') return { uri: document.uri, range: lines, newText: '' };
  if (document.kind !== 'python') return null;
  const process = document.processes.find((candidate) => candidate.id === assignment.process);
  if (process === undefined || process.insertion === null) return null;
  const neighbours = [process.range, process.insertion.at, ...Object.values(process.facts).map((fact) => fact.range)];
  const others = document.assignments.filter((other) => other !== assignment).map((other) => other.range);
  const shared = [...neighbours, ...others].some(
    (range) => range.start.line <= assignment.range.end.line && range.end.line >= assignment.range.start.line,
  );
  return shared ? null : { uri: document.uri, range: lines, newText: '' };
}

/** Turns a dotenv line into a comment. */
export function commentOut(uri: string, range: Range): Edit {
  return { uri, range: { start: range.start, end: range.start }, newText: '# ' };
}

/** Adds one key to the dict of a declared process; null where it has no place for one or has the key already. */
export function insertMeshKey(process: DeclaredProcess, key: string, literal: string): Edit | null {
  const { insertion } = process.declaration;
  if (insertion === null) return null;
  return {
    uri: process.uri,
    range: insertion.at,
    newText: `${insertion.prefix}${JSON.stringify(key)}: ${literal}${insertion.suffix}`,
  };
}

/** A fix out of one edit, or none where the edit is not possible. */
export function fix(title: string, safe: boolean, ...edits: readonly (Edit | null)[]): readonly Fix[] {
  const possible: Edit[] = [];
  for (const edit of edits) {
    if (edit === null) return [];
    possible.push(edit);
  }
  return [
    {
      title,
      safe,
      edits: possible.toSorted((a, b) => a.uri.localeCompare(b.uri) || comparePositions(a.range.start, b.range.start)),
    },
  ];
}

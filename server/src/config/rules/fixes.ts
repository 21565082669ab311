/** The edits fixes are made of. All of them work on ranges alone: rules never see the text again. */
import type { Assignment, DeclaredProcess, Edit, Fix, ProcessDeclaration, SourceDocument } from '../model/types.ts';
import { comparePositions, overlaps, type Range } from '../text/position.ts';
import { pythonString } from './pythonLiteral.ts';
import { writtenText } from './writtenText.ts';

/** Whether name and value have places of their own; in a command that is written as one text they have not. */
function isApart({ nameRange, valueRange }: Assignment): boolean {
  return valueRange === null || comparePositions(nameRange.end, valueRange.start) <= 0;
}

/** Renames the name an assignment writes; in Python the range lies inside the quotes. Null where it has no place of its own. */
export function rename(document: SourceDocument, assignment: Assignment, name: string): Edit | null {
  return isApart(assignment) ? { uri: document.uri, range: assignment.nameRange, newText: name } : null;
}

/**
 * Replaces a value, written as the file's syntax wants it.
 *
 * @param literal Python source for a Mesh dict; by default the text as a string.
 * @returns null where the value is computed, or where its quotes cannot be kept.
 */
export function replaceValue(
  document: SourceDocument,
  assignment: Assignment,
  text: string,
  literal: string = pythonString(text),
): Edit | null {
  const { valueRange } = assignment;
  if (valueRange === null || !isApart(assignment) || isComputed(document, assignment)) return null;
  const newText =
    document.kind === 'python' && assignment.layer === 'mesh'
      ? literal
      : writtenText(assignment.embedded === true ? 'dotenv' : document.kind, assignment, text);
  return newText === null ? null : { uri: document.uri, range: valueRange, newText };
}

/** Whether the value contains variables: to replace it would cut the line off from what fills them in. */
function isComputed(document: SourceDocument, { valueRange }: Assignment): boolean {
  if (valueRange === null) return false;
  const { line, character } = valueRange.start;
  if (document.writing?.variables.has(`${line}:${character}`) === true) return true;
  return document.problems.some(({ code, range }) => code === 'dotenv-interpolation' && overlaps(range, valueRange));
}

/** The whole lines a range touches, line end included. */
export function wholeLines(range: Range): Range {
  return { start: { line: range.start.line, character: 0 }, end: { line: range.end.line + 1, character: 0 } };
}

/** Takes an assignment out together with its line; null where other code shares the line. */
export function removeAssignment(document: SourceDocument, assignment: Assignment): Edit | null {
  const lines = wholeLines(assignment.range);
  if (document.kind === 'dotenv' || document.writing?.ownLines.has(assignment.range.start.line) === true)
    return { uri: document.uri, range: lines, newText: '' };
  if (document.kind !== 'python') return null;
  const process = document.processes.find((candidate) => candidate.id === assignment.process);
  if (process === undefined || process.insertion === null) return null;
  const given = Object.values(process.facts).map((fact) => fact.range);
  // The argument that is the dict itself holds the key, and ends lines below it.
  const apart = given.filter(
    ({ start, end }) => start.line >= assignment.range.start.line || end.line <= assignment.range.end.line,
  );
  const neighbours = [process.range, process.insertion.at, ...apart];
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

/**
 * Adds one key to the Mesh dict of a declared process, that of its program for services and units; null where it has no
 * place for one.
 */
export function insertMeshKey(process: DeclaredProcess, key: string, literal: string): Edit | null {
  if (process.program === null && process.deployment !== 'python') return null;
  const { uri, declaration } = process.program ?? process;
  return insertKey(uri, declaration, key, literal);
}

/** The same for a construction of a document. */
export function insertKey(uri: string, { insertion }: ProcessDeclaration, key: string, literal: string): Edit | null {
  if (insertion === null) return null;
  return { uri, range: insertion.at, newText: `${insertion.prefix}${JSON.stringify(key)}: ${literal}${insertion.suffix}` };
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

/**
 * A line of a checked file for a report. A report travels (terminals, CI logs, tickets), so everything that could be a
 * secret is left out: only text that a reader understood and did not keep secret is shown as it stands.
 */
import { fleetFileKeys } from '#schemas/project/fleetFile.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Assignment, SourceDocument } from '../config/model/types.ts';
import { assignmentsOnLine } from '../config/readers/dotenvAssignments.ts';
import { settingOfVariable } from '../config/rules/settingIndex.ts';
import type { Position, Range } from '../config/text/position.ts';

export const mask = '…';

/** The line with secrets masked, and where the marked range lies in it now. */
export interface Excerpt {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const widest = 160;

export function excerpt(document: SourceDocument | undefined, line: string, range: Range): Excerpt {
  const number = range.start.line;
  const end = range.end.line > number ? line.length : Math.min(range.end.character, line.length);
  const shown = visibleSpans(document, line, number);
  let text = '';
  let masked = false;
  let markStart = -1;
  let markEnd = -1;
  for (let index = 0; index <= line.length; index++) {
    if (index === Math.min(range.start.character, line.length)) markStart = text.length;
    if (index === end) markEnd = text.length;
    if (index === line.length) break;
    if (shown[index] === true) {
      text += line[index] === '\t' ? ' ' : line[index];
      masked = false;
    } else if (!masked) {
      text += mask;
      masked = true;
    }
  }
  const start = Math.min(Math.max(markStart, 0), text.length);
  const clipped = text.length > widest ? `${text.slice(0, widest)}${mask}` : text;
  return { text: clipped, start: Math.min(start, widest), end: Math.min(Math.max(markEnd, start + 1), widest + 1) };
}

/** For each UTF-16 unit of the line: may it be shown? */
function visibleSpans(document: SourceDocument | undefined, line: string, number: number): readonly boolean[] {
  const shown: boolean[] = new Array(line.length).fill(false);
  const assignments = document === undefined ? [] : assignmentsOnLine(document, number);
  const set = (range: Range, visible: boolean) => {
    const [from, to] = columns(range, number, line.length);
    shown.fill(visible, from, to);
  };
  if (document?.kind === 'project') return projectLine(line);
  if (assignments.length === 0) {
    const declares = document?.kind === 'python' && document.processes.some(({ range }) => range.start.line === number);
    return declares ? pythonCode(line) : unread(line, shown);
  }
  for (const assignment of assignments) set(assignment.range, true);
  for (const assignment of assignments) {
    if (assignment.valueRange !== null && !isPublic(assignment)) set(assignment.valueRange, false);
    if (assignment.comment !== null) set(assignment.comment, false);
    if (!isName(assignment)) set(assignment.nameRange, false);
  }
  // What stands around assignments is code or indentation; literals in it are nobody's settings.
  const code = document?.kind === 'python' ? pythonCode(line) : unread(line, new Array<boolean>(line.length).fill(false));
  const covered = (column: number) => assignments.some(({ range }) => within(range, { line: number, character: column }));
  return shown.map((visible, column) => visible || (!covered(column) && code[column] === true));
}

/** Python code with the content of its strings and its comment left out. */
function pythonCode(line: string): readonly boolean[] {
  const shown: boolean[] = new Array(line.length).fill(true);
  for (const { 0: text, index } of line.matchAll(/(["'])(?:\\.|(?!\1).)*(?:\1|$)|#.*$/g)) {
    shown.fill(false, text.startsWith('#') ? index : index + 1, text.startsWith('#') ? line.length : index + text.length - 1);
  }
  return shown;
}

/** A line of `jarviscore-fleet.json`: no comment, and no value under a key that does not belong there. */
function projectLine(line: string): readonly boolean[] {
  const shown: boolean[] = new Array(line.length).fill(true);
  const parts = /("(?:\\.|[^"\\])*")(?=\s*:)|"(?:\\.|[^"\\])*"?|\/[/*].*$|[^\s"/,:[\]{}]+/g;
  let known = true;
  for (const { 0: text, 1: key, index } of line.matchAll(parts)) {
    const end = index + text.length;
    if (text.startsWith('/')) shown.fill(false, index);
    else if (key !== undefined) known = fleetFileKeys.has(key.slice(1, -1)) || ruleInventory.has(key.slice(1, -1));
    else if (!known) shown.fill(false, text.startsWith('"') ? index + 1 : index, /^".*"$/.test(text) ? end - 1 : end);
  }
  return shown;
}

/** A line nobody read: names up to the first sign of a value. */
function unread(line: string, shown: boolean[]): readonly boolean[] {
  const value = /[=:#'"`]/.exec(line);
  shown.fill(true, 0, value === null ? namesOnly(line) : value.index + (/[=:]/.test(value[0]) ? 1 : 0));
  return shown;
}

/** A line of bare words could be the continuation of a secret: its first word only if it is a plain name. */
function namesOnly(line: string): number {
  return /^\s*(?:export\s+)?[A-Z][A-Z0-9_]{0,60}\s*$/.test(line) || /^\s*(?:\w+\(|[)\]}])/.test(line) ? line.length : 0;
}

/** A line of a broken multi-line secret reads as a name too (base64 even ends in an equals sign). */
function isName({ name, layer }: Assignment): boolean {
  const pattern = layer === 'mesh' ? /^[a-z_][a-z0-9_]{0,60}$/ : /^[A-Z_][A-Z0-9_]{0,60}$/;
  return pattern.test(name) || settingOfVariable(name) !== undefined;
}

/** Asterisks in what the reader kept stand for credentials, which the line still has. */
function isPublic({ value }: Assignment): boolean {
  if (value.kind !== 'literal' && value.kind !== 'text') return false;
  const kept =
    value.kind === 'text'
      ? value.text
      : JSON.stringify(value.literal, (_, each: unknown) => (typeof each === 'bigint' ? '' : each));
  return value.masked === undefined && !kept.includes('***');
}

function columns(range: Range, line: number, length: number): readonly [number, number] {
  return [range.start.line < line ? 0 : range.start.character, range.end.line > line ? length : range.end.character];
}

function within({ start, end }: Range, { line, character }: Position): boolean {
  const afterStart = start.line < line || (start.line === line && start.character <= character);
  return afterStart && (end.line > line || (end.line === line && character < end.character));
}

/**
 * systemd `EnvironmentFile=` (systemd.exec(5), behaviour of src/basic/env-file.c): `#` and `;` begin comment lines only,
 * quotes may stand in pieces next to each other and span lines, a backslash continues a line or escapes, nothing is
 * interpolated. Lines without `=` and invalid names are dropped; the rest of the file counts.
 */
import { LineIndex } from '../lines.ts';
import { type DialectEntry, type DialectError, type DialectReading, refused } from './reading.ts';

const isNewline = (character: string): boolean => character === '\n' || character === '\r';
const isSpace = (character: string): boolean => character === ' ' || character === '\t' || isNewline(character);
/** What a backslash escapes inside double quotes; before anything else it stays. */
const escapable = '"\\`$';
const validName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Code points systemd's UTF-8 check does not let through; a half surrogate stands for a byte that is not UTF-8. */
const notForSystemd = /[\p{Cs}\p{Noncharacter_Code_Point}]/u;

interface Value {
  readonly text: string;
  /** Offset behind the value; at a line end, or at the end of the text. */
  readonly end: number;
}

/** Reads a value from behind the `=`. */
function readValue(text: string, from: number): Value {
  const out: string[] = [];
  // Unquoted text loses its trailing whitespace, unless a quote or an escape follows or ends it.
  let kept = 0;
  let at = from;
  let started = false;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (isNewline(character)) break;
    if (!started) {
      if (character === "'" || character === '"') {
        at = readQuoted(text, at, out);
        kept = out.length;
        continue;
      }
      if (isSpace(character)) {
        at++;
        continue;
      }
    }
    started = true;
    if (character === '\\') {
      const next = text[at + 1];
      if (next !== undefined && !isNewline(next)) out.push(next);
      kept = out.length;
      at += 2;
      continue;
    }
    out.push(character);
    if (!isSpace(character)) kept = out.length;
    at++;
  }
  return { text: out.slice(0, kept).join(''), end: Math.min(at, text.length) };
}

/** Appends a quoted piece and returns the offset behind it; an unclosed quote takes the rest of the file. */
function readQuoted(text: string, from: number, out: string[]): number {
  const quote = text[from];
  let at = from + 1;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === quote) return at + 1;
    if (quote === '"' && character === '\\') {
      const next = text[++at];
      if (next === undefined) break;
      if (escapable.includes(next)) out.push(next);
      else if (next !== '\n') out.push('\\', next);
      continue;
    }
    out.push(character);
  }
  return at;
}

/** Until this release a comment goes on where a backslash stands before its line end. */
const lastContinuingComments = 253;

/** Offset behind a comment: its line end, where a backslash takes the next character with it. */
function skipComment(text: string, from: number, release: number): number {
  let at = from;
  while (at < text.length && !isNewline(text[at] ?? '')) {
    const escapes = text[at] === '\\' && (release <= lastContinuingComments || !isNewline(text[at + 1] ?? ''));
    at += escapes ? 2 : 1;
  }
  return Math.min(at, text.length);
}

/** Statements that stand on the further lines of a comment. */
function swallowed(text: string, start: number, end: number, lines: LineIndex): DialectError[] {
  const errors: DialectError[] = [];
  for (let line = lines.lineAt(start) + 1; line < lines.lineCount && lines.startOf(line) < end; line++) {
    if (!/^[ \t]*[A-Za-z_][A-Za-z0-9_]*[ \t]*=/.test(text.slice(lines.startOf(line), end))) continue;
    errors.push({ line: line + 1, message: 'belongs to the comment above, which ends in a backslash (systemd 254 reads it)' });
  }
  return errors;
}

/** @param release Of systemd; by default one that continues comments, because such a file is read in part only there. */
export function readSystemd(text: string, release = lastContinuingComments): DialectReading {
  const lines = new LineIndex(text);
  const nul = text.indexOf('\0');
  if (nul >= 0) return refused(lines.lineAt(nul) + 1, 'the file contains a NUL character');
  const entries: DialectEntry[] = [];
  const errors: DialectError[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (isSpace(character)) {
      at++;
      continue;
    }
    if (character === '#' || character === ';') {
      const end = skipComment(text, at, release);
      if (release <= lastContinuingComments) errors.push(...swallowed(text, at, end, lines));
      at = end;
      continue;
    }
    const line = lines.lineAt(at) + 1;
    const start = at;
    // The first character belongs to the name whatever it is, also `=`.
    at++;
    while (at < text.length && text[at] !== '=' && !isNewline(text[at] ?? '')) at++;
    if (text[at] !== '=') {
      errors.push({ line, message: 'no "=" in the line' });
      continue;
    }
    let nameEnd = at;
    while (nameEnd > start && isSpace(text[nameEnd - 1] ?? '')) nameEnd--;
    const key = text.slice(start, nameEnd);
    const value = readValue(text, at + 1);
    at = value.end;
    if (notForSystemd.test(key) || notForSystemd.test(value.text))
      return refused(line, 'the text is not valid UTF-8 for systemd');
    if (validName.test(key)) entries.push({ key, value: value.text, line });
    else errors.push({ line, message: 'not a valid variable name' });
  }
  return { entries, errors };
}

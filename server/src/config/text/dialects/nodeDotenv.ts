/**
 * npm `dotenv` (16 to 18), `parse()`: no interpolation. It searches for statements instead of reading the file, so what
 * does not look like one is passed over; those lines are the errors here.
 */
import { LineIndex } from '../lines.ts';
import type { DialectEntry, DialectError, DialectReading } from './reading.ts';

/**
 * A statement as the package's documentation and tests define it, from its first character on: quotes of three kinds may
 * span lines and escape only themselves; a quoted text that is not followed by the end of the line counts as unquoted,
 * which ends at any `#`.
 */
const statement =
  /(?:export\s+)?(?<key>[\w.-]+)(?:\s*=\s*?|:\s+?)(?<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/my;

/**
 * The statements of a text. The package searches with `^\s*` in front, which begins anew in every line of a blank stretch
 * and goes through the rest of it each time; what a line begins with is the same whichever of them it is reached from.
 */
function* statements(text: string): Generator<RegExpExecArray> {
  const content = /\S/g;
  // Where `^` and `$` see a line end.
  const lineEnd = /[\n\u2028\u2029]/g;
  let at = 0;
  while (at < text.length) {
    content.lastIndex = at;
    const first = content.exec(text)?.index;
    if (first === undefined) return;
    statement.lastIndex = first;
    const match = statement.exec(text);
    if (match !== null) yield match;
    // A statement ends at the end of a line, and takes blank lines behind it along.
    lineEnd.lastIndex = match === null ? first : match.index + match[0].length;
    const newline = lineEnd.exec(text);
    if (newline === null) return;
    at = lineEnd.lastIndex;
  }
}

function decodeValue(written: string): string {
  const trimmed = written.trim();
  const unquoted = trimmed.replace(/^(['"`])([\s\S]*)\1$/gm, '$2');
  // Only double quotes have escapes, and only these two.
  return trimmed.startsWith('"') ? unquoted.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : unquoted;
}

export function readNodeDotenv(source: string): DialectReading {
  const text = source.replace(/\r\n?/g, '\n');
  const lines = new LineIndex(text);
  const entries: DialectEntry[] = [];
  const errors: DialectError[] = [];
  let covered = 0;
  const skipped = (from: number, to: number): void => {
    for (const match of text.slice(from, to).matchAll(/[^\n]+/g)) {
      const content = match[0].trimStart();
      if (content === '' || content.startsWith('#')) continue;
      const at = from + match.index + (match[0].length - content.length);
      errors.push({ line: lines.lineAt(at) + 1, message: 'not a NAME=value statement' });
    }
  };
  for (const match of statements(text)) {
    const { key = '', value = '' } = match.groups ?? {};
    skipped(covered, match.index);
    covered = match.index + match[0].length;
    entries.push({ key, value: decodeValue(value), line: lines.lineAt(match.index) + 1 });
  }
  skipped(covered, text.length);
  return { entries, errors };
}

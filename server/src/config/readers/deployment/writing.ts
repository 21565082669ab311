/** What fixes have to know of a text they never see: which statements have a line of their own, which values are computed. */

import type { Assignment, SourceDocument } from '../../model/types.ts';
import { withoutEnd } from '../../text/ends.ts';
import type { LineIndex } from '../../text/lines.ts';

/** Text before a statement that belongs to it alone, and behind it. */
const before = /^\s*(?:-\s+)?(?:export\s+|ENV\s+|Environment=)?["']?$/;
const behind = /^["']?\s*(?:#.*)?$/;
/** In JSON the entry before the last one would keep its comma. */
const behindJson = /^\s*,\s*$/;
/** A statement or a line that is longer is generated. */
const mostLines = 20;
const mostCharacters = 2000;

/** `$NAME`, `${NAME}`, `$(...)`, backticks; systemd's `%i`. */
const computed = /\$[A-Za-z_{(]|`|%(?!%)[A-Za-z]/;

export interface WritingSource {
  readonly text: string;
  readonly lines: LineIndex;
  /** Whether the text is JSON with comments. */
  readonly json: boolean;
}

/** A statement or an item of a list. */
type Written = Pick<Assignment, 'range'> & Partial<Pick<Assignment, 'valueRange'>>;

/** @param written What stands in the text; the same more than once is fine. */
export function writingOf(source: WritingSource, written: Iterable<Written>): NonNullable<SourceDocument['writing']> {
  const { text, lines, json } = source;
  const ownLines = new Set<number>();
  const variables = new Set<string>();
  // Services that share a map through an alias have each of its entries.
  const seen = new Set<string>();
  const lengthOf = (number: number): number => lines.startOf(number + 1) - lines.startOf(number);
  const line = (number: number): string => withoutEnd(text.slice(lines.startOf(number), lines.startOf(number + 1)), /[\r\n]/);
  for (const { range, valueRange } of written) {
    const place = `${range.start.line}:${range.start.character}`;
    if (seen.has(place)) continue;
    seen.add(place);
    if (valueRange != null) {
      const from = lines.startOf(valueRange.start.line) + valueRange.start.character;
      const to = lines.startOf(valueRange.end.line) + valueRange.end.character;
      if (to - from < 10_000 && computed.test(text.slice(from, to)))
        variables.add(`${valueRange.start.line}:${valueRange.start.character}`);
    }
    if (range.end.line - range.start.line > mostLines || ownLines.has(range.start.line)) continue;
    if (lengthOf(range.start.line) > mostCharacters || lengthOf(range.end.line) > mostCharacters) continue;
    const head = line(range.start.line).slice(0, range.start.character);
    const tail = line(range.end.line).slice(range.end.character);
    if (before.test(head) && (json ? behindJson : behind).test(tail)) ownLines.add(range.start.line);
  }
  return { ownLines, variables };
}

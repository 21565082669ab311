/** Which fixes can be applied together, and their application to text. */
import type { Edit, Finding, Fix } from '../config/model/types.ts';
import { comparePositions, type Position } from '../config/text/position.ts';

/** Safe: keeps every effective setting. Unsafe: all that need no choice. */
export type FixLevel = 'safe' | 'unsafe';

export interface ChosenFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * Fixes that do not touch each other, in order of findings. A fix that would overlap an earlier one waits for the next
 * round, when the text around it has its new shape. Two alternatives are a person's choice, unless exactly one is safe.
 */
export function chooseFixes(findings: Iterable<Finding>, level: FixLevel): readonly ChosenFix[] {
  const chosen: ChosenFix[] = [];
  const taken: Edit[] = [];
  for (const finding of findings) {
    const safe = finding.fixes.filter((fix) => fix.safe);
    const candidates = safe.length > 0 || level === 'safe' ? safe : finding.fixes;
    const [fix] = candidates;
    if (fix === undefined || candidates.length > 1) continue;
    if (fix.edits.some((edit) => taken.some((other) => collide(edit, other)))) continue;
    taken.push(...fix.edits);
    chosen.push({ finding, fix });
  }
  return chosen;
}

/** Neighbouring lines may both go; but an insertion collides with whatever touches its place: their order would be a guess. */
function collide(a: Edit, b: Edit): boolean {
  if (a.uri !== b.uri) return false;
  const before = comparePositions(a.range.end, b.range.start);
  const after = comparePositions(b.range.end, a.range.start);
  const insertion = isEmpty(a) || isEmpty(b);
  return insertion ? before >= 0 && after >= 0 : before > 0 && after > 0;
}

function isEmpty({ range }: Edit): boolean {
  return comparePositions(range.start, range.end) === 0;
}

/** `text` with edits applied that do not overlap. Bytes outside their ranges stay as they are, line ends included. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => {
    const start = starts[line];
    if (start === undefined) return text.length;
    return Math.min(start + character, starts[line + 1] ?? text.length);
  };
  const ordered = [...edits].sort((a, b) => comparePositions(a.range.start, b.range.start));
  let result = '';
  let done = 0;
  for (const { range, newText } of ordered) {
    result += text.slice(done, offset(range.start)) + newText;
    done = offset(range.end);
  }
  return result + text.slice(done);
}

/** Line ends as in LSP: `\n`, `\r\n` and a lone `\r`. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

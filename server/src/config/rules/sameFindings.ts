/** Whether two runs found the same. */
import type { Finding, Fix, Related } from '../model/types.ts';
import { comparePositions, type Range } from '../text/position.ts';

/** Most findings are the very objects of the last run, which decides at once; those of fleet rules are made anew each time. */
export function sameFindings(a: readonly Finding[], b: readonly Finding[]): boolean {
  return a.length === b.length && a.every((finding, index) => sameFinding(finding, b[index]));
}

function sameFinding(a: Finding, b: Finding | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.rule !== b.rule || a.severity !== b.severity || a.message !== b.message || a.setting !== b.setting)
    return false;
  return (
    sameRange(a.range, b.range) &&
    a.related.length === b.related.length &&
    a.related.every((entry, index) => sameRelated(entry, b.related[index])) &&
    a.fixes.length === b.fixes.length &&
    a.fixes.every((fix, index) => sameFix(fix, b.fixes[index]))
  );
}

function sameRelated(a: Related, b: Related | undefined): boolean {
  return a === b || (b !== undefined && a.uri === b.uri && a.message === b.message && sameRange(a.range, b.range));
}

function sameFix(a: Fix, b: Fix | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.title !== b.title || a.safe !== b.safe || a.edits.length !== b.edits.length) return false;
  return a.edits.every((edit, index) => {
    const other = b.edits[index];
    return other !== undefined && edit.uri === other.uri && edit.newText === other.newText && sameRange(edit.range, other.range);
  });
}

function sameRange(a: Range, b: Range): boolean {
  return a === b || (comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0);
}

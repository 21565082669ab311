/** Findings as actions: each fix, one that applies all safe ones, and a comment that silences the line. */
import type { Edit, Finding, Fix } from '../model/types.ts';
import { baseName, kindOf } from '../readers/kind.ts';
import { commentSign } from '../readers/suppressions.ts';
import { comparePositions, overlaps, type Range } from '../text/position.ts';

export interface CodeActionItem {
  readonly title: string;
  readonly kind: 'quickfix' | 'source.fixAll';
  readonly edits: readonly Edit[];
  readonly isPreferred: boolean;
  /** The finding it answers; null for fix-all. */
  readonly finding: Finding | null;
}

/** Two edits that cannot be applied together: they share text, or insert at the same place. */
function collide(a: Edit, b: Edit): boolean {
  if (a.uri !== b.uri) return false;
  const apart = comparePositions(a.range.end, b.range.start) < 0 || comparePositions(b.range.end, a.range.start) < 0;
  if (apart) return false;
  // Whole-line edits touch where the next line begins without sharing anything.
  const touchOnly = comparePositions(a.range.end, b.range.start) === 0 || comparePositions(b.range.end, a.range.start) === 0;
  const empty = comparePositions(a.range.start, a.range.end) === 0 || comparePositions(b.range.start, b.range.end) === 0;
  return !touchOnly || empty;
}

/**
 * The safe fixes that can be applied together, at most one per finding, first come first served.
 * Findings whose fixes collide with an earlier one are left for the next run.
 *
 * @param wanted Which fixes count; by default the safe ones.
 */
export function combineFixes(findings: readonly Finding[], wanted: (fix: Fix) => boolean = (fix) => fix.safe): readonly Edit[] {
  const edits: Edit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => wanted(candidate) && candidate.edits.length > 0);
    if (fix === undefined || fix.edits.some((edit) => edits.some((taken) => collide(taken, edit)))) continue;
    edits.push(...fix.edits);
  }
  return edits.toSorted((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : comparePositions(a.range.start, b.range.start)));
}

/** The comment that silences one rule on a finding's line; it stands alone above, because some loaders read trailing comments as value. */
export function suppressionEdit(finding: Finding): Edit {
  const start = { line: finding.range.start.line, character: 0 };
  return {
    uri: finding.uri,
    range: { start, end: start },
    newText: `${signOf(finding.uri) ?? '#'} jarviscore: ignore ${finding.rule}\n`,
  };
}

function quickFixes(finding: Finding): CodeActionItem[] {
  const only = finding.fixes.length === 1;
  return finding.fixes.map((fix, index) => ({
    title: fix.title,
    kind: 'quickfix',
    edits: fix.edits,
    isPreferred: index === 0 && (fix.safe || only),
    finding,
  }));
}

/** What begins a comment in a file; null where a finding cannot be silenced by one. */
function signOf(uri: string): '#' | '//' | null {
  const kind = kindOf(uri);
  return kind === null ? null : commentSign(kind, baseName(uri));
}

/**
 * Actions for a range of a document: fixes, then fix-all, then suppressions.
 *
 * @param findings All findings of the document or of the workspace.
 */
export function codeActions(findings: readonly Finding[], uri: string, range: Range): CodeActionItem[] {
  const own = findings.filter((finding) => finding.uri === uri);
  const here = own.filter((finding) => overlaps(finding.range, range));
  const actions = here.flatMap(quickFixes);
  const all = combineFixes(own).filter((edit) => edit.uri === uri);
  if (all.length > 0)
    actions.push({
      title: 'Fix all safe JarvisCore problems in this file',
      kind: 'source.fixAll',
      edits: all,
      isPreferred: false,
      finding: null,
    });
  for (const finding of signOf(uri) === null ? [] : here) {
    actions.push({
      title: `Ignore ${finding.rule} on this line`,
      kind: 'quickfix',
      edits: [suppressionEdit(finding)],
      isPreferred: false,
      finding,
    });
  }
  return actions;
}

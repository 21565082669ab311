/** `check --fix`: applies fixes round by round until none is left that needs no choice. */
import { writeFileSync } from 'node:fs';
import type { Edit, Finding } from '../config/model/types.ts';
import { applyEdits, type ChosenFix, chooseFixes, type FixLevel } from '../report/edits.ts';
import { displayName } from '../report/items.ts';
import { causeOf, isFileProblem, readFile } from '../workspace/files.ts';
import { pathOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type CliContext, UsageError } from './context.ts';

/** Fixes that overlap need a round each. Two fixes that undo each other end the rounds as well, once a text comes back. */
const mostRounds = 100;

/**
 * @param find the findings as of now; asked again after each round.
 * @throws UsageError for a file that cannot be written; files written before stay fixed.
 */
export function applyFixes(
  workspace: Workspace,
  find: () => readonly Finding[],
  level: FixLevel,
  dryRun: boolean,
  context: CliContext,
): void {
  let fixed = 0;
  const files = new Set<string>();
  const seen = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const chosen = chooseFixes(find(), level);
    if (dryRun) {
      for (const { finding, fix } of chosen) context.err(`would fix ${where(finding, context)}: ${fix.title}`);
      context.err(`${chosen.length} fixes would be applied; nothing was written.`);
      return;
    }
    const edits = byFile(chosen);
    if (edits.size === 0) break;
    let news = false;
    for (const [uri, list] of edits) {
      const text = write(workspace, uri, list, context);
      news ||= !seen.has(`${uri} ${text}`);
      seen.add(`${uri} ${text}`);
      files.add(uri);
    }
    fixed += chosen.length;
    if (!news) break;
  }
  context.err(`Fixed ${fixed} findings in ${files.size} files.`);
}

function byFile(chosen: readonly ChosenFix[]): ReadonlyMap<string, readonly Edit[]> {
  const edits = new Map<string, Edit[]>();
  for (const edit of chosen.flatMap(({ fix }) => fix.edits)) {
    const list = edits.get(edit.uri);
    if (list === undefined) edits.set(edit.uri, [edit]);
    else list.push(edit);
  }
  return edits;
}

function write(workspace: Workspace, uri: string, edits: readonly Edit[], context: CliContext): string {
  const path = pathOf(uri);
  const content = path === null ? null : readFile(path);
  if (path === null || content === null || isFileProblem(content))
    throw new UsageError(`${displayName(uri, context.cwd)} cannot be read again.`);
  const text = applyEdits(content.text, edits);
  try {
    // In place: mode, owner and links stay as they are.
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${displayName(uri, context.cwd)} cannot be written: ${causeOf(error)}`);
  }
  workspace.loadFile(path);
  return text;
}

function where(finding: Finding, context: CliContext): string {
  return `${displayName(finding.uri, context.cwd)}:${finding.range.start.line + 1}`;
}

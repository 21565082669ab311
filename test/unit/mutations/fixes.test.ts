/**
 * Every fix of every finding a mutation brings: the finding goes, nothing new comes, no other byte moves, and a second
 * run finds nothing to do.
 */
import { describe, expect, it } from 'vitest';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Edit, Finding, Fix } from '#server/config/model/types.ts';
import { applyEdits } from '#server/report/edits.ts';
import { type Files, pathOf } from '../rules/workspace.ts';
import type { Mutation } from './mistake.ts';
import { type Cell, cells, mutationOf } from './suite.ts';
import { findingsFor, newFindings } from './verdict.ts';

function fixed(files: Files, edits: readonly Edit[]): Files {
  const byFile = Map.groupBy(edits, ({ uri }) => pathOf(uri));
  const result: Record<string, string> = { ...files };
  for (const [path, list] of byFile) result[path] = applyEdits(files[path] ?? '', list);
  return result;
}

/** Offset of a position in a text with any line ends. */
function offsetOf(text: string, { line, character }: Edit['range']['start']): number {
  const lines = text.split(/(?<=\n)/);
  return Math.min(text.length, lines.slice(0, line).join('').length + character);
}

/** The text that no edit covers, piece by piece. */
function untouched(text: string, edits: readonly Edit[]): readonly string[] {
  const spans = edits
    .map(({ range }) => [offsetOf(text, range.start), offsetOf(text, range.end)] as const)
    .toSorted((a, b) => a[0] - b[0]);
  const pieces: string[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    pieces.push(text.slice(at, from));
    at = to;
  }
  return [...pieces, text.slice(at)];
}

/** Whether the pieces stand in the new text in order, with exactly the new texts of the edits between them. */
function isPatched(before: string, after: string, edits: readonly Edit[]): boolean {
  const pieces = untouched(before, edits);
  const ordered = edits.toSorted((a, b) => offsetOf(before, a.range.start) - offsetOf(before, b.range.start));
  return after === pieces.map((piece, i) => piece + (ordered[i]?.newText ?? '')).join('');
}

const label = ({ rule, uri, range, message }: Finding): string => `${rule} ${pathOf(uri)}:${range.start.line + 1} ${message}`;

/** What is wrong with a fix; empty where nothing is. */
function faults(mutation: Mutation, finding: Finding, fix: Fix): readonly string[] {
  const { after: files, ...options } = mutation;
  const result = fixed(files, fix.edits);
  const wrong: string[] = [];
  for (const path of new Set([...Object.keys(files), ...Object.keys(result)])) {
    const own = fix.edits.filter(({ uri }) => pathOf(uri) === path);
    if (!isPatched(files[path] ?? '', result[path] ?? '', own)) wrong.push(`${path} changed outside of the edits`);
  }
  const revealed = new Set(mutation.reveals.map(({ rule }) => rule));
  const found = newFindings(files, result, options).filter(({ rule }) => !revealed.has(rule));
  wrong.push(...found.map((one) => `new: ${label(one)}`));
  // One fewer of this rule; the same rule may report other lines.
  const count = (list: readonly Finding[]): number => list.filter(({ rule }) => rule === finding.rule).length;
  const left = findingsFor(result, options);
  if (count(left) >= count(findingsFor(files, options))) wrong.push('the finding stays');
  const again = left.some(
    ({ rule, uri, fixes }) =>
      rule === finding.rule && uri === finding.uri && fixes.some((one) => one.title === fix.title && sameEdits(one, fix)),
  );
  if (again) wrong.push('a second run would do it again');
  return wrong;
}

const sameEdits = (a: Fix, b: Fix): boolean => JSON.stringify(a.edits) === JSON.stringify(b.edits);

/** Rules that offered a fix anywhere. */
const offered = new Set<string>();

function verdicts(cell: Cell): readonly string[] {
  const mutation = mutationOf(cell);
  return newFindings(mutation.before, mutation.after, mutation).flatMap((finding) => {
    if (finding.fixes.length > 0) offered.add(finding.rule);
    return finding.fixes.flatMap((fix) =>
      faults(mutation, finding, fix).map((fault) => `${cell.kind} ${label(finding)} [${fix.title}]: ${fault}`),
    );
  });
}

const rules = [...new Set(cells.map(({ rule }) => rule))];

describe('fixes', () => {
  it.each(rules)('of the mistakes of $id do what they say', (rule) => {
    expect(cells.filter((cell) => cell.rule === rule).flatMap(verdicts)).toEqual([]);
  });

  it('are offered by every rule that the inventory calls fixable, and by no other', () => {
    const promised = rules.filter(({ fix }) => fix !== 'none').map(({ id }) => id);
    expect(promised.filter((id) => !offered.has(id))).toEqual([]);
    expect([...offered].filter((id) => ruleInventory.get(id)?.fix === 'none')).toEqual([]);
  });
});

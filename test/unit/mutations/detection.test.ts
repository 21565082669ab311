/** Every mistake is found at its place, by one rule, and brings nothing else but what its list says. */
import { describe, expect, it } from 'vitest';
import { type FileKind, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { pathOf } from '../rules/workspace.ts';
import { mistakes } from './mistakes.ts';
import { never } from './never.ts';
import { type Cell, cells, cellsOf, mutationOf, neverCells } from './suite.ts';
import { newFindings } from './verdict.ts';

/** `rule kind` of everything that was reported anywhere. */
const reported = new Set<string>();

function verdict(cell: Cell): { readonly hits: number; readonly others: readonly string[] } {
  const mutation = mutationOf(cell);
  expect(mutation.after, 'the mistake changes something').not.toEqual(mutation.before);
  const found = newFindings(mutation.before, mutation.after, mutation);
  for (const { rule, uri } of found) reported.add(`${rule} ${kindOf(pathOf(uri))}`);
  const [first, last] = mutation.lines;
  const hits = found.filter(
    ({ rule, uri, range }) =>
      rule === mutation.rule && pathOf(uri) === mutation.file && range.start.line >= first && range.start.line <= last,
  );
  const allowed = new Set(mutation.also.map(({ rule }) => rule));
  const others = found.filter((finding) => !hits.includes(finding) && !allowed.has(finding.rule));
  return {
    hits: hits.length,
    others: others.map(({ rule, uri, range, message }) => `${rule} ${pathOf(uri)}:${range.start.line + 1} ${message}`),
  };
}

describe.each([...ruleInventory.values()].filter((rule) => cellsOf(rule).length > 0))('$id', (rule) => {
  it.each(cellsOf(rule).map((cell) => ({ kind: cell.kind, cell })))('is found in $kind, and nothing else', ({ cell }) => {
    expect(verdict(cell)).toEqual({ hits: 1, others: [] });
  });
});

describe('the suite', () => {
  it('has a mutation or a reason for every rule and every kind of file of the inventory', () => {
    const covered = new Set(cells.map(({ rule, kind }) => `${rule.id} ${kind}`));
    const missing = [...ruleInventory.values()].flatMap((rule) =>
      rule.files.map((kind) => `${rule.id} ${kind}`).filter((cell) => !covered.has(cell) && !neverCells.has(cell)),
    );
    expect(missing).toEqual([]);
  });

  it('names rules of the inventory and kinds they have', () => {
    const unknown = [
      ...mistakes.map(({ rule, kinds }) => ({ rule, kinds: kinds ?? [] })),
      ...never.flatMap(({ rules, kinds }) => rules.map((rule) => ({ rule, kinds }))),
    ].flatMap(({ rule, kinds }) =>
      kinds.filter((kind: FileKind) => ruleInventory.get(rule)?.files.includes(kind) !== true).map((kind) => `${rule} ${kind}`),
    );
    expect(unknown).toEqual([]);
  });

  it('reports nothing anywhere in the cells it calls impossible', () => {
    expect([...neverCells].filter((cell) => reported.has(cell))).toEqual([]);
  });

  it('gives every consequence a reason', () => {
    expect(
      mistakes.flatMap(({ also, reveals }) => [...(also ?? []), ...(reveals ?? [])]).filter(({ why }) => why.length < 20),
    ).toEqual([]);
  });
});

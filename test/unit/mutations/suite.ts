/** All mutations: the mistakes of the list, and for every other cell of the inventory the bad example of the rule's page. */
import { type FileKind, type RuleMetadata, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { type Mistake, type Mutation, mutate } from './mistake.ts';
import { mistakes } from './mistakes.ts';
import { never } from './never.ts';

const kindsOf = (mistake: Mistake, rule: RuleMetadata): readonly FileKind[] => mistake.kinds ?? rule.files;

/** `rule kind` of everything that never reports. */
export const neverCells: ReadonlySet<string> = new Set(
  never.flatMap(({ rules, kinds }) => rules.flatMap((rule) => kinds.map((kind) => `${rule} ${kind}`))),
);

export interface Cell {
  readonly rule: RuleMetadata;
  readonly kind: FileKind;
  readonly mistake: Mistake;
}

/** A cell for every rule and every kind of file the inventory gives it, unless the rule never reports there. */
export function cellsOf(rule: RuleMetadata): readonly Cell[] {
  const given = mistakes.filter((mistake) => mistake.rule === rule.id);
  const cells = given.flatMap((mistake) =>
    kindsOf(mistake, rule).flatMap((kind) =>
      mistake.kinds === undefined && neverCells.has(`${rule.id} ${kind}`) ? [] : [{ rule, kind, mistake }],
    ),
  );
  const covered = new Set(cells.map(({ kind }) => kind));
  const rest = rule.files.filter((kind) => !covered.has(kind) && !neverCells.has(`${rule.id} ${kind}`));
  return [...cells, ...rest.map((kind) => ({ rule, kind, mistake: { rule: rule.id } }))];
}

export const cells: readonly Cell[] = [...ruleInventory.values()].flatMap(cellsOf);

export const mutationOf = ({ mistake, kind }: Cell): Mutation => mutate(mistake, kind);

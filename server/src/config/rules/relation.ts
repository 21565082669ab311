/** Rules that are a predicate over one process's effective settings: what is wrong, where, and what else plays a part. */
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { Fix } from '../model/types.ts';
import type { ProcessView } from './processView.ts';
import { type ProcessContext, processRule, type Rule } from './rule.ts';

export interface Violation {
  /** The setting whose place is marked; the declaration where only its default speaks. */
  readonly at: string;
  readonly message: string;
  readonly severity?: Severity;
  /** Other settings of the relation. */
  readonly with?: readonly string[];
  readonly fixes?: readonly Fix[];
}

type Predicate = (process: ProcessView, context: ProcessContext) => Violation | null;

/** One row of a relation table. */
export function relation(id: string, predicate: Predicate): Rule {
  return processRule(id, (context, report) => {
    const { process } = context;
    const violation = predicate(process, context);
    if (violation === null) return;
    const at = process.placeOf(violation.at);
    report({
      at,
      setting: violation.at,
      message: violation.message,
      ...(violation.severity === undefined ? {} : { severity: violation.severity }),
      related: (violation.with ?? [])
        .flatMap((name) => process.relatedTo(name, name))
        .filter(({ uri, range }) => uri !== at.uri || range !== at.range),
      fixes: violation.fixes ?? [],
    });
  });
}

/** The same for what only a whole Mesh needs: silent where join_mesh() brings in an agent and nothing else. */
export function meshRelation(id: string, predicate: Predicate): Rule {
  return relation(id, (process, context) => (process.joinsOnly ? null : predicate(process, context)));
}

/** A relation that is silent unless one of the settings was written by a person: two defaults are nobody's mistake. */
export function writtenRelation(id: string, names: readonly string[], predicate: Predicate): Rule {
  return relation(id, (process, context) =>
    names.some((name) => process.written(name) !== undefined) ? predicate(process, context) : null,
  );
}

/** The setting of several that a person wrote, the first one preferred. */
export function firstWritten(process: ProcessView, ...names: readonly string[]): string {
  return names.find((name) => process.written(name) !== undefined) ?? names[0] ?? '';
}

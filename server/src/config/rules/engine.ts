/** Which rules there are, and a check of a whole model. */
import type { Finding, WorkspaceModel } from '../model/types.ts';
import { Checker } from './checker.ts';
import { fileRules } from './fileRules.ts';
import { rules } from './registry.ts';
import type { CheckOptions } from './selection.ts';
import { unusedSuppressionRule } from './suppression.ts';

/** Ids of the rules this engine runs; the others of the inventory are not decided here. */
export const implementedRules: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

/** Those, the one that is decided when all findings are known, and those about files that cannot be read. */
export const reportedRules: ReadonlySet<string> = new Set([...implementedRules, unusedSuppressionRule, ...fileRules]);

/**
 * Checks a whole model.
 *
 * @returns Findings ordered by file, position, severity and rule. Never throws on any model the readers can produce.
 */
export function check(model: WorkspaceModel, options: CheckOptions = {}): Finding[] {
  const { findings } = new Checker().run(model, options);
  return [...findings.keys()].sort().flatMap((uri) => findings.get(uri) ?? []);
}

/** Joins what the rules found in one document: repeated, superseded, suppressed and switched-off findings go. */
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { RuleSeverities } from '../model/project.ts';
import type { Finding, Related, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { comparePositions, type Range } from '../text/position.ts';
import type { Run } from './rule.ts';
import { sameFindings } from './sameFindings.ts';
import { type CheckOptions, isAboutOneFile, isProductionName, type RawFinding, runOf, runsIn } from './selection.ts';
import { dropSuperseded, Suppressions, unusedSuppressionRule } from './suppression.ts';

const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** Order within one document. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePositions(a.range.start, b.range.start) ||
    severityRank[a.severity] - severityRank[b.severity] ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

const rangeKey = ({ start, end }: Range): string => `${start.line}:${start.character}-${end.line}:${end.character}`;

function withoutRepeats(related: readonly Related[]): Related[] {
  const seen = new Map<string, Related>();
  for (const entry of related) {
    const key = `${entry.uri} ${rangeKey(entry.range)}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}

/**
 * A mistake in a file that several processes read is one finding: same rule, same place; the pointers to the others are joined.
 *
 * @param findings Those of one document.
 */
function merge(findings: readonly RawFinding[]): readonly Finding[] {
  const groups = new Map<string, RawFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${rangeKey(finding.range)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  if (groups.size === findings.length) return findings;
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return group;
    const strongest = group.reduce((best, finding) =>
      severityRank[finding.severity] < severityRank[best.severity] ? finding : best,
    );
    return [{ ...strongest, related: withoutRepeats(group.flatMap((finding) => finding.related)) }];
  });
}

interface Settled extends Settling {
  readonly raw: readonly RawFinding[];
  readonly findings: readonly Finding[];
}
/** Most documents get the same findings as the last time, which need no sorting and merging then. */
const keptSettled = new WeakMap<SourceDocument, Settled>();

/** All that decides about a document's findings besides what the rules found. */
interface Settling {
  readonly run: Run;
  readonly severities: RuleSeverities | undefined;
  readonly whole: boolean;
}

/**
 * The findings of one document.
 *
 * @param uri Of the document, which may be none of the model's.
 * @param raw What the rules found in it.
 */
export function settleDocument(
  uri: string,
  raw: readonly RawFinding[],
  model: WorkspaceModel,
  options: CheckOptions,
): readonly Finding[] {
  const document = model.documents.get(uri);
  const run = runOf(model, options);
  const severities = options.severitiesOf?.(uri) ?? options.severities;
  const whole = options.isWhole?.(uri) ?? true;
  if (document === undefined) return settled(document, raw, { run, severities, whole });
  const kept = keptSettled.get(document);
  const same =
    kept?.run.target === run.target &&
    kept.run.profile === run.profile &&
    kept.severities === severities &&
    kept.whole === whole &&
    sameFindings(kept.raw, raw);
  if (same) return kept.findings;
  const findings = settled(document, raw, { run, severities, whole });
  keptSettled.set(document, { run, severities, whole, raw, findings });
  return findings;
}

function settled(
  document: SourceDocument | undefined,
  raw: readonly RawFinding[],
  { run, severities, whole }: Settling,
): readonly Finding[] {
  if (raw.length === 0 && (document?.suppressions.length ?? 0) === 0) return nothing;
  const own: Finding[] = [];
  const suppressions = new Suppressions(document);
  for (const finding of dropSuperseded(merge(raw.toSorted(compareFindings)), document)) {
    const severity = severities?.[finding.rule] ?? finding.severity;
    if (severity === 'off' || suppressions.silences(finding)) continue;
    own.push(severity === finding.severity ? finding : { ...finding, severity });
  }
  const unused = severities?.[unusedSuppressionRule];
  if (unused !== 'off') {
    const production = run.profile === 'production' || isProductionName(document?.name ?? '');
    const isJudged = (rule: string | null): boolean =>
      rule === null
        ? whole && run.profile === 'production'
        : severities?.[rule] !== 'off' && runsIn(rule, run.target, production) && (whole || isAboutOneFile(rule));
    for (const finding of suppressions.unused(isJudged)) own.push({ ...finding, severity: unused ?? finding.severity });
  }
  return own.sort(compareFindings);
}

const nothing: readonly never[] = [];

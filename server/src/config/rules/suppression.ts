/** What silences a finding: a stronger rule on the same line, a comment of the person, an override of the severity. */
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Finding, SourceDocument } from '../model/types.ts';

/**
 * Drops findings that another rule on the same line supersedes. In Python several keys may share a line,
 * so there a rule only silences findings about the same setting.
 *
 * @param findings Those of one document.
 */
export function dropSuperseded(findings: readonly Finding[], document: SourceDocument | undefined): readonly Finding[] {
  if (findings.length < 2) return findings;
  const byLine = new Map<number, Finding[]>();
  for (const finding of findings) {
    const { line } = finding.range.start;
    const group = byLine.get(line);
    if (group === undefined) byLine.set(line, [finding]);
    else group.push(finding);
  }
  const perSetting = document?.kind === 'python';
  return findings.filter((finding) => {
    const group = byLine.get(finding.range.start.line) ?? [];
    if (group.length < 2) return true;
    return !group.some(
      (other) =>
        ruleInventory.get(other.rule)?.supersedes.includes(finding.rule) === true &&
        (!perSetting || other.setting === null || finding.setting === null || other.setting === finding.setting),
    );
  });
}

/** Whether a comment in the document silences the finding. */
export function isSuppressed(finding: Finding, document: SourceDocument | undefined): boolean {
  return (
    document?.suppressions.some(
      ({ line, rules }) => line === finding.range.start.line && (rules.length === 0 || rules.includes(finding.rule)),
    ) ?? false
  );
}

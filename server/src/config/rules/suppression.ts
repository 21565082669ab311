/** What silences a finding: a stronger rule on the same line, a comment of the person, an override of the severity. */
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Finding, SourceDocument } from '../model/types.ts';

const lineKey = (uri: string, line: number): string => `${uri}\n${line}`;

/**
 * Drops findings that another rule on the same line supersedes. In Python several keys may share a line,
 * so there a rule only silences findings about the same setting.
 */
export function dropSuperseded(findings: readonly Finding[], documents: ReadonlyMap<string, SourceDocument>): Finding[] {
  const byLine = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = lineKey(finding.uri, finding.range.start.line);
    const group = byLine.get(key);
    if (group === undefined) byLine.set(key, [finding]);
    else group.push(finding);
  }
  return findings.filter((finding) => {
    const group = byLine.get(lineKey(finding.uri, finding.range.start.line)) ?? [];
    if (group.length < 2) return true;
    const perSetting = documents.get(finding.uri)?.kind === 'python';
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

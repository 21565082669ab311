/** Findings as workflow commands, which GitHub shows as annotations on the changed lines. */
import type { CheckReport } from '#schemas/report/check.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import { severityOrder } from './items.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** GitHub shows this many annotations of each level per step; further ones stand in the log only. */
export const shownPerLevel = 10;

/** The gravest first: of more than GitHub shows, the later ones are lost from view. */
export function writeGithub(report: CheckReport): string {
  return report.findings
    .toSorted((a, b) => severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity))
    .map(({ severity, file, range, rule, message }) => {
      const sameLine = range.start.line === range.end.line;
      const properties = [
        `file=${property(file)}`,
        `line=${range.start.line + 1}`,
        `endLine=${range.end.line + 1}`,
        // GitHub takes columns only for annotations within one line.
        ...(sameLine
          ? [`col=${range.start.character + 1}`, `endColumn=${Math.max(range.end.character, range.start.character + 1)}`]
          : []),
        `title=${property(rule)}`,
      ];
      return `::${levels[severity]} ${properties.join(',')}::${data(message)}`;
    })
    .join('\n');
}

/** What GitHub will not show as annotations, in one sentence; null when it shows all. */
export function hiddenAnnotations({ findings }: CheckReport): string | null {
  const counts = [...Map.groupBy(findings, ({ severity }) => levels[severity])].flatMap(([level, group]) =>
    group.length > shownPerLevel ? [`${group.length} ${level}s`] : [],
  );
  if (counts.length === 0) return null;
  return `GitHub shows ${shownPerLevel} annotations of each level per step. Of ${counts.join(' and ')} the rest stands in this log; --format sarif uploads them all.`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Findings as workflow commands, which GitHub shows as annotations on the changed lines. */
import type { CheckReport } from '#schemas/report/check.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

export function writeGithub(report: CheckReport): string {
  return report.findings
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

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

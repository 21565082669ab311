/** Findings as a table for a pull request or a ticket. */
import type { CheckReport } from '#schemas/report/check.ts';
import { place, summary } from './text.ts';

export function writeMarkdown(report: CheckReport): string {
  const lines = [`**JarvisCore configuration**: ${summary(report)}`];
  if (report.findings.length > 0) {
    lines.push('', '| | place | finding | rule |', '|---|---|---|---|');
    for (const { severity, file, range, message, rule } of report.findings) {
      lines.push(`| ${severity} | \`${cell(place(file, range))}\` | ${cell(message)} | \`${rule}\` |`);
    }
  }
  return lines.join('\n');
}

/** A bar would end the cell, a line break the table, an angle bracket could begin HTML. */
function cell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\r?\n\s*/g, ' ');
}

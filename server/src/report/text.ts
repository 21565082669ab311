/** Findings for a person at a terminal. */
import pc from 'picocolors';
import type { CheckReport } from '#schemas/report/check.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { Excerpt } from './excerpt.ts';
import { severityOrder } from './items.ts';

export interface TextOptions {
  readonly color: boolean;
  /** The marked line of a finding, masked; null where the file cannot be shown. */
  excerptOf(index: number): Excerpt | null;
}

type Item = CheckReport['findings'][number];

export function writeText(report: CheckReport, options: TextOptions): string {
  const colors = pc.createColors(options.color);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colors.red,
    warning: colors.yellow,
    info: colors.blue,
    hint: colors.gray,
  };
  const lines: string[] = [];
  for (const [index, item] of report.findings.entries()) {
    lines.push(
      `${colors.bold(place(item.file, item.range))} ${paint[item.severity](item.severity)} ${item.message} ${colors.dim(item.rule)}`,
    );
    const shown = options.excerptOf(index);
    if (shown !== null && shown.text.trim() !== '') {
      const number = String(item.range.start.line + 1);
      const gutter = ' '.repeat(number.length);
      lines.push(colors.dim(`  ${number} | `) + shown.text);
      lines.push(
        colors.dim(`  ${gutter} | `) + ' '.repeat(shown.start) + paint[item.severity]('^'.repeat(shown.end - shown.start)),
      );
    }
    for (const related of item.related)
      lines.push(`    ${colors.dim('see')} ${place(related.file, related.range)} ${related.message}`);
    for (const fix of item.fixes) lines.push(`    ${colors.dim(fix.safe ? 'fix' : 'fix, changes what runs')} ${fix.title}`);
    lines.push('');
  }
  lines.push(summary(report));
  return lines.join('\n');
}

/** Lines and columns count from 1, as editors and compilers print them. */
export function place(file: string, range: Item['range']): string {
  return `${file}:${range.start.line + 1}:${range.start.character + 1}`;
}

export function summary({ summary: counts }: CheckReport): string {
  const found = severityOrder.filter((severity) => counts[severity] > 0).map((severity) => plural(counts[severity], severity));
  return `${plural(counts.files, 'file')} checked: ${found.length === 0 ? 'nothing found' : found.join(', ')}.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word === 'info' ? '' : 's'}`;
}

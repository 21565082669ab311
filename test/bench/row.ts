/** One line of the benchmark table: ours, the reference in the same run, their ratio and the goal. */
export interface Row {
  /** The same in every run: `scripts/docs/performanceNotes.ts` names rows by it. */
  readonly what: string;
  /** What was measured besides: other percentiles, the slowest round. */
  readonly detail?: string;
  /** Measured figure in `unit`. */
  readonly ours: number;
  readonly reference: { readonly name: string; readonly value: number } | { readonly name: string; readonly skipped: string };
  readonly unit: 's' | 'ms' | '1/s' | 'MB' | 'MiB' | 'kB/s' | '% of a core' | 'tests' | 'views';
  /** What was aimed at, in words, and whether it holds; null where the reference was skipped. */
  readonly goal: string;
  readonly holds: boolean | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3));

const amount = (value: number, unit: Row['unit']): string =>
  `${unit === 'tests' || unit === 'views' ? value : figure(value)} ${unit}`;

export function printTable(rows: readonly Row[]): void {
  const cells = rows.map((row) => {
    const measured = 'value' in row.reference;
    return [
      row.detail === undefined ? row.what : `${row.what} (${row.detail})`,
      amount(row.ours, row.unit),
      measured
        ? `${row.reference.name}: ${amount(row.reference.value, row.unit)}`
        : `${row.reference.name}: skipped, ${row.reference.skipped}`,
      measured ? `${figure(row.ours / row.reference.value)} x` : '-',
      row.goal,
      row.holds === null ? '?' : row.holds ? 'yes' : 'NO',
    ];
  });
  const header = ['what', 'ours', 'reference', 'ratio', 'goal', 'holds'];
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, widths.map((width) => '-'.repeat(width)), ...cells])
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

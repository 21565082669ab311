/** The page about performance, made of figures. */
import { expect, test } from 'vitest';
import { type Figures, performancePage, ratioPlot, readFigures, unexplained } from '../../../scripts/docs/performance.ts';
import { figuresOf } from '../../bench/figures.ts';

const figures: Figures = figuresOf(
  [
    { what: 'start | cold', ours: 0.5, reference: { name: 'other', value: 1 }, unit: 's', goal: '≤ 1 ×', holds: true },
    { what: 'memory', ours: 300, reference: { name: 'serf', value: 15 }, unit: 'MiB', goal: '≤ 24', holds: false },
    { what: 'alone', ours: 3, reference: { name: 'serf', skipped: 'not installed' }, unit: '1/s', goal: 'many', holds: null },
  ],
  new Date('2026-01-02T03:04:05Z'),
);

test('every row is there, with what was missed and what was skipped', () => {
  const page = performancePage(figures);
  expect(page).toContain('| start \\| cold | 0.500 s | other: 1.00 s | 0.500 × | ≤ 1 × | yes |');
  expect(page).toContain('| memory | 300 MiB | serf: 15.00 MiB | 20.00 × | ≤ 24 | **no** |');
  expect(page).toContain('| alone | 3.00 1/s | serf: skipped, not installed | – | many | not judged |');
  expect(page).toContain('3 rows, 1 goals met, 1 missed, 1 references skipped.');
  expect(page).toContain('- **memory**: not explained yet.');
  expect(unexplained(figures)).toEqual(['memory']);
});

test('the plot has a bar for each ratio, to the side it belongs', () => {
  const plot = ratioPlot(figures);
  const bars = [...plot.matchAll(/<rect x="([\d.]+)"[^>]*fill="(#\w+)"/g)].map(([, x, fill]) => ({ x: Number(x), fill }));
  const line = Number(/<line x1="([\d.]+)"/.exec(plot)?.[1]);
  expect(bars).toHaveLength(2);
  expect(bars[0]?.x).toBeLessThan(line);
  expect(bars[1]?.x).toBe(line);
  expect(bars[0]?.fill).not.toBe(bars[1]?.fill);
});

test('of the checked-in figures every missed goal is explained', () => {
  const checkedIn = readFigures();
  expect(checkedIn === null ? [] : unexplained(checkedIn)).toEqual([]);
  expect(performancePage(null)).toContain('No figures have been taken yet.');
});

/** The page about performance, made of figures. */
import { expect, test } from 'vitest';
import { type Figures, performancePage, ratioPlot, readFigures, unexplained } from '../../../scripts/docs/performance.ts';
import { figuresOf, merged } from '../../bench/figures.ts';
import { stolenShare } from '../../bench/processes.ts';
import type { Row } from '../../bench/row.ts';

const rows: readonly Row[] = [
  {
    what: 'start | cold',
    detail: 'p95 0.7 s',
    ours: 0.5,
    reference: { name: 'other', value: 1 },
    unit: 's',
    goal: '≤ 1 ×',
    holds: true,
  },
  { what: 'memory', ours: 300, reference: { name: 'serf', value: 15 }, unit: 'MiB', goal: '≤ 24', holds: false },
  { what: 'alone', ours: 3, reference: { name: 'serf', skipped: 'not installed' }, unit: '1/s', goal: 'many', holds: null },
];
const figures: Figures = figuresOf([{ section: 'some', rows, stolen: null }], new Date('2026-01-02T03:04:05Z'));

test('every row is there, with what was missed and what was skipped', () => {
  const page = performancePage(figures);
  expect(page).toContain('| start \\| cold (p95 0.7 s) | 0.500 s | other: 1.00 s | 0.500 × | ≤ 1 × | yes |');
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

test('a section that is measured anew takes the place of its rows, on the same machine', () => {
  const [first, second, third] = rows;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three rows');
  const known = figuresOf(
    [
      { section: 'a', rows: [first], stolen: 0.019 },
      { section: 'b', rows: [second], stolen: 0.126 },
    ],
    new Date('2026-01-02T03:04:05Z'),
  );
  const fresh = figuresOf([{ section: 'a', rows: [third], stolen: 0 }], new Date('2026-01-04T03:04:05Z'));
  const both = merged(known, fresh, ['a', 'b']);
  expect(both.rows.map(({ section, what, measured }) => [section, what, measured])).toEqual([
    ['a', 'alone', '2026-01-04'],
    ['b', 'memory', '2026-01-02'],
  ]);
  expect(performancePage(both)).toContain('Measured from 2026-01-02 to 2026-01-04 with');
  const elsewhere = { ...known, machine: { ...known.machine, cores: known.machine.cores + 1 } };
  expect(merged(elsewhere, fresh, ['a', 'b'])).toEqual(fresh);
});

test('what is counted has no decimals', () => {
  const counted: Row = {
    what: 'fixes',
    ours: 288,
    reference: { name: 'texts', value: 288 },
    unit: 'tests',
    goal: 'all',
    holds: true,
  };
  const page = performancePage(figuresOf([{ section: 'a', rows: [counted], stolen: null }], new Date('2026-01-02T03:04:05Z')));
  expect(page).toContain('| fixes | 288 tests | texts: 288 tests | 1.00 × | all | yes |');
});

test('what the host of the machine took is said of the sections that it disturbed', () => {
  const [row] = rows;
  if (row === undefined) throw new Error('a row');
  const sections = [
    { section: 'a', rows: [row], stolen: 0.019 },
    { section: 'b', rows: [row, row], stolen: 0.126 },
    { section: 'c', rows: [row], stolen: 0.02 },
    { section: 'd', rows: [row], stolen: null },
  ];
  const page = performancePage(figuresOf(sections, new Date('2026-01-02T03:04:05Z')));
  expect(page).toContain('to others: b 13 %, c 2 %.');
  expect(performancePage(figures)).not.toContain('The machine is a guest');
});

test('the share that the host took is one of what was wanted', () => {
  const before = { busy: 100, stolen: 10 };
  expect(stolenShare(before, { busy: 160, stolen: 30 })).toBe(0.25);
  expect(stolenShare(before, before)).toBe(0);
  expect([stolenShare(null, before), stolenShare(before, null)]).toEqual([null, null]);
});

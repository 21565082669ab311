/** The page about performance: made of the figures of the last benchmark (docs/performance.json). */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { performanceNotes as notes } from './performanceNotes.ts';

const rowSchema = z.object({
  /** Rows of a section are measured together, on one day. */
  section: z.string(),
  measured: z.iso.date(),
  /** Share of the processor time wanted meanwhile that the host of the machine did not give; null: unknown. */
  stolen: z.number().min(0).max(1).nullable(),
  what: z.string(),
  detail: z.string().optional(),
  ours: z.number(),
  reference: z.union([z.object({ name: z.string(), value: z.number() }), z.object({ name: z.string(), skipped: z.string() })]),
  unit: z.string(),
  goal: z.string(),
  holds: z.boolean().nullable(),
});

/** What `npm run bench` writes. */
export const figuresSchema = z.object({
  machine: z.object({ processor: z.string(), cores: z.int(), memoryGiB: z.number(), system: z.string(), node: z.string() }),
  rows: z.array(rowSchema),
});
export type Figures = z.infer<typeof figuresSchema>;
export type FigureRow = Figures['rows'][number];

/** Rows that miss their goal, and nobody said why. */
export function unexplained({ rows }: Figures): string[] {
  return rows.filter(({ what, holds }) => holds === false && notes[what] === undefined).map(({ what }) => what);
}

const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toPrecision(3));
const counted = new Set(['tests', 'views']);
const amount = (value: number, unit: string): string => `${counted.has(unit) ? value : shown(value)} ${unit}`;
const cell = (text: string): string => text.replaceAll('|', '\\|');

function line({ what, detail, ours, reference, unit, goal, holds }: FigureRow): string {
  const measured = 'value' in reference;
  const cells = [
    detail === undefined ? what : `${what} (${detail})`,
    amount(ours, unit),
    measured ? `${reference.name}: ${amount(reference.value, unit)}` : `${reference.name}: skipped, ${reference.skipped}`,
    measured && reference.value !== 0 ? `${shown(ours / reference.value)} ×` : '–',
    goal,
    holds === null ? 'not judged' : holds ? 'yes' : '**no**',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Ratios on a logarithmic scale; left of the line we need less. */
export function ratioPlot({ rows }: Figures): string {
  const bars = rows.flatMap(({ what, ours, reference, holds }) =>
    'value' in reference && reference.value > 0 && ours > 0 ? [{ what, ratio: ours / reference.value, holds }] : [],
  );
  const [left, width, step, top] = [420, 420, 24, 40];
  const reach = Math.max(1, ...bars.map(({ ratio }) => Math.abs(Math.log10(ratio)))) * 1.1;
  const x = (ratio: number): number => left + (width / 2) * (1 + Math.log10(ratio) / reach);
  const height = top + bars.length * step + 20;
  const drawn = bars.map(({ what, ratio, holds }, at) => {
    const y = top + at * step;
    const [from, to] = [Math.min(x(1), x(ratio)), Math.max(x(1), x(ratio))];
    const colour = holds === false ? '#c0392b' : holds ? '#2e8b57' : '#7f8c8d';
    const bar = `<rect x="${from.toFixed(1)}" y="${y}" width="${Math.max(1, to - from).toFixed(1)}" height="14" fill="${colour}"/>`;
    const label = `<text x="${left - 8}" y="${y + 11}" text-anchor="end">${escaped(what.length > 64 ? `${what.slice(0, 63)}…` : what)}</text>`;
    return `  ${label}${bar}<text x="${left + width + 8}" y="${y + 11}">${shown(ratio)} ×</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 90} ${height}" font-family="sans-serif" font-size="11" fill="#666">
  <title>Ours divided by the reference, logarithmic</title>
  <text x="${x(1).toFixed(1)}" y="20" text-anchor="middle">ours ÷ reference = 1</text>
${drawn.join('\n')}
  <line x1="${x(1).toFixed(1)}" x2="${x(1).toFixed(1)}" y1="26" y2="${height - 10}" stroke="#666" stroke-dasharray="3 3"/>
</svg>
`;
}

/** Less than this share of the time disturbs no figure. */
const noticeable = 0.02;

/** Which sections were disturbed; the rest of a sentence is no use where none was. */
function disturbances(rows: readonly FigureRow[]): string {
  const shares = new Map(rows.map(({ section, stolen }) => [section, stolen]));
  const disturbed = [...shares].flatMap(([section, share]) =>
    share === null || share < noticeable ? [] : [`${section} ${Math.round(share * 100)} %`],
  );
  if (disturbed.length === 0) return '';
  return `\nThe machine is a guest, and its host gave some of the processor time it wanted to others: ${disturbed.join(', ')}.\n`;
}

/** The page. @param figures null: nothing was measured yet */
export function performancePage(figures: Figures | null): string {
  const head = `# Performance

\`npm run bench\` measures every row below together with its reference, in one run on one machine. Machines differ and are noisy:
only such ratios mean anything. With \`--only\` some sections are measured again, and the other rows keep their figures and dates.
This page is generated from \`docs/performance.json\`, which that command writes.
`;
  if (figures === null) return `${head}\nNo figures have been taken yet.\n`;
  const { machine, rows } = figures;
  const days = rows.map(({ measured }) => measured).toSorted();
  const [from, to] = [days[0] ?? '', days.at(-1) ?? ''];
  const missed = rows.filter(({ holds }) => holds === false);
  const explained = missed.map(({ what }) => `- **${what}**: ${notes[what] ?? 'not explained yet.'}`);
  const skipped = rows.filter(({ reference }) => 'skipped' in reference).length;
  return `${head}
Measured ${from === to ? `on ${from}` : `from ${from} to ${to}`} with Node.js ${machine.node} on ${machine.system}: ${machine.cores} × ${machine.processor}, ${machine.memoryGiB} GiB.
${rows.length} rows, ${rows.filter(({ holds }) => holds === true).length} goals met, ${missed.length} missed, ${skipped} references skipped.
${disturbances(rows)}
![Ours divided by the reference, for every row](performance.svg)

| what | ours | reference | ratio | goal | met |
|---|---|---|---|---|---|
${rows.map(line).join('\n')}

## Goals that are missed

${explained.length === 0 ? 'None.' : explained.join('\n')}
`;
}

/** The checked-in figures; null where there are none. */
export function readFigures(): Figures | null {
  const file = fileURLToPath(new URL('../../docs/performance.json', import.meta.url));
  return existsSync(file) ? figuresSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

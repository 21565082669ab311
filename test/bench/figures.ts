/** Keeps the figures of a run for docs/performance.md. */
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { type Figures, figuresSchema, readFigures } from '../../scripts/docs/performance.ts';
import type { Row } from './row.ts';

/** Rows of one section of the benchmark, which are measured together. */
export interface Section {
  readonly section: string;
  readonly rows: readonly Row[];
  /** Share of the processor time wanted meanwhile that the host of the machine did not give; null: unknown. */
  readonly stolen: number | null;
}

/** Rows of one run, with the machine they were taken on. */
export function figuresOf(sections: readonly Section[], now: Date): Figures {
  const processors = cpus();
  const measured = now.toISOString().slice(0, 10);
  return figuresSchema.parse({
    machine: {
      processor: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release().split('-')[0]}`,
      node: process.versions.node,
    },
    rows: sections.flatMap(({ section, rows, stolen }) => rows.map((row) => ({ ...row, section, measured, stolen }))),
  });
}

/**
 * Puts the sections of a new run in the place of their older rows. A ratio belongs to one section, so sections of several
 * days can stand together, but not those of several machines.
 *
 * @param order of the sections
 */
export function merged(known: Figures, fresh: Figures, order: readonly string[]): Figures {
  const machineOf = ({ machine }: Figures): string => JSON.stringify({ ...machine, system: '' });
  if (machineOf(known) !== machineOf(fresh)) return fresh;
  const again = new Set(fresh.rows.map(({ section }) => section));
  const rows = [...known.rows.filter(({ section }) => !again.has(section)), ...fresh.rows];
  return { ...fresh, rows: rows.toSorted((a, b) => order.indexOf(a.section) - order.indexOf(b.section)) };
}

/** @param order all sections there are; where some were left out, their older rows stay */
export function writeFigures(sections: readonly Section[], order: readonly string[]): void {
  const file = new URL('../../docs/performance.json', import.meta.url);
  const fresh = figuresOf(sections, new Date());
  const known = sections.length < order.length ? readFigures() : null;
  const figures = known === null ? fresh : merged(known, fresh, order);
  writeFileSync(file, `${JSON.stringify(figures, null, 1)}\n`);
}

/** Keeps the figures of a run for docs/performance.md. */
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { type Figures, figuresSchema } from '../../scripts/docs/performance.ts';
import type { Row } from './row.ts';

/** Rows of one run, with the machine they were taken on. */
export function figuresOf(rows: readonly Row[], now: Date): Figures {
  const processors = cpus();
  return figuresSchema.parse({
    measured: now.toISOString().slice(0, 10),
    machine: {
      processor: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release().split('-')[0]}`,
      node: process.versions.node,
    },
    rows,
  });
}

export function writeFigures(rows: readonly Row[]): void {
  const file = new URL('../../docs/performance.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(figuresOf(rows, new Date()), null, 1)}\n`);
}

/**
 * A plugin for Stryker that draws mutants: the others are reported as not compiled, which no score counts. A mutant is drawn
 * by the hash of its file, place and replacement, so every run on the same sources draws the same ones; `DRAW=word` draws
 * others, which no test was written for.
 */
import { createHash } from 'node:crypto';
import { relative } from 'node:path';

const rate = Number(process.env.RATE ?? '1');
const draw = process.env.DRAW ?? '';

/** @param mutant Stryker's: `fileName`, `location`, `mutatorName`, `replacement` */
function isDrawn({ fileName, location: { start, end }, mutatorName, replacement }) {
  const place = [start.line, start.column, end.line, end.column].join(':');
  const name = [relative(process.cwd(), fileName).replaceAll('\\', '/'), place, mutatorName, replacement, draw].join('|');
  return createHash('sha256').update(name).digest().readUInt32BE() < rate * 2 ** 32;
}

const sample = {
  init: async () => {},
  check: async (mutants) =>
    Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        isDrawn(mutant) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' },
      ]),
    ),
  group: async (mutants) => [mutants.map(({ id }) => id)],
};

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', value: sample }];

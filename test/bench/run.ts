/**
 * Prints the benchmark table. Machines are noisy and differ: only ratios taken in the same run mean anything.
 *
 *   npm run bench [-- --seconds 30 --busy 60 --sizes 3,10,20 --rounds 5 --windows 8] [--only check,requests]
 *
 * `--only` measures some sections anew and keeps the others' figures.
 */
import { parseArgs } from 'node:util';
import { activation } from './activation.ts';
import { busy } from './busy.ts';
import { checkSpeed } from './checkSpeed.ts';
import { falseSuspects } from './falseSuspects.ts';
import { editorFeatures } from './features.ts';
import { type Section, writeFigures } from './figures.ts';
import { fleets } from './fleets.ts';
import { keystroke } from './keystroke.ts';
import { membership } from './membership.ts';
import { meshHost } from './meshHost.ts';
import { machineTicks, stolenShare } from './processes.ts';
import { proven } from './proofs.ts';
import { requests } from './requests.ts';
import { printTable, type Row } from './row.ts';
import { simulated } from './simulated.ts';
import { sizes } from './sizes.ts';
import { tree } from './tree.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    busy: { type: 'string', default: '60' },
    sizes: { type: 'string', default: '3,10,20' },
    rounds: { type: 'string', default: '5' },
    windows: { type: 'string', default: '8' },
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const fleetSizes = values.sizes.split(',').map(Number);

interface Measure {
  readonly rows: () => readonly Row[] | Promise<readonly Row[]>;
  /** Why it is not measured elsewhere; null: it is. */
  readonly linux: string | null;
}

const measures: Readonly<Record<string, Measure>> = {
  proofs: { rows: proven, linux: null },
  check: { rows: checkSpeed, linux: null },
  keystroke: { rows: keystroke, linux: null },
  features: { rows: editorFeatures, linux: null },
  membership: { rows: membership, linux: null },
  simulation: { rows: simulated, linux: null },
  tree: { rows: tree, linux: null },
  host: { rows: () => meshHost(seconds), linux: 'it reads /proc' },
  fleets: { rows: () => fleets(fleetSizes, Number(values.rounds), seconds), linux: 'it reads /proc' },
  suspects: { rows: () => falseSuspects(Number(values.busy)), linux: null },
  requests: { rows: requests, linux: null },
  busy: { rows: () => busy(Number(values.busy)), linux: null },
  activation: { rows: () => activation(Number(values.windows)), linux: 'the workbench needs it' },
  sizes: { rows: sizes, linux: null },
};
const order = Object.keys(measures);
const asked = values.only?.split(',') ?? order;
const unknown = asked.filter((name) => measures[name] === undefined);
if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(', ')}; there are ${order.join(', ')}.`);

const sections: Section[] = [];
for (const section of order.filter((name) => asked.includes(name))) {
  const measure = measures[section];
  if (measure === undefined) continue;
  if (measure.linux !== null && process.platform !== 'linux') {
    console.log(`The section ${section} is measured on Linux only: ${measure.linux}.`);
    continue;
  }
  // The whole takes more than half an hour: what is done can be told from what hangs.
  console.error(`measuring ${section}`);
  const before = machineTicks();
  const rows = await measure.rows();
  sections.push({ section, rows, stolen: stolenShare(before, machineTicks()) });
}
printTable(sections.flatMap(({ rows }) => rows));
writeFigures(sections, order);
console.log('Written to docs/performance.json; "npm run docs" makes the page of it.');

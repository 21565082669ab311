/**
 * Prints the benchmark table. Machines are noisy and differ: only ratios taken in the same run mean anything.
 *
 *   npm run bench [-- --seconds 30 --busy 60 --sizes 3,10,20 --rounds 5 --windows 8]
 */
import { parseArgs } from 'node:util';
import { activation } from './activation.ts';
import { busy } from './busy.ts';
import { checkSpeed } from './checkSpeed.ts';
import { editorFeatures } from './features.ts';
import { writeFigures } from './figures.ts';
import { fleets } from './fleets.ts';
import { keystroke } from './keystroke.ts';
import { membership } from './membership.ts';
import { meshHost } from './meshHost.ts';
import { requests } from './requests.ts';
import { printTable } from './row.ts';
import { tree } from './tree.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    busy: { type: 'string', default: '60' },
    sizes: { type: 'string', default: '3,10,20' },
    rounds: { type: 'string', default: '5' },
    windows: { type: 'string', default: '8' },
  },
});
const rows = [...checkSpeed(), ...keystroke(), ...editorFeatures(), ...membership(), ...(await tree())];
const seconds = Number(values.seconds);
if (process.platform === 'linux')
  rows.push(...(await meshHost(seconds)), ...fleets(values.sizes.split(',').map(Number), Number(values.rounds), seconds));
else console.log('The rows about the mesh host read /proc and need Linux.');
rows.push(...(await requests()), ...(await busy(Number(values.busy))));
if (process.platform === 'linux') rows.push(...(await activation(Number(values.windows))));
else console.log('The row about activation needs the workbench, which needs Linux.');
printTable(rows);
writeFigures(rows);
console.log('Written to docs/performance.json; "npm run docs" makes the page of it.');

/**
 * Prints the benchmark table. Machines are noisy and differ: only ratios taken in the same run mean anything.
 *
 *   npm run bench [-- --seconds 30 --busy 60]
 */
import { parseArgs } from 'node:util';
import { busy } from './busy.ts';
import { checkSpeed } from './checkSpeed.ts';
import { editorFeatures } from './features.ts';
import { keystroke } from './keystroke.ts';
import { membership } from './membership.ts';
import { meshHost } from './meshHost.ts';
import { requests } from './requests.ts';
import { printTable } from './row.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, busy: { type: 'string', default: '60' } },
});
const rows = [...checkSpeed(), ...keystroke(), ...editorFeatures(), ...membership()];
if (process.platform === 'linux') rows.push(...(await meshHost(Number(values.seconds))));
else console.log('The rows about the mesh host read /proc and need Linux.');
rows.push(...(await requests()), ...(await busy(Number(values.busy))));
printTable(rows);

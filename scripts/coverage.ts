/**
 * Runs test lanes with coverage, adds what the processes ran that tests start, and reports lines.
 *
 *   npm run coverage                                    the lane of "npm test"
 *   npm run coverage -- --lane fast --lane interop      and the real Python nodes
 *   npm run coverage -- --no-run                        only adds up what the last runs wrote
 *
 * Writes .cache/coverage/lines.json. Exit status 1 below the minimum (`--min`, 95).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addChildren, addCounted, type Lines } from './coverageLines.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.cache/coverage');
const lanes = ['fast', 'interop'] as const;
const { values } = parseArgs({
  options: {
    min: { type: 'string', default: '95' },
    run: { type: 'boolean', default: true },
    lane: { type: 'string', multiple: true, default: ['fast'] },
  },
  allowNegative: true,
});
const unknown = values.lane.find((lane) => !lanes.some((each) => each === lane));
if (unknown !== undefined) throw new Error(`There is no lane ${unknown}: ${lanes.join(', ')}.`);

for (const lane of values.run ? values.lane : []) {
  rmSync(join(folder, lane), { recursive: true, force: true });
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'vitest.coverage.config.ts', '--mode', lane];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) console.error(`Tests of the lane ${lane} failed; what ran in them is counted all the same.`);
}

const lines: Lines = new Map();
const counted: string[] = [];
for (const lane of lanes) {
  const report = join(folder, lane, 'vitest/coverage-final.json');
  if (!existsSync(report)) continue;
  addCounted(root, readFileSync(report, 'utf8'), lines);
  counted.push(lane);
}
if (counted.length === 0) throw new Error('No lane wrote a report.');
const children = counted.map((lane) => addChildren(root, join(folder, lane, 'children'), lines));
const used = children.reduce((sum, each) => sum + each.used, 0);
const damaged = children.reduce((sum, each) => sum + each.damaged, 0);

const percentOf = (part: number, all: number): number => (all === 0 ? 100 : (100 * part) / all);
const files = [...lines].map(([file, of]) => {
  const missing = [...of].flatMap(([line, ran]) => (ran ? [] : [line]));
  return { file, lines: of.size, covered: of.size - missing.length, missing: missing.sort((a, b) => a - b) };
});
const total = files.reduce((sum, each) => sum + each.lines, 0);
const covered = files.reduce((sum, each) => sum + each.covered, 0);
const percent = percentOf(covered, total);

/** `schemas/editor`, `server/src/config`: what a reader of the figures knows by name. */
const partOf = (file: string): string =>
  file
    .split('/')
    .slice(0, file.startsWith('server/src/') ? 3 : 2)
    .join('/');
const parts = [...Map.groupBy(files, ({ file }) => partOf(file))]
  .map(([part, of]) => ({
    part,
    lines: of.reduce((sum, each) => sum + each.lines, 0),
    covered: of.reduce((sum, each) => sum + each.covered, 0),
  }))
  .sort((a, b) => a.part.localeCompare(b.part));

files.sort((a, b) => b.missing.length - a.missing.length);
writeFileSync(join(folder, 'lines.json'), `${JSON.stringify({ lines: total, covered, percent, parts, files }, null, 1)}\n`);
for (const { file, missing, lines: all } of files.slice(0, 40))
  if (missing.length > 0)
    console.log(`${String(missing.length).padStart(5)} of ${String(all).padStart(4)} lines never ran: ${file}`);
for (const part of parts.filter((each) => each.lines > 0))
  console.log(
    `${percentOf(part.covered, part.lines).toFixed(2).padStart(7)} % of ${String(part.lines).padStart(6)} lines: ${part.part}`,
  );
console.log(`Lanes: ${counted.join(', ')}; ${used} reports of started processes added, ${damaged} cut off by a kill.`);
console.log(`${covered} of ${total} lines ran (${percent.toFixed(2)} %).`);
if (percent < Number(values.min)) {
  console.error(`Less than ${values.min} %.`);
  process.exitCode = 1;
}

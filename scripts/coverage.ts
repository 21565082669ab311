/**
 * Runs the tests of "npm test" with coverage, adds what the processes ran that they start, and reports lines.
 *
 *   npm run coverage [-- --min 95] [--no-run]
 *
 * Writes .cache/coverage/lines.json. Exit status 1 below the minimum.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addChildren, countedLines } from './coverageLines.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.cache/coverage');
const { values } = parseArgs({
  options: { min: { type: 'string', default: '95' }, run: { type: 'boolean', default: true } },
  allowNegative: true,
});

if (values.run) {
  rmSync(folder, { recursive: true, force: true });
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'vitest.coverage.config.ts'];
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}
const lines = countedLines(root, readFileSync(join(folder, 'vitest/coverage-final.json'), 'utf8'));
const reports = addChildren(root, join(folder, 'children'), lines);

const files = [...lines].map(([file, of]) => {
  const missing = [...of].flatMap(([line, ran]) => (ran ? [] : [line]));
  return { file, lines: of.size, covered: of.size - missing.length, missing: missing.sort((a, b) => a - b) };
});
const total = files.reduce((sum, each) => sum + each.lines, 0);
const covered = files.reduce((sum, each) => sum + each.covered, 0);
const percent = (100 * covered) / total;
files.sort((a, b) => b.missing.length - a.missing.length);
writeFileSync(join(folder, 'lines.json'), `${JSON.stringify({ lines: total, covered, percent, files }, null, 1)}\n`);
for (const { file, missing, lines: all } of files.slice(0, 25))
  if (missing.length > 0)
    console.log(`${String(missing.length).padStart(5)} of ${String(all).padStart(4)} lines never ran: ${file}`);
console.log(`${covered} of ${total} lines ran (${percent.toFixed(2)} %), ${reports} reports of started processes included`);
if (percent < Number(values.min)) {
  console.error(`Less than ${values.min} %.`);
  process.exitCode = 1;
}

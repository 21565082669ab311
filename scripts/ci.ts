/**
 * Runs every lane of continuous integration one after the other and closes with one line that counts them all:
 * `N passed, N failed, N skipped`. A lane that cannot run counts as a failure and says why; later lanes still run.
 *
 * Real processes share the machine with whatever else it does, so a file that fails is run once more, alone. A test that
 * passes only then is printed by name as unsteady: a race to mend, and no reason to distrust the rest.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Counts, countReport, filesToRepeat, listFailures, readReport, withSecondRun } from './vitestReport.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}.cache/ci`;

interface Lane {
  readonly name: string;
  readonly script: string;
  /** vitest's configuration file; null: the script counts, and repeats, by itself and closes with a line of counts. */
  readonly config: string | null;
}

const lanes: readonly Lane[] = [
  { name: 'README test command', script: 'test', config: 'vitest.config.ts' },
  { name: 'interop', script: 'test:interop', config: 'vitest.interop.config.ts' },
  { name: 'workbench', script: 'test:vscode', config: null },
  { name: 'editors', script: 'test:editors', config: 'vitest.editors.config.ts' },
];

interface Ran {
  readonly status: number | null;
  /** The last lines of standard output. */
  readonly tail: string;
}

/** Runs a command, its output passed through. */
function run(command: string, args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let tail = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      tail = (tail + chunk.toString('utf8')).slice(-4_000);
    });
    child.once('error', (error) => done({ status: null, tail: error.message }));
    child.once('close', (status) => done({ status, tail }));
  });
}

interface LaneResult {
  readonly counts: Counts;
  readonly unsteady: readonly string[];
  readonly failures: readonly string[];
  /** Exit status of the last run. */
  readonly status: number | null;
}

const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

async function runClosingLine(script: string): Promise<LaneResult> {
  const { status, tail } = await run('npm', ['run', script]);
  const line = [...tail.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  const counts = line ? { passed: Number(line[1]), failed: Number(line[2]), skipped: Number(line[3]) } : nothing;
  const unsteady = [...tail.matchAll(/^UNSTEADY: (.*)$/gm)].map(([, name = '']) => name);
  const failures = [...tail.matchAll(/^FAILED: (.*)$/gm)].map(([, name = '']) => name);
  return { counts, unsteady, failures, status };
}

async function runVitest(script: string, config: string): Promise<LaneResult> {
  const reporting = (name: string) => {
    const path = `${reports}/${script.replace(':', '-')}${name}.json`;
    return { path, args: ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`] };
  };
  const once = reporting('');
  const { status } = await run('npm', ['run', script, '--', ...once.args]);
  const first = readReport(once.path);
  if (first === null) return { counts: nothing, unsteady: [], failures: [], status };
  const files = filesToRepeat(first);
  if (files.length === 0) return { counts: countReport(first), unsteady: [], failures: listFailures(first), status };
  console.log(`\n=== once more, alone: ${files.map((file) => relative(root, file)).join(' ')} ===`);
  const again = reporting('-again');
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const repeated = await run(process.execPath, [vitest, 'run', '--config', config, ...again.args, ...files]);
  const { report, unsteady } = withSecondRun(first, readReport(again.path));
  return { counts: countReport(report), unsteady, failures: listFailures(report), status: repeated.status };
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
for (const lane of lanes) {
  const started = performance.now();
  console.log(`\n=== ${lane.name}: npm run ${lane.script} ===`);
  const { counts, unsteady, failures, status } = await (lane.config === null
    ? runClosingLine(lane.script)
    : runVitest(lane.script, lane.config));
  // A lane that ends badly without a failed test (build broken, tool missing, worker crashed) must not look green,
  // and neither must one that ran nothing.
  const broken = (status !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  if (broken) console.error(`=== ${lane.name} COULD NOT RUN TO ITS END (exit status ${status ?? 'none'}) ===`);
  total.passed += counts.passed;
  total.failed += counts.failed + (broken ? 1 : 0);
  total.skipped += counts.skipped;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  summary.push(
    `${lane.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${seconds} s${broken ? ', BROKEN' : ''}`,
    ...failures.map((failure) => `  failed: ${failure}`),
    ...unsteady.map((name) => `  unsteady, passed only alone: ${name}`),
  );
}
console.log(`\n${summary.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * Runs every lane of continuous integration one after the other and closes with one line that counts them all:
 * `N passed, N failed, N skipped`. A lane that cannot run counts as a failure and says why; later lanes still run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}.cache/ci`;

/** The part of vitest's JSON report that counts. */
const vitestReportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numFailedTestSuites: z.int(),
});

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Lane {
  readonly name: string;
  /** npm script, and whether its counts come from vitest's report or from its own closing line. */
  readonly script: string;
  readonly counts: 'vitest' | 'closing-line';
}

const lanes: readonly Lane[] = [
  { name: 'README test command', script: 'test', counts: 'vitest' },
  { name: 'interop', script: 'test:interop', counts: 'vitest' },
  { name: 'workbench', script: 'test:vscode', counts: 'closing-line' },
  { name: 'editors', script: 'test:editors', counts: 'vitest' },
];

/** Runs one npm script, its output passed through; gives the exit status and the last lines of standard output. */
function run(script: string, args: readonly string[]): Promise<{ status: number | null; tail: string }> {
  return new Promise((done) => {
    const child = spawn('npm', ['run', script, ...(args.length > 0 ? ['--', ...args] : [])], {
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

function countsOf(lane: Lane, report: string, tail: string): Counts | null {
  if (lane.counts === 'vitest') {
    if (!existsSync(report)) return null;
    const parsed = vitestReportSchema.safeParse(JSON.parse(readFileSync(report, 'utf8')));
    if (!parsed.success) return null;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = parsed.data;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  }
  const line = [...tail.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  return line ? { passed: Number(line[1]), failed: Number(line[2]), skipped: Number(line[3]) } : null;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
for (const lane of lanes) {
  const started = performance.now();
  console.log(`\n=== ${lane.name}: npm run ${lane.script} ===`);
  const report = `${reports}/${lane.script.replace(':', '-')}.json`;
  const reporters = lane.counts === 'vitest' ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const { status, tail } = await run(lane.script, reporters);
  const counts = countsOf(lane, report, tail) ?? { passed: 0, failed: 0, skipped: 0 };
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
  );
}
console.log(`\n${summary.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

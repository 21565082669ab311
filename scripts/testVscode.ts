/**
 * The workbench lane: the packed VSIX, installed as a person installs it, in a real workbench.
 *
 * (a) UI tests through a browser; (b) suites inside the extension host through @vscode/test-electron: with the VS Code
 * that VSCODE_EXECUTABLE names, else a downloaded one (VSCODE_VERSION, else stable) where there are internet and a display,
 * else the workbench of (a).
 * With --without-node the VSIX for platforms without a ZeroMQ addon ("npm run package -- --target none"): everything it has.
 * Closes with one line `N passed, N failed, N skipped` for both.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import * as z from 'zod';
import { ensureToolchain } from '../test/workbench/harness/toolchain.ts';
import { thisTarget } from './addon.ts';
import { prepareDemo } from './demoFleet.ts';
import { unpackZip } from './unzip.ts';
import { type Counts, countReport, filesToRepeat, listFailures, readReport, withSecondRun } from './vitestReport.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const countsSchema = z.object({ passed: z.int(), failed: z.int(), skipped: z.int() });

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** The VSIX that "npm run package" made for this platform, or for those without an addon; --vsix names another. */
function findVsix(withoutNode: boolean): string {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
  const file = join(root, `${[name, ...(withoutNode ? [] : [thisTarget().name]), version].join('-')}.vsix`);
  const how = `npm run package${withoutNode ? ' -- --target none' : ''}`;
  if (!existsSync(file)) throw new Error(`${file} is missing: run "${how}" first.`);
  return file;
}

/** Installs the VSIX into an extensions folder of its own, with VS Code's own installer. */
async function install(vsix: string, scratch: string): Promise<string> {
  const tools = await ensureToolchain();
  const extensions = join(scratch, 'extensions');
  mkdirSync(extensions, { recursive: true });
  const home = join(scratch, 'home');
  const env = { ...process.env, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const args = [
    tools.server,
    '--extensions-dir',
    extensions,
    '--user-data-dir',
    join(scratch, 'data'),
    '--install-extension',
    vsix,
  ];
  const status = await run(tools.node, args, env);
  if (status !== 0) throw new Error(`The VSIX could not be installed (status ${status}).`);
  return extensions;
}

async function vitest(extensions: string, report: string, filters: readonly string[]): Promise<number> {
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'vitest.workbench.config.ts',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const mode = values['without-node'] ? { FLEET_TEST_WITHOUT_NODE: '1' } : {};
  return run(process.execPath, [...args, ...filters], { ...process.env, ...mode, FLEET_TEST_EXTENSIONS: extensions });
}

/** Failed files are run once more, alone, as in `ci.ts`; a line for each test that passes only then. */
async function uiTests(extensions: string, scratch: string, filters: readonly string[]): Promise<Counts> {
  const status = await vitest(extensions, join(scratch, 'ui.json'), filters);
  const first = readReport(join(scratch, 'ui.json'));
  if (first === null) return { passed: 0, failed: 1, skipped: 0 };
  const files = filesToRepeat(first);
  if (files.length === 0) {
    const counts = countReport(first);
    failures.push(...listFailures(first));
    return { ...counts, failed: Math.max(counts.failed, status === 0 ? 0 : 1) };
  }
  console.log(`\nOnce more, alone: ${files.map((file) => relative(root, file)).join(' ')}`);
  const repeated = await vitest(extensions, join(scratch, 'ui-again.json'), files);
  const { report, unsteady } = withSecondRun(first, readReport(join(scratch, 'ui-again.json')));
  unsteadyTests.push(...unsteady);
  failures.push(...listFailures(report));
  const counts = countReport(report);
  return { ...counts, failed: Math.max(counts.failed, repeated === 0 ? 0 : 1) };
}

/** Which VS Code runs the in-host suites; undefined: test-electron downloads one. */
async function executable(): Promise<{ path: string | undefined; name: string }> {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named) return { path: named, name: named };
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const online =
    display !== undefined &&
    (await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    ));
  if (online) return { path: undefined, name: `a downloaded VS Code (${process.env.VSCODE_VERSION ?? 'stable'})` };
  // Whoever asks for a version must not get another one and a green lane.
  if (process.env.VSCODE_VERSION) throw new Error(`VS Code ${process.env.VSCODE_VERSION} needs internet and a display.`);
  return {
    path: join(root, 'test/workbench/harness/codeShim.ts'),
    name: 'the workbench in the browser (no display or no internet)',
  };
}

async function hostTests(vsix: string, scratch: string): Promise<Counts> {
  const tests = join(root, '.cache/host-tests/index.js');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/workbench/host/index.ts'],
    outfile: tests,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
  });
  // The package is ESM; VS Code loads the suite with require.
  writeFileSync(join(root, '.cache/host-tests/package.json'), '{"type":"commonjs"}\n');
  // As a development extension, from a folder where VS Code does not also find it as an installed one.
  const unpacked = join(scratch, 'unpacked');
  unpackZip(vsix, unpacked);
  const { path, name } = await executable();
  console.log(`\nIn-host suites in ${name}`);
  const demo = await prepareDemo();
  let output = '';
  const stdout = new PassThrough();
  stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    process.stdout.write(chunk);
  });
  const stderr = new PassThrough();
  stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  let status = 1;
  try {
    status = await runTests({
      ...(path === undefined ? { version: process.env.VSCODE_VERSION ?? 'stable' } : { vscodeExecutablePath: path }),
      extensionDevelopmentPath: join(unpacked, 'extension'),
      extensionTestsPath: tests,
      launchArgs: [demo.folder, '--disable-workspace-trust'],
      stdout,
      stderr,
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  } finally {
    demo.remove();
  }
  const line = /FLEET_TEST_COUNTS (\{.*\})/.exec(output)?.[1];
  const counts = line === undefined ? { passed: 0, failed: 0, skipped: 0 } : countsSchema.parse(JSON.parse(line));
  if (status !== 0 || line === undefined) counts.failed = Math.max(counts.failed, 1);
  return counts;
}

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, vsix: { type: 'string' }, 'without-node': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const scratch = mkdtempSync(join(tmpdir(), 'vsix-'));
const unsteadyTests: string[] = [];
const failures: string[] = [];
const lanes: [string, Counts][] = [];
try {
  const vsix = values.vsix ?? findVsix(values['without-node']);
  if (values.only !== 'host') lanes.push(['UI', await uiTests(await install(vsix, scratch), scratch, positionals)]);
  if (values.only !== 'ui') lanes.push(['in-host', await hostTests(vsix, scratch)]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const [lane, counts] of lanes) {
  console.log(`${lane}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
for (const failure of failures) console.log(`FAILED: ${failure}`);
for (const name of unsteadyTests) console.log(`UNSTEADY: ${name}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

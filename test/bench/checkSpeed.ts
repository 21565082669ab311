/** `check` as a whole process, of the production build that is installed: on one large file against npm dotenv's bare parse, on a tree against dotenv-linter. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/bundle.ts';
import { median, type Row } from './row.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const ownLinter = fileURLToPath(new URL('../../.cache/dotenv-linter/bin/dotenv-linter', import.meta.url));

/** The one on the PATH, else one of our own, built from crates.io once; null where there is no cargo. */
function dotenvLinter(): string | null {
  for (const command of ['dotenv-linter', ownLinter]) {
    if (spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0) return command;
  }
  const root = fileURLToPath(new URL('../../.cache/dotenv-linter', import.meta.url));
  const args = ['install', 'dotenv-linter', '--version', '^4', '--locked', '--root', root];
  console.log('Building dotenv-linter from crates.io; this takes some minutes once.');
  return spawnSync('cargo', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0 ? ownLinter : null;
}

/** Seconds of a whole process, or null where the program is not there. */
function timed(command: string, args: readonly string[], cwd: string): number | null {
  const start = performance.now();
  const { error } = spawnSync(command, args, { cwd, stdio: 'ignore' });
  return error ? null : (performance.now() - start) / 1000;
}

/** Runs both alternately, so that a busy machine slows both, and gives the medians. */
function pair(
  runs: number,
  ours: () => number | null,
  reference: () => number | null,
): { ours: number; reference: number | null } {
  const a: number[] = [];
  const b: number[] = [];
  for (let i = 0; i < runs; i++) {
    const x = ours();
    const y = reference();
    if (x !== null) a.push(x);
    if (y !== null) b.push(y);
  }
  return { ours: median(a), reference: b.length === 0 ? null : median(b) };
}

export async function checkSpeed(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'));
  try {
    const installed = join(folder, 'installed');
    await build({ root: repository, folder: join(installed, 'dist'), production: true });
    copyFileSync(join(repository, 'package.json'), join(installed, 'package.json'));
    const cli = join(installed, 'dist', 'cli.js');
    return [largeFile(folder, cli), tree(folder, cli)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function largeFile(folder: string, cli: string): Row {
  const keys = 165_000;
  let text = '';
  for (let i = 0; i < keys; i++) text += `APPLICATION_SETTING_${i}="value number ${i} of a large file"\n`;
  mkdirSync(join(folder, 'large'));
  writeFileSync(join(folder, 'large', '.env'), text);
  const dotenv = createRequire(import.meta.url).resolve('dotenv');
  const parse = `require(${JSON.stringify(dotenv)}).parse(require('fs').readFileSync('.env'))`;
  const { ours, reference } = pair(
    5,
    () => timed(process.execPath, [cli, 'check', '.env'], join(folder, 'large')),
    () => timed(process.execPath, ['-e', parse], join(folder, 'large')),
  );
  const value = reference ?? Number.NaN;
  return {
    what: `check, one file of ${(text.length / 1e6).toFixed(0)} MB and ${keys} keys`,
    ours,
    reference: { name: 'npm dotenv, parse only', value },
    unit: 's',
    goal: 'at most 2 x',
    holds: ours <= 2 * value,
  };
}

function tree(folder: string, cli: string): Row {
  const root = join(folder, 'tree');
  for (let i = 0; i < 1000; i++) {
    const service = join(root, `group-${i % 25}`, `service-${i}`);
    mkdirSync(service, { recursive: true });
    const lines = [
      'P2P_ENABLED=true',
      `JARVISCORE_NODE_NAME=node-${i}`,
      'LOG_LEVEL=INFO',
      'KEEPALIVE_INTERVAL=90',
      `APPLICATION_ID=${i}`,
    ];
    writeFileSync(join(service, '.env'), `${lines.join('\n')}\n`);
  }
  const linter = dotenvLinter();
  const startUp = median(Array.from({ length: 5 }, () => timed(process.execPath, ['-e', '0'], root) ?? Number.NaN));
  const { ours, reference } = pair(
    5,
    () => timed(process.execPath, [cli, 'check', '.'], root),
    () => (linter === null ? null : timed(linter, ['check', '--recursive', '.'], root)),
  );
  const beyond = ours - startUp;
  return {
    what: 'check, 1,000 files, beyond the start of Node',
    ours: beyond,
    reference:
      reference === null
        ? { name: 'dotenv-linter', skipped: 'neither on the PATH nor to be built (cargo install dotenv-linter)' }
        : { name: 'dotenv-linter', value: reference },
    unit: 's',
    goal: 'at most 1.5 x',
    holds: reference === null ? null : beyond <= 1.5 * reference,
  };
}

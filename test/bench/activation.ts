/**
 * How long the extension takes from its activation until its server has answered, beside a bare extension with the same
 * client library, both production builds, in one window after the other of the same VS Code.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as z from 'zod';
import { thisTarget } from '../../scripts/addon.ts';
import { build } from '../../scripts/bundle.ts';
import { stage } from '../../scripts/staging.ts';
import { startBrowser } from '../workbench/harness/browser.ts';
import { startServer } from '../workbench/harness/server.ts';
import { median, type Row } from './row.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ours = 'jarviscore-fleet.jarviscore-fleet';
const bare = 'bench.bare';
const limit = 1.5;
/** The first window of a server loads what all later ones find in the machine's memory. */
const warmUp = 1;

const measurementSchema = z.object({ id: z.string(), started: z.literal(true), activateMs: z.number(), readyMs: z.number() });
type Measurement = z.infer<typeof measurementSchema>;

/** Ours as it is packed, but activated by nobody else than the probe. */
async function ourExtension(scratch: string): Promise<string> {
  const dist = join(scratch, 'dist');
  const folder = join(scratch, 'ours');
  await build({ root, folder: dist, production: true });
  stage(root, dist, folder, thisTarget());
  const file = join(folder, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), activationEvents: [] }));
  return folder;
}

async function extension(folder: string, name: string, entries: Record<string, string>, events: string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const [main = ''] = Object.keys(entries);
  const manifest = {
    ...{ publisher: 'bench', name, version: '1.0.0', engines: { vscode: '^1.106.0' }, main: `dist/${main}.js` },
    ...{ activationEvents: events, extensionKind: ['workspace'], capabilities: { untrustedWorkspaces: { supported: true } } },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await esbuild.build({
    ...{ absWorkingDir: root, entryPoints: entries, outdir: join(folder, 'dist'), bundle: true, minify: true },
    ...{ platform: 'node', target: 'node22', format: 'cjs', external: ['vscode'], legalComments: 'none' },
    ...{ mainFields: ['module', 'main'], conditions: ['node'], logLevel: 'warning' },
  });
  return folder;
}

/** Everything that one window measured. */
async function lines(file: string, count: number): Promise<Measurement[]> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const found = text.split('\n').filter((line) => line !== '');
    if (found.length >= count) return found.map((line) => measurementSchema.parse(JSON.parse(line)));
    if (Date.now() > deadline) throw new Error(`Only ${found.length} of ${count} starts were measured within 120 s.`);
    await wait(100);
  }
}

/** One window: which of the two goes first changes from window to window. */
async function measure(extensions: readonly string[], workspace: string, result: string, order: string): Promise<Measurement[]> {
  rmSync(result, { force: true });
  const env = { BENCH_RESULT: result, BENCH_ORDER: order };
  const server = await startServer({ extensions, workspace, env });
  try {
    const browser = await startBrowser(server);
    const page = await browser.newPage();
    await page.goto(server.pageUrl, { timeout: 60_000 });
    const measured = await lines(result, 2);
    await browser.close();
    return measured;
  } finally {
    await server.stop();
  }
}

/** Linux, with the workbench's toolchain. @param windows opened at least; an even number, so that each goes first as often */
export async function activation(windows: number): Promise<Row[]> {
  const rounds = windows + (windows % 2);
  const scratch = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const client = (name: string): string => `test/bench/activation/${name}.ts`;
    const extensions = [
      await ourExtension(scratch),
      await extension(join(scratch, 'bare'), 'bare', { extension: client('bareClient'), server: client('bareServer') }, []),
      await extension(join(scratch, 'probe'), 'probe', { probe: client('probe') }, ['onStartupFinished']),
    ];
    const workspace = join(scratch, 'demo');
    cpSync(join(root, 'test/fixtures/demo'), workspace, { recursive: true });
    const all: Measurement[] = [];
    for (let round = 0; round < rounds + warmUp; round++) {
      const order = round % 2 === 0 ? `${ours},${bare}` : `${bare},${ours}`;
      const measured = await measure(extensions, workspace, join(scratch, 'result'), order);
      if (round >= warmUp) all.push(...measured);
    }
    const of = (id: string, what: 'activateMs' | 'readyMs'): number =>
      median(all.filter((each) => each.id === id).map((each) => each[what]));
    const [mine, theirs] = [of(ours, 'readyMs'), of(bare, 'readyMs')];
    const parts = `of that activate() ${of(ours, 'activateMs').toFixed(0)} and ${of(bare, 'activateMs').toFixed(0)} ms`;
    return [
      {
        what: 'activation until the language server has answered',
        detail: parts,
        ours: mine,
        reference: { name: 'bare extension with the same client library', value: theirs },
        unit: 'ms',
        goal: `<= ${limit} x`,
        holds: mine <= limit * theirs,
      },
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The worked examples of docs/contributing.md, applied to a copy of the sources: they do what the page says. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putTogether, takeApart } from '../../../scripts/catalogue/file.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs/contributing.md'), 'utf8');

interface Block {
  readonly action: 'new' | 'append' | 'entry' | 'diff';
  readonly path: string;
  readonly key: string;
  readonly text: string;
}

/** Code blocks of the page that say what they are for behind their language. */
const blocks: readonly Block[] = [...page.matchAll(/^```(\w+) ([^\n]+)\n(.*?)^```$/gms)].map(
  ([, language = '', words = '', text = '']) => {
    const [action = '', path = '', key = ''] = language === 'diff' ? ['diff', words] : words.split(' ');
    return { action: action as Block['action'], path, key, text };
  },
);

/** Lines of a block in which the sources are as they were, and as they will be. */
function sides(text: string): { readonly old: string; readonly next: string } {
  const lines = text.trimEnd().split('\n');
  const side = (mark: string): string =>
    lines.flatMap((line) => (line.startsWith(mark) || line.startsWith(' ') ? [line.slice(1)] : [])).join('\n');
  return { old: side('-'), next: side('+') };
}

function applied({ action, key, text }: Block, before: string): string {
  if (action === 'append') {
    const lines = takeApart(before, 'rules');
    const raised = lines.head.replace(/"count": (\d+)/, (_, count: string) => `"count": ${Number(count) + 1}`);
    expect(raised).not.toBe(lines.head);
    return putTogether({ ...lines, head: raised, items: [...lines.items, JSON.stringify(JSON.parse(text))] });
  }
  if (action === 'entry') return JSON.stringify({ ...(JSON.parse(before) as object), [key]: JSON.parse(text) });
  const { old, next } = sides(text);
  expect(before.split(`\n${old}\n`), `this stands once in the sources:\n${old}`).toHaveLength(2);
  return before.replace(`\n${old}\n`, () => `\n${next}\n`);
}

const bundling = {
  ...{ bundle: true, platform: 'node', target: 'node22', external: ['zeromq'], logLevel: 'silent' },
  ...{ mainFields: ['module', 'main'], conditions: ['node'] },
} as const satisfies esbuild.BuildOptions;

let copy = '';

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'contributing-'));
  const tests = ['mutations', 'rules'].map((name) => `test/unit/${name}`);
  for (const path of [
    'server',
    'schemas',
    'client',
    ...tests,
    'scripts/docs',
    'test/fixtures/production',
    'package.json',
    'biome.json',
    'tsconfig.base.json',
  ])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const block of blocks) {
    const file = join(copy, block.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, block.action === 'new' ? block.text : applied(block, readFileSync(file, 'utf8')));
  }
  const entryPoints = ['server/src/cli.ts'];
  await esbuild.build({ ...bundling, format: 'cjs', absWorkingDir: copy, entryPoints, outfile: join(copy, 'built/cli.cjs') });
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(files: Readonly<Record<string, string>>, ...args: string[]): { status: number | null; stdout: string } {
  const project = mkdtempSync(join(copy, 'project-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const { status, stdout } = spawnSync(process.execPath, [join(copy, 'built/cli.cjs'), ...args], {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout };
}

interface Report {
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly range: { readonly start: unknown } }[];
}

const findings = (files: Readonly<Record<string, string>>): Report['findings'] =>
  (JSON.parse(run(files, 'check', '.', '--format', 'json').stdout) as Report).findings;

test('the page has the examples of both kinds', () => {
  expect(blocks.map(({ action, path }) => `${action} ${path.split('/').at(-1)}`)).toEqual([
    ...['append rules.json', 'entry ruleDocs.json', 'new logDirectory.ts', 'diff registry.ts', 'diff registry.ts'],
    'diff values.ts',
    ...['new procfile.ts', 'diff kind.ts', 'diff read.ts', 'diff read.ts', 'diff documents.ts'],
  ]);
});

test('the new rule finds its bad example, is silent about the good one, and explains itself', () => {
  const entry = JSON.parse(blocks.find(({ action }) => action === 'entry')?.text ?? '') as Record<
    'bad' | 'good',
    { files: Record<string, string> }
  >;
  const ids = (files: Record<string, string>): string[] => findings(files).map(({ rule }) => rule);
  expect(ids(entry.bad.files)).toContain('log-directory-temporary');
  expect(ids(entry.good.files)).not.toContain('log-directory-temporary');
  expect(run({}, 'explain', 'log-directory-temporary').stdout).toContain('Log directory lies in a temporary folder');
});

/** What the detection suite of the copy finds for a rule: for each kind of file the findings that nothing allows. */
const detection = (rule: string): string => `
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { cellsOf, mutationOf } from './suite.ts';
import { newFindings } from './verdict.ts';
const found = cellsOf(ruleInventory.get('${rule}')).map((cell) => {
  const mutation = mutationOf(cell);
  const allowed = new Set(mutation.also.map(({ rule }) => rule));
  const findings = newFindings(mutation.before, mutation.after, mutation).filter(({ rule }) => !allowed.has(rule));
  return [cell.kind, ...findings.map(({ rule }) => rule)];
});
console.log(JSON.stringify(found));
`;

test('the new rule finds its mistakes in every kind of file, and nothing else is reported there', async () => {
  const [folder, rule] = [join(copy, 'test/unit/mutations'), 'log-directory-temporary'];
  const outfile = join(folder, 'detection.mjs');
  const banner = { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" };
  const stdin = { contents: detection(rule), resolveDir: folder, loader: 'ts' } as const;
  await esbuild.build({ ...bundling, format: 'esm', absWorkingDir: copy, stdin, outfile, banner });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { cwd: copy, encoding: 'utf8' });
  const kinds = ['dotenv', 'python', 'compose', 'systemd', 'kubernetes', 'dockerfile', 'shell', 'launch'];
  expect(JSON.parse(stdout || stderr)).toEqual(kinds.map((kind) => [kind, rule]));
}, 120_000);

test('what the page adds is written as the linter wants it', () => {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const files = [...new Set(blocks.map(({ path }) => path))].filter((path) => path.endsWith('.ts'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'check', '--vcs-enabled=false', ...files], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect(`${status}\n${stdout}${stderr}`).toMatch(/^0\n/);
});

test('the new reader reads its file with every place where it stands', () => {
  const found = findings({ Procfile: 'web: BIND_PORT=7950 python -m jarviscore.cli\n' });
  expect(found).toContainEqual(expect.objectContaining({ rule: 'unprefixed-p2p-var', file: 'Procfile' }));
  const text = run({ Procfile: 'web: BIND_PORT=7950 python -m jarviscore.cli\n' }, 'check', '.').stdout;
  expect(text).toContain('Procfile:1:6 ');
});

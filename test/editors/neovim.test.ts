/** The stdio server under a real Neovim (Debian's 0.7.2 has no pull diagnostics: this is the push path). */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';

const resultSchema = z.object({
  version: z.string(),
  failure: z.string().optional(),
  diagnostics: z.array(z.object({ line: z.int(), code: z.unknown(), message: z.string() })).optional(),
  hover: z.object({ contents: z.object({ value: z.string() }) }).optional(),
  completion: z
    .union([z.array(z.object({ label: z.string() })), z.object({ items: z.array(z.object({ label: z.string() })) })])
    .optional(),
  actions: z.array(z.string()).optional(),
  text: z.array(z.string()).optional(),
  remaining: z.int().optional(),
});
type Result = z.infer<typeof resultSchema>;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const lines = [
  '# shared by all nodes',
  'SEED_NODES=127.0.0.1:7950',
  'JARVISCORE_BIND_PORT=7946',
  'NEXUS_SECRET=canary-7f3e9a-do-not-show',
  'KEEPALIVE_',
  '',
];
let folder: string;
let result: Result;

beforeAll(async () => {
  try {
    execFileSync('nvim', ['--version'], { stdio: 'pipe' });
  } catch {
    throw new Error('Neovim is not installed: this lane needs `nvim` on the PATH (Debian: apt-get install neovim).');
  }
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fleet-nvim-')));
  const file = join(folder, '.env');
  writeFileSync(file, lines.join('\n'));
  const output = join(folder, 'result.json');
  await promisify(execFile)('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${here('probe.lua')}`], {
    timeout: 55_000,
    env: {
      ...process.env,
      HOME: folder,
      PROBE_RESULT: output,
      PROBE_CONFIG: JSON.stringify({
        cmd: [process.execPath, here('../../dist/cli.js'), 'lsp', '--stdio'],
        root: folder,
        file,
        hover: { line: 2, character: 5 },
        completion: { line: 4, character: 10 },
        action: { line: 1, title: 'Rename to JARVISCORE_SEED_NODES', message: '^SEED_NODES is not read' },
      }),
    },
  });
  result = resultSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('Neovim ran the whole probe', () => {
  expect(result.failure).toBeUndefined();
});

test('pushed diagnostics name the line nobody reads', () => {
  const found = result.diagnostics?.find((diagnostic) => diagnostic.line === 1);
  expect(found?.message).toMatch(/^SEED_NODES is not read/);
});

test('hover explains a setting and completion offers names', () => {
  expect(result.hover?.contents.value).toMatch(/JARVISCORE_BIND_PORT/);
  const items = Array.isArray(result.completion) ? result.completion : (result.completion?.items ?? []);
  expect(items.map((item) => item.label)).toContain('KEEPALIVE_INTERVAL');
});

test('the quick fix is offered and applied, and its finding goes', () => {
  expect(result.actions).toContain('Rename to JARVISCORE_SEED_NODES');
  expect(result.text?.[1]).toBe('JARVISCORE_SEED_NODES=127.0.0.1:7950');
  expect(result.remaining).toBe(0);
});

test('no secret reached the editor', () => {
  const { text: _buffer, ...received } = result;
  expect(JSON.stringify(received)).not.toContain('canary-7f3e9a');
});

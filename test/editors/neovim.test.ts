// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
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
  definition: z
    .array(z.object({ targetUri: z.string(), targetSelectionRange: z.object({ start: z.object({ line: z.int() }) }) }))
    .optional(),
  references: z.array(z.object({ uri: z.string(), range: z.object({ start: z.object({ line: z.int() }) }) })).optional(),
  prepared: z.object({ placeholder: z.string() }).optional(),
  offers: z.array(z.string()).optional(),
  renamed: z.array(z.string()).optional(),
  renamedElsewhere: z.union([z.literal(false), z.array(z.string())]).optional(),
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
  'ACME_ZONE=eu',
  'ACME_URL=http://${ACME_ZONE}.example',
  '',
];
const other = [
  'import os',
  'from jarviscore import Mesh',
  'zone = os.getenv("ACME_ZONE")',
  'mesh = Mesh(config={"bind_port": 7950})',
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
  const otherFile = join(folder, 'node.py');
  writeFileSync(otherFile, other.join('\n'));
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
        other: otherFile,
        navigation: { line: 6, character: 20, newName: 'ACME_REGION' },
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

test('definition and references lead to the lines of both files', () => {
  expect(result.definition?.map(({ targetSelectionRange }) => targetSelectionRange.start.line)).toEqual([5]);
  const places = result.references?.map(({ uri, range }) => `${uri.split('/').at(-1)}:${range.start.line}`);
  expect(places).toEqual(['.env:5', '.env:6', 'node.py:2']);
});

test('a rename changes both files', () => {
  expect(result.prepared?.placeholder).toBe('ACME_ZONE');
  expect(result.renamed?.slice(5, 7)).toEqual(['ACME_REGION=eu', 'ACME_URL=http://${ACME_REGION}.example']);
  expect(result.renamedElsewhere).toContain('zone = os.getenv("ACME_REGION")');
});

test('what this Neovim does not know is not offered to it', () => {
  for (const provider of ['inlayHintProvider', 'codeLensProvider', 'semanticTokensProvider', 'diagnosticProvider'])
    expect(result.offers).not.toContain(provider);
});

test('the quick fix is offered and applied, and its finding goes', () => {
  expect(result.actions).toContain('Rename to JARVISCORE_SEED_NODES');
  expect(result.text?.[1]).toBe('JARVISCORE_SEED_NODES=127.0.0.1:7950');
  expect(result.remaining).toBe(0);
});

test('no secret reached the editor', () => {
  const { text: _buffer, renamed: _renamed, ...received } = result;
  expect(JSON.stringify(received)).not.toContain('canary-7f3e9a');
});

import { spawn, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject, type Project } from '../../lsp/project.ts';
import { cliPath } from './command.ts';
import { hostileFiles } from './hostileFiles.ts';

/** MB of heap; what a check of files of 10 MB may need. Node ends the process when it is not enough. */
const heapLimit = 512;

let files: Project;
beforeAll(() => {
  files = createProject({ 'good/.env': 'P2P_ENABLED=yess\n' });
  for (const [name, [content]] of Object.entries(hostileFiles)) files.write(name, content);
  symlinkSync('loop.env', files.path('loop.env'));
  if (process.platform !== 'win32') expect(spawnSync('mkfifo', [files.path('pipe.env')]).status).toBe(0);
});
afterAll(() => files.dispose());

interface Checked {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly rules: ReadonlyMap<string, ReadonlySet<string>>;
}

function check(paths: readonly string[]): Promise<Checked> {
  const args = [`--max-old-space-size=${heapLimit}`, cliPath, 'check', '--format', 'json', ...paths];
  const child = spawn(process.execPath, args, { cwd: files.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      const rules = new Map<string, Set<string>>();
      const text = Buffer.concat(out).toString('utf8');
      const findings = text === '' ? [] : (JSON.parse(text) as { findings: { file: string; rule: string }[] }).findings;
      for (const { file, rule } of findings) rules.set(file, (rules.get(file) ?? new Set()).add(rule));
      resolve({ status, signal, stderr, rules });
    });
  });
}

test.each(Object.entries(hostileFiles))(
  '%s ends within the heap limit, and its neighbour is checked',
  { timeout: 120_000 },
  async (name, [, rule]) => {
    // A circle is seen where all of its files are.
    const path = name.startsWith('circle/') ? 'circle' : name;
    const { status, signal, stderr, rules } = await check([path, 'good']);
    expect({ status, signal, stderr }).toEqual({ status: 1, signal: null, stderr: '' });
    expect([...(rules.get('good/.env') ?? [])]).toEqual(['invalid-bool']);
    if (rule !== null) expect([...(rules.get(name) ?? [])]).toContain(rule);
  },
);

test('named on the command line, a pipe and a link in a circle end at once', { timeout: 60_000 }, async () => {
  const paths = process.platform === 'win32' ? [] : ['pipe.env'];
  const { status, rules } = await check([...paths, 'good']);
  expect(status).toBe(1);
  for (const path of paths) expect([...(rules.get(path) ?? [])]).toEqual(['file-unreadable']);
  const loop = await check(['loop.env', 'good']);
  expect(loop.status).toBe(2);
  expect(loop.stderr).toMatch(/^jarviscore-fleet: loop\.env cannot be read: ELOOP/);
});

test('all of them together lose nothing', { timeout: 300_000 }, async () => {
  const { status, rules } = await check(['.']);
  expect(status).toBe(1);
  expect([...(rules.get('good/.env') ?? [])]).toEqual(['invalid-bool']);
  for (const [name, [, rule]] of Object.entries(hostileFiles))
    if (rule !== null && !rule.startsWith('port-')) expect([...(rules.get(name) ?? [])], name).toContain(rule);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { createProject, type Project } from '../../lsp/project.ts';
import { runCli } from './command.ts';

const parsedSchema = z.strictObject({
  file: z.string().optional(),
  entries: z.array(z.strictObject({ key: z.string(), value: z.string().nullable(), line: z.int().positive() })),
  errors: z.array(z.strictObject({ line: z.int().positive(), message: z.string().min(1) })),
});
const reportedSchema = z.strictObject({
  value: z.unknown().optional(),
  error: z.string().optional(),
  origin: z.strictObject({
    kind: z.enum(['mesh-config', 'process-env', 'env-file', 'default']),
    file: z.string().nullable(),
    line: z.int().nullable(),
  }),
  applied: z.boolean().nullable(),
  note: z.string().nullable(),
});
const effectiveSchema = z.strictObject({
  dir: z.string().optional(),
  processes: z.array(z.strictObject({ name: z.string(), settings: z.record(z.string(), reportedSchema) })),
});

let files: Project;
beforeEach(() => {
  files = createProject({
    '.env': `JARVISCORE_BIND_PORT=7001\nCLAUDE_API_KEY=CANARY-0a4e\nKEEPALIVE_INTERVAL=soon\nA="x \${B}"\nbroken line\nA=2\nNAME_ONLY\n`,
    'app.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7002, "node_name": "one"})\n',
  });
});
afterEach(() => files.dispose());

async function parse(args: readonly string[], input = '') {
  const { status, stdout, stderr } = await runCli(['env', 'parse', ...args], files.folder, input);
  return {
    status,
    stderr,
    lines: stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => parsedSchema.parse(JSON.parse(line))),
  };
}

async function effective(...args: string[]) {
  const { status, stdout, stderr } = await runCli(['env', 'effective', ...args], files.folder);
  return {
    status,
    stdout,
    stderr,
    lines: stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => effectiveSchema.parse(JSON.parse(line))),
  };
}

test('env parse reads as the dialect does, keeps duplicates, and names the lines it drops', async () => {
  const { status, lines } = await parse(['.env', '--dialect', 'python-dotenv', '--set', 'B=from outside', '--format', 'json']);
  expect(status).toBe(0);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.entries).toContainEqual({ key: 'A', value: 'x from outside', line: 4 });
  expect(lines[0]?.entries).toContainEqual({ key: 'A', value: '2', line: 6 });
  expect(lines[0]?.entries).toContainEqual({ key: 'NAME_ONLY', value: null, line: 7 });
  expect(lines[0]?.errors.map((error) => error.line)).toEqual([5]);
});

test('dialects differ, and - is standard input', async () => {
  expect((await parse(['-', '--dialect', 'docker'], 'A="1"\n')).lines[0]?.entries).toEqual([{ key: 'A', value: '"1"', line: 1 }]);
  expect((await parse(['-', '--dialect', 'compose'], 'A="1"\n')).lines[0]?.entries).toEqual([{ key: 'A', value: '1', line: 1 }]);
});

test('--batch gives one line per file, in order', async () => {
  files.write('cases/b.env', 'B=2\n');
  files.write('cases/a.env', 'A=1\n');
  const { lines } = await parse(['--batch', 'cases', '--dialect', 'systemd']);
  expect(lines.map(({ file, entries }) => [file, entries[0]?.key])).toEqual([
    ['a.env', 'A'],
    ['b.env', 'B'],
  ]);
});

test('env effective gives each setting with its origin, one-based lines, and no secret', async () => {
  const { status, stdout, stderr, lines } = await effective('.');
  expect(status).toBe(0);
  const [process] = lines[0]?.processes ?? [];
  expect(process?.name).toBe('one');
  expect(process?.settings.JARVISCORE_BIND_PORT).toEqual({
    value: 7002,
    origin: { kind: 'mesh-config', file: 'app.py', line: 2 },
    applied: true,
    note: null,
  });
  expect(process?.settings.CLAUDE_API_KEY).toMatchObject({ value: '<set>', origin: { kind: 'env-file', file: '.env', line: 2 } });
  expect(process?.settings.KEEPALIVE_INTERVAL?.error).toBeTypeOf('string');
  expect(stdout + stderr).not.toContain('CANARY-0a4e');
});

test('--set is the process environment, which wins over the env file', async () => {
  const { lines } = await effective('.', '--process', 'one', '--set', 'KEEPALIVE_INTERVAL=30');
  expect(lines[0]?.processes[0]?.settings.KEEPALIVE_INTERVAL).toMatchObject({
    value: 30,
    origin: { kind: 'process-env', file: null },
  });
});

test('text is for people', async () => {
  const { stdout } = await runCli(['env', 'effective', '.', '--format', 'text'], files.folder);
  expect(stdout).toMatch(/^one\n/);
  expect(stdout).toMatch(/JARVISCORE_BIND_PORT +7002 {2}\(mesh-config app\.py:2/);
  expect(stdout).not.toContain('CANARY-0a4e');
});

test('--batch takes every sub-folder as a case, with its process-env.json', async () => {
  files.write('cases/one/.env', 'LOG_LEVEL=DEBUG\n');
  files.write('cases/one/process-env.json', '{"LOG_LEVEL":"WARNING"}');
  files.write('cases/two/.env', 'LOG_LEVEL=DEBUG\n');
  files.write('cases/three/process-env.json', '{"LOG_LEVEL":"ERROR"}');
  const { lines } = await effective('--batch', 'cases');
  expect(lines.map(({ dir, processes }) => [dir, processes[0]?.settings.LOG_LEVEL?.value])).toEqual([
    ['one', 'WARNING'],
    ['three', 'ERROR'],
    ['two', 'DEBUG'],
  ]);
});

test.each([
  [['parse', 'missing', '--dialect', 'docker']],
  [['parse', '.env']],
  [['parse', '.env', '--dialect', 'fish']],
  [['parse', '.env', '--dialect', 'docker', '--set', 'novalue']],
  [['parse', '--dialect', 'docker']],
  [['effective']],
  [['effective', 'missing']],
  [['effective', '.', '--process', 'nobody']],
  [['effective', '--batch', 'missing']],
])('env %j: exit 2, nothing on stdout', async (args) => {
  const { status, stdout, stderr } = await runCli(['env', ...args], files.folder);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).not.toBe('');
});

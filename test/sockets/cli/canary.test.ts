/** One secret in every kind of file; every output of the command line searched for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { canary, canaryFiles as files } from '../canary/files.ts';
import { runCli } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'canary-'));

for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands: readonly (readonly string[])[] = [
  ...['text', 'json', 'github', 'sarif', 'markdown'].map((format) => [
    'check',
    '.',
    '--profile',
    'production',
    '--format',
    format,
  ]),
  ['check', '.', '--unsafe-fixes', '--dry-run'],
  ['env', 'effective', '.', '--format', 'json'],
  ['env', 'effective', '.', '--format', 'text'],
  ['readiness', '.'],
  ['readiness', '.', '--format', 'json'],
  ['explain', 'NEXUS_SECRET'],
  ['doctor', '.', '--timeout', '0.2'],
  ['doctor', '.', '--timeout', '0.2', '--format', 'json'],
  ['run', '.', '--process', 'agent', '--dry-run'],
];

test.each(commands.map((args) => ({ args, command: args.join(' ') })))('$command tells no secret', async ({ args }) => {
  const { stdout, stderr } = await runCli(args, folder);
  expect(stdout.length + stderr.length).toBeGreaterThan(100);
  expect(stdout + stderr).not.toContain(canary);
});

test('every kind of file has a finding, so none was passed over', async () => {
  const { stdout } = await runCli(['check', '.', '--profile', 'production', '--format', 'json'], folder);
  const { findings } = JSON.parse(stdout) as { findings: { file: string }[] };
  const quiet = ['requirements.txt', 'pyproject.toml', 'prometheus.yml', 'second/.env.example'];
  const silent = Object.keys(files).filter((name) => !quiet.includes(name) && !findings.some(({ file }) => file === name));
  expect(silent).toEqual([]);
});

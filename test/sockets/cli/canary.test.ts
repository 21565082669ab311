/** One secret in every kind of file; every output of the command line searched for it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileKindSchema } from '#schemas/settings/ruleInventory.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { canary, canaryFiles as files, quietFiles } from '../canary/files.ts';
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
  const silent = Object.keys(files).filter((name) => !quietFiles.includes(name) && !findings.some(({ file }) => file === name));
  expect(silent).toEqual([]);
});

test('a secret stands in a file of every kind that is read', () => {
  const planted = new Set(Object.entries(files).flatMap(([name, text]) => (text.includes(canary) ? [kindOf(name)] : [])));
  expect(fileKindSchema.options.filter((kind) => !planted.has(kind))).toEqual([]);
});

test('a baseline that is written tells no secret, and neither does a check against it', async () => {
  const written = await runCli(['check', '.', '--profile', 'production', '--write-baseline', 'accepted.json'], folder);
  const baseline = readFileSync(join(folder, 'accepted.json'), 'utf8');
  const checked = await runCli(['check', '.', '--profile', 'production', '--baseline', 'accepted.json'], folder);
  rmSync(join(folder, 'accepted.json'));
  expect(baseline.length).toBeGreaterThan(1_000);
  expect(baseline + written.stdout + written.stderr + checked.stdout + checked.stderr).not.toContain(canary);
});

test.each(['--fix', '--unsafe-fixes'])(
  'check %s says what it changed without a secret, and keeps every one of them',
  async (fix) => {
    const copy = mkdtempSync(join(tmpdir(), 'canary-fixed-'));
    try {
      cpSync(folder, copy, { recursive: true });
      const { stdout, stderr } = await runCli(['check', '.', '--profile', 'production', fix], copy);
      expect(stdout.length + stderr.length).toBeGreaterThan(100);
      expect(stdout + stderr).not.toContain(canary);
      const lost = Object.keys(files).filter((name) => !readFileSync(join(copy, name), 'utf8').includes(canary));
      expect(lost).toEqual([]);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  },
);

/** The workflow files: pinned actions, least permissions, commands that exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { targets } from '../../../scripts/addon.ts';
import { channelOf } from '../../../scripts/channel.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.github/workflows');

const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']));
const stepSchema = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  'working-directory': z.string().optional(),
});
const jobSchema = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.int().positive().max(90),
  permissions: permissionsSchema.optional(),
  environment: z.string().optional(),
  strategy: z.looseObject({ matrix: z.record(z.string(), z.array(z.unknown())) }).optional(),
  steps: z.array(stepSchema).min(1),
});
const workflowSchema = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: permissionsSchema,
  jobs: z.record(z.string(), jobSchema),
});

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: workflowSchema.parse(parse(text)) };
});
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Who may write what; everybody else reads. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'catalogue.yml/look': ['contents', 'pull-requests'],
  'release.yml/attest': ['attestations', 'id-token'],
  'release.yml/publish': ['contents', 'id-token'],
};

test('the three workflows are there', () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual(['catalogue.yml', 'ci.yml', 'release.yml']);
});

describe.each(workflows)('$name', ({ name, text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([job, { steps: each }]) => each.map((step) => ({ job, step })));

  test('pins every action by digest, with the version beside it', () => {
    const lines = text.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(lines.length).toBe(steps.filter(({ step }) => step.uses !== undefined).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('has one digest per action everywhere', () => {
    const all = workflows.flatMap((each) => [...each.text.matchAll(/uses: (\S+)@(\S+) # (\S+)/g)]);
    const digests = new Map<string, Set<string>>();
    for (const [, action = '', digest = '', version = ''] of all) {
      digests.set(action, (digests.get(action) ?? new Set()).add(`${digest} ${version}`));
    }
    for (const [action, found] of digests) expect([...found], action).toHaveLength(1);
  });

  test('reads by default, and writes only where it has to', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [job, { permissions = {} }] of jobs) {
      const writes = Object.entries(permissions).flatMap(([scope, level]) => (level === 'write' ? [scope] : []));
      expect(writes.sort(), job).toEqual(mayWrite[`${name}/${job}`] ?? []);
    }
  });

  test('leaves no token behind in a checkout', () => {
    for (const { job, step } of steps.filter((each) => each.step.uses?.startsWith('actions/checkout@'))) {
      expect(step.with?.['persist-credentials'], job).toBe(false);
    }
  });

  test('puts no text of others into a command, and gives secrets to the release environment only', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    for (const { job, step } of steps) {
      expect(step.run ?? '', job).not.toMatch(/\$\{\{(?!\s*matrix\.)/);
      if (JSON.stringify(step).includes('secrets.')) expect(workflow.jobs[job]?.environment, job).toBe('release');
    }
  });

  test('runs only commands that exist', () => {
    const commands = steps.flatMap(({ step }) => (step.run ?? '').split('\n'));
    const named = commands.flatMap((line) => [...line.matchAll(/npm (?:run )?([\w:]+)/g)].map((match) => match[1] ?? ''));
    const own = named.filter((script) => !['ci', 'audit', 'publish'].includes(script));
    expect(own.filter((script) => !(script in scripts))).toEqual([]);
    const files = commands.flatMap((line) => [...line.matchAll(/node (scripts\/\w+\.ts)/g)].map((match) => match[1] ?? ''));
    for (const file of files) expect(() => readFileSync(join(root, file)), file).not.toThrow();
  });
});

test('the oldest VS Code that is admitted is tested, and every platform that has a package is tried', () => {
  const of = (name: string): (typeof workflows)[number]['workflow'] | undefined =>
    workflows.find((each) => each.name === name)?.workflow;
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  expect(of('ci.yml')?.jobs.vscode?.strategy?.matrix.vscode).toEqual([engines.vscode.replace('^', ''), 'stable', 'insiders']);
  const tried = of('release.yml')?.jobs.try?.strategy?.matrix.include as { target: string }[];
  expect(tried.map(({ target }) => target)).toEqual(targets.map(({ name }) => name));
});

describe('the channel of a tag', () => {
  test.each([
    ['v1.2.3', '1.2.3', 'stable'],
    ['v0.1.0', '0.1.0', 'pre-release'],
    ['v2.11.4', '2.11.4', 'pre-release'],
    ['v2.10.4', '2.10.4', 'stable'],
  ])('%s of version %s is %s', (tag, version, channel) => expect(channelOf(tag, version)).toBe(channel));

  test.each([
    ['v1.2.4', '1.2.3'],
    ['1.2.3', '1.2.3'],
    ['v1.2.3-beta', '1.2.3'],
  ])('%s of version %s is refused', (tag, version) => expect(() => channelOf(tag, version)).toThrow(/version/));
});

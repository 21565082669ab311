import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectIn, type Setting, settings } from '#schemas/settings/catalogue.ts';
import { buildModel } from '#server/config/model/build.ts';
import {
  type EffectiveReport,
  effectiveJson,
  effectiveReport,
  type ReportedSetting,
} from '#server/config/model/effectiveReport.ts';
import { fieldType } from '#server/config/model/pydantic.ts';
import { createReaderContext, maskUrl } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { runCli } from '../../sockets/cli/command.ts';
import { venv } from '../python.ts';
import { releaseSet } from '../setup.ts';
import { runPython, runs, seed } from './batch.ts';
import { type SettingsCase, settingsCase } from './settingsCases.ts';

type Tagged = string | boolean | null | { i: string } | { f: string } | { d: (readonly [string, Tagged])[] };
type Answer = { values: Record<string, Tagged> } | { kind: 'ValidationError' | 'SettingsError'; fields: string[] };

const count = runs(2200);
/** Minutes of work for two cores, of which other programs may want some. */
const timeoutMs = 600_000;

function same(ours: unknown, theirs: Tagged): boolean {
  // Credentials in a URL are masked wherever they stand.
  if (typeof theirs === 'string' && maskUrl(theirs) !== null) return ours === maskUrl(theirs);
  if (theirs === null || typeof theirs !== 'object') return ours === theirs;
  if ('i' in theirs) return (typeof ours === 'number' || typeof ours === 'bigint') && String(ours) === String(BigInt(theirs.i));
  if ('f' in theirs) {
    if (typeof ours === 'string') return ours === theirs.f;
    return typeof ours === 'number' && ours === Number(theirs.f);
  }
  if (ours === null || typeof ours !== 'object') return false;
  const mine = ours as Record<string, unknown>;
  return (
    Object.keys(mine).length === theirs.d.length &&
    theirs.d.every(([key, value]) => Object.hasOwn(mine, key) && same(mine[key], value))
  );
}

/** A secret is shown as set or empty; its text must not be. */
function sameSecret(ours: unknown, theirs: Tagged): boolean {
  if (theirs === null) return ours === null;
  if (theirs === '') return ours === '<empty>';
  if (typeof theirs === 'object' && 'd' in theirs)
    return theirs.d.length === 0 ? ours === '<empty>' || ours === null : ours === '<set>';
  return ours === '<set>';
}

const declaredIn = (release: string): Setting[] =>
  settings.filter((setting) => effectIn(setting, release)?.readBy.some((place) => place.endsWith('(declared)')));

function reported(release: string, one: SettingsCase): Readonly<Record<string, ReportedSetting>> {
  const context = createReaderContext();
  const documents = [readDocument({ uri: 'file:///case/.env', text: one.file ?? '', kind: 'dotenv' }, context)];
  const model = buildModel(documents, { roots: ['file:///case'], target: release, set: one.environment, context });
  return effectiveReport(model).processes[0]?.settings ?? {};
}

function sameField(setting: Setting, ours: ReportedSetting | undefined, theirs: Tagged): boolean {
  if (ours?.origin.kind === 'default' && setting.secret)
    return theirs === null || (typeof theirs === 'object' && 'd' in theirs && theirs.d.length === 0);
  const value = ours !== undefined && 'value' in ours ? ours.value : undefined;
  return setting.secret ? sameSecret(value, theirs) : same(value, theirs);
}

interface Run {
  readonly cases: readonly SettingsCase[];
  readonly answers: readonly Answer[];
}
const asked = new Map<string, Promise<Run>>();

/** Asks the class of a release once: one of 157 fields takes 12 ms to make. */
function ask(release: string): Promise<Run> {
  const running = asked.get(release) ?? askNow(release);
  asked.set(release, running);
  return running;
}

async function askNow(release: string): Promise<Run> {
  const cases = fc.sample(settingsCase(declaredIn(release)), { numRuns: count, seed: seed(20260102) });
  return { cases, answers: await runPython<Answer>(await venv(release), './settings_oracle.py', cases) };
}

/** One after the other in each of two lines, begun before the first test asks: the machine has two cores. */
const order: string[] = [...releaseSet];
async function askInTurn(): Promise<void> {
  for (let release = order.shift(); release !== undefined; release = order.shift()) await ask(release);
}
// A failure shows in the test of its release.
for (const turn of [askInTurn(), askInTurn()]) turn.catch(() => {});

test.each(releaseSet)(
  `Settings of %s types and rejects ${count} generated environments as we do`,
  async (release) => {
    const fields = declaredIn(release);
    const { cases, answers } = await ask(release);
    const set = new Set<string>();
    const rejected = new Set<string>();
    let refused = 0;
    cases.forEach((one, i) => {
      const answer = answers[i];
      const shown = JSON.stringify(one);
      const report = reported(release, one);
      const wrong = fields.map((setting) => setting.envName ?? '').filter((name) => 'error' in (report[name] ?? {}));
      if (answer === undefined) throw new Error('no answer');
      if ('kind' in answer) {
        refused++;
        // A SettingsError names the first field alone; a ValidationError names all.
        if (answer.kind === 'ValidationError') expect(wrong.toSorted(), shown).toEqual(answer.fields);
        else expect(wrong, shown).toEqual(expect.arrayContaining(answer.fields));
        for (const name of answer.fields) rejected.add(name);
        return;
      }
      expect(wrong, shown).toEqual([]);
      for (const setting of fields) {
        const name = setting.envName ?? '';
        const theirs: Tagged = answer.values[name] ?? null;
        if (report[name]?.origin.kind !== 'default') set.add(name);
        // The message is made for a failure alone: there are hundreds of fields in thousands of cases.
        if (!sameField(setting, report[name], theirs))
          expect.fail(`${name} of ${shown}: ours ${JSON.stringify(report[name], bigints)}, theirs ${JSON.stringify(theirs)}`);
      }
    });
    const names = fields.map((setting) => setting.envName ?? '');
    expect(names.filter((name) => !set.has(name))).toEqual([]);
    expect(fields.filter((setting) => fieldType(setting) !== 'str' && !rejected.has(setting.envName ?? ''))).toEqual([]);
    console.info(`Settings of ${release}: ${count} environments compared, ${refused} of them rejected; ${names.length} fields`);
  },
  timeoutMs,
);

/** Values and errors alone, as their JSON gives them. */
function verdicts(settings: Readonly<Record<string, ReportedSetting>>): unknown {
  return Object.entries(settings).map(([name, one]) => [name, 'error' in one ? { error: one.error } : one.value]);
}

test('the command line reports what was compared', async () => {
  const release = '3.0.0';
  const cases = fc.sample(settingsCase(declaredIn(release)), { numRuns: 300, seed: seed(20260108) });
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  try {
    cases.forEach(({ file, environment }, i) => {
      const path = join(folder, String(i).padStart(4, '0'));
      mkdirSync(path);
      if (file !== null) writeFileSync(join(path, '.env'), file);
      writeFileSync(join(path, 'process-env.json'), JSON.stringify(environment));
    });
    const { stdout } = await runCli(['env', 'effective', '--batch', '.', '--target', release, '--format', 'json'], folder);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(cases.length);
    cases.forEach((one, i) => {
      const shown = JSON.parse(lines[i] ?? '') as EffectiveReport;
      const expected = JSON.parse(effectiveJson(reported(release, one))) as Readonly<Record<string, ReportedSetting>>;
      expect(shown.processes).toHaveLength(1);
      expect(verdicts(shown.processes[0]?.settings ?? {}), JSON.stringify(one)).toEqual(verdicts(expected));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.info(`env effective --batch: ${cases.length} environments`);
});

const bigints = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** The settings catalogue against the installed releases: a release that differs in one field or one read fails here. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defaultIn, type Effect, effectIn, releases, type Setting, settings } from '#schemas/settings/catalogue.ts';
import { fieldType } from '#server/config/model/pydantic.ts';
import { unpacked } from '../python.ts';

const extractedSchema = z.object({
  fields: z.record(z.string(), z.object({ env: z.string(), type: z.string(), default: z.unknown(), known: z.boolean() })),
  reads: z.record(z.string(), z.array(z.string())),
  mentions: z.array(z.string()),
});

const script = fileURLToPath(new URL('../../../scripts/catalogue/extract_settings.py', import.meta.url));

type Extracted = z.infer<typeof extractedSchema>;
const extractions = new Map<string, Promise<Extracted>>();

/** Runs once per release: parsing a whole release takes seconds. */
function extract(release: string): Promise<Extracted> {
  const running = extractions.get(release) ?? runExtraction(release);
  extractions.set(release, running);
  return running;
}

/** Only the sources are needed, so the release is unpacked without what it depends on. */
async function runExtraction(release: string): Promise<Extracted> {
  const { stdout } = await promisify(execFile)('python3', [script, 'jarviscore', 'swim'], {
    env: { ...process.env, PYTHONPATH: await unpacked(release), PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return extractedSchema.parse(JSON.parse(stdout));
}

/** One after the other in each of two lines, begun before the first test asks: the machine has two cores. */
const order = [...releases];
async function extractInTurn(): Promise<void> {
  for (let release = order.shift(); release !== undefined; release = order.shift()) await extract(release);
}
const ahead = [extractInTurn(), extractInTurn()];
// A failure shows in the test of its release.
for (const line of ahead) line.catch(() => {});

const declares = (effect: Effect | undefined): boolean => effect?.readBy.some((place) => place.endsWith('(declared)')) === true;

/** The Python annotation a catalogue type stands for; JSON settings differ among themselves. */
function annotation(setting: Setting): RegExp {
  const type = fieldType(setting);
  return type === 'json'
    ? /^Dict\[str, (?:int|str|Dict\[str, (?:int|float)\])\]$/
    : new RegExp(`^(?:${type}|Optional\\[${type}\\])$`);
}

describe.each(releases)('release %s', (release) => {
  test('has the fields the catalogue says, under these environment names, with these types and defaults', async () => {
    const { fields } = await extract(release);
    const declared = settings.filter((setting) => declares(effectIn(setting, release)));
    expect(
      Object.values(fields)
        .map(({ env }) => env)
        .toSorted(),
    ).toEqual(declared.map(({ envName }) => envName ?? '').toSorted());
    const byEnvironment = new Map(Object.entries(fields).map(([name, field]) => [field.env, { name, ...field }]));
    for (const setting of declared) {
      const field = byEnvironment.get(setting.envName ?? '');
      expect(field?.name, setting.envName ?? '').toBe(setting.meshKey);
      expect(field?.type, setting.envName ?? '').toMatch(annotation(setting));
      expect(field?.known, setting.envName ?? '').toBe(true);
      expect(field?.default ?? null, setting.envName ?? '').toEqual(defaultIn(setting, release));
    }
  });

  test('reads no environment name by itself that the catalogue does not have', async () => {
    const { reads } = await extract(release);
    const known = new Set(
      settings.flatMap((setting) => (effectIn(setting, release) === undefined ? [] : [setting.envName ?? ''])),
    );
    expect(Object.entries(reads).filter(([name]) => !known.has(name))).toEqual([]);
    expect(Object.keys(reads).length).toBeGreaterThan(50);
  });

  test('has a reader for every name the catalogue calls read', async () => {
    const { reads, mentions } = await extract(release);
    const present = new Set([...Object.keys(reads), ...mentions]);
    const claimed = settings.filter((setting) => {
      const effect = effectIn(setting, release);
      return effect !== undefined && !declares(effect) && ['env', 'process-env', 'import-time', 'cli'].includes(effect.effect);
    });
    expect(claimed.map(({ envName }) => envName ?? '').filter((name) => name !== '' && !present.has(name))).toEqual([]);
  });
});

test('the JSON settings have the inner types the model validates', async () => {
  const { fields } = await extract('3.0.0');
  const types = Object.fromEntries(
    Object.values(fields)
      .filter(({ type }) => type.startsWith('Dict'))
      .map(({ env, type }) => [env, type]),
  );
  expect(types).toEqual({
    APPROVAL_ASSERTION_KEYS: 'Dict[str, str]',
    LLM_LIMITS: 'Dict[str, Dict[str, int]]',
    LLM_MODEL_OUTPUT_LIMITS: 'Dict[str, int]',
    LLM_PRICES: 'Dict[str, Dict[str, float]]',
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectIn, type Setting, settings } from '#schemas/settings/catalogue.ts';
import { buildModel } from '#server/config/model/build.ts';
import { effectiveReport, type ReportedSetting } from '#server/config/model/effectiveReport.ts';
import { createReaderContext, maskUrl } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { venv } from '../python.ts';
import { runPython, runs, seed } from './batch.ts';

type Tagged = string | boolean | null | { i: string } | { f: string } | { d: Record<string, Tagged> };
type Answer = { values: Record<string, Tagged> } | { kind: 'ValidationError' | 'SettingsError'; fields: string[] };

const count = runs(2500);

const texts: Readonly<Record<'bool' | 'int' | 'float' | 'json' | 'text', readonly string[]>> = {
  bool: [
    'true',
    'TRUE',
    'on',
    'y',
    'T',
    '1',
    '0',
    'off',
    'No',
    'f',
    '',
    ' true',
    'true ',
    'enabled',
    '2',
    '-1',
    '1.0',
    '01',
    'none',
    'null',
    'ｔrue',
    '\u212a',
  ],
  int: [
    '1',
    '7946',
    ' 7946 ',
    '+7',
    '-7',
    '007',
    '1_000',
    '1__0',
    '_1',
    '1_',
    '0__1',
    '000_1',
    '-0_1',
    '-_1',
    '7946.0',
    '7946.',
    '.0',
    '7_946.00',
    '7946.5',
    '1e3',
    '0x1f',
    '7,946',
    '90s',
    '',
    '99999',
    '-1',
    '0',
    '-0',
    '00',
    '0_',
    '0.0',
    '٣',
    '\u00a07',
    '\u001c7',
    '9'.repeat(30),
    '9'.repeat(4301),
    '+-1',
    '- 1',
    '0-1',
    '-.0',
    '1 0',
    '+',
    '0_.0',
    '0_0.0',
    '10.0_0',
  ],
  float: [
    '1',
    '.5',
    '5.',
    '1e3',
    '1E+3',
    'inf',
    '-Infinity',
    'nan',
    '-NaN',
    '1_0.5',
    '1_.5',
    '_1.5',
    '1__0',
    '2,5',
    '2s',
    '0x1p3',
    '',
    '1e400',
    '1e-400',
    ' 1.5 ',
    'i_nf',
    '1e1_0',
    '.',
    'e1',
    '1e',
    '-_1',
    '\u00852',
    '0.1',
    '1.5f',
    '+.5',
    '9'.repeat(400),
  ],
  json: [
    '{}',
    '',
    'null',
    '[]',
    '3',
    '{"a":1}',
    '{"a":{"b":1}}',
    '{"a":{"b":"1.5"}}',
    '{"a":"12k"}',
    '{"a":1.0}',
    '{"a":1.5}',
    '{"a":true}',
    '{"a":null}',
    '{"a":NaN}',
    '{"a":{"b":Infinity}}',
    '{"a":1e300}',
    '{"a":"x"}',
    '{"a":" 7 "}',
    '{"a":[1]}',
    '{"a":{"c":2},"b":{"d":3}}',
    '{bad',
    "{'a':1}",
    '{"a":1,}',
    ' {"a":1} ',
    '\u00a0{}',
    '{"a":01}',
    '{"a":-0.0}',
    '{"":1}',
    '{"A":1,"a":2}',
    '{"a":18446744073709551616}',
    '{"a":"\\ud800"}',
    '"x"',
    '{"a":{"b":{}}}',
    '{"__proto__":1}',
  ],
  text: ['', 'x', ' x ', '${B}', 'null', 'None', 'a#b', '"q"', "it's", 'é😀', 'redis://:pw@h:1/0', '\\n', 'a\nb'],
};

function kindOf(setting: Setting): keyof typeof texts {
  if (setting.type === 'port') return 'int';
  return setting.type === 'bool' || setting.type === 'int' || setting.type === 'float' || setting.type === 'json'
    ? setting.type
    : 'text';
}

/** Writes a value so that it survives the file's own syntax. */
function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function caseFor(fields: readonly Setting[]): fc.Arbitrary<{ file: string | null; environment: Record<string, string> }> {
  const spelled = (name: string): fc.Arbitrary<string> =>
    fc.constantFrom(name, name, name, name.toLowerCase(), `${name[0]}${name.slice(1).toLowerCase()}`);
  const entry = fc
    .constantFrom(...fields)
    .chain((setting) => fc.record({ name: spelled(setting.envName ?? ''), value: fc.constantFrom(...texts[kindOf(setting)]) }));
  const json = fields.filter((setting) => setting.type === 'json');
  const jsonEntry =
    json.length === 0
      ? entry
      : fc
          .constantFrom(...json)
          .chain((setting) => fc.record({ name: spelled(setting.envName ?? ''), value: fc.constantFrom(...texts.json) }));
  const some = fc.array(fc.oneof({ arbitrary: entry, weight: 4 }, { arbitrary: jsonEntry, weight: 1 }), { maxLength: 4 });
  return fc
    .record({
      lines: some,
      bare: fc.boolean(),
      helper: fc.constantFrom('', 'B=from-file\n', 'B=7\n'),
      process: some,
      outer: fc.boolean(),
      hasFile: fc.integer({ min: 0, max: 4 }),
    })
    .map(({ lines, bare, helper, process, outer, hasFile }) => ({
      file:
        hasFile === 0
          ? null
          : helper +
            lines.map(({ name, value }, i) => (bare && i === lines.length - 1 ? name : `${name}=${quoted(value)}`)).join('\n'),
      environment: { ...Object.fromEntries(process.map(({ name, value }) => [name, value])), ...(outer ? { B: 'outer' } : {}) },
    }));
}

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
  const keys = Object.keys(theirs.d);
  const mine = ours as Record<string, unknown>;
  return (
    Object.keys(mine).length === keys.length &&
    keys.every((key) => Object.hasOwn(mine, key) && same(mine[key], theirs.d[key] ?? null))
  );
}

/** A secret is shown as set or empty; its text must not be. */
function sameSecret(ours: unknown, theirs: Tagged): boolean {
  if (theirs === null) return ours === null;
  if (theirs === '') return ours === '<empty>';
  if (typeof theirs === 'object' && 'd' in theirs)
    return Object.keys(theirs.d).length === 0 ? ours === '<empty>' || ours === null : ours === '<set>';
  return ours === '<set>';
}

test.each(['1.0.2', '3.0.0'])('Settings of %s types and rejects generated environments as we do', async (release) => {
  const fields = settings.filter((setting) => effectIn(setting, release)?.readBy.some((place) => place.endsWith('(declared)')));
  const cases = fc.sample(caseFor(fields), { numRuns: count, seed: seed(20260102) });
  const answers = await runPython<Answer>(await venv(release), './settings_oracle.py', cases);
  const context = createReaderContext();
  cases.forEach((one, i) => {
    const answer = answers[i];
    const shown = JSON.stringify(one);
    const uri = 'file:///case/.env';
    const documents = [readDocument({ uri, text: one.file ?? '', kind: 'dotenv' }, context)];
    const model = buildModel(documents, { roots: ['file:///case'], target: release, set: one.environment, context });
    const report: Readonly<Record<string, ReportedSetting>> = effectiveReport(model).processes[0]?.settings ?? {};
    const wrong = fields.map((setting) => setting.envName ?? '').filter((name) => 'error' in (report[name] ?? {}));
    if (answer === undefined) throw new Error('no answer');
    if ('kind' in answer) {
      // A SettingsError names the first field alone; a ValidationError names all.
      if (answer.kind === 'ValidationError') expect(wrong.toSorted(), shown).toEqual(answer.fields);
      else expect(wrong, shown).toEqual(expect.arrayContaining(answer.fields));
      return;
    }
    expect(wrong, shown).toEqual([]);
    for (const setting of fields) {
      const name = setting.envName ?? '';
      const ours = report[name];
      const theirs = answer.values[name] ?? null;
      if (ours?.origin.kind === 'default' && setting.secret) {
        expect(
          theirs === null || (typeof theirs === 'object' && 'd' in theirs && Object.keys(theirs.d).length === 0),
          `${name} of ${shown}`,
        ).toBe(true);
        continue;
      }
      const value = ours !== undefined && 'value' in ours ? ours.value : undefined;
      const equal = setting.secret ? sameSecret(value, theirs) : same(value, theirs);
      expect(equal, `${name} of ${shown}: ours ${String(value)}, theirs ${JSON.stringify(theirs)}`).toBe(true);
    }
  });
});

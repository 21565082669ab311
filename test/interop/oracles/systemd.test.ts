import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSystemd } from '#server/config/text/dialects/systemd.ts';
import { parseEnv } from '#server/config/text/parseEnv.ts';
import { decodeEscaped } from '#server/config/text/utf8.ts';
import { runPython, runs, seed } from './batch.ts';
import { decoded, encoded } from './bytes.ts';
import { envBytes } from './foreignTexts.ts';

type Answer =
  | {
      readonly library: string;
      readonly pairs: readonly (readonly [string, string])[];
      readonly environment: Readonly<Record<string, string>>;
    }
  | { readonly library: string; readonly refused: number };

const count = runs(5000);

test(`systemd reads ${count} generated environment files as we do`, async () => {
  const cases = fc.sample(envBytes('systemd'), { numRuns: count, seed: seed(20260103) });
  const answers = await runPython<Answer>(
    'python3',
    './systemd_oracle.py',
    cases.map((text) => ({ text: encoded(text) })),
  );
  let refused = 0;
  cases.forEach((bytes, i) => {
    const theirs = answers[i];
    const shown = JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    if (theirs === undefined) throw new Error('no answer');
    const release = Number(/shared-(\d+)/.exec(theirs.library)?.[1]);
    const ours = release < 254 ? parseEnv(bytes, 'systemd') : readSystemd(decodeEscaped(bytes), release);
    if ('refused' in theirs) {
      refused++;
      expect(ours.entries, shown).toEqual([]);
      expect(ours.errors, shown).toHaveLength(1);
      return;
    }
    const environment = Object.entries(theirs.environment).map(([name, value]) => [decoded(name), decoded(value)] as const);
    expect(new Map(ours.entries.map((entry) => [entry.key, entry.value])), shown).toEqual(new Map(environment));
    // What it does read and then drops for its name is an error of ours; so is each line it drops itself.
    const names = new Set(theirs.pairs.map(([name]) => decoded(name)));
    const invalid = ours.errors.filter(({ message }) => message.includes('variable name')).length;
    expect(invalid === 0, shown).toBe(names.size === environment.length);
  });
  expect(refused).toBeGreaterThan(count / 100);
  console.info(`systemd: ${count} environment files compared, ${refused} of them refused (${answers[0]?.library})`);
});

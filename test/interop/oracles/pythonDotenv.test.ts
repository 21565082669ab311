import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lexDotenv } from '#server/config/text/dotenvLexer.ts';
import { expandBindings } from '#server/config/text/interpolation.ts';
import { parseEnv } from '#server/config/text/parseEnv.ts';
import { venv } from '../python.ts';
import { runPython, runs, seed } from './batch.ts';
import { environment, envText } from './dotenvTexts.ts';

interface Answer {
  readonly statements: readonly (readonly [string | null, string | null, number, boolean])[];
  readonly values: readonly (readonly [string, string | null])[];
  readonly loaded: readonly (readonly [string, string | null])[];
}

const count = runs(10_000);

test(`python-dotenv 1.2.4 reads ${count} generated files as we do`, async () => {
  const cases = fc.sample(fc.record({ text: envText, environment }), { numRuns: count, seed: seed(20260101) });
  const answers = await runPython<Answer>(await venv('3.0.0'), './dotenv_oracle.py', cases);
  cases.forEach((one, i) => {
    const theirs = answers[i];
    const shown = JSON.stringify(one);
    const lexed = lexDotenv(one.text).filter((statement) => statement.kind !== 'blank');
    const ours = parseEnv(one.text, 'python-dotenv', one.environment);
    const bindings = lexed.filter((statement) => statement.kind === 'binding');

    expect(
      bindings.map((statement) => [statement.key, statement.text]),
      shown,
    ).toEqual(theirs?.statements.filter((statement) => !statement[3]).map((statement) => statement.slice(0, 2)));
    expect(
      ours.entries.map((entry) => [entry.key, entry.line]),
      shown,
    ).toEqual(theirs?.statements.filter((statement) => !statement[3]).map((statement) => [statement[0], statement[2]]));
    expect(
      ours.errors.map((error) => error.line),
      shown,
    ).toEqual(theirs?.statements.filter((statement) => statement[3]).map((statement) => statement[2]));
    expect(new Map(ours.entries.map((entry) => [entry.key, entry.value])), shown).toEqual(new Map(theirs?.values));
    const loaded = expandBindings(bindings, one.environment, false);
    expect(new Map(bindings.map((binding, k) => [binding.key, loaded[k]])), shown).toEqual(new Map(theirs?.loaded));
  });
  console.info(`python-dotenv 1.2.4: ${cases.length} files compared`);
});

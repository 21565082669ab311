import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEnv } from '#server/config/text/parseEnv.ts';
import { runBatch, runs, seed } from './batch.ts';
import { decoded, encoded } from './bytes.ts';
import { envBytes } from './foreignTexts.ts';
import { goOracle } from './goOracle.ts';

interface Answer {
  readonly lines?: readonly string[];
  readonly error?: string;
}

const count = runs(10_000);

/** Go's line scanner has its limit at 64 KiB. */
const longLine = fc
  .record({
    before: fc.constantFrom('', 'B=1\n', '#'),
    size: fc.integer({ min: 65_525, max: 65_540 }),
    after: fc.constantFrom('', '\n', '\r\n', '\nC=2'),
  })
  .map(({ before, size, after }) => new TextEncoder().encode(`${before}A=${'x'.repeat(size)}${after}`));

test(`docker reads ${count} generated --env-file files as we do`, async () => {
  const cases = [
    ...fc.sample(envBytes('docker'), { numRuns: count - 40, seed: seed(20260104) }),
    ...fc.sample(longLine, { numRuns: 40, seed: seed(20260104) }),
  ];
  const answers = await runBatch<Answer>(
    await goOracle(),
    ['docker'],
    cases.map((text) => ({ text: encoded(text) })),
  );
  let refused = 0;
  cases.forEach((bytes, i) => {
    const theirs = answers[i];
    const shown = JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).slice(0, 2000));
    const ours = parseEnv(bytes, 'docker');
    if (theirs?.error !== undefined) {
      refused++;
      expect(ours.entries, shown).toEqual([]);
      expect(ours.errors, shown).toHaveLength(1);
      return;
    }
    expect(ours.errors, shown).toEqual([]);
    expect(
      ours.entries.map(({ key, value }) => `${key}=${value ?? '?'}`),
      shown,
    ).toEqual((theirs?.lines ?? []).map(decoded));
  });
  expect(refused).toBeGreaterThan(count / 100);
  console.info(`docker: ${count} env files compared, ${refused} of them refused`);
});

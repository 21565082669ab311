import { parse } from 'dotenv';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEnv } from '#server/config/text/parseEnv.ts';
import { runs, seed } from './batch.ts';
import { envBytes } from './foreignTexts.ts';

const count = runs(10_000);

test(`node dotenv reads ${count} generated files as we do`, () => {
  for (const bytes of fc.sample(envBytes(), { numRuns: count, seed: seed(20260107) })) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const ours = parseEnv(bytes, 'node-dotenv').entries.map(({ key, value }) => [key, value] as const);
    // The package itself reads a file as a buffer of bytes.
    expect(new Map(ours), JSON.stringify(text)).toEqual(new Map(Object.entries(parse(Buffer.from(bytes)))));
  }
  console.info(`node dotenv: ${count} files compared`);
});

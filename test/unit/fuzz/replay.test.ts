/** Every input that once broke something, and a few hundred new ones, against every parser and codec. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dice } from '../../fuzz/random.ts';
import { inputOf, seedsOf, textOf } from '../../fuzz/target.ts';
import { targets } from '../../fuzz/targets.ts';

const corpus = fileURLToPath(new URL('../../fuzz/corpus', import.meta.url));
const seed = 1;

const keptFor = (name: string): string[] =>
  existsSync(join(corpus, name)) ? readdirSync(join(corpus, name)).map((file) => join(corpus, name, file)) : [];

test('no kept input is left without a target', () => {
  expect(readdirSync(corpus).filter((name) => !targets.some((target) => target.name === name))).toEqual([]);
});

describe.each(targets)('$name', (target) => {
  test('takes its seeds and what was kept', () => {
    expect(seedsOf(target).length).toBeGreaterThan(0);
    for (const input of seedsOf(target)) expect(() => target.run(input), textOf(input)).not.toThrow();
    for (const file of keptFor(target.name)) expect(() => target.run(readFileSync(file)), file).not.toThrow();
  });

  test('takes changed inputs', () => {
    const count = target.kind === 'codec' ? 1_000 : 100;
    for (let number = 0; number < count; number += 1) {
      const input = inputOf(target, dice(seed * 1_000_003 + number));
      expect(() => target.run(input), `npm run fuzz -- --show ${target.name} --seed ${seed} --input ${number}`).not.toThrow();
    }
  });

  test('gives the same input for the same number, and others for others', () => {
    const make = (number: number): string => Buffer.from(inputOf(target, dice(number))).toString('hex');
    expect(make(5)).toBe(make(5));
    expect(new Set(Array.from({ length: 40 }, (_, number) => make(number))).size).toBeGreaterThan(10);
  });
});

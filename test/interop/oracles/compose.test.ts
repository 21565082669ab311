// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { substitute, TemplateError } from '#server/config/text/dialects/composeTemplate.ts';
import { isGoLetterOrNumber } from '#server/config/text/dialects/goLetters.ts';
import { goYamlText } from '#server/config/text/goYaml.ts';
import { parseEnv } from '#server/config/text/parseEnv.ts';
import { runBatch, runs, seed } from './batch.ts';
import { decoded, encoded } from './bytes.ts';
import { environment } from './dotenvTexts.ts';
import { envBytes } from './foreignTexts.ts';
import { goOracle } from './goOracle.ts';

interface FileAnswer {
  readonly values?: Readonly<Record<string, string>>;
  readonly error?: string;
}
interface TemplateAnswer {
  readonly value?: string;
  readonly error?: string;
}

const count = runs(10_000);

test(`compose reads ${count} generated env files as we do`, async () => {
  const cases = fc.sample(fc.record({ bytes: envBytes('compose'), lookup: environment }), {
    numRuns: count,
    seed: seed(20260105),
  });
  const answers = await runBatch<FileAnswer>(
    await goOracle(),
    ['compose'],
    cases.map(({ bytes, lookup }) => ({ text: encoded(bytes), lookup })),
  );
  let refused = 0;
  cases.forEach(({ bytes, lookup }, i) => {
    const theirs = answers[i];
    const shown = `${JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))} with ${JSON.stringify(lookup)}`;
    const ours = parseEnv(bytes, 'compose', lookup);
    if (theirs?.error !== undefined) {
      refused++;
      expect(ours.entries, `${shown}: ${decoded(theirs.error)}`).toEqual([]);
      expect(ours.errors, shown).toHaveLength(1);
      return;
    }
    expect(ours.errors, shown).toEqual([]);
    const read = new Map<string, string>();
    // A name alone that the environment does not have changes nothing.
    for (const { key, value } of ours.entries) if (value !== null) read.set(key, value);
    const expected = Object.entries(theirs?.values ?? {}).map(([name, value]) => [decoded(name), decoded(value)] as const);
    expect(read, shown).toEqual(new Map(expected));
  });
  expect(refused).toBeGreaterThan(count / 100);
  console.info(`compose: ${count} env files compared, ${refused} of them refused`);
});

test('compose allows in names the letters and numbers of the table, for every code point', async () => {
  const [answer] = await runBatch<{ readonly lines: readonly string[] }>(await goOracle(), ['letters'], [{}]);
  const theirs = new Uint8Array(0x110000);
  for (const range of answer?.lines ?? []) {
    const [first = '', last = ''] = range.split('-');
    theirs.fill(1, Number.parseInt(first, 16), Number.parseInt(last, 16) + 1);
  }
  expect(theirs.reduce((sum, one) => sum + one)).toBeGreaterThan(100_000);
  const different: string[] = [];
  for (let code = 0; code < theirs.length; code++) {
    if (isGoLetterOrNumber(code) !== (theirs[code] === 1)) different.push(code.toString(16));
  }
  expect(different).toEqual([]);
});

const piece = fc.constantFrom(
  'A',
  'B',
  'C',
  'a',
  '_',
  '1',
  'ſ',
  '\u212a',
  'é',
  '$',
  '$',
  '$',
  '$$',
  '{',
  '}',
  '}',
  '${',
  '${A',
  '${B',
  '${C',
  '${',
  ':',
  '-',
  '?',
  '+',
  ':-',
  ':+',
  ':?',
  '${A}',
  '${C:-',
  '${C-',
  '${A+',
  '${A:+',
  '${A:?',
  '${C?',
  '${B:-${A}}',
  '$A',
  '$C',
  'x',
  ' ',
  '\n',
  '"',
  '\\',
  '.',
  '/',
  '[',
  '%',
);
const template = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { depthSize: 'small' },
      piece,
      fc
        .tuple(
          fc.constantFrom('A', 'B', 'C'),
          fc.constantFrom(':-', '-', ':+', '+', ':?', '?'),
          fc.array(tie('text'), { maxLength: 3 }),
        )
        .map(([name, operator, parts]) => `\${${name}${operator}${parts.join('')}}`),
    ),
  })).text,
);

test(`compose replaces variables in ${count} generated values as we do`, async () => {
  const cases = fc.sample(fc.record({ text: template, lookup: environment }), { numRuns: count, seed: seed(20260106) });
  const answers = await runBatch<TemplateAnswer>(
    await goOracle(),
    ['template'],
    cases.map(({ text, lookup }) => ({ text: encoded(new TextEncoder().encode(text)), lookup })),
  );
  let refused = 0;
  cases.forEach(({ text, lookup }, i) => {
    const theirs = answers[i];
    const shown = `${JSON.stringify(text)} with ${JSON.stringify(lookup)}`;
    let ours: string | null = null;
    try {
      ours = substitute(text, (name) => (Object.hasOwn(lookup, name) ? lookup[name] : undefined));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
    }
    if (theirs?.error !== undefined) refused++;
    expect(ours, shown).toBe(theirs?.error === undefined ? decoded(theirs?.value ?? '') : null);
  });
  expect(refused).toBeGreaterThan(count / 100);
  console.info(`compose: ${count} values with variables compared, ${refused} of them refused`);
});

const digits = (alphabet: string, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength }).map((parts) => parts.join(''));
const plainScalar = fc
  .oneof(
    digits('0123456789', 22),
    digits('00112789_+-.eExXoObBaf', 8),
    digits('0_-+', 4),
    fc.constantFrom(
      'true',
      'True',
      'FALSE',
      'tRue',
      'yes',
      'on',
      'n',
      'null',
      '~',
      'NULL',
      'nUll',
      '.nan',
      '.NaN',
      '.inf',
      '-.INF',
      '+.Inf',
      '.infx',
      'abc',
      '-',
      '+',
      '.',
    ),
    fc.double().map(String),
    fc.float().map((number) => number.toExponential()),
    fc
      .tuple(
        fc.constantFrom('1999', '2000', '2001', '0001', '20010'),
        fc.constantFrom('1', '02', '12', '13', '0'),
        fc.constantFrom('1', '28', '29', '31', '00'),
      )
      .map((parts) => parts.join('-')),
    fc
      .tuple(
        fc.constantFrom('T', 't', ' '),
        digits('0123459', 2),
        digits('0124569', 2),
        digits('0124569', 2),
        fc.constantFrom('', '.5', '.120', '.0'),
        fc.constantFrom('', 'Z', '+02:00', '-11:30'),
      )
      .map(([by, hour, minute, second, fraction, zone]) => `2001-2-03${by}${hour}:${minute}:${second}${fraction}${zone}`),
  )
  .filter((text) => !/^[-?:.]*$|^---|^\.\.\.|: |:$/.test(text));

test(`compose gives a service ${count} generated plain values as we do`, async () => {
  const cases = fc.sample(plainScalar, { numRuns: count, seed: seed(20260110) });
  const answers = await runBatch<TemplateAnswer>(
    await goOracle(),
    ['scalar'],
    cases.map((text) => ({ text: encoded(new TextEncoder().encode(text)) })),
  );
  cases.forEach((text, i) => {
    const theirs = answers[i];
    expect(theirs?.error, JSON.stringify(text)).toBeUndefined();
    expect(goYamlText(text), JSON.stringify(text)).toBe(theirs?.value === undefined ? null : decoded(theirs.value));
  });
  console.info(`compose: ${count} plain YAML values compared`);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestsDeeperThan } from '#server/config/readers/yaml/nesting.ts';
import { readYaml } from '#server/config/readers/yaml/yamlText.ts';
import { LineIndex } from '#server/config/text/lines.ts';

const limit = 20;
const deeper = (text: string): boolean => nestsDeeperThan(text, limit);
const steps = (count: number): string => Array.from({ length: count }, (_, i) => `${' '.repeat(i)}k:\n`).join('');

describe('the depth of a YAML text', () => {
  it.each([
    ['flow sequences', (n: number) => `x: ${'['.repeat(n)}${']'.repeat(n)}\n`, 1],
    ['open flow sequences', (n: number) => `x: ${'['.repeat(n)}\n`, 1],
    ['flow maps', (n: number) => `x: ${'{a: '.repeat(n)}${'}'.repeat(n)}\n`, 1],
    ['sequences on a line', (n: number) => `x:\n  ${'- '.repeat(n)}y\n`, 2],
    ['explicit keys', (n: number) => `${'? '.repeat(n)}y\n`, 1],
    ['indentation', steps, 0],
    ['sequences below each other', (n: number) => Array.from({ length: n }, (_, i) => `${' '.repeat(i * 2)}-\n`).join(''), 0],
  ])('of %s is counted', (_name, text, around) => {
    expect(deeper(text(limit - around))).toBe(false);
    expect(deeper(text(limit + 1))).toBe(true);
  });

  it('is not that of brackets in texts, comments and blocks, nor of one after the other', () => {
    const brackets = '[{'.repeat(40);
    expect(
      deeper(`a: "${brackets}"\nb: '${brackets}'\nc: x${brackets}\n# ${brackets}\nd: |\n  ${brackets}\n  ${'- '.repeat(50)}\n`),
    ).toBe(false);
    expect(deeper(`a: ${'[] '.repeat(1)}\n${'- []\n'.repeat(100)}`)).toBe(false);
    expect(deeper(`${`a: {b: [c]}\n`.repeat(100)}k: ${'x-'.repeat(100)}\n`)).toBe(false);
    expect(deeper(`a:\n${' '.repeat(200)}b: c\n`)).toBe(false);
  });

  it('ends the reading of a file with what is wrong, at once', () => {
    for (const text of [`x: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, `x:\n  ${'- '.repeat(100_000)}y\n`])
      expect(readYaml(text, new LineIndex(text)).refused).toBe('collections are nested more than 1,000 levels deep');
    const fine = `x: ${'['.repeat(900)}${']'.repeat(900)}\n`;
    expect(readYaml(fine, new LineIndex(fine))).toMatchObject({ refused: null, roots: [{}] });
  });

  it('is told of any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('[', ']', '{', '}', '- ', '? ', ': ', 'a', '\n', '  ', '"', "'", '|', '#', '&x ', '*x ')),
        (parts) => {
          expect(typeof nestsDeeperThan(parts.join(''), 3)).toBe('boolean');
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { readYaml } from '#server/config/readers/yaml/yamlText.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import { findingsOf } from '../../rules/workspace.ts';

const refused = (text: string): string | null => readYaml(text, new LineIndex(text)).refused;
const tower = (floors: number, times: number): string =>
  `x0: &x0 [a, b]\n${Array.from({ length: floors }, (_, i) => `x${i + 1}: &x${i + 1} [${`*x${i}, `.repeat(times)}]\n`).join('')}`;

describe('aliases', () => {
  it('that stand for millions of values are refused, as readers of compose files do', () => {
    expect(refused(tower(9, 9))).toBe('its aliases stand for more than 4,000,000 values');
    expect(refused(tower(300, 3))).toBe('its aliases stand for more than 4,000,000 values');
    const merges = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1}\n  <<: [*x${i}, *x${i}, *x${i}]\n`).join('');
    expect(refused(`x0: &x0 {a: 1}\n${merges}`)).toMatch(/more than 4,000,000/);
  });

  it('that stand inside what they stand for are refused', () => {
    expect(refused('a: &a\n  <<: *a\n  b: 1\n')).toBe('an alias stands inside what it stands for');
    expect(refused('a: &a [1, [*a]]\n')).toBe('an alias stands inside what it stands for');
  });

  it('of a file of a person are fine, a missing anchor and one given again included', () => {
    const services = Array.from({ length: 2_000 }, (_, i) => `  s${i}:\n    <<: *shared\n    image: a\n`).join('');
    expect(refused(`x: &shared\n  environment: &e {A: 1, B: 2}\nservices:\n${services}`)).toBeNull();
    expect(refused('a: *gone\nb: &b 1\nc: *b\nd: &b [*gone]\ne: *b\n')).toBeNull();
    expect(refused(tower(3, 9))).toBeNull();
  });
});

describe('compose files that lead back to themselves', () => {
  const cycles = (files: Record<string, string>): string[] =>
    findingsOf(files)
      .filter(({ rule }) => rule === 'compose-cycle')
      .map(
        ({ uri, range, message, related }) =>
          `${uri.slice('file:///w/'.length)}:${range.start.line + 1} ${message.split(':')[0]} (${related.length})`,
      );

  it('are told once for each circle, at the step that closes it', () => {
    expect(cycles({ 'compose.yaml': 'include:\n  - compose.yaml\n' })).toEqual(['compose.yaml:2 The file includes itself (0)']);
    const three = {
      'a.yaml': 'include: [b.yaml]\nservices: {}\n',
      'b.yaml': 'include: [c/c.yaml]\nservices: {}\n',
      'c/c.yaml': 'include: [../a.yaml]\n',
    };
    const named = Object.fromEntries(
      Object.entries(three).map(([path, text]) => [
        path.replace(/(\w)\.yaml/, 'compose.$1.yaml'),
        text.replaceAll(/(\w)\.yaml/g, 'compose.$1.yaml'),
      ]),
    );
    expect(cycles(named)).toEqual(['c/compose.c.yaml:1 The file includes compose.a.yaml, which leads back to this file (2)']);
  });

  it('are told of extends too, in one file and across files', () => {
    const service = (name: string, of: string): string => `  ${name}:\n    image: acme/a\n    extends: ${of}\n`;
    expect(cycles({ 'compose.yaml': `services:\n${service('a', 'b')}${service('b', 'a')}` })).toEqual([
      'compose.yaml:7 The service extends a, which leads back to it (0)',
    ]);
    const files = {
      'compose.yaml': `services:\n${service('a', '{file: compose.other.yaml, service: b}')}`,
      'compose.other.yaml': `services:\n${service('b', '{file: compose.yaml, service: a}')}`,
    };
    expect(cycles(files)).toEqual(['compose.other.yaml:4 b extends a of compose.yaml, which leads back to it (1)']);
  });

  it('are not those two others include, nor services of one name in two files', () => {
    const files = {
      'compose.yaml': 'include: [compose.a.yaml, compose.b.yaml]\n',
      'compose.a.yaml': 'include: [compose.c.yaml]\nservices:\n  a:\n    extends: {file: compose.c.yaml, service: a}\n',
      'compose.b.yaml': 'include: [compose.c.yaml]\nservices:\n  b: {image: x}\n',
      'compose.c.yaml': 'services:\n  a: {image: x}\n',
    };
    expect(cycles(files)).toEqual([]);
  });
});

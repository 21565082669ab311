/** Install lines of documents and CI files: what is a command, what is prose, and what follows from it. */
import { describe, expect, it } from 'vitest';
import { resolveTarget } from '#server/config/model/target.ts';
import { readRequirements } from '#server/config/readers/requirements.ts';
import { findingsOf } from '../../rules/workspace.ts';

const read = (name: string, text: string) => readRequirements(`file:///w/${name}`, name.replace(/^.*\//, ''), text);
const installs = (name: string, text: string) =>
  read(name, text).requirements.map(({ distribution, extras, specifier, source }) => [
    `${distribution}[${extras.join()}]${specifier}`,
    source,
  ]);
const fenced = (...lines: readonly string[]): string => ['# Title', '', '```sh', ...lines, '```', ''].join('\n');

describe('a document', () => {
  it.each<[string, string]>([
    [fenced('pip install jarviscore-framework==3.0.0'), 'jarviscore-framework[]==3.0.0'],
    [fenced('$ python -m pip install "jarviscore-framework[p2p]>=2.4"'), 'jarviscore-framework[p2p]>=2.4'],
    [fenced('cd app && uv add jarviscore'), 'jarviscore[]'],
    ['~~~\npoetry add jarviscore-framework\n~~~\n', 'jarviscore-framework[]'],
    ['1. Run `pip install jarviscore==1.0.2` first.\n', 'jarviscore[]==1.0.2'],
    ['Text\n\n    pip3 install jarviscore\n', 'jarviscore[]'],
    ['> ```\n> pip install jarviscore\n> ```\n', 'jarviscore[]'],
  ])('%j tells to install', (text, expected) => {
    expect(installs('README.md', text)).toEqual([[expected, 'documentation']]);
  });

  it.each([
    'We pip install jarviscore on every machine.\n',
    'Never run `pip install jarviscore`: it is another project.\n',
    fenced('# Wrong, another project:', 'pip install jarviscore'),
    fenced('pip install jarviscore  # not this one'),
    fenced('import jarviscore', 'pip install -r requirements.txt'),
    fenced('pip install my-jarviscore-plugin'),
  ])('%j does not', (text) => {
    expect(installs('docs/guide.md', text)).toEqual([]);
  });

  it('is silenced by a comment above, in Markdown or in the block', () => {
    const text = (comment: string) => ({ 'README.md': fenced(comment, 'pip install jarviscore') });
    expect(findingsOf(text('echo'), { target: '3.0.0' }).map(({ rule }) => rule)).toEqual(['install-name']);
    expect(findingsOf(text('# jarviscore: ignore install-name'), { target: '3.0.0' })).toEqual([]);
    const prose = '<!-- jarviscore: ignore install-name -->\nRun `pip install jarviscore`.\n';
    expect(findingsOf({ 'README.md': prose }, { target: '3.0.0' })).toEqual([]);
  });

  it('gets warnings where a build gets errors, and the fix writes the right package', () => {
    const [finding] = findingsOf({ 'README.md': fenced('pip install jarviscore[p2p]') }, { target: '3.0.0' });
    expect(finding).toMatchObject({ rule: 'install-name', severity: 'warning', range: { start: { line: 3, character: 12 } } });
    expect(finding?.fixes[0]?.edits[0]?.newText).toBe('jarviscore-framework[p2p]');
    const [step] = findingsOf({ '.github/workflows/a.yml': 'on: push\nrun: pip install jarviscore\n' }, { target: '3.0.0' });
    expect(step).toMatchObject({ rule: 'install-name', severity: 'error' });
  });
});

describe('a step of a CI file', () => {
  it.each([
    ['.github/workflows/ci.yml', '      - run: pip install jarviscore-framework==2.4.1\n'],
    ['.gitlab-ci.yml', 'test:\n  script:\n    - pip install jarviscore-framework==2.4.1\n'],
    ['.github/workflows/ci.yaml', '      - run: |\n          python -m pip install -U jarviscore-framework==2.4.1 pytest\n'],
  ])('%s', (name, text) => {
    expect(installs(name, text)).toEqual([['jarviscore-framework[]==2.4.1', 'command']]);
  });

  it('is no matter of other YAML files', () => {
    expect(findingsOf({ 'data.yml': 'run: pip install jarviscore\n' }, { target: '3.0.0' })).toEqual([]);
  });
});

describe('the target release', () => {
  const target = (files: Readonly<Record<string, string>>) => {
    const { release, origin } = resolveTarget(Object.entries(files).map(([name, text]) => read(name, text)));
    return `${release}, ${origin}`;
  };
  const readme = fenced('pip install jarviscore-framework==1.14.1');

  it('is what the README tells to install, where nothing else says it', () => {
    expect(target({ 'README.md': readme })).toBe('1.14.1, pinned in README.md');
    expect(target({ 'README.md': fenced('pip install "jarviscore-framework<2"') })).toMatch(/^1\.14\.1, newest that satisfies/);
  });

  it('is what a CI file installs before what a README says', () => {
    const ci = '      - run: pip install jarviscore-framework==2.4.1\n';
    expect(target({ 'README.md': readme, '.github/workflows/ci.yml': ci })).toBe('2.4.1, pinned in ci.yml');
  });

  it('is what the requirements allow before what a README says', () => {
    expect(target({ 'README.md': readme, 'requirements.txt': 'jarviscore-framework>=2,<3\n' })).toMatch(/^2\.4\.1, /);
  });

  it('is nothing a README says that names several, nor what another document says', () => {
    const both = `${readme}${fenced('pip install jarviscore-framework==3.0.0')}`;
    expect(target({ 'README.md': both })).toMatch(/newest catalogued$/);
    expect(target({ 'CHANGELOG.md': readme })).toMatch(/newest catalogued$/);
  });
});

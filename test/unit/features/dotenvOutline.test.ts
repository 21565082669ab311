// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, it } from 'vitest';
import { foldsOf, highlightsOf, outlineOf, sectionsOf } from '#server/config/features/dotenvOutline.ts';
import { encodeTokens, semanticTokens } from '#server/config/features/semanticTokens.ts';
import { tokenModifiers, tokenTypes } from '#server/config/features/tokenLegend.ts';
import type { SourceDocument } from '#server/config/model/types.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';

const text = [
  '# Settings of the fleet.',
  '# Shared by all nodes.',
  '',
  'FIRST=1',
  '',
  '# ============',
  '# Network',
  '# ============',
  'JARVISCORE_BIND_PORT=7946   # the port',
  '# JARVISCORE_BIND_HOST=127.0.0.1',
  'KEY="line one',
  'line two"',
  '',
  '# --- Models ---',
  'export CLAUDE_API_KEY=canary',
  'URL=http://${FIRST}/${FIRST}',
  '',
].join('\n');

function documentOf(content: string): SourceDocument {
  const found = modelOf({ '.env': content }).documents.get(uriOf('.env'));
  if (found === undefined) throw new Error('The document was not read.');
  return found;
}

describe('outline of an env file', () => {
  it('takes comment blocks with words above settings for headings', () => {
    expect(sectionsOf(text)).toEqual([
      { title: 'Settings of the fleet.', start: 0, end: 3, titleLine: 0 },
      { title: 'Network', start: 5, end: 11, titleLine: 6 },
      { title: 'Models', start: 13, end: 15, titleLine: 13 },
    ]);
  });

  it('takes no prose, no commented line and no suppression for one', () => {
    expect(sectionsOf('# Only prose.\n')).toEqual([]);
    expect(sectionsOf('# A=1\nB=1\n')).toEqual([]);
    expect(sectionsOf('# jarviscore: ignore all-of-it\nB=1\n')).toEqual([]);
    expect(sectionsOf('B=1\n# about C\nC=1\n')).toEqual([]);
  });

  it('puts names below their section, without values', () => {
    const { names, sections } = outlineOf(documentOf(text), text);
    expect(names).toEqual([]);
    expect(sections.map(({ title, names: inside }) => [title, ...inside.map(({ name }) => name)])).toEqual([
      ['Settings of the fleet.', 'FIRST'],
      ['Network', 'JARVISCORE_BIND_PORT', 'KEY'],
      ['Models', 'CLAUDE_API_KEY', 'URL'],
    ]);
    expect(sections[1]?.titleRange).toEqual({ start: { line: 6, character: 0 }, end: { line: 6, character: 9 } });
    expect(outlineOf(documentOf('A=1\n'), 'A=1\n').names.map(({ name }) => name)).toEqual(['A']);
  });

  it('folds sections, comment blocks and long values', () => {
    expect(foldsOf(text)).toEqual([
      { start: 0, end: 3, kind: 'region' },
      { start: 5, end: 11, kind: 'region' },
      { start: 10, end: 11, kind: 'region' },
      { start: 13, end: 15, kind: 'region' },
    ]);
    expect(foldsOf('A=1\n# b\n# c\n')).toEqual([{ start: 1, end: 2, kind: 'comment' }]);
  });

  it('reads a file of 100,000 names and 10,000 headings in one go', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `# Part ${i}\n${'A=1\n'.repeat(10)}\n`).join('');
    const { sections } = outlineOf(documentOf(many), many);
    expect(sections).toHaveLength(10_000);
    expect(sections.at(-1)?.names).toHaveLength(10);
  });

  it('highlights where a name is written, read and commented', () => {
    const content = 'A=1\nB=${A}\n# A=2\n';
    const found = highlightsOf(documentOf(content), { line: 1, character: 4 });
    expect(found.map(({ range, kind }) => [range.start.line, kind])).toEqual([
      [0, 'write'],
      [1, 'read'],
      [2, 'text'],
    ]);
    expect(highlightsOf(documentOf(content), { line: 0, character: 3 })).toEqual([]);
  });
});

describe('semantic tokens of an env file', () => {
  const words = (content: string, target = '3.0.0'): string[] => {
    const lines = content.split('\n');
    return semanticTokens(content, target).map(
      ({ line, character, length, type, modifiers }) =>
        `${lines[line]?.slice(character, character + length)} ${[type, ...modifiers].join('.')}`,
    );
  };

  it('tells names that are read from names that are not', () => {
    expect(words('JARVISCORE_BIND_PORT=7946\nBIND_PORT=1\nMINE=true\n')).toEqual([
      'JARVISCORE_BIND_PORT property.declaration.defaultLibrary',
      '= operator',
      '7946 number',
      'BIND_PORT property.declaration.deprecated',
      '= operator',
      '1 number',
      'MINE variable.declaration',
      '= operator',
      'true enumMember',
    ]);
  });

  it('knows the release', () => {
    expect(words('CONVERGENCE_MIN_PROGRESS_SCORE=1', '1.5.1')[0]).toMatch(/defaultLibrary$/);
    expect(words('CONVERGENCE_MIN_PROGRESS_SCORE=1', '3.0.0')[0]).toMatch(/deprecated$/);
  });

  it('takes comments, export, variables and values over several lines apart', () => {
    expect(words('# c\nexport A="x${B}y\nz" # d')).toEqual([
      '# c comment',
      'export keyword',
      'A variable.declaration',
      '= operator',
      '"x${ string',
      'B variable',
      '}y string',
      'z" string',
      '# d comment',
    ]);
  });

  it('writes them as the protocol counts: relative, five numbers each', () => {
    const data = encodeTokens(semanticTokens('A=1\n\nexport B=2', '3.0.0'));
    const type = (name: (typeof tokenTypes)[number]) => tokenTypes.indexOf(name);
    const declaration = 1 << tokenModifiers.indexOf('declaration');
    expect(data).toEqual(
      [
        [0, 0, 1, type('variable'), declaration],
        [0, 1, 1, type('operator'), 0],
        [0, 1, 1, type('number'), 0],
        [2, 0, 6, type('keyword'), 0],
        [0, 7, 1, type('variable'), declaration],
        [0, 1, 1, type('operator'), 0],
        [0, 1, 1, type('number'), 0],
      ].flat(),
    );
  });
});

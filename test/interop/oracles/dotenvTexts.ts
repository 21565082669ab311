// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Env files nobody would write on purpose: every construct of python-dotenv's grammar beside every other. */
import * as fc from 'fast-check';

export const fragments = [
  'A',
  'B',
  'PORT',
  'a',
  'é',
  '_',
  '1',
  'export ',
  'export\t',
  'export',
  ' ',
  '  ',
  '\t',
  '=',
  '=',
  '=',
  ' = ',
  '#',
  ' #',
  '#c',
  ' # c',
  '"',
  '"',
  "'",
  "'",
  '`',
  '\\',
  '\\\\',
  '\\n',
  '\\t',
  '\\"',
  "\\'",
  '\\x',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '${A}',
  '${B:-d}',
  '${B-d}',
  '${A:-}',
  '${',
  '}',
  ':',
  ':-',
  '$A',
  '$',
  '{',
  '${A:-${B}}',
  '${A:',
  '[s]',
  ';',
  '//',
  'x',
  '80',
  'true',
  ',',
  '\ufeff',
  '\u00a0',
  '\u200b',
  '\u2028',
  '\u0085',
  '\u001c',
  '\u001f',
  '\u000b',
  '\u000c',
  '\u3000',
  '\u0000',
  '😀',
  '\u0130',
  '“',
];

const noise = fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join(''));

const name = fc.constantFrom('A', 'B', 'C', 'LONG_NAME', 'a', 'X1', 'é', 'A-B', 'A.B');
const plainValue = fc.array(
  fc.constantFrom('x', '1', ' ', '#', '${A}', '${B:-z}', '"', "'", '\\', '$', '{', '}', '=', 'é', '\t'),
  { maxLength: 8 },
);
const value = fc.oneof(
  plainValue.map((parts) => parts.join('')),
  plainValue.map((parts) => `"${parts.join('').replaceAll('"', '\\"')}"`),
  plainValue.map((parts) => `'${parts.join('').replaceAll("'", "\\'")}'`),
  plainValue.map((parts) => `"${parts.join('\n')}"`),
);
export const line = fc
  .tuple(
    fc.constantFrom('', '', ' ', 'export '),
    name,
    fc.constantFrom('=', '=', ' = ', '', ':', '= '),
    value,
    fc.constantFrom('', '', ' # c', '#c', ' ', '\u00a0'),
  )
  .map((parts) => parts.join(''));
const written = fc
  .tuple(
    fc.array(fc.oneof({ arbitrary: line, weight: 6 }, { arbitrary: noise, weight: 1 }), { maxLength: 8 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
  )
  .map(([lines, end]) => lines.join(end));

/** Well-formed Unicode texts: half looks like env files, half is noise. */
export const envText = fc.oneof(
  noise,
  written,
  fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => text.isWellFormed()),
);

/** Small environments whose names meet those of the texts. */
export const environment = fc.dictionary(
  fc.constantFrom('A', 'B', 'C', 'PORT', 'é'),
  fc.constantFrom('', 'outer', '${A}', '7', '#'),
  { maxKeys: 3 },
);

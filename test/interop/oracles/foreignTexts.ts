// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Env files for the programs that refuse a file for its first bad line: half are hostile, half have at most one such line. */
import * as fc from 'fast-check';
import { envText, fragments, line } from './dotenvTexts.ts';

/** What the grammars have beyond python-dotenv's. */
const foreign = [
  ';',
  '; c',
  '\\\n',
  '\\\r\n',
  '# c \\',
  '"a"\'b\'',
  '\\$A',
  '\\0101',
  '\\0777',
  '\\01',
  '\\a',
  '$$',
  '$$A',
  '$ſ',
  '${A:?e}',
  '${C?e}',
  '${A:+x}',
  '${C+${A}}',
  '${A:-{x}}',
  '${C:-"}',
  '${A',
  '\n\n',
  'A: 1',
  'A:1',
  'export A',
  '[0]',
  '`a\nb`',
  '%',
  '\ufffe',
  '\ufffd',
  '\u1c89',
  '\ua7dc',
  '\u{2ebf0}',
  '\u{16d43}',
  '\u{323b0}',
  '\u00b2',
  '\u2160',
  '\u0301',
  'x'.repeat(200),
];

const anyPiece = fc.oneof(
  { arbitrary: fc.constantFrom(...foreign), weight: 2 },
  { arbitrary: fc.constantFrom(...fragments), weight: 3 },
  { arbitrary: line.map((text) => `${text}\n`), weight: 2 },
);
const mixed = fc.array(anyPiece, { maxLength: 14 }).map((parts) => parts.join(''));
const oneLine = (text: string): string => text.replaceAll('\n', '');

/** One line of a file that docker takes: whatever stands behind the name belongs to the value. */
const dockerLine = fc.oneof(
  { arbitrary: fc.constantFrom('', ' ', '\t# c', '#c=1', 'B', ' C', '\u3000X', '\r'), weight: 1 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', ' ', '\u00a0', '\u2028', '\ufeff'),
        fc.constantFrom('A', 'B', 'C', 'é', 'A.B', 'x:y', '"q"', 'A\u00a0B', '\u200b', '1', '#', '\ufeff'),
        mixed,
      )
      .map(([space, name, value]) => `${space}${name}=${oneLine(value)}`),
    weight: 4,
  },
);

const variables = ['$A', '$B_', '${A}', '${C}', '${A:-d}', '${C-${B:-x}}', '${B:+p}', '${C+p}', '$$', '$$A', '\\$A'];
const plain = [
  'x',
  '1',
  'é',
  '\t',
  ' ',
  '#',
  '# c',
  ';',
  '=',
  ':',
  '\\',
  '\\n',
  '\\t',
  '\\0101',
  '\\0777',
  '\\08',
  '\\x41',
  '😀',
  '\u00a0',
  '\u0085',
  '{',
  '}',
  '`',
];
const composeName = fc.constantFrom(
  'A',
  'B',
  'C',
  'a1',
  'é',
  'A.b-c[0]',
  '\u00b2',
  '\u2160',
  '1',
  '_',
  'A\t',
  '\u{323af}',
  '\u1f54',
);
const composeValue = fc.oneof(
  fc.array(fc.constantFrom(...plain, ...variables, '"', "'"), { maxLength: 8 }).map((parts) => `x${parts.join('')}`),
  fc
    .array(fc.constantFrom(...plain, ...variables, '\\"', "'", '\n', '\r\n'), { maxLength: 8 })
    .map((parts) => `"${parts.join('')}x"`),
  fc.array(fc.constantFrom(...plain, ...variables, "\\'", '"', '\n'), { maxLength: 8 }).map((parts) => `'${parts.join('')}x'`),
);
/** One statement that compose takes, unless its variables are not what they seem. */
const composeLine = fc.oneof(
  { arbitrary: fc.constantFrom('', ' ', '# c', '\t#"', 'A', 'B', 'é', '\u0085', '\r'), weight: 1 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', 'export ', 'export\t', ' '),
        composeName,
        fc.constantFrom('=', '=', ' = ', ':', ': '),
        composeValue,
        fc.constantFrom('', '', ' # c', ' '),
      )
      .map((parts) => parts.join('')),
    weight: 4,
  },
);

const systemdPiece = fc.constantFrom(...plain, ...variables, '"', "'", '\\\n', '\\"', "\\'", '\\`', '\\\\', '\u000b');
const systemdValue = fc.oneof(
  fc.array(systemdPiece, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.array(systemdPiece, { maxLength: 5 }).map((parts) => `"${parts.join('').replaceAll('"', '\\"')}"`),
  fc.array(systemdPiece, { maxLength: 5 }).map((parts) => `'${parts.join('').replaceAll("'", '')}'`),
);
const systemdLine = fc.oneof(
  { arbitrary: fc.constantFrom('', ' ', '# c', '; c', ' ;=', 'A', '# c \\', '1=2'), weight: 1 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('', ' ', '\t'),
        fc.constantFrom('A', 'B', 'C', '_1', 'LONG_NAME', 'A '),
        fc.constant('='),
        fc.array(systemdValue, { maxLength: 3 }).map((parts) => parts.join('')),
      )
      .map((parts) => parts.join('')),
    weight: 4,
  },
);

/** Null `often` times as often as a value. */
function seldom<Value>(arbitrary: fc.Arbitrary<Value>, often: number): fc.Arbitrary<Value | null> {
  return fc.oneof({ arbitrary: fc.constant(null), weight: often }, { arbitrary, weight: 1 });
}

const lines = { docker: dockerLine, compose: composeLine, systemd: systemdLine } as const;

function file(one: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({
      all: fc.array(one, { maxLength: 10 }),
      bad: seldom(fc.tuple(fc.nat(10), mixed), 3),
      end: fc.constantFrom('\n', '\n', '\n', '\r\n'),
      last: fc.boolean(),
    })
    .map(({ all, bad, end, last }) => (bad === null ? all : all.toSpliced(bad[0], 0, bad[1])).join(end) + (last ? end : ''));
}

const utf8 = new TextEncoder();

/** The bytes of such files; some begin with a byte order mark, some are no UTF-8. */
export function envBytes(grammar?: keyof typeof lines): fc.Arbitrary<Uint8Array> {
  const hostile = fc.oneof(envText, mixed);
  return fc
    .record({
      text:
        grammar === undefined
          ? hostile
          : fc.oneof({ arbitrary: hostile, weight: 1 }, { arbitrary: file(lines[grammar]), weight: 2 }),
      mark: fc.integer({ min: 0, max: 9 }),
      wrong: seldom(
        fc.record({
          at: fc.nat(),
          bytes: fc.constantFrom([0xff], [0xc3], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80]),
        }),
        15,
      ),
    })
    .map(({ text, mark, wrong }) => {
      const bytes = [...utf8.encode(mark === 0 ? `\ufeff${text}` : text)];
      if (wrong !== null) bytes.splice(wrong.at % (bytes.length + 1), 0, ...wrong.bytes);
      return Uint8Array.from(bytes);
    });
}

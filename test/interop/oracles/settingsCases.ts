// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Environments for the `Settings` class: an env file and a process environment that set its fields, well and badly. */
import * as fc from 'fast-check';
import type { Setting } from '#schemas/settings/catalogue.ts';
import { convertText, fieldType } from '#server/config/model/pydantic.ts';

export interface SettingsCase {
  /** Text of `./.env`; null: there is none. */
  readonly file: string | null;
  /** The process environment, in the order in which it is set. */
  readonly environment: Readonly<Record<string, string>>;
}

type Kind = ReturnType<typeof fieldType>;

const texts: Readonly<Record<Kind, readonly string[]>> = {
  bool: [
    'true',
    'TRUE',
    'on',
    'y',
    'T',
    '1',
    '0',
    'off',
    'No',
    'f',
    '',
    ' true',
    'true ',
    'enabled',
    '2',
    '-1',
    '1.0',
    '01',
    'none',
    'null',
    'ｔrue',
    '\u212a',
    '${B}',
    '${b}',
  ],
  int: [
    '1',
    '7946',
    ' 7946 ',
    '+7',
    '-7',
    '007',
    '1_000',
    '1__0',
    '_1',
    '1_',
    '0__1',
    '000_1',
    '-0_1',
    '-_1',
    '7946.0',
    '7946.',
    '.0',
    '7_946.00',
    '7946.5',
    '1e3',
    '0x1f',
    '7,946',
    '90s',
    '',
    '99999',
    '-1',
    '0',
    '-0',
    '00',
    '0_',
    '0.0',
    '٣',
    '\u00a07',
    '\u001c7',
    '9'.repeat(30),
    '9'.repeat(4301),
    '+-1',
    '- 1',
    '0-1',
    '-.0',
    '1 0',
    '+',
    '0_.0',
    '0_0.0',
    '10.0_0',
    '${B}',
    '${B:-9}',
    '1${C}',
  ],
  float: [
    '1',
    '.5',
    '5.',
    '1e3',
    '1E+3',
    'inf',
    '-Infinity',
    'nan',
    '-NaN',
    '1_0.5',
    '1_.5',
    '_1.5',
    '1__0',
    '2,5',
    '2s',
    '0x1p3',
    '',
    '1e400',
    '1e-400',
    ' 1.5 ',
    'i_nf',
    '1e1_0',
    '.',
    'e1',
    '1e',
    '-_1',
    '\u00852',
    '0.1',
    '1.5f',
    '+.5',
    '9'.repeat(400),
    '${B}',
    '${B}.5',
  ],
  json: [
    '{}',
    '',
    'null',
    '[]',
    '3',
    '{"a":1}',
    '{"a":{"b":1}}',
    '{"a":{"b":"1.5"}}',
    '{"a":"12k"}',
    '{"a":1.0}',
    '{"a":1.5}',
    '{"a":true}',
    '{"a":null}',
    '{"a":NaN}',
    '{"a":{"b":Infinity}}',
    '{"a":1e300}',
    '{"a":"x"}',
    '{"a":" 7 "}',
    '{"a":[1]}',
    '{"a":{"c":2},"b":{"d":3}}',
    '{bad',
    "{'a':1}",
    '{"a":1,}',
    ' {"a":1} ',
    '\u00a0{}',
    '{"a":01}',
    '{"a":-0.0}',
    '{"":1}',
    '{"A":1,"a":2}',
    '{"a":18446744073709551616}',
    '{"a":"\\ud800"}',
    '"x"',
    '{"a":{"b":{}}}',
    '{"__proto__":1}',
    '{"a":${B}}',
    '{"a":"${B:-1}"}',
  ],
  str: ['', 'x', ' x ', '${B}', 'null', 'None', 'a#b', '"q"', "it's", 'é😀', 'redis://:pw@h:1/0', '\\n', 'a\nb'],
};

const jsonKey = fc.constantFrom('a', 'b', 'A', '', 'é', '__proto__', 'a.b', '1');
const jsonLeaf = fc.oneof(
  fc.constantFrom(
    '1',
    '0',
    '-1',
    '1.0',
    '1.5',
    '1e3',
    '-0',
    '9223372036854775807',
    '9223372036854775808.0',
    'true',
    'null',
    'NaN',
    '[]',
    '{}',
  ),
  fc.constantFrom(...texts.int, ...texts.float, 'x', '').map((text) => JSON.stringify(text)),
);
const jsonObject = (leaf: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(jsonKey, leaf), { maxLength: 3 })
    .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`);

const spelling = (alphabet: string, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((parts) => parts.join(''));

/** Any text of the letters that matter to a type. */
const invented: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  bool: fc.oneof(
    fc
      .constantFrom('true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 't', 'f')
      .chain((word) => fc.mixedCase(fc.constant(word))),
    spelling('trueyonf01 ', 5),
  ),
  int: fc.oneof(
    spelling('0123456789', 20),
    spelling('00112_+-. ', 7),
    spelling('0_', 6),
    spelling('12_.0', 6),
    fc.bigInt().map(String),
  ),
  float: fc.oneof(
    spelling('0123456789.', 24),
    spelling('01_+-.eE ', 8),
    spelling('inftyaINFTYA_+-', 4),
    fc.double().map(String),
    fc.float().map(String),
  ),
  json: fc.oneof(
    jsonObject(jsonLeaf),
    jsonObject(jsonObject(jsonLeaf)),
    jsonObject(fc.oneof(jsonLeaf, jsonObject(jsonLeaf))),
    fc.json({ maxDepth: 2 }),
    spelling('{}[]":,a1 .-e\\n', 9),
  ),
  str: fc.oneof(
    spelling('aé${B}:-#"\'\\ =\t', 10),
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
  ),
};

/** Writes a value so that it survives the file's own syntax. */
const singleQuoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const doubleQuoted = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
/** As people write it; where the value has spaces, quotes or `#`, the file says something else. */
const bare = (value: string): string => value;

const other = fc.constantFrom(
  'B=from-file',
  'B=7',
  'B=true',
  '# comment',
  '',
  '   ',
  'UNKNOWN_NAME=1',
  'jarviscore = x',
  '"unclosed',
  '=1',
  '${B}=1',
);

const line = (name: string, value: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', '', '', 'export ', ' '),
      fc.constantFrom('=', '=', '=', ' = ', '= '),
      fc.constantFrom(singleQuoted, singleQuoted, doubleQuoted, bare),
      fc.constantFrom('', '', '', ' # c', ' '),
      fc.integer({ min: 0, max: 15 }),
    )
    .map(([before, sign, quote, after, nothing]) =>
      nothing === 0 ? `${before}${name}` : `${before}${name}${sign}${quote(value)}${after}`,
    );

const spelled = (name: string): fc.Arbitrary<string> =>
  fc.constantFrom(name, name, name, name.toLowerCase(), `${name[0]}${name.slice(1).toLowerCase()}`);

/** Half of the values are good ones: a single bad one hides what the class makes of all the others. */
function valueFor(setting: Setting): fc.Arbitrary<string> {
  const kind = fieldType(setting);
  const good = texts[kind].filter((text) => 'value' in convertText(setting, text));
  return fc.oneof(
    { arbitrary: fc.constantFrom(...good), weight: 4 },
    { arbitrary: fc.constantFrom(...texts[kind]), weight: 1 },
    { arbitrary: invented[kind], weight: 1 },
  );
}

/** @param fields What the class of the release declares. */
export function settingsCase(fields: readonly Setting[]): fc.Arbitrary<SettingsCase> {
  const json = fields.filter((setting) => fieldType(setting) === 'json');
  const field =
    json.length === 0
      ? fc.constantFrom(...fields)
      : fc.oneof({ arbitrary: fc.constantFrom(...fields), weight: 4 }, { arbitrary: fc.constantFrom(...json), weight: 1 });
  const entry = field.chain((setting) => fc.record({ name: spelled(setting.envName ?? ''), value: valueFor(setting) }));
  // Names that meet in both layers, in other letter cases too.
  const repeated = field.chain((setting) =>
    fc.record({
      all: fc.array(
        fc.record({
          name: spelled(setting.envName ?? ''),
          value: valueFor(setting),
          inFile: fc.boolean(),
        }),
        { minLength: 2, maxLength: 4 },
      ),
    }),
  );
  return fc
    .record({
      written: fc.array(
        fc.oneof({ arbitrary: entry.chain(({ name, value }) => line(name, value)), weight: 6 }, { arbitrary: other, weight: 1 }),
        { maxLength: 5 },
      ),
      process: fc.array(entry, { maxLength: 5 }),
      again: fc.oneof(fc.constant(null), fc.constant(null), repeated),
      outer: fc.constantFrom({}, {}, { B: 'outer' }, { b: 'lower', B: '${B}' }),
      mark: fc.integer({ min: 0, max: 19 }),
      end: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
      hasFile: fc.integer({ min: 0, max: 7 }),
    })
    .map(({ written, process, again, outer, mark, end, hasFile }) => {
      const lines = [...written];
      const environment: Record<string, string> = {
        ...Object.fromEntries(process.map(({ name, value }) => [name, value])),
        ...outer,
      };
      for (const { name, value, inFile } of again?.all ?? []) {
        if (inFile) lines.push(`${name}=${singleQuoted(value)}`);
        else environment[name] = value;
      }
      return { file: hasFile === 0 ? null : (mark === 0 ? '\ufeff' : '') + lines.join(end), environment };
    });
}

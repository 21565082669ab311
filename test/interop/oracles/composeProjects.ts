// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Pieces of compose projects: `environment` and `env_file` of services, and env files. */
import * as fc from 'fast-check';

/** Texts that every release reads as they are: what a service gets is what the setting has. */
export const names = [
  'LLM_MODEL',
  'LOG_LEVEL',
  'JARVISCORE_NODE_NAME',
  'JARVISCORE_BIND_HOST',
  'CLAUDE_MODEL',
  'AZURE_DEPLOYMENT',
];
/** Names that only other values refer to. */
export const helpers = ['ALPHA', 'BETA', 'GAMMA'];

const name = fc.constantFrom(...names);
const piece = fc.constantFrom(
  ...['x', '1', 'é', ' ', '#', ':', '$$', '{', '}', '\\', "'", '='],
  ...[
    '${ALPHA}',
    '$BETA',
    '${ALPHA:-d}',
    '${GAMMA-d}',
    '${GAMMA:-${ALPHA}}',
    '${BETA:+p}',
    '${BETA+p}',
    '${LLM_MODEL}',
    '${LOG_LEVEL:-info}',
  ],
);
const text = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(''));
/** As YAML resolves them: numbers, booleans and nothing, in all the ways to write them. */
const plain = fc.constantFrom(
  ...[
    '1',
    '-1',
    '0',
    '1.5',
    '1.50',
    '.5',
    '1e3',
    '1E3',
    '012',
    '0o14',
    '0x1F',
    '1_000',
    '+1',
    '9007199254740993',
    '1e400',
    '.inf',
    '-.INF',
    '.nan',
  ],
  ...[
    'true',
    'True',
    'FALSE',
    'yes',
    'on',
    'No',
    'y',
    'null',
    '~',
    'Null',
    '',
    '2001-01-01',
    'abc',
    'a b',
    'a # c',
    '${ALPHA}',
    '"q\\tq"',
    "'it''s'",
    '!!str 1',
  ],
);
const scalar = fc.oneof({ arbitrary: text.map((value) => JSON.stringify(value)), weight: 2 }, { arbitrary: plain, weight: 1 });

export const entries = fc.uniqueArray(fc.tuple(name, fc.oneof(scalar, fc.constant(null))), {
  selector: ([key]) => key,
  maxLength: 4,
});
export type Entries = readonly (readonly [string, string | null])[];

export const indented = (by: number, lines: readonly string[]): string[] => lines.map((line) => `${' '.repeat(by)}${line}`);

export function mapLines(all: Entries): string[] {
  return all.map(([key, value]) => (value === null || value === '' ? `${key}:` : `${key}: ${value}`));
}

export const environment = fc.oneof(
  entries.map((all) => (all.length === 0 ? [] : ['environment:', ...indented(2, mapLines(all))])),
  fc
    .uniqueArray(fc.tuple(name, fc.oneof(text, fc.constant(null))), { selector: ([key]) => key, maxLength: 4 })
    .map((all) =>
      all.length === 0
        ? []
        : ['environment:', ...all.map(([key, value]) => `  - ${JSON.stringify(value === null ? key : `${key}=${value}`)}`)],
    ),
  entries.map((all) => ['environment:', '  <<: *shared', ...indented(2, mapLines(all))]),
);

export const envFile = fc.oneof(
  fc.constant([]),
  fc.constantFrom('a.env', './b.env', 'sub/c.env').map((path) => [`env_file: ${path}`]),
  fc
    .uniqueArray(fc.constantFrom('a.env', 'b.env', 'sub/c.env'), { minLength: 1, maxLength: 3 })
    .map((paths) => ['env_file:', ...paths.map((path) => `  - ${path}`)]),
  fc
    .tuple(fc.constantFrom('a.env', 'b.env', 'missing.env'), fc.boolean())
    .map(([path, raw]) => [
      'env_file:',
      `  - path: ${path}`,
      '    required: false',
      ...(raw && path !== 'missing.env' ? ['    format: raw'] : []),
    ]),
);

const fileValue = fc.oneof(
  text.map((value) => value.replaceAll("'", '')),
  text.map((value) => `"${value.replaceAll('\\', '')}"`),
  text.map((value) => `'${value.replaceAll("'", '').replaceAll('\\', '')}'`),
);
export const envText = fc
  .array(
    fc.oneof(
      {
        arbitrary: fc.tuple(fc.constantFrom(...names, ...helpers), fileValue).map(([key, value]) => `${key}=${value}`),
        weight: 5,
      },
      { arbitrary: name, weight: 1 },
      { arbitrary: fc.constantFrom('', '# comment'), weight: 1 },
    ),
    { maxLength: 5 },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

/** Every variable that values refer to is set: what the shell might add is not known to anybody. */
export const dotenv = fc
  .tuple(envText, fc.constantFrom('ALPHA=one\nBETA=\n', 'ALPHA=1 2\nBETA=two\n'))
  .map(([own, rest]) => rest + own);

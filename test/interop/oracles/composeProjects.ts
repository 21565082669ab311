// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Compose projects: services with `environment`, `env_file`, `extends` and merges, and the env files beside them. */
import * as fc from 'fast-check';

/** Path below the project -> text. */
export type ProjectFiles = Readonly<Record<string, string>>;

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
const helpers = ['ALPHA', 'BETA', 'GAMMA'];

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

const entries = fc.uniqueArray(fc.tuple(name, fc.oneof(scalar, fc.constant(null))), { selector: ([key]) => key, maxLength: 4 });
type Entries = readonly (readonly [string, string | null])[];

const indented = (by: number, lines: readonly string[]): string[] => lines.map((line) => `${' '.repeat(by)}${line}`);

function mapLines(all: Entries): string[] {
  return all.map(([key, value]) => (value === null || value === '' ? `${key}:` : `${key}: ${value}`));
}

const environment = fc.oneof(
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

const envFile = fc.oneof(
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
const envText = fc
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
const dotenv = fc.tuple(envText, fc.constantFrom('ALPHA=one\nBETA=\n', 'ALPHA=1 2\nBETA=two\n')).map(([own, rest]) => rest + own);

const includedEnvironment = entries.map((all) => (all.length === 0 ? [] : ['environment:', ...indented(2, mapLines(all))]));
/** Relative to the included file's folder. */
const includedEnvFile = fc.constantFrom<readonly string[]>([], ['env_file: a.env'], ['env_file: [a.env, ../b.env]']);

/** `include` of a file below, whose variables come from env files of its own. */
const inclusion = fc.constantFrom(
  ...[
    [],
    ['include: [parts/more.yaml]'],
    ['include:', '  - path: parts/more.yaml', '    env_file: parts/x.env'],
    ['include:', '  - path: [parts/more.yaml]', '    env_file: [parts/x.env, a.env]'],
  ],
);

export const composeProject: fc.Arbitrary<ProjectFiles> = fc
  .record({
    shared: entries,
    services: fc.array(fc.record({ environment, envFile, extends: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    dotenv: fc.oneof({ arbitrary: dotenv, weight: 5 }, { arbitrary: fc.constant(null), weight: 1 }),
    inclusion,
    included: fc.record({ environment: includedEnvironment, envFile: includedEnvFile }),
    partEnv: fc.option(dotenv),
    x: dotenv,
    a: envText,
    b: envText,
    c: envText,
  })
  .map(({ shared, services, dotenv, inclusion, included, partEnv, x, a, b, c }) => {
    const lines = [
      ...inclusion,
      'x-shared: &shared',
      ...(shared.length === 0 ? ['  {}'] : indented(2, mapLines(shared))),
      'services:',
    ];
    services.forEach((service, i) => {
      lines.push(`  s${i}:`, '    image: example.org/node');
      // The framework is known by its names alone here: each service has one that is not compared.
      lines.push(...(service.extends && i > 0 ? ['    extends:', `      service: s${i - 1}`] : []));
      lines.push('    command: jarviscore --help', ...indented(4, [...service.environment, ...service.envFile]));
    });
    const part = ['services:', '  inner:', '    image: example.org/node', '    command: jarviscore --help'];
    part.push(...indented(4, [...included.environment, ...included.envFile]));
    return {
      ...(inclusion.length === 0
        ? {}
        : {
            'parts/more.yaml': part.map((line) => `${line}\n`).join(''),
            'parts/x.env': x,
            'parts/a.env': c,
            ...(partEnv === null ? {} : { 'parts/.env': partEnv }),
          }),
      'compose.yaml': lines.map((line) => `${line}\n`).join(''),
      ...(dotenv === null ? {} : { '.env': dotenv }),
      'a.env': a,
      'b.env': b,
      'sub/c.env': c,
    };
  });

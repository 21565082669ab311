/**
 * Compose projects over several files: `include` with its project directory and env files, override files, `-f` lists and
 * `COMPOSE_FILE`, `extends` across files. Every folder has env files of the same names, so that a path that is taken from
 * the wrong folder shows.
 */
import { posix } from 'node:path';
import * as fc from 'fast-check';
import { dotenv, type Entries, entries, envFile, environment, envText, indented, mapLines } from './composeProjects.ts';

/** Path below the project -> text. */
export type ProjectFiles = Readonly<Record<string, string>>;

export interface Project {
  readonly files: ProjectFiles;
  /** `-f`, in order; null: compose finds its files itself. */
  readonly given: readonly string[] | null;
}

/** The lines that services are made of. */
const service = fc.record({ environment, envFile });
type Service = typeof service extends fc.Arbitrary<infer T> ? T : never;

/** In files that have no map to take in. */
const plainService = service.map(({ environment: lines, envFile: files }) => ({
  environment: lines.filter((line) => !line.includes('<<:')),
  envFile: files,
}));

function serviceLines(name: string, { environment: own, envFile: files }: Service, extended: readonly string[] = []): string[] {
  // The framework is known by its names alone here: each service has one that is not compared.
  const head = [`  ${name}:`, '    image: example.org/node', '    command: jarviscore --help'];
  const block = own.length === 1 ? [] : own;
  return [...head, ...indented(4, [...extended, ...block, ...files])];
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const folders = ['.', 'parts', 'other', 'shared', 'shared/low', 'over', 'deep'];
/** Those that nothing of a project further below may be read from. */
const above = new Set(['.', 'parts', 'over']);
const filesOfFolder = fc.record({ a: envText, b: envText, c: envText, env: fc.option(dotenv, { freq: 3 }) });

const extension = fc.constantFrom(...(['none', 'none', 'before', 'file', 'included'] as const));
const inclusion = fc.option(
  fc.record({
    long: fc.boolean(),
    /** Laid over the first file of the entry. */
    second: fc.boolean(),
    projectDirectory: fc.constantFrom(null, null, 'other', '.', './parts/', 'other/../shared'),
    envFile: fc.constantFrom<readonly string[]>([], [], ['parts/x.env'], ['parts/x.env', 'a.env']),
    /** Another entry, with a service of the same name. */
    sibling: fc.boolean(),
    nested: fc.boolean(),
    inner: plainService,
    over: plainService,
    far: plainService,
    deep: plainService,
    x: dotenv,
  }),
  { freq: 2 },
);
type Inclusion = NonNullable<typeof inclusion extends fc.Arbitrary<infer T> ? T : never>;

/** The folder that relative paths of the included files stand against, from the project's. */
const baseOf = ({ long, projectDirectory }: Inclusion): string =>
  long && projectDirectory !== null ? posix.normalize(`${projectDirectory}/.`) : 'parts';

function includeLines(one: Inclusion): string[] {
  if (!one.long) return ['include:', '  - parts/more.yaml', ...(one.sibling ? ['  - other/sibling.yaml'] : [])];
  const paths = ['parts/more.yaml', ...(one.second ? ['other/over.yaml'] : [])];
  const files = one.envFile.length === 0 ? [] : [`    env_file: [${one.envFile.join(', ')}]`];
  const directory = one.projectDirectory === null ? [] : [`    project_directory: ${one.projectDirectory}`];
  const sibling = one.sibling ? ['  - path: other/sibling.yaml'] : [];
  return ['include:', `  - path: [${paths.join(', ')}]`, ...files, ...directory, ...sibling];
}

function includedFiles(one: Inclusion): Record<string, readonly string[]> {
  const base = baseOf(one);
  const nested = one.nested ? ['include: [deep/deep.yaml]'] : [];
  return {
    'parts/more.yaml': [...nested, 'services:', ...serviceLines('inner', one.inner)],
    ...(one.long && one.second ? { 'other/over.yaml': ['services:', ...serviceLines('inner', one.over)] } : {}),
    ...(one.sibling
      ? { 'other/sibling.yaml': ['services:', ...serviceLines('far', one.far), ...serviceLines('inner', one.far)] }
      : {}),
    ...(one.nested
      ? {
          [posix.join(base, 'deep/deep.yaml')]: [
            'services:',
            ...serviceLines('deepest', one.deep),
            ...serviceLines('inner', one.deep),
          ],
        }
      : {}),
  };
}

interface Main {
  readonly shared: Entries;
  readonly services: readonly (Service & { readonly extends: 'none' | 'before' | 'file' | 'included' })[];
  readonly inclusion: Inclusion | null;
  /** A service that the included file has as well. */
  readonly inner: Service | null;
}

function mainLines({ shared, services, inclusion: included, inner }: Main): string[] {
  const known = included !== null || inner !== null;
  const lines = [
    ...(included === null ? [] : includeLines(included)),
    'x-shared: &shared',
    ...(shared.length === 0 ? ['  {}'] : indented(2, mapLines(shared))),
    'services:',
  ];
  services.forEach((one, i) => {
    const extended: Readonly<Record<typeof one.extends, readonly string[]>> = {
      none: [],
      before: i === 0 ? [] : ['extends:', `  service: s${i - 1}`],
      file: ['extends:', '  file: shared/common.yml', '  service: base'],
      included: known ? ['extends: inner'] : [],
    };
    lines.push(...serviceLines(`s${i}`, one, extended[one.extends]));
  });
  if (inner !== null) lines.push(...serviceLines('inner', inner));
  return lines;
}

const start = fc.constantFrom(...(['found', 'override', 'list', 'list below', 'variable'] as const));

export const composeProject: fc.Arbitrary<Project> = fc
  .record({
    start,
    shared: entries,
    services: fc.array(fc.record({ environment, envFile, extends: extension }), { minLength: 1, maxLength: 3 }),
    inclusion,
    inner: fc.option(plainService, { freq: 1 }),
    base: plainService,
    low: plainService,
    over: fc.record({ s0: fc.option(plainService), inner: fc.option(plainService), extra: plainService, extends: extension }),
    env: fc.record(Object.fromEntries(folders.map((folder) => [folder, filesOfFolder]))),
    top: dotenv,
  })
  .map((one) => {
    const home = one.start === 'list below' || one.start === 'variable' ? 'deploy' : '.';
    const known = one.over.inner !== null;
    const extended: readonly string[] =
      one.over.extends === 'file'
        ? ['extends: {file: shared/common.yml, service: base}']
        : one.over.extends === 'included' && known
          ? ['extends: inner']
          : [];
    const over = [
      'services:',
      ...(one.over.s0 === null ? [] : serviceLines('s0', one.over.s0, extended)),
      ...(one.over.inner === null ? [] : serviceLines('inner', one.over.inner)),
      ...serviceLines('extra', one.over.extra),
    ];
    const project: Record<string, readonly string[]> = {
      'compose.yaml': mainLines(one),
      'shared/common.yml': ['services:', ...serviceLines('base', one.base, ['extends: {file: low/low.yml, service: lowest}'])],
      'shared/low/low.yml': ['services:', ...serviceLines('lowest', one.low)],
      ...(one.inclusion === null ? {} : includedFiles(one.inclusion)),
    };
    const overPath = one.start === 'override' ? 'compose.override.yaml' : 'over/prod.yaml';
    const given = [posix.join(home, 'compose.yaml'), overPath];
    const files: Record<string, string> = {};
    for (const [name, { a, b, c, env }] of Object.entries(one.env)) {
      if (name === 'deep' && one.inclusion?.nested !== true) continue;
      const folder = name === 'deep' && one.inclusion !== null ? posix.join(baseOf(one.inclusion), name) : name;
      const own = { 'a.env': a, 'b.env': b, 'sub/c.env': c };
      for (const place of new Set(above.has(folder) ? ['.', home] : [home])) {
        for (const [file, lines] of Object.entries(own)) {
          const path = posix.join(place, folder, file);
          files[path] = `AZURE_DEPLOYMENT=${path}\n${lines}`;
        }
        if (env !== null) files[posix.join(place, folder, '.env')] = env;
      }
    }
    for (const [path, lines] of Object.entries(project)) files[posix.join(home, path)] = text(lines);
    if (one.inclusion !== null) files[posix.join(home, 'parts/x.env')] = one.inclusion.x;
    if (one.start !== 'found') files[overPath] = text(over);
    const listed = one.start === 'list' || one.start === 'list below';
    if (listed) files['up.sh'] = `docker compose ${given.map((path) => `-f ${path}`).join(' ')} up -d\n`;
    if (one.start === 'variable') files['.env'] = `COMPOSE_FILE=${given.join(':')}\n${one.top}`;
    return { files, given: listed ? given : null };
  });

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { pathsOf } from '#server/config/features/paths.ts';
import { findingsOf, modelOf, pathOf, uriOf } from '../../rules/workspace.ts';
import { chain, effective, processOf } from './processes.ts';

const agent = (name: string, lines: readonly string[] = []): string =>
  `services:\n  ${name}:\n    image: acme/agent\n    command: jarviscore --help\n${lines.map((line) => `    ${line}\n`).join('')}`;
const port = (number: number | string): string => `environment: {JARVISCORE_BIND_PORT: "${number}"}`;
const names = (files: Record<string, string>): string[] => modelOf(files).processes.map((process) => process.name);
const swim = (files: Record<string, string>, name: string): string => effective(processOf(files, name), 'JARVISCORE_BIND_PORT');

describe('the project directory of an include', () => {
  const include = 'include:\n  - path: parts/agents.yaml\n    project_directory: base\n';

  test('is where the relative paths of the included file start', () => {
    const files = {
      'compose.yaml': include,
      'parts/agents.yaml':
        'services:\n  a:\n    build: app\n    env_file: a.env\n    command: python node.py\n    extends: {file: common.yml, service: c}\n    volumes: ["./mounted.env:/srv/.env"]\n',
      'parts/a.env': 'JARVISCORE_BIND_PORT=1\n',
      'base/a.env': 'JARVISCORE_BIND_PORT=2\n',
      'base/common.yml': 'services:\n  c:\n    env_file: c.env\n',
      'base/c.env': 'ZMQ_PORT_OFFSET=3\n',
      'base/mounted.env': 'JARVISCORE_NODE_NAME=mounted\n',
      'base/app/Dockerfile': 'FROM python:3.12\nENV LOG_LEVEL=DEBUG\n',
      'base/app/node.py': 'from jarviscore import Mesh\nMesh(config={})\n',
    };
    const process = processOf(files, 'a');
    expect(effective(process, 'JARVISCORE_BIND_PORT')).toBe('2 (base/a.env:1)');
    expect(effective(process, 'ZMQ_PORT_OFFSET')).toBe('3 (base/c.env:1)');
    expect(effective(process, 'LOG_LEVEL')).toBe('DEBUG (base/app/Dockerfile:2)');
    expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('mounted (base/mounted.env:1)');
    expect(process.program?.uri).toBe(uriOf('base/app/node.py'));
    const model = modelOf(files);
    const document = model.documents.get(uriOf('parts/agents.yaml'));
    const targets =
      document === undefined ? [] : pathsOf(model, document).map(({ path, target }) => [path, target && pathOf(target)]);
    expect(targets).toEqual(
      expect.arrayContaining([
        ['a.env', 'base/a.env'],
        ['common.yml', 'base/common.yml'],
      ]),
    );
  });

  test('is where its .env is, and what it includes itself', () => {
    const files = {
      'compose.yaml': include,
      'parts/agents.yaml': 'include: [more.yaml]\nservices: {}\n',
      'base/more.yaml': agent('a', [port('${PORT}')]),
      'parts/more.yaml': agent('z', [port(9)]),
      'parts/.env': 'PORT=1\n',
      'base/.env': 'PORT=2\n',
    };
    expect(swim(files, 'a')).toBe('2 (base/more.yaml:5)');
  });
});

describe('files that are started together', () => {
  const files = {
    'deploy/compose.yaml': agent('a'),
    'prod/compose.prod.yaml': agent('a', ['env_file: vars.env', 'environment: {ZMQ_PORT_OFFSET: "${OFFSET}"}']),
    'prod/vars.env': 'JARVISCORE_BIND_PORT=1\n',
    'prod/.env': 'OFFSET=11\n',
    'deploy/vars.env': 'JARVISCORE_BIND_PORT=2\n',
    'deploy/.env': 'OFFSET=12\n',
  };

  test.each<[string, Record<string, string>]>([
    ['by a script', { 'up.sh': 'docker compose -f deploy/compose.yaml -f prod/compose.prod.yaml up -d\n' }],
    ['by COMPOSE_FILE', { '.env': 'COMPOSE_FILE=deploy/compose.yaml:prod/compose.prod.yaml\n' }],
  ])('%s have the folder and the .env of the first', (_how, more) => {
    const process = processOf({ ...files, ...more }, 'a');
    expect(effective(process, 'JARVISCORE_BIND_PORT')).toBe('2 (deploy/vars.env:1)');
    expect(effective(process, 'ZMQ_PORT_OFFSET')).toBe('12 (prod/compose.prod.yaml:6)');
  });

  test('by COMPOSE_FILE take their variables from the file that says so first', () => {
    const env = 'COMPOSE_FILE=deploy/compose.yaml:prod/compose.prod.yaml\nOFFSET=13\n';
    expect(effective(processOf({ ...files, '.env': env }, 'a'), 'ZMQ_PORT_OFFSET')).toBe('13 (prod/compose.prod.yaml:6)');
  });

  test('by several paths of an include have the folder of the first', () => {
    const included = {
      ...files,
      'compose.yaml': 'include:\n  - path: [deploy/compose.yaml, prod/compose.prod.yaml]\n',
    };
    const process = processOf(included, 'a');
    expect(effective(process, 'JARVISCORE_BIND_PORT')).toBe('2 (deploy/vars.env:1)');
    expect(effective(process, 'ZMQ_PORT_OFFSET')).toBe('12 (prod/compose.prod.yaml:6)');
  });

  test.each<[string, string]>([
    ['ports alone', 'services:\n  a:\n    ports: ["7950:7950"]\n'],
    ['a service in one line', 'services:\n  a: {deploy: {replicas: 1}}\n'],
  ])('are laid over each other where one of them says little: %s', (_what, text) => {
    const little = {
      'stack/one.yaml': agent('a', [port(1)]),
      'stack/two.yaml': text,
      'stack/three.yaml': agent('a', [port(3)]),
      'up.sh': 'docker compose -f stack/one.yaml -f stack/two.yaml -f stack/three.yaml up -d\n',
    };
    expect(names(little)).toEqual(['a']);
    expect(swim(little, 'a')).toBe('3 (stack/three.yaml:5)');
  });

  test('may be included by one that does nothing else, whatever its name is', () => {
    const files = {
      'compose.yaml': 'include: [stacks/all.yaml]\n',
      'stacks/all.yaml': 'include:\n  - path: agents/one.yaml\n    env_file: agents/one.env\n',
      'stacks/agents/one.yaml': agent('a', [port('${PORT}')]),
      'stacks/agents/one.env': 'PORT=7951\n',
    };
    expect(swim(files, 'a')).toBe('7951 (stacks/agents/one.yaml:5)');
  });

  test('leave out what compose finds by its name alone', () => {
    const named = {
      'compose.yaml': agent('a', [port(1)]),
      'compose.override.yaml': agent('a', [port(2)]),
      'compose.prod.yaml': agent('a', [port(3)]),
    };
    expect(swim(named, 'a')).toBe('2 (compose.override.yaml:5)');
    // Of two overrides it reads one.
    const both = { ...named, 'docker-compose.override.yml': agent('a', [port(4)]) };
    expect(swim(both, 'a')).toBe('2 (compose.override.yaml:5)');
    expect(swim({ ...named, '.env': 'COMPOSE_FILE=compose.yaml:compose.prod.yaml\n' }, 'a')).toBe('3 (compose.prod.yaml:5)');
    const alone = { ...named, '.env': 'COMPOSE_FILE=compose.prod.yaml\n' };
    expect(names(alone)).toEqual(['a']);
    expect(swim(alone, 'a')).toBe('3 (compose.prod.yaml:5)');
  });
});

describe('a service that an included file has as well', () => {
  const included = {
    'parts/agents.yaml': agent('a', [
      'env_file: a.env',
      'environment:',
      '  JARVISCORE_BIND_PORT: "${PORT}"',
      '  ZMQ_PORT_OFFSET: "${PORT}"',
      '  LOG_LEVEL:',
    ]),
    'parts/a.env': 'JARVISCORE_NODE_NAME=parts\n',
    'parts/.env': 'PORT=1\nLOG_LEVEL=DEBUG\n',
    'a.env': 'JARVISCORE_NODE_NAME=own\n',
    '.env': 'PORT_OF_MINE=2\n',
  };
  const own = agent('a', ['env_file: a.env', 'environment: {JARVISCORE_BIND_PORT: "${PORT_OF_MINE}${PORT:-0}"}']);

  test('is laid over it, each with its own folder and variables', () => {
    const files = { ...included, 'compose.yaml': `include: [parts/agents.yaml]\n${own}` };
    expect(names(files)).toEqual(['a']);
    const process = processOf(files, 'a');
    expect(chain(process, 'JARVISCORE_BIND_PORT').slice(0, 2)).toEqual(['20 (compose.yaml:7)', '1 (parts/agents.yaml:7)']);
    expect(effective(process, 'ZMQ_PORT_OFFSET')).toBe('1 (parts/agents.yaml:8)');
    expect(chain(process, 'JARVISCORE_NODE_NAME').slice(0, 2)).toEqual(['own (a.env:1)', 'parts (parts/a.env:1)']);
    // A name alone in a map is looked up where the two are laid over each other.
    expect(effective(process, 'LOG_LEVEL')).toBe('<absent> (parts/agents.yaml:9)');
  });

  test('is laid over by an override file, too', () => {
    const files = { ...included, 'compose.yaml': 'include: [parts/agents.yaml]\n', 'compose.override.yaml': own };
    expect(names(files)).toEqual(['a']);
    expect(swim(files, 'a')).toBe('20 (compose.override.yaml:6)');
    // An include knows nothing of the override beside what it names.
    const beside = {
      ...included,
      'compose.yaml': 'include: [parts/compose.yaml]\n',
      'parts/compose.yaml': agent('a', [port(3)]),
    };
    expect(swim({ ...beside, 'parts/compose.override.yaml': agent('a', [port(4)]) }, 'a')).toBe('3 (parts/compose.yaml:5)');
  });

  test('of two includes counts the first', () => {
    const files = {
      'compose.yaml': 'include: [one.yaml, two.yaml]\n',
      'one.yaml': agent('a', [port(1)]),
      'two.yaml': agent('a', [port(2)]),
    };
    expect(names(files)).toEqual(['a']);
    expect(swim(files, 'a')).toBe('1 (one.yaml:5)');
  });

  test('can be extended without naming the file', () => {
    const files = { ...included, 'compose.yaml': `include: [parts/agents.yaml]\n${agent('b', ['extends: a'])}` };
    expect(names(files).sort()).toEqual(['a', 'b']);
    expect(swim(files, 'b')).toBe('1 (parts/agents.yaml:7)');
    expect(effective(processOf(files, 'b'), 'JARVISCORE_NODE_NAME')).toBe('parts (parts/a.env:1)');
  });
});

describe('extends', () => {
  const files = {
    'compose.yaml': `${agent('a', ['extends: {file: shared/common.yml, service: c}'])}  b:\n    extends: a\n    environment:\n      LOG_LEVEL: INFO\n`,
    'shared/common.yml': agent('c', ['env_file: c.env', port('${PORT:?}')]),
    'shared/c.env': 'JARVISCORE_NODE_NAME=shared\n',
    'shared/.env': 'PORT=1\n',
    '.env': 'PORT=2\n',
  };

  test.each(['a', 'b'])('over several steps has the paths of its own folder and the variables of the project: %s', (name) => {
    expect(swim(files, name)).toBe('2 (shared/common.yml:6)');
    expect(effective(processOf(files, name), 'JARVISCORE_NODE_NAME')).toBe('shared (shared/c.env:1)');
  });

  test('asks for no variable that the project sets', () => {
    const secret = { ...files, 'shared/common.yml': agent('c', ['environment: {NEXUS_SECRET: "${NEXUS_SECRET:?}"}']) };
    const found = (more: Record<string, string>): number =>
      findingsOf({ ...secret, ...more }).filter(({ rule }) => rule === 'compose-required-unset').length;
    expect(found({ '.env': 'NEXUS_SECRET=hQ7vX2mK9pRt4wYz8nBc3dFg6jLs5aEu\n' })).toBe(0);
    expect(found({})).toBe(1);
  });
});

describe('rules about services of several files', () => {
  const rules = (files: Record<string, string>, rule: string): string[] =>
    findingsOf(files, { profile: 'production' })
      .filter((finding) => finding.rule === rule)
      .map(({ uri, range }) => `${pathOf(uri)}:${range.start.line + 1}`);
  const base = agent('a', ['environment: {NEXUS_SECRET: "${NEXUS_SECRET}", P2P_ENABLED: "true"}']);
  const secured = '    security_opt: ["seccomp=unconfined", "systempaths=unconfined"]\n    volumes: ["keys:/root/.jarviscore"]\n';

  test('judge them once, by all they are made of', () => {
    const files = { 'compose.yaml': base, '.env': 'NEXUS_SECRET=hQ7vX2mK9pRt4wYz8nBc3dFg6jLs5aEu\n' };
    const two = { ...files, 'compose.override.yaml': 'services:\n  a:\n    environment: {LOG_LEVEL: INFO}\n' };
    expect(rules(two, 'prod-no-confinement')).toEqual(['compose.yaml:2']);
    expect(rules(two, 'nexus-secret-without-salt-volume')).toEqual(['compose.yaml:5']);
    const whole = { ...files, 'compose.override.yaml': `services:\n  a:\n${secured}` };
    expect(rules(whole, 'prod-no-confinement')).toEqual([]);
    expect(rules(whole, 'nexus-secret-without-salt-volume')).toEqual([]);
    const extending = `${agent('a', ['extends: {file: common.yml, service: c}', 'environment: {P2P_ENABLED: "true"}'])}`;
    expect(rules({ 'compose.yaml': extending, 'common.yml': agent('c') }, 'prod-no-confinement')).toEqual(['compose.yaml:2']);
    expect(rules({ 'compose.yaml': extending, 'common.yml': agent('c') + secured }, 'prod-no-confinement')).toEqual([]);
  });

  test('count what another file keeps for a store', () => {
    const stored = {
      'compose.yaml': `${agent('a', ['environment: {REDIS_URL: "redis://redis:6379/0"}'])}  redis:\n    image: redis:7\n`,
      'compose.override.yaml': 'services:\n  redis:\n    volumes: ["data:/data"]\n',
    };
    expect(rules({ 'compose.yaml': stored['compose.yaml'] }, 'redis-no-persistence')).toHaveLength(1);
    expect(rules(stored, 'redis-no-persistence')).toEqual([]);
  });

  test('leave names alone that fill in a variable', () => {
    const files = {
      'compose.yaml': agent('a', ['environment: {JARVISCORE_BIND_PORT: "${BIND_PORT}"}']),
      '.env': 'BIND_PORT=7950\n',
    };
    const all = ['var-not-in-release', 'unprefixed-p2p-var'];
    expect(all.flatMap((rule) => rules(files, rule))).toEqual([]);
    expect(all.flatMap((rule) => rules({ '.env': 'BIND_PORT=7950\n' }, rule))).toHaveLength(1);
  });
});

test('an env file refers to nothing between single quotes, whatever the names are', () => {
  const files = {
    'compose.yaml': agent('a', ['env_file: vars.env', 'environment: {LOG_LEVEL: "${SHELL_ONLY}"}']),
    'vars.env': "JARVISCORE_NODE_NAME='${LOG_LEVEL}-1'\nJARVISCORE_BIND_HOST=${LOG_LEVEL}\n",
  };
  const process = processOf(files, 'a');
  expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('${LOG_LEVEL}-1 (vars.env:1)');
  expect(effective(process, 'JARVISCORE_BIND_HOST')).toBe('<unknown> (vars.env:2)');
});

test('services of several files of a project share a network', () => {
  const files = {
    'compose.yaml': `include: [parts/agents.yaml]\n${agent('a', [port(7950)])}`,
    'parts/agents.yaml': agent('b', ['network_mode: service:a', port(7950)]),
  };
  const [a, b] = [processOf(files, 'a'), processOf(files, 'b')];
  expect(b.hostGroup).toBe(a.hostGroup);
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../rules/workspace.ts';
import { effective, processOf } from './processes.ts';

const rules = (files: Record<string, string>, ...wanted: string[]): string[] =>
  findingsOf(files)
    .map(({ rule }) => rule)
    .filter((rule) => wanted.includes(rule));

const service = (name: string, profiles: string, port = 7950): string =>
  `  ${name}:\n    image: acme/agent\n    network_mode: host\n${profiles === '' ? '' : `    profiles: ${profiles}\n`}` +
  `    environment: {JARVISCORE_NODE_NAME: worker, JARVISCORE_BIND_HOST: 10.0.0.5, JARVISCORE_BIND_PORT: "${port}", P2P_ENABLED: "true"}\n`;

describe('compose profiles', () => {
  const all = ['port-collision-swim', 'node-name-duplicate', 'fleet-no-seed-anywhere'];

  test('keep services apart that share none', () => {
    expect(rules({ 'compose.yaml': `services:\n${service('dev', '[dev]')}${service('prod', '[prod]')}` }, ...all)).toEqual([]);
    const hub = service('hub', '', 7999).replace('worker', 'hub');
    const beside = `services:\n${hub}${service('dev', '[dev]')}${service('prod', '[prod]')}`;
    expect(rules({ 'compose.yaml': beside }, 'port-collision-swim', 'node-name-duplicate')).toEqual([]);
  });

  test.each([
    ['share one', '[dev, test]', '[test]', {}],
    ['one of them always runs beside', '[dev]', '', {}],
    ['the project asks for both', '[dev]', '[prod]', { '.env': 'COMPOSE_PROFILES=dev,prod\n' }],
    ['the project asks for all', '[dev]', '[prod]', { '.env': 'COMPOSE_PROFILES=*\n' }],
  ])('do not where services %s', (_what, a, b, more) => {
    const files = { 'compose.yaml': `services:\n${service('one', a)}${service('two', b)}`, ...more };
    expect(rules(files, 'port-collision-swim')).toHaveLength(2);
  });

  const two = `services:\n${service('one', '[dev]')}${service('two', '[prod]')}`;

  test.each<[string, Record<string, string>]>([
    ['flags', { 'start.sh': 'docker compose --profile dev --profile=prod up -d\n' }],
    ['the variable', { 'start.sh': 'COMPOSE_PROFILES=dev,prod docker compose up\n' }],
    ['what was exported', { 'start.sh': 'export COMPOSE_PROFILES=dev,prod\ndocker-compose up\n' }],
    ['all profiles', { 'scripts/start.sh': "docker compose --profile '*' start\n" }],
  ])('start services together that a script asks for with %s', (_what, script) => {
    expect(rules({ 'compose.yaml': two, ...script }, 'port-collision-swim')).toHaveLength(2);
  });

  test.each<[string, Record<string, string>]>([
    ['one at a time', { 'start.sh': 'docker compose --profile dev up\ndocker compose --profile prod up\n' }],
    ['one and another that is no service of these', { 'start.sh': 'docker compose --profile dev --profile debug up\n' }],
    ['a flag over the variable', { 'start.sh': 'COMPOSE_PROFILES=dev,prod docker compose --profile dev up\n' }],
    ['no profile', { 'start.sh': 'docker compose up\n' }],
    ['a command that starts nothing', { 'start.sh': 'docker compose --profile dev --profile prod config\n' }],
    [
      'profiles of another project',
      {
        'start.sh': 'docker compose -f other.yaml --profile dev --profile prod up\n',
        'other.yaml': two.replaceAll('7950', '7999').replaceAll('10.0.0.5', '10.0.0.6'),
      },
    ],
  ])('stay apart where a script starts %s', (_what, files) => {
    const own = rules({ 'compose.yaml': two, ...files }, 'port-collision-swim').length;
    // What the other project says of itself is its own matter.
    expect(own).toBe('other.yaml' in files ? 2 : 0);
  });

  test('keep those apart that no single command starts together', () => {
    const three = `${two}${service('three', '[test]')}`;
    const script = 'docker compose --profile dev --profile prod up\ndocker compose --profile dev --profile test up\n';
    const found = findingsOf({ 'compose.yaml': three, 'start.sh': script }).filter(({ rule }) => rule === 'port-collision-swim');
    // prod and test never run at once: each of the pairs has `dev` in it.
    expect(found.flatMap(({ related }) => related.map(({ message }) => message)).join()).not.toBe('');
    const pair = `services:\n${service('two', '[prod]')}${service('three', '[test]')}`;
    expect(rules({ 'compose.yaml': pair, 'start.sh': script }, 'port-collision-swim')).toEqual([]);
  });

  test('keep the readers of one env file apart', () => {
    const one = (name: string): string =>
      `  ${name}:\n    image: acme/agent\n    network_mode: host\n    profiles: [${name}]\n    env_file: node.env\n`;
    const files = {
      'compose.yaml': `services:\n${one('a')}${one('b')}`,
      'node.env': 'JARVISCORE_BIND_PORT=7950\nP2P_ENABLED=true\n',
    };
    const severities = (given: Record<string, string>): string[] =>
      findingsOf(given).flatMap(({ rule, severity }) => (rule === 'per-process-var-in-shared-env' ? [severity] : []));
    expect(severities(files)).toEqual(['warning']);
    expect(severities({ ...files, 'compose.yaml': files['compose.yaml'].replaceAll(/ +profiles.*\n/g, '') })).toEqual(['error']);
  });
});

describe('variables of an included file', () => {
  const part =
    'services:\n  a:\n    image: acme/agent\n    environment:\n      P2P_ENABLED: "true"\n      JARVISCORE_BIND_PORT: ${PORT:-1}\n';

  test('come from the env file its include names', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: parts/agents.yaml\n    env_file: parts/agents.env\n',
      'parts/agents.yaml': part,
      'parts/agents.env': 'PORT=7951\n',
      'parts/.env': 'PORT=7952\n',
    };
    expect(effective(processOf(files, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7951 (parts/agents.yaml:6)');
    expect(effective(processOf({ ...files, '.env': 'PORT=7953\n' }, 'a'), 'JARVISCORE_BIND_PORT')).toBe(
      '7953 (parts/agents.yaml:6)',
    );
  });

  test('come from the .env beside it where the include names none, and from the last of several', () => {
    const files = { 'compose.yaml': 'include: [parts/agents.yaml]\n', 'parts/agents.yaml': part, 'parts/.env': 'PORT=7952\n' };
    expect(effective(processOf(files, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7952 (parts/agents.yaml:6)');
    const two = {
      'compose.yaml': 'include:\n  - path: parts/agents.yaml\n    env_file: [a.env, b.env]\n',
      'parts/agents.yaml': part,
      'a.env': 'PORT=7954\n',
      'b.env': 'PORT=7955\n',
    };
    expect(effective(processOf(two, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7955 (parts/agents.yaml:6)');
  });

  test('are looked up in a circle once', () => {
    const files = {
      'compose.yaml': `include: [other.yaml]\n${part}`,
      'other.yaml': 'include: [compose.yaml]\nservices: {}\n',
      '.env': 'PORT=7956\n',
    };
    expect(effective(processOf(files, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7956 (compose.yaml:7)');
  });

  test('that are demanded may be given by the include', () => {
    const required = 'services:\n  a:\n    image: acme/agent\n    environment:\n      NEXUS_SECRET: ${NEXUS_SECRET:?}\n';
    const files = (env: string): Record<string, string> => ({
      'compose.yaml': 'include:\n  - path: parts/agents.yaml\n    env_file: parts/agents.env\n',
      'parts/agents.yaml': required,
      'parts/agents.env': env,
    });
    expect(rules(files('NEXUS_SECRET=hQ7vX2mK9pRt4wYz8nBc3dFg6jLs5aEu\n'), 'compose-required-unset')).toEqual([]);
    expect(rules(files('OTHER=1\n'), 'compose-required-unset')).toEqual(['compose-required-unset']);
  });

  test('are not what its env files refer to: those are read with the including project’s', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: parts/agents.yaml\n    env_file: parts/agents.env\n',
      'parts/agents.yaml':
        'services:\n  a:\n    image: acme/agent\n    env_file: a.env\n    environment:\n      P2P_ENABLED: "true"\n',
      'parts/a.env': 'JARVISCORE_BIND_PORT=${PORT}\n',
      'parts/agents.env': 'PORT=7951\n',
      'parts/.env': 'PORT=7952\n',
      '.env': 'PORT=7953\n',
    };
    expect(effective(processOf(files, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7953 (parts/a.env:1)');
  });

  describe('whose names stand alone', () => {
    const base = {
      'compose.yaml': 'include: [parts/agents.yaml]\n',
      'parts/.env': 'JARVISCORE_BIND_PORT=7952\n',
    };
    const port = (environment: string, more: Record<string, string> = {}) =>
      effective(
        processOf({ ...base, 'parts/agents.yaml': `services:\n  a:\n    image: acme/agent\n${environment}`, ...more }, 'a'),
        'JARVISCORE_BIND_PORT',
      );
    const map = '    environment:\n      P2P_ENABLED: "true"\n      JARVISCORE_BIND_PORT:\n';
    const list = '    environment:\n      - P2P_ENABLED=true\n      - JARVISCORE_BIND_PORT\n';

    test('in a map take the value of the project that is started', () => {
      expect(port(map, { '.env': 'JARVISCORE_BIND_PORT=7953\n' })).toBe('7953 (parts/agents.yaml:6)');
      // Nothing of the project: only the shell of whoever starts it may have it.
      expect(port(map)).toBe('<absent> (parts/agents.yaml:6)');
    });

    test('in a list take the value of the include', () => {
      expect(port(list)).toBe('7952 (parts/agents.yaml:6)');
      expect(port(list, { '.env': 'JARVISCORE_BIND_PORT=7953\n' })).toBe('7953 (parts/agents.yaml:6)');
    });

    test('take that of the include where two maps are laid over each other, which makes a list', () => {
      const extending =
        '    extends: {service: b}\n    environment:\n      P2P_ENABLED: "true"\n  b:\n    image: acme/agent\n    environment:\n      JARVISCORE_BIND_PORT:\n';
      expect(port(extending)).toBe('7952 (parts/agents.yaml:10)');
      const alone = extending.replace('    environment:\n      P2P_ENABLED: "true"\n', '').replace('acme/agent', 'jarviscore');
      expect(port(alone, { '.env': 'JARVISCORE_BIND_PORT=7953\n' })).toBe('7953 (parts/agents.yaml:8)');
      const overlay = {
        'compose.yaml': 'include:\n  - path: [parts/agents.yaml, parts/more.yaml]\n',
        'parts/more.yaml': 'services:\n  a:\n    environment:\n      LOG_LEVEL: INFO\n',
      };
      expect(port(map, overlay)).toBe('7952 (parts/agents.yaml:6)');
    });
  });

  test('of its env file are read with what the project sets', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: parts/agents.yaml\n    env_file: [parts/a.env, parts/b.env]\n',
      'parts/agents.yaml': part,
      'parts/a.env': 'HUNDREDS=80\nTENS=3\n',
      'parts/b.env': 'PORT=${HUNDREDS}${TENS}1\n',
      '.env': 'HUNDREDS=79\n',
    };
    expect(effective(processOf(files, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7931 (parts/agents.yaml:6)');
  });

  test('are those of a later file where a name alone follows its value', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: parts/agents.yaml\n    env_file: [parts/a.env, parts/b.env]\n',
      'parts/agents.yaml': part,
      'parts/a.env': 'PORT=7951\n',
      'parts/b.env': 'PORT=7952\nPORT\n',
    };
    expect(effective(processOf(files, 'a'), 'JARVISCORE_BIND_PORT')).toBe('7952 (parts/agents.yaml:6)');
  });

  test('leave it to the project which profiles run', () => {
    const files = (env: string) => ({
      'compose.yaml': 'include: [parts/agents.yaml]\n',
      'parts/agents.yaml': `services:\n${service('one', '[dev]')}${service('two', '[prod]')}`,
      [env]: 'COMPOSE_PROFILES=dev,prod\n',
    });
    expect(rules(files('.env'), 'port-collision-swim')).toHaveLength(2);
    expect(rules(files('parts/.env'), 'port-collision-swim')).toEqual([]);
  });
});

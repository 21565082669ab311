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
});

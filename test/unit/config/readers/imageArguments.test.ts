// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { findingsOf, modelOf } from '../../rules/workspace.ts';
import { effective, processOf } from './processes.ts';

const compose = 'services:\n  a:\n    build: .\n    command: python node.py\n';
const built = (dockerfile: string, more = compose, files: Record<string, string> = {}) =>
  processOf({ Dockerfile: dockerfile, 'compose.yaml': more, 'node.py': 'from jarviscore import Mesh\nMesh()\n', ...files }, 'a');
const port = (...given: Parameters<typeof built>): string =>
  effective(built(...given), 'JARVISCORE_BIND_PORT').split(' ')[0] ?? '';
const withArgs = (args: string): string => compose.replace('build: .', `build: {context: ., args: ${args}}`);

describe('variables of an image', () => {
  const plain = 'FROM python:3.12\nARG PORT=7950\nENV JARVISCORE_BIND_PORT=${PORT}\n';

  test('take the default of an argument, and the value a service builds with', () => {
    expect(port(plain)).toBe('7950');
    expect(port(plain, withArgs('{PORT: 7951}'))).toBe('7951');
    expect(port(plain, withArgs('["PORT=7952", "OTHER=1"]'))).toBe('7952');
    expect(port(plain, withArgs('{OTHER: 1}'))).toBe('7950');
  });

  test('take arguments that compose fills in', () => {
    expect(port(plain, withArgs('{PORT: "${NODE_PORT:-7953}"}'))).toBe('7953');
    expect(port(plain, withArgs('{PORT: "${NODE_PORT}"}'), { '.env': 'NODE_PORT=7954\n' })).toBe('7954');
    expect(port(plain, withArgs('[PORT]'), { '.env': 'PORT=7955\n' })).toBe('7955');
  });

  test('come before arguments of their name, also in a later stage, which loses the arguments', () => {
    expect(port('FROM a\nARG X=1\nENV X=7956\nENV JARVISCORE_BIND_PORT=$X\n', withArgs('{X: 3}'))).toBe('7956');
    expect(port('FROM a AS one\nARG X=7957\nENV Y=$X\nFROM one\nENV JARVISCORE_BIND_PORT=$Y\n')).toBe('7957');
    expect(port('FROM a AS one\nARG X=7957\nFROM one\nENV JARVISCORE_BIND_PORT=$X\n')).toBe('<unknown>');
  });

  test('see an argument of the whole file when their stage asks for it', () => {
    expect(port('ARG X=7958\nFROM a\nARG X\nENV JARVISCORE_BIND_PORT=$X\n')).toBe('7958');
    expect(port('ARG X=7958\nFROM a\nENV JARVISCORE_BIND_PORT=$X\n')).toBe('<unknown>');
    expect(port('FROM a\nARG X\nENV JARVISCORE_BIND_PORT=$X\n')).toBe('<unknown>');
  });

  test('keep what a secret went into', () => {
    const text = 'FROM a\nARG API_TOKEN=hunter2hunter2\nENV A=${API_TOKEN}\nENV LOG_LEVEL=x${A} JARVISCORE_BIND_PORT=1\n';
    const files = {
      Dockerfile: text,
      'compose.yaml': withArgs('{API_TOKEN: hunter3hunter3}'),
      'node.py': 'from jarviscore import Mesh\nMesh()\n',
    };
    expect(JSON.stringify([...modelOf(files).documents.values()])).not.toContain('hunter');
    expect(effective(processOf(files, 'a'), 'LOG_LEVEL')).toBe('<set> (Dockerfile:4)');
  });

  test('that double themselves end soon', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `ENV A${i + 1}=$\{A${i}}$\{A${i}}`).join('\n');
    expect(port(`FROM a\nENV A0=xx\n${lines}\nENV JARVISCORE_BIND_PORT=$A200\n`)).toBe('<unknown>');
  });

  test('give the metrics port that Prometheus has to ask', () => {
    const text = 'FROM a\nARG METRICS=9300\nENV P2P_ENABLED=true PROMETHEUS_ENABLED=true PROMETHEUS_PORT=${METRICS}\n';
    const found = (target: string, service = compose): unknown =>
      findingsOf(
        {
          Dockerfile: text,
          'compose.yaml': service,
          'prometheus.yml': `scrape_configs:\n  - static_configs:\n      - targets: ["${target}"]\n`,
        },
        { profile: 'production' },
      ).flatMap(({ rule, message }) => (rule === 'prod-prometheus-no-scrape-target' ? [/port (\d+)/.exec(message)?.[1]] : []));
    expect(found('a:9300')).toEqual([]);
    expect(found('a:9090')).toEqual(['9300']);
    expect(found('a:9300', withArgs('{METRICS: 9301}'))).toEqual(['9301']);
  });
});

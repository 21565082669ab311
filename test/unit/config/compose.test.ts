// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import type { DeclaredProcess, SourceDocument } from '#server/config/model/types.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';

function documentOf(text: string): SourceDocument {
  const document = modelOf({ 'compose.yaml': text }).documents.get(uriOf('compose.yaml'));
  if (document === undefined) throw new Error('no document');
  return document;
}

function unitOf(text: string, name: string) {
  const unit = documentOf(text).deployment?.units.find((one) => one.name === name);
  if (unit === undefined) throw new Error(`no service ${name}`);
  return unit;
}

function processNamed(files: Record<string, string>, name: string): DeclaredProcess {
  const process = modelOf(files).processes.find((one) => one.name === name);
  if (process === undefined) throw new Error(`no process ${name}`);
  return process;
}

const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});

describe('assignments', () => {
  test('of a map, with exact places', () => {
    const { assignments } = unitOf(
      'services:\n  a:\n    environment:\n      JARVISCORE_BIND_PORT: 7946\n      P2P_ENABLED: "true" # on\n      LOG_LEVEL:\n',
      'a',
    );
    expect(assignments).toMatchObject([
      {
        name: 'JARVISCORE_BIND_PORT',
        process: 'compose-service:a',
        value: { kind: 'text', text: '7946' },
        range: at(3, 6, 32),
        nameRange: at(3, 6, 26),
        valueRange: at(3, 28, 32),
        quote: 'none',
      },
      { name: 'P2P_ENABLED', value: { kind: 'text', text: 'true' }, valueRange: at(4, 19, 25), quote: 'double' },
      { name: 'LOG_LEVEL', value: { kind: 'absent' }, valueRange: null },
    ]);
  });

  test('of a list, with exact places', () => {
    const { assignments } = unitOf(
      'services:\n  a:\n    environment:\n      - JARVISCORE_BIND_PORT=7946\n      - "LOG_LEVEL=INFO"\n      - REDIS_URL\n',
      'a',
    );
    expect(assignments).toMatchObject([
      { name: 'JARVISCORE_BIND_PORT', nameRange: at(3, 8, 28), valueRange: at(3, 29, 33), value: { text: '7946' } },
      { name: 'LOG_LEVEL', nameRange: at(4, 9, 18), valueRange: at(4, 19, 23), value: { text: 'INFO' } },
      { name: 'REDIS_URL', value: { kind: 'absent' }, valueRange: null },
    ]);
  });

  test('through anchors and merges; the own key beats the merged one', () => {
    const text =
      'x-env: &env\n  JARVISCORE_SEED_NODES: a:7946\n  LOG_LEVEL: INFO\nservices:\n  a:\n    environment:\n      <<: *env\n      LOG_LEVEL: DEBUG\n  b:\n    environment: *env\n';
    expect(unitOf(text, 'a').assignments.map((one) => [one.name, one.nameRange.start.line])).toEqual([
      ['JARVISCORE_SEED_NODES', 1],
      ['LOG_LEVEL', 7],
    ]);
    expect(unitOf(text, 'b').assignments).toHaveLength(2);
  });

  test('through extends, also in a cycle', () => {
    const text =
      'services:\n  base:\n    image: x\n    environment: {JARVISCORE_BIND_PORT: 1, LOG_LEVEL: INFO}\n    ports: ["1:1"]\n  a:\n    extends: base\n    environment: {JARVISCORE_BIND_PORT: 2}\n  c: {extends: {service: d}, environment: {P2P_ENABLED: 1}}\n  d: {extends: {service: c}, environment: {P2P_ENABLED: 0}}\n';
    expect(unitOf(text, 'a').assignments.map((one) => [one.name, one.process, one.value])).toEqual([
      ['JARVISCORE_BIND_PORT', 'compose-service:a', { kind: 'text', text: '1' }],
      ['LOG_LEVEL', 'compose-service:a', { kind: 'text', text: 'INFO' }],
      ['JARVISCORE_BIND_PORT', 'compose-service:a', { kind: 'text', text: '2' }],
    ]);
    expect(unitOf(text, 'a').ports).toHaveLength(1);
    expect(unitOf(text, 'c').assignments.length).toBeGreaterThan(0);
  });

  test('a secret leaves nothing but facts', () => {
    const document = documentOf(
      'services:\n  a:\n    environment:\n      JARVISCORE_NODE_NAME: n\n      CLAUDE_API_KEY: hunter2-hunter2\n      OTHER: hunter2-x\n      REDIS_URL: redis://:hunter2@r:6379\n    image: https://u:hunter2@registry/x\n',
    );
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });
});

describe('which services run the framework', () => {
  test('by names, program, image or env file', () => {
    const files = {
      'docker-compose.yml': `services:
  named: {image: mine, environment: {JARVISCORE_BIND_PORT: 7946}}
  program: {build: ., command: ["python", "node.py"]}
  fed: {image: mine, env_file: node.env}
  web: {build: ./web, command: python manage.py runserver, environment: {REDIS_URL: "redis://r:6379"}, env_file: web.env}
  redis: {image: "redis:7-alpine", env_file: node.env}
  db: {image: "postgres:16", environment: {POSTGRES_PASSWORD: x, LOG_LEVEL: info}}
`,
      'node.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7950})\n',
      'node.env': 'JARVISCORE_NODE_NAME=fed\n',
      'web.env': 'DEBUG=1\n',
    };
    const model = modelOf(files);
    expect(model.processes.map((one) => [one.declaration.kind, one.name])).toEqual([
      ['compose-service', 'named'],
      ['compose-service', 'program'],
      ['compose-service', 'fed'],
      ['mesh', 'node'],
    ]);
    const program = model.processes[1];
    expect(program?.program?.uri).toBe(uriOf('node.py'));
    expect(program?.ports.swim).toBe(7950);
    expect(model.processes[3]?.startedBy).toEqual([program?.id]);
  });
});

describe('effective settings', () => {
  const compose = (body: string): string => `services:\n  a:\n    image: mine\n${body}`;

  test('environment beats env_file, the later env_file beats the earlier', () => {
    const process = processNamed(
      {
        'compose.yaml': compose(
          '    env_file: [one.env, {path: two.env, required: false}]\n    environment: {JARVISCORE_NODE_NAME: env}\n',
        ),
        'one.env': 'JARVISCORE_NODE_NAME=one\nJARVISCORE_BIND_PORT=1\nZMQ_PORT_OFFSET=10\n',
        'two.env': 'JARVISCORE_BIND_PORT=2\n',
      },
      'a',
    );
    const value = (name: string) => process.settings.get(name)?.winner;
    expect(value('JARVISCORE_NODE_NAME')).toMatchObject({
      typed: 'env',
      origin: { kind: 'process-env', uri: uriOf('compose.yaml') },
    });
    expect(value('JARVISCORE_BIND_PORT')).toMatchObject({ typed: 2, origin: { kind: 'process-env', uri: uriOf('two.env') } });
    expect(process.ports).toMatchObject({ swim: 2, zmq: 12 });
    expect(process.environments).toEqual([uriOf('one.env'), uriOf('two.env'), uriOf('compose.yaml')]);
  });

  test('variables come from the .env beside it, else from their default, else they are unknown', () => {
    const files = {
      'compose.yaml': compose(
        '    environment:\n      JARVISCORE_BIND_PORT: ${PORT:-7946}\n      JARVISCORE_NODE_NAME: ${NAME:-n}\n      ZMQ_PORT_OFFSET: ${OFFSET}\n      CLAUDE_MODEL: ${SOME_TOKEN}\n',
      ),
      '.env': 'PORT=7950\nSOME_TOKEN=hunter2\n',
    };
    const model = modelOf(files);
    const [process] = model.processes;
    expect(model.processes).toHaveLength(1);
    expect(process?.ports.swim).toBe(7950);
    expect(process?.settings.get('JARVISCORE_NODE_NAME')?.winner.typed).toBe('n');
    expect(process?.settings.get('ZMQ_PORT_OFFSET')?.winner.value).toEqual({
      kind: 'unknown',
      why: 'depends on OFFSET, which no file sets',
    });
    expect(process?.settings.get('CLAUDE_MODEL')?.winner.value.kind).toBe('secret');
    expect(JSON.stringify([...(process?.settings.values() ?? [])])).not.toContain('hunter2');
  });

  test('the env file is read as compose reads it', () => {
    const process = processNamed(
      { 'compose.yaml': compose('    env_file: a.env\n'), 'a.env': 'JARVISCORE_NODE_NAME: colon\n' },
      'a',
    );
    expect(process.settings.get('JARVISCORE_NODE_NAME')?.winner.typed).toBe('colon');
  });

  test('network_mode joins host groups', () => {
    const files = {
      'compose.yaml':
        'services:\n  a: {image: m, environment: {JARVISCORE_BIND_PORT: 1}}\n  b: {image: m, environment: {JARVISCORE_BIND_PORT: 1}, network_mode: "service:a"}\n  c: {image: m, environment: {JARVISCORE_BIND_PORT: 1}, network_mode: host}\n  d: {image: m, environment: {JARVISCORE_BIND_PORT: 1}, container_name: dee}\n',
    };
    const groups = modelOf(files).processes.map((one) => one.hostGroup);
    expect(groups[1]).toBe(groups[0]);
    expect(groups[2]).toBe('file:///w');
    expect(new Set(groups).size).toBe(3);
    expect(modelOf(files).processes[3]?.hosts).toEqual(['dee']);
  });

  test('an override file is laid over its base; another variant is no second process', () => {
    const model = modelOf({
      'docker-compose.yml': compose('    environment: {JARVISCORE_BIND_PORT: 1, JARVISCORE_NODE_NAME: n}\n'),
      'docker-compose.override.yml': compose('    environment: {JARVISCORE_BIND_PORT: 2}\n'),
      'docker-compose.dev.yml': compose('    environment: {JARVISCORE_BIND_PORT: 3}\n'),
    });
    expect(model.processes.map((one) => [one.name, one.ports.swim])).toEqual([['a', 2]]);
  });
});

describe('what rules ask for', () => {
  const text =
    'services:\n  a:\n    image: ${IMG:-redis:7}\n    command: redis-server --appendonly yes\n    ports: ["7946:7946/udp", "127.0.0.1:${P:-8080}:80", "9000-9002:9000-9002", {target: 1, published: "2", protocol: udp}]\n    volumes: ["./data:/data:ro", "/only", {type: volume, source: v, target: /t}]\n    security_opt: ["seccomp=unconfined"]\n    environment: {X: "${NEEDED:?say so}"}\n';

  test('ports, mounts, image, command and options', () => {
    const unit = unitOf(text, 'a');
    expect(unit.ports).toMatchObject([
      { hostIp: null, hostFrom: 7946, containerFrom: 7946, protocol: 'udp', range: at(4, 12, 27) },
      { hostIp: '127.0.0.1', hostFrom: 8080, containerFrom: 80, protocol: 'tcp' },
      { hostFrom: 9000, hostTo: 9002, containerFrom: 9000, containerTo: 9002 },
      { hostFrom: 2, containerFrom: 1, protocol: 'udp' },
    ]);
    expect(unit.mounts).toMatchObject([
      { source: './data', target: '/data' },
      { source: null, target: '/only' },
      { source: 'v', target: '/t' },
    ]);
    expect(unit.image?.text).toBe('redis:7');
    expect(unit.command?.text).toBe('redis-server --appendonly yes');
    expect(unit.options.security_opt?.map((one) => one.text)).toEqual(['seccomp=unconfined']);
    expect(unit.framework).toBe('no');
  });

  test('variables with their operators and places', () => {
    expect(documentOf(text).deployment?.interpolations).toMatchObject([
      { name: 'IMG', operator: ':-', unit: 'compose-service:a', range: at(2, 11, 26) },
      { name: 'NEEDED', operator: ':?' },
      { name: 'P', operator: ':-' },
    ]);
  });

  test('who reads an env file, and how', () => {
    const model = modelOf({
      'compose.yaml':
        'services:\n  a: {image: m, env_file: [x.env, {path: y.env, format: raw}]}\n  db: {image: "postgres:16", env_file: x.env}\n',
      'x.env': 'JARVISCORE_NODE_NAME=n\n',
      'y.env': 'A=1\n',
    });
    const readers = (path: string) =>
      model.envFileReaders.get(uriOf(path))?.map((one) => [one.dialect, one.name, one.process !== null]);
    expect(readers('x.env')).toEqual([
      ['compose', 'a', true],
      ['compose', 'db', false],
    ]);
    expect(readers('y.env')).toEqual([['docker', 'a', true]]);
  });
});

describe('broken and hostile text', () => {
  test('half-typed text gives what can be read', () => {
    const { assignments } = unitOf(
      'services:\n  a:\n    environment:\n      JARVISCORE_BIND_PORT: 7946\n      JARVISCORE_NODE\n  b:\n    image: [\n',
      'a',
    );
    expect(assignments[0]).toMatchObject({ name: 'JARVISCORE_BIND_PORT', value: { text: '7946' } });
  });

  test('an alias bomb, deep nesting and a huge file end soon', () => {
    const bomb = `${Array.from(
      { length: 40 },
      (_, i) =>
        `x${i}: &x${i} {<<: [${
          i === 0
            ? '{A: 1}'
            : Array(9)
                .fill(`*x${i - 1}`)
                .join(', ')
        }], K${i}: 1}`,
    ).join('\n')}\nservices:\n  a:\n    environment: *x39\n`;
    const refused = (text: string) => documentOf(text).marks.map(({ name, value }) => `${name}: ${value}`);
    expect(refused(bomb)).toEqual(['not-read: its aliases stand for more than 4,000,000 values']);
    for (const deep of [
      `services:\n  a:\n    image: x\n    b: ${'['.repeat(100_000)}`,
      `services:\n  a:\n    image: x\n  b:\n    ${'- '.repeat(50_000)}`,
    ])
      expect(refused(deep)).toEqual(['not-read: collections are nested more than 1,000 levels deep']);
    const huge = (image: string) => documentOf(`services:\n  a:\n    image: ${image}${'x'.repeat(10_000_000)}\n`);
    expect(huge('jarviscore').marks).toMatchObject([{ name: 'not-read' }]);
    expect(huge('').marks).toEqual([]);
  });

  test('a YAML file of something else is nothing', () => {
    const model = modelOf({ 'ci.yml': 'jobs:\n  a:\n    services:\n      redis: {image: redis}\n' });
    expect(model.documents.get(uriOf('ci.yml'))?.deployment).toBeUndefined();
    expect(modelOf({ 'stack.yml': 'services:\n  a:\n    image: x\n' }).documents.get(uriOf('stack.yml'))?.kind).toBe('compose');
  });
});

describe('shared maps and lists', () => {
  const keys = (indent: string) => Array.from({ length: 8_000 }, (_, i) => `${indent}K${i}: 1`).join('\n');
  const services = (body: string, count = 8_000) => Array.from({ length: count }, (_, i) => `  s${i}: {${body}}`).join('\n');

  test.each([
    ['an alias', `x: &e\n${keys('  ')}\nservices:\n${services('environment: *e', 200)}\n`],
    ['a merge', `x: &e\n${keys('  ')}\nservices:\n${services('environment: {<<: *e}', 200)}\n`],
    ['extends', `services:\n  base:\n    environment:\n${keys('      ')}\n${services('extends: base')}\n`],
  ])('that %s would multiply stay bounded', (_, text) => {
    const units = documentOf(text).deployment?.units ?? [];
    expect(units[0]?.assignments.length).toBeGreaterThanOrEqual(8_000);
    expect(units.reduce((sum, unit) => sum + unit.assignments.length, 0)).toBeLessThan(250_000);
  });
});

describe('what compose hands to a service', () => {
  const given = (process: DeclaredProcess, name: string): unknown => {
    const found = process.settings.get(name)?.chain.find(({ origin }) => origin.kind === 'process-env');
    return found?.value.kind === 'text' ? found.value.text : found?.value.kind;
  };

  test('plain scalars as go-yaml decodes and Go prints them', () => {
    const text = `services:
  a:
    environment:
      LLM_MODEL: 012
      LOG_LEVEL: 1_000
      CLAUDE_MODEL: 1.50
      AZURE_DEPLOYMENT: 1e6
      JARVISCORE_NODE_NAME: yes
      JARVISCORE_BIND_HOST: !!str 0x10
`;
    const process = processNamed({ 'compose.yaml': text }, 'a');
    expect(given(process, 'LLM_MODEL')).toBe('10');
    expect(given(process, 'LOG_LEVEL')).toBe('1000');
    expect(given(process, 'CLAUDE_MODEL')).toBe('1.5');
    expect(given(process, 'AZURE_DEPLOYMENT')).toBe('1e+06');
    expect(given(process, 'JARVISCORE_NODE_NAME')).toBe('yes');
    expect(given(process, 'JARVISCORE_BIND_HOST')).toBe('0x10');
  });

  test('env files refer to the project, the service and the files before them', () => {
    const files = {
      'compose.yaml': `services:
  a:
    command: jarviscore start
    environment:
      LOG_LEVEL: \${ALPHA}
    env_file: [a.env, b.env]
`,
      '.env': 'ALPHA=project\n',
      'a.env': 'ALPHA=file\nBETA=first\nLLM_MODEL=${ALPHA}\n',
      'b.env': 'CLAUDE_MODEL=${BETA}-${LOG_LEVEL}-${ALPHA}\nBETA=second\nAZURE_DEPLOYMENT=${BETA}\n',
    };
    const process = processNamed(files, 'a');
    expect(given(process, 'LLM_MODEL')).toBe('project');
    expect(given(process, 'CLAUDE_MODEL')).toBe('first-project-project');
    expect(given(process, 'AZURE_DEPLOYMENT')).toBe('second');
    const alone = processNamed({ ...files, '.env': '' }, 'a');
    expect(given(alone, 'CLAUDE_MODEL')).toBe('unknown');
  });

  test('an env file that is named again keeps its first place', () => {
    const text = `services:
  a:
    command: jarviscore start
    env_file: [a.env, b.env]
  b:
    extends:
      service: a
    env_file: [a.env]
`;
    const files = { 'compose.yaml': text, 'a.env': 'LLM_MODEL=a\n', 'b.env': 'LLM_MODEL=b\n' };
    expect(given(processNamed(files, 'b'), 'LLM_MODEL')).toBe('b');
  });
});

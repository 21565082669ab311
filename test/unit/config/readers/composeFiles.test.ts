// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { modelOf, uriOf } from '../../rules/workspace.ts';
import { chain, effective, processesOf, processOf } from './processes.ts';

const names = (files: Record<string, string>): string[] => modelOf(files).processes.map((process) => process.name);
const node = 'from jarviscore import Mesh\nMesh(config={"p2p_enabled": True})\n';

describe('extends across files', () => {
  const files = {
    'compose.yaml':
      'services:\n  worker:\n    extends: {file: shared/common.yml, service: agent}\n    environment:\n      JARVISCORE_BIND_PORT: 7947\n',
    'shared/common.yml':
      'services:\n  base:\n    environment:\n      JARVISCORE_BIND_PORT: 1\n      ZMQ_PORT_OFFSET: 500\n  agent:\n    extends: base\n    build: ../app\n    env_file: agent.env\n    environment: {LOG_LEVEL: DEBUG}\n    command: python node.py\n',
    'shared/agent.env': 'JARVISCORE_NODE_NAME=from-file\n',
    'app/node.py': node,
    'app/Dockerfile': 'FROM python:3.12\nENV JARVISCORE_BIND_HOST=0.0.0.0\n',
  };

  test('takes environment, env files, build and command of the service it is laid over, by the folder of its file', () => {
    const worker = processOf(files, 'worker');
    expect(worker.ports).toMatchObject({ swim: 7947, zmq: 8447, host: '0.0.0.0' });
    expect(chain(worker, 'JARVISCORE_BIND_PORT')).toEqual(['7947 (compose.yaml:5)', '1 (shared/common.yml:4)', '7946 (default)']);
    expect(effective(worker, 'JARVISCORE_NODE_NAME')).toBe('from-file (shared/agent.env:1)');
    expect(worker.program?.uri).toBe(uriOf('app/node.py'));
  });

  test('the extended services of a file of parts are no processes', () => {
    expect(names(files)).toEqual(['worker', 'node']);
  });

  test('a file that is missing or a cycle leaves what is known, and absence unproven', () => {
    const [process] = modelOf({
      'compose.yaml':
        'services:\n  a:\n    extends: {file: gone.yml, service: x}\n    environment: {JARVISCORE_BIND_PORT: 7950}\n',
    }).processes;
    expect(process?.ports.swim).toBe(7950);
    expect(process?.declaration.open).toBe(true);
    const cycle = {
      'compose.yaml':
        'services:\n  a:\n    extends: {file: other.yml, service: b}\n    environment: {JARVISCORE_BIND_PORT: 7950}\n',
      'other.yml': 'services:\n  b:\n    extends: {file: compose.yaml, service: a}\n    environment: {ZMQ_PORT_OFFSET: 7}\n',
    };
    expect(processOf(cycle, 'a').ports).toMatchObject({ swim: 7950, zmq: 7957 });
  });
});

describe('files laid over each other', () => {
  const base =
    'services:\n  a:\n    env_file: base.env\n    environment:\n      JARVISCORE_BIND_PORT: 7946\n      JARVISCORE_NODE_NAME: base\n';

  test.each(['docker-compose.override.yml', 'docker-compose.override.yaml'])('%s wins by name, and keeps the rest', (name) => {
    const process = processOf(
      {
        'docker-compose.yml': base,
        'base.env': 'ZMQ_PORT_OFFSET=5\nJARVISCORE_BIND_HOST=10.0.0.1\n',
        [name]: 'services:\n  a:\n    env_file: [more.env]\n    environment: ["JARVISCORE_BIND_PORT=7999"]\n',
        'more.env': 'ZMQ_PORT_OFFSET=6\n',
      },
      'a',
    );
    expect(process.ports).toMatchObject({ swim: 7999, zmq: 8005, host: '10.0.0.1' });
    expect(chain(process, 'ZMQ_PORT_OFFSET')).toEqual(['6 (more.env:1)', '5 (base.env:1)', '1000 (default)']);
    expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('base (docker-compose.yml:6)');
  });

  test('!override and !reset take away what lies below', () => {
    const files = {
      'compose.yml': base,
      'base.env': 'ZMQ_PORT_OFFSET=5\n',
      'compose.override.yml':
        'services:\n  a:\n    env_file: !reset []\n    environment: !override\n      JARVISCORE_BIND_PORT: 1234\n',
    };
    expect(processOf(files, 'a').ports).toMatchObject({ swim: 1234, zmq: 2234 });
    expect(effective(processOf(files, 'a'), 'JARVISCORE_NODE_NAME')).toBe('jarviscore-node (default)');
    const single = {
      ...files,
      'compose.override.yml': 'services:\n  a:\n    environment:\n      JARVISCORE_NODE_NAME: !reset null\n',
    };
    expect(effective(processOf(single, 'a'), 'JARVISCORE_NODE_NAME')).toBe('jarviscore-node (default)');
    expect(processOf(single, 'a').ports).toMatchObject({ swim: 7946, zmq: 7951 });
  });

  const variants = {
    'docker-compose.yml': base,
    'docker-compose.prod.yml': 'services:\n  a:\n    environment: {JARVISCORE_BIND_PORT: 8100}\n',
  };

  test('a variant nobody names is an alternative; scripts and COMPOSE_FILE lay it over', () => {
    expect(names(variants)).toEqual(['a']);
    expect(processOf(variants, 'a').ports.swim).toBe(7946);
    const script = 'docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d\n';
    expect(processOf({ ...variants, 'deploy.sh': script }, 'a').ports.swim).toBe(8100);
    const variable = { ...variants, '.env': 'COMPOSE_FILE=docker-compose.yml:docker-compose.prod.yml\n' };
    expect(processOf(variable, 'a').ports.swim).toBe(8100);
  });

  test('two lists over one base are alternatives', () => {
    const files = {
      ...variants,
      'docker-compose.dev.yml': 'services:\n  a:\n    environment: {JARVISCORE_BIND_PORT: 8200}\n',
      'deploy.sh':
        'docker compose -f docker-compose.yml -f docker-compose.prod.yml up\ndocker-compose --file=docker-compose.yml --file=docker-compose.dev.yml up\n',
    };
    expect(processOf(files, 'a').ports.swim).toBe(7946);
  });

  test('included files are part of the project, whatever they are called', () => {
    const files = {
      'compose.yaml':
        'include:\n  - compose.workers.yaml\n  - path: [a/one.yaml, a/two.yaml]\nservices:\n  hub:\n    environment: {JARVISCORE_BIND_PORT: 1}\n',
      'compose.workers.yaml': 'services:\n  hub2:\n    environment: {JARVISCORE_BIND_PORT: 2}\n',
      'a/one.yaml': 'services:\n  w:\n    image: x\n    environment: {JARVISCORE_BIND_PORT: 3}\n',
      'a/two.yaml': 'services:\n  w:\n    image: x\n    environment: {JARVISCORE_BIND_PORT: 4}\n',
    };
    const all = processesOf(files);
    expect(Object.entries(all).map(([name, { ports }]) => `${name} ${ports.swim}`)).toEqual(['hub 1', 'hub2 2', 'w 4']);
  });
});

describe('what fills in variables', () => {
  test('environment beats env_file, a raw env file keeps its dollar signs, a missing file that is not required is none', () => {
    const process = processOf(
      {
        'compose.yml':
          'services:\n  a:\n    env_file:\n      - path: a.env\n      - {path: b.env, format: raw}\n      - {path: gone.env, required: false}\n    environment:\n      JARVISCORE_BIND_PORT: ${PORT:-1}\n',
        'a.env': 'JARVISCORE_BIND_PORT=5\nJARVISCORE_NODE_NAME=${NAME}\n',
        'b.env': "JARVISCORE_BIND_HOST='${NAME}'\n",
        '.env': 'PORT=7948\nNAME=hub\n',
      },
      'a',
    );
    expect(chain(process, 'JARVISCORE_BIND_PORT')).toEqual(['7948 (compose.yml:8)', '5 (a.env:1)', '7946 (default)']);
    expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('hub (a.env:2)');
    expect(effective(process, 'JARVISCORE_BIND_HOST')).toBe("'${NAME}' (b.env:1)");
  });

  test('a name without a value takes that of the project file', () => {
    const files = {
      'compose.yml':
        'services:\n  a:\n    environment:\n      - JARVISCORE_BIND_PORT\n      - CLAUDE_API_KEY\n      - LOG_LEVEL\n',
      '.env': 'JARVISCORE_BIND_PORT=7955\nCLAUDE_API_KEY=sk-ant-hunter2\n',
    };
    const process = processOf(files, 'a');
    expect(process.ports.swim).toBe(7955);
    expect(effective(process, 'CLAUDE_API_KEY')).toBe('<set> (compose.yml:5)');
    expect(effective(process, 'LOG_LEVEL')).toBe('<absent> (compose.yml:6)');
    expect(JSON.stringify([...process.settings])).not.toContain('hunter2');
  });
});

describe('what is in a container', () => {
  const compose = (more: string): string => `services:\n  a:\n    build: app\n    command: python node.py\n${more}`;
  const files = { 'app/node.py': node, 'app/.env': 'JARVISCORE_BIND_PORT=7970\n' };

  test('an env file is its ./.env where the image copies it or it is mounted', () => {
    const image = 'FROM python:3.12\nCOPY node.py /app/\n';
    expect(processOf({ ...files, 'compose.yml': compose(''), 'app/Dockerfile': image }, 'a').ports.swim).toBe(7946);
    const copied = { ...files, 'compose.yml': compose(''), 'app/Dockerfile': `${image}COPY .env /app/\n` };
    expect(processOf(copied, 'a').ports.swim).toBe(7970);
    const mounted = { ...files, 'compose.yml': compose('    volumes: ["./app/.env:/app/.env:ro"]\n'), 'app/Dockerfile': image };
    expect(processOf(mounted, 'a').ports.swim).toBe(7970);
  });

  test('services of one image share what one of them builds', () => {
    const process = processOf(
      {
        'compose.yml':
          'services:\n  a:\n    build: .\n    image: my/agents\n    environment: {JARVISCORE_NODE_NAME: a}\n  b:\n    image: my/agents\n    environment: {JARVISCORE_NODE_NAME: b}\n',
        Dockerfile: 'FROM python:3.12\nENV JARVISCORE_BIND_PORT=7990\n',
      },
      'b',
    );
    expect(process.ports.swim).toBe(7990);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Services, units, pods and launch lines: the processes they are, what reaches them, in which order, and who shares a machine. */
import { env, mesh } from '../rules/said.ts';
import type { Files } from '../rules/workspace.ts';
import { resolves } from './resolved.ts';

const program: Files = { Dockerfile: 'FROM python:3.12\nRUN pip install jarviscore-framework\n', ...mesh() };
const file = (text: string, name = 'compose.yml'): Files => ({ [name]: text });
/** A service `a` that is built here, with more lines of its own. */
const a = (...lines: readonly string[]): string =>
  `services:\n  a:\n    build: .\n    command: python node.py\n${lines.map((line) => `    ${line}\n`).join('')}`;
const port = (value: string): string[] => ['environment:', `  JARVISCORE_BIND_PORT: ${value}`];
const unit = (...lines: readonly string[]): string =>
  `[Service]\nExecStart=/usr/bin/python node.py\n${lines.map((line) => `${line}\n`).join('')}`;
const pod = (container: string, more = '', metadata = '{name: node, labels: {app: node}}'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec:\n${more}  containers:\n    - name: node\n      image: acme/node\n      command: [python, node.py]\n${container}`;
const map = (data: string, name = 'settings'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n${data}`;

resolves('a compose service', [
  [
    { ...program, ...file(a(...port('7950'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:6',
    ],
  ],
  [
    { ...program, ...file(a('environment:', '  - JARVISCORE_BIND_PORT=7950', '  - JARVISCORE_BIND_HOST=0.0.0.0')) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 0.0.0.0:7950 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_HOST: "0.0.0.0" from process-env compose.yml:7',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:6',
    ],
  ],
  [
    { ...file(a(...port('7950'))) },
    [
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P unknown; on compose.yml#compose-service:a; reads compose.yml; not all known',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:6',
    ],
  ],
  [
    { ...file(a(...port('7950'))), ...mesh() },
    [
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P unknown; on compose.yml#compose-service:a; reads compose.yml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:6',
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
    ],
  ],
  [
    { ...program, ...file(a(...port('7950'))), ...mesh('"bind_port": 1') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:1 + 1000, P2P on; started by compose.yml#compose-service:a',
      '  JARVISCORE_BIND_PORT: 1 from mesh-config node.py:3',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from mesh-config node.py:3',
      '    over 7950 from process-env compose.yml:6',
    ],
  ],
  [
    { ...program, ...file(a('hostname: h', 'container_name: c', ...port('7950'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P on; on compose.yml#compose-service:a; reached as c, h; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:8',
    ],
  ],
  [
    { ...program, ...file('services:\n  db:\n    image: postgres\n    environment: {JARVISCORE_BIND_PORT: 1}\n') },
    ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'],
  ],
  [
    { ...program, ...file('services:\n  a:\n    image: acme/a\n    environment: {JARVISCORE_BIND_PORT: 1}\n') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P unknown; on compose.yml#compose-service:a; reads compose.yml; not all known',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:4',
    ],
  ],
  [
    { ...program, ...file('services:\n  a:\n    image: acme/a\n    environment: {LOG_LEVEL: INFO}\n') },
    ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'],
  ],
]);

resolves('its env files and its image', [
  [
    { ...program, ...file(a('env_file: a.env')), 'a.env': 'JARVISCORE_BIND_PORT=1\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, a.env, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env a.env:1',
    ],
  ],
  [
    {
      ...program,
      ...file(a('env_file: [a.env, b.env]', ...port('3'))),
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      'b.env': 'JARVISCORE_BIND_PORT=2\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:3 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, a.env, b.env, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 3 from process-env compose.yml:7',
      '    over 2 from process-env b.env:1',
      '    over 1 from process-env a.env:1',
    ],
  ],
  [
    {
      ...program,
      ...file(a('env_file: [a.env, b.env, a.env]')),
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      'b.env': 'JARVISCORE_BIND_PORT=2\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, a.env, b.env, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env b.env:1',
      '    over 1 from process-env a.env:1',
    ],
  ],
  [
    { ...program, ...file(a('env_file: missing.env', ...port('3'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:3 + 1000, P2P unknown; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 3 from process-env compose.yml:7',
    ],
  ],
  [
    {
      ...program,
      ...file(a('env_file: a.env')),
      Dockerfile: 'FROM python:3.12\nENV JARVISCORE_BIND_PORT=9 JARVISCORE_NODE_NAME=n\nCMD ["python", "node.py"]\n',
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, a.env, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env a.env:1',
      '    over 9 from process-env Dockerfile:2',
      '  JARVISCORE_NODE_NAME: "n" from process-env Dockerfile:2',
    ],
  ],
  [
    {
      ...mesh(),
      ...file('services:\n  a:\n    build: {context: ., dockerfile: Other}\n    environment: {LOG_LEVEL: INFO}\n'),
      Other: 'FROM python:3.12\nENV JARVISCORE_BIND_PORT=9\nCMD ["python", "node.py"]\n',
    },
    ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'],
  ],
  [
    {
      ...program,
      ...file(a('env_file: a.env', ...port('5'))),
      'a.env': 'JARVISCORE_SEED_NODES=a:${JARVISCORE_BIND_PORT}\nJARVISCORE_NODE_NAME=${OTHER:-x}\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:5 + 1000, P2P on; seeds a:5; on compose.yml#compose-service:a; reads Dockerfile, a.env, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 5 from process-env compose.yml:7',
      '  JARVISCORE_NODE_NAME: "x" from process-env a.env:2',
      '  JARVISCORE_SEED_NODES: "a:5" from process-env a.env:1',
    ],
  ],
  [
    {
      ...mesh(),
      ...file(a('environment: {P2P_ENABLED: "true"}')),
      Dockerfile: 'FROM python:3.12\nCOPY .env /app/.env\nCMD ["python", "node.py"]\n',
      '.env': 'JARVISCORE_BIND_PORT=4\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:4 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      '  JARVISCORE_BIND_PORT: 4 from env-file .env:1',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:4 + 1000, P2P on; on compose.yml#compose-service:a; reads .env, Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 4 from env-file .env:1',
      '  P2P_ENABLED: true from process-env compose.yml:5 (default true; dict key wins)',
    ],
  ],
  [
    {
      ...program,
      ...file(a('environment: {P2P_ENABLED: "true"}', 'volumes: ["./my.env:/app/.env"]')),
      'my.env': 'JARVISCORE_BIND_PORT=4\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:4 + 1000, P2P on; on compose.yml#compose-service:a; reads my.env, Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 4 from env-file my.env:1',
      '  P2P_ENABLED: true from process-env compose.yml:5 (default true; dict key wins)',
    ],
  ],
]);

resolves('what compose fills in', [
  [
    { ...program, ...file(a(...port('${PORT}'))), '.env': 'PORT=7950\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:6',
    ],
  ],
  [
    { ...program, ...file(a(...port('${PORT:-7950}'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:6',
    ],
  ],
  [
    { ...program, ...file(a(...port('${PORT}'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:? + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: null from process-env compose.yml:6 (set, value unknown: depends on PORT, which no file sets)',
    ],
  ],
  [
    { ...program, ...file(a('environment: [JARVISCORE_BIND_PORT]')), '.env': 'JARVISCORE_BIND_PORT=7950\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7950 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      '  JARVISCORE_BIND_PORT: 7950 from env-file .env:1',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7950 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env compose.yml:5',
    ],
  ],
  [
    { ...program, ...file(a('environment: [JARVISCORE_BIND_PORT]')) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:? + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: null from process-env compose.yml:5 (set, value unknown: passed through)',
    ],
  ],
  [
    { ...program, ...file(a('environment: {NEXUS_SECRET: "${SECRET}"}')), '.env': 'SECRET=abcdefgh\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7946 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  NEXUS_SECRET: "<set>" from process-env compose.yml:5 (read directly from the process environment; Mesh.start() exports ./.env first)',
    ],
  ],
]);

resolves('override files, lists and alternatives', [
  [
    {
      ...program,
      ...file(a(...port('1'))),
      ...file('services:\n  a:\n    environment: {JARVISCORE_BIND_PORT: 2, JARVISCORE_NODE_NAME: n}\n', 'compose.override.yml'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml, compose.override.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env compose.override.yml:3',
      '    over 1 from process-env compose.yml:6',
      '  JARVISCORE_NODE_NAME: "n" from process-env compose.override.yml:3',
    ],
  ],
  [
    { ...program, ...file(a(...port('1'))), ...file(a(...port('2')), 'compose.prod.yml') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:6',
    ],
  ],
  [
    {
      ...program,
      ...file(a(...port('1')), 'docker-compose.yml'),
      ...file(
        'services:\n  b:\n    build: .\n    command: python node.py\n    environment: {JARVISCORE_BIND_PORT: 2}\n',
        'docker-compose.dev.yml',
      ),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by docker-compose.yml#compose-service:a, docker-compose.dev.yml#compose-service:b',
      'a (compose-service, compose) docker-compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on docker-compose.yml#compose-service:a; reads Dockerfile, docker-compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env docker-compose.yml:6',
      'b (compose-service, compose) docker-compose.dev.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on docker-compose.dev.yml#compose-service:b; reads Dockerfile, docker-compose.dev.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env docker-compose.dev.yml:5',
    ],
  ],
  [
    {
      ...program,
      ...file(a(...port('1'))),
      ...file('services:\n  a:\n    environment: {JARVISCORE_BIND_PORT: 2}\n', 'more.yml'),
      'run.sh': '#!/bin/sh\ndocker compose -f compose.yml -f more.yml up\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml, more.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env more.yml:3',
      '    over 1 from process-env compose.yml:6',
    ],
  ],
  [
    {
      ...program,
      ...file(a(...port('1'))),
      ...file('services:\n  a:\n    environment: {JARVISCORE_BIND_PORT: 2}\n', 'more.yml'),
      '.env': 'COMPOSE_FILE=compose.yml:more.yml\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml, more.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env more.yml:3',
      '    over 1 from process-env compose.yml:6',
    ],
  ],
  [
    {
      ...program,
      ...file(a(...port('1'))),
      ...file('services:\n  a:\n    environment: !override {JARVISCORE_NODE_NAME: n}\n', 'compose.override.yml'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7946 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.override.yml; runs node.py',
      '  JARVISCORE_NODE_NAME: "n" from process-env compose.override.yml:3',
    ],
  ],
  [
    {
      ...program,
      ...file(a(...port('1'))),
      ...file('services:\n  a:\n    environment:\n      JARVISCORE_BIND_PORT: !reset null\n', 'compose.override.yml'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:7946 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml, compose.override.yml; runs node.py',
    ],
  ],
  [
    {
      ...program,
      ...file(a('env_file: a.env')),
      ...file('services:\n  a:\n    env_file: b.env\n', 'compose.override.yml'),
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      'b.env': 'JARVISCORE_BIND_PORT=2\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, a.env, b.env, compose.yml, compose.override.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env b.env:1',
      '    over 1 from process-env a.env:1',
    ],
  ],
]);

resolves('extends and include', [
  [
    {
      ...program,
      ...file(
        'services:\n  base:\n    build: .\n    command: python node.py\n    environment: {JARVISCORE_BIND_PORT: 1, JARVISCORE_NODE_NAME: n}\n  a:\n    extends: base\n    environment: {JARVISCORE_BIND_PORT: 2}\n',
      ),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:base, compose.yml#compose-service:a',
      'base (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:base; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:5',
      '  JARVISCORE_NODE_NAME: "n" from process-env compose.yml:5',
      'a (compose-service, compose) compose.yml:6:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env compose.yml:8',
      '  JARVISCORE_NODE_NAME: "n" from process-env compose.yml:5',
    ],
  ],
  [
    {
      ...program,
      ...file('services:\n  a:\n    extends: {service: base, file: common.yml}\n    environment: {JARVISCORE_BIND_PORT: 2}\n'),
      ...file(
        'services:\n  base:\n    build: .\n    command: python node.py\n    environment: {JARVISCORE_BIND_PORT: 1, JARVISCORE_NODE_NAME: n}\n',
        'common.yml',
      ),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, common.yml, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env compose.yml:4',
      '    over 1 from process-env common.yml:5',
      '  JARVISCORE_NODE_NAME: "n" from process-env common.yml:5',
    ],
  ],
  [
    {
      ...program,
      ...file('services:\n  a:\n    extends: {service: missing, file: common.yml}\n    environment: {JARVISCORE_BIND_PORT: 2}\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:2 + 1000, P2P unknown; on compose.yml#compose-service:a; reads compose.yml; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env compose.yml:4',
    ],
  ],
  [
    {
      ...program,
      ...file('include: [sub/compose.yml]\n'),
      'sub/compose.yml':
        'services:\n  b:\n    build: ..\n    command: python node.py\n    environment: {JARVISCORE_BIND_PORT: "${PORT}"}\n',
      'sub/.env': 'PORT=5\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by sub/compose.yml#compose-service:b',
      'b (compose-service, compose) sub/compose.yml:2:3; 127.0.0.1:5 + 1000, P2P on; on sub/compose.yml#compose-service:b; reads Dockerfile, sub/compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 5 from process-env sub/compose.yml:5',
    ],
  ],
  [
    {
      ...program,
      ...file('include: [sub/compose.yml]\n'),
      'sub/compose.yml':
        'services:\n  b:\n    build: ..\n    command: python node.py\n    environment: {JARVISCORE_BIND_PORT: "${PORT}"}\n',
      'sub/.env': 'PORT=5\n',
      '.env': 'PORT=6\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env; started by sub/compose.yml#compose-service:b',
      'b (compose-service, compose) sub/compose.yml:2:3; 127.0.0.1:6 + 1000, P2P on; on sub/compose.yml#compose-service:b; reads Dockerfile, sub/compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 6 from process-env sub/compose.yml:5',
    ],
  ],
  [
    {
      ...program,
      ...file('include:\n  - path: sub/compose.yml\n    env_file: inc.env\n    project_directory: .\n'),
      'sub/compose.yml':
        'services:\n  b:\n    build: .\n    command: python node.py\n    env_file: x.env\n    environment: {JARVISCORE_BIND_PORT: "${PORT}"}\n',
      'inc.env': 'PORT=7\n',
      'x.env': 'JARVISCORE_NODE_NAME=x\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by sub/compose.yml#compose-service:b',
      'b (compose-service, compose) sub/compose.yml:2:3; 127.0.0.1:7 + 1000, P2P on; on sub/compose.yml#compose-service:b; reads Dockerfile, x.env, sub/compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 7 from process-env sub/compose.yml:6',
      '  JARVISCORE_NODE_NAME: "x" from process-env x.env:1',
    ],
  ],
]);

resolves('networks and profiles', [
  [
    {
      ...program,
      ...file(
        `${a(...port('1'))}  b:\n    build: .\n    command: python node.py\n    network_mode: service:a\n    environment: {JARVISCORE_BIND_PORT: 2}\n`,
      ),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a, compose.yml#compose-service:b',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:6',
      'b (compose-service, compose) compose.yml:7:3; 127.0.0.1:2 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env compose.yml:11',
    ],
  ],
  [
    { ...program, ...file(a('network_mode: host', ...port('1'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:7',
    ],
  ],
  [
    { ...program, ...file(a('network_mode: service:gone', ...port('1'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#network:gone; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:7',
    ],
  ],
  [
    { ...program, ...file(a('profiles: [dev, test]', ...port('1'))) },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py; profiles dev, test',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:7',
    ],
  ],
  [
    { ...program, ...file(a('profiles: [dev]', ...port('1'))), '.env': 'COMPOSE_PROFILES=other, dev\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:7',
    ],
  ],
  [
    { ...program, ...file(a('profiles: [dev]', ...port('1'))), '.env': 'COMPOSE_PROFILES=*\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:7',
    ],
  ],
  [
    {
      ...program,
      ...file(a('profiles: [dev]', ...port('1'))),
      'run.sh': '#!/bin/sh\ndocker compose --profile dev --profile db up\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reads Dockerfile, compose.yml; runs node.py; profiles db+dev, dev',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:7',
    ],
  ],
]);

resolves('systemd units', [
  [
    { ...mesh(), 'node.service': unit('Environment=JARVISCORE_BIND_PORT=1 JARVISCORE_NODE_NAME=n') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:1 + 1000, P2P on; reads node.service; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env node.service:3',
      '  JARVISCORE_NODE_NAME: "n" from process-env node.service:3',
    ],
  ],
  [
    { ...mesh(), 'node.service': unit('Environment=JARVISCORE_BIND_PORT=1', 'Environment=JARVISCORE_BIND_PORT=2') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:2 + 1000, P2P on; reads node.service; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env node.service:4',
    ],
  ],
  [
    {
      ...mesh(),
      'node.service': unit(
        'EnvironmentFile=/etc/fleet/a.env',
        'EnvironmentFile=/etc/fleet/b.env',
        'Environment=JARVISCORE_BIND_PORT=3',
      ),
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      'b.env': 'JARVISCORE_BIND_PORT=2\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:2 + 1000, P2P on; reads node.service, a.env, b.env; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env b.env:1',
      '    over 1 from process-env a.env:1',
      '    over 3 from process-env node.service:5',
    ],
  ],
  [
    { ...mesh(), 'node.service': unit('EnvironmentFile=-/etc/fleet/missing.env', 'Environment=JARVISCORE_BIND_PORT=3') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:3 + 1000, P2P unknown; reads node.service; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 3 from process-env node.service:4',
    ],
  ],
  [
    {
      ...mesh(),
      'node.service': unit('Environment=JARVISCORE_BIND_PORT=1 JARVISCORE_NODE_NAME=n', 'UnsetEnvironment=JARVISCORE_BIND_PORT'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:7946 + 1000, P2P on; reads node.service; runs node.py',
      '  JARVISCORE_NODE_NAME: "n" from process-env node.service:3',
    ],
  ],
  [
    { ...mesh(), 'node.service': unit('PassEnvironment=JARVISCORE_BIND_PORT') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:? + 1000, P2P on; reads node.service; runs node.py',
      '  JARVISCORE_BIND_PORT: null from process-env node.service:3 (set, value unknown: passed through)',
    ],
  ],
  [
    {
      ...mesh(),
      'node.service': unit('Environment=JARVISCORE_BIND_PORT=1'),
      'node.service.d/10-a.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=2\n',
      'node.service.d/20-b.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=3\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:3 + 1000, P2P on; reads node.service, node.service.d/10-a.conf, node.service.d/20-b.conf; runs node.py',
      '  JARVISCORE_BIND_PORT: 3 from process-env node.service.d/20-b.conf:2',
      '    over 2 from process-env node.service.d/10-a.conf:2',
      '    over 1 from process-env node.service:3',
    ],
  ],
  [
    {
      ...mesh(),
      'node.service': unit('Environment=JARVISCORE_BIND_PORT=1 JARVISCORE_NODE_NAME=n'),
      'node.service.d/10-a.conf': '[Service]\nEnvironment=\nEnvironment=JARVISCORE_BIND_PORT=2\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node.service#unit:0',
      'node (unit, systemd) node.service:2:11; 127.0.0.1:2 + 1000, P2P on; reads node.service.d/10-a.conf; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env node.service.d/10-a.conf:3',
    ],
  ],
  [
    {
      ...mesh(),
      'my-node.service': unit('Environment=JARVISCORE_BIND_PORT=1'),
      'my-.service.d/a.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=2\n',
      'service.d/b.conf': '[Service]\nEnvironment=JARVISCORE_NODE_NAME=n\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by my-node.service#unit:0',
      'my-node (unit, systemd) my-node.service:2:11; 127.0.0.1:2 + 1000, P2P on; reads my-node.service, my-.service.d/a.conf, service.d/b.conf; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env my-.service.d/a.conf:2',
      '    over 1 from process-env my-node.service:3',
      '  JARVISCORE_NODE_NAME: "n" from process-env service.d/b.conf:2',
    ],
  ],
  [
    {
      ...mesh('', 'app/node.py'),
      'node.service': '[Service]\nWorkingDirectory=/srv/app\nExecStart=/usr/bin/python node.py\n',
      'app/.env': 'JARVISCORE_BIND_PORT=4\n',
    },
    [
      'node (mesh, python) app/node.py:3:8; 127.0.0.1:4 + 1000, P2P on; reads app/.env; started by node.service#unit:0',
      '  JARVISCORE_BIND_PORT: 4 from env-file app/.env:1',
      'node (unit, systemd) node.service:3:11; 127.0.0.1:4 + 1000, P2P on; reads app/.env, node.service; runs app/node.py',
      '  JARVISCORE_BIND_PORT: 4 from env-file app/.env:1',
    ],
  ],
  [
    {
      ...mesh(),
      'node@.service': unit('EnvironmentFile=/etc/fleet/%i.env'),
      'one.env': 'JARVISCORE_BIND_PORT=1\n',
      'two.env': 'JARVISCORE_BIND_PORT=2\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node@.service#unit:0@one, node@.service#unit:0@two',
      'node@one (unit, systemd) node@.service:2:11; 127.0.0.1:1 + 1000, P2P on; reads node@.service, one.env; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env one.env:1',
      'node@two (unit, systemd) node@.service:2:11; 127.0.0.1:2 + 1000, P2P on; reads node@.service, two.env; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env two.env:1',
    ],
  ],
  [
    {
      ...mesh(),
      'node@.service': unit('EnvironmentFile=/etc/fleet/node-%i.env', 'Environment=JARVISCORE_NODE_NAME=%i'),
      'node-one.env': 'JARVISCORE_BIND_PORT=1\n',
      'node-.env': 'A=1\n',
      'other.env': 'A=1\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node@.service#unit:0@one',
      'node@one (unit, systemd) node@.service:2:11; 127.0.0.1:1 + 1000, P2P on; reads node@.service, node-one.env; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env node-one.env:1',
      '  JARVISCORE_NODE_NAME: "one" from process-env node@.service:4',
    ],
  ],
  [
    {
      ...mesh(),
      'node@.service': unit('Environment=JARVISCORE_NODE_NAME=%i'),
      'node@one.service.d/a.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=1\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node@.service#unit:0@one',
      'node@one (unit, systemd) node@.service:2:11; 127.0.0.1:1 + 1000, P2P on; reads node@.service, node@one.service.d/a.conf; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env node@one.service.d/a.conf:2',
      '  JARVISCORE_NODE_NAME: "one" from process-env node@.service:3',
    ],
  ],
  [
    { ...mesh(), 'node@.service': unit('Environment=JARVISCORE_NODE_NAME=%i') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by node@.service#unit:0',
      'node@ (unit, systemd) node@.service:2:11; 127.0.0.1:7946 + 1000, P2P on; reads node@.service; runs node.py',
      '  JARVISCORE_NODE_NAME: null from process-env node@.service:3 (set, value unknown: systemd fills in a specifier (%))',
    ],
  ],
]);

resolves('pods', [
  [
    { ...mesh(), 'pod.yaml': pod('      env:\n        - {name: JARVISCORE_BIND_PORT, value: "7950"}\n') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:7950 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 7950 from process-env pod.yaml:10',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod('      envFrom:\n        - configMapRef: {name: settings}\n'),
      'map.yaml': map('  JARVISCORE_BIND_PORT: "1"\n  JARVISCORE_NODE_NAME: n\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:1 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads map.yaml, pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 1 from process-env map.yaml:5',
      '  JARVISCORE_NODE_NAME: "n" from process-env map.yaml:6',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      env:\n        - {name: JARVISCORE_BIND_PORT, value: "2"}\n      envFrom:\n        - configMapRef: {name: settings}\n',
      ),
      'map.yaml': map('  JARVISCORE_BIND_PORT: "1"\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:2 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads map.yaml, pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env pod.yaml:10',
      '    over 1 from process-env map.yaml:5',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod('      envFrom:\n        - configMapRef: {name: settings}\n        - configMapRef: {name: later}\n'),
      'map.yaml': map('  JARVISCORE_BIND_PORT: "1"\n'),
      'later.yaml': map('  JARVISCORE_BIND_PORT: "2"\n', 'later'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:2 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads map.yaml, later.yaml, pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env later.yaml:5',
      '    over 1 from process-env map.yaml:5',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod('      envFrom:\n        - {prefix: JARVISCORE_, configMapRef: {name: settings}}\n'),
      'map.yaml': map('  BIND_PORT: "1"\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:1 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads map.yaml, pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 1 from process-env map.yaml:5',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      envFrom:\n        - configMapRef: {name: missing}\n      env:\n        - {name: JARVISCORE_BIND_PORT, value: "2"}\n',
      ),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:2 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env pod.yaml:12',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      env:\n        - name: JARVISCORE_BIND_PORT\n          valueFrom: {configMapKeyRef: {name: settings, key: port}}\n',
      ),
      'map.yaml': map('  port: "6"\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:6 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 6 from process-env pod.yaml:11',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      env:\n        - name: JARVISCORE_BIND_PORT\n          valueFrom: {configMapKeyRef: {name: settings, key: other}}\n',
      ),
      'map.yaml': map('  port: "6"\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:? + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: null from process-env pod.yaml:11 (set, value unknown: comes from the ConfigMap settings)',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      env:\n        - name: JARVISCORE_BIND_HOST\n          valueFrom: {fieldRef: {fieldPath: status.podIP}}\n',
      ),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; ?:7946 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_HOST: null from process-env pod.yaml:11 (set, value unknown: set when the pod starts (status.podIP))',
    ],
  ],
  [
    { ...mesh(), 'pod.yaml': pod('      env:\n        - {name: JARVISCORE_BIND_PORT, value: "2"}\n', '  hostNetwork: true\n') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:2 + 1000, P2P unknown; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env pod.yaml:11',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod('      env:\n        - {name: JARVISCORE_BIND_PORT, value: "2"}\n'),
      'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: hub}\nspec: {selector: {app: node}}\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:2 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reached as hub, hub.default, hub.default.svc, hub.default.svc.cluster.local; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env pod.yaml:10',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      env:\n        - {name: JARVISCORE_BIND_PORT, value: "2"}\n',
        '',
        '{name: node, namespace: prod, labels: {app: node}}',
      ),
      'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: hub, namespace: prod}\nspec: {selector: {app: node}}\n',
      'other.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: away}\nspec: {selector: {app: node}}\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:2 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reached as hub, hub.prod, hub.prod.svc, hub.prod.svc.cluster.local; reads pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 2 from process-env pod.yaml:10',
    ],
  ],
  [
    {
      ...mesh(),
      'pod.yaml': pod(
        '      workingDir: /app\n      volumeMounts:\n        - {name: v, mountPath: /app/.env, subPath: node.env}\n',
        '  volumes:\n    - {name: v, configMap: {name: settings}}\n',
      ),
      'map.yaml': map('  node.env: |\n    JARVISCORE_BIND_PORT=8\n'),
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by pod.yaml#workload:Pod/node',
      'node (workload, kubernetes) pod.yaml:3:18; 127.0.0.1:8 + 1000, P2P unknown; on pod.yaml#workload:Pod/node; reads map.yaml, pod.yaml; runs node.py; not all known',
      '  JARVISCORE_BIND_PORT: 8 from env-file map.yaml:6',
    ],
  ],
]);

resolves('launch lines and debug configurations', [
  [
    { ...mesh(), 'run.sh': '#!/bin/sh\nexport JARVISCORE_BIND_PORT=7950\npython node.py\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by run.sh#launch:0',
      'node (launch, shell) run.sh:3:1; 127.0.0.1:7950 + 1000, P2P on; reads run.sh; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env run.sh:2',
    ],
  ],
  [
    { ...mesh(), 'run.sh': '#!/bin/sh\nJARVISCORE_BIND_PORT=1 python node.py &\nJARVISCORE_BIND_PORT=2 python node.py\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by run.sh#launch:0, run.sh#launch:1',
      'node (launch, shell) run.sh:2:1; 127.0.0.1:1 + 1000, P2P on; reads run.sh; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env run.sh:2',
      'node (launch, shell) run.sh:3:1; 127.0.0.1:2 + 1000, P2P on; reads run.sh; runs node.py',
      '  JARVISCORE_BIND_PORT: 2 from process-env run.sh:3',
    ],
  ],
  [
    { ...mesh(), ...env('JARVISCORE_BIND_PORT=3'), 'run.sh': '#!/bin/sh\nJARVISCORE_NODE_NAME=n python node.py\n' },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:3 + 1000, P2P on; reads .env; started by run.sh#launch:0',
      '  JARVISCORE_BIND_PORT: 3 from env-file .env:1',
      'n (launch, shell) run.sh:2:1; 127.0.0.1:3 + 1000, P2P on; reads .env, run.sh; runs node.py',
      '  JARVISCORE_BIND_PORT: 3 from env-file .env:1',
      '  JARVISCORE_NODE_NAME: "n" from process-env run.sh:2',
    ],
  ],
  [
    {
      ...mesh(),
      '.vscode/launch.json':
        '{"configurations": [{"name": "Node", "type": "debugpy", "request": "launch", "program": "${workspaceFolder}/node.py", "env": {"JARVISCORE_BIND_PORT": "7950"}, "envFile": "${workspaceFolder}/a.env"}]}\n',
      'a.env': 'JARVISCORE_BIND_PORT=1\nJARVISCORE_NODE_NAME=n\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by .vscode/launch.json#launch:0',
      'Node (launch, editor) .vscode/launch.json:1:30; 127.0.0.1:7950 + 1000, P2P on; reads a.env, .vscode/launch.json; runs node.py',
      '  JARVISCORE_BIND_PORT: 7950 from process-env .vscode/launch.json:1',
      '    over 1 from process-env a.env:1',
      '  JARVISCORE_NODE_NAME: "n" from process-env a.env:2',
    ],
  ],
]);

resolves('machines that a person declared', [
  [
    {
      ...mesh('"bind_port": 1', 'a.py'),
      ...mesh('"bind_port": 1', 'b.py'),
      'jarviscore-fleet.json':
        '{"hosts": {"one": {"processes": ["a"], "addresses": ["10.0.0.1"]}, "two": {"files": ["b.py"]}}}\n',
    },
    [
      'a (mesh, python) a.py:3:8; 127.0.0.1:1 + 1000, P2P on; on host:one; reached as 10.0.0.1',
      '  JARVISCORE_BIND_PORT: 1 from mesh-config a.py:3',
      'b (mesh, python) b.py:3:8; 127.0.0.1:1 + 1000, P2P on; on host:two',
      '  JARVISCORE_BIND_PORT: 1 from mesh-config b.py:3',
    ],
  ],
  [
    {
      ...program,
      ...file(a(...port('1'))),
      'jarviscore-fleet.json': '{"hosts": {"one": {"processes": ["a"], "addresses": ["10.0.0.1"]}}}\n',
    },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; started by compose.yml#compose-service:a',
      'a (compose-service, compose) compose.yml:2:3; 127.0.0.1:1 + 1000, P2P on; on compose.yml#compose-service:a; reached as 10.0.0.1; reads Dockerfile, compose.yml; runs node.py',
      '  JARVISCORE_BIND_PORT: 1 from process-env compose.yml:6',
    ],
  ],
]);

/** What the rules of config/rules/deployment/containers.ts say. */

import { a } from '../deploymentWorkspaces.ts';
import { env, mesh } from '../said.ts';
import { says } from '../says.ts';

says('prod-no-confinement', [
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}'),
    [
      'compose.yml:2:3 info The container of a lacks security_opt seccomp=unconfined (or a profile) and systempaths=unconfined: bubblewrap cannot start in it, and code that a model wrote is refused. Shipped atoms still run.',
      'Dockerfile:1:1 info The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.',
    ],
    { profile: 'production' },
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'security_opt:', '  - seccomp=unconfined'),
    [
      'compose.yml:2:3 info The container of a lacks security_opt systempaths=unconfined: bubblewrap cannot start in it, and code that a model wrote is refused. Shipped atoms still run.',
      'Dockerfile:1:1 info The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.',
    ],
    { profile: 'production' },
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'security_opt:', '  - systempaths=unconfined'),
    [
      'compose.yml:2:3 info The container of a lacks security_opt seccomp=unconfined (or a profile): bubblewrap cannot start in it, and code that a model wrote is refused. Shipped atoms still run.',
      'Dockerfile:1:1 info The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.',
    ],
    { profile: 'production' },
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'security_opt:', '  - seccomp:profile.json', '  - systempaths:unconfined'),
    ['Dockerfile:1:1 info The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.'],
    { profile: 'production' },
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'privileged: true'),
    ['Dockerfile:1:1 info The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.'],
    { profile: 'production' },
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'privileged: false'),
    [
      'compose.yml:2:3 info The container of a lacks security_opt seccomp=unconfined (or a profile) and systempaths=unconfined: bubblewrap cannot start in it, and code that a model wrote is refused. Shipped atoms still run.',
      'Dockerfile:1:1 info The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.',
    ],
    { profile: 'production' },
  ],
  [
    { Dockerfile: 'FROM python:3.12\nRUN apt-get install -y bubblewrap\nRUN pip install jarviscore-framework\n' },
    [],
    { profile: 'production' },
  ],
  [{ Dockerfile: 'FROM python:3.12\nRUN pip install other\n' }, [], { profile: 'production' }],
]);

says('control-strict-without-confinement', [
  [
    a('environment: {CONTROL_MODE: strict}'),
    [
      'compose.yml:5:33 warning [CONTROL_MODE] Strict mode refuses code that cannot be confined, and the container of a lacks security_opt seccomp=unconfined (or a profile) and systempaths=unconfined.',
      '  see compose.yml:2:3 a (compose.yml)',
    ],
  ],
  [
    a('environment: {JARVISCORE_CONTROL_MODE: " Strict "}', 'security_opt: [seccomp=unconfined]'),
    [
      'compose.yml:5:44 warning [JARVISCORE_CONTROL_MODE] Strict mode refuses code that cannot be confined, and the container of a lacks security_opt systempaths=unconfined.',
      '  see compose.yml:2:3 a (compose.yml)',
    ],
  ],
  [a('environment: {CONTROL_MODE: report}'), []],
  [a('environment: {CONTROL_MODE: strict}', 'privileged: true'), []],
  [{ ...env('CONTROL_MODE=strict'), ...mesh() }, []],
]);

says('volume-old-path', [
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - ./blobs:/app/blob_storage'),
    [
      'compose.yml:7:9 warning [STORAGE_BASE_PATH] Since 2.2.0 the data goes to .jarviscore/blob_storage unless STORAGE_BASE_PATH says otherwise; this volume stays empty. Mount .jarviscore, or set STORAGE_BASE_PATH to /app/blob_storage.',
      '  asks: Mount .jarviscore/blob_storage',
      '    -      - ./blobs:/app/blob_storage',
      '    +      - ./blobs:/app/.jarviscore/blob_storage',
    ],
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - "./logs:/app/logs/"', '  - ./traces:/app/traces'),
    [
      'compose.yml:7:9 warning [LOG_DIRECTORY] Since 2.2.0 the data goes to .jarviscore/logs unless LOG_DIRECTORY says otherwise; this volume stays empty. Mount .jarviscore, or set LOG_DIRECTORY to /app/logs/.',
      '  asks: Mount .jarviscore/logs',
      '    -      - "./logs:/app/logs/"',
      '    +      - "./logs:/app/.jarviscore/logs"',
      'compose.yml:8:9 warning [TELEMETRY_TRACE_DIR] Since 2.2.0 the data goes to .jarviscore/traces unless TELEMETRY_TRACE_DIR says otherwise; this volume stays empty. Mount .jarviscore, or set TELEMETRY_TRACE_DIR to /app/traces.',
      '  asks: Mount .jarviscore/traces',
      '    -      - ./traces:/app/traces',
      '    +      - ./traces:/app/.jarviscore/traces',
    ],
  ],
  [a('environment: {JARVISCORE_BIND_PORT: 1, LOG_DIRECTORY: /app/logs}', 'volumes:', '  - ./logs:/app/logs'), []],
  [a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - ./logs:/app/.jarviscore/logs'), []],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - /app/logs'),
    [
      'compose.yml:7:9 warning [LOG_DIRECTORY] Since 2.2.0 the data goes to .jarviscore/logs unless LOG_DIRECTORY says otherwise; this volume stays empty. Mount .jarviscore, or set LOG_DIRECTORY to /app/logs.',
      '  asks: Mount .jarviscore/logs',
      '    -      - /app/logs',
      '    +      - /app/.jarviscore/logs',
    ],
  ],
  [
    a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - {type: bind, source: ./logs, target: /app/logs}'),
    [
      'compose.yml:7:9 warning [LOG_DIRECTORY] Since 2.2.0 the data goes to .jarviscore/logs unless LOG_DIRECTORY says otherwise; this volume stays empty. Mount .jarviscore, or set LOG_DIRECTORY to /app/logs.',
    ],
  ],
  [a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - ./logs:/app/mylogs'), []],
  [a('environment: {JARVISCORE_BIND_PORT: 1}', 'volumes:', '  - ./logs:/app/logs'), [], { target: '2.1.1' }],
]);

says('nexus-secret-without-salt-volume', [
  [
    a('environment: {NEXUS_SECRET: abcdefgh}'),
    [
      'compose.yml:5:33 info [NEXUS_SECRET] The key of stored credentials is made of NEXUS_SECRET and the salt in ~/.jarviscore/.salt, which is on no volume of a: with a new container nothing can be decrypted any more.',
      '  see compose.yml:2:3 a (compose.yml)',
    ],
  ],
  [a('environment: {NEXUS_SECRET: abcdefgh}', 'volumes: ["home:/root"]'), []],
  [a('environment: {NEXUS_SECRET: abcdefgh}', 'volumes: ["home:/home/app/"]'), []],
  [a('environment: {NEXUS_SECRET: abcdefgh}', 'volumes: ["home:/home/app/.jarviscore"]'), []],
  [a('environment: {NEXUS_SECRET: abcdefgh}', 'volumes: ["home:/srv/.jarviscore/"]'), []],
  [
    a('environment: {NEXUS_SECRET: abcdefgh}', 'volumes: ["home:/root/other"]'),
    [
      'compose.yml:5:33 info [NEXUS_SECRET] The key of stored credentials is made of NEXUS_SECRET and the salt in ~/.jarviscore/.salt, which is on no volume of a: with a new container nothing can be decrypted any more.',
      '  see compose.yml:2:3 a (compose.yml)',
    ],
  ],
  [a('environment: {NEXUS_SECRET: ""}'), []],
  [{ ...env('NEXUS_SECRET=abcdefgh'), ...mesh() }, []],
]);

says('browser-profile-dir-ephemeral', [
  [
    a('environment: {BROWSER_PROFILE_DIR: /data/profile}'),
    [
      'compose.yml:5:40 info [BROWSER_PROFILE_DIR] /data/profile is on no volume of a: log-ins of the browser are gone with its container.',
      '  see compose.yml:2:3 a (compose.yml)',
    ],
  ],
  [a('environment: {BROWSER_PROFILE_DIR: /data/profile}', 'volumes: ["data:/data"]'), []],
  [a('environment: {BROWSER_PROFILE_DIR: /data}', 'volumes: ["data:/data/"]'), []],
  [
    a('environment: {BROWSER_PROFILE_DIR: /database}', 'volumes: ["data:/data"]'),
    [
      'compose.yml:5:40 info [BROWSER_PROFILE_DIR] /database is on no volume of a: log-ins of the browser are gone with its container.',
      '  see compose.yml:2:3 a (compose.yml)',
    ],
  ],
  [a('environment: {BROWSER_PROFILE_DIR: profile}'), []],
]);

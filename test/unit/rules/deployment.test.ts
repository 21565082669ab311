// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Compose files, manifests, images and unit files: what they publish, keep and give away, and what a fix writes. */
import { env, mesh } from './said.ts';
import { says } from './says.ts';
import type { Files } from './workspace.ts';

/** A service that starts `node.py` from an image built here, with more lines of its own. */
const a = (...lines: readonly string[]): Files =>
  stack(['a:', '  build: .', '  command: python node.py', ...lines.map((line) => `  ${line}`)]);
const stack = (...services: readonly (readonly string[])[]): Files => ({
  'compose.yml': `services:\n${services
    .flat()
    .map((line) => `  ${line}\n`)
    .join('')}`,
  Dockerfile: 'FROM python:3.12\nRUN pip install jarviscore-framework\n',
  ...mesh(),
});
const redis = (...lines: readonly string[]): Files =>
  stack(
    ['a:', '  build: .', '  command: python node.py', '  environment:', '    REDIS_URL: redis://redis'],
    ['redis:', ...lines.map((line) => `  ${line}`)],
  );
const bound = ['environment:', '  JARVISCORE_BIND_PORT: 7950', '  JARVISCORE_BIND_HOST: 0.0.0.0'];
const workload = (env: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: node}\nspec:\n  serviceName: node\n  template:\n    metadata: {labels: {app: node}}\n    spec:\n      containers:\n        - name: node\n          image: acme/node\n          command: [python, node.py]\n          env:\n            - {name: JARVISCORE_BIND_PORT, value: "7950"}\n            - {name: P2P_ENABLED, value: "true"}\n${env}${more}`;
const kube = (service: string, env = ''): Files => ({ 'node.yaml': workload(env), 'service.yaml': service, ...mesh() });
const seed = (list: string): string => `            - {name: JARVISCORE_SEED_NODES, value: "${list}"}\n`;
const exposed = (type: string, ports: string, selector = 'app: node'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: node}\nspec:\n  type: ${type}\n  selector: {${selector}}\n  ports:\n${ports}`;

/** The compose file alone, without a program that reads the env file beside it. */
const bare = (files: Files): Files => ({ 'compose.yml': files['compose.yml'] ?? '' });

says('p2p-port-exposed', [
  [
    a(...bound, 'ports:', '  - "7950:7950"'),
    [
      'compose.yml:9:9 warning [JARVISCORE_BIND_PORT] The SWIM port 7950 of a is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).',
      '  asks: Publish on 127.0.0.1 only',
      '    -      - "7950:7950"',
      '    +      - "127.0.0.1:7950:7950"',
    ],
  ],
  [
    a(...bound, 'ports:', '  - "8950:8950"'),
    [
      'compose.yml:9:9 warning [JARVISCORE_BIND_PORT] The ZMQ port 8950 of a is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).',
      '  asks: Publish on 127.0.0.1 only',
      '    -      - "8950:8950"',
      '    +      - "127.0.0.1:8950:8950"',
    ],
  ],
  [
    a(...bound, 'ports:', '  - "0.0.0.0:7950:7950/udp"'),
    [
      'compose.yml:9:9 warning [JARVISCORE_BIND_PORT] The SWIM port 7950 of a is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).',
      '  asks: Publish on 127.0.0.1 only',
      '    -      - "0.0.0.0:7950:7950/udp"',
      '    +      - "127.0.0.1:7950:7950/udp"',
    ],
  ],
  [
    a(...bound, 'ports:', '  - 7950-7952:7950-7952'),
    [
      'compose.yml:9:9 warning [JARVISCORE_BIND_PORT] The SWIM port 7950 of a is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).',
      '  asks: Publish on 127.0.0.1 only',
      '    -      - 7950-7952:7950-7952',
      '    +      - "127.0.0.1:7950-7952:7950-7952"',
    ],
  ],
  [a(...bound, 'ports:', '  - 7951-7952:7951-7952'), []],
  [a(...bound, 'ports:', '  - "127.0.0.1:7950:7950"'), []],
  [a(...bound, 'ports:', '  - "10.0.0.1:7950:7950"'), []],
  [
    a(...bound, 'ports:', '  - "[::]:7950:7950"'),
    [
      'compose.yml:9:9 warning [JARVISCORE_BIND_PORT] The SWIM port 7950 of a is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).',
      '  asks: Publish on 127.0.0.1 only',
      '    -      - "[::]:7950:7950"',
      '    +      - "127.0.0.1:7950:7950"',
    ],
  ],
  [
    a(...bound, 'ports:', '  - target: 7950', '    published: "7950"'),
    [
      'compose.yml:9:9 warning [JARVISCORE_BIND_PORT] The SWIM port 7950 of a is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).',
    ],
  ],
  [a(...bound, '  P2P_ENABLED: "false"', 'ports:', '  - "7950:7950"'), []],
  [a(...bound, 'ports:', '  - "9000:9000"'), []],
  [
    kube(exposed('NodePort', '    - port: 7950\n')),
    [
      'service.yaml:8:7 warning [JARVISCORE_BIND_PORT] The Service node (NodePort) opens the SWIM port 7950 to the outside, and the protocol has neither authentication nor encryption: keep it inside the cluster.',
      '  asks: Make node a ClusterIP Service',
      '    -  type: NodePort',
      '    +  type: ClusterIP',
    ],
  ],
  [
    kube(exposed('LoadBalancer', '    - port: 7950\n    - port: 80\n')),
    [
      'service.yaml:8:7 warning [JARVISCORE_BIND_PORT] The Service node (LoadBalancer) opens the SWIM port 7950 to the outside, and the protocol has neither authentication nor encryption: keep it inside the cluster.',
      '  asks: Take the port out of the Service',
      '    -    - port: 7950',
    ],
  ],
  [
    kube(exposed('LoadBalancer', '    - {port: 80, targetPort: 8950}\n')),
    [
      'service.yaml:8:7 warning [JARVISCORE_BIND_PORT] The Service node (LoadBalancer) opens the ZMQ port 8950 to the outside, and the protocol has neither authentication nor encryption: keep it inside the cluster.',
      '  asks: Make node a ClusterIP Service',
      '    -  type: LoadBalancer',
      '    +  type: ClusterIP',
    ],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n')), []],
  [kube(exposed('NodePort', '    - port: 7950\n', 'app: other')), []],
  [
    kube(exposed('NodePort', '    - {port: 7950, nodePort: 30000}\n')),
    [
      'service.yaml:8:7 warning [JARVISCORE_BIND_PORT] The Service node (NodePort) opens the SWIM port 7950 to the outside, and the protocol has neither authentication nor encryption: keep it inside the cluster.',
    ],
  ],
]);

says('compose-udp-not-published', [
  [
    a(...bound, 'ports:', '  - "7950:7950"'),
    [
      'compose.yml:9:9 info [JARVISCORE_BIND_PORT] This publishes 7950 for TCP alone. A node outside this compose network also needs 7950/udp and 8950/tcp (ZMQ) to join.',
      '  asks: Publish it for UDP as well',
      '    +      - "7950:7950/udp"',
    ],
  ],
  [a(...bound, 'ports:', '  - "7950:7950"', '  - "7950:7950/udp"'), []],
  [
    a(...bound, 'ports:', '  - "7950:7950"', '  - "8950:8950"'),
    [
      'compose.yml:9:9 info [JARVISCORE_BIND_PORT] This publishes 7950 for TCP alone. A node outside this compose network also needs 7950/udp to join.',
      '  asks: Publish it for UDP as well',
      '    +      - "7950:7950/udp"',
    ],
  ],
  [a(...bound, 'ports:', '  - "7950:7950"', '  - "7950:7950/udp"', '  - "8950:8950"'), []],
  [a(...bound, 'ports:', '  - "8950:8950"'), []],
  [
    a(...bound, 'ports: ["127.0.0.1:7950:7950/tcp"]'),
    [
      'compose.yml:8:13 info [JARVISCORE_BIND_PORT] This publishes 7950 for TCP alone. A node outside this compose network also needs 7950/udp and 8950/tcp (ZMQ) to join.',
    ],
  ],
  [a(...bound, '  P2P_ENABLED: "false"', 'ports:', '  - "7950:7950"'), []],
]);

says('compose-seed-includes-self', [
  [
    a(
      'environment:',
      '  JARVISCORE_BIND_PORT: 7950',
      '  JARVISCORE_BIND_HOST: 0.0.0.0',
      '  JARVISCORE_SEED_NODES: a:7950,b:7950',
    ),
    [
      'compose.yml:8:30 warning [JARVISCORE_SEED_NODES] a:7950 is this service itself: members are told apart by the literal address, so it becomes a member that never answers.',
      '  asks: Remove a:7950',
      '    -      JARVISCORE_SEED_NODES: a:7950,b:7950',
      '    +      JARVISCORE_SEED_NODES: "b:7950"',
    ],
  ],
  [
    a('environment:', '  JARVISCORE_BIND_PORT: 7950', '  JARVISCORE_BIND_HOST: 0.0.0.0', '  JARVISCORE_SEED_NODES: a:7950'),
    [
      'compose.yml:8:30 warning [JARVISCORE_SEED_NODES] a:7950 is this service itself: members are told apart by the literal address, so it becomes a member that never answers.',
    ],
  ],
  [a('environment:', '  JARVISCORE_BIND_PORT: 7950', '  JARVISCORE_BIND_HOST: 0.0.0.0', '  JARVISCORE_SEED_NODES: a:7951'), []],
  [
    a(
      'hostname: me',
      'environment:',
      '  JARVISCORE_BIND_PORT: 7950',
      '  JARVISCORE_BIND_HOST: 0.0.0.0',
      '  JARVISCORE_SEED_NODES: me:7950,b:1',
    ),
    [
      'compose.yml:9:30 warning [JARVISCORE_SEED_NODES] me:7950 is this service itself: members are told apart by the literal address, so it becomes a member that never answers.',
      '  asks: Remove me:7950',
      '    -      JARVISCORE_SEED_NODES: me:7950,b:1',
      '    +      JARVISCORE_SEED_NODES: "b:1"',
    ],
  ],
  [a('environment:', '  JARVISCORE_BIND_PORT: 7950', '  JARVISCORE_BIND_HOST: a', '  JARVISCORE_SEED_NODES: a:7950,b:1'), []],
]);

says('compose-required-unset', [
  [
    { ...a('environment:', '  JARVISCORE_BIND_PORT: ${JARVISCORE_BIND_PORT:?}'), '.env': 'A=1\n' },
    [
      'compose.yml:6:29 error [JARVISCORE_BIND_PORT] Compose stops without JARVISCORE_BIND_PORT, and .env does not set it.',
      '  see .env:1:1 No JARVISCORE_BIND_PORT here',
    ],
  ],
  [{ ...a('environment:', '  JARVISCORE_BIND_PORT: ${JARVISCORE_BIND_PORT:?}'), '.env': 'JARVISCORE_BIND_PORT=1\n' }, []],
  [
    { ...a('environment:', '  JARVISCORE_BIND_PORT: ${JARVISCORE_BIND_PORT?missing}'), '.env': 'JARVISCORE_BIND_PORT=\n' },
    [
      'compose.yml:6:29 error [JARVISCORE_BIND_PORT] Compose stops without JARVISCORE_BIND_PORT, and .env does not set it.',
      '  see .env:1:1 No JARVISCORE_BIND_PORT here',
    ],
  ],
  [{ ...a('environment:', '  JARVISCORE_BIND_PORT: ${JARVISCORE_BIND_PORT:-5}'), '.env': 'A=1\n' }, []],
  [{ ...a('environment:', '  JARVISCORE_BIND_PORT: ${OTHER:?}'), '.env': 'A=1\n' }, []],
  [
    { ...a('environment:', '  NEXUS_SECRET: ${NEXUS_SECRET:?}'), '.env': 'NEXUS_SECRET=\n' },
    [
      'compose.yml:6:21 error [NEXUS_SECRET] Compose stops without NEXUS_SECRET, and .env does not set it.',
      '  see .env:1:1 No NEXUS_SECRET here',
    ],
  ],
  [{ ...a('environment:', '  NEXUS_SECRET: ${NEXUS_SECRET:?}'), '.env': 'NEXUS_SECRET=abcdefgh\n' }, []],
  [a('environment:', '  JARVISCORE_BIND_PORT: ${JARVISCORE_BIND_PORT:?}'), []],
]);

says('compose-var-not-passed', [
  [
    { ...bare(a('environment:', '  JARVISCORE_BIND_PORT: 7950')), '.env': 'LOG_LEVEL=DEBUG\nOTHER=1\nPOSTGRES_USER=x\n' },
    [
      '.env:1:1 info [LOG_LEVEL] Compose fills ${...} in from .env and passes nothing else on: no service of compose.yml lists LOG_LEVEL, so no container gets it.',
      '  see compose.yml:2:3 a',
      '  asks: Pass LOG_LEVEL on',
      '    --- compose.yml',
      '    +      LOG_LEVEL: ${LOG_LEVEL}',
    ],
  ],
  [{ ...bare(a('environment:', '  JARVISCORE_BIND_PORT: 7950', '  LOG_LEVEL: ${LOG_LEVEL}')), '.env': 'LOG_LEVEL=DEBUG\n' }, []],
  [{ ...bare(a('environment:', '  JARVISCORE_BIND_PORT: 7950', '  LOG_LEVEL:')), '.env': 'LOG_LEVEL=DEBUG\n' }, []],
  [{ ...bare(a('env_file: .env')), '.env': 'LOG_LEVEL=DEBUG\n' }, []],
  [
    {
      ...bare(
        stack(
          ['a:', '  build: .', '  command: python node.py', '  environment: {JARVISCORE_BIND_PORT: 1}'],
          ['b:', '  build: .', '  command: python node.py', '  environment: {JARVISCORE_BIND_PORT: 2}'],
        ),
      ),
      '.env': 'LOG_LEVEL=DEBUG\n',
    },
    [
      '.env:1:1 info [LOG_LEVEL] Compose fills ${...} in from .env and passes nothing else on: no service of compose.yml lists LOG_LEVEL, so no container gets it.',
      '  see compose.yml:2:3 a',
      '  see compose.yml:6:3 b',
    ],
  ],
  [bare(a('environment:', '  JARVISCORE_BIND_PORT: 7950')), []],
  [{ ...a('environment:', '  JARVISCORE_BIND_PORT: 7950'), '.env': 'LOG_LEVEL=DEBUG\n' }, []],
]);

says('redis-no-persistence', [
  [
    redis('image: redis:7'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
      '  asks: Keep its data in ./redis-data',
      '    +    command: redis-server --appendonly yes',
      '    +    volumes:',
      '    +      - ./redis-data:/data',
    ],
    { profile: 'production' },
  ],
  [
    redis('image: valkey/valkey'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
      '  asks: Keep its data in ./redis-data',
      '    +    command: valkey-server --appendonly yes',
      '    +    volumes:',
      '    +      - ./redis-data:/data',
    ],
    { profile: 'production' },
  ],
  [
    redis('image: redis/redis-stack-server:7'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
    ],
    { profile: 'production' },
  ],
  [redis('image: acme/redis-exporter'), [], { profile: 'production' }],
  [
    redis('image: redis@sha256:abc'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
      '  asks: Keep its data in ./redis-data',
      '    +    command: redis-server --appendonly yes',
      '    +    volumes:',
      '    +      - ./redis-data:/data',
    ],
    { profile: 'production' },
  ],
  [redis('image: redis:7', 'volumes:', '  - ./data:/data'), [], { profile: 'production' }],
  [redis('image: redis:7', 'volumes:', '  - ./data:/data/'), [], { profile: 'production' }],
  [
    redis('image: redis:7', 'volumes:', '  - /data'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
    ],
    { profile: 'production' },
  ],
  [
    redis('image: redis:7', 'volumes:', '  - ./data:/var/data'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
    ],
    { profile: 'production' },
  ],
  [
    redis('image: redis:7', 'command: redis-server --save ""', 'volumes:', '  - ./data:/data'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis is told to save nothing: workflows, mailboxes and memory are gone after a restart. Add "--appendonly yes".',
    ],
    { profile: 'production' },
  ],
  [
    redis('image: redis:7', 'command: redis-server --save "" --appendonly yes', 'volumes:', '  - ./data:/data'),
    [],
    { profile: 'production' },
  ],
  [
    redis('image: redis:7', 'command: redis-server --appendonly yes'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
      '  asks: Keep its data in ./redis-data',
      '    +    volumes:',
      '    +      - ./redis-data:/data',
    ],
    { profile: 'production' },
  ],
  [
    redis('image: redis:7', 'command: redis-server --maxmemory 1g'),
    [
      'compose.yml:8:12 warning [REDIS_URL] redis has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".',
    ],
    { profile: 'production' },
  ],
  [stack(['redis:', '  image: redis:7']), [], { profile: 'production' }],
]);

says('compose-cycle', [
  [
    { 'compose.yml': 'include:\n  - compose.yml\nservices:\n  a: {image: x}\n' },
    ['compose.yml:2:5 error The file includes itself: compose stops with an error and starts nothing.'],
  ],
  [
    {
      'compose.yml': 'include:\n  - b.yml\nservices:\n  a: {image: x}\n',
      'b.yml': 'include:\n  - compose.yml\nservices:\n  b: {image: x}\n',
    },
    [
      'compose.yml:2:5 error The file includes b.yml, which leads back to this file: compose stops with an error and starts nothing.',
      '  see b.yml:2:5 b.yml includes the next file',
    ],
  ],
  [
    {
      'compose.yml': 'include:\n  - compose.b.yml\n',
      'compose.b.yml': 'include: [compose.c.yml]\n',
      'compose.c.yml': 'include: [compose.yml]\n',
    },
    [
      'compose.yml:2:5 error The file includes compose.b.yml, which leads back to this file: compose stops with an error and starts nothing.',
      '  see compose.b.yml:1:11 compose.b.yml includes the next file',
      '  see compose.c.yml:1:11 compose.c.yml includes the next file',
    ],
  ],
  [{ 'compose.yml': 'include:\n  - compose.b.yml\n', 'compose.b.yml': 'services:\n  b: {image: x}\n' }, []],
  [
    { 'compose.yml': 'services:\n  a:\n    extends: a\n' },
    [
      'compose.yml:3:14 error The service extends itself, which leads back to it: compose stops with an error and starts nothing.',
    ],
  ],
  [
    { 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: a\n' },
    ['compose.yml:5:14 error The service extends a, which leads back to it: compose stops with an error and starts nothing.'],
  ],
  [
    {
      'compose.yml': 'services:\n  a:\n    extends: {service: b, file: compose.b.yml}\n',
      'compose.b.yml': 'services:\n  b:\n    extends: {service: a, file: compose.yml}\n',
    },
    [
      'compose.b.yml:3:14 error b extends a of compose.yml, which leads back to it: compose stops with an error and starts nothing.',
      '  see compose.yml:3:14 a extends the next service',
    ],
  ],
  [{ 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: c\n  c:\n    image: x\n' }, []],
  [
    { 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: c\n  c:\n    extends: b\n' },
    ['compose.yml:7:14 error The service extends b, which leads back to it: compose stops with an error and starts nothing.'],
  ],
]);

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

says('lb-in-front', [
  [
    kube(exposed('LoadBalancer', '    - port: 7950\n    - port: 8950\n')),
    [
      'service.yaml:3:18 info [JARVISCORE_BIND_PORT] The load balancer node stands before the SWIM port 7950 of node: members are told apart by their own address, which nobody sees through it. Let nodes reach each other directly.',
      '  asks: Make node a ClusterIP Service',
      '    -  type: LoadBalancer',
      '    +  type: ClusterIP',
    ],
  ],
  [
    kube(exposed('LoadBalancer', '    - port: 7950\n    - port: 80\n')),
    [
      'service.yaml:3:18 info [JARVISCORE_BIND_PORT] The load balancer node stands before the SWIM port 7950 of node: members are told apart by their own address, which nobody sees through it. Let nodes reach each other directly.',
    ],
  ],
  [kube(exposed('NodePort', '    - port: 7950\n')), []],
]);

says('k8s-service-seed', [
  [
    kube(exposed('ClusterIP', '    - port: 7950\n'), seed('node:7950')),
    [
      'node.yaml:16:52 warning [JARVISCORE_SEED_NODES] node:7950 is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make node headless (clusterIP: None) and name pods: node-0.node:7950.',
      '  see service.yaml:3:18 Service node (ClusterIP)',
    ],
  ],
  [
    kube(exposed('ClusterIP', '    - port: 7950\n'), seed('node.default.svc:7950')),
    [
      'node.yaml:16:52 warning [JARVISCORE_SEED_NODES] node.default.svc:7950 is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make node headless (clusterIP: None) and name pods: node-0.node:7950.',
      '  see service.yaml:3:18 Service node (ClusterIP)',
    ],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n'), seed('node-0.node:7950')), []],
  [kube(exposed('ClusterIP', '    - port: 7950\n').replace('spec:', 'spec:\n  clusterIP: None'), seed('node:7950')), []],
  [
    kube(
      'apiVersion: v1\nkind: Service\nmetadata: {name: node}\nspec: {type: ExternalName, externalName: x.example}\n',
      seed('node:7950'),
    ),
    [],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n'), seed('other:7950')), []],
  [
    kube(
      exposed('ClusterIP', '    - port: 7950\n').replace('{name: node}', '{name: node, namespace: prod}'),
      seed('node.prod:7950'),
    ),
    [
      'node.yaml:16:52 warning [JARVISCORE_SEED_NODES] node.prod:7950 is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make node headless (clusterIP: None) and name pods: node-0.node:7950.',
      '  see service.yaml:3:18 Service node (ClusterIP)',
    ],
  ],
  [
    kube(
      exposed('ClusterIP', '    - port: 7950\n').replace('{name: node}', '{name: node, namespace: prod}'),
      seed('node.dev:7950'),
    ),
    [],
  ],
]);

says('k8s-seed-selector-missing', [
  [
    kube(exposed('ClusterIP', '    - port: 7950\n', 'app: nodes'), seed('node:7950')),
    [
      'service.yaml:6:3 warning [JARVISCORE_SEED_NODES] No workload has the labels app=nodes, so the Service node leads nowhere, and the seed node:7950 finds nobody.',
      '  see node.yaml:16:52 Seed of node (node.yaml)',
    ],
  ],
  [
    kube(exposed('ClusterIP', '    - port: 7950\n', 'app: nodes, tier: x'), seed('node-0.node:7950')),
    [
      'service.yaml:6:3 warning [JARVISCORE_SEED_NODES] No workload has the labels app=nodes, tier=x, so the Service node leads nowhere, and the seed node-0.node:7950 finds nobody.',
      '  see node.yaml:16:52 Seed of node (node.yaml)',
    ],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n', 'app: node'), seed('node:7950')), []],
  [kube(exposed('ClusterIP', '    - port: 7950\n', ''), seed('node:7950')), []],
]);

says('prod-prometheus-no-scrape-target', [
  [
    {
      ...env('PROMETHEUS_ENABLED=true', 'PROMETHEUS_PORT=9100'),
      ...mesh(),
      'prometheus.yml': 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9101", "b:9102"]\n',
    },
    [
      'prometheus.yml:4:19 info [PROMETHEUS_PORT] No target here has the metrics port 9100 of node: its numbers are collected by nobody.',
      '  see .env:2:17 node (node.py)',
    ],
    { profile: 'production' },
  ],
  [
    {
      ...env('PROMETHEUS_ENABLED=true', 'PROMETHEUS_PORT=9100'),
      ...mesh(),
      'prometheus.yml': 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9101", "b:9100"]\n',
    },
    [],
    { profile: 'production' },
  ],
  [
    {
      ...env('PROMETHEUS_ENABLED=false', 'PROMETHEUS_PORT=9100'),
      ...mesh(),
      'prometheus.yml': 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9101"]\n',
    },
    [],
    { profile: 'production' },
  ],
]);

says('secret-in-dockerfile', [
  [
    {
      Dockerfile:
        'FROM python:3.12\nENV NEXUS_SECRET=abcdefgh1 LOG_LEVEL=INFO\nARG CLAUDE_API_KEY=sk-ant-abcdefgh\nENV MY_PASSWORD=abcdefgh1\nENV NEXUS_STATE_KEY=changeme\n',
    },
    [
      'Dockerfile:2:18 error [NEXUS_SECRET] NEXUS_SECRET becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
      'Dockerfile:4:17 error [MY_PASSWORD] MY_PASSWORD becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
      'Dockerfile:3:20 error [CLAUDE_API_KEY] CLAUDE_API_KEY becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
    ],
  ],
  [
    { Dockerfile: 'FROM python:3.12\nCOPY .env /app/.env\n' },
    [
      'Dockerfile:2:6 error .env becomes part of the image with all secrets in it. Hand the values over when the container starts.',
    ],
  ],
  [
    { Dockerfile: 'FROM python:3.12 AS base\nENV NEXUS_SECRET=abcdefgh1\nFROM base\nRUN x\n' },
    [
      'Dockerfile:2:18 error [NEXUS_SECRET] NEXUS_SECRET becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
      'Dockerfile:2:18 error [NEXUS_SECRET] NEXUS_SECRET becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
    ],
  ],
]);

says('systemd-env-secret', [
  [
    { 'node.service': '[Service]\nEnvironment=NEXUS_SECRET=abcdefgh1 LOG_LEVEL=INFO\nExecStart=/usr/bin/python node.py\n' },
    [
      'node.service:2:26 info [NEXUS_SECRET] Every user of the machine can read NEXUS_SECRET in a unit file (systemctl show). Put it into an EnvironmentFile= with mode 0600, or use LoadCredential=.',
    ],
  ],
  [{ 'node.service': '[Service]\nEnvironment=NEXUS_SECRET=\nExecStart=/usr/bin/python node.py\n' }, []],
]);

says('k8s-plain-secret', [
  [
    { 'node.yaml': workload('            - {name: NEXUS_SECRET, value: abcdefgh1}\n') },
    [
      'node.yaml:16:43 warning [NEXUS_SECRET] NEXUS_SECRET stands in clear text in the manifest; take it from a Secret with secretKeyRef.',
    ],
  ],
  [{ 'node.yaml': workload('            - {name: NEXUS_SECRET, valueFrom: {secretKeyRef: {name: s, key: k}}}\n') }, []],
  [
    {
      'map.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: node}\ndata:\n  NEXUS_SECRET: abcdefgh1\n  node.env: |\n    CLAUDE_API_KEY=sk-ant-abcdefgh\n',
    },
    [
      'map.yaml:5:17 warning [NEXUS_SECRET] NEXUS_SECRET stands in clear text in the manifest; take it from a Secret with secretKeyRef.',
      'map.yaml:7:20 warning [CLAUDE_API_KEY] CLAUDE_API_KEY stands in clear text in the manifest; take it from a Secret with secretKeyRef.',
    ],
  ],
]);

says('dotenv-export-prefix', [
  [{ 'a.env': 'export LOG_LEVEL=INFO\nA=1\n', ...a('env_file: a.env') }, []],
  [
    {
      'a.env': 'export LOG_LEVEL=INFO\n',
      'node.service': '[Service]\nEnvironmentFile=/w/a.env\nExecStart=/usr/bin/python node.py\n',
    },
    [
      'a.env:1:1 info [LOG_LEVEL] systemd, which node has read this file, does not know "export": it ignores the line.',
      '  see node.service:2:17 node reads this file',
      '  safe: Remove "export"',
      '    -export LOG_LEVEL=INFO',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    { 'a.env': 'export LOG_LEVEL=INFO\n', 'run.sh': '#!/bin/sh\ndocker run --env-file a.env acme/node\n' },
    [
      'a.env:1:1 info [LOG_LEVEL] Docker, which acme/node has read this file, does not know "export": it refuses the file.',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove "export"',
      '    -export LOG_LEVEL=INFO',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [env('export LOG_LEVEL=INFO'), []],
]);

says('dotenv-inline-comment-other-loader', [
  [
    {
      'a.env': 'LOG_LEVEL=INFO # loud\nREDIS_DB="1"\nOTHER="x"\n',
      'run.sh': '#!/bin/sh\ndocker run --env-file a.env acme/node\n',
    },
    [
      'a.env:1:16 warning [LOG_LEVEL] Docker, which acme/node has read this file, takes the comment as part of LOG_LEVEL. Docker reads "INFO # …".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL=INFO # loud',
      '    +LOG_LEVEL=INFO',
      'a.env:2:10 warning [REDIS_DB] Docker, which acme/node has read this file, takes the quotes as part of REDIS_DB. Docker reads "\\"1\\"".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the quotes',
      '    -REDIS_DB="1"',
      '    +REDIS_DB=1',
      'a.env:3:7 warning [OTHER] Docker, which acme/node has read this file, takes the quotes as part of OTHER.',
      '  see run.sh:2:23 acme/node reads this file',
    ],
  ],
  [
    {
      'a.env': 'LOG_LEVEL="INFO" # loud\nNEXUS_SECRET=abcdefgh # x\nA=b # c\n',
      'run.sh': '#!/bin/sh\ndocker run --env-file a.env acme/node\n',
    },
    [
      'a.env:1:18 warning [LOG_LEVEL] Docker, which acme/node has read this file, takes the quotes and the comment as part of LOG_LEVEL. Docker reads "\\"INFO\\" # …".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL="INFO" # loud',
      '    +LOG_LEVEL=INFO',
      'a.env:2:23 warning [NEXUS_SECRET] Docker, which acme/node has read this file, takes the comment as part of NEXUS_SECRET.',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -NEXUS_SECRET=abcdefgh # x',
      '    +NEXUS_SECRET=abcdefgh',
      'a.env:3:5 warning [A] Docker, which acme/node has read this file, takes the comment as part of A.',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -A=b # c',
      '    +A=b',
    ],
  ],
  [
    {
      'a.env': 'LOG_LEVEL=INFO # loud\n',
      'node.service': '[Service]\nEnvironmentFile=/w/a.env\nExecStart=/usr/bin/python node.py\n',
    },
    [
      'a.env:1:16 warning [LOG_LEVEL] systemd, which node has read this file, takes the comment as part of LOG_LEVEL. systemd reads "INFO # …".',
      '  see node.service:2:17 node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL=INFO # loud',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    {
      '.env': 'LOG_LEVEL=INFO # loud\nLOG_DIRECTORY="a\\nb"\n',
      ...mesh(),
      'run.sh': '#!/bin/sh\ndocker run --env-file .env acme/node\n',
    },
    [
      '.env:1:16 warning [LOG_LEVEL] Docker, which acme/node has read this file, takes the comment as part of LOG_LEVEL. python-dotenv reads "INFO", Docker "INFO # …".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL=INFO # loud',
      '    +LOG_LEVEL=INFO',
      '.env:2:15 warning [LOG_DIRECTORY] Docker, which acme/node has read this file, takes the quotes as part of LOG_DIRECTORY. python-dotenv reads "a\\nb", Docker "\\"a\\\\nb\\"".',
      '  see run.sh:2:23 acme/node reads this file',
    ],
  ],
  [{ '.env': 'LOG_LEVEL=INFO # loud\n', ...mesh() }, []],
]);

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** What the rules of config/rules/deployment/compose.ts say. */

import { a, bare, bound, exposed, kube, redis, stack } from '../deploymentWorkspaces.ts';
import { says } from '../says.ts';

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

/** What the rules of config/rules/ports/single.ts say. */

import { env, joins, mesh } from '../said.ts';
import { says } from '../says.ts';

says('port-out-of-range', [
  [env('JARVISCORE_BIND_PORT=65535'), []],
  [
    env('JARVISCORE_BIND_PORT=65536'),
    ['.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: 65536 is no port; ports are 1 to 65535.'],
  ],
  [env('JARVISCORE_BIND_PORT=0'), []],
  [
    env('JARVISCORE_BIND_PORT=-1'),
    ['.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: -1 is no port; ports are 1 to 65535.'],
  ],
  [env('JARVISCORE_BIND_PORT=7946.5'), []],
  [env('PROMETHEUS_PORT=0'), ['.env:1:17 error [PROMETHEUS_PORT] PROMETHEUS_PORT: 0 is no port; ports are 1 to 65535.']],
  [env('PROMETHEUS_PORT=1'), []],
  [env('PROMETHEUS_PORT=x'), []],
  [env('ATHENA_REDIS_PORT=0'), []],
  [mesh('"bind_port": 70000'), ['node.py:3:34 error [bind_port] "bind_port": 70000 is no port; ports are 1 to 65535.']],
  [mesh('"bind_port": "70000"'), ['node.py:3:34 error [bind_port] "bind_port": 70000 is no port; ports are 1 to 65535.']],
  [mesh('"bind_port": None'), []],
]);

says('bind-port-zero', [
  [
    env('JARVISCORE_BIND_PORT=0'),
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: SWIM needs a port from 1 to 65535 and refuses 0, so the mesh runs without P2P. Only join_mesh(config={"bind_port": 0}) chooses a free one.',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=0'),
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: SWIM needs a port from 1 to 65535 and refuses 0, so the mesh does not start (Mesh.start() raises). Only join_mesh(config={"bind_port": 0}) chooses a free one.',
    ],
    { target: '1.0.2' },
  ],
  [
    env('JARVISCORE_BIND_PORT=0'),
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: SWIM needs a port from 1 to 65535 and refuses 0, so the mesh runs without P2P. Only join_mesh(config={"bind_port": 0}) chooses a free one.',
    ],
    { target: '1.1.0' },
  ],
  [env('JARVISCORE_BIND_PORT=1', 'PROMETHEUS_PORT=0'), []],
  [
    mesh('"bind_port": 0'),
    [
      'node.py:3:34 error [bind_port] "bind_port": SWIM needs a port from 1 to 65535 and refuses 0, so the mesh runs without P2P. Only join_mesh(config={"bind_port": 0}) chooses a free one.',
    ],
  ],
  [joins('endpoint="h:7950", config={"bind_port": 0}'), []],
  [
    { ...joins('endpoint="h:7950"'), ...env('JARVISCORE_BIND_PORT=0') },
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: SWIM needs a port from 1 to 65535 and refuses 0, so the mesh runs without P2P. Only join_mesh(config={"bind_port": 0}) chooses a free one.',
    ],
  ],
]);

says('zmq-offset-zero', [
  [
    env('ZMQ_PORT_OFFSET=0'),
    [
      '.env:1:17 error [ZMQ_PORT_OFFSET] ZMQ_PORT_OFFSET: with offset 0 the ZMQ socket wants the TCP port SWIM already has.',
      '  asks: Use the offset 1000',
      '    -ZMQ_PORT_OFFSET=0',
      '    +ZMQ_PORT_OFFSET=1000',
    ],
  ],
  [env('ZMQ_PORT_OFFSET=1'), []],
  [env('JARVISCORE_BIND_PORT=0'), []],
  [
    mesh('"zmq_port_offset": 0'),
    [
      'node.py:3:40 error [zmq_port_offset] "zmq_port_offset": with offset 0 the ZMQ socket wants the TCP port SWIM already has.',
      '  asks: Use the offset 1000',
      '    -mesh = Mesh(config={"zmq_port_offset": 0})',
      '    +mesh = Mesh(config={"zmq_port_offset": 1000})',
    ],
  ],
  [
    mesh('"zmq_port_offset": "0"'),
    [
      'node.py:3:40 error [zmq_port_offset] "zmq_port_offset": with offset 0 the ZMQ socket wants the TCP port SWIM already has.',
      '  asks: Use the offset 1000',
      '    -mesh = Mesh(config={"zmq_port_offset": "0"})',
      '    +mesh = Mesh(config={"zmq_port_offset": 1000})',
    ],
  ],
]);

says('zmq-offset-negative', [
  [
    env('ZMQ_PORT_OFFSET=-1'),
    [
      '.env:1:17 warning [ZMQ_PORT_OFFSET] ZMQ_PORT_OFFSET: -1 puts the ZMQ port below the SWIM port; use a positive offset, 1000 by default.',
    ],
  ],
  [env('ZMQ_PORT_OFFSET=0'), []],
  [
    mesh('"zmq_port_offset": -1000'),
    [
      'node.py:3:40 warning [zmq_port_offset] "zmq_port_offset": -1000 puts the ZMQ port below the SWIM port; use a positive offset, 1000 by default.',
    ],
  ],
  [env('KERNEL_MAX_TURNS=-1'), []],
]);

says('zmq-offset-nonstandard', [
  [
    env('ZMQ_PORT_OFFSET=1'),
    [
      '.env:1:17 info [ZMQ_PORT_OFFSET] ZMQ_PORT_OFFSET: 1 works where every node has it, but swim-p2p falls back to +1000 in two places.',
    ],
  ],
  [
    env('ZMQ_PORT_OFFSET=999'),
    [
      '.env:1:17 info [ZMQ_PORT_OFFSET] ZMQ_PORT_OFFSET: 999 works where every node has it, but swim-p2p falls back to +1000 in two places.',
    ],
  ],
  [env('ZMQ_PORT_OFFSET=1000'), []],
  [env('ZMQ_PORT_OFFSET=0'), []],
  [env('ZMQ_PORT_OFFSET=x'), []],
  [
    mesh('"zmq_port_offset": 2000'),
    [
      'node.py:3:40 info [zmq_port_offset] "zmq_port_offset": 2000 works where every node has it, but swim-p2p falls back to +1000 in two places.',
    ],
  ],
]);

says('zmq-port-overflow', [
  [mesh('"p2p_enabled": True, "bind_port": 64535'), []],
  [
    mesh('"p2p_enabled": True, "bind_port": 64536'),
    [
      'node.py:3:55 error [JARVISCORE_BIND_PORT] 64536 + 1000 = 65536: the ZMQ port would lie above 65535, so node runs without P2P.',
      '  asks: Use port 31767',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 64536})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 31767})',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 64536'),
    [
      'node.py:3:55 error [JARVISCORE_BIND_PORT] 64536 + 1000 = 65536: the ZMQ port would lie above 65535, so node does not start (Mesh.start() raises).',
      '  asks: Use port 31767',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 64536})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 31767})',
    ],
    { target: '1.0.2' },
  ],
  [mesh('"p2p_enabled": False, "bind_port": 64536'), []],
  [mesh('"p2p_enabled": True, "bind_port": 65536'), []],
  [
    mesh('"p2p_enabled": True, "bind_port": 65000, "zmq_port_offset": 31743'),
    [
      'node.py:3:55 error [JARVISCORE_BIND_PORT] 65000 + 31743 = 96743: the ZMQ port would lie above 65535, so node runs without P2P.',
      '  see node.py:3:81 Offset 31743',
      '  asks: Use port 1024',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 65000, "zmq_port_offset": 31743})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 1024, "zmq_port_offset": 31743})',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 65000, "zmq_port_offset": 31744'),
    [
      'node.py:3:55 error [JARVISCORE_BIND_PORT] 65000 + 31744 = 96744: the ZMQ port would lie above 65535, so node runs without P2P.',
      '  see node.py:3:81 Offset 31744',
    ],
  ],
  [
    { ...env('JARVISCORE_BIND_PORT=65000'), ...mesh('"p2p_enabled": True') },
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] 65000 + 1000 = 66000: the ZMQ port would lie above 65535, so node runs without P2P.',
      '  asks: Use port 31767',
      '    -JARVISCORE_BIND_PORT=65000',
      '    +JARVISCORE_BIND_PORT=31767',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "zmq_port_offset": 60000'),
    [
      'node.py:3:8 error [JARVISCORE_BIND_PORT] 7946 + 60000 = 67946: the ZMQ port would lie above 65535, so node runs without P2P.',
      '  see node.py:3:61 Offset 60000',
    ],
  ],
]);

says('port-privileged', [
  [mesh('"p2p_enabled": True, "bind_port": 1024'), []],
  [
    mesh('"p2p_enabled": True, "bind_port": 1023'),
    [
      'node.py:3:55 warning [JARVISCORE_BIND_PORT] Port 1023 lies below 1024; most systems let only privileged processes bind it.',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 1'),
    [
      'node.py:3:55 warning [JARVISCORE_BIND_PORT] Ports 1 and 1001 lie below 1024; most systems let only privileged processes bind it.',
    ],
  ],
  [mesh('"p2p_enabled": True, "bind_port": 0'), []],
  [mesh('"p2p_enabled": False, "bind_port": 80'), []],
  [
    mesh('"p2p_enabled": True, "bind_port": 23, "zmq_port_offset": 1000'),
    [
      'node.py:3:55 warning [JARVISCORE_BIND_PORT] Ports 23 and 1023 lie below 1024; most systems let only privileged processes bind it.',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 24, "zmq_port_offset": 999'),
    [
      'node.py:3:55 warning [JARVISCORE_BIND_PORT] Ports 24 and 1023 lie below 1024; most systems let only privileged processes bind it.',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 2000, "zmq_port_offset": -1000'),
    [
      'node.py:3:55 warning [JARVISCORE_BIND_PORT] Port 1000 lies below 1024; most systems let only privileged processes bind it.',
    ],
  ],
  [mesh('"p2p_enabled": True, "bind_port": 2000, "zmq_port_offset": -2000'), []],
]);

says('port-ephemeral', [
  [mesh('"p2p_enabled": True, "bind_port": 31767'), []],
  [
    mesh('"p2p_enabled": True, "bind_port": 31768'),
    [
      'node.py:3:55 info [JARVISCORE_BIND_PORT] Port 32768 lies where systems take ports for outgoing connections (32768 and up on Linux, 49152 and up elsewhere); it may be taken at start.',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 32768'),
    [
      'node.py:3:55 info [JARVISCORE_BIND_PORT] Ports 32768 and 33768 lie where systems take ports for outgoing connections (32768 and up on Linux, 49152 and up elsewhere); it may be taken at start.',
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_port": 65535'),
    [
      'node.py:3:55 info [JARVISCORE_BIND_PORT] Port 65535 lies where systems take ports for outgoing connections (32768 and up on Linux, 49152 and up elsewhere); it may be taken at start.',
    ],
  ],
  [mesh('"p2p_enabled": True, "bind_port": 65536'), []],
  [mesh('"p2p_enabled": False, "bind_port": 40000'), []],
  [mesh('"p2p_enabled": True, "zmq_port_offset": 40000'), []],
]);

says('port-docker-swarm', [
  [
    mesh('"p2p_enabled": True, "bind_port": 7946, "bind_host": "10.0.0.1"'),
    [
      'node.py:3:55 info [JARVISCORE_BIND_PORT] Port 7946 is also the gossip port of Docker Swarm; on a swarm node choose another.',
    ],
  ],
  [mesh('"p2p_enabled": True, "bind_port": 7946, "bind_host": "127.0.0.1"'), []],
  [mesh('"p2p_enabled": True, "bind_port": 7947, "bind_host": "10.0.0.1"'), []],
  [mesh('"p2p_enabled": True, "bind_host": "10.0.0.1"'), []],
  [mesh('"p2p_enabled": False, "bind_port": 7946, "bind_host": "10.0.0.1"'), []],
]);

says('bind-host-invalid', [
  [
    env('JARVISCORE_BIND_HOST='),
    [
      '.env:1:22 warning [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST is empty: swim-p2p then takes whatever address routes to the internet.',
    ],
  ],
  [
    env('JARVISCORE_BIND_HOST=" "'),
    [
      '.env:1:22 warning [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST is empty: swim-p2p then takes whatever address routes to the internet.',
    ],
  ],
  [
    env('JARVISCORE_BIND_HOST=http://h'),
    ['.env:1:22 error [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST is a URL; write the host alone.'],
  ],
  [
    env('JARVISCORE_BIND_HOST=h:7950'),
    [
      '.env:1:22 error [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST contains ":"; write an IPv4 address or a host name, the port belongs to JARVISCORE_BIND_PORT.',
    ],
  ],
  [
    env('JARVISCORE_BIND_HOST=::1'),
    [
      '.env:1:22 error [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST contains ":"; write an IPv4 address or a host name, the port belongs to JARVISCORE_BIND_PORT.',
    ],
  ],
  [
    env('JARVISCORE_BIND_HOST=-h'),
    ['.env:1:22 error [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST is no host name or IPv4 address.'],
  ],
  [
    env('JARVISCORE_BIND_HOST=h-'),
    ['.env:1:22 error [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST is no host name or IPv4 address.'],
  ],
  [
    env('JARVISCORE_BIND_HOST=a b'),
    ['.env:1:22 error [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST is no host name or IPv4 address.'],
  ],
  [env('JARVISCORE_BIND_HOST=h'), []],
  [env('JARVISCORE_BIND_HOST=node-1_a.example'), []],
  [env('JARVISCORE_BIND_HOST=" 10.0.0.1 "'), []],
  [mesh('"bind_host": "tcp://h"'), ['node.py:3:34 error [bind_host] "bind_host" is a URL; write the host alone.']],
  [mesh('"bind_host": 5'), []],
]);

says('wildcard-node-id', [
  [
    mesh('"p2p_enabled": True, "bind_host": "0.0.0.0", "bind_port": 7950'),
    [
      "node.py:3:55 info [JARVISCORE_BIND_HOST] Bound to 0.0.0.0, the node is reachable but calls itself 0.0.0.0:7950; peers cannot call it back by that name, and two hosts with this port get one id. Bind the node's own address.",
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_host": "0.0.0.0", "bind_port": 7950, "seed_nodes": "h:7950"'),
    [
      "node.py:3:55 warning [JARVISCORE_BIND_HOST] Bound to 0.0.0.0, the node is reachable but calls itself 0.0.0.0:7950; peers cannot call it back by that name, and two hosts with this port get one id. Bind the node's own address.",
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_host": "::", "bind_port": port'),
    [
      "node.py:3:55 info [JARVISCORE_BIND_HOST] Bound to ::, the node is reachable but calls itself :::7946; peers cannot call it back by that name, and two hosts with this port get one id. Bind the node's own address.",
    ],
  ],
  [
    mesh('"p2p_enabled": True, "bind_host": "[::]"'),
    [
      "node.py:3:55 info [JARVISCORE_BIND_HOST] Bound to [::], the node is reachable but calls itself [::]:7946; peers cannot call it back by that name, and two hosts with this port get one id. Bind the node's own address.",
    ],
  ],
  [mesh('"p2p_enabled": True, "bind_host": "10.0.0.1"'), []],
  [mesh('"p2p_enabled": False, "bind_host": "0.0.0.0"'), []],
]);

says('bind-host-public', [
  [
    mesh('"p2p_enabled": True, "bind_host": "8.8.8.8"'),
    [
      'node.py:3:55 warning [JARVISCORE_BIND_HOST] 8.8.8.8 is a public address; SWIM and ZMQ have no authentication, keep both ports in a private network.',
    ],
    { profile: 'production' },
  ],
  [mesh('"p2p_enabled": True, "bind_host": "8.8.8.8"'), []],
  [mesh('"p2p_enabled": False, "bind_host": "8.8.8.8"'), [], { profile: 'production' }],
  [mesh('"p2p_enabled": True, "bind_host": "a.example"'), [], { profile: 'production' }],
  [mesh('"p2p_enabled": True, "bind_host": "10.0.0.4"'), [], { profile: 'production' }],
]);

says('default-service-clash', [
  [
    env('ATHENA_URL=http://localhost:8080', 'NEXUS_GATEWAY_URL=http://127.0.0.1:8080'),
    [
      '.env:2:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL and ATHENA_URL point to the same local port 8080; three bundled services default to 8080, only one can have it.',
      '  see .env:1:12 ATHENA_URL',
    ],
  ],
  [
    env('ATHENA_URL=http://localhost:8080', 'SEARXNG_INSTANCE_URL=http://localhost:8080'),
    [
      '.env:2:22 warning [SEARXNG_INSTANCE_URL] SEARXNG_INSTANCE_URL and ATHENA_URL point to the same local port 8080; three bundled services default to 8080, only one can have it.',
      '  see .env:1:12 ATHENA_URL',
    ],
  ],
  [
    env(
      'ATHENA_URL=http://localhost:8080',
      'NEXUS_GATEWAY_URL=http://localhost:8080',
      'SEARXNG_INSTANCE_URL=http://localhost:8080',
    ),
    [
      '.env:2:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL and ATHENA_URL point to the same local port 8080; three bundled services default to 8080, only one can have it.',
      '  see .env:1:12 ATHENA_URL',
      '.env:3:22 warning [SEARXNG_INSTANCE_URL] SEARXNG_INSTANCE_URL and ATHENA_URL point to the same local port 8080; three bundled services default to 8080, only one can have it.',
      '  see .env:1:12 ATHENA_URL',
    ],
  ],
  [env('ATHENA_URL=http://localhost:8080', 'NEXUS_GATEWAY_URL=http://localhost:8090'), []],
  [
    env('ATHENA_URL=http://localhost', 'NEXUS_GATEWAY_URL=http://localhost:80'),
    [
      '.env:2:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL and ATHENA_URL point to the same local port 80; three bundled services default to 8080, only one can have it.',
      '  see .env:1:12 ATHENA_URL',
    ],
  ],
  [
    env('ATHENA_URL=https://localhost', 'NEXUS_GATEWAY_URL=http://localhost:443'),
    [
      '.env:2:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL and ATHENA_URL point to the same local port 443; three bundled services default to 8080, only one can have it.',
      '  see .env:1:12 ATHENA_URL',
    ],
  ],
  [env('ATHENA_URL=http://a:8080', 'NEXUS_GATEWAY_URL=http://a:8080'), []],
  [env('ATHENA_URL=nothing', 'NEXUS_GATEWAY_URL='), []],
]);

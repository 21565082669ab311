/** What the rules of config/rules/keepalive.ts say. */

import { node, production } from './controlWorkspaces.ts';
import { env, mesh } from './said.ts';
import { says } from './says.ts';

says('keepalive-timeout-ge-interval', [
  [
    env('KEEPALIVE_TIMEOUT=30', 'KEEPALIVE_INTERVAL=30'),
    [
      '.env:1:19 warning [KEEPALIVE_TIMEOUT] KEEPALIVE_TIMEOUT (30 s) is not shorter than KEEPALIVE_INTERVAL (30 s). No release applies the timeout.',
      '  see .env:2:20 KEEPALIVE_INTERVAL',
    ],
  ],
  [env('KEEPALIVE_TIMEOUT=29', 'KEEPALIVE_INTERVAL=30'), []],
  [
    env('KEEPALIVE_INTERVAL=5'),
    [
      '.env:1:20 warning [KEEPALIVE_INTERVAL] KEEPALIVE_TIMEOUT (10 s) is not shorter than KEEPALIVE_INTERVAL (5 s). No release applies the timeout.',
    ],
  ],
  [env('KEEPALIVE_TIMEOUT=x'), []],
  [mesh(), []],
]);

says('suppress-window-ge-interval', [
  [
    env('ACTIVITY_SUPPRESS_WINDOW=90', 'KEEPALIVE_INTERVAL=90'),
    [
      '.env:1:26 warning [ACTIVITY_SUPPRESS_WINDOW] ACTIVITY_SUPPRESS_WINDOW (90 s) reaches KEEPALIVE_INTERVAL (90 s): own keepalives count as activity, so the real period is about 90 s.',
      '  see .env:2:20 KEEPALIVE_INTERVAL',
    ],
  ],
  [env('ACTIVITY_SUPPRESS_WINDOW=89', 'KEEPALIVE_INTERVAL=90'), []],
  [
    env('ACTIVITY_SUPPRESS_WINDOW=91', 'KEEPALIVE_INTERVAL=90'),
    [
      '.env:1:26 warning [ACTIVITY_SUPPRESS_WINDOW] ACTIVITY_SUPPRESS_WINDOW (91 s) reaches KEEPALIVE_INTERVAL (90 s): own keepalives count as activity, so the real period is about 100 s.',
      '  see .env:2:20 KEEPALIVE_INTERVAL',
    ],
  ],
  [
    env('KEEPALIVE_INTERVAL=10'),
    [
      '.env:1:20 warning [KEEPALIVE_INTERVAL] ACTIVITY_SUPPRESS_WINDOW (60 s) reaches KEEPALIVE_INTERVAL (10 s): own keepalives count as activity, so the real period is about 60 s.',
    ],
  ],
  [env('ACTIVITY_SUPPRESS_WINDOW=x'), []],
]);

says('keepalive-below-tick', [
  [env('KEEPALIVE_INTERVAL=10'), []],
  [
    env('KEEPALIVE_INTERVAL=9'),
    [
      '.env:1:20 info [KEEPALIVE_INTERVAL] KEEPALIVE_INTERVAL is 9 s, but the keepalive loop runs every 10 s; it cannot be more frequent.',
    ],
  ],
  [
    env('KEEPALIVE_INTERVAL=0'),
    [
      '.env:1:20 info [KEEPALIVE_INTERVAL] KEEPALIVE_INTERVAL is 0 s, but the keepalive loop runs every 10 s; it cannot be more frequent.',
    ],
  ],
  [env('KEEPALIVE_INTERVAL=-1'), []],
]);

says('keepalive-too-long-for-nat', [
  [env('KEEPALIVE_INTERVAL=300'), []],
  [
    env('KEEPALIVE_INTERVAL=301'),
    [
      '.env:1:20 info [KEEPALIVE_INTERVAL] KEEPALIVE_INTERVAL is 301 s; idle connections are commonly dropped after 300 s, by swim-p2p and by address translation alike.',
    ],
  ],
]);

says('keepalive-backoff-masked', [
  [
    mesh('"keepalive_failure_backoff_seconds": 60, "activity_suppress_window": 60'),
    [
      'node.py:3:58 info [KEEPALIVE_FAILURE_BACKOFF_SECONDS] The failure backoff of 60 s ends inside the suppress window of 60 s and is never seen.',
      '  see node.py:3:90 ACTIVITY_SUPPRESS_WINDOW',
    ],
  ],
  [mesh('"keepalive_failure_backoff_seconds": 61, "activity_suppress_window": 60'), []],
  [
    mesh('"keepalive_failure_backoff_seconds": 1'),
    [
      'node.py:3:58 info [KEEPALIVE_FAILURE_BACKOFF_SECONDS] The failure backoff of 1 s ends inside the suppress window of 60 s and is never seen.',
    ],
  ],
  [mesh('"activity_suppress_window": 600'), []],
]);

says('allow-zero-peers-in-cluster', [
  [
    node('a', 7950, '"seed_nodes": "10.0.0.2:7950"'),
    [
      'a.py:3:75 info [JARVISCORE_SEED_NODES] The node has seeds, yet it stays silent when it finds no peer; "allow_zero_peers": False makes it warn.',
      '  asks: Set "allow_zero_peers": False',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950", "allow_zero_peers": False})',
    ],
  ],
  [
    node('a', 7950, '"seed_nodes": "10.0.0.2:7950"'),
    [
      'a.py:3:75 warning [JARVISCORE_SEED_NODES] The node has seeds, yet it stays silent when it finds no peer; "allow_zero_peers": False makes it warn.',
      '  asks: Set "allow_zero_peers": False',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950", "allow_zero_peers": False})',
    ],
    production,
  ],
  [node('a', 7950, '"seed_nodes": "127.0.0.1:7960"'), []],
  [
    node('a', 7950, '"seed_nodes": "127.0.0.1:7960"'),
    [
      'a.py:3:75 warning [JARVISCORE_SEED_NODES] The node has seeds, yet it stays silent when it finds no peer; "allow_zero_peers": False makes it warn.',
      '  asks: Set "allow_zero_peers": False',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "127.0.0.1:7960"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "127.0.0.1:7960", "allow_zero_peers": False})',
    ],
    production,
  ],
  [node('a', 7950, '"seed_nodes": "10.0.0.2:7950", "allow_zero_peers": False'), [], production],
  [node('a', 7950, '"seed_nodes": "10.0.0.2:7950", "allow_zero_peers": True'), []],
  [
    node('a', 7950, '"seed_nodes": "10.0.0.2:7950", "allow_zero_peers": True'),
    [
      'a.py:3:112 warning [ALLOW_ZERO_PEERS] The node has seeds, yet it stays silent when it finds no peer; "allow_zero_peers": False makes it warn.',
      '  asks: Set "allow_zero_peers": False',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950", "allow_zero_peers": True})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950", "allow_zero_peers": False})',
    ],
    production,
  ],
  [node('a', 7950, '"seed_nodes": "10.0.0.2:7950", "allow_zero_peers": flag'), [], production],
  [node('a', 7950, '"seed_nodes": "10.0.0.2:7950", **more'), [], production],
  [node('a', 7950), [], production],
  [mesh('"p2p_enabled": False, "seed_nodes": "10.0.0.2:7950"'), [], production],
  [env('JARVISCORE_SEED_NODES=10.0.0.2:7950'), [], production],
]);

says('allow-zero-peers-single', [
  [
    node('a', 7950, '"allow_zero_peers": False'),
    [
      'a.py:3:81 hint [ALLOW_ZERO_PEERS] A node without seeds and "allow_zero_peers": False warns about missing peers every 45 s for ever.',
    ],
  ],
  [
    mesh('\n    "p2p_enabled": True,\n    "allow_zero_peers": False,\n    "bind_port": 7950,\n'),
    [
      'node.py:5:25 hint [ALLOW_ZERO_PEERS] A node without seeds and "allow_zero_peers": False warns about missing peers every 45 s for ever.',
      '  asks: Remove "allow_zero_peers"',
      '    -    "allow_zero_peers": False,',
    ],
  ],
  [node('a', 7950, '"allow_zero_peers": True'), []],
  [node('a', 7950, '"allow_zero_peers": False, "seed_nodes": "10.0.0.2:7950"'), []],
  [{ ...env('JARVISCORE_MESH_ENDPOINT=h:1'), ...node('a', 7950, '"allow_zero_peers": False') }, []],
  [node('a', 7950, '"allow_zero_peers": False, **more'), []],
  [mesh('"p2p_enabled": False, "allow_zero_peers": False'), []],
]);

says('keepalive-disabled', [
  [
    { ...node('a', 7950, '"keepalive_enabled": False'), ...node('b', 7960) },
    [
      'a.py:3:82 info [KEEPALIVE_ENABLED] Keepalive is off: idle connections between the nodes of this fleet may be dropped unnoticed.',
    ],
  ],
  [{ ...node('a', 7950, '"keepalive_enabled": True'), ...node('b', 7960) }, []],
  [node('a', 7950, '"keepalive_enabled": False'), []],
  [
    { 'a.env': 'KEEPALIVE_ENABLED=false\n', ...env('KEEPALIVE_ENABLED=false'), ...node('a', 7950), ...node('b', 7960) },
    [
      '.env:1:19 info [KEEPALIVE_ENABLED] Keepalive is off: idle connections between the nodes of this fleet may be dropped unnoticed.',
      '  asks: Remove the line',
      '    -KEEPALIVE_ENABLED=false',
      '.env:1:19 info [KEEPALIVE_ENABLED] Keepalive is off: idle connections between the nodes of this fleet may be dropped unnoticed.',
      '  asks: Remove the line',
      '    -KEEPALIVE_ENABLED=false',
    ],
  ],
]);

says('zmq-offset-mismatch', [
  [
    { ...node('a', 7950), ...node('b', 7960), ...node('c', 7970, '"zmq_port_offset": 2000') },
    [
      "c.py:3:80 error [ZMQ_PORT_OFFSET] Offset 2000 here, 1000 on a (a.py): peers compute each other's ZMQ port with their own offset and miss it.",
      '  see a.py:3:8 Offset 1000 of a (a.py)',
      '  asks: Use the offset 1000',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7970, "zmq_port_offset": 2000})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7970, "zmq_port_offset": 1000})',
    ],
  ],
  [
    { ...node('a', 7950, '"zmq_port_offset": 2000'), ...node('b', 7960) },
    [
      "a.py:3:80 error [ZMQ_PORT_OFFSET] Offset 2000 here, 1000 on b (b.py): peers compute each other's ZMQ port with their own offset and miss it.",
      '  see b.py:3:8 Offset 1000 of b (b.py)',
      '  asks: Use the offset 1000',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "zmq_port_offset": 2000})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "zmq_port_offset": 1000})',
    ],
  ],
  [
    { ...node('a', 7950, '"zmq_port_offset": 2000'), ...node('b', 7960, '"zmq_port_offset": 2000'), ...node('c', 7970) },
    [
      "c.py:3:8 error [ZMQ_PORT_OFFSET] Offset 1000 here, 2000 on a (a.py): peers compute each other's ZMQ port with their own offset and miss it.",
      '  see a.py:3:80 Offset 2000 of a (a.py)',
    ],
  ],
  [
    { ...node('a', 7950, '"zmq_port_offset": 2000'), ...node('b', 7960, '"zmq_port_offset": 1500') },
    [
      "a.py:3:80 error [ZMQ_PORT_OFFSET] Offset 2000 here, 1500 on b (b.py): peers compute each other's ZMQ port with their own offset and miss it.",
      '  see b.py:3:80 Offset 1500 of b (b.py)',
      '  asks: Use the offset 1500',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "zmq_port_offset": 2000})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "zmq_port_offset": 1500})',
    ],
  ],
  [{ ...node('a', 7950, '"zmq_port_offset": 2000'), ...node('b', 7960, '"zmq_port_offset": 2000') }, []],
  [{ ...node('a', 7950, '"zmq_port_offset": offset'), ...node('b', 7960) }, []],
]);

says('node-name-duplicate', [
  [
    { ...node('a', 7950, '"node_name": "x"'), ...node('b', 7960, '"node_name": "x"') },
    [
      'a.py:3:74 warning [JARVISCORE_NODE_NAME] 2 nodes are called "x".',
      '  see b.py:3:74 x (b.py)',
      'b.py:3:74 warning [JARVISCORE_NODE_NAME] 2 nodes are called "x".',
      '  see a.py:3:74 x (a.py)',
    ],
  ],
  [{ ...node('a', 7950, '"node_name": "x"'), ...node('b', 7960, '"node_name": "y"') }, []],
  [
    { ...node('a', 7950), ...node('b', 7960) },
    [
      'a.py:3:8 hint [JARVISCORE_NODE_NAME] All 2 nodes keep the default name "jarviscore-node"; logs and member lists cannot tell them apart.',
      '  see b.py:3:8 b (b.py)',
    ],
  ],
  [{ ...node('a', 7950), ...node('b', 7960, '"node_name": "x"') }, []],
  [{ ...node('a', 7950), ...node('b', 7960, '**more') }, []],
  [{ ...node('a', 7950, '"node_name": ""'), ...node('b', 7960, '"node_name": ""') }, []],
  [{ ...node('a', 7950, '"node_name": name'), ...node('b', 7960, '"node_name": name') }, []],
  [
    { ...node('a', 7950, '"node_name": "jarviscore-node"'), ...node('b', 7960) },
    ['a.py:3:74 warning [JARVISCORE_NODE_NAME] 2 nodes are called "jarviscore-node".', '  see b.py:3:8 b (b.py)'],
  ],
]);

says('bind-host-loopback-in-fleet', [
  [
    node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "10.0.0.2:7950"'),
    [
      "a.py:3:74 warning [JARVISCORE_BIND_HOST] The node binds 127.0.0.1 and cannot be reached by 10.0.0.2:7950; bind this machine's own address.",
      '  see a.py:3:101 Seed 10.0.0.2:7950',
    ],
  ],
  [
    node('a', 7950, '"seed_nodes": "10.0.0.2:7950"'),
    [
      "a.py:3:75 warning [JARVISCORE_BIND_HOST] The node binds, by default, 127.0.0.1 and cannot be reached by 10.0.0.2:7950; bind this machine's own address.",
    ],
  ],
  [
    node('a', 7950, '"bind_host": "localhost", "seed_nodes": "127.0.0.1:1,hub:7950"'),
    [
      "a.py:3:74 warning [JARVISCORE_BIND_HOST] The node binds localhost and cannot be reached by hub:7950; bind this machine's own address.",
      '  see a.py:3:101 Seed hub:7950',
    ],
  ],
  [node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "10.0.0.2:7950"'), []],
  [node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "localhost:7950,127.0.0.2:1,0.0.0.0:3"'), []],
  [node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "10.0.0.2:7950", **more'), []],
]);

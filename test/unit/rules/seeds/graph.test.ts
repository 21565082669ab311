/** What the rules of config/rules/seeds/graph.ts say. */
import { env, joins, mesh, service } from '../said.ts';
import { says } from '../says.ts';
import { fleet, node } from '../seedsWorkspaces.ts';

says('seed-self', [
  [
    node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "10.0.0.1:7950"'),
    [
      "a.py:3:100 error [JARVISCORE_SEED_NODES] 10.0.0.1:7950 is this node's own address and its only seed: swim skips it, and the node stays alone.",
    ],
  ],
  [
    node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "10.0.0.1:7950,10.0.0.2:7950"'),
    [
      "a.py:3:100 warning [JARVISCORE_SEED_NODES] 10.0.0.1:7950 is this node's own address; swim skips it.",
      '  asks: Remove 10.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.1", "seed_nodes": "10.0.0.1:7950,10.0.0.2:7950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.1", "seed_nodes": "10.0.0.2:7950"})',
    ],
  ],
  [
    node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": ["10.0.0.2:7950", "10.0.0.1:7950"]'),
    [
      "a.py:3:100 warning [JARVISCORE_SEED_NODES] 10.0.0.1:7950 is this node's own address; swim skips it.",
      '  asks: Remove 10.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.1", "seed_nodes": ["10.0.0.2:7950", "10.0.0.1:7950"]})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.1", "seed_nodes": "10.0.0.2:7950"})',
    ],
  ],
  [node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "10.0.0.1:7951"'), []],
  [node('a', 7950, '"bind_host": "0.0.0.0", "seed_nodes": "0.0.0.0:7950"'), []],
  [node('a', 7950, '"bind_host": host, "seed_nodes": "10.0.0.1:7950"'), []],
  [
    joins('seed_nodes="10.0.0.1:7950,b:1", config={"bind_host": "10.0.0.1", "bind_port": 7950}'),
    [
      "agent.py:5:38 warning [JARVISCORE_SEED_NODES] 10.0.0.1:7950 is this node's own address; swim skips it.",
      '  asks: Remove 10.0.0.1:7950',
      '    -    await agent.join_mesh(seed_nodes="10.0.0.1:7950,b:1", config={"bind_host": "10.0.0.1", "bind_port": 7950})',
      '    +    await agent.join_mesh(seed_nodes="b:1", config={"bind_host": "10.0.0.1", "bind_port": 7950})',
    ],
  ],
  [
    { ...env('JARVISCORE_SEED_NODES=10.0.0.1:7950,b:1'), ...node('a', 7950, '"bind_host": "10.0.0.1"') },
    [
      ".env:1:23 warning [JARVISCORE_SEED_NODES] 10.0.0.1:7950 is this node's own address; swim skips it.",
      '  asks: Remove 10.0.0.1:7950',
      '    -JARVISCORE_SEED_NODES=10.0.0.1:7950,b:1',
      '    +JARVISCORE_SEED_NODES=b:1',
    ],
  ],
]);

says('seed-self-alias', [
  [
    node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "localhost:7950"'),
    [
      'a.py:3:101 warning [JARVISCORE_SEED_NODES] localhost:7950 is this node itself (127.0.0.1:7950) under another name; it becomes a member that never answers.',
    ],
  ],
  [
    node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "localhost:7950,b:1"'),
    [
      'a.py:3:101 warning [JARVISCORE_SEED_NODES] localhost:7950 is this node itself (127.0.0.1:7950) under another name; it becomes a member that never answers.',
      '  asks: Remove localhost:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "127.0.0.1", "seed_nodes": "localhost:7950,b:1"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "127.0.0.1", "seed_nodes": "b:1"})',
    ],
  ],
  [
    node('a', 7950, '"bind_host": "0.0.0.0", "seed_nodes": "127.0.0.1:7950"'),
    [
      'a.py:3:99 warning [JARVISCORE_SEED_NODES] 127.0.0.1:7950 is this node itself (0.0.0.0:7950) under another name; it becomes a member that never answers.',
    ],
  ],
  [
    node('a', 7950, '"bind_host": "10.0.0.1", "node_name": "alpha", "seed_nodes": "alpha:7950"'),
    [
      'a.py:3:122 warning [JARVISCORE_SEED_NODES] alpha:7950 is this node itself (10.0.0.1:7950) under another name; it becomes a member that never answers.',
    ],
  ],
  [node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "alpha:7950"'), []],
  [node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "localhost:7951"'), []],
  [node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "localhost:7950"'), []],
  [node('a', 7950, '"bind_host": "127.0.0.1", "seed_nodes": "0.0.0.0:7950"'), []],
  [
    node('a', 7950, '"bind_host": host, "node_name": "alpha", "seed_nodes": "alpha:7950"'),
    [
      'a.py:3:116 warning [JARVISCORE_SEED_NODES] alpha:7950 is this node itself under another name; it becomes a member that never answers.',
    ],
  ],
]);

says('seed-unknown-node', [
  [
    { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7951"') },
    ['b.py:3:75 warning [JARVISCORE_SEED_NODES] No declared node has the address 127.0.0.1:7951; known: 127.0.0.1:7950.'],
  ],
  [{ ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"') }, []],
  [
    { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "10.0.0.9:7950"') },
    ['b.py:3:75 info [JARVISCORE_SEED_NODES] 10.0.0.9:7950 is no node of this workspace; it has to run elsewhere.'],
  ],
  [
    { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "10.0.0.9:7950,127.0.0.1:7951"') },
    ['b.py:3:75 warning [JARVISCORE_SEED_NODES] No declared node has the address 127.0.0.1:7951; known: 127.0.0.1:7950.'],
  ],
  [
    { ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 7960, '"seed_nodes": "10.0.0.1:7951"') },
    ['b.py:3:75 warning [JARVISCORE_SEED_NODES] No declared node has the address 10.0.0.1:7951; known: 10.0.0.1:7950.'],
  ],
  [
    {
      ...node('a', 7950, '"bind_host": "0.0.0.0"'),
      ...node('b', 7960, '"bind_host": "10.0.0.2", "seed_nodes": "10.0.0.1:7950"'),
    },
    [],
  ],
  [
    {
      ...node('a', 7950, '"bind_host": "0.0.0.0"'),
      ...node('b', 7960, '"bind_host": "10.0.0.2", "seed_nodes": "10.0.0.1:7951"'),
    },
    ['b.py:3:100 info [JARVISCORE_SEED_NODES] 10.0.0.1:7951 is no node of this workspace; it has to run elsewhere.'],
  ],
  [{ ...mesh('"p2p_enabled": True, "bind_port": port', 'a.py'), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7951"') }, []],
  [node('b', 7960, '"seed_nodes": "127.0.0.1:7951"'), []],
  [{ ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7960"') }, []],
  [
    fleet(11, '127.0.0.1:9999'),
    [
      'n10.py:3:75 warning [JARVISCORE_SEED_NODES] No declared node has the address 127.0.0.1:9999; known: 127.0.0.1:7950, 127.0.0.1:7951, 127.0.0.1:7952, 127.0.0.1:7953, 127.0.0.1:7954, 127.0.0.1:7955, 127.0.0.1:7956, 127.0.0.1:7957, 127.0.0.1:7958, 127.0.0.1:7959.',
    ],
  ],
  [
    fleet(12, '127.0.0.1:9999'),
    [
      'n11.py:3:75 warning [JARVISCORE_SEED_NODES] No declared node has the address 127.0.0.1:9999; known: 127.0.0.1:7950, 127.0.0.1:7951, 127.0.0.1:7952, 127.0.0.1:7953, 127.0.0.1:7954, 127.0.0.1:7955, 127.0.0.1:7956, 127.0.0.1:7957, 127.0.0.1:7958, 127.0.0.1:7959 and 1 more.',
    ],
  ],
]);

says('seed-points-to-zmq-port', [
  [
    { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:8950"') },
    [
      'b.py:3:75 error [JARVISCORE_SEED_NODES] 127.0.0.1:8950 is the ZMQ port of a (a.py) (7950 + 1000); a seed is the SWIM port 7950.',
      '  see a.py:3:55 SWIM port of a (a.py)',
      '  asks: Write 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "127.0.0.1:8950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "127.0.0.1:7950"})',
    ],
  ],
  [
    { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "10.0.0.9:1,127.0.0.1:8950"') },
    [
      'b.py:3:75 error [JARVISCORE_SEED_NODES] 127.0.0.1:8950 is the ZMQ port of a (a.py) (7950 + 1000); a seed is the SWIM port 7950.',
      '  see a.py:3:55 SWIM port of a (a.py)',
      '  asks: Write 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "10.0.0.9:1,127.0.0.1:8950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "10.0.0.9:1,127.0.0.1:7950"})',
    ],
  ],
  [{ ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "10.0.0.9:8950"') }, []],
  [{ ...node('a', 7950), ...node('c', 8950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:8950"') }, []],
  [
    { ...node('a', 7950), ...joins('seed_nodes="127.0.0.1:8950", config={"bind_port": 7960}') },
    [
      'agent.py:5:38 error [JARVISCORE_SEED_NODES] 127.0.0.1:8950 is the ZMQ port of a (a.py) (7950 + 1000); a seed is the SWIM port 7950.',
      '  see a.py:3:55 SWIM port of a (a.py)',
      '  asks: Write 127.0.0.1:7950',
      '    -    await agent.join_mesh(seed_nodes="127.0.0.1:8950", config={"bind_port": 7960})',
      '    +    await agent.join_mesh(seed_nodes="127.0.0.1:7950", config={"bind_port": 7960})',
    ],
  ],
]);

says('seed-points-to-service', [
  [
    { ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:6379"') },
    ['b.py:3:75 warning [JARVISCORE_SEED_NODES] 127.0.0.1:6379: 6379 is the usual port of Redis, not a SWIM port.'],
  ],
  [{ ...node('a', 6379), ...node('b', 7960, '"seed_nodes": "127.0.0.1:6379"') }, []],
  [
    node('b', 7960, '"seed_nodes": "127.0.0.1:3000,127.0.0.1:19530"'),
    [
      'b.py:3:75 warning [JARVISCORE_SEED_NODES] 127.0.0.1:3000: 3000 is the usual port of Grafana, not a SWIM port.',
      'b.py:3:75 warning [JARVISCORE_SEED_NODES] 127.0.0.1:19530: 19530 is the usual port of Milvus, not a SWIM port.',
    ],
  ],
  [node('b', 7960, '"seed_nodes": "127.0.0.1:3001"'), []],
]);

says('seed-loopback-remote', [
  [
    { ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"') },
    [
      "b.py:3:75 warning [JARVISCORE_SEED_NODES] 127.0.0.1:7950 is this node's own machine, but a (a.py) listens on 10.0.0.1; name that address.",
      '  see a.py:3:55 a (a.py)',
    ],
  ],
  [{ ...node('a', 7950, '"bind_host": "0.0.0.0"'), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"') }, []],
  [{ ...node('a', 7950, '"bind_host": host'), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"') }, []],
  [{ ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7951"') }, []],
  [{ ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 7960, '"seed_nodes": "10.0.0.3:7950"') }, []],
  [node('a', 7950, '"bind_host": "10.0.0.1", "seed_nodes": "127.0.0.1:7950"'), []],
]);

says('seed-host-alias', [
  [
    { ...node('a', 7950, '"bind_host": "127.0.0.1"'), ...node('b', 7960, '"seed_nodes": "localhost:7950"') },
    [
      'b.py:3:75 info [JARVISCORE_SEED_NODES] localhost:7950 and the bind host 127.0.0.1 of a (a.py) are two spellings of one address; members are listed by the literal address, so the node appears twice for a while.',
      '  see a.py:3:74 Bind host of a (a.py)',
      '  asks: Write 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "localhost:7950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "127.0.0.1:7950"})',
    ],
  ],
  [
    { ...node('a', 7950, '"bind_host": "127.0.0.1"'), ...node('b', 7960, '"seed_nodes": "localhost:7950,10.0.0.3:1"') },
    [
      'b.py:3:75 info [JARVISCORE_SEED_NODES] localhost:7950 and the bind host 127.0.0.1 of a (a.py) are two spellings of one address; members are listed by the literal address, so the node appears twice for a while.',
      '  see a.py:3:74 Bind host of a (a.py)',
      '  asks: Write 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "localhost:7950,10.0.0.3:1"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "127.0.0.1:7950,10.0.0.3:1"})',
    ],
  ],
  [{ ...node('a', 7950, '"bind_host": "127.0.0.1"'), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"') }, []],
  [{ ...node('a', 7950, '"bind_host": "0.0.0.0"'), ...node('b', 7960, '"seed_nodes": "localhost:7950"') }, []],
  [
    { ...node('a', 7950, '"bind_host": "10.0.0.1", "node_name": "alpha"'), ...node('b', 7960, '"seed_nodes": "alpha:7950"') },
    [
      'b.py:3:75 info [JARVISCORE_SEED_NODES] alpha:7950 and the bind host 10.0.0.1 of alpha (a.py) are two spellings of one address; members are listed by the literal address, so the node appears twice for a while.',
      '  see a.py:3:74 Bind host of alpha (a.py)',
      '  asks: Write 10.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "alpha:7950"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "10.0.0.1:7950"})',
    ],
  ],
  [{ ...node('a', 7950, '"bind_host": host, "node_name": "alpha"'), ...node('b', 7960, '"seed_nodes": "alpha:7950"') }, []],
]);

says('fleet-no-seed-anywhere', [
  [
    { ...node('a', 7950), ...node('b', 7960) },
    [
      'b.py:3:8 warning [JARVISCORE_SEED_NODES] 2 nodes and none has a seed: each forms its own mesh. Give all but one the address of another.',
      '  see a.py:3:8 a (a.py)',
      '  asks: Seed b with 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "127.0.0.1:7950"})',
    ],
  ],
  [
    { ...node('a', 7950, '"bind_host": "0.0.0.0"'), ...node('b', 7960) },
    [
      'b.py:3:8 warning [JARVISCORE_SEED_NODES] 2 nodes and none has a seed: each forms its own mesh. Give all but one the address of another.',
      '  see a.py:3:8 a (a.py)',
      '  asks: Seed b with 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "127.0.0.1:7950"})',
    ],
  ],
  [
    { ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 7960) },
    [
      'b.py:3:8 warning [JARVISCORE_SEED_NODES] 2 nodes and none has a seed: each forms its own mesh. Give all but one the address of another.',
      '  see a.py:3:8 a (a.py)',
      '  asks: Seed b with 10.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "seed_nodes": "10.0.0.1:7950"})',
    ],
  ],
  [
    { ...node('a', 7950, '"bind_host": host'), ...node('b', 7960) },
    [
      'b.py:3:8 warning [JARVISCORE_SEED_NODES] 2 nodes and none has a seed: each forms its own mesh. Give all but one the address of another.',
      '  see a.py:3:8 a (a.py)',
    ],
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": port', 'a.py'), ...node('b', 7960) },
    [
      'b.py:3:8 warning [JARVISCORE_SEED_NODES] 2 nodes and none has a seed: each forms its own mesh. Give all but one the address of another.',
      '  see a.py:3:8 a (a.py)',
    ],
  ],
  [node('a', 7950), []],
  [{ ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "127.0.0.1:7950"') }, []],
  [{ ...node('a', 7950), ...node('b', 7960, '**more') }, []],
  [{ ...env('JARVISCORE_MESH_ENDPOINT=h:1'), ...node('a', 7950), ...node('b', 7960) }, []],
  [{ ...node('a', 7950), ...node('b', 7960, '"seed_nodes": "broken"') }, []],
  [
    fleet(13),
    [
      'n1.py:3:8 warning [JARVISCORE_SEED_NODES] 13 nodes and none has a seed: each forms its own mesh. Give all but one the address of another.',
      '  see n0.py:3:8 n0 (n0.py)',
      '  see n2.py:3:8 n2 (n2.py)',
      '  see n3.py:3:8 n3 (n3.py)',
      '  see n4.py:3:8 n4 (n4.py)',
      '  see n5.py:3:8 n5 (n5.py)',
      '  see n6.py:3:8 n6 (n6.py)',
      '  see n7.py:3:8 n7 (n7.py)',
      '  see n8.py:3:8 n8 (n8.py)',
      '  see n9.py:3:8 n9 (n9.py)',
      '  see n10.py:3:8 n10 (n10.py)',
      '  asks: Seed n1 with 127.0.0.1:7950',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "seed_nodes": "127.0.0.1:7950"})',
    ],
  ],
]);

says('fleet-islands', [
  [
    {
      ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'),
      ...node('b', 2),
      ...node('c', 3, '"seed_nodes": "127.0.0.1:4"'),
      ...node('d', 4),
    },
    [
      'c.py:3:72 warning [JARVISCORE_SEED_NODES] The seeds split the fleet into 2 groups (a, b | c, d); c, d will not meet the others.',
      '  see a.py:3:8 Largest group: a, b',
    ],
  ],
  [
    { ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('b', 2), ...node('c', 3) },
    [
      'c.py:3:8 warning [JARVISCORE_SEED_NODES] The seeds split the fleet into 2 groups (a, b | c); c will not meet the others.',
      '  see a.py:3:8 Largest group: a, b',
    ],
  ],
  [
    { ...node('c', 3), ...node('a', 4, '"seed_nodes": "127.0.0.1:5"'), ...node('b', 5) },
    [
      'c.py:3:8 warning [JARVISCORE_SEED_NODES] The seeds split the fleet into 2 groups (c | a, b); c will not meet the others.',
      '  see a.py:3:8 Largest group: a, b',
    ],
  ],
  [{ ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('b', 2), ...node('c', 3, '"seed_nodes": "broken"') }, []],
  [{ ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('b', 2), ...node('c', 3, '"seed_nodes": "10.0.0.9:7950"') }, []],
  [{ ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('b', 2), ...node('c', 3, '**more') }, []],
  [{ ...node('a', 1), ...node('b', 2) }, []],
  [{ ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('b', 2) }, []],
  [{ ...node('a', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('b', 2), ...node('c', 3, '"seed_nodes": "127.0.0.1:3"') }, []],
]);

says('fleet-single-seed', [
  [
    { ...node('a', 1), ...node('b', 2, '"seed_nodes": "10.0.0.1:1"'), ...node('c', 3, '"seed_nodes": "10.0.0.1:1"') },
    [
      'b.py:3:72 hint [JARVISCORE_SEED_NODES] All nodes join through 10.0.0.1:1; while it is down nobody can join.',
      '  see c.py:3:72 c (c.py)',
    ],
  ],
  [{ ...node('a', 1), ...node('b', 2, '"seed_nodes": "127.0.0.1:1"'), ...node('c', 3, '"seed_nodes": "127.0.0.1:1"') }, []],
  [
    { ...node('a', 1), ...node('b', 2, '"seed_nodes": "10.0.0.1:1"'), ...node('c', 3, '"seed_nodes": "10.0.0.1:1,10.0.0.2:1"') },
    [],
  ],
  [{ ...node('a', 1), ...node('b', 2), ...node('c', 3, '"seed_nodes": "10.0.0.1:1"') }, []],
  [{ ...node('b', 2, '"seed_nodes": "10.0.0.1:1"'), ...node('c', 3, '"seed_nodes": "10.0.0.1:1"') }, []],
  [
    { ...node('a', 1), ...node('b', 2, '"seed_nodes": "HUB:1"'), ...node('c', 3, '"seed_nodes": "hub:1"') },
    [
      'b.py:3:72 hint [JARVISCORE_SEED_NODES] All nodes join through hub:1; while it is down nobody can join.',
      '  see c.py:3:72 c (c.py)',
    ],
  ],
]);

says('seeds-in-env-short-wait', [
  [
    { ...env('JARVISCORE_SEED_NODES=a:1,b:2'), ...mesh('"p2p_enabled": True') },
    [
      '.env:1:23 info [JARVISCORE_SEED_NODES] With seeds from the environment the mesh waits 0.3 s for peers before it announces its agents, with "seed_nodes" in the Mesh dict 5 s.',
      '  asks: Put "seed_nodes" into the Mesh dict',
      '    --- node.py',
      '    -mesh = Mesh(config={"p2p_enabled": True})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "seed_nodes": "a:1,b:2"})',
    ],
  ],
  [{ ...env('JARVISCORE_SEED_NODES=a:1'), ...mesh('"p2p_enabled": False') }, []],
  [{ ...env('JARVISCORE_SEED_NODES='), ...mesh('"p2p_enabled": True') }, []],
  [mesh('"p2p_enabled": True, "seed_nodes": "a:1"'), []],
  [env('JARVISCORE_SEED_NODES=a:1'), []],
  [{ ...env('JARVISCORE_SEED_NODES=a:1'), ...joins() }, []],
  [service(['JARVISCORE_SEED_NODES: "a:1"'], '"p2p_enabled": True'), []],
  [{ ...env('JARVISCORE_SEED_NODES=a:1'), ...mesh('"p2p_enabled": True') }, [], { target: '1.0.2' }],
]);

says('mesh-endpoint-misuse', [
  [
    env('JARVISCORE_MESH_ENDPOINT=h'),
    [
      '.env:1:26 error [JARVISCORE_MESH_ENDPOINT] JARVISCORE_MESH_ENDPOINT is used as a seed and needs host:port; "h" has no port.',
      '  asks: Write h:7946',
      '    -JARVISCORE_MESH_ENDPOINT=h',
      '    +JARVISCORE_MESH_ENDPOINT=h:7946',
    ],
  ],
  [
    env('JARVISCORE_MESH_ENDPOINT=h', 'JARVISCORE_SEED_NODES=a:1'),
    [
      '.env:1:26 info [JARVISCORE_MESH_ENDPOINT] JARVISCORE_SEED_NODES is set, so JARVISCORE_MESH_ENDPOINT is ignored.',
      '  asks: Remove the line',
      '    -JARVISCORE_MESH_ENDPOINT=h',
    ],
  ],
  [env('JARVISCORE_MESH_ENDPOINT=h:7950'), []],
  [env('JARVISCORE_MESH_ENDPOINT=h:x'), []],
  [
    env('JARVISCORE_MESH_ENDPOINT=10.0.0.1:7950', 'JARVISCORE_BIND_HOST=10.0.0.1', 'JARVISCORE_BIND_PORT=7950'),
    [
      '.env:1:26 warning [JARVISCORE_MESH_ENDPOINT] JARVISCORE_MESH_ENDPOINT is used as a seed, not as the own address: 10.0.0.1:7950 is this node itself.',
      '  asks: Remove the line',
      '    -JARVISCORE_MESH_ENDPOINT=10.0.0.1:7950',
    ],
  ],
  [
    env(
      'JARVISCORE_MESH_ENDPOINT=10.0.0.1:7950',
      'JARVISCORE_BIND_HOST=10.0.0.1',
      'JARVISCORE_BIND_PORT=7950',
      'JARVISCORE_SEED_NODES=a:1',
    ),
    [
      '.env:1:26 info [JARVISCORE_MESH_ENDPOINT] JARVISCORE_SEED_NODES is set, so JARVISCORE_MESH_ENDPOINT is ignored.',
      '  asks: Remove the line',
      '    -JARVISCORE_MESH_ENDPOINT=10.0.0.1:7950',
    ],
  ],
  [env('JARVISCORE_MESH_ENDPOINT=10.0.0.1:7950', 'JARVISCORE_BIND_HOST=10.0.0.1', 'JARVISCORE_BIND_PORT=7951'), []],
  [env('JARVISCORE_MESH_ENDPOINT='), []],
]);

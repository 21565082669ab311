/** What the rules of config/rules/seeds/syntax.ts say. */
import { joins, mesh } from '../said.ts';
import { says } from '../says.ts';
import { seeds } from '../seedsWorkspaces.ts';

says('seed-malformed', [
  [
    seeds('h'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "h" is no host:port (the port is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds('h:'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "h:" is no host:port ("" is no port from 1 to 65535); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds(':7950'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: ":7950" is no host:port (the host is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds('h:0'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "h:0" is no host:port ("0" is no port from 1 to 65535); one such seed stops the whole P2P start.',
    ],
  ],
  [seeds('h:1'), []],
  [seeds('h:65535'), []],
  [
    seeds('h:65536'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "h:65536" is no host:port ("65536" is no port from 1 to 65535); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds('h:79x'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "h:79x" is no host:port ("79x" is no port from 1 to 65535); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds('a:1,h,b:2,c'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "h" is no host:port (the port is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds('a:1;b:2'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "a:1;b:2" is no host:port (separate seeds by commas); one such seed stops the whole P2P start.',
      '  asks: Write a:1,b:2',
      '    -JARVISCORE_SEED_NODES=a:1;b:2',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('a:1 b:2'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "a:1 b:2" is no host:port (separate seeds by commas); one such seed stops the whole P2P start.',
      '  asks: Write a:1,b:2',
      '    -JARVISCORE_SEED_NODES=a:1 b:2',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('tcp://a:1/'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "tcp://a:1/" is no host:port (a URL is not understood here); one such seed stops the whole P2P start.',
      '  asks: Write a:1',
      '    -JARVISCORE_SEED_NODES=tcp://a:1/',
      '    +JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [
    seeds('["a:1","b:2"]'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "["a:1","b:2"]" is no host:port (JSON is not understood here); one such seed stops the whole P2P start.',
      '  asks: Write a:1,b:2',
      '    -JARVISCORE_SEED_NODES=["a:1","b:2"]',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('\'["a:1"]\''),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "["a:1"]" is no host:port (JSON is not understood here); one such seed stops the whole P2P start.',
      '  asks: Write a:1',
      '    -JARVISCORE_SEED_NODES=\'["a:1"]\'',
      '    +JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [
    seeds('::1:7950'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "::1:7950" is no host:port (it has several ":" (IPv6 addresses are not supported)); one such seed stops the whole P2P start.',
    ],
  ],
  [
    seeds('[::1]:7950'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "[::1]:7950" is no host:port (it has several ":" (IPv6 addresses are not supported)); one such seed stops the whole P2P start.',
    ],
  ],
  [seeds(''), []],
  [seeds('" "'), []],
  [seeds('7950,a:1'), []],
  [
    mesh('"seed_nodes": "h"'),
    [
      'node.py:3:35 error [seed_nodes] "seed_nodes": "h" is no host:port (the port is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [
    mesh('"seed_nodes": ["a:1", "b"]'),
    [
      'node.py:3:35 error [seed_nodes] "seed_nodes": "b" is no host:port (the port is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [
    mesh('"seed_nodes": ["a:1", "b:x", 5]'),
    [
      'node.py:3:35 error [seed_nodes] "seed_nodes": "b:x" is no host:port ("x" is no port from 1 to 65535); one such seed stops the whole P2P start.',
    ],
  ],
  [
    joins('seed_nodes="h"'),
    [
      'agent.py:5:38 error [seed_nodes] seed_nodes=: "h" is no host:port (the port is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [
    joins('endpoint="h"'),
    [
      'agent.py:5:36 error [endpoint] endpoint=: "h" is no host:port (the port is missing); one such seed stops the whole P2P start.',
    ],
  ],
  [joins('endpoint="h", seed_nodes="a:1"'), []],
  [joins('endpoint="h", seed_nodes=""'), []],
  [joins('endpoint=None'), []],
  [joins('endpoint=h'), []],
  [mesh('"seed_nodes": seeds'), []],
]);

says('seed-bare-port', [
  [
    seeds('7950'),
    [
      '.env:1:23 warning [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "7950" is a port alone; swim-p2p takes it for this machine\'s own outbound address. Write the seed\'s host.',
      '  asks: Write 127.0.0.1:7950',
      '    -JARVISCORE_SEED_NODES=7950',
      '    +JARVISCORE_SEED_NODES=127.0.0.1:7950',
    ],
  ],
  [
    seeds('a:1, 7950'),
    [
      '.env:1:23 warning [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "7950" is a port alone; swim-p2p takes it for this machine\'s own outbound address. Write the seed\'s host.',
      '  asks: Write a:1,127.0.0.1:7950',
      '    -JARVISCORE_SEED_NODES=a:1, 7950',
      '    +JARVISCORE_SEED_NODES=a:1,127.0.0.1:7950',
    ],
  ],
  [
    seeds('a:1,h,7950'),
    [
      '.env:1:23 warning [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "7950" is a port alone; swim-p2p takes it for this machine\'s own outbound address. Write the seed\'s host.',
    ],
  ],
  [
    mesh('"seed_nodes": ["7950", "b:1"]'),
    [
      'node.py:3:35 warning [seed_nodes] "seed_nodes": "7950" is a port alone; swim-p2p takes it for this machine\'s own outbound address. Write the seed\'s host.',
      '  asks: Write 127.0.0.1:7950,b:1',
      '    -mesh = Mesh(config={"seed_nodes": ["7950", "b:1"]})',
      '    +mesh = Mesh(config={"seed_nodes": ["127.0.0.1:7950", "b:1"]})',
    ],
  ],
  [
    joins('seed_nodes="7950"'),
    [
      'agent.py:5:38 warning [seed_nodes] seed_nodes=: "7950" is a port alone; swim-p2p takes it for this machine\'s own outbound address. Write the seed\'s host.',
      '  asks: Write 127.0.0.1:7950',
      '    -    await agent.join_mesh(seed_nodes="7950")',
      '    +    await agent.join_mesh(seed_nodes="127.0.0.1:7950")',
    ],
  ],
]);

says('seed-whitespace', [
  [
    seeds('a:1, b:2'),
    [
      '.env:1:23 hint [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: spaces around the commas are ignored.',
      '  safe: Remove the spaces',
      '    -JARVISCORE_SEED_NODES=a:1, b:2',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('a:1 ,b:2'),
    [
      '.env:1:23 hint [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: spaces around the commas are ignored.',
      '  safe: Remove the spaces',
      '    -JARVISCORE_SEED_NODES=a:1 ,b:2',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('"a:1,b:2 "'),
    [
      '.env:1:23 hint [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: spaces around the commas are ignored.',
      '  safe: Remove the spaces',
      '    -JARVISCORE_SEED_NODES="a:1,b:2 "',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('"a : 1"'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "a : 1" has a space inside host:port; the whole P2P start fails.',
      '  safe: Remove the spaces',
      '    -JARVISCORE_SEED_NODES="a : 1"',
      '    +JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [
    seeds('"a:1, b :2"'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: "b :2" has a space inside host:port; the whole P2P start fails.',
      '  safe: Remove the spaces',
      '    -JARVISCORE_SEED_NODES="a:1, b :2"',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [seeds('a:1,b:2'), []],
  [seeds('"a:1, "'), []],
  [mesh('"seed_nodes": [" a:1"]'), []],
  [
    mesh('"seed_nodes": ["a: 1"]'),
    [
      'node.py:3:35 error [seed_nodes] "seed_nodes": "a: 1" has a space inside host:port; the whole P2P start fails.',
      '  safe: Remove the spaces',
      '    -mesh = Mesh(config={"seed_nodes": ["a: 1"]})',
      '    +mesh = Mesh(config={"seed_nodes": ["a:1"]})',
    ],
  ],
  [
    mesh('"seed_nodes": "a:1, b:2"'),
    [
      'node.py:3:35 hint [seed_nodes] "seed_nodes": spaces around the commas are ignored.',
      '  safe: Remove the spaces',
      '    -mesh = Mesh(config={"seed_nodes": "a:1, b:2"})',
      '    +mesh = Mesh(config={"seed_nodes": "a:1,b:2"})',
    ],
  ],
]);

says('seed-empty-item', [
  [
    seeds('a:1,,b:2'),
    [
      '.env:1:23 hint [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: an empty item between or behind the commas is ignored.',
      '  safe: Remove the empty item',
      '    -JARVISCORE_SEED_NODES=a:1,,b:2',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [
    seeds('a:1,'),
    [
      '.env:1:23 hint [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: an empty item between or behind the commas is ignored.',
      '  safe: Remove the empty item',
      '    -JARVISCORE_SEED_NODES=a:1,',
      '    +JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [seeds(','), []],
  [seeds('a:1'), []],
  [
    mesh('"seed_nodes": ["a:1", ""]'),
    [
      'node.py:3:35 hint [seed_nodes] "seed_nodes": an empty item between or behind the commas is ignored.',
      '  safe: Remove the empty item',
      '    -mesh = Mesh(config={"seed_nodes": ["a:1", ""]})',
      '    +mesh = Mesh(config={"seed_nodes": ["a:1"]})',
    ],
  ],
]);

says('seed-duplicate', [
  [
    seeds('a:1,a:1'),
    [
      '.env:1:23 info [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: a:1 is listed twice.',
      '  safe: Keep one of them',
      '    -JARVISCORE_SEED_NODES=a:1,a:1',
      '    +JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [
    seeds('a:1,b:2,a:1'),
    [
      '.env:1:23 info [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: a:1 is listed twice.',
      '  safe: Keep one of them',
      '    -JARVISCORE_SEED_NODES=a:1,b:2,a:1',
      '    +JARVISCORE_SEED_NODES=a:1,b:2',
    ],
  ],
  [seeds('a:1,b:1'), []],
  [seeds('a:1,,'), []],
  [seeds('h,h'), ['.env:1:23 info [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: h is listed twice.']],
  [
    mesh('"seed_nodes": ["a:1", "a:1"]'),
    [
      'node.py:3:35 info [seed_nodes] "seed_nodes": a:1 is listed twice.',
      '  safe: Keep one of them',
      '    -mesh = Mesh(config={"seed_nodes": ["a:1", "a:1"]})',
      '    +mesh = Mesh(config={"seed_nodes": ["a:1"]})',
    ],
  ],
]);

says('seed-wildcard', [
  [
    seeds('0.0.0.0:7950'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: 0.0.0.0:7950 names no machine; a seed needs the address under which the other node can be reached.',
    ],
  ],
  [
    seeds('a:1,0.0.0.0:7950'),
    [
      '.env:1:23 error [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES: 0.0.0.0:7950 names no machine; a seed needs the address under which the other node can be reached.',
    ],
  ],
  [seeds('10.0.0.0:7950'), []],
  [
    mesh('"seed_nodes": "0.0.0.0:7950"'),
    [
      'node.py:3:35 error [seed_nodes] "seed_nodes": 0.0.0.0:7950 names no machine; a seed needs the address under which the other node can be reached.',
    ],
  ],
]);

/** What the rules of config/rules/python/fleet.ts say. */
import { joins, mesh } from '../said.ts';
import { says } from '../says.ts';

says('mesh-late-joiner', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==1.13.0\n',
    },
    [
      "requirements.txt:1:1 info Nodes of JarvisCore 1.13.0 announce their agents once, when they start: of the 2 nodes declared here, one that joins later hears of the others' agents only when it asks (fixed in 1.13.1).",
      '  see a.py:3:8 a (a.py)',
      '  see b.py:3:8 b (b.py)',
    ],
    { target: '1.13.0' },
  ],
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==1.13.1\n',
    },
    [],
    { target: '1.13.1' },
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'), 'requirements.txt': 'jarviscore-framework==1.13.0\n' },
    [],
    { target: '1.13.0' },
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'), ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py') },
    [],
    { target: '1.13.0' },
  ],
  [
    Object.assign(
      { 'requirements.txt': 'jarviscore-framework==1.13.0\n' },
      ...Array.from({ length: 12 }, (_, i) => mesh(`"p2p_enabled": True, "bind_port": ${i + 1}`, `n${i}.py`)),
    ),
    [
      "requirements.txt:1:1 info Nodes of JarvisCore 1.13.0 announce their agents once, when they start: of the 12 nodes declared here, one that joins later hears of the others' agents only when it asks (fixed in 1.13.1).",
      '  see n0.py:3:8 n0 (n0.py)',
      '  see n1.py:3:8 n1 (n1.py)',
      '  see n2.py:3:8 n2 (n2.py)',
      '  see n3.py:3:8 n3 (n3.py)',
      '  see n4.py:3:8 n4 (n4.py)',
      '  see n5.py:3:8 n5 (n5.py)',
      '  see n6.py:3:8 n6 (n6.py)',
      '  see n7.py:3:8 n7 (n7.py)',
      '  see n8.py:3:8 n8 (n8.py)',
      '  see n9.py:3:8 n9 (n9.py)',
    ],
    { target: '1.13.0' },
  ],
]);

says('mesh-ghost-agents', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==2.1.0\n',
    },
    [
      'requirements.txt:1:1 info JarvisCore 2.1.0 keeps listing the agents of nodes that died, and stop() says no goodbye; calls to them run into their timeout (fixed in 2.1.1).',
      '  see a.py:3:8 a (a.py)',
      '  see b.py:3:8 b (b.py)',
    ],
    { target: '2.1.0' },
  ],
]);

says('mesh-early-request-dropped', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==2.2.0\n',
    },
    [
      'requirements.txt:1:1 info Requests that reach a node of JarvisCore 2.2.0 while it is still starting are dropped; repeat them after their timeout (fixed in 2.3.0).',
      '  see a.py:3:8 a (a.py)',
      '  see b.py:3:8 b (b.py)',
    ],
    { target: '2.2.0' },
  ],
]);

says('join-mesh-default-port', [
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946"') },
    [
      'agent.py:5:11 warning [JARVISCORE_BIND_PORT] join_mesh() without a port takes the default 7946, which node (node.py) uses on this host; it looks for a free one only with "bind_port": 0.',
      '  see node.py:3:55 Port 7946 of node (node.py)',
      '  asks: Take a free port ("bind_port": 0)',
      '    -    await agent.join_mesh(seed_nodes="127.0.0.1:7946")',
      '    +    await agent.join_mesh(seed_nodes="127.0.0.1:7946", config={"bind_port": 0})',
    ],
  ],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7947'), ...joins('seed_nodes="127.0.0.1:7947"') }, []],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7946, "bind_host": "10.0.0.1"'), ...joins('seed_nodes="10.0.0.1:7946"') }, []],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946", config={"node_name": "a"}') },
    [
      'agent.py:5:11 warning [JARVISCORE_BIND_PORT] join_mesh() without a port takes the default 7946, which node (node.py) uses on this host; it looks for a free one only with "bind_port": 0.',
      '  see node.py:3:55 Port 7946 of node (node.py)',
      '  asks: Take a free port ("bind_port": 0)',
      '    -    await agent.join_mesh(seed_nodes="127.0.0.1:7946", config={"node_name": "a"})',
      '    +    await agent.join_mesh(seed_nodes="127.0.0.1:7946", config={"node_name": "a", "bind_port": 0})',
    ],
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946", config={"bind_port": 7946}') },
    [],
  ],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946", config=more') }, []],
  [{ ...joins('seed_nodes="127.0.0.1:7946"', 'a.py'), ...joins('seed_nodes="127.0.0.1:7946"', 'b.py') }, []],
]);

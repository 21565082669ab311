/** What the rules of config/rules/checklist/fleet.ts say. */

import { node, production } from '../checklistWorkspaces.ts';
import { joins } from '../said.ts';
import { says } from '../says.ts';

says('prod-p2p-config', [
  [
    { ...node('a', '"p2p_enabled": True'), ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "127.0.0.1:7946"') },
    [
      'a.py:3:36 warning [P2P_ENABLED] P2P is on for a without bind port and seeds: it listens on the default 7946 and finds nobody.',
    ],
    production,
  ],
  [
    { ...node('a', '"p2p_enabled": True, "seed_nodes": "127.0.0.1:2"'), ...node('b', '"p2p_enabled": True, "bind_port": 2') },
    ['a.py:3:36 warning [JARVISCORE_BIND_PORT] a keeps the default port 7946; give each node of the fleet its own.'],
    production,
  ],
  [node('a', '"p2p_enabled": True, "seed_nodes": "127.0.0.1:2"'), [], production],
  [
    node('a', '"bind_port": 2, "seed_nodes": "127.0.0.1:3"'),
    ["a.py:3:34 info [P2P_ENABLED] P2P_ENABLED is not set for a; the code's default is true from 1.1.0 on. Say so explicitly."],
    production,
  ],
  [
    node('a', '"seed_nodes": "127.0.0.1:3"'),
    ["a.py:3:8 info [P2P_ENABLED] P2P_ENABLED is not set for a; the code's default is true from 1.1.0 on. Say so explicitly."],
    production,
  ],
  [node('a', '"p2p_enabled": True, **more'), [], production],
  [node('a', '"p2p_enabled": True'), []],
  [joins('seed_nodes="h:1"'), [], production],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "h:1"'),
      'requirements.txt': 'jarviscore-framework[redis]==3.0.0\n',
    },
    [
      'requirements.txt:1:1 error [P2P_ENABLED] 2 nodes are declared, but the requirement lacks the p2p extra: write jarviscore-framework[p2p].',
    ],
    production,
  ],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "h:1"'),
      'requirements.txt': 'JarvisCore-Framework==1.1.0\n',
    },
    [
      'requirements.txt:1:1 error [P2P_ENABLED] 2 nodes are declared, but the requirement lacks the p2p extra: write jarviscore-framework[p2p].',
    ],
    { ...production, target: '1.1.0' },
  ],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "h:1"'),
      'requirements.txt': 'jarviscore-framework==1.0.2\n',
    },
    [],
    { ...production, target: '1.0.2' },
  ],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "h:1"'),
      'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n',
    },
    [],
    production,
  ],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "h:1"'),
      'requirements.txt': 'jarviscore-framework[all]==3.0.0\n',
    },
    [],
    production,
  ],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      'requirements.txt': 'jarviscore-framework==3.0.0\n',
    },
    [],
    production,
  ],
  [
    {
      ...node('a', '"p2p_enabled": True, "bind_port": 1, "seed_nodes": "h:1"'),
      ...node('b', '"p2p_enabled": True, "bind_port": 2, "seed_nodes": "h:1"'),
      'requirements.txt': 'swim-p2p\n',
    },
    [],
    production,
  ],
]);

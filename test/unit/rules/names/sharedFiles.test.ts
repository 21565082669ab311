/** What the rules of config/rules/names/sharedFiles.ts say. */

import { both } from '../namesWorkspaces.ts';
import { env, mesh } from '../said.ts';
import { says } from '../says.ts';

says('per-process-var-in-shared-env', [
  [
    both('JARVISCORE_BIND_PORT=7950\n'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] 2 processes on one machine read this file and all take port 7950 from it; give each its own JARVISCORE_BIND_PORT.',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
    ],
  ],
  [
    both('JARVISCORE_BIND_HOST=h\nJARVISCORE_SEED_NODES=a:1\n'),
    [
      '.env:1:1 warning [JARVISCORE_BIND_HOST] JARVISCORE_BIND_HOST belongs to one process, but 2 processes read this file; set it per process: on the launch line or as "bind_host" in Mesh(config={...}).',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
      '.env:2:1 warning [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES belongs to one process, but 2 processes read this file; set it per process: on the launch line or as "seed_nodes" in Mesh(config={...}).',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
    ],
  ],
  [
    both('JARVISCORE_NODE_NAME=n\nPROMETHEUS_PORT=9100\nJOURNAL_DIR=/j\n'),
    [
      '.env:1:1 info [JARVISCORE_NODE_NAME] JARVISCORE_NODE_NAME belongs to one process, but 2 processes read this file; set it per process: on the launch line or as "node_name" in Mesh(config={...}).',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
      '.env:2:1 info [PROMETHEUS_PORT] PROMETHEUS_PORT belongs to one process, but 2 processes read this file; set it per process: on the launch line.',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
      '.env:3:1 info [JOURNAL_DIR] JOURNAL_DIR belongs to one process, but 2 processes read this file; set it per process: on the launch line.',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
    ],
  ],
  [both('JARVISCORE_NODE_NAME=jarviscore-node\nPROMETHEUS_PORT=9090\nJOURNAL_DIR=.jarviscore/journal\n'), []],
  [{ ...both('JOURNAL_DIR=/j\n') }, [], { target: '2.3.0' }],
  [
    both('BIND_PORT=7950\nBIND_HOST=h\nSEED_NODES=a:1\n'),
    [
      '.env:1:1 warning [BIND_PORT] BIND_PORT belongs to one process, but 2 processes read this file; set it per process: on the launch line.',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
      '.env:2:1 warning [BIND_HOST] BIND_HOST belongs to one process, but 2 processes read this file; set it per process: on the launch line.',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
      '.env:3:1 warning [SEED_NODES] SEED_NODES belongs to one process, but 2 processes read this file; set it per process: on the launch line.',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
    ],
  ],
  [both('JARVISCORE_BIND_PORT=\nJARVISCORE_BIND_HOST=" "\nJARVISCORE_SEED_NODES\n'), []],
  [
    { ...both('JARVISCORE_BIND_PORT=7950\n'), ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py') },
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT belongs to one process, but 2 processes read this file; set it per process: on the launch line or as "bind_port" in Mesh(config={...}).',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
    ],
  ],
  [
    { ...both('JARVISCORE_BIND_PORT=7950\n'), ...mesh('"p2p_enabled": False', 'a.py') },
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT belongs to one process, but 2 processes read this file; set it per process: on the launch line or as "bind_port" in Mesh(config={...}).',
      '  see a.py:3:8 a (a.py) reads this file',
      '  see b.py:3:8 b (b.py) reads this file',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=7950'),
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT belongs to one process, but .env is shared by every process started here; set it per process: on the launch line or as "bind_port" in Mesh(config={...}).',
    ],
  ],
  [{ 'a.env': 'JARVISCORE_BIND_PORT=7950\n' }, []],
  [
    { '.env.shared': 'JARVISCORE_BIND_PORT=7950\n' },
    [
      '.env.shared:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT belongs to one process, but .env.shared is shared by every process started here; set it per process: on the launch line or as "bind_port" in Mesh(config={...}).',
    ],
  ],
  [
    { '.env.common.example': 'JARVISCORE_BIND_PORT=7950\n' },
    [
      '.env.common.example:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT belongs to one process, but .env.common.example is shared by every process started here; set it per process: on the launch line or as "bind_port" in Mesh(config={...}).',
    ],
  ],
  [{ '.env.local': 'JARVISCORE_BIND_PORT=7950\n' }, []],
  [{ ...env('JARVISCORE_BIND_PORT=7950'), ...mesh('"p2p_enabled": True') }, []],
]);

says('env-file-in-prod', [
  [
    { ...env('LOG_LEVEL=INFO'), ...mesh() },
    [
      '.env:1:1 warning The production guide advises against .env files; hand settings over through the environment of the service. JarvisCore 3.0.0 also exports it to the whole process.',
      '  see node.py:3:8 node (node.py) reads it',
    ],
    { profile: 'production' },
  ],
  [
    { ...env('LOG_LEVEL=INFO'), ...mesh() },
    [
      '.env:1:1 warning The production guide advises against .env files; hand settings over through the environment of the service.',
      '  see node.py:3:8 node (node.py) reads it',
    ],
    { profile: 'production', target: '2.1.1' },
  ],
  [
    { ...env('LOG_LEVEL=INFO'), ...mesh() },
    [
      '.env:1:1 warning The production guide advises against .env files; hand settings over through the environment of the service. JarvisCore 2.2.0 also exports it to the whole process.',
      '  see node.py:3:8 node (node.py) reads it',
    ],
    { profile: 'production', target: '2.2.0' },
  ],
  [{ ...env('LOG_LEVEL=INFO'), ...mesh() }, []],
  [env('LOG_LEVEL=INFO'), [], { profile: 'production' }],
  [{ '.env.local': 'LOG_LEVEL=INFO\n', ...mesh() }, [], { profile: 'production' }],
]);

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Names of settings: which are read, which were meant, who reads them, and what a fix makes of the line. */
import { env, joins, mesh, service, sets } from './said.ts';
import { says } from './says.ts';
import type { Files } from './workspace.ts';

const both = (text: string): Files => ({
  '.env': text,
  ...mesh('"p2p_enabled": True', 'a.py'),
  ...mesh('"p2p_enabled": True', 'b.py'),
});
const composed = (...lines: readonly string[]): Files => ({
  'compose.yml': `services:\n  a:\n    build: .\n    command: python node.py\n${lines.map((line) => `    ${line}\n`).join('')}`,
  Dockerfile: 'FROM python:3.12\n',
  ...mesh(),
});

says('unprefixed-p2p-var', [
  [
    env('BIND_PORT=7950'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] BIND_PORT is not read by JarvisCore (since 0.4.0); use JARVISCORE_BIND_PORT, set per process.',
      '  asks: Rename to JARVISCORE_BIND_PORT',
      '    -BIND_PORT=7950',
      '    +JARVISCORE_BIND_PORT=7950',
    ],
  ],
  [
    env('BIND_HOST=h', 'SEED_NODES=a:1', 'NODE_NAME=a'),
    [
      '.env:1:1 error [JARVISCORE_BIND_HOST] BIND_HOST is not read by JarvisCore (since 0.4.0); use JARVISCORE_BIND_HOST, set per process.',
      '  asks: Rename to JARVISCORE_BIND_HOST',
      '    -BIND_HOST=h',
      '    +JARVISCORE_BIND_HOST=h',
      '.env:2:1 error [JARVISCORE_SEED_NODES] SEED_NODES is not read by JarvisCore (since 0.4.0); use JARVISCORE_SEED_NODES, set per process.',
      '  asks: Rename to JARVISCORE_SEED_NODES',
      '    -SEED_NODES=a:1',
      '    +JARVISCORE_SEED_NODES=a:1',
      '.env:3:1 error [JARVISCORE_NODE_NAME] NODE_NAME is not read by JarvisCore (since 0.4.0); use JARVISCORE_NODE_NAME, set per process.',
      '  asks: Rename to JARVISCORE_NODE_NAME',
      '    -NODE_NAME=a',
      '    +JARVISCORE_NODE_NAME=a',
    ],
  ],
  [
    env('NODE_NAME=a'),
    [
      '.env:1:1 warning [JARVISCORE_NODE_NAME] NODE_NAME is not read by JarvisCore (since 0.4.0); use JARVISCORE_NODE_NAME, set per process.',
      '  asks: Rename to JARVISCORE_NODE_NAME',
      '    -NODE_NAME=a',
      '    +JARVISCORE_NODE_NAME=a',
    ],
  ],
  [
    env('NODE_NAME=a', 'P2P_ENABLED=true'),
    [
      '.env:1:1 error [JARVISCORE_NODE_NAME] NODE_NAME is not read by JarvisCore (since 0.4.0); use JARVISCORE_NODE_NAME, set per process.',
      '  asks: Rename to JARVISCORE_NODE_NAME',
      '    -NODE_NAME=a',
      '    +JARVISCORE_NODE_NAME=a',
    ],
  ],
  [
    env('NODE_NAME=a', 'JARVISCORE_BIND_PORT=1'),
    [
      '.env:1:1 error [JARVISCORE_NODE_NAME] NODE_NAME is not read by JarvisCore (since 0.4.0); use JARVISCORE_NODE_NAME, set per process.',
      '  asks: Rename to JARVISCORE_NODE_NAME',
      '    -NODE_NAME=a',
      '    +JARVISCORE_NODE_NAME=a',
    ],
  ],
  [
    env('NODE_NAME=a', 'KEEPALIVE_INTERVAL=90'),
    [
      '.env:1:1 error [JARVISCORE_NODE_NAME] NODE_NAME is not read by JarvisCore (since 0.4.0); use JARVISCORE_NODE_NAME, set per process.',
      '  asks: Rename to JARVISCORE_NODE_NAME',
      '    -NODE_NAME=a',
      '    +JARVISCORE_NODE_NAME=a',
    ],
  ],
  [
    env('BIND_PORT=7950', 'JARVISCORE_BIND_PORT=7951'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] BIND_PORT is not read by JarvisCore (since 0.4.0); use JARVISCORE_BIND_PORT, set per process.',
      '  asks: Remove BIND_PORT, JARVISCORE_BIND_PORT is set already',
      '    -BIND_PORT=7950',
    ],
  ],
  [
    env('bind_port=7950'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] bind_port is not read by JarvisCore (since 0.4.0); use JARVISCORE_BIND_PORT, set per process.',
      '  asks: Rename to JARVISCORE_BIND_PORT',
      '    -bind_port=7950',
      '    +JARVISCORE_BIND_PORT=7950',
    ],
  ],
  [
    { '.env.example': 'BIND_PORT=7950\n# SEED_NODES=a:1\n' },
    [
      '.env.example:1:1 warning [JARVISCORE_BIND_PORT] BIND_PORT is not read by JarvisCore (since 0.4.0); use JARVISCORE_BIND_PORT, set per process.',
      '  asks: Rename to JARVISCORE_BIND_PORT',
      '    -BIND_PORT=7950',
      '    +JARVISCORE_BIND_PORT=7950',
      '.env.example:2:3 warning [JARVISCORE_SEED_NODES] SEED_NODES is not read by JarvisCore (since 0.4.0); use JARVISCORE_SEED_NODES, set per process.',
      '  asks: Rename to JARVISCORE_SEED_NODES',
      '    -# SEED_NODES=a:1',
      '    +# JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [{ ...env('BIND_PORT=7950'), ...composed('environment:', '  JARVISCORE_BIND_PORT: ${BIND_PORT}') }, []],
  [
    service(['JARVISCORE_NODE_NAME: a', 'BIND_PORT: 7950']),
    [
      'compose.yml:7:7 error [JARVISCORE_BIND_PORT] BIND_PORT is not read by JarvisCore (since 0.4.0); use JARVISCORE_BIND_PORT, set per process.',
      '  asks: Rename to JARVISCORE_BIND_PORT',
      '    -      BIND_PORT: 7950',
      '    +      JARVISCORE_BIND_PORT: 7950',
    ],
  ],
]);

says('jc-prefixed-p2p-var', [
  [
    env('JC_SWIM_HOST=h', 'JC_SWIM_PORT=1', 'JC_SEED_NODES=a:1'),
    [
      '.env:1:1 error [JARVISCORE_BIND_HOST] JC_SWIM_HOST was documented up to 1.11.0, but no release reads it; use JARVISCORE_BIND_HOST.',
      '  asks: Rename to JARVISCORE_BIND_HOST',
      '    -JC_SWIM_HOST=h',
      '    +JARVISCORE_BIND_HOST=h',
      '.env:2:1 error [JARVISCORE_BIND_PORT] JC_SWIM_PORT was documented up to 1.11.0, but no release reads it; use JARVISCORE_BIND_PORT.',
      '  asks: Rename to JARVISCORE_BIND_PORT',
      '    -JC_SWIM_PORT=1',
      '    +JARVISCORE_BIND_PORT=1',
      '.env:3:1 error [JARVISCORE_SEED_NODES] JC_SEED_NODES was documented up to 1.11.0, but no release reads it; use JARVISCORE_SEED_NODES.',
      '  asks: Rename to JARVISCORE_SEED_NODES',
      '    -JC_SEED_NODES=a:1',
      '    +JARVISCORE_SEED_NODES=a:1',
    ],
  ],
  [
    env('JC_SWIM_PORT=1', 'JARVISCORE_BIND_PORT=2'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] JC_SWIM_PORT was documented up to 1.11.0, but no release reads it; use JARVISCORE_BIND_PORT.',
      '  asks: Remove JC_SWIM_PORT, JARVISCORE_BIND_PORT is set already',
      '    -JC_SWIM_PORT=1',
    ],
  ],
  [env('JC_SWIM=1'), []],
]);

says('overprefixed-var', [
  [
    env('JARVISCORE_LOG_LEVEL=INFO'),
    [
      '.env:1:1 error [LOG_LEVEL] JARVISCORE_LOG_LEVEL is ignored: LOG_LEVEL stays without the prefix on purpose.',
      '  asks: Rename to LOG_LEVEL',
      '    -JARVISCORE_LOG_LEVEL=INFO',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    env('JARVISCORE_REDIS_URL=redis://r', 'REDIS_URL=redis://s'),
    [
      '.env:1:1 error [REDIS_URL] JARVISCORE_REDIS_URL is ignored: REDIS_URL stays without the prefix on purpose.',
      '  asks: Remove JARVISCORE_REDIS_URL, REDIS_URL is set already',
      '    -JARVISCORE_REDIS_URL=redis://r',
    ],
  ],
  [
    env('JARVISCORE_CONTROL_POLICY_PATH=/p'),
    [
      '.env:1:1 error [JARVISCORE_CONTROL_POLICY] JARVISCORE_CONTROL_POLICY_PATH is ignored: the name that is read is JARVISCORE_CONTROL_POLICY.',
      '  asks: Rename to JARVISCORE_CONTROL_POLICY',
      '    -JARVISCORE_CONTROL_POLICY_PATH=/p',
      '    +JARVISCORE_CONTROL_POLICY=/p',
    ],
  ],
  [env('JARVISCORE_BIND_PORT=1', 'JARVISCORE_SOMETHING=1', 'JARVISCORE_CONTROL_MODE=off'), []],
  [env('JARVISCORE_POSTGRES_USER=a'), []],
  [
    env('JARVISCORE_STEP_OUTPUT_MAX_BYTES=5'),
    [
      '.env:1:1 error [STEP_OUTPUT_MAX_BYTES] JARVISCORE_STEP_OUTPUT_MAX_BYTES is ignored: STEP_OUTPUT_MAX_BYTES stays without the prefix on purpose.',
      '  asks: Rename to STEP_OUTPUT_MAX_BYTES',
      '    -JARVISCORE_STEP_OUTPUT_MAX_BYTES=5',
      '    +STEP_OUTPUT_MAX_BYTES=5',
    ],
  ],
  [
    env('JARVISCORE_CLAUDE_TASK_MODEL=5'),
    [
      '.env:1:1 error [CLAUDE_TASK_MODEL] JARVISCORE_CLAUDE_TASK_MODEL is ignored: CLAUDE_TASK_MODEL stays without the prefix on purpose.',
      '  asks: Rename to CLAUDE_TASK_MODEL',
      '    -JARVISCORE_CLAUDE_TASK_MODEL=5',
      '    +CLAUDE_TASK_MODEL=5',
    ],
  ],
]);

says('internal-keepalive-name', [
  [
    env('P2P_KEEPALIVE_ENABLED=true', 'P2P_KEEPALIVE_INTERVAL=90', 'P2P_KEEPALIVE_TIMEOUT=9', 'P2P_ACTIVITY_SUPPRESS_WINDOW=9'),
    [
      '.env:1:1 error [KEEPALIVE_ENABLED] P2P_KEEPALIVE_ENABLED is an internal key of the framework and is not read from the environment; use KEEPALIVE_ENABLED.',
      '  asks: Rename to KEEPALIVE_ENABLED',
      '    -P2P_KEEPALIVE_ENABLED=true',
      '    +KEEPALIVE_ENABLED=true',
      '.env:2:1 error [KEEPALIVE_INTERVAL] P2P_KEEPALIVE_INTERVAL is an internal key of the framework and is not read from the environment; use KEEPALIVE_INTERVAL.',
      '  asks: Rename to KEEPALIVE_INTERVAL',
      '    -P2P_KEEPALIVE_INTERVAL=90',
      '    +KEEPALIVE_INTERVAL=90',
      '.env:3:1 error [KEEPALIVE_TIMEOUT] P2P_KEEPALIVE_TIMEOUT is an internal key of the framework and is not read from the environment; use KEEPALIVE_TIMEOUT.',
      '  asks: Rename to KEEPALIVE_TIMEOUT',
      '    -P2P_KEEPALIVE_TIMEOUT=9',
      '    +KEEPALIVE_TIMEOUT=9',
      '.env:4:1 error [ACTIVITY_SUPPRESS_WINDOW] P2P_ACTIVITY_SUPPRESS_WINDOW is an internal key of the framework and is not read from the environment; use ACTIVITY_SUPPRESS_WINDOW.',
      '  asks: Rename to ACTIVITY_SUPPRESS_WINDOW',
      '    -P2P_ACTIVITY_SUPPRESS_WINDOW=9',
      '    +ACTIVITY_SUPPRESS_WINDOW=9',
    ],
  ],
  [
    env('P2P_CIRCUIT_HALF_OPEN_INTERVAL=5'),
    [
      '.env:1:1 error [P2P_CIRCUIT_HALF_OPEN_INTERVAL] P2P_CIRCUIT_HALF_OPEN_INTERVAL is an internal key of the framework and is not read from the environment; no setting replaces it.',
      '  asks: Remove P2P_CIRCUIT_HALF_OPEN_INTERVAL',
      '    -P2P_CIRCUIT_HALF_OPEN_INTERVAL=5',
    ],
  ],
  [
    env('P2P_KEEPALIVE_INTERVAL=90', 'KEEPALIVE_INTERVAL=80'),
    [
      '.env:1:1 error [KEEPALIVE_INTERVAL] P2P_KEEPALIVE_INTERVAL is an internal key of the framework and is not read from the environment; use KEEPALIVE_INTERVAL.',
      '  asks: Remove P2P_KEEPALIVE_INTERVAL, KEEPALIVE_INTERVAL is set already',
      '    -P2P_KEEPALIVE_INTERVAL=90',
    ],
  ],
  [
    { '.env.example': '# P2P_CIRCUIT_HALF_OPEN_INTERVAL=5\nA=1\n' },
    [
      '.env.example:1:3 error [P2P_CIRCUIT_HALF_OPEN_INTERVAL] P2P_CIRCUIT_HALF_OPEN_INTERVAL is an internal key of the framework and is not read from the environment; no setting replaces it.',
      '  asks: Remove P2P_CIRCUIT_HALF_OPEN_INTERVAL',
      '    -# P2P_CIRCUIT_HALF_OPEN_INTERVAL=5',
    ],
  ],
]);

says('keepalive-env-not-read', [
  [
    { ...env('ALLOW_ZERO_PEERS=false'), ...mesh() },
    [
      '.env:1:1 warning [allow_zero_peers] ALLOW_ZERO_PEERS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "allow_zero_peers" in Mesh(config={...}).',
      '  asks: Remove ALLOW_ZERO_PEERS (set "allow_zero_peers" in the Mesh dict instead)',
      '    -ALLOW_ZERO_PEERS=false',
    ],
  ],
  [
    { ...env('KEEPALIVE_FAILURE_BACKOFF_SECONDS=20'), ...mesh('"keepalive_failure_backoff_seconds": 5') },
    [
      '.env:1:1 warning [keepalive_failure_backoff_seconds] KEEPALIVE_FAILURE_BACKOFF_SECONDS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "keepalive_failure_backoff_seconds" in Mesh(config={...}).',
      '  asks: Remove KEEPALIVE_FAILURE_BACKOFF_SECONDS (set "keepalive_failure_backoff_seconds" in the Mesh dict instead)',
      '    -KEEPALIVE_FAILURE_BACKOFF_SECONDS=20',
    ],
  ],
  [
    { ...env('P2P_ALLOW_ZERO_PEERS=false'), ...mesh('', 'a.py'), ...mesh('', 'b.py') },
    [
      '.env:1:1 warning [allow_zero_peers] P2P_ALLOW_ZERO_PEERS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "allow_zero_peers" in Mesh(config={...}).',
      '  asks: Move to "allow_zero_peers" in the Mesh dict',
      '    -P2P_ALLOW_ZERO_PEERS=false',
      '    --- a.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"allow_zero_peers": False})',
      '    --- b.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"allow_zero_peers": False})',
    ],
  ],
  [
    { ...env('P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS=x'), ...mesh() },
    [
      '.env:1:1 warning [keepalive_failure_backoff_seconds] P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "keepalive_failure_backoff_seconds" in Mesh(config={...}).',
      '  asks: Remove P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS (set "keepalive_failure_backoff_seconds" in the Mesh dict instead)',
      '    -P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS=x',
    ],
  ],
  [
    env('ALLOW_ZERO_PEERS=false'),
    [
      '.env:1:1 warning [allow_zero_peers] ALLOW_ZERO_PEERS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "allow_zero_peers" in Mesh(config={...}).',
      '  asks: Remove ALLOW_ZERO_PEERS (set "allow_zero_peers" in the Mesh dict instead)',
      '    -ALLOW_ZERO_PEERS=false',
    ],
  ],
  [
    { ...env('ALLOW_ZERO_PEERS=false'), ...joins('endpoint="h:1"') },
    [
      '.env:1:1 warning [allow_zero_peers] ALLOW_ZERO_PEERS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "allow_zero_peers" in Mesh(config={...}).',
      '  asks: Remove ALLOW_ZERO_PEERS (set "allow_zero_peers" in the Mesh dict instead)',
      '    -ALLOW_ZERO_PEERS=false',
    ],
  ],
  [
    { '.env.example': '# ALLOW_ZERO_PEERS=false\n' },
    [
      '.env.example:1:3 warning [allow_zero_peers] ALLOW_ZERO_PEERS was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "allow_zero_peers" in Mesh(config={...}).',
      '  asks: Remove ALLOW_ZERO_PEERS (set "allow_zero_peers" in the Mesh dict instead)',
      '    -# ALLOW_ZERO_PEERS=false',
    ],
  ],
]);

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

says('unknown-var-typo', [
  [
    env('JARVISCORE_BIND_PROT=7950'),
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] JarvisCore does not know JARVISCORE_BIND_PROT; did you mean JARVISCORE_BIND_PORT?',
      '  asks: Rename to JARVISCORE_BIND_PORT',
      '    -JARVISCORE_BIND_PROT=7950',
      '    +JARVISCORE_BIND_PORT=7950',
    ],
  ],
  [
    env('LOGLEVEL=INFO'),
    [
      '.env:1:1 warning [LOG_LEVEL] JarvisCore does not know LOGLEVEL; did you mean LOG_LEVEL?',
      '  asks: Rename to LOG_LEVEL',
      '    -LOGLEVEL=INFO',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    env('GOOGLE_API_KEY=x', 'REDIS_URI=redis://r'),
    [
      '.env:2:1 warning [REDIS_URL] JarvisCore does not know REDIS_URI; did you mean REDIS_URL?',
      '  asks: Rename to REDIS_URL',
      '    -REDIS_URI=redis://r',
      '    +REDIS_URL=redis://r',
    ],
  ],
  [
    env('REDIS_URI=redis://r', 'REDIS_URL=redis://s'),
    [
      '.env:1:1 warning [REDIS_URL] JarvisCore does not know REDIS_URI; did you mean REDIS_URL?',
      '  asks: Remove REDIS_URI, REDIS_URL is set already',
      '    -REDIS_URI=redis://r',
    ],
  ],
  [env('NEXUS_API_KEY=x'), [], { target: '2.2.0' }],
  [
    env('NEXUS_API_KEY=x'),
    [
      '.env:1:1 warning [NEXUS_GATEWAY_API_KEY] JarvisCore does not know NEXUS_API_KEY; did you mean NEXUS_GATEWAY_API_KEY?',
      '  asks: Rename to NEXUS_GATEWAY_API_KEY',
      '    -NEXUS_API_KEY=x',
      '    +NEXUS_GATEWAY_API_KEY=x',
    ],
    { target: '2.3.0' },
  ],
  [env('PATH=x', 'HTTP_PROXY=x', 'STRIPE_API_KEY=x', 'MY_OWN_THING=1'), []],
  [
    env('redis_urll=redis://r'),
    [
      '.env:1:1 warning [REDIS_URL] JarvisCore does not know redis_urll; did you mean REDIS_URL?',
      '  asks: Rename to REDIS_URL',
      '    -redis_urll=redis://r',
      '    +REDIS_URL=redis://r',
    ],
  ],
  [
    { '.env.example': '# REDIS_URLL=redis://r\n' },
    [
      '.env.example:1:3 warning [REDIS_URL] JarvisCore does not know REDIS_URLL; did you mean REDIS_URL?',
      '  asks: Rename to REDIS_URL',
      '    -# REDIS_URLL=redis://r',
      '    +# REDIS_URL=redis://r',
    ],
  ],
]);

says('unknown-jarviscore-var', [
  [
    env('JARVISCORE_WHATEVER_ELSE=1', 'KERNEL_WHATEVER_ELSE=1', 'HITL_WHATEVER_ELSE=2', 'APPROVAL_WHATEVER_ELSE=3'),
    [
      '.env:1:1 hint [JARVISCORE_WHATEVER_ELSE] JARVISCORE_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:2:1 hint [KERNEL_WHATEVER_ELSE] KERNEL_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:3:1 hint [HITL_WHATEVER_ELSE] HITL_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:4:1 hint [APPROVAL_WHATEVER_ELSE] APPROVAL_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
    ],
  ],
  [
    env(
      'NEXUS_WHATEVER_ELSE=1',
      'ATHENA_WHATEVER_ELSE=1',
      'SANDBOX_WHATEVER_ELSE=2',
      'LLM_WHATEVER_ELSE=3',
      'KEEPALIVE_WHATEVER_ELSE=3',
    ),
    [
      '.env:1:1 hint [NEXUS_WHATEVER_ELSE] NEXUS_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:2:1 hint [ATHENA_WHATEVER_ELSE] ATHENA_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:3:1 hint [SANDBOX_WHATEVER_ELSE] SANDBOX_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:4:1 hint [LLM_WHATEVER_ELSE] LLM_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:5:1 hint [KEEPALIVE_WHATEVER_ELSE] KEEPALIVE_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
    ],
  ],
  [
    env('TYPESAFE_WHATEVER_ELSE=1', 'CONTROL_WHATEVER_ELSE=1', 'JOURNAL_WHATEVER_ELSE=2', 'MY_KERNEL_THING=3'),
    [
      '.env:1:1 hint [TYPESAFE_WHATEVER_ELSE] TYPESAFE_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:2:1 hint [CONTROL_WHATEVER_ELSE] CONTROL_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
      '.env:3:1 hint [JOURNAL_WHATEVER_ELSE] JOURNAL_WHATEVER_ELSE begins like a setting of JarvisCore, but no release reads it.',
    ],
  ],
  [env('KERNEL_MAX_TURN=1'), []],
]);

says('var-not-in-release', [
  [
    env('JOURNAL_DIR=/j'),
    ['.env:1:1 warning [JOURNAL_DIR] JOURNAL_DIR needs JarvisCore 3.0.0; JarvisCore 2.3.0 does not read it.'],
    { target: '2.3.0' },
  ],
  [env('JOURNAL_DIR=/j'), [], { target: '3.0.0' }],
  [
    env('STEP_OUTPUT_MAX_BYTES=5'),
    [
      '.env:1:1 warning [STEP_OUTPUT_MAX_BYTES] STEP_OUTPUT_MAX_BYTES was read by JarvisCore 1.1.0 to 1.12.0 only; JarvisCore 3.0.0 does not read it.',
      '  asks: Remove STEP_OUTPUT_MAX_BYTES',
      '    -STEP_OUTPUT_MAX_BYTES=5',
    ],
  ],
  [
    env('BIND_PORT=5'),
    [
      '.env:1:1 warning [BIND_PORT] BIND_PORT was read by JarvisCore up to 0.3.2 only; JarvisCore 3.0.0 does not read it.',
      '  asks: Remove BIND_PORT',
      '    -BIND_PORT=5',
    ],
  ],
  [
    {
      'node.py':
        'import os\nfrom jarviscore import Mesh\n\nos.environ["STEP_OUTPUT_MAX_BYTES"] = "5"\nmesh = Mesh(config={"journal_dir": "/j"})\n',
    },
    [
      'node.py:4:13 warning [STEP_OUTPUT_MAX_BYTES] STEP_OUTPUT_MAX_BYTES was read by JarvisCore 1.1.0 to 1.12.0 only; JarvisCore 2.3.0 does not read it.',
      'node.py:5:22 warning [journal_dir] "journal_dir" needs JarvisCore 3.0.0; JarvisCore 2.3.0 does not read it.',
    ],
    { target: '2.3.0' },
  ],
  [mesh('"auth_mode": "production"'), []],
  [
    mesh('\n    "bind_port": 5,\n    "sandbox_timeout": 5,\n    "journal_dir": "/j",\n    "p2p_enabled": True,\n'),
    ['node.py:6:6 warning [journal_dir] "journal_dir" needs JarvisCore 3.0.0; JarvisCore 1.0.2 does not read it.'],
    { target: '1.0.2' },
  ],
  [env('POSTGRES_USER=a', 'ATHENA_MINIO_PORT=5'), [], { target: '1.0.0' }],
  [
    { '.env.example': '# JOURNAL_DIR=/j\n' },
    ['.env.example:1:3 warning [JOURNAL_DIR] JOURNAL_DIR needs JarvisCore 3.0.0; JarvisCore 2.3.0 does not read it.'],
    { target: '2.3.0' },
  ],
]);

says('documented-but-unread-var', [
  [
    env('SANDBOX_TIMEOUT=5'),
    [
      ".env:1:1 info [SANDBOX_TIMEOUT] SANDBOX_TIMEOUT stands in the framework's documents, but no code reads it.",
      '  asks: Remove SANDBOX_TIMEOUT',
      '    -SANDBOX_TIMEOUT=5',
    ],
  ],
  [
    env('AZURE_CONTAINER_NAME=abc'),
    [
      ".env:1:1 warning [AZURE_STORAGE_CONTAINER] AZURE_CONTAINER_NAME stands in the framework's documents, but no code reads it; use AZURE_STORAGE_CONTAINER.",
      '  asks: Rename to AZURE_STORAGE_CONTAINER',
      '    -AZURE_CONTAINER_NAME=abc',
      '    +AZURE_STORAGE_CONTAINER=abc',
    ],
  ],
  [
    env('AZURE_CONTAINER_NAME=abc', 'AZURE_STORAGE_CONTAINER=def'),
    [
      ".env:1:1 warning [AZURE_STORAGE_CONTAINER] AZURE_CONTAINER_NAME stands in the framework's documents, but no code reads it; use AZURE_STORAGE_CONTAINER.",
      '  asks: Remove AZURE_CONTAINER_NAME, AZURE_STORAGE_CONTAINER is set already',
      '    -AZURE_CONTAINER_NAME=abc',
    ],
  ],
  [
    env('TRACE_ENABLED=1'),
    [
      ".env:1:1 info [TRACE_ENABLED] TRACE_ENABLED stands in the framework's documents, but no code reads it.",
      '  asks: Remove TRACE_ENABLED',
      '    -TRACE_ENABLED=1',
    ],
  ],
  [env('P2P_KEEPALIVE_ENABLED=true'), []],
  [
    env('SLACK_BOT_TOKEN=x'),
    [
      '.env:1:1 hint [SLACK_BOT_TOKEN] SLACK_BOT_TOKEN: credentials of connected applications. The framework does not read them; your own agents may.',
    ],
  ],
  [
    env('SLACK_BOT_TOKEN=x', 'GITHUB_TOKEN=y', 'NOTION_API_KEY=z'),
    [
      '.env:1:1 hint [SLACK_BOT_TOKEN] SLACK_BOT_TOKEN and 2 more: credentials of connected applications. The framework does not read them; your own agents may.',
      '  see .env:2:1 GITHUB_TOKEN',
      '  see .env:3:1 NOTION_API_KEY',
    ],
  ],
  [env('TRACE_ENABLED=1'), [], { target: '1.2.0' }],
]);

says('deprecated-var', [
  [
    env('CLAUDE_TASK_MODEL=m'),
    [
      '.env:1:1 info [CLAUDE_TASK_MODEL] CLAUDE_TASK_MODEL is deprecated; use TASK_MODEL.',
      '  asks: Rename to TASK_MODEL',
      '    -CLAUDE_TASK_MODEL=m',
      '    +TASK_MODEL=m',
    ],
  ],
  [
    env('CLAUDE_TASK_MODEL=m', 'TASK_MODEL=n'),
    [
      '.env:1:1 info [CLAUDE_TASK_MODEL] CLAUDE_TASK_MODEL is deprecated; use TASK_MODEL.',
      '  asks: Remove CLAUDE_TASK_MODEL, TASK_MODEL is set already',
      '    -CLAUDE_TASK_MODEL=m',
    ],
  ],
  [
    env('CLAUDE_CODING_MODEL=m'),
    [
      '.env:1:1 info [CLAUDE_CODING_MODEL] CLAUDE_CODING_MODEL is deprecated; use CODING_MODEL.',
      '  asks: Rename to CODING_MODEL',
      '    -CLAUDE_CODING_MODEL=m',
      '    +CODING_MODEL=m',
    ],
  ],
  [env('CLAUDE_MODEL=m', 'LOG_LEVEL=INFO'), []],
  [
    sets({ CLAUDE_TASK_MODEL: 'm' }),
    [
      'node.py:4:13 info [CLAUDE_TASK_MODEL] CLAUDE_TASK_MODEL is deprecated; use TASK_MODEL.',
      '  asks: Rename to TASK_MODEL',
      '    -os.environ["CLAUDE_TASK_MODEL"] = "m"',
      '    +os.environ["TASK_MODEL"] = "m"',
    ],
  ],
]);

says('duplicate-key', [
  [
    env('LOG_LEVEL=INFO', 'A=1', 'LOG_LEVEL=INFO'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL is set again in line 3; the last one wins.',
      '  see .env:3:1 This LOG_LEVEL wins',
      '  asks: Remove this earlier line',
      '    -LOG_LEVEL=INFO',
    ],
  ],
  [
    env('LOG_LEVEL=INFO', 'LOG_LEVEL=DEBUG'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This LOG_LEVEL wins',
      '  asks: Remove this earlier line',
      '    -LOG_LEVEL=INFO',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=1', 'JARVISCORE_BIND_PORT=2'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This JARVISCORE_BIND_PORT wins',
      '  asks: Remove this earlier line',
      '    -JARVISCORE_BIND_PORT=1',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=1', 'JARVISCORE_BIND_PORT=1'),
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT is set again in line 2; the last one wins.',
      '  see .env:2:1 This JARVISCORE_BIND_PORT wins',
      '  asks: Remove this earlier line',
      '    -JARVISCORE_BIND_PORT=1',
    ],
  ],
  [
    env('NEXUS_SECRET=abcdefgh1', 'NEXUS_SECRET=abcdefgh2'),
    [
      '.env:1:1 error [NEXUS_SECRET] NEXUS_SECRET is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This NEXUS_SECRET wins',
      '  asks: Remove this earlier line',
      '    -NEXUS_SECRET=abcdefgh1',
    ],
  ],
  [
    env('NEXUS_SECRET=abcdefgh1', 'NEXUS_SECRET=abcdefgh1'),
    [
      '.env:1:1 warning [NEXUS_SECRET] NEXUS_SECRET is set again in line 2; the last one wins.',
      '  see .env:2:1 This NEXUS_SECRET wins',
      '  asks: Remove this earlier line',
      '    -NEXUS_SECRET=abcdefgh1',
    ],
  ],
  [
    env('LOG_LEVEL=INFO', 'log_level=DEBUG'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This log_level wins',
      '  asks: Remove this earlier line',
      '    -LOG_LEVEL=INFO',
    ],
  ],
  [
    env('A=1', 'A=2', 'A=3'),
    [
      '.env:1:1 warning [A] A is set again in line 3; the last one wins and the values differ.',
      '  see .env:3:1 This A wins',
      '  asks: Remove this earlier line',
      '    -A=1',
      '.env:2:1 warning [A] A is set again in line 3; the last one wins and the values differ.',
      '  see .env:3:1 This A wins',
      '  asks: Remove this earlier line',
      '    -A=2',
    ],
  ],
  [
    env('A', 'A=1'),
    [
      '.env:1:1 warning [A] A is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This A wins',
      '  asks: Remove this earlier line',
      '    -A',
    ],
  ],
  [
    env('REDIS_URL=redis://:aaaaaaaa1@r', 'REDIS_URL=redis://:aaaaaaaa2@r'),
    [
      '.env:1:1 error [REDIS_URL] REDIS_URL is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This REDIS_URL wins',
      '  asks: Remove this earlier line',
      '    -REDIS_URL=redis://:aaaaaaaa1@r',
    ],
  ],
  [service(['LOG_LEVEL: INFO', 'P2P_ENABLED: "true"']), []],
  [
    composed('environment:', '  - LOG_LEVEL=INFO', '  - P2P_ENABLED=true', '  - LOG_LEVEL=DEBUG'),
    [
      'compose.yml:6:9 warning [LOG_LEVEL] LOG_LEVEL is set again in line 8; the last one wins and the values differ.',
      '  see compose.yml:8:9 This LOG_LEVEL wins',
      '  asks: Remove this earlier line',
      '    -      - LOG_LEVEL=INFO',
    ],
  ],
]);

says('alias-conflict', [
  [
    env('CLAUDE_API_KEY=abcdefgh1', 'ANTHROPIC_API_KEY=abcdefgh2'),
    [
      '.env:2:19 warning [ANTHROPIC_API_KEY] ANTHROPIC_API_KEY and CLAUDE_API_KEY are two names of one setting with different values; CLAUDE_API_KEY wins and this line is ignored.',
      '  see .env:1:16 CLAUDE_API_KEY wins',
      '  asks: Remove ANTHROPIC_API_KEY',
      '    -ANTHROPIC_API_KEY=abcdefgh2',
    ],
  ],
  [env('CLAUDE_API_KEY=abcdefgh1', 'ANTHROPIC_API_KEY=abcdefgh1'), []],
  [
    env('AZURE_API_KEY=abcdefgh1', 'AZURE_OPENAI_KEY=abcdefgh2', 'AZURE_ENDPOINT=https://a', 'AZURE_OPENAI_ENDPOINT=https://b'),
    [
      '.env:2:18 warning [AZURE_OPENAI_KEY] AZURE_OPENAI_KEY and AZURE_API_KEY are two names of one setting with different values; AZURE_API_KEY wins and this line is ignored.',
      '  see .env:1:15 AZURE_API_KEY wins',
      '  asks: Remove AZURE_OPENAI_KEY',
      '    -AZURE_OPENAI_KEY=abcdefgh2',
      '.env:4:23 warning [AZURE_OPENAI_ENDPOINT] AZURE_OPENAI_ENDPOINT and AZURE_ENDPOINT are two names of one setting with different values; AZURE_ENDPOINT wins and this line is ignored.',
      '  see .env:3:16 AZURE_ENDPOINT wins',
      '  asks: Remove AZURE_OPENAI_ENDPOINT',
      '    -AZURE_OPENAI_ENDPOINT=https://b',
    ],
  ],
  [
    env('LLM_ENDPOINT=http://a', 'VLLM_ENDPOINT=http://b'),
    [
      '.env:2:15 warning [VLLM_ENDPOINT] VLLM_ENDPOINT and LLM_ENDPOINT are two names of one setting with different values; LLM_ENDPOINT wins and this line is ignored.',
      '  see .env:1:14 LLM_ENDPOINT wins',
      '  asks: Remove VLLM_ENDPOINT',
      '    -VLLM_ENDPOINT=http://b',
    ],
  ],
  [env('LLM_ENDPOINT=http://a', 'VLLM_ENDPOINT='), []],
  [
    env('TASK_MODEL=a', 'CLAUDE_TASK_MODEL=b', 'BROWSER_CONTROL_URL=http://a', 'BROWSER_SERVICE_URL=http://b'),
    [
      '.env:2:19 warning [CLAUDE_TASK_MODEL] CLAUDE_TASK_MODEL and TASK_MODEL are two names of one setting with different values; TASK_MODEL wins and this line is ignored.',
      '  see .env:1:12 TASK_MODEL wins',
      '  asks: Remove CLAUDE_TASK_MODEL',
      '    -CLAUDE_TASK_MODEL=b',
      '.env:4:21 warning [BROWSER_SERVICE_URL] BROWSER_SERVICE_URL and BROWSER_CONTROL_URL are two names of one setting with different values; BROWSER_CONTROL_URL wins and this line is ignored.',
      '  see .env:3:21 BROWSER_CONTROL_URL wins',
      '  asks: Remove BROWSER_SERVICE_URL',
      '    -BROWSER_SERVICE_URL=http://b',
    ],
  ],
  [
    env('NEXUS_DB_URL=postgres://a', 'DATABASE_URL=postgres://b'),
    [
      '.env:2:14 warning [DATABASE_URL] DATABASE_URL and NEXUS_DB_URL are two names of one setting with different values; NEXUS_DB_URL wins and this line is ignored.',
      '  see .env:1:14 NEXUS_DB_URL wins',
      '  asks: Remove DATABASE_URL',
      '    -DATABASE_URL=postgres://b',
    ],
  ],
  [
    env('JARVISCORE_CONTROL_MODE=off', 'CONTROL_MODE=strict', 'JARVISCORE_CONTROL_POLICY=/a', 'CONTROL_POLICY_PATH=/b'),
    [
      '.env:2:14 warning [CONTROL_MODE] CONTROL_MODE and JARVISCORE_CONTROL_MODE are two names of one setting with different values; JARVISCORE_CONTROL_MODE wins and this line is ignored.',
      '  see .env:1:25 JARVISCORE_CONTROL_MODE wins',
      '  asks: Remove CONTROL_MODE',
      '    -CONTROL_MODE=strict',
      '.env:4:21 warning [CONTROL_POLICY_PATH] CONTROL_POLICY_PATH and JARVISCORE_CONTROL_POLICY are two names of one setting with different values; JARVISCORE_CONTROL_POLICY wins and this line is ignored.',
      '  see .env:3:27 JARVISCORE_CONTROL_POLICY wins',
      '  asks: Remove CONTROL_POLICY_PATH',
      '    -CONTROL_POLICY_PATH=/b',
    ],
  ],
  [
    env(
      'JARVISCORE_JOURNAL_DIR=/a',
      'JOURNAL_DIR=/b',
      'JARVISCORE_JOURNAL_CAPTURE=off',
      'JOURNAL_CAPTURE=full',
      'JARVISCORE_JOURNAL_CONTENT_DAYS=1',
      'JOURNAL_CONTENT_DAYS=2',
    ),
    [
      '.env:2:13 warning [JOURNAL_DIR] JOURNAL_DIR and JARVISCORE_JOURNAL_DIR are two names of one setting with different values; JARVISCORE_JOURNAL_DIR wins and this line is ignored.',
      '  see .env:1:24 JARVISCORE_JOURNAL_DIR wins',
      '  asks: Remove JOURNAL_DIR',
      '    -JOURNAL_DIR=/b',
      '.env:4:17 warning [JOURNAL_CAPTURE] JOURNAL_CAPTURE and JARVISCORE_JOURNAL_CAPTURE are two names of one setting with different values; JARVISCORE_JOURNAL_CAPTURE wins and this line is ignored.',
      '  see .env:3:28 JARVISCORE_JOURNAL_CAPTURE wins',
      '  asks: Remove JOURNAL_CAPTURE',
      '    -JOURNAL_CAPTURE=full',
      '.env:6:22 warning [JOURNAL_CONTENT_DAYS] JOURNAL_CONTENT_DAYS and JARVISCORE_JOURNAL_CONTENT_DAYS are two names of one setting with different values; JARVISCORE_JOURNAL_CONTENT_DAYS wins and this line is ignored.',
      '  see .env:5:33 JARVISCORE_JOURNAL_CONTENT_DAYS wins',
      '  asks: Remove JOURNAL_CONTENT_DAYS',
      '    -JOURNAL_CONTENT_DAYS=2',
    ],
  ],
  [
    { ...env('JARVISCORE_SEED_NODES=a:1', 'JARVISCORE_MESH_ENDPOINT=b:1'), ...joins() },
    [
      '.env:2:26 warning [JARVISCORE_MESH_ENDPOINT] JARVISCORE_MESH_ENDPOINT and JARVISCORE_SEED_NODES are two names of one setting with different values; JARVISCORE_SEED_NODES wins and this line is ignored.',
      '  see .env:1:23 JARVISCORE_SEED_NODES wins',
      '  asks: Remove JARVISCORE_MESH_ENDPOINT',
      '    -JARVISCORE_MESH_ENDPOINT=b:1',
    ],
  ],
  [{ ...env('JARVISCORE_SEED_NODES=a:1', 'JARVISCORE_MESH_ENDPOINT=b:1'), ...mesh() }, []],
  [{ ...env('CONTROL_MODE=strict'), ...mesh('"control_mode": "off"') }, []],
]);

says('env-needs-mesh-config', [
  [
    { ...env('EXECUTION_TIMEOUT=60'), ...mesh() },
    [
      '.env:1:1 info [EXECUTION_TIMEOUT] JarvisCore 3.0.0 parses EXECUTION_TIMEOUT but does not apply it from the environment; only Mesh(config={"execution_timeout": ...}) works.',
      '  see node.py:3:8 The dict of node (node.py) lacks "execution_timeout"',
      '  asks: Add "execution_timeout": 60 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"execution_timeout": 60})',
    ],
  ],
  [
    { ...env('EXECUTION_TIMEOUT=60'), ...mesh() },
    [
      '.env:1:1 warning [EXECUTION_TIMEOUT] JarvisCore 3.0.0 parses EXECUTION_TIMEOUT but does not apply it from the environment; only Mesh(config={"execution_timeout": ...}) works.',
      '  see node.py:3:8 The dict of node (node.py) lacks "execution_timeout"',
      '  asks: Add "execution_timeout": 60 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"execution_timeout": 60})',
    ],
    { profile: 'production' },
  ],
  [{ ...env('EXECUTION_TIMEOUT=300'), ...mesh() }, []],
  [{ ...env('EXECUTION_TIMEOUT=60'), ...mesh('"execution_timeout": 5') }, []],
  [{ ...env('EXECUTION_TIMEOUT=60'), ...mesh('**more') }, []],
  [
    { ...env('EXECUTION_TIMEOUT=60'), ...mesh('', 'a.py'), ...mesh('"bind_port": 1', 'b.py') },
    [
      '.env:1:1 info [EXECUTION_TIMEOUT] JarvisCore 3.0.0 parses EXECUTION_TIMEOUT but does not apply it from the environment; only Mesh(config={"execution_timeout": ...}) works.',
      '  see a.py:3:8 The dict of a (a.py) lacks "execution_timeout"',
      '  see b.py:3:8 The dict of b (b.py) lacks "execution_timeout"',
      '  asks: Add "execution_timeout": 60 to the Mesh dict of a',
      '    --- a.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"execution_timeout": 60})',
      '  asks: Add "execution_timeout": 60 to the Mesh dict of b',
      '    --- b.py',
      '    -mesh = Mesh(config={"bind_port": 1})',
      '    +mesh = Mesh(config={"bind_port": 1, "execution_timeout": 60})',
    ],
  ],
  [
    env('EXECUTION_TIMEOUT=60'),
    [
      '.env:1:1 info [EXECUTION_TIMEOUT] JarvisCore 3.0.0 parses EXECUTION_TIMEOUT but does not apply it from the environment; only Mesh(config={"execution_timeout": ...}) works.',
    ],
  ],
  [{ 'x/.env': 'EXECUTION_TIMEOUT=60\n', ...mesh('"execution_timeout": 5') }, []],
  [{ 'x/.env': 'EXECUTION_TIMEOUT=60\n', ...mesh('**more') }, []],
  [
    { ...env('EXECUTION_TIMEOUT=x'), ...mesh() },
    [
      '.env:1:1 info [EXECUTION_TIMEOUT] JarvisCore 3.0.0 parses EXECUTION_TIMEOUT but does not apply it from the environment; only Mesh(config={"execution_timeout": ...}) works.',
      '  see node.py:3:8 The dict of node (node.py) lacks "execution_timeout"',
    ],
  ],
  [
    { ...env('CODING_MODEL=m', 'AUTH_FLOW_TIMEOUT=5'), ...mesh() },
    [
      '.env:1:1 info [CODING_MODEL] JarvisCore 3.0.0 parses CODING_MODEL but does not apply it from the environment; only Mesh(config={"coding_model": ...}) works.',
      '  see node.py:3:8 The dict of node (node.py) lacks "coding_model"',
      '  asks: Add "coding_model": "m" to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"coding_model": "m"})',
      '.env:2:1 info [AUTH_FLOW_TIMEOUT] JarvisCore 3.0.0 parses AUTH_FLOW_TIMEOUT but does not apply it from the environment; only Mesh(config={"auth_flow_timeout": ...}) works.',
      '  see node.py:3:8 The dict of node (node.py) lacks "auth_flow_timeout"',
      '  asks: Add "auth_flow_timeout": 5 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"auth_flow_timeout": 5})',
    ],
  ],
  [{ ...env('KERNEL_ACTION_BUDGET=5'), ...mesh() }, [], { target: '1.4.1' }],
  [{ ...env('KERNEL_ACTION_BUDGET=5'), ...mesh() }, [], { target: '1.5.0' }],
  [{ ...env('P2P_ENABLED=false'), ...mesh() }, [], { target: '1.0.2' }],
  [
    { ...env('P2P_ENABLED=true'), ...mesh() },
    [
      '.env:1:1 info [P2P_ENABLED] JarvisCore 1.0.2 parses P2P_ENABLED but does not apply it from the environment; only Mesh(config={"p2p_enabled": ...}) works.',
      '  see node.py:3:8 The dict of node (node.py) lacks "p2p_enabled"',
      '  asks: Add "p2p_enabled": True to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"p2p_enabled": True})',
    ],
    { target: '1.0.2' },
  ],
  [service(['EXECUTION_TIMEOUT: 60']), []],
  [service(['EXECUTION_TIMEOUT: 60'], '"execution_timeout": 5'), []],
  [
    { '.env.example': '# EXECUTION_TIMEOUT=60\n', ...mesh() },
    [
      '.env.example:1:3 info [EXECUTION_TIMEOUT] JarvisCore 3.0.0 parses EXECUTION_TIMEOUT but does not apply it from the environment; only Mesh(config={"execution_timeout": ...}) works.',
    ],
  ],
]);

says('kernel-budget-env-too-late', [
  [
    { ...env('KERNEL_ACTION_BUDGET=5', 'KERNEL_WALL_CLOCK_MS=5'), ...mesh() },
    [
      '.env:1:1 warning [KERNEL_ACTION_BUDGET] JarvisCore 3.0.0 copies KERNEL_ACTION_BUDGET into the mesh after the kernels are built; the role profile stays in force. Put "kernel_action_budget" into Mesh(config={...}).',
      '  see node.py:3:8 The dict of node (node.py) lacks "kernel_action_budget"',
      '  asks: Add "kernel_action_budget": 5 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"kernel_action_budget": 5})',
      '.env:2:1 warning [KERNEL_WALL_CLOCK_MS] JarvisCore 3.0.0 copies KERNEL_WALL_CLOCK_MS into the mesh after the kernels are built; the role profile stays in force. Put "kernel_wall_clock_ms" into Mesh(config={...}).',
      '  see node.py:3:8 The dict of node (node.py) lacks "kernel_wall_clock_ms"',
      '  asks: Add "kernel_wall_clock_ms": 5 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"kernel_wall_clock_ms": 5})',
    ],
  ],
  [
    { ...env('KERNEL_THINKING_BUDGET=5', 'KERNEL_MAX_TOTAL_TOKENS=5'), ...mesh('"kernel_max_total_tokens": 7') },
    [
      '.env:1:1 warning [KERNEL_THINKING_BUDGET] JarvisCore 3.0.0 copies KERNEL_THINKING_BUDGET into the mesh after the kernels are built; the role profile stays in force. Put "kernel_thinking_budget" into Mesh(config={...}).',
      '  see node.py:3:8 The dict of node (node.py) lacks "kernel_thinking_budget"',
      '  asks: Add "kernel_thinking_budget": 5 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={"kernel_max_total_tokens": 7})',
      '    +mesh = Mesh(config={"kernel_max_total_tokens": 7, "kernel_thinking_budget": 5})',
    ],
  ],
  [{ ...env('KERNEL_ACTION_BUDGET=5'), ...mesh() }, [], { target: '1.4.1' }],
  [{ ...env('KERNEL_MAX_TURNS=5'), ...mesh() }, []],
  [
    service(['KERNEL_ACTION_BUDGET: 5']),
    [
      'compose.yml:6:7 warning [KERNEL_ACTION_BUDGET] JarvisCore 3.0.0 copies KERNEL_ACTION_BUDGET into the mesh after the kernels are built; the role profile stays in force. Put "kernel_action_budget" into Mesh(config={...}).',
      '  see node.py:3:8 The dict of node (node.py) lacks "kernel_action_budget"',
      '  asks: Add "kernel_action_budget": 5 to the Mesh dict of node',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"kernel_action_budget": 5})',
    ],
  ],
]);

says('setting-unread', [
  [
    env('LOG_LEVEL=DEBUG'),
    ['.env:1:1 info [LOG_LEVEL] JarvisCore 3.0.0 parses LOG_LEVEL and never applies it: the value has no effect.'],
  ],
  [env('LOG_LEVEL=INFO'), []],
  [
    mesh('"log_level": "DEBUG"'),
    ['node.py:3:22 info [LOG_LEVEL] JarvisCore 3.0.0 parses "log_level" and never applies it: the value has no effect.'],
  ],
  [mesh('"log_level": "INFO"'), []],
  [
    sets({ LOG_LEVEL: 'DEBUG' }),
    ['node.py:4:13 info [LOG_LEVEL] JarvisCore 3.0.0 parses LOG_LEVEL and never applies it: the value has no effect.'],
  ],
  [
    env('TELEMETRY_ENABLED=false', 'LOG_DIRECTORY=/l'),
    [
      '.env:1:1 info [TELEMETRY_ENABLED] JarvisCore 3.0.0 parses TELEMETRY_ENABLED and never applies it: the value has no effect.',
    ],
  ],
  [
    { '.env.example': '# LOG_LEVEL=DEBUG\n' },
    ['.env.example:1:3 info [LOG_LEVEL] JarvisCore 3.0.0 parses LOG_LEVEL and never applies it: the value has no effect.'],
  ],
]);

says('process-env-only-var', [
  [
    { ...env('ATHENA_TENANT_ID=t'), ...mesh() },
    [
      '.env:1:1 warning [ATHENA_TENANT_ID] JarvisCore 2.1.1 reads ATHENA_TENANT_ID from the process environment only; a line in .env does not reach it. Call load_dotenv() before importing jarviscore, export it, or upgrade to 2.2.0.',
    ],
    { target: '2.1.1' },
  ],
  [{ ...env('ATHENA_TENANT_ID=t'), ...mesh() }, [], { target: '2.2.0' }],
  [{ ...env('ATHENA_TENANT_ID=t', 'PYTHON_DOTENV_DISABLED=1'), ...mesh() }, []],
  [{ ...env('BROWSER_STEALTH_ENABLED=true'), ...mesh() }, []],
  [
    { ...env('JARVISCORE_MESH_ENDPOINT=h:1'), ...joins() },
    [
      '.env:1:1 info [JARVISCORE_MESH_ENDPOINT] JARVISCORE_MESH_ENDPOINT is read from the process environment; this line reaches it only if something exports .env before join_mesh() runs.',
    ],
  ],
  [{ ...env('JARVISCORE_MESH_ENDPOINT=h:1'), ...mesh() }, []],
  [
    {
      ...env('ATHENA_TENANT_ID=t'),
      'node.py': 'from dotenv import load_dotenv\nload_dotenv()\nfrom jarviscore import Mesh\nmesh = Mesh()\n',
    },
    [],
    { target: '2.1.1' },
  ],
  [
    {
      ...env('ATHENA_TENANT_ID=t'),
      'node.py': 'from dotenv import load_dotenv\nload_dotenv("other.env")\nfrom jarviscore import Mesh\nmesh = Mesh()\n',
    },
    [
      '.env:1:1 warning [ATHENA_TENANT_ID] JarvisCore 2.1.1 reads ATHENA_TENANT_ID from the process environment only; a line in .env does not reach it. Call load_dotenv() before importing jarviscore, export it, or upgrade to 2.2.0.',
    ],
    { target: '2.1.1' },
  ],
  [{ ...env('NEXUS_SECRET=abcdefgh', 'SWIM_PING_RETRIES=5'), ...mesh() }, [], { target: '2.1.1' }],
  [{ '.env.example': 'ATHENA_TENANT_ID=t\n', ...mesh() }, [], { target: '2.1.1' }],
]);

says('redis-max-step-output-not-passed', [
  [
    env('REDIS_MAX_STEP_OUTPUT_BYTES=5'),
    [
      '.env:1:1 info [REDIS_MAX_STEP_OUTPUT_BYTES] Mesh of JarvisCore 3.0.0 builds its Redis store from the URL and the retention alone; the limit of 10 MiB stays.',
    ],
  ],
  [env('REDIS_MAX_STEP_OUTPUT_BYTES=5'), [], { target: '1.12.0' }],
  [{ '.env.example': '# REDIS_MAX_STEP_OUTPUT_BYTES=5\n' }, []],
]);

says('mesh-key-not-read', [
  [
    mesh('"llm_prices": {}'),
    [
      'node.py:3:22 info [llm_prices] The code that uses LLM_PRICES reads the settings of the environment, not the Mesh dict: "llm_prices" is ignored. Set LLM_PRICES in the environment.',
    ],
  ],
  [
    mesh('\n    "bind_port": 5,\n    "control_mode": "off",\n    "node_name": "a",\n'),
    [
      'node.py:5:6 info [control_mode] The code that uses CONTROL_MODE reads the settings of the environment, not the Mesh dict: "control_mode" is ignored. Set CONTROL_MODE in the environment.',
      '  asks: Remove "control_mode"',
      '    -    "control_mode": "off",',
    ],
  ],
  [mesh('"bind_port": 5, "unknown": 3'), []],
  [
    mesh('"journal_dir": "/j", "journal_capture": "off", "journal_content_days": 5, "control_policy_path": "/p"'),
    [
      'node.py:3:22 info [journal_dir] The code that uses JOURNAL_DIR reads the settings of the environment, not the Mesh dict: "journal_dir" is ignored. Set JOURNAL_DIR in the environment.',
      'node.py:3:43 info [journal_capture] The code that uses JOURNAL_CAPTURE reads the settings of the environment, not the Mesh dict: "journal_capture" is ignored. Set JOURNAL_CAPTURE in the environment.',
      'node.py:3:69 info [journal_content_days] The code that uses JOURNAL_CONTENT_DAYS reads the settings of the environment, not the Mesh dict: "journal_content_days" is ignored. Set JOURNAL_CONTENT_DAYS in the environment.',
      'node.py:3:96 info [control_policy_path] The code that uses CONTROL_POLICY_PATH reads the settings of the environment, not the Mesh dict: "control_policy_path" is ignored. Set CONTROL_POLICY_PATH in the environment.',
    ],
  ],
  [
    mesh('"athena_write_max_attempts": 5, "athena_deduplicates_writes": True, "nexus_keepalive_seconds": 3'),
    [
      'node.py:3:22 info [athena_write_max_attempts] The code that uses ATHENA_WRITE_MAX_ATTEMPTS reads the settings of the environment, not the Mesh dict: "athena_write_max_attempts" is ignored. Set ATHENA_WRITE_MAX_ATTEMPTS in the environment.',
      'node.py:3:54 info [athena_deduplicates_writes] The code that uses ATHENA_DEDUPLICATES_WRITES reads the settings of the environment, not the Mesh dict: "athena_deduplicates_writes" is ignored. Set ATHENA_DEDUPLICATES_WRITES in the environment.',
      'node.py:3:90 info [nexus_keepalive_seconds] The code that uses NEXUS_KEEPALIVE_SECONDS reads the settings of the environment, not the Mesh dict: "nexus_keepalive_seconds" is ignored. Set NEXUS_KEEPALIVE_SECONDS in the environment.',
    ],
  ],
  [mesh('"control_mode": "off"'), [], { target: '2.3.0' }],
]);

says('dotenv-hash-without-space', [
  [
    env('LOG_LEVEL=INFO#x'),
    [
      '.env:1:15 warning [LOG_LEVEL] "#" without whitespace before it belongs to the value of LOG_LEVEL here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Put the value in quotes',
      '    -LOG_LEVEL=INFO#x',
      '    +LOG_LEVEL="INFO#x"',
      '  asks: Begin a comment here',
      '    -LOG_LEVEL=INFO#x',
      '    +LOG_LEVEL=INFO #x',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=7950#x'),
    [
      '.env:1:26 error [JARVISCORE_BIND_PORT] "#" without whitespace before it belongs to the value of JARVISCORE_BIND_PORT here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Begin a comment here',
      '    -JARVISCORE_BIND_PORT=7950#x',
      '    +JARVISCORE_BIND_PORT=7950 #x',
    ],
  ],
  [
    env('P2P_ENABLED=true#x'),
    [
      '.env:1:17 error [P2P_ENABLED] "#" without whitespace before it belongs to the value of P2P_ENABLED here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Begin a comment here',
      '    -P2P_ENABLED=true#x',
      '    +P2P_ENABLED=true #x',
    ],
  ],
  [
    env('LLM_TIMEOUT=5#x'),
    [
      '.env:1:14 error [LLM_TIMEOUT] "#" without whitespace before it belongs to the value of LLM_TIMEOUT here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Begin a comment here',
      '    -LLM_TIMEOUT=5#x',
      '    +LLM_TIMEOUT=5 #x',
    ],
  ],
  [
    env('OTHER=a#b'),
    [
      '.env:1:8 warning [OTHER] "#" without whitespace before it belongs to the value of OTHER here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Put the value in quotes',
      '    -OTHER=a#b',
      '    +OTHER="a#b"',
      '  asks: Begin a comment here',
      '    -OTHER=a#b',
      '    +OTHER=a #b',
    ],
  ],
]);

says('dotenv-trailing-space-in-quotes', [
  [
    env('P2P_ENABLED="true "'),
    [
      '.env:1:18 error [P2P_ENABLED] The space before the closing quote is part of the value of P2P_ENABLED.',
      '  asks: Remove the space',
      '    -P2P_ENABLED="true "',
      '    +P2P_ENABLED="true"',
    ],
  ],
  [
    env('LOG_LEVEL="INFO "'),
    [
      '.env:1:16 warning [LOG_LEVEL] The space before the closing quote is part of the value of LOG_LEVEL.',
      '  asks: Remove the space',
      '    -LOG_LEVEL="INFO "',
      '    +LOG_LEVEL="INFO"',
    ],
  ],
]);

says('dotenv-interpolation', [
  [
    env('LOG_LEVEL=${X}'),
    [
      '.env:1:11 info [LOG_LEVEL] ${X} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
    ],
  ],
  [
    env('NEXUS_SECRET=abc${X}def'),
    [
      '.env:1:14 warning [NEXUS_SECRET] A dollar sign with braces in this secret is expanded by python-dotenv, in single quotes too, and cannot be escaped. Hand the secret over through the process environment.',
    ],
  ],
]);

says('dotenv-missing-equals', [
  [
    env('LOG_LEVEL'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL has no "=": nothing is set, the default stays.',
      '  asks: Write LOG_LEVEL=',
      '    -LOG_LEVEL',
      '    +LOG_LEVEL=',
    ],
  ],
  [env('P2P_ENABLED'), ['.env:1:1 warning [P2P_ENABLED] P2P_ENABLED has no "=": nothing is set, the default stays.']],
  [
    env('JARVISCORE_BIND_PORT'),
    ['.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT has no "=": nothing is set, the default stays.'],
  ],
  [env('LLM_TIMEOUT'), ['.env:1:1 warning [LLM_TIMEOUT] LLM_TIMEOUT has no "=": nothing is set, the default stays.']],
  [env('LOG_LEVEL=INFO \\', 'more'), []],
]);

says('commented-key-blocks-init', [
  [
    env('# NEXUS_GATEWAY_URL=x'),
    [
      '.env:1:3 hint [NEXUS_GATEWAY_URL] The init commands look for the text NEXUS_GATEWAY_URL anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# NEXUS_GATEWAY_URL=x',
    ],
    { target: '2.2.0' },
  ],
  [env('# NEXUS_GATEWAY_URL=x', 'NEXUS_GATEWAY_URL=y'), [], { target: '2.2.0' }],
  [
    env('A=1', '# ATHENA_URL=x', '# NEXUS_STATE_KEY=', '# NEXUS_ENCRYPTION_KEY=', '# LOG_LEVEL='),
    [
      '.env:2:3 hint [ATHENA_URL] The init commands look for the text ATHENA_URL anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# ATHENA_URL=x',
      '.env:3:3 hint [NEXUS_STATE_KEY] The init commands look for the text NEXUS_STATE_KEY anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# NEXUS_STATE_KEY=',
      '.env:4:3 hint [NEXUS_ENCRYPTION_KEY] The init commands look for the text NEXUS_ENCRYPTION_KEY anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# NEXUS_ENCRYPTION_KEY=',
    ],
    { target: '2.2.0' },
  ],
  [env('# NEXUS_GATEWAY_URL=x'), [], { target: '2.3.0' }],
]);

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** What the rules of config/rules/names/prefixes.ts say. */
import { composed } from '../namesWorkspaces.ts';
import { env, joins, mesh, service } from '../said.ts';
import { says } from '../says.ts';

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

/** What the rules of config/rules/effects/unread.ts say. */
import { env, joins, mesh, service, sets } from '../said.ts';
import { says } from '../says.ts';

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

/** What the readers of the framework accept as boolean, number, word, address and JSON, and what a fix makes of the rest. */
import { env, joins, mesh, service, sets } from './said.ts';
import { says } from './says.ts';

says('invalid-bool', [
  [
    env('P2P_ENABLED=enabled'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -P2P_ENABLED=enabled',
      '    +P2P_ENABLED=true',
    ],
  ],
  [
    env('P2P_ENABLED=aus'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: "aus" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write false',
      '    -P2P_ENABLED=aus',
      '    +P2P_ENABLED=false',
    ],
  ],
  [
    env('P2P_ENABLED=perhaps'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: "perhaps" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
    ],
  ],
  [
    env('P2P_ENABLED=" true"'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: " true" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -P2P_ENABLED=" true"',
      '    +P2P_ENABLED=true',
    ],
  ],
  [env('P2P_ENABLED=TRUE', 'KEEPALIVE_ENABLED=t', 'PROMETHEUS_ENABLED=Off', 'VERTEX_AI_ENABLED=N'), []],
  [env('P2P_ENABLED='), []],
  [env('BROWSER_HEADLESS=y'), []],
  [
    env('BROWSER_HEADLESS=enabled'),
    [
      '.env:1:18 error [BROWSER_HEADLESS] BROWSER_HEADLESS: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -BROWSER_HEADLESS=enabled',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [
    env('BROWSER_HEADLESS=" ON "', 'BROWSER_IGNORE_HTTPS_ERRORS=off'),
    [
      '.env:1:18 error [BROWSER_HEADLESS] BROWSER_HEADLESS: " ON " is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -BROWSER_HEADLESS=" ON "',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [env('BROWSER_HEADLESS='), []],
  [
    env('SWIM_ADAPTIVE_TIMING=on'),
    [
      '.env:1:22 warning [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: "on" counts as false for this reader; only 1, true and yes mean true.',
      '  asks: Write true',
      '    -SWIM_ADAPTIVE_TIMING=on',
      '    +SWIM_ADAPTIVE_TIMING=true',
    ],
  ],
  [
    env('SWIM_ADAPTIVE_TIMING=perhaps'),
    [
      '.env:1:22 warning [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: "perhaps" counts as false for this reader; only 1, true and yes mean true.',
    ],
  ],
  [
    env('SWIM_ADAPTIVE_TIMING=" true"'),
    [
      '.env:1:22 warning [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: " true" counts as false for this reader; only 1, true and yes mean true.',
      '  asks: Write true',
      '    -SWIM_ADAPTIVE_TIMING=" true"',
      '    +SWIM_ADAPTIVE_TIMING=true',
    ],
  ],
  [env('SWIM_ADAPTIVE_TIMING=YES', 'SWIM_PUSH_PULL_SYNC=no', 'SWIM_METRICS_ENABLED=1', 'SWIM_JSON_LOGGING=" off"'), []],
  [
    sets({ P2P_ENABLED: 'enabled' }),
    [
      'node.py:4:29 error [P2P_ENABLED] P2P_ENABLED: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
    ],
  ],
  [
    service(['P2P_ENABLED: enabled']),
    [
      'compose.yml:6:20 error [P2P_ENABLED] P2P_ENABLED: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -      P2P_ENABLED: enabled',
      '    +      P2P_ENABLED: "true"',
    ],
  ],
  [
    { '.env.example': 'P2P_ENABLED=<yes>\nKEEPALIVE_ENABLED=maybe\n' },
    [
      '.env.example:2:19 error [KEEPALIVE_ENABLED] KEEPALIVE_ENABLED: "maybe" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
    ],
  ],
  [
    env('RESEARCH_TRAVERSE_ENABLED=y'),
    [
      '.env:1:27 warning [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: "y" counts as false for this reader; only 1, true, yes and on mean true.',
      '  asks: Write true',
      '    -RESEARCH_TRAVERSE_ENABLED=y',
      '    +RESEARCH_TRAVERSE_ENABLED=true',
    ],
  ],
  [
    env('RESEARCH_TRAVERSE_ENABLED=enabled'),
    [
      '.env:1:27 warning [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: "enabled" counts as false for this reader; only 1, true, yes and on mean true.',
      '  asks: Write true',
      '    -RESEARCH_TRAVERSE_ENABLED=enabled',
      '    +RESEARCH_TRAVERSE_ENABLED=true',
    ],
  ],
  [
    env(
      'RESEARCH_TRAVERSE_ENABLED=" ON "',
      'BROWSER_STEALTH_ENABLED=1',
      'RESEARCH_STRICT_SOM_FIRST=Yes',
      'BROWSER_CAPTURE_ENABLED=True',
    ),
    [],
  ],
  [
    env(
      'RESEARCH_TRAVERSE_ENABLED=off',
      'BROWSER_STEALTH_ENABLED=0',
      'RESEARCH_STRICT_SOM_FIRST=No',
      'BROWSER_CAPTURE_ENABLED=false',
      'RAG_AUTO_INGEST=',
    ),
    [],
  ],
]);

says('bool-style', [
  [env('RESEARCH_TRAVERSE_ENABLED=y'), []],
  [
    env('RESEARCH_TRAVERSE_ENABLED=YES'),
    [
      '.env:1:27 hint [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: write true; readers outside pydantic do not know "YES" alike.',
      '  safe: Write true',
      '    -RESEARCH_TRAVERSE_ENABLED=YES',
      '    +RESEARCH_TRAVERSE_ENABLED=true',
    ],
  ],
  [
    env('RESEARCH_TRAVERSE_ENABLED=n'),
    [
      '.env:1:27 hint [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: write false; readers outside pydantic do not know "n" alike.',
      '  safe: Write false',
      '    -RESEARCH_TRAVERSE_ENABLED=n',
      '    +RESEARCH_TRAVERSE_ENABLED=false',
    ],
  ],
  [env('SWIM_ADAPTIVE_TIMING=on'), []],
  [
    env('SWIM_ADAPTIVE_TIMING=yes'),
    [
      '.env:1:22 hint [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: write true; readers outside pydantic do not know "yes" alike.',
      '  safe: Write true',
      '    -SWIM_ADAPTIVE_TIMING=yes',
      '    +SWIM_ADAPTIVE_TIMING=true',
    ],
  ],
  [
    env('P2P_ENABLED=1'),
    [
      '.env:1:13 hint [P2P_ENABLED] P2P_ENABLED: write true; readers outside pydantic do not know "1" alike.',
      '  safe: Write true',
      '    -P2P_ENABLED=1',
      '    +P2P_ENABLED=true',
    ],
  ],
  [
    env('P2P_ENABLED=off'),
    [
      '.env:1:13 hint [P2P_ENABLED] P2P_ENABLED: write false; readers outside pydantic do not know "off" alike.',
      '  safe: Write false',
      '    -P2P_ENABLED=off',
      '    +P2P_ENABLED=false',
    ],
  ],
  [env('P2P_ENABLED=true', 'KEEPALIVE_ENABLED=false'), []],
  [
    env('P2P_ENABLED=True'),
    [
      '.env:1:13 hint [P2P_ENABLED] P2P_ENABLED: write true; readers outside pydantic do not know "True" alike.',
      '  safe: Write true',
      '    -P2P_ENABLED=True',
      '    +P2P_ENABLED=true',
    ],
  ],
  [env('P2P_ENABLED=perhaps'), []],
  [env('P2P_ENABLED='), []],
  [
    env('BROWSER_HEADLESS=y'),
    [
      '.env:1:18 hint [BROWSER_HEADLESS] BROWSER_HEADLESS: write true; readers outside pydantic do not know "y" alike.',
      '  safe: Write true',
      '    -BROWSER_HEADLESS=y',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [
    env('BROWSER_HEADLESS=n'),
    [
      '.env:1:18 hint [BROWSER_HEADLESS] BROWSER_HEADLESS: write false; readers outside pydantic do not know "n" alike.',
      '  safe: Write false',
      '    -BROWSER_HEADLESS=n',
      '    +BROWSER_HEADLESS=false',
    ],
  ],
  [
    env('BROWSER_HEADLESS=YES'),
    [
      '.env:1:18 hint [BROWSER_HEADLESS] BROWSER_HEADLESS: write true; readers outside pydantic do not know "YES" alike.',
      '  safe: Write true',
      '    -BROWSER_HEADLESS=YES',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [
    service(['P2P_ENABLED: "yes"']),
    [
      'compose.yml:6:20 hint [P2P_ENABLED] P2P_ENABLED: write true; readers outside pydantic do not know "yes" alike.',
      '  safe: Write true',
      '    -      P2P_ENABLED: "yes"',
      '    +      P2P_ENABLED: "true"',
    ],
  ],
  [sets({ P2P_ENABLED: '1' }), []],
]);

says('empty-numeric-or-bool', [
  [
    env('P2P_ENABLED='),
    [
      '.env:1:1 error [P2P_ENABLED] P2P_ENABLED is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -P2P_ENABLED=',
      '    +# P2P_ENABLED=',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT='),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -JARVISCORE_BIND_PORT=',
      '    +# JARVISCORE_BIND_PORT=',
    ],
  ],
  [
    env('KERNEL_MAX_TURNS='),
    [
      '.env:1:1 error [KERNEL_MAX_TURNS] KERNEL_MAX_TURNS is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -KERNEL_MAX_TURNS=',
      '    +# KERNEL_MAX_TURNS=',
    ],
  ],
  [
    env('LLM_BULK_RESERVE='),
    [
      '.env:1:1 error [LLM_BULK_RESERVE] LLM_BULK_RESERVE is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -LLM_BULK_RESERVE=',
      '    +# LLM_BULK_RESERVE=',
    ],
  ],
  [env('LOG_LEVEL='), []],
  [
    env('BROWSER_HEADLESS=', 'SWIM_PING_RETRIES='),
    [
      '.env:1:1 error [BROWSER_HEADLESS] BROWSER_HEADLESS is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -BROWSER_HEADLESS=',
      '    +# BROWSER_HEADLESS=',
    ],
  ],
  [
    service(['P2P_ENABLED: ""']),
    [
      'compose.yml:6:7 error [P2P_ENABLED] P2P_ENABLED is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Remove the line',
      '    -      P2P_ENABLED: ""',
    ],
  ],
  [env('P2P_ENABLED=1'), []],
  [env('RESEARCH_TRAVERSE_ENABLED=', 'MAX_GOAL_STEPS='), []],
]);

says('nexus-enabled-empty', [
  [
    env('NEXUS_ENABLED='),
    [
      '.env:1:1 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Comment the line out',
      '    -NEXUS_ENABLED=',
      '    +# NEXUS_ENABLED=',
    ],
  ],
  [
    env('NEXUS_ENABLED=None'),
    [
      '.env:1:1 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Comment the line out',
      '    -NEXUS_ENABLED=None',
      '    +# NEXUS_ENABLED=None',
    ],
  ],
  [
    env('NEXUS_ENABLED=NULL'),
    [
      '.env:1:1 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Comment the line out',
      '    -NEXUS_ENABLED=NULL',
      '    +# NEXUS_ENABLED=NULL',
    ],
  ],
  [env('NEXUS_ENABLED=nullable'), []],
  [env('NEXUS_ENABLED=true'), []],
  [
    service(['P2P_ENABLED: "true"', 'NEXUS_ENABLED: "null"']),
    [
      'compose.yml:7:7 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Remove the line',
      '    -      NEXUS_ENABLED: "null"',
    ],
  ],
  [env('NEXUS_ENABLED='), [], { target: '1.0.2' }],
]);

says('invalid-int', [
  [
    env('KERNEL_MAX_TURNS=many'),
    [
      '.env:1:18 error [KERNEL_MAX_TURNS] KERNEL_MAX_TURNS: "many" is no whole number; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [
    env('EXECUTION_TIMEOUT=5m'),
    [
      '.env:1:19 error [EXECUTION_TIMEOUT] EXECUTION_TIMEOUT: "5m" is no whole number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 300 (s)',
      '    -EXECUTION_TIMEOUT=5m',
      '    +EXECUTION_TIMEOUT=300',
    ],
  ],
  [
    env('EXECUTION_TIMEOUT=0.1s'),
    [
      '.env:1:19 error [EXECUTION_TIMEOUT] EXECUTION_TIMEOUT: "0.1s" is no whole number; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [
    env('KERNEL_WALL_CLOCK_MS=90s'),
    [
      '.env:1:22 error [KERNEL_WALL_CLOCK_MS] KERNEL_WALL_CLOCK_MS: "90s" is no whole number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 90000 (ms)',
      '    -KERNEL_WALL_CLOCK_MS=90s',
      '    +KERNEL_WALL_CLOCK_MS=90000',
    ],
  ],
  [
    env('KERNEL_MAX_TOTAL_TOKENS=80,000'),
    [
      '.env:1:25 error [KERNEL_MAX_TOTAL_TOKENS] KERNEL_MAX_TOTAL_TOKENS: "80,000" is no whole number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 80000 (tokens)',
      '    -KERNEL_MAX_TOTAL_TOKENS=80,000',
      '    +KERNEL_MAX_TOTAL_TOKENS=80000',
    ],
  ],
  [
    env('KERNEL_MAX_TOTAL_TOKENS=80,00'),
    [
      '.env:1:25 error [KERNEL_MAX_TOTAL_TOKENS] KERNEL_MAX_TOTAL_TOKENS: "80,00" is no whole number; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=7,946'),
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: "7,946" is no whole number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 7946 (port)',
      '    -JARVISCORE_BIND_PORT=7,946',
      '    +JARVISCORE_BIND_PORT=7946',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=7946 tcp'),
    [
      '.env:1:22 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: "7946 tcp" is no whole number; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [
    env('KERNEL_MAX_TURNS=5s'),
    ['.env:1:18 error [KERNEL_MAX_TURNS] KERNEL_MAX_TURNS: "5s" is no whole number; Mesh.start() stops with a ValidationError.'],
  ],
  [env('KERNEL_MAX_TURNS='), []],
  [env('KERNEL_MAX_TURNS=1.0', 'KERNEL_WALL_CLOCK_MS=1_000', 'EXECUTION_TIMEOUT=+5'), []],
  [
    env('KERNEL_MAX_TURNS=1.5'),
    ['.env:1:18 error [KERNEL_MAX_TURNS] KERNEL_MAX_TURNS: "1.5" is no whole number; Mesh.start() stops with a ValidationError.'],
  ],
  [
    env('SWIM_PING_RETRIES=x'),
    [
      '.env:1:19 error [SWIM_PING_RETRIES] SWIM_PING_RETRIES: "x" is no whole number; SWIM does not start and the mesh runs without P2P.',
    ],
  ],
  [
    env('ATHENA_PORT=x'),
    ['.env:1:13 error [ATHENA_PORT] ATHENA_PORT: "x" is no whole number; its reader falls back to the default or fails.'],
  ],
  [
    sets({ EXECUTION_TIMEOUT: '5m' }),
    [
      'node.py:4:35 error [EXECUTION_TIMEOUT] EXECUTION_TIMEOUT: "5m" is no whole number; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [
    env('MAX_GOAL_STEPS=x'),
    ['.env:1:16 error [MAX_GOAL_STEPS] MAX_GOAL_STEPS: "x" is no whole number; its reader falls back to the default or fails.'],
  ],
  [
    env('NEXUS_GATEWAY_PORT=x'),
    [
      '.env:1:20 error [NEXUS_GATEWAY_PORT] NEXUS_GATEWAY_PORT: "x" is no whole number; its reader falls back to the default or fails.',
    ],
  ],
  [env('ATHENA_REDIS_PORT=x'), []],
]);

says('invalid-float', [
  [
    env('LLM_TIMEOUT=fast'),
    ['.env:1:13 error [LLM_TIMEOUT] LLM_TIMEOUT: "fast" is no number; Mesh.start() stops with a ValidationError.'],
  ],
  [
    env('LLM_TIMEOUT=1.5h'),
    [
      '.env:1:13 error [LLM_TIMEOUT] LLM_TIMEOUT: "1.5h" is no number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 5400 (s)',
      '    -LLM_TIMEOUT=1.5h',
      '    +LLM_TIMEOUT=5400',
    ],
  ],
  [
    env('LLM_TIMEOUT=1500ms'),
    [
      '.env:1:13 error [LLM_TIMEOUT] LLM_TIMEOUT: "1500ms" is no number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 1.5 (s)',
      '    -LLM_TIMEOUT=1500ms',
      '    +LLM_TIMEOUT=1.5',
    ],
  ],
  [
    env('LLM_TIMEOUT=1,000'),
    [
      '.env:1:13 error [LLM_TIMEOUT] LLM_TIMEOUT: "1,000" is no number; Mesh.start() stops with a ValidationError.',
      '  asks: Write 1000 (s)',
      '    -LLM_TIMEOUT=1,000',
      '    +LLM_TIMEOUT=1000',
    ],
  ],
  [env('LLM_TIMEOUT='), []],
  [env('LLM_TIMEOUT=inf', 'LLM_BULK_RESERVE=1e-3'), []],
  [
    env('SWIM_PING_TIMEOUT=x'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: "x" is no number; SWIM does not start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=500ms'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: "500ms" is no number; SWIM does not start and the mesh runs without P2P.',
      '  asks: Write 0.5 (s)',
      '    -SWIM_PING_TIMEOUT=500ms',
      '    +SWIM_PING_TIMEOUT=0.5',
    ],
  ],
  [
    sets({ LLM_TIMEOUT: '5m' }),
    ['node.py:4:29 error [LLM_TIMEOUT] LLM_TIMEOUT: "5m" is no number; Mesh.start() stops with a ValidationError.'],
  ],
]);

says('non-finite-float', [
  [
    env('LLM_TIMEOUT=inf'),
    ['.env:1:13 warning [LLM_TIMEOUT] LLM_TIMEOUT: inf is accepted as a number, but as a limit it never ends or never compares.'],
  ],
  [
    env('LLM_TIMEOUT=-Infinity'),
    [
      '.env:1:13 warning [LLM_TIMEOUT] LLM_TIMEOUT: -Infinity is accepted as a number, but as a limit it never ends or never compares.',
    ],
  ],
  [
    env('LLM_TIMEOUT=nan'),
    ['.env:1:13 warning [LLM_TIMEOUT] LLM_TIMEOUT: nan is accepted as a number, but as a limit it never ends or never compares.'],
  ],
  [env('LLM_TIMEOUT=1e308', 'KERNEL_MAX_TURNS=inf'), []],
  [
    mesh('"llm_timeout": 1e999'),
    [
      'node.py:3:36 warning [llm_timeout] "llm_timeout": Infinity is accepted as a number, but as a limit it never ends or never compares.',
    ],
  ],
  [mesh('"llm_timeout": "inf"'), []],
]);

says('int-underscore-or-decimal', [
  [
    env('KERNEL_WALL_CLOCK_MS=180_000'),
    [
      '.env:1:22 hint [KERNEL_WALL_CLOCK_MS] KERNEL_WALL_CLOCK_MS: pydantic reads 180_000 as 180000; shells and other readers do not.',
      '  safe: Write 180000',
      '    -KERNEL_WALL_CLOCK_MS=180_000',
      '    +KERNEL_WALL_CLOCK_MS=180000',
    ],
  ],
  [
    env('KERNEL_WALL_CLOCK_MS=180000.0'),
    [
      '.env:1:22 hint [KERNEL_WALL_CLOCK_MS] KERNEL_WALL_CLOCK_MS: pydantic reads 180000.0 as 180000; shells and other readers do not.',
      '  safe: Write 180000',
      '    -KERNEL_WALL_CLOCK_MS=180000.0',
      '    +KERNEL_WALL_CLOCK_MS=180000',
    ],
  ],
  [
    env('KERNEL_WALL_CLOCK_MS=+180000'),
    [
      '.env:1:22 hint [KERNEL_WALL_CLOCK_MS] KERNEL_WALL_CLOCK_MS: pydantic reads +180000 as 180000; shells and other readers do not.',
      '  safe: Write 180000',
      '    -KERNEL_WALL_CLOCK_MS=+180000',
      '    +KERNEL_WALL_CLOCK_MS=180000',
    ],
  ],
  [
    env('KERNEL_WALL_CLOCK_MS=0180000'),
    [
      '.env:1:22 hint [KERNEL_WALL_CLOCK_MS] KERNEL_WALL_CLOCK_MS: pydantic reads 0180000 as 180000; shells and other readers do not.',
      '  safe: Write 180000',
      '    -KERNEL_WALL_CLOCK_MS=0180000',
      '    +KERNEL_WALL_CLOCK_MS=180000',
    ],
  ],
  [env('KERNEL_WALL_CLOCK_MS=180000'), []],
  [env('KERNEL_WALL_CLOCK_MS=" 180000 "'), []],
  [env('KERNEL_WALL_CLOCK_MS=18_000_000_000_000_000_000'), []],
  [env('KERNEL_WALL_CLOCK_MS=1.5'), []],
  [env('SWIM_PING_RETRIES=1_0', 'LLM_TIMEOUT=1_0.0'), []],
  [sets({ EXECUTION_TIMEOUT: '1_0' }), []],
]);

says('out-of-range', [
  [
    env('LLM_BULK_RESERVE=-1'),
    ['.env:1:18 warning [LLM_BULK_RESERVE] LLM_BULK_RESERVE: -1 is outside the sensible range (0 to 0.9).'],
  ],
  [
    env('KEEPALIVE_INTERVAL=0'),
    ['.env:1:20 warning [KEEPALIVE_INTERVAL] KEEPALIVE_INTERVAL: 0 is outside the sensible range (10 or more s).'],
  ],
  [
    env('KEEPALIVE_INTERVAL=1'),
    ['.env:1:20 warning [KEEPALIVE_INTERVAL] KEEPALIVE_INTERVAL: 1 is outside the sensible range (10 or more s).'],
  ],
  [
    env('JARVISCORE_BIND_PORT=65536'),
    ['.env:1:22 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: 65536 is outside the sensible range (1 to 65535 port).'],
  ],
  [
    env('JARVISCORE_BIND_PORT=0'),
    ['.env:1:22 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT: 0 is outside the sensible range (1 to 65535 port).'],
  ],
  [joins('endpoint="h:1", config={"bind_port": 0}'), []],
  [mesh('"bind_port": 0'), ['node.py:3:34 warning [bind_port] "bind_port": 0 is outside the sensible range (1 to 65535 port).']],
  [
    mesh('"bind_port": 99999999999999999999'),
    ['node.py:3:34 warning [bind_port] "bind_port": 100000000000000000000 is outside the sensible range (1 to 65535 port).'],
  ],
  [env('LLM_TIMEOUT=inf', 'EXECUTION_TIMEOUT=x'), []],
  [
    env('JOURNAL_CONTENT_DAYS=-1'),
    ['.env:1:22 warning [JOURNAL_CONTENT_DAYS] JOURNAL_CONTENT_DAYS: -1 is outside the sensible range (0 or more days).'],
  ],
  [
    env('SWIM_PING_RETRIES=11'),
    ['.env:1:19 warning [SWIM_PING_RETRIES] SWIM_PING_RETRIES: 11 is outside the sensible range (0 to 10).'],
  ],
  [env('ATHENA_TEMPERATURE=7'), []],
  [env('ATHENA_REDIS_PORT=0'), []],
  [env('MAX_GOAL_STEPS=0'), ['.env:1:16 warning [MAX_GOAL_STEPS] MAX_GOAL_STEPS: 0 is outside the sensible range (1 or more).']],
  [
    env('RESEARCH_SEARCH_TIMEOUT_SECONDS=0.05'),
    [
      '.env:1:33 warning [RESEARCH_SEARCH_TIMEOUT_SECONDS] RESEARCH_SEARCH_TIMEOUT_SECONDS: 0.05 is outside the sensible range (0.1 or more s).',
    ],
  ],
  [
    mesh('"local_memory": 3, "schedule_poll_seconds": 0.01'),
    ['node.py:3:65 warning [schedule_poll_seconds] "schedule_poll_seconds": 0.01 is outside the sensible range (0.1 or more s).'],
  ],
]);

says('ms-vs-s', [
  [
    env('BROWSER_ATTACH_TIMEOUT_MS=9'),
    [
      '.env:1:27 warning [BROWSER_ATTACH_TIMEOUT_MS] BROWSER_ATTACH_TIMEOUT_MS: 9 ms looks like seconds; this setting counts milliseconds.',
    ],
  ],
  [
    env('RESEARCH_SEARCH_TIMEOUT_SECONDS=10001'),
    [
      '.env:1:33 warning [RESEARCH_SEARCH_TIMEOUT_SECONDS] RESEARCH_SEARCH_TIMEOUT_SECONDS: 10001 s looks like milliseconds; this setting counts seconds.',
    ],
  ],
  [mesh('"workspace_command_timeout_seconds": 10001'), []],
  [
    env('KERNEL_WALL_CLOCK_MS=999'),
    [
      '.env:1:22 warning [KERNEL_WALL_CLOCK_MS] KERNEL_WALL_CLOCK_MS: 999 ms looks like seconds; this setting counts milliseconds.',
    ],
  ],
  [env('KERNEL_WALL_CLOCK_MS=1000'), []],
  [env('KERNEL_WALL_CLOCK_MS=0'), []],
  [env('EXECUTION_TIMEOUT=10000'), []],
  [
    env('EXECUTION_TIMEOUT=10001'),
    ['.env:1:19 warning [EXECUTION_TIMEOUT] EXECUTION_TIMEOUT: 10001 s looks like milliseconds; this setting counts seconds.'],
  ],
  [env('KEEPALIVE_INTERVAL=60000'), []],
  [
    env('LLM_TIMEOUT=180000'),
    ['.env:1:13 warning [LLM_TIMEOUT] LLM_TIMEOUT: 180000 s looks like milliseconds; this setting counts seconds.'],
  ],
  [
    mesh('"execution_timeout": 180000'),
    [
      'node.py:3:42 warning [execution_timeout] "execution_timeout": 180000 s looks like milliseconds; this setting counts seconds.',
    ],
  ],
  [
    mesh('"kernel_wall_clock_ms": 90'),
    [
      'node.py:3:45 warning [kernel_wall_clock_ms] "kernel_wall_clock_ms": 90 ms looks like seconds; this setting counts milliseconds.',
    ],
  ],
  [env('LLM_TIMEOUT=inf'), []],
  [env('BROWSER_ACTION_TIMEOUT_MS=900'), []],
]);

says('invalid-enum', [
  [
    env('LOG_LEVEL=INFOS'),
    [
      '.env:1:11 warning [LOG_LEVEL] LOG_LEVEL: "INFOS" is none of DEBUG, INFO, WARNING, ERROR, CRITICAL; it is not validated, so nothing warns at run time.',
      '  asks: Write INFO',
      '    -LOG_LEVEL=INFOS',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [env('LOG_LEVEL=info'), []],
  [
    env('LOG_LEVEL=LOUDER'),
    [
      '.env:1:11 warning [LOG_LEVEL] LOG_LEVEL: "LOUDER" is none of DEBUG, INFO, WARNING, ERROR, CRITICAL; it is not validated, so nothing warns at run time.',
    ],
  ],
  [env('LOG_LEVEL='), []],
  [
    env('STORAGE_BACKEND=Azure'),
    [
      '.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND: "Azure" is none of local, azure, redis; the storage silently stays local.',
      '  asks: Write azure',
      '    -STORAGE_BACKEND=Azure',
      '    +STORAGE_BACKEND=azure',
    ],
  ],
  [
    env('STORAGE_BACKEND=azur'),
    [
      '.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND: "azur" is none of local, azure, redis; the storage silently stays local.',
      '  asks: Write azure',
      '    -STORAGE_BACKEND=azur',
      '    +STORAGE_BACKEND=azure',
    ],
  ],
  [
    env('STORAGE_BACKEND=s3'),
    ['.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND: "s3" is none of local, azure, redis; the storage silently stays local.'],
  ],
  [env('STORAGE_BACKEND=redis'), []],
  [
    env('STORAGE_BACKEND=disk'),
    ['.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND: "disk" is none of local, azure; the storage silently stays local.'],
    { target: '2.2.0' },
  ],
  [
    env('STORAGE_BACKEND=disk'),
    [
      '.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND: "disk" is none of local, azure, redis; the storage silently stays local.',
    ],
    { target: '2.3.0' },
  ],
  [
    env('SWIM_LOG_LEVEL=info'),
    [
      '.env:1:16 error [SWIM_LOG_LEVEL] SWIM_LOG_LEVEL: "info" is none of DEBUG, INFO, WARNING, ERROR, CRITICAL; SWIM does not start and the mesh runs without P2P.',
      '  asks: Write INFO',
      '    -SWIM_LOG_LEVEL=info',
      '    +SWIM_LOG_LEVEL=INFO',
    ],
  ],
  [
    env('SWIM_LOG_LEVEL=LOUD'),
    [
      '.env:1:16 error [SWIM_LOG_LEVEL] SWIM_LOG_LEVEL: "LOUD" is none of DEBUG, INFO, WARNING, ERROR, CRITICAL; SWIM does not start and the mesh runs without P2P.',
    ],
  ],
  [
    env(
      'CONTROL_MODE=x',
      'JARVISCORE_CONTROL_MODE=x',
      'JOURNAL_CAPTURE=x',
      'JARVISCORE_JOURNAL_CAPTURE=x',
      'KERNEL_ROUTER_PROVIDER=x',
      'RAG_DECISION_PROVIDER=x',
      'TASK_COMPLEXITY_PROVIDER=x',
    ),
    [],
  ],
  [
    env('SANDBOX_MODE=remot'),
    [
      '.env:1:14 warning [SANDBOX_MODE] SANDBOX_MODE: "remot" is none of local, remote; it is not validated, so nothing warns at run time.',
      '  asks: Write remote',
      '    -SANDBOX_MODE=remot',
      '    +SANDBOX_MODE=remote',
    ],
  ],
  [
    env('SANDBOX_MODE=re'),
    [
      '.env:1:14 warning [SANDBOX_MODE] SANDBOX_MODE: "re" is none of local, remote; it is not validated, so nothing warns at run time.',
    ],
  ],
  [
    mesh('"sandbox_mode": "remot"'),
    [
      'node.py:3:37 warning [sandbox_mode] "sandbox_mode": "remot" is none of local, remote; it is not validated, so nothing warns at run time.',
      '  asks: Write remote',
      '    -mesh = Mesh(config={"sandbox_mode": "remot"})',
      '    +mesh = Mesh(config={"sandbox_mode": "remote"})',
    ],
  ],
  [mesh('"sandbox_mode": mode'), []],
  [{ '.env.example': 'SANDBOX_MODE=<mode>\nLOG_LEVEL=your-level\nSTORAGE_BACKEND=...\n' }, []],
]);

says('swim-log-level-case', [
  [
    env('SWIM_LOG_LEVEL=Warning'),
    [
      '.env:1:16 error [SWIM_LOG_LEVEL] SWIM_LOG_LEVEL: "Warning" must be WARNING; otherwise SWIM does not start and the mesh runs without P2P.',
      '  safe: Write WARNING',
      '    -SWIM_LOG_LEVEL=Warning',
      '    +SWIM_LOG_LEVEL=WARNING',
    ],
  ],
  [env('SWIM_LOG_LEVEL=WARNING'), []],
  [env('SWIM_LOG_LEVEL=warn'), []],
  [env('LOG_LEVEL=info'), []],
  [sets({ SWIM_LOG_LEVEL: 'info' }), []],
]);

says('invalid-viewport', [
  [env('BROWSER_DEFAULT_VIEWPORT=1280x720'), []],
  [
    env('BROWSER_DEFAULT_VIEWPORT=1280*720'),
    ['.env:1:26 warning [BROWSER_DEFAULT_VIEWPORT] BROWSER_DEFAULT_VIEWPORT: write width and height in pixels, like 1280x720.'],
  ],
  [
    env('BROWSER_DEFAULT_VIEWPORT=1280x720px'),
    ['.env:1:26 warning [BROWSER_DEFAULT_VIEWPORT] BROWSER_DEFAULT_VIEWPORT: write width and height in pixels, like 1280x720.'],
  ],
  [
    env('BROWSER_DEFAULT_VIEWPORT=x720'),
    ['.env:1:26 warning [BROWSER_DEFAULT_VIEWPORT] BROWSER_DEFAULT_VIEWPORT: write width and height in pixels, like 1280x720.'],
  ],
  [
    env('BROWSER_DEFAULT_VIEWPORT='),
    ['.env:1:26 warning [BROWSER_DEFAULT_VIEWPORT] BROWSER_DEFAULT_VIEWPORT: write width and height in pixels, like 1280x720.'],
  ],
]);

says('invalid-api-version', [
  [env('AZURE_API_VERSION=2024-10-21'), []],
  [env('AZURE_API_VERSION=2024-02-15-preview'), []],
  [
    env('AZURE_API_VERSION=2024-02-15-beta'),
    [
      '.env:1:19 warning [AZURE_API_VERSION] AZURE_API_VERSION: Azure names its API versions by date, like 2024-10-21 or 2024-02-15-preview.',
    ],
  ],
  [
    env('AZURE_API_VERSION=v2024-02-15'),
    [
      '.env:1:19 warning [AZURE_API_VERSION] AZURE_API_VERSION: Azure names its API versions by date, like 2024-10-21 or 2024-02-15-preview.',
    ],
  ],
  [
    env('AZURE_API_VERSION=2024-2-15'),
    [
      '.env:1:19 warning [AZURE_API_VERSION] AZURE_API_VERSION: Azure names its API versions by date, like 2024-10-21 or 2024-02-15-preview.',
    ],
  ],
  [
    mesh('"azure_api_version": "latest"'),
    [
      'node.py:3:42 warning [azure_api_version] "azure_api_version": Azure names its API versions by date, like 2024-10-21 or 2024-02-15-preview.',
    ],
  ],
]);

says('azure-container-name', [
  [env('AZURE_STORAGE_CONTAINER=abc'), []],
  [
    env('AZURE_STORAGE_CONTAINER=ab'),
    [
      '.env:1:25 warning [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
  [env(`AZURE_STORAGE_CONTAINER=${'a'.repeat(63)}`), []],
  [
    env(`AZURE_STORAGE_CONTAINER=${'a'.repeat(64)}`),
    [
      '.env:1:25 warning [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
  [env('AZURE_STORAGE_CONTAINER=a-b-1'), []],
  [
    env('AZURE_STORAGE_CONTAINER=a--b'),
    [
      '.env:1:25 warning [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
  [
    env('AZURE_STORAGE_CONTAINER=-ab'),
    [
      '.env:1:25 warning [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
  [
    env('AZURE_STORAGE_CONTAINER=ab-'),
    [
      '.env:1:25 warning [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
  [
    env('AZURE_STORAGE_CONTAINER=aBc'),
    [
      '.env:1:25 warning [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
  [
    mesh('"azure_storage_container": "My_Container"'),
    [
      'node.py:3:48 warning [azure_storage_container] "azure_storage_container": Azure container names are 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ],
]);

says('quoted-twice', [
  [
    env('LOG_LEVEL="\'INFO\'"'),
    [
      '.env:1:11 error [LOG_LEVEL] LOG_LEVEL: quotes are still part of the value after parsing; quote it once.',
      '  safe: Quote once',
      '    -LOG_LEVEL="\'INFO\'"',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    env('LOG_LEVEL=\'"INFO"\''),
    [
      '.env:1:11 error [LOG_LEVEL] LOG_LEVEL: quotes are still part of the value after parsing; quote it once.',
      '  safe: Quote once',
      '    -LOG_LEVEL=\'"INFO"\'',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    env('REDIS_CONTEXT_TTL_DAYS="\'7\'"'),
    [
      '.env:1:24 error [REDIS_CONTEXT_TTL_DAYS] REDIS_CONTEXT_TTL_DAYS: quotes are still part of the value after parsing; quote it once.',
      '  safe: Quote once',
      '    -REDIS_CONTEXT_TTL_DAYS="\'7\'"',
      '    +REDIS_CONTEXT_TTL_DAYS=7',
    ],
  ],
  [
    env('LOG_DIRECTORY="\'a b\'"'),
    ['.env:1:15 error [LOG_DIRECTORY] LOG_DIRECTORY: quotes are still part of the value after parsing; quote it once.'],
  ],
  [
    env('LOG_DIRECTORY="\'a$b\'"'),
    ['.env:1:15 error [LOG_DIRECTORY] LOG_DIRECTORY: quotes are still part of the value after parsing; quote it once.'],
  ],
  [env('LOG_DIRECTORY="\'a\'b"'), []],
  [env('LLM_LIMITS="\'{}\'"'), []],
  [env('LOG_LEVEL="INFO"'), []],
  [
    service(['P2P_ENABLED: "true"', 'LOG_LEVEL: "\'INFO\'"']),
    [
      'compose.yml:7:18 error [LOG_LEVEL] LOG_LEVEL: quotes are still part of the value after parsing; quote it once.',
      '  safe: Quote once',
      '    -      LOG_LEVEL: "\'INFO\'"',
      '    +      LOG_LEVEL: INFO',
    ],
  ],
  [sets({ LOG_LEVEL: "'INFO'" }), []],
]);

says('invalid-url', [
  [
    env('REDIS_URL=localhost:6379'),
    ['.env:1:11 error [REDIS_URL] REDIS_URL is no URL; write it with its scheme, like redis://host:port.'],
  ],
  [env('REDIS_URL=http://r'), ['.env:1:11 error [REDIS_URL] REDIS_URL has the scheme http; Redis takes redis, rediss or unix.']],
  [env('REDIS_URL=rediss://r', 'NEXUS_GATEWAY_URL=https://g'), []],
  [env('REDIS_URL=unix:///run/redis.sock'), []],
  [
    env('REDIS_URL=redis://'),
    ['.env:1:11 error [REDIS_URL] REDIS_URL is no URL; write it with its scheme, like redis://host:port.'],
  ],
  [
    env('REDIS_URL=redis://h:70000'),
    ['.env:1:11 error [REDIS_URL] REDIS_URL is no URL; write it with its scheme, like redis://host:port.'],
  ],
  [env('REDIS_URL=redis://h:65535'), []],
  [
    env('REDIS_URL=redis://:pw@h x'),
    ['.env:1:11 error [REDIS_URL] REDIS_URL is no URL; write it with its scheme, like redis://host:port.'],
  ],
  [
    env('REDIS_URL=not a url'),
    ['.env:1:11 error [REDIS_URL] REDIS_URL is no URL; write it with its scheme, like redis://host:port.'],
  ],
  [
    mesh('"redis_store_url": "r:6379"'),
    ['node.py:3:40 error [redis_store_url] redis_store_url is no URL; write it with its scheme, like redis://host:port.'],
  ],
  [
    mesh('"redis_store_url": "http://r"'),
    ['node.py:3:40 error [redis_store_url] "redis_store_url" has the scheme http; Redis takes redis, rediss or unix.'],
  ],
  [
    env('ATHENA_URL=athena.acme.example:8080'),
    [
      '.env:1:12 error [ATHENA_URL] ATHENA_URL is no URL; write it with its scheme, like http://host:port.',
      '  asks: Write http://athena.acme.example:8080',
      '    -ATHENA_URL=athena.acme.example:8080',
      '    +ATHENA_URL=http://athena.acme.example:8080',
    ],
  ],
  [
    env('ATHENA_URL=athena.acme.example/path'),
    [
      '.env:1:12 error [ATHENA_URL] ATHENA_URL is no URL; write it with its scheme, like http://host:port.',
      '  asks: Write http://athena.acme.example/path',
      '    -ATHENA_URL=athena.acme.example/path',
      '    +ATHENA_URL=http://athena.acme.example/path',
    ],
  ],
  [
    env('ATHENA_URL=...'),
    ['.env:1:12 error [ATHENA_URL] ATHENA_URL is no URL; write it with its scheme, like http://host:port.'],
  ],
  [env('ATHENA_URL=ftp://a'), ['.env:1:12 error [ATHENA_URL] ATHENA_URL has the scheme ftp; this client speaks http and https.']],
  [env('ATHENA_URL=HTTP://a'), []],
  [env('ATHENA_URL='), []],
  [
    env('NEXUS_GATEWAY_URL=http://nexus.acme.example/x'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL sends keys or code in clear text to nexus.acme.example; use https.',
      '  asks: Write https://nexus.acme.example/x',
      '    -NEXUS_GATEWAY_URL=http://nexus.acme.example/x',
      '    +NEXUS_GATEWAY_URL=https://nexus.acme.example/x',
    ],
  ],
  [env('NEXUS_GATEWAY_URL=http://nexus'), []],
  [env('NEXUS_GATEWAY_URL=http://nexus.local'), []],
  [env('NEXUS_GATEWAY_URL=http://nexus.internal'), []],
  [env('NEXUS_GATEWAY_URL=http://127.0.0.1:8090'), []],
  [
    env('NEXUS_GATEWAY_URL=http://u:secretpw@nexus.acme.example'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL sends keys or code in clear text to nexus.acme.example; use https.',
    ],
  ],
  [
    env('AZURE_ENDPOINT=http://a.example'),
    [
      '.env:1:16 warning [AZURE_ENDPOINT] AZURE_ENDPOINT sends keys or code in clear text to a.example; use https.',
      '  asks: Write https://a.example',
      '    -AZURE_ENDPOINT=http://a.example',
      '    +AZURE_ENDPOINT=https://a.example',
    ],
  ],
  [
    env('AZURE_OPENAI_ENDPOINT=http://a.example'),
    [
      '.env:1:23 warning [AZURE_OPENAI_ENDPOINT] AZURE_OPENAI_ENDPOINT sends keys or code in clear text to a.example; use https.',
      '  asks: Write https://a.example',
      '    -AZURE_OPENAI_ENDPOINT=http://a.example',
      '    +AZURE_OPENAI_ENDPOINT=https://a.example',
    ],
  ],
  [
    env('CLAUDE_ENDPOINT=http://a.example'),
    [
      '.env:1:17 warning [CLAUDE_ENDPOINT] CLAUDE_ENDPOINT sends keys or code in clear text to a.example; use https.',
      '  asks: Write https://a.example',
      '    -CLAUDE_ENDPOINT=http://a.example',
      '    +CLAUDE_ENDPOINT=https://a.example',
    ],
  ],
  [
    env('SANDBOX_SERVICE_URL=http://a.example'),
    [
      '.env:1:21 warning [SANDBOX_SERVICE_URL] SANDBOX_SERVICE_URL sends keys or code in clear text to a.example; use https.',
      '  asks: Write https://a.example',
      '    -SANDBOX_SERVICE_URL=http://a.example',
      '    +SANDBOX_SERVICE_URL=https://a.example',
    ],
  ],
  [env('LLM_ENDPOINT=http://a.example'), []],
  [
    env('LLM_ENDPOINT=http://a/v1'),
    [
      '.env:1:14 warning [LLM_ENDPOINT] LLM_ENDPOINT ends in /v1, which the client adds itself (llm.py:411): requests go to /v1/v1.',
      '  asks: Write http://a',
      '    -LLM_ENDPOINT=http://a/v1',
      '    +LLM_ENDPOINT=http://a',
    ],
  ],
  [
    env('VLLM_ENDPOINT=http://a/v1/'),
    [
      '.env:1:15 warning [VLLM_ENDPOINT] VLLM_ENDPOINT ends in /v1, which the client adds itself (llm.py:411): requests go to /v1/v1.',
      '  asks: Write http://a',
      '    -VLLM_ENDPOINT=http://a/v1/',
      '    +VLLM_ENDPOINT=http://a',
    ],
  ],
  [env('LLM_ENDPOINT=http://a/v1/chat'), []],
  [env('LLM_ENDPOINT=http://a/api/v1'), []],
  [
    env('SANDBOX_SERVICE_URL=https://s/'),
    [
      '.env:1:21 warning [SANDBOX_SERVICE_URL] SANDBOX_SERVICE_URL ends in a slash; the client adds /normal and asks for //normal.',
      '  asks: Write https://s',
      '    -SANDBOX_SERVICE_URL=https://s/',
      '    +SANDBOX_SERVICE_URL=https://s',
    ],
  ],
  [env('SANDBOX_SERVICE_URL=https://s'), []],
  [
    env('SANDBOX_SERVICE_URL=https://s/execute'),
    [
      '.env:1:21 warning [SANDBOX_SERVICE_URL] SANDBOX_SERVICE_URL ends in a path the client adds itself (sandbox.py:249).',
      '  asks: Write https://s',
      '    -SANDBOX_SERVICE_URL=https://s/execute',
      '    +SANDBOX_SERVICE_URL=https://s',
    ],
    { target: '1.0.2' },
  ],
  [
    env('SANDBOX_SERVICE_URL=https://s/normal/'),
    [
      '.env:1:21 warning [SANDBOX_SERVICE_URL] SANDBOX_SERVICE_URL ends in a path the client adds itself (sandbox.py:249).',
      '  asks: Write https://s',
      '    -SANDBOX_SERVICE_URL=https://s/normal/',
      '    +SANDBOX_SERVICE_URL=https://s',
    ],
    { target: '1.0.2' },
  ],
  [env('SANDBOX_SERVICE_URL=https://s/normal'), [], { target: '1.1.0' }],
  [env('EGRESS_PROXY_URL=socks5://p', 'DATABASE_URL=postgres://d'), []],
  [
    mesh('"athena_url": "athena:8080"'),
    [
      'node.py:3:35 error [athena_url] "athena_url" is no URL; write it with its scheme, like http://host:port.',
      '  asks: Write http://athena:8080',
      '    -mesh = Mesh(config={"athena_url": "athena:8080"})',
      '    +mesh = Mesh(config={"athena_url": "http://athena:8080"})',
    ],
  ],
  [
    service(['ATHENA_URL: "athena:8080"']),
    [
      'compose.yml:6:19 error [ATHENA_URL] ATHENA_URL is no URL; write it with its scheme, like http://host:port.',
      '  asks: Write http://athena:8080',
      '    -      ATHENA_URL: "athena:8080"',
      '    +      ATHENA_URL: "http://athena:8080"',
    ],
  ],
]);

says('invalid-json', [
  [
    env('LLM_LIMITS={broken'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [
    env('LLM_LIMITS=[]'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [
    env('LLM_LIMITS=null'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [env('LLM_LIMITS={}'), []],
  [
    env('LLM_PRICES=1'),
    [
      '.env:1:12 error [LLM_PRICES] LLM_PRICES is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [
    env('LLM_LIMITS='),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [env('LLM_MODEL_OUTPUT_LIMITS=x'), [], { target: '1.14.0' }],
]);

says('llm-limits-format', [
  [env('LLM_LIMITS={"azure:gpt":{"rpm":60,"tpm":"1000"}}'), []],
  [
    env('LLM_LIMITS={"azure:gpt":60}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":null}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":[60]}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{"rpm":1.5}}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt": "rpm" is no whole number.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{"rpm":"12k"}}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt": "rpm" is no whole number.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{"rpd":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "azure:gpt": "rpd" is unknown; the words are rpm and tpm.'],
  ],
  [
    env('LLM_LIMITS={"gpt":{"rpm":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "gpt" is not written as provider:deployment.'],
  ],
  [
    env('LLM_LIMITS={"azure:":{"rpm":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "azure:" is not written as provider:deployment.'],
  ],
  [
    env('LLM_LIMITS={"a b:c":{"rpm":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "a b:c" is not written as provider:deployment.'],
  ],
  [env('LLM_LIMITS={}', 'LLM_GOVERNOR_ENABLED=false'), []],
  [
    env('LLM_LIMITS={"azure:gpt":{}}', 'LLM_GOVERNOR_ENABLED=false'),
    ['.env:1:12 info [LLM_LIMITS] LLM_LIMITS has no effect while LLM_GOVERNOR_ENABLED is false.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{}}', 'LLM_GOVERNOR_ENABLED=N'),
    ['.env:1:12 info [LLM_LIMITS] LLM_LIMITS has no effect while LLM_GOVERNOR_ENABLED is false.'],
  ],
  [env('LLM_LIMITS={"azure:gpt":{}}', 'LLM_GOVERNOR_ENABLED=never'), []],
  [
    env('LLM_LIMITS='),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is empty; Mesh.start() stops with a SettingsError. Write {} or leave the line out.',
    ],
  ],
  [
    env('LLM_LIMITS=x'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. Write {} or leave the line out.',
    ],
  ],
  [mesh('"llm_limits": {"azure:gpt": {"rpm": 60}}'), []],
  [
    mesh('"llm_limits": {"azure:gpt": 60}'),
    ['node.py:3:35 error [llm_limits] "llm_limits": "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [mesh('"llm_limits": [1]'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
  [mesh('"llm_limits": "x"'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
  [mesh('"llm_limits": None'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
]);

says('llm-prices-format', [
  [env('LLM_PRICES={"gpt":{"in":"1.5","out":-2}}'), []],
  [env('LLM_PRICES={"gpt":{"in":"1.5k"}}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt": the price "in" is no number.']],
  [env('LLM_PRICES={"gpt":{"in":true}}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt": the price "in" is no number.']],
  [env('LLM_PRICES={"gpt":2}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt" needs an object of prices.']],
  [env('LLM_PRICES={"gpt":null}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt" needs an object of prices.']],
  [env('LLM_PRICES=x'), []],
  [mesh('"llm_prices": 3'), []],
]);

says('llm-model-output-limits-format', [
  [env('LLM_MODEL_OUTPUT_LIMITS={"gpt":4096}'), []],
  [env('LLM_MODEL_OUTPUT_LIMITS={"gpt":"4096"}'), []],
  [
    env('LLM_MODEL_OUTPUT_LIMITS={"gpt":4.5}'),
    ['.env:1:25 error [LLM_MODEL_OUTPUT_LIMITS] LLM_MODEL_OUTPUT_LIMITS: "gpt" needs a whole number of tokens.'],
  ],
  [
    env('LLM_MODEL_OUTPUT_LIMITS={"gpt":[1]}'),
    ['.env:1:25 error [LLM_MODEL_OUTPUT_LIMITS] LLM_MODEL_OUTPUT_LIMITS: "gpt" needs a whole number of tokens.'],
  ],
  [env('LLM_MODEL_OUTPUT_LIMITS=x'), []],
  [
    mesh('"llm_model_output_limits": 5'),
    ['node.py:3:48 error [llm_model_output_limits] "llm_model_output_limits" needs a dict.'],
  ],
]);

says('approval-keys-format', [
  [
    env('APPROVAL_ASSERTION_KEYS=x'),
    [
      '.env:1:25 error [APPROVAL_ASSERTION_KEYS] APPROVAL_ASSERTION_KEYS is no JSON object; Mesh.start() stops with a SettingsError. Write an object of texts like {"key-id": "..."}.',
    ],
  ],
  [
    env('APPROVAL_ASSERTION_KEYS='),
    [
      '.env:1:25 error [APPROVAL_ASSERTION_KEYS] APPROVAL_ASSERTION_KEYS is empty; Mesh.start() stops with a SettingsError. Write an object of texts like {"key-id": "..."}.',
    ],
  ],
  [env('APPROVAL_ASSERTION_KEYS={"a":"b"}'), []],
  [env('APPROVAL_ASSERTION_KEYS=changeme'), []],
  [env('APPROVAL_ASSERTION_KEYS=x'), [], { target: '2.3.0' }],
]);

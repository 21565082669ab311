/** What the rules of config/rules/values/numbers.ts say. */
import { env, joins, mesh, sets } from '../said.ts';
import { says } from '../says.ts';

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

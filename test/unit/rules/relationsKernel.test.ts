/** Budgets, times and amounts: the limits at which a rule speaks, and where it stays quiet. */
import { env, joins, mesh } from './said.ts';
import { says } from './says.ts';

says('kernel-budget-lowers-roles', [
  [mesh('"kernel_max_total_tokens": 240000'), []],
  [
    mesh('"kernel_max_total_tokens": 239999'),
    [
      'node.py:3:48 info [KERNEL_MAX_TOTAL_TOKENS] "kernel_max_total_tokens": 239999 applies to every role and lowers some (up to 240000 by profile); use "kernel_role_profiles" for one role.',
    ],
  ],
  [mesh('"kernel_thinking_budget": 180000'), []],
  [
    mesh('"kernel_thinking_budget": 179999'),
    [
      'node.py:3:47 info [KERNEL_THINKING_BUDGET] "kernel_thinking_budget": 179999 applies to every role and lowers some (up to 180000 by profile); use "kernel_role_profiles" for one role.',
    ],
  ],
  [mesh('"kernel_action_budget": 108000'), []],
  [
    mesh('"kernel_action_budget": 107999'),
    [
      'node.py:3:45 info [KERNEL_ACTION_BUDGET] "kernel_action_budget": 107999 applies to every role and lowers some (up to 108000 by profile); use "kernel_role_profiles" for one role.',
    ],
  ],
  [mesh('"kernel_wall_clock_ms": 600000'), []],
  [
    mesh('"kernel_wall_clock_ms": 599999'),
    [
      'node.py:3:45 info [KERNEL_WALL_CLOCK_MS] "kernel_wall_clock_ms": 599999 applies to every role and lowers some (up to 600000 by profile); use "kernel_role_profiles" for one role.',
    ],
  ],
  [
    mesh('"kernel_action_budget": 5, "kernel_thinking_budget": 4'),
    [
      'node.py:3:74 info [KERNEL_THINKING_BUDGET] "kernel_thinking_budget": 4 applies to every role and lowers some (up to 180000 by profile); use "kernel_role_profiles" for one role.',
    ],
  ],
  [mesh('"kernel_action_budget": "many"'), []],
  [{ ...env('KERNEL_ACTION_BUDGET=5'), ...mesh() }, []],
]);

says('kernel-budget-sum', [
  [env('KERNEL_THINKING_BUDGET=100', 'KERNEL_ACTION_BUDGET=50', 'KERNEL_MAX_TOTAL_TOKENS=150'), []],
  [
    env('KERNEL_THINKING_BUDGET=100', 'KERNEL_ACTION_BUDGET=51', 'KERNEL_MAX_TOTAL_TOKENS=150'),
    [
      '.env:3:25 warning [KERNEL_MAX_TOTAL_TOKENS] Thinking 100 + action 51 = 151 tokens, more than the total of 150.',
      '  see .env:1:24 KERNEL_THINKING_BUDGET',
      '  see .env:2:22 KERNEL_ACTION_BUDGET',
    ],
  ],
  [
    env('KERNEL_THINKING_BUDGET=100', 'KERNEL_ACTION_BUDGET=49', 'KERNEL_MAX_TOTAL_TOKENS=150'),
    [
      '.env:3:25 info [KERNEL_MAX_TOTAL_TOKENS] Thinking 100 + action 49 = 149 tokens, less than the total of 150.',
      '  see .env:1:24 KERNEL_THINKING_BUDGET',
      '  see .env:2:22 KERNEL_ACTION_BUDGET',
    ],
  ],
  [
    env('KERNEL_ACTION_BUDGET=1'),
    ['.env:1:22 info [KERNEL_ACTION_BUDGET] Thinking 56000 + action 1 = 56001 tokens, less than the total of 80000.'],
  ],
  [
    env('KERNEL_THINKING_BUDGET=1'),
    ['.env:1:24 info [KERNEL_THINKING_BUDGET] Thinking 1 + action 24000 = 24001 tokens, less than the total of 80000.'],
  ],
  [
    env('KERNEL_MAX_TOTAL_TOKENS=1'),
    ['.env:1:25 warning [KERNEL_MAX_TOTAL_TOKENS] Thinking 56000 + action 24000 = 80000 tokens, more than the total of 1.'],
  ],
  [env('KERNEL_MAX_TOTAL_TOKENS=x'), []],
  [mesh(), []],
]);

says('kernel-turns-fuse', [
  [env('KERNEL_MAX_TURNS=36'), []],
  [
    env('KERNEL_MAX_TURNS=37'),
    ['.env:1:18 info [KERNEL_MAX_TURNS] 37 turns exceed the fuse of every role (18 to 36); the fuse ends the work first.'],
  ],
  [
    mesh('"kernel_max_turns": 37'),
    ['node.py:3:41 info [KERNEL_MAX_TURNS] 37 turns exceed the fuse of every role (18 to 36); the fuse ends the work first.'],
  ],
]);

says('kernel-wall-vs-exec', [
  [
    mesh('"kernel_wall_clock_ms": 299999'),
    ['node.py:3:45 info [KERNEL_WALL_CLOCK_MS] The wall clock of 299.999 s ends before EXECUTION_TIMEOUT (300 s).'],
  ],
  [mesh('"kernel_wall_clock_ms": 300000'), []],
  [mesh('"execution_timeout": 600'), []],
  [
    mesh('"execution_timeout": 601'),
    ['node.py:3:42 info [EXECUTION_TIMEOUT] The wall clock of every role (at most 600 s) ends before EXECUTION_TIMEOUT (601 s).'],
  ],
  [
    mesh('"execution_timeout": 241'),
    ['node.py:3:42 info [EXECUTION_TIMEOUT] The wall clock of every role (at most 240 s) ends before EXECUTION_TIMEOUT (241 s).'],
    { target: '1.4.1' },
  ],
  [mesh('"execution_timeout": 240'), [], { target: '1.4.1' }],
  [mesh('"execution_timeout": 241'), [], { target: '1.5.0' }],
  [
    mesh('"execution_timeout": 90, "kernel_wall_clock_ms": 89999'),
    [
      'node.py:3:70 info [KERNEL_WALL_CLOCK_MS] The wall clock of 89.999 s ends before EXECUTION_TIMEOUT (90 s).',
      '  see node.py:3:42 EXECUTION_TIMEOUT',
    ],
  ],
  [mesh('"execution_timeout": 90, "kernel_wall_clock_ms": 90000'), []],
  [{ ...env('EXECUTION_TIMEOUT=9000', 'KERNEL_WALL_CLOCK_MS=10'), ...mesh() }, []],
]);

says('workflow-step-vs-wall', [
  [
    env('WORKFLOW_STEP_TIMEOUT=599'),
    [".env:1:23 info [WORKFLOW_STEP_TIMEOUT] A workflow step times out after 599 s, before the role's wall clock of 600 s."],
  ],
  [env('WORKFLOW_STEP_TIMEOUT=600'), []],
  [env('WORKFLOW_STEP_TIMEOUT=0'), []],
  [env('WORKFLOW_STEP_TIMEOUT=-1'), []],
  [
    env('WORKFLOW_STEP_TIMEOUT=0.5'),
    [".env:1:23 info [WORKFLOW_STEP_TIMEOUT] A workflow step times out after 0.5 s, before the role's wall clock of 600 s."],
  ],
  [
    mesh('"kernel_wall_clock_ms": 600001'),
    [
      "node.py:3:45 info [KERNEL_WALL_CLOCK_MS] A workflow step times out after 300 s, before the role's wall clock of 600.001 s.",
    ],
  ],
  [
    mesh('"kernel_wall_clock_ms": 9000000'),
    ["node.py:3:45 info [KERNEL_WALL_CLOCK_MS] A workflow step times out after 300 s, before the role's wall clock of 9000 s."],
  ],
  [
    { ...env('WORKFLOW_STEP_TIMEOUT=20'), ...mesh('"kernel_wall_clock_ms": 20001') },
    [".env:1:23 info [WORKFLOW_STEP_TIMEOUT] A workflow step times out after 20 s, before the role's wall clock of 20.001 s."],
  ],
  [{ ...env('WORKFLOW_STEP_TIMEOUT=20'), ...mesh('"kernel_wall_clock_ms": 20000') }, []],
]);

says('rag-overlap-ge-size', [
  [
    env('RAG_CHUNK_OVERLAP=100', 'RAG_CHUNK_SIZE=100'),
    [
      '.env:1:19 error [RAG_CHUNK_OVERLAP] RAG_CHUNK_OVERLAP (100) must be smaller than RAG_CHUNK_SIZE (100).',
      '  see .env:2:16 RAG_CHUNK_SIZE',
    ],
  ],
  [env('RAG_CHUNK_OVERLAP=99', 'RAG_CHUNK_SIZE=100'), []],
  [
    env('RAG_CHUNK_SIZE=10'),
    ['.env:1:16 error [RAG_CHUNK_SIZE] RAG_CHUNK_OVERLAP (200) must be smaller than RAG_CHUNK_SIZE (10).'],
  ],
  [mesh(), []],
]);

says('rag-rerank-candidates', [
  [
    env('RAG_RERANK_CANDIDATES=4', 'RAG_TOP_K=5', 'RAG_RERANK_MODEL=m'),
    [
      '.env:1:23 warning [RAG_RERANK_CANDIDATES] RAG_RERANK_CANDIDATES (4) is less than RAG_TOP_K (5).',
      '  see .env:2:11 RAG_TOP_K',
    ],
  ],
  [env('RAG_RERANK_CANDIDATES=5', 'RAG_TOP_K=5', 'RAG_RERANK_MODEL=m'), []],
  [
    env('RAG_RERANK_CANDIDATES=5', 'RAG_TOP_K=5'),
    ['.env:1:23 hint [RAG_RERANK_CANDIDATES] RAG_RERANK_CANDIDATES has no effect without RAG_RERANK_MODEL.'],
  ],
  [env('RAG_TOP_K=5'), []],
  [env('RAG_TOP_K=5000'), ['.env:1:11 warning [RAG_TOP_K] RAG_RERANK_CANDIDATES (50) is less than RAG_TOP_K (5000).']],
  [
    env('RAG_RERANK_CANDIDATES=many'),
    ['.env:1:23 hint [RAG_RERANK_CANDIDATES] RAG_RERANK_CANDIDATES has no effect without RAG_RERANK_MODEL.'],
  ],
]);

says('step-preview-ge-max', [
  [
    env('STEP_OUTPUT_PREVIEW_BYTES=10', 'STEP_OUTPUT_MAX_BYTES=10'),
    [
      '.env:1:27 warning [STEP_OUTPUT_PREVIEW_BYTES] The preview of 10 bytes is not smaller than the whole output of 10 bytes.',
      '  see .env:2:23 STEP_OUTPUT_MAX_BYTES',
    ],
    { target: '1.12.0' },
  ],
  [env('STEP_OUTPUT_PREVIEW_BYTES=9', 'STEP_OUTPUT_MAX_BYTES=10'), [], { target: '1.12.0' }],
  [
    env('STEP_OUTPUT_MAX_BYTES=1'),
    ['.env:1:23 warning [STEP_OUTPUT_MAX_BYTES] The preview of 20000 bytes is not smaller than the whole output of 1 bytes.'],
    { target: '1.12.0' },
  ],
  [env('STEP_OUTPUT_PREVIEW_BYTES=10', 'STEP_OUTPUT_MAX_BYTES=10'), [], { target: '1.13.0' }],
]);

says('auth-poll-gt-timeout', [
  [
    mesh('"auth_poll_interval": 11, "auth_flow_timeout": 10'),
    [
      'node.py:3:43 warning [AUTH_POLL_INTERVAL] AUTH_POLL_INTERVAL (11 s) exceeds AUTH_FLOW_TIMEOUT (10 s): the login ends before it is asked for.',
      '  see node.py:3:68 AUTH_FLOW_TIMEOUT',
    ],
  ],
  [mesh('"auth_poll_interval": 10, "auth_flow_timeout": 10'), []],
  [
    { ...env('AUTH_POLL_INTERVAL=11'), ...mesh('"auth_flow_timeout": 10') },
    [
      '.env:1:20 warning [AUTH_POLL_INTERVAL] AUTH_POLL_INTERVAL (11 s) exceeds AUTH_FLOW_TIMEOUT (10 s): the login ends before it is asked for.',
      '  see node.py:3:42 AUTH_FLOW_TIMEOUT',
    ],
  ],
  [
    { ...env('AUTH_FLOW_TIMEOUT=10'), ...mesh('"auth_poll_interval": 11') },
    [
      'node.py:3:43 warning [AUTH_POLL_INTERVAL] AUTH_POLL_INTERVAL (11 s) exceeds AUTH_FLOW_TIMEOUT (10 s): the login ends before it is asked for.',
      '  see .env:1:19 AUTH_FLOW_TIMEOUT',
    ],
  ],
  [{ ...env('AUTH_FLOW_TIMEOUT=10', 'AUTH_POLL_INTERVAL=11'), ...mesh() }, []],
  [
    mesh('"auth_flow_timeout": 1'),
    [
      'node.py:3:42 warning [AUTH_FLOW_TIMEOUT] AUTH_POLL_INTERVAL (2 s) exceeds AUTH_FLOW_TIMEOUT (1 s): the login ends before it is asked for.',
    ],
  ],
]);

says('hitl-thresholds', [
  [
    env('HITL_MAX_CONFIDENCE=0.5'),
    [
      '.env:1:21 info [HITL_MAX_CONFIDENCE] HITL_MAX_CONFIDENCE has no effect: approval is not switched on ("hitl_enabled": True in the Mesh dict).',
    ],
    { target: '1.10.0' },
  ],
  [
    env('HITL_MIN_RISK_SCORE=0.5'),
    [
      '.env:1:21 info [HITL_MIN_RISK_SCORE] HITL_MIN_RISK_SCORE has no effect: approval is not switched on ("hitl_enabled": True in the Mesh dict).',
    ],
    { target: '1.10.0' },
  ],
  [
    env('HITL_MIN_RISK_SCORE=0.5', 'HITL_MAX_CONFIDENCE=0.5'),
    [
      '.env:2:21 info [HITL_MAX_CONFIDENCE] HITL_MAX_CONFIDENCE has no effect: approval is not switched on ("hitl_enabled": True in the Mesh dict).',
    ],
    { target: '1.10.0' },
  ],
  [mesh('"hitl_max_confidence": 0.5, "hitl_enabled": True'), [], { target: '1.10.0' }],
  [
    mesh('"hitl_max_confidence": 0.5, "hitl_enabled": False'),
    [
      'node.py:3:44 info [HITL_MAX_CONFIDENCE] HITL_MAX_CONFIDENCE has no effect: approval is not switched on ("hitl_enabled": True in the Mesh dict).',
    ],
    { target: '1.10.0' },
  ],
  [mesh('"hitl_max_confidence": 0.5, **more'), [], { target: '1.10.0' }],
  [env('HITL_MAX_CONFIDENCE='), [], { target: '1.10.0' }],
  [env('HITL_MAX_CONFIDENCE=0.5'), [], { target: '1.11.0' }],
]);

says('prometheus-port-without-enabled', [
  [
    env('PROMETHEUS_PORT=9100'),
    [
      '.env:1:17 info [PROMETHEUS_PORT] PROMETHEUS_PORT has no effect while PROMETHEUS_ENABLED is off.',
      '  asks: Remove PROMETHEUS_PORT',
      '    -PROMETHEUS_PORT=9100',
    ],
  ],
  [
    env('PROMETHEUS_PORT=9100', 'PROMETHEUS_ENABLED=false'),
    [
      '.env:1:17 info [PROMETHEUS_PORT] PROMETHEUS_PORT has no effect while PROMETHEUS_ENABLED is off.',
      '  see .env:2:20 PROMETHEUS_ENABLED',
      '  asks: Set PROMETHEUS_ENABLED to true',
      '    -PROMETHEUS_ENABLED=false',
      '    +PROMETHEUS_ENABLED=true',
    ],
  ],
  [env('PROMETHEUS_PORT=9100', 'PROMETHEUS_ENABLED=true'), []],
  [env('PROMETHEUS_PORT=9100', 'PROMETHEUS_ENABLED=perhaps'), []],
  [env('PROMETHEUS_ENABLED=false'), []],
  [
    mesh('"prometheus_port": 9100, "prometheus_enabled": False'),
    [
      'node.py:3:40 info [PROMETHEUS_PORT] PROMETHEUS_PORT has no effect while PROMETHEUS_ENABLED is off.',
      '  see node.py:3:68 PROMETHEUS_ENABLED',
      '  asks: Set PROMETHEUS_ENABLED to true',
      '    -mesh = Mesh(config={"prometheus_port": 9100, "prometheus_enabled": False})',
      '    +mesh = Mesh(config={"prometheus_port": 9100, "prometheus_enabled": True})',
    ],
  ],
  [
    mesh('\n    "prometheus_port": 9100,\n'),
    ['node.py:4:24 info [PROMETHEUS_PORT] PROMETHEUS_PORT has no effect while PROMETHEUS_ENABLED is off.'],
  ],
]);

says('athena-redis-required', [
  [
    env('ATHENA_URL=http://a:8080'),
    ['.env:1:12 info [ATHENA_URL] ATHENA_URL is set without REDIS_URL; the short-term tier of the memory needs Redis.'],
  ],
  [env('ATHENA_URL=http://a:8080', 'REDIS_URL=redis://r'), []],
  [env('ATHENA_URL='), []],
  [mesh('"athena_url": "http://a:8080", "redis_store_url": "redis://r"'), []],
  [
    mesh('"athena_url": "http://a:8080"'),
    ['node.py:3:35 info [ATHENA_URL] ATHENA_URL is set without REDIS_URL; the short-term tier of the memory needs Redis.'],
  ],
  [mesh('"athena_url": "http://a:8080", **more'), []],
]);

says('athena-retries-need-dedup', [
  [
    env('ATHENA_WRITE_MAX_ATTEMPTS=3'),
    [
      '.env:1:27 info [ATHENA_WRITE_MAX_ATTEMPTS] No write is retried while ATHENA_DEDUPLICATES_WRITES is false: a repeated write could be stored twice.',
    ],
  ],
  [env('ATHENA_WRITE_MAX_ATTEMPTS=4'), []],
  [
    env('ATHENA_WRITE_MAX_ATTEMPTS=5', 'ATHENA_DEDUPLICATES_WRITES=false'),
    [
      '.env:1:27 info [ATHENA_WRITE_MAX_ATTEMPTS] No write is retried while ATHENA_DEDUPLICATES_WRITES is false: a repeated write could be stored twice.',
      '  see .env:2:28 ATHENA_DEDUPLICATES_WRITES',
    ],
  ],
  [env('ATHENA_WRITE_MAX_ATTEMPTS=5', 'ATHENA_DEDUPLICATES_WRITES=true'), []],
  [env('ATHENA_WRITE_MAX_ATTEMPTS=x'), []],
  [env('ATHENA_DEDUPLICATES_WRITES=false'), []],
]);

says('athena-two-credentials', [
  [
    env('ATHENA_API_KEY=a', 'ATHENA_JWT_TOKEN=b'),
    [
      '.env:2:18 hint [ATHENA_JWT_TOKEN] ATHENA_API_KEY and ATHENA_JWT_TOKEN are both set; one of them is enough.',
      '  see .env:1:16 ATHENA_API_KEY',
    ],
  ],
  [env('ATHENA_API_KEY=a', 'ATHENA_JWT_TOKEN='), []],
  [env('ATHENA_API_KEY=', 'ATHENA_JWT_TOKEN=b'), []],
]);

says('p2p-without-redis', [
  [
    mesh('"p2p_enabled": True, "bind_port": 7950, "seed_nodes": "10.0.0.2:7950"'),
    ['node.py:3:75 info [JARVISCORE_SEED_NODES] The nodes share no Redis: workflows and mailboxes stay inside each process.'],
  ],
  [mesh('"p2p_enabled": True, "bind_port": 7950'), []],
  [mesh('"p2p_enabled": False, "seed_nodes": "10.0.0.2:7950"'), []],
  [mesh('"p2p_enabled": True, "seed_nodes": "10.0.0.2:7950", "redis_url": "redis://r"'), []],
  [mesh('"p2p_enabled": True, "seed_nodes": "10.0.0.2:7950", "redis_store_url": "redis://r"'), []],
  [mesh('"p2p_enabled": True, "seed_nodes": "10.0.0.2:7950", **more'), []],
  [joins('seed_nodes="10.0.0.2:7950", config={"bind_port": 7950}'), []],
]);

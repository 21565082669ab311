/** Model providers and their limits: which are tried, which are half written, and the limits at which a rule speaks. */
import { compose, env, mesh, service, sets } from './said.ts';
import { says } from './says.ts';

says('azure-incomplete', [
  [
    env('AZURE_API_KEY=k'),
    ['.env:1:15 error [AZURE_API_KEY] AZURE_API_KEY is set without AZURE_ENDPOINT: the Azure provider is skipped silently.'],
  ],
  [
    env('AZURE_OPENAI_KEY=k'),
    [
      '.env:1:18 error [AZURE_OPENAI_KEY] AZURE_OPENAI_KEY is set without AZURE_ENDPOINT: the Azure provider is skipped silently.',
    ],
  ],
  [
    env('AZURE_ENDPOINT=https://a'),
    ['.env:1:16 error [AZURE_ENDPOINT] AZURE_ENDPOINT is set without AZURE_API_KEY: the Azure provider is skipped silently.'],
  ],
  [
    env('AZURE_OPENAI_ENDPOINT=https://a'),
    [
      '.env:1:23 error [AZURE_OPENAI_ENDPOINT] AZURE_OPENAI_ENDPOINT is set without AZURE_API_KEY: the Azure provider is skipped silently.',
    ],
  ],
  [
    env('AZURE_API_KEY=k', 'AZURE_ENDPOINT=https://a'),
    ['.env:2:16 info [AZURE_ENDPOINT] AZURE_DEPLOYMENT is not set; requests go to a deployment named gpt-4o.'],
  ],
  [
    env('AZURE_API_KEY=k', 'AZURE_OPENAI_ENDPOINT=https://a'),
    ['.env:2:23 info [AZURE_OPENAI_ENDPOINT] AZURE_DEPLOYMENT is not set; requests go to a deployment named gpt-4o.'],
  ],
  [env('AZURE_API_KEY=k', 'AZURE_ENDPOINT=https://a', 'AZURE_DEPLOYMENT=d'), []],
  [env('AZURE_API_KEY='), []],
  [mesh('"azure_api_key": key, **more'), []],
]);

says('azure-openai-api-key', [
  [
    env('AZURE_OPENAI_API_KEY=k'),
    [
      '.env:1:22 warning [AZURE_OPENAI_API_KEY] AZURE_OPENAI_API_KEY is read by the Athena command line only; the model client reads AZURE_API_KEY or AZURE_OPENAI_KEY.',
    ],
  ],
  [
    env('AZURE_OPENAI_API_KEY=k', 'AZURE_ENDPOINT=https://a'),
    [
      '.env:1:22 warning [AZURE_OPENAI_API_KEY] AZURE_OPENAI_API_KEY is read by the Athena command line only; the model client reads AZURE_API_KEY or AZURE_OPENAI_KEY.',
      '  asks: Rename to AZURE_API_KEY',
      '    -AZURE_OPENAI_API_KEY=k',
      '    +AZURE_API_KEY=k',
    ],
  ],
  [
    env('AZURE_OPENAI_API_KEY=k', 'AZURE_OPENAI_ENDPOINT=https://a'),
    [
      '.env:1:22 warning [AZURE_OPENAI_API_KEY] AZURE_OPENAI_API_KEY is read by the Athena command line only; the model client reads AZURE_API_KEY or AZURE_OPENAI_KEY.',
      '  asks: Rename to AZURE_API_KEY',
      '    -AZURE_OPENAI_API_KEY=k',
      '    +AZURE_API_KEY=k',
    ],
  ],
  [env('AZURE_OPENAI_API_KEY=k', 'AZURE_API_KEY=j'), []],
  [env('AZURE_OPENAI_API_KEY=k', 'AZURE_OPENAI_KEY=j'), []],
  [env('AZURE_OPENAI_API_KEY='), []],
]);

says('openai-key-unsupported', [
  [
    env('OPENAI_API_KEY=k'),
    [
      '.env:1:1 info [OPENAI_API_KEY] OPENAI_API_KEY configures no model provider of JarvisCore; use LLM_ENDPOINT for compatible servers, or Azure, Claude, Gemini, Vertex AI.',
    ],
  ],
  [
    sets({ OPENAI_API_KEY: 'k' }),
    [
      'node.py:4:13 info [OPENAI_API_KEY] OPENAI_API_KEY configures no model provider of JarvisCore; use LLM_ENDPOINT for compatible servers, or Azure, Claude, Gemini, Vertex AI.',
    ],
  ],
  [{ '.env.example': '# OPENAI_API_KEY=\n' }, []],
  [
    service(['P2P_ENABLED: "true"', 'OPENAI_API_KEY: k']),
    [
      'compose.yml:7:7 info [OPENAI_API_KEY] OPENAI_API_KEY configures no model provider of JarvisCore; use LLM_ENDPOINT for compatible servers, or Azure, Claude, Gemini, Vertex AI.',
    ],
  ],
  [env('OPENAI_API_KEY=k'), [], { target: '1.0.2' }],
]);

says('vertex-incomplete', [
  [env('VERTEX_AI_ENABLED=true'), ['.env:1:19 warning [VERTEX_AI_ENABLED] Vertex AI is on, but VERTEX_AI_PROJECT is missing.']],
  [
    env('VERTEX_AI_ENABLED=true', 'GOOGLE_CLOUD_PROJECT=p'),
    [
      '.env:1:19 warning [VERTEX_AI_ENABLED] Vertex AI is on, but VERTEX_AI_PROJECT is missing; GOOGLE_CLOUD_PROJECT is not read for it.',
    ],
  ],
  [env('VERTEX_AI_ENABLED=true', 'VERTEX_AI_PROJECT=p'), []],
  [
    env('VERTEX_AI_PROJECT=p'),
    ['.env:1:19 warning [VERTEX_AI_PROJECT] VERTEX_AI_PROJECT has no effect without VERTEX_AI_ENABLED=true.'],
  ],
  [env('VERTEX_AI_ENABLED=false'), []],
  [env('VERTEX_AI_ENABLED=perhaps', 'VERTEX_AI_PROJECT=p'), []],
  [mesh('"vertex_ai_enabled": True, **more'), []],
]);

says('llm-provider-order', [
  [env('CLAUDE_API_KEY=a'), []],
  [
    env('CLAUDE_API_KEY=a', 'GEMINI_API_KEY=b'),
    [
      '.env:1:16 hint [CLAUDE_API_KEY] Several model providers are configured; JarvisCore tries Claude, then Gemini.',
      '  see .env:2:16 GEMINI_API_KEY',
    ],
  ],
  [
    env('ANTHROPIC_API_KEY=a', 'VLLM_ENDPOINT=http://v', 'GEMINI_API_KEY=b'),
    [
      '.env:1:19 hint [ANTHROPIC_API_KEY] Several model providers are configured; JarvisCore tries Claude, then vLLM, then Gemini.',
      '  see .env:2:15 VLLM_ENDPOINT',
      '  see .env:3:16 GEMINI_API_KEY',
    ],
  ],
  [
    env(
      'VERTEX_AI_ENABLED=true',
      'VERTEX_AI_PROJECT=p',
      'GEMINI_API_KEY=b',
      'LLM_ENDPOINT=http://v',
      'CLAUDE_API_KEY=c',
      'AZURE_API_KEY=k',
      'AZURE_ENDPOINT=https://a',
      'JARVISCORE_PROMO_TOKEN=t',
    ),
    [
      '.env:8:24 hint [JARVISCORE_PROMO_TOKEN] Several model providers are configured; JarvisCore tries promotion, then Azure, then Claude, then vLLM, then Gemini, then Vertex AI.',
      '  see .env:6:15 AZURE_API_KEY',
      '  see .env:5:16 CLAUDE_API_KEY',
      '  see .env:4:14 LLM_ENDPOINT',
      '  see .env:3:16 GEMINI_API_KEY',
      '  see .env:2:19 VERTEX_AI_PROJECT',
    ],
  ],
  [env('JARVISCORE_PROMO_TOKEN=t', 'CLAUDE_API_KEY=c'), [], { target: '1.3.0' }],
  [
    env('JARVISCORE_PROMO_TOKEN=t', 'CLAUDE_API_KEY=c'),
    [
      '.env:1:24 hint [JARVISCORE_PROMO_TOKEN] Several model providers are configured; JarvisCore tries promotion, then Claude.',
      '  see .env:2:16 CLAUDE_API_KEY',
    ],
    { target: '1.3.1' },
  ],
  [
    env('AZURE_OPENAI_KEY=k', 'AZURE_OPENAI_ENDPOINT=https://a', 'CLAUDE_API_KEY=c'),
    [
      '.env:1:18 hint [AZURE_OPENAI_KEY] Several model providers are configured; JarvisCore tries Azure, then Claude.',
      '  see .env:3:16 CLAUDE_API_KEY',
    ],
  ],
  [env('AZURE_API_KEY=k', 'CLAUDE_API_KEY=c'), []],
  [env('AZURE_ENDPOINT=https://a', 'CLAUDE_API_KEY=c'), []],
  [env('VERTEX_AI_ENABLED=true', 'GEMINI_API_KEY=b'), []],
  [env('VERTEX_AI_PROJECT=p', 'GEMINI_API_KEY=b'), []],
]);

says('promo-token-overrides', [
  [
    env('JARVISCORE_PROMO_TOKEN=t', 'CLAUDE_API_KEY=c', 'GEMINI_API_KEY=b'),
    [
      '.env:1:24 info [JARVISCORE_PROMO_TOKEN] The promotion token is used before Claude, Gemini, and its failures never fall through to them.',
    ],
  ],
  [env('JARVISCORE_PROMO_TOKEN=t'), []],
  [env('CLAUDE_API_KEY=c', 'GEMINI_API_KEY=b'), []],
]);

says('promo-endpoint-override', [
  [
    env('JARVISCORE_PROMO_ENDPOINT=https://p'),
    [
      '.env:1:1 warning [JARVISCORE_PROMO_ENDPOINT] The promotion token is sent to this address; leave the line out unless you were told to set it.',
    ],
  ],
  [env('JARVISCORE_PROMO_ENDPOINT='), []],
  [env('JARVISCORE_PROMO_ENDPOINT'), []],
  [{ '.env.example': '# JARVISCORE_PROMO_ENDPOINT=https://p\n' }, []],
]);

says('coding-model-placeholder', [
  [
    mesh('"coding_model": "dromos-gpt-4.1"'),
    [
      'node.py:3:37 warning [CODING_MODEL] dromos-gpt-4.1 is the placeholder default of the framework, not a model of yours; name your deployment.',
    ],
  ],
  [mesh('"coding_model": "gpt-4.1"'), []],
  [{ ...env('CODING_MODEL=dromos-gpt-4.1'), ...mesh() }, []],
]);

says('model-routing-non-azure', [
  [
    env('CLAUDE_API_KEY=c', 'TASK_MODEL=gpt-4o'),
    [
      '.env:2:12 info [TASK_MODEL] The model name goes to whichever provider answers; the first one here is Claude, which has no gpt-4o.',
    ],
  ],
  [
    env('CLAUDE_API_KEY=c', 'TASK_MODEL=o3-mini'),
    [
      '.env:2:12 info [TASK_MODEL] The model name goes to whichever provider answers; the first one here is Claude, which has no o3-mini.',
    ],
  ],
  [env('CLAUDE_API_KEY=c', 'TASK_MODEL=CLAUDE-3'), []],
  [env('CLAUDE_API_KEY=c', 'TASK_MODEL=claude-3'), []],
  [env('CLAUDE_API_KEY=c', 'TASK_MODEL=my-gpt-4o'), []],
  [env('CLAUDE_API_KEY=c', 'TASK_MODEL=opus'), []],
  [
    env('CLAUDE_API_KEY=c', 'TASK_MODEL=gemini-pro'),
    [
      '.env:2:12 info [TASK_MODEL] The model name goes to whichever provider answers; the first one here is Claude, which has no gemini-pro.',
    ],
  ],
  [env('GEMINI_API_KEY=c', 'TASK_MODEL=gemini-pro'), []],
  [
    env('GEMINI_API_KEY=c', 'TASK_MODEL=claude-3'),
    [
      '.env:2:12 info [TASK_MODEL] The model name goes to whichever provider answers; the first one here is Gemini, which has no claude-3.',
    ],
  ],
  [env('VERTEX_AI_ENABLED=true', 'VERTEX_AI_PROJECT=p', 'TASK_MODEL=gemini-pro'), []],
  [
    env('VERTEX_AI_ENABLED=true', 'VERTEX_AI_PROJECT=p', 'TASK_MODEL=gpt-4o'),
    [
      '.env:3:12 info [TASK_MODEL] The model name goes to whichever provider answers; the first one here is Vertex AI, which has no gpt-4o.',
    ],
  ],
  [env('LLM_ENDPOINT=http://v', 'TASK_MODEL=gpt-4o'), []],
  [env('JARVISCORE_PROMO_TOKEN=t', 'TASK_MODEL=claude-3'), []],
  [
    env('AZURE_API_KEY=k', 'AZURE_ENDPOINT=https://a', 'TASK_MODEL=claude-3'),
    [
      '.env:3:12 info [TASK_MODEL] The model name goes to whichever provider answers; the first one here is Azure, which has no claude-3.',
    ],
  ],
  [env('AZURE_API_KEY=k', 'AZURE_ENDPOINT=https://a', 'TASK_MODEL=o3'), []],
  [env('TASK_MODEL=claude-3'), []],
  [
    { ...env('CLAUDE_API_KEY=c'), ...mesh('"task_model_nano": "gpt-4o"') },
    [
      'node.py:3:40 info [TASK_MODEL_NANO] The model name goes to whichever provider answers; the first one here is Claude, which has no gpt-4o.',
    ],
  ],
  [
    { ...env('CLAUDE_API_KEY=c'), ...mesh('"task_model_standard": "gpt-4o"') },
    [
      'node.py:3:44 info [TASK_MODEL_STANDARD] The model name goes to whichever provider answers; the first one here is Claude, which has no gpt-4o.',
    ],
  ],
  [
    { ...env('CLAUDE_API_KEY=c'), ...mesh('"task_model_heavy": "gpt-4o", "coding_model": "gpt-5"') },
    [
      'node.py:3:41 info [TASK_MODEL_HEAVY] The model name goes to whichever provider answers; the first one here is Claude, which has no gpt-4o.',
    ],
  ],
  [
    { ...env('CLAUDE_API_KEY=c'), ...mesh('"coding_model": "gpt-4o"') },
    [
      'node.py:3:37 info [CODING_MODEL] The model name goes to whichever provider answers; the first one here is Claude, which has no gpt-4o.',
    ],
  ],
  [{ ...env('CLAUDE_API_KEY=c', 'CODING_MODEL=gpt-4o'), ...mesh() }, []],
]);

says('tier-model-env-only', [
  [
    { ...env('TASK_MODEL_NANO=n'), ...mesh('"p2p_enabled": True') },
    [
      '.env:1:17 warning [TASK_MODEL_NANO] TASK_MODEL_NANO from the environment reaches planner and evaluator only; routing by complexity reads the Mesh dict ("task_model_nano").',
      '  asks: Add "task_model_nano" to the Mesh dict',
      '    --- node.py',
      '    -mesh = Mesh(config={"p2p_enabled": True})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "task_model_nano": "n"})',
    ],
  ],
  [
    { ...env('TASK_MODEL_STANDARD=n'), ...mesh() },
    [
      '.env:1:21 warning [TASK_MODEL_STANDARD] TASK_MODEL_STANDARD from the environment reaches planner and evaluator only; routing by complexity reads the Mesh dict ("task_model_standard").',
      '  asks: Add "task_model_standard" to the Mesh dict',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"task_model_standard": "n"})',
    ],
  ],
  [
    { ...env('TASK_MODEL_HEAVY=n'), ...mesh() },
    [
      '.env:1:18 warning [TASK_MODEL_HEAVY] TASK_MODEL_HEAVY from the environment reaches planner and evaluator only; routing by complexity reads the Mesh dict ("task_model_heavy").',
      '  asks: Add "task_model_heavy" to the Mesh dict',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"task_model_heavy": "n"})',
    ],
  ],
  [
    { ...env('TASK_MODEL=n'), ...mesh() },
    [
      '.env:1:12 warning [TASK_MODEL] TASK_MODEL from the environment reaches planner and evaluator only; routing by complexity reads the Mesh dict ("task_model").',
      '  asks: Add "task_model" to the Mesh dict',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"task_model": "n"})',
    ],
  ],
  [{ ...env('TASK_MODEL_NANO=n'), ...mesh('"task_model_nano": "m"') }, []],
  [{ ...env('TASK_MODEL_NANO=n'), ...mesh('**more') }, []],
  [{ ...env('TASK_MODEL_NANO='), ...mesh() }, []],
  [
    env('TASK_MODEL_NANO=n'),
    [
      '.env:1:17 warning [TASK_MODEL_NANO] TASK_MODEL_NANO from the environment reaches planner and evaluator only; routing by complexity reads the Mesh dict ("task_model_nano").',
    ],
  ],
  [compose('a:', '  build: .', '  command: python agent.py', '  environment:', '    TASK_MODEL_NANO: n'), []],
]);

says('tier-fallback', [
  [
    env('TASK_MODEL_NANO=n'),
    [
      ".env:1:17 hint [TASK_MODEL_NANO] TASK_MODEL_NANO is set, but neither TASK_MODEL_STANDARD nor TASK_MODEL is; the standard tier falls back to the provider's default model.",
    ],
  ],
  [
    env('TASK_MODEL_HEAVY=n'),
    [
      ".env:1:18 hint [TASK_MODEL_HEAVY] TASK_MODEL_HEAVY is set, but neither TASK_MODEL_STANDARD nor TASK_MODEL is; the standard tier falls back to the provider's default model.",
    ],
  ],
  [env('TASK_MODEL_NANO=n', 'TASK_MODEL_STANDARD=s'), []],
  [env('TASK_MODEL_NANO=n', 'TASK_MODEL=s'), []],
  [env('TASK_MODEL_STANDARD=s'), []],
  [mesh('"task_model_nano": "n", **more'), []],
]);

says('azure-api-version-old', [
  [
    env('AZURE_API_VERSION=2024-02-15-preview'),
    [
      '.env:1:19 hint [AZURE_API_VERSION] 2024-02-15-preview was the default of earlier releases; since 1.12.0 it is 2024-10-21.',
      '  asks: Write 2024-10-21',
      '    -AZURE_API_VERSION=2024-02-15-preview',
      '    +AZURE_API_VERSION=2024-10-21',
    ],
  ],
  [env('AZURE_API_VERSION=2024-10-21'), []],
  [
    mesh('"azure_api_version": "2024-02-15-preview"'),
    [
      'node.py:3:42 hint [AZURE_API_VERSION] 2024-02-15-preview was the default of earlier releases; since 1.12.0 it is 2024-10-21.',
      '  asks: Write 2024-10-21',
      '    -mesh = Mesh(config={"azure_api_version": "2024-02-15-preview"})',
      '    +mesh = Mesh(config={"azure_api_version": "2024-10-21"})',
    ],
  ],
  [mesh(), [], { target: '1.11.0' }],
]);

says('llm-max-concurrent-vs-ceiling', [
  [
    env('LLM_MAX_CONCURRENT=9', 'LLM_CONCURRENCY_CEILING=8'),
    [
      '.env:1:20 info [LLM_MAX_CONCURRENT] LLM_MAX_CONCURRENT (9) exceeds LLM_CONCURRENCY_CEILING (8); the lower one wins.',
      '  see .env:2:25 LLM_CONCURRENCY_CEILING',
    ],
  ],
  [env('LLM_MAX_CONCURRENT=8', 'LLM_CONCURRENCY_CEILING=8'), []],
  [
    env('LLM_INITIAL_CONCURRENCY=9', 'LLM_CONCURRENCY_CEILING=8'),
    [
      '.env:1:25 info [LLM_INITIAL_CONCURRENCY] LLM_INITIAL_CONCURRENCY (9) exceeds LLM_CONCURRENCY_CEILING (8); the lower one wins.',
      '  see .env:2:25 LLM_CONCURRENCY_CEILING',
    ],
  ],
  [
    env('LLM_INITIAL_CONCURRENCY=9', 'LLM_MAX_CONCURRENT=9', 'LLM_CONCURRENCY_CEILING=8'),
    [
      '.env:2:20 info [LLM_MAX_CONCURRENT] LLM_MAX_CONCURRENT (9) exceeds LLM_CONCURRENCY_CEILING (8); the lower one wins.',
      '  see .env:3:25 LLM_CONCURRENCY_CEILING',
    ],
  ],
  [
    env('LLM_CONCURRENCY_CEILING=1'),
    [
      '.env:1:25 info [LLM_CONCURRENCY_CEILING] LLM_INITIAL_CONCURRENCY (8) exceeds LLM_CONCURRENCY_CEILING (1); the lower one wins.',
    ],
  ],
  [env('LLM_MAX_CONCURRENT=9000', 'LLM_CONCURRENCY_CEILING=x'), []],
  [env('LLM_MAX_CONCURRENT=x', 'LLM_CONCURRENCY_CEILING=8'), []],
]);

says('llm-bulk-reserve-range', [
  [env('LLM_BULK_RESERVE=0'), []],
  [env('LLM_BULK_RESERVE=1'), []],
  [env('LLM_BULK_RESERVE=1.01'), ['.env:1:18 warning [LLM_BULK_RESERVE] LLM_BULK_RESERVE is a share between 0 and 1, not 1.01.']],
  [
    env('LLM_BULK_RESERVE=-0.01'),
    ['.env:1:18 warning [LLM_BULK_RESERVE] LLM_BULK_RESERVE is a share between 0 and 1, not -0.01.'],
  ],
  [env('LLM_BULK_RESERVE=x'), []],
]);

says('llm-429-retry-long', [
  [env('LLM_429_BASE_DELAY=10', 'LLM_MAX_RETRIES_429=3', 'LLM_TIMEOUT=105'), []],
  [
    env('LLM_429_BASE_DELAY=10', 'LLM_MAX_RETRIES_429=3', 'LLM_TIMEOUT=104'),
    ['.env:1:20 info [LLM_429_BASE_DELAY] Retries after rate limits wait up to 105 s in total, longer than LLM_TIMEOUT (104 s).'],
  ],
  [env('LLM_429_BASE_DELAY=60', 'LLM_MAX_RETRIES_429=2', 'LLM_TIMEOUT=180'), []],
  [
    env('LLM_429_BASE_DELAY=60', 'LLM_MAX_RETRIES_429=2', 'LLM_TIMEOUT=179'),
    ['.env:1:20 info [LLM_429_BASE_DELAY] Retries after rate limits wait up to 180 s in total, longer than LLM_TIMEOUT (179 s).'],
  ],
  [env('LLM_MAX_RETRIES_429=0', 'LLM_TIMEOUT=1'), []],
  [
    env('LLM_MAX_RETRIES_429=1000', 'LLM_TIMEOUT=1'),
    [
      '.env:1:21 info [LLM_MAX_RETRIES_429] Retries after rate limits wait up to 89643 s in total, longer than LLM_TIMEOUT (1 s).',
    ],
  ],
  [env('LLM_MAX_RETRIES_429=1001', 'LLM_TIMEOUT=1'), []],
  [
    env('LLM_TIMEOUT=1'),
    ['.env:1:13 info [LLM_TIMEOUT] Retries after rate limits wait up to 45 s in total, longer than LLM_TIMEOUT (1 s).'],
  ],
  [env('LLM_429_BASE_DELAY=x'), []],
]);

says('llm-timeout-vs-wall-clock', [
  [env('LLM_TIMEOUT=600'), []],
  [
    env('LLM_TIMEOUT=601'),
    ['.env:1:13 warning [LLM_TIMEOUT] One model call may take 601 s, longer than the most generous role profile allows (600 s).'],
  ],
  [
    env('LLM_TIMEOUT=241'),
    ['.env:1:13 warning [LLM_TIMEOUT] One model call may take 241 s, longer than the most generous role profile allows (240 s).'],
    { target: '1.4.1' },
  ],
  [env('LLM_TIMEOUT=240'), [], { target: '1.4.1' }],
  [
    mesh('"llm_timeout": 20, "kernel_wall_clock_ms": 19999'),
    ['node.py:3:36 warning [LLM_TIMEOUT] One model call may take 20 s, longer than the wall clock allows (19.999 s).'],
  ],
  [mesh('"llm_timeout": 20, "kernel_wall_clock_ms": 20000'), []],
  [
    mesh('"kernel_wall_clock_ms": 1'),
    ['node.py:3:45 warning [KERNEL_WALL_CLOCK_MS] One model call may take 120 s, longer than the wall clock allows (0.001 s).'],
  ],
  [mesh('"llm_timeout": 20, "kernel_wall_clock_ms": 19999, **more'), []],
  [
    { ...env('LLM_TIMEOUT=601', 'KERNEL_WALL_CLOCK_MS=1'), ...mesh() },
    ['.env:1:13 warning [LLM_TIMEOUT] One model call may take 601 s, longer than the most generous role profile allows (600 s).'],
  ],
]);

says('llm-connect-ge-timeout', [
  [
    env('LLM_CONNECT_TIMEOUT=10', 'LLM_TIMEOUT=10'),
    [
      '.env:1:21 warning [LLM_CONNECT_TIMEOUT] LLM_CONNECT_TIMEOUT (10 s) is not shorter than LLM_TIMEOUT (10 s).',
      '  see .env:2:13 LLM_TIMEOUT',
    ],
  ],
  [env('LLM_CONNECT_TIMEOUT=9', 'LLM_TIMEOUT=10'), []],
  [env('LLM_TIMEOUT=1'), ['.env:1:13 warning [LLM_TIMEOUT] LLM_CONNECT_TIMEOUT (10 s) is not shorter than LLM_TIMEOUT (1 s).']],
  [env('LLM_CONNECT_TIMEOUT=x', 'LLM_TIMEOUT=10'), []],
]);

says('browser-model-missing', [
  [{ ...mesh(), 'agents.py': 'class A:\n    default_kernel_role = "browser"\n' }, []],
  [{ ...mesh(), 'agents.py': "class A:\n    default_kernel_role = 'browser'\n" }, []],
  [{ ...mesh(), 'agents.py': 'class A:\n    default_kernel_role = "coder"\n' }, []],
  [{ ...mesh(), 'agents.py': 'class A:\n    default_kernel_role = browser\n' }, []],
  [{ ...mesh('"browser_model": "m"'), 'agents.py': 'class A:\n    default_kernel_role = "browser"\n' }, []],
  [{ ...mesh('**more'), 'agents.py': 'class A:\n    default_kernel_role = "browser"\n' }, []],
  [{ 'agents.py': 'class A:\n    default_kernel_role = "browser"\n' }, []],
]);

says('llm-limits-no-redis', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 7950', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 7960', 'b.py'),
      ...env('LLM_LIMITS={"azure:a":{"rpm":1}}'),
    },
    [
      '.env:1:12 info [LLM_LIMITS] LLM_LIMITS is counted by each of the 2 processes for itself: without REDIS_URL they do not share what is left of it.',
      '.env:1:12 info [LLM_LIMITS] LLM_LIMITS is counted by each of the 2 processes for itself: without REDIS_URL they do not share what is left of it.',
    ],
  ],
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 7950', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 7960', 'b.py'),
      ...env('LLM_LIMITS={"azure:a":{"rpm":1}}', 'REDIS_URL=redis://r'),
    },
    [],
  ],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7950', 'a.py'), ...env('LLM_LIMITS={"azure:a":{"rpm":1}}') }, []],
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 7950, **more', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 7960', 'b.py'),
    },
    [],
  ],
]);

says('llm-max-concurrent-formula', [
  [env('# 60 rpm, 5 s per call', 'LLM_MAX_CONCURRENT=5'), [], { target: '2.1.1' }],
  [
    env('# 60 rpm, 5 s per call', 'LLM_MAX_CONCURRENT=6'),
    [
      '.env:2:20 hint [LLM_MAX_CONCURRENT] 60 requests a minute of 5 s each keep 5 in flight (rate a second times duration), not 6; more only run into the rate limit. The number holds for one process.',
    ],
    { target: '2.1.1' },
  ],
  [env('# 61 rpm, 5 s per call', 'LLM_MAX_CONCURRENT=6'), [], { target: '2.1.1' }],
  [
    env('# 6 rpm, 5 s per call', 'LLM_MAX_CONCURRENT=2'),
    [
      '.env:2:20 hint [LLM_MAX_CONCURRENT] 6 requests a minute of 5 s each keep 1 in flight (rate a second times duration), not 2; more only run into the rate limit. The number holds for one process.',
    ],
    { target: '2.1.1' },
  ],
  [
    env('# 60 rpm, 5 s per call', 'A=1', 'B=2', 'LLM_MAX_CONCURRENT=6'),
    [
      '.env:4:20 hint [LLM_MAX_CONCURRENT] 60 requests a minute of 5 s each keep 5 in flight (rate a second times duration), not 6; more only run into the rate limit. The number holds for one process.',
    ],
    { target: '2.1.1' },
  ],
  [env('# 60 rpm, 5 s per call', 'A=1', 'B=2', 'C=3', 'LLM_MAX_CONCURRENT=6'), [], { target: '2.1.1' }],
  [env('LLM_MAX_CONCURRENT=6', '# 60 rpm, 5 s per call'), [], { target: '2.1.1' }],
  [env('# 60 rpm, 5 s per call', '# 600 rpm, 5 s per call', 'LLM_MAX_CONCURRENT=6'), [], { target: '2.1.1' }],
  [env('# 60 rpm, 5 s per call', 'LLM_MAX_CONCURRENT=6'), [], { target: '2.2.0' }],
]);

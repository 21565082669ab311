/** What the rules of config/rules/checklist/production.ts say. */

import { node, production } from '../checklistWorkspaces.ts';
import { env, joins, mesh } from '../said.ts';
import { says } from '../says.ts';

says('prod-no-llm-provider', [
  [
    mesh(),
    [
      'node.py:3:8 error [AZURE_API_KEY] node has no complete model provider: set AZURE_API_KEY with AZURE_ENDPOINT, CLAUDE_API_KEY, GEMINI_API_KEY, LLM_ENDPOINT, or Vertex AI with its project.',
    ],
    production,
  ],
  [mesh(), []],
  [
    { ...env('AZURE_API_KEY=k'), ...mesh() },
    [
      '.env:1:15 error [AZURE_API_KEY] node has no complete model provider: set AZURE_API_KEY with AZURE_ENDPOINT, CLAUDE_API_KEY, GEMINI_API_KEY, LLM_ENDPOINT, or Vertex AI with its project.',
    ],
    production,
  ],
  [
    { ...env('VERTEX_AI_ENABLED=true'), ...mesh() },
    [
      '.env:1:19 error [VERTEX_AI_ENABLED] node has no complete model provider: set AZURE_API_KEY with AZURE_ENDPOINT, CLAUDE_API_KEY, GEMINI_API_KEY, LLM_ENDPOINT, or Vertex AI with its project.',
    ],
    production,
  ],
  [{ ...env('GEMINI_API_KEY=k'), ...mesh() }, [], production],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
]);

says('prod-nexus-secret-missing', [
  [
    mesh(),
    [
      'node.py:3:8 error [NEXUS_SECRET] NEXUS_SECRET is missing: the credential store is encrypted with a key derived from the machine. The framework only logs that at DEBUG.',
    ],
    production,
  ],
  [{ ...env('NEXUS_SECRET=s'), ...mesh() }, [], production],
  [
    { ...env('NEXUS_GATEWAY_URL=https://g'), ...mesh() },
    ['node.py:3:8 info [NEXUS_SECRET] NEXUS_SECRET is missing; with a gateway it only protects the local fallback store.'],
    production,
  ],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
  [mesh(), [], { ...production, target: '1.0.2' }],
]);

says('prod-nexus-gateway-missing', [
  [
    mesh(),
    [
      'node.py:3:8 info [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL is missing; agents that call providers get their credentials from the local store.',
    ],
    production,
  ],
  [
    { 'node.py': 'from jarviscore import Mesh\n\nclass A:\n    requires_auth = True\n\nmesh = Mesh(config={})\n' },
    ['node.py:6:8 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL is missing and agents here declare requires_auth.'],
    production,
  ],
  [
    { 'node.py': 'from jarviscore import Mesh\n\nclass A:\n    requires_auth = False\n\nmesh = Mesh(config={})\n' },
    [
      'node.py:6:8 info [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL is missing; agents that call providers get their credentials from the local store.',
    ],
    production,
  ],
  [{ ...env('NEXUS_GATEWAY_URL=https://g'), ...mesh() }, [], production],
  [mesh('**more'), [], production],
]);

says('nexus-gateway-localhost', [
  [
    env('NEXUS_GATEWAY_URL=http://localhost:8090'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL points to localhost; in production it is the address of the deployed gateway.',
    ],
    production,
  ],
  [
    env('NEXUS_GATEWAY_URL=http://127.0.0.1:8090'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL points to 127.0.0.1; in production it is the address of the deployed gateway.',
    ],
    production,
  ],
  [
    env('NEXUS_GATEWAY_URL=http://0.0.0.0:8090'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL points to 0.0.0.0; in production it is the address of the deployed gateway.',
    ],
    production,
  ],
  [
    env('NEXUS_GATEWAY_URL=http://nexus.local'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL points to nexus.local; in production it is the address of the deployed gateway.',
    ],
    production,
  ],
  [
    env('NEXUS_GATEWAY_URL=http://host.docker.internal:8090'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_GATEWAY_URL points to host.docker.internal; in production it is the address of the deployed gateway.',
    ],
    production,
  ],
  [env('NEXUS_GATEWAY_URL=https://nexus.acme.example'), [], production],
  [env('NEXUS_GATEWAY_URL='), [], production],
  [env('NEXUS_GATEWAY_URL=http://localhost:8090'), []],
]);

says('nexus-gateway-key-missing', [
  [
    env('NEXUS_GATEWAY_URL=https://g.example'),
    ['.env:1:19 info [NEXUS_GATEWAY_URL] A gateway of this release asks for an API key; NEXUS_GATEWAY_API_KEY is missing.'],
  ],
  [
    env('NEXUS_GATEWAY_URL=https://g.example'),
    ['.env:1:19 warning [NEXUS_GATEWAY_URL] A gateway of this release asks for an API key; NEXUS_GATEWAY_API_KEY is missing.'],
    production,
  ],
  [env('NEXUS_GATEWAY_URL=https://g.example', 'NEXUS_GATEWAY_API_KEY=k'), []],
  [env('NEXUS_GATEWAY_URL=http://localhost'), []],
  [mesh('"nexus_gateway_url": "https://g.example", **more'), []],
  [env('NEXUS_GATEWAY_URL=https://g.example'), [], { target: '2.2.0' }],
]);

says('prod-redis-missing', [
  [
    mesh(),
    [
      'node.py:3:8 warning [REDIS_URL] REDIS_URL is missing: state, mailboxes and workflows end with the process. REDIS_HOST and the like do not connect the mesh.',
    ],
    production,
  ],
  [
    { ...env('REDIS_PORT=6379'), ...mesh() },
    [
      '.env:1:12 warning [REDIS_PORT] REDIS_URL is missing: state, mailboxes and workflows end with the process. REDIS_HOST and the like do not connect the mesh.',
    ],
    production,
  ],
  [
    { ...env('REDIS_DB=1', 'REDIS_HOST=r'), ...mesh() },
    [
      '.env:2:12 warning [REDIS_HOST] REDIS_URL is missing: state, mailboxes and workflows end with the process. REDIS_HOST and the like do not connect the mesh.',
    ],
    production,
  ],
  [{ ...env('REDIS_URL=redis://r'), ...mesh() }, [], production],
  [mesh('"redis_store_url": "redis://r"'), [], production],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
]);

says('redis-localhost', [
  [
    env('REDIS_URL=redis://localhost:6379'),
    ['.env:1:11 warning [REDIS_URL] REDIS_URL points to localhost; in production Redis is an external server with persistence.'],
    production,
  ],
  [
    mesh('"redis_store_url": "redis://127.0.0.1", "redis_url": "redis://r"'),
    [
      'node.py:3:40 warning [REDIS_STORE_URL] REDIS_STORE_URL points to 127.0.0.1; in production Redis is an external server with persistence.',
    ],
    production,
  ],
  [env('REDIS_URL=redis://r'), [], production],
  [env('REDIS_URL=redis://localhost:6379'), []],
]);

says('prod-storage-ephemeral', [
  [
    mesh(),
    [
      'node.py:3:8 warning [STORAGE_BASE_PATH] Blobs go to .jarviscore/blob_storage, relative to the working directory: a new container starts without them. Use azure, or an absolute path on a volume.',
    ],
    production,
  ],
  [mesh('"storage_backend": "azure"'), [], production],
  [mesh('"storage_backend": "redis"'), [], production],
  [
    mesh('"storage_backend": "redis"'),
    [
      'node.py:3:40 warning [STORAGE_BACKEND] Blobs go to .jarviscore/blob_storage, relative to the working directory: a new container starts without them. Use azure, or an absolute path on a volume.',
    ],
    { ...production, target: '2.2.0' },
  ],
  [mesh('"storage_base_path": "/data"'), [], production],
  [mesh('"storage_base_path": "~/data"'), [], production],
  [mesh('"storage_base_path": "C:/data"'), [], production],
  [
    mesh('"storage_base_path": "data/x"'),
    [
      'node.py:3:42 warning [STORAGE_BASE_PATH] Blobs go to data/x, relative to the working directory: a new container starts without them. Use azure, or an absolute path on a volume.',
    ],
    production,
  ],
  [
    mesh('"storage_backend": "local"'),
    [
      'node.py:3:40 warning [STORAGE_BACKEND] Blobs go to .jarviscore/blob_storage, relative to the working directory: a new container starts without them. Use azure, or an absolute path on a volume.',
    ],
    production,
  ],
  [mesh('"storage_base_path": path'), [], production],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
  [mesh(), []],
]);

says('prod-sandbox-local', [
  [mesh(), [], production],
  [
    mesh(),
    [
      'node.py:3:8 warning [SANDBOX_MODE] Generated code runs in the process; set "sandbox_mode": "remote" and "sandbox_service_url" in the Mesh dict.',
    ],
    { ...production, target: '1.0.2' },
  ],
  [
    mesh(),
    [
      'node.py:3:8 info [SANDBOX_MODE] Generated code runs beside the process, and no setting of JarvisCore 1.1.0 isolates it (AutoAgent ignores SANDBOX_MODE).',
    ],
    { ...production, target: '1.1.0' },
  ],
  [mesh('"sandbox_mode": "remote"'), [], production],
  [mesh('**more'), [], production],
]);

says('prod-unsafe-execution', [
  [
    env('ALLOW_UNSAFE_LOCAL_EXECUTION=true'),
    [
      '.env:1:30 error [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: code written by a model runs unconfined in production.',
      '  asks: Switch it off',
      '    -ALLOW_UNSAFE_LOCAL_EXECUTION=true',
      '    +ALLOW_UNSAFE_LOCAL_EXECUTION=false',
    ],
    production,
  ],
  [env('ALLOW_UNSAFE_LOCAL_EXECUTION=false'), [], production],
  [
    mesh('"allow_unsafe_local_execution": True'),
    [
      'node.py:3:53 error [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: code written by a model runs unconfined in production.',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
    production,
  ],
  [joins('endpoint="h:1", config={"allow_unsafe_local_execution": True}'), [], production],
  [env('ALLOW_UNSAFE_LOCAL_EXECUTION=true'), []],
]);

says('prod-prometheus-off', [
  [mesh(), ['node.py:3:8 info [PROMETHEUS_ENABLED] PROMETHEUS_ENABLED is off: nothing can be scraped.'], production],
  [
    env('PROMETHEUS_ENABLED=false'),
    [
      '.env:1:20 info [PROMETHEUS_ENABLED] PROMETHEUS_ENABLED is off: nothing can be scraped.',
      '  asks: Switch it on',
      '    -PROMETHEUS_ENABLED=false',
      '    +PROMETHEUS_ENABLED=true',
    ],
    production,
  ],
  [env('PROMETHEUS_ENABLED=true'), [], production],
  [env('PROMETHEUS_ENABLED=perhaps'), [], production],
  [mesh('**more'), [], production],
]);

says('prod-llm-max-concurrent', [
  [
    mesh(),
    [
      'node.py:3:8 info [LLM_MAX_CONCURRENT] LLM_MAX_CONCURRENT is not set; the governor adapts by itself, a hard cap per deployment needs the setting.',
    ],
    production,
  ],
  [
    mesh(),
    ['node.py:3:8 warning [LLM_MAX_CONCURRENT] LLM_MAX_CONCURRENT is not set: parallel model calls are unlimited.'],
    { ...production, target: '2.1.1' },
  ],
  [
    mesh(),
    [
      'node.py:3:8 info [LLM_MAX_CONCURRENT] LLM_MAX_CONCURRENT is not set; the governor adapts by itself, a hard cap per deployment needs the setting.',
    ],
    { ...production, target: '2.2.0' },
  ],
  [
    env('LLM_MAX_CONCURRENT=0'),
    [
      '.env:1:20 info [LLM_MAX_CONCURRENT] LLM_MAX_CONCURRENT is not set; the governor adapts by itself, a hard cap per deployment needs the setting.',
    ],
    production,
  ],
  [env('LLM_MAX_CONCURRENT=1'), [], production],
  [env('LLM_MAX_CONCURRENT=x'), [], production],
  [mesh('**more'), [], production],
]);

says('prod-llm-limits', [
  [
    { ...env('CLAUDE_API_KEY=c'), ...node('a', ''), ...node('b', '') },
    [
      'a.py:3:8 info [LLM_LIMITS] 2 processes share model deployments without LLM_LIMITS; each adapts alone.',
      'b.py:3:8 info [LLM_LIMITS] 2 processes share model deployments without LLM_LIMITS; each adapts alone.',
    ],
    production,
  ],
  [
    { ...env('CLAUDE_API_KEY=c', 'LLM_LIMITS={"azure:a":{"rpm":1}}'), ...node('a', ''), ...node('b', '') },
    [
      '.env:2:12 info [LLM_LIMITS] LLM_LIMITS is shared between processes through Redis only; REDIS_URL is missing.',
      '.env:2:12 info [LLM_LIMITS] LLM_LIMITS is shared between processes through Redis only; REDIS_URL is missing.',
    ],
    production,
  ],
  [
    { ...env('CLAUDE_API_KEY=c', 'LLM_LIMITS={"azure:a":{"rpm":1}}', 'REDIS_URL=redis://r'), ...node('a', ''), ...node('b', '') },
    [],
    production,
  ],
  [
    { ...env('CLAUDE_API_KEY=c', 'LLM_LIMITS={}', 'REDIS_URL=redis://r'), ...node('a', ''), ...node('b', '') },
    [
      '.env:2:12 info [LLM_LIMITS] 2 processes share model deployments without LLM_LIMITS; each adapts alone.',
      '.env:2:12 info [LLM_LIMITS] 2 processes share model deployments without LLM_LIMITS; each adapts alone.',
    ],
    production,
  ],
  [
    { ...env('CLAUDE_API_KEY=c', 'LLM_MAX_CONCURRENT=4'), ...node('a', ''), ...node('b', '') },
    [
      '.env:2:20 info [LLM_LIMITS] 2 processes share model deployments without LLM_LIMITS; each adapts alone.',
      '.env:2:20 info [LLM_LIMITS] 2 processes share model deployments without LLM_LIMITS; each adapts alone.',
    ],
    production,
  ],
  [{ ...env('CLAUDE_API_KEY=c'), ...node('a', '') }, [], production],
  [{ ...node('a', ''), ...node('b', '') }, [], production],
  [{ ...env('CLAUDE_API_KEY=c'), ...node('a', ''), ...node('b', '**more') }, [], production],
  [{ ...env('CLAUDE_API_KEY=c'), ...node('a', ''), ...node('b', '') }, []],
]);

says('prod-log-level', [
  [
    mesh(),
    [
      "node.py:3:8 info [LOG_LEVEL] LOG_LEVEL is not set; the checklist asks for INFO. JarvisCore 3.0.0 does not apply it, the application's logging set-up decides.",
    ],
    production,
  ],
  [
    env('LOG_LEVEL=DEBUG'),
    [
      '.env:1:11 warning [LOG_LEVEL] LOG_LEVEL=DEBUG in production (JarvisCore 3.0.0 does not apply it from there); the checklist asks for INFO or WARNING.',
      '  asks: Write INFO',
      '    -LOG_LEVEL=DEBUG',
      '    +LOG_LEVEL=INFO',
    ],
    production,
  ],
  [
    env('LOG_LEVEL=debug'),
    [
      '.env:1:11 warning [LOG_LEVEL] LOG_LEVEL=DEBUG in production (JarvisCore 3.0.0 does not apply it from there); the checklist asks for INFO or WARNING.',
      '  asks: Write INFO',
      '    -LOG_LEVEL=debug',
      '    +LOG_LEVEL=INFO',
    ],
    production,
  ],
  [env('LOG_LEVEL=INFO'), [], production],
  [
    mesh('"log_level": "DEBUG"'),
    [
      'node.py:3:34 warning [LOG_LEVEL] LOG_LEVEL=DEBUG in production (JarvisCore 3.0.0 does not apply it from there); the checklist asks for INFO or WARNING.',
      '  asks: Write INFO',
      '    -mesh = Mesh(config={"log_level": "DEBUG"})',
      '    +mesh = Mesh(config={"log_level": "INFO"})',
    ],
    production,
  ],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
]);

says('prod-execution-timeout-default', [
  [
    mesh(),
    [
      'node.py:3:8 info [EXECUTION_TIMEOUT] EXECUTION_TIMEOUT has its default of 300 s; tune it with "execution_timeout" in the Mesh dict (JarvisCore 3.0.0 reads it there only).',
    ],
    production,
  ],
  [env('EXECUTION_TIMEOUT=60'), [], production],
  [mesh('"execution_timeout": 301'), [], production],
  [
    mesh('"execution_timeout": 300'),
    [
      'node.py:3:42 info [EXECUTION_TIMEOUT] EXECUTION_TIMEOUT has its default of 300 s; tune it with "execution_timeout" in the Mesh dict (JarvisCore 3.0.0 reads it there only).',
    ],
    production,
  ],
  [mesh('**more'), [], production],
]);

says('prod-athena-missing', [
  [mesh(), ['node.py:3:8 info [ATHENA_URL] ATHENA_URL is missing: agents keep no semantic memory across sessions.'], production],
  [{ ...env('ATHENA_URL=http://a'), ...mesh() }, [], production],
  [mesh('**more'), [], production],
]);

says('prod-journal-ephemeral', [
  [
    mesh(),
    [
      'node.py:3:8 warning [JOURNAL_DIR] The journal goes to .jarviscore/journal, relative to the working directory: a new container starts without it. Use an absolute path on a volume.',
    ],
    production,
  ],
  [
    env('JOURNAL_DIR=journal'),
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal goes to journal, relative to the working directory: a new container starts without it. Use an absolute path on a volume.',
    ],
    production,
  ],
  [env('JOURNAL_DIR=/data/journal'), [], production],
  [env('JOURNAL_DIR=~/journal'), [], production],
  [env('JOURNAL_DIR=D:\\journal'), [], production],
  [env('JOURNAL_DIR=off'), [], production],
  [env('JOURNAL_DIR=None'), [], production],
  [
    env('JARVISCORE_JOURNAL_DIR=here', 'JOURNAL_DIR=/data'),
    [
      '.env:1:24 warning [JARVISCORE_JOURNAL_DIR] The journal goes to here, relative to the working directory: a new container starts without it. Use an absolute path on a volume.',
    ],
    production,
  ],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
  [mesh(), []],
]);

says('prod-journal-content', [
  [
    mesh(),
    [
      'node.py:3:8 info [JOURNAL_CAPTURE] The journal keeps prompts, results and tool data on disk for 30 days; JOURNAL_CAPTURE=digests keeps checksums only.',
    ],
    production,
  ],
  [env('JOURNAL_CAPTURE=digests'), [], production],
  [
    env('JOURNAL_CAPTURE=full', 'JOURNAL_CONTENT_DAYS=7'),
    [
      '.env:1:17 info [JOURNAL_CAPTURE] The journal keeps prompts, results and tool data on disk for 7 days; JOURNAL_CAPTURE=digests keeps checksums only.',
      '  asks: Write digests',
      '    -JOURNAL_CAPTURE=full',
      '    +JOURNAL_CAPTURE=digests',
    ],
    production,
  ],
  [
    env('JARVISCORE_JOURNAL_CAPTURE=full', 'JOURNAL_CAPTURE=off'),
    [
      '.env:1:28 info [JARVISCORE_JOURNAL_CAPTURE] The journal keeps prompts, results and tool data on disk for 30 days; JOURNAL_CAPTURE=digests keeps checksums only.',
      '  asks: Write digests',
      '    -JARVISCORE_JOURNAL_CAPTURE=full',
      '    +JARVISCORE_JOURNAL_CAPTURE=digests',
    ],
    production,
  ],
  [mesh('**more'), [], production],
]);

says('athena-url-localhost', [
  [
    env('ATHENA_URL=http://localhost:8080'),
    ['.env:1:12 warning [ATHENA_URL] ATHENA_URL points to localhost; in production it is the address of the memory service.'],
    production,
  ],
  [env('ATHENA_URL=http://a:8080'), [], production],
  [env('ATHENA_URL=http://localhost:8080'), []],
]);

says('nexus-return-url-localhost', [
  [
    env('NEXUS_RETURN_URL=http://localhost:8000/cb', 'NEXUS_GATEWAY_URL=https://g'),
    [
      '.env:1:18 warning [NEXUS_RETURN_URL] NEXUS_RETURN_URL points to localhost: after a login the browser of a user is sent to its own machine.',
    ],
    production,
  ],
  [
    env('NEXUS_GATEWAY_URL=https://g'),
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] NEXUS_RETURN_URL points to localhost: after a login the browser of a user is sent to its own machine.',
    ],
    production,
  ],
  [env('NEXUS_RETURN_URL=https://app.example/cb', 'NEXUS_GATEWAY_URL=https://g'), [], production],
  [env('NEXUS_RETURN_URL=http://localhost:8000/cb'), [], production],
]);

says('control-mode-off', [
  [
    env('CONTROL_MODE=off'),
    ['.env:1:14 info [CONTROL_MODE] With control mode off, effects of agents are neither decided nor recorded.'],
    production,
  ],
  [
    env('CONTROL_MODE=OFF'),
    ['.env:1:14 info [CONTROL_MODE] With control mode off, effects of agents are neither decided nor recorded.'],
    production,
  ],
  [
    env('JARVISCORE_CONTROL_MODE=off', 'CONTROL_MODE=strict'),
    ['.env:1:25 info [JARVISCORE_CONTROL_MODE] With control mode off, effects of agents are neither decided nor recorded.'],
    production,
  ],
  [env('JARVISCORE_CONTROL_MODE=strict', 'CONTROL_MODE=off'), [], production],
  [env('CONTROL_MODE=off'), []],
]);

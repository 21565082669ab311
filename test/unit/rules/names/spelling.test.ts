/** What the rules of config/rules/names/spelling.ts say. */
import { env, mesh, sets } from '../said.ts';
import { says } from '../says.ts';

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

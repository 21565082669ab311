/** Secrets and the credential gateway: what is told of clear text, placeholders, weak and shared ones, and what is not. */
import { env, joins, mesh } from './said.ts';
import { says } from './says.ts';
import type { Files } from './workspace.ts';

const production = { profile: 'production' } as const;
/** 32 characters that nobody guesses, in six versions. */
const random = (letter = 'q'): string => `${letter}8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA`;
const key32 = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

/** A program whose agent says whether it needs credentials. */
const auth = (dict: string, needed = 'True'): Files => ({
  'node.py': `from jarviscore import Mesh\n\nclass A:\n    requires_auth = ${needed}\n\nmesh = Mesh(config={${dict}})\n`,
});

says('secret-in-env-file', [
  [
    env(`NEXUS_SECRET=${random()}`),
    ['.env:1:14 hint [NEXUS_SECRET] NEXUS_SECRET stands here in clear text; keep the file out of version control.'],
  ],
  [
    env(`NEXUS_SECRET=${random()}`),
    [
      '.env:1:14 error [NEXUS_SECRET] NEXUS_SECRET stands here in clear text; keep the file out of version control and hand secrets over through the service environment or a secret store.',
    ],
    production,
  ],
  [
    { '.env.production': `NEXUS_SECRET=${random()}\n` },
    [
      '.env.production:1:14 error [NEXUS_SECRET] NEXUS_SECRET stands here in clear text; keep the file out of version control and hand secrets over through the service environment or a secret store.',
    ],
  ],
  [
    { '.env.shared': `NEXUS_SECRET=${random()}\n` },
    ['.env.shared:1:14 warning [NEXUS_SECRET] NEXUS_SECRET stands here in clear text; keep the file out of version control.'],
  ],
  [
    { '.env.common': `NEXUS_SECRET=${random()}\n` },
    ['.env.common:1:14 warning [NEXUS_SECRET] NEXUS_SECRET stands here in clear text; keep the file out of version control.'],
  ],
  [
    { 'a.env': `NEXUS_SECRET=${random()}\n` },
    ['a.env:1:14 hint [NEXUS_SECRET] NEXUS_SECRET stands here in clear text; keep the file out of version control.'],
  ],
  [{ '.env.example': `NEXUS_SECRET=${random()}\n` }, []],
  [env('NEXUS_SECRET=changeme', 'CLAUDE_API_KEY=', 'LOG_LEVEL=INFO'), []],
  [
    env('REDIS_URL=redis://:hunter2hunter2@r'),
    ['.env:1:11 hint [REDIS_URL] REDIS_URL stands here in clear text; keep the file out of version control.'],
  ],
  [env(`STRIPE_API_KEY=${random()}`), []],
]);

says('secret-placeholder', [
  [env('NEXUS_SECRET=changeme'), ['.env:1:14 warning [NEXUS_SECRET] NEXUS_SECRET still holds a placeholder.']],
  [env('CLAUDE_API_KEY=your-key-here'), ['.env:1:16 warning [CLAUDE_API_KEY] CLAUDE_API_KEY still holds a placeholder.']],
  [env(`NEXUS_SECRET=${random()}`), []],
  [env('LOG_LEVEL=changeme'), []],
  [{ '.env.example': 'NEXUS_SECRET=changeme\n' }, []],
]);

says('mesh-config-secret', [
  [
    mesh(`"nexus_secret": "${random()}"`),
    ['node.py:3:37 warning [nexus_secret] "nexus_secret" is a secret written in source code; read it from the environment.'],
  ],
  [mesh('"nexus_secret": "changeme"'), []],
  [mesh('"nexus_secret": secret'), []],
  [
    mesh('"redis_url": "redis://:hunter2hunter2@r"'),
    ['node.py:3:34 warning [redis_url] "redis_url" is a secret written in source code; read it from the environment.'],
  ],
  [env(`NEXUS_SECRET=${random()}`), []],
]);

says('secret-reused', [
  [
    env(`NEXUS_SECRET=${random()}`, `REDIS_PASSWORD=${random()}`),
    [
      '.env:2:16 warning [REDIS_PASSWORD] REDIS_PASSWORD has the same value as NEXUS_SECRET; whoever gets one has both.',
      '  see .env:1:14 NEXUS_SECRET',
    ],
  ],
  [env(`NEXUS_SECRET=${random()}`, `REDIS_PASSWORD=${random('x')}`), []],
  [
    env(`NEXUS_SECRET=${random()}`, `NEXUS_GATEWAY_API_KEY=${random()}`, `APPROVAL_ASSERTION_KEY=${random()}`),
    [
      '.env:2:23 warning [NEXUS_GATEWAY_API_KEY] NEXUS_GATEWAY_API_KEY has the same value as NEXUS_SECRET; whoever gets one has both.',
      '  see .env:1:14 NEXUS_SECRET',
      '.env:3:24 warning [APPROVAL_ASSERTION_KEY] APPROVAL_ASSERTION_KEY has the same value as NEXUS_SECRET; whoever gets one has both.',
      '  see .env:1:14 NEXUS_SECRET',
    ],
  ],
  [
    env(`NEXUS_ENCRYPTION_KEY=${random()}`, `NEXUS_STATE_KEY=${random()}`, `NEXUS_BROKER_API_KEY=${random('x')}`),
    [
      '.env:2:17 warning [NEXUS_STATE_KEY] NEXUS_STATE_KEY has the same value as NEXUS_ENCRYPTION_KEY; whoever gets one has both.',
      '  see .env:1:22 NEXUS_ENCRYPTION_KEY',
    ],
  ],
  [
    env(`NEXUS_BROKER_API_KEY=${random()}`, `NEXUS_GATEWAY_API_KEY=${random()}`),
    [
      '.env:2:23 warning [NEXUS_GATEWAY_API_KEY] NEXUS_GATEWAY_API_KEY has the same value as NEXUS_BROKER_API_KEY; whoever gets one has both.',
      '  see .env:1:22 NEXUS_BROKER_API_KEY',
    ],
  ],
  [env('NEXUS_SECRET=changeme', 'REDIS_PASSWORD=changeme'), []],
  [env(`CLAUDE_API_KEY=${random()}`, `NEXUS_SECRET=${random()}`), []],
]);

says('secret-format', [
  [
    env(`CLAUDE_API_KEY=${random()}`),
    ['.env:1:16 info [CLAUDE_API_KEY] CLAUDE_API_KEY does not look like a key of this provider (sk-ant-…).'],
  ],
  [env(`CLAUDE_API_KEY=sk-ant-${random()}`), []],
  [
    env(`ANTHROPIC_API_KEY=${random()}`),
    ['.env:1:19 info [ANTHROPIC_API_KEY] ANTHROPIC_API_KEY does not look like a key of this provider (sk-ant-…).'],
  ],
  [env(`ANTHROPIC_API_KEY=sk-ant-${random()}`), []],
  [
    env(`GEMINI_API_KEY=${random()}`),
    ['.env:1:16 info [GEMINI_API_KEY] GEMINI_API_KEY does not look like a key of this provider (AIza…).'],
  ],
  [env(`GEMINI_API_KEY=AIza${random()}`), []],
  [env(`AZURE_API_KEY=${random()}`), []],
  [
    env(`AZURE_API_KEY=${random()}x`),
    ['.env:1:15 info [AZURE_API_KEY] AZURE_API_KEY does not look like a key of this provider (32 or 84 characters).'],
  ],
  [env(`AZURE_API_KEY=${random().repeat(2)}${random().slice(0, 20)}`), []],
  [
    env(`AZURE_API_KEY=${random().repeat(2)}${random().slice(0, 19)}`),
    ['.env:1:15 info [AZURE_API_KEY] AZURE_API_KEY does not look like a key of this provider (32 or 84 characters).'],
  ],
  [env('CLAUDE_API_KEY=changeme', `NEXUS_SECRET=${random()}`), []],
  [
    mesh(`"claude_api_key": "${random()}"`),
    ['node.py:3:39 info [claude_api_key] claude_api_key does not look like a key of this provider (sk-ant-…).'],
  ],
]);

says('nexus-stack-secret-in-project-env', [
  [
    env(`NEXUS_ENCRYPTION_KEY=${key32}`, `NEXUS_STATE_KEY=${key32}`, `NEXUS_BROKER_API_KEY=${random()}`),
    [
      '.env:1:1 warning [NEXUS_ENCRYPTION_KEY] NEXUS_ENCRYPTION_KEY belongs to ~/.jarviscore/nexus/stack.env; every agent that loads this file could decrypt all stored credentials.',
      '  asks: Remove NEXUS_ENCRYPTION_KEY (jarviscore nexus up keeps it in stack.env)',
      '    -NEXUS_ENCRYPTION_KEY=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
      '.env:2:1 warning [NEXUS_STATE_KEY] NEXUS_STATE_KEY belongs to ~/.jarviscore/nexus/stack.env; every agent that loads this file could decrypt all stored credentials.',
      '  asks: Remove NEXUS_STATE_KEY (jarviscore nexus up keeps it in stack.env)',
      '    -NEXUS_STATE_KEY=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
      '.env:3:1 warning [NEXUS_BROKER_API_KEY] NEXUS_BROKER_API_KEY belongs to ~/.jarviscore/nexus/stack.env; every agent that loads this file could decrypt all stored credentials.',
      '  asks: Remove NEXUS_BROKER_API_KEY (jarviscore nexus up keeps it in stack.env)',
      '    -NEXUS_BROKER_API_KEY=q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA',
    ],
  ],
  [env('NEXUS_ENCRYPTION_KEY=', `NEXUS_SECRET=${random()}`), []],
  [
    env(`nexus_state_key=${key32}`),
    [
      '.env:1:1 warning [NEXUS_STATE_KEY] nexus_state_key belongs to ~/.jarviscore/nexus/stack.env; every agent that loads this file could decrypt all stored credentials.',
      '  asks: Remove nexus_state_key (jarviscore nexus up keeps it in stack.env)',
      '    -nexus_state_key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
    ],
  ],
  [mesh(`"nexus_state_key": "${key32}"`), []],
]);

says('nexus-secret-weak', [
  [env(`NEXUS_SECRET=${random()}`), []],
  [
    env(`NEXUS_SECRET=${random().slice(1)}`),
    ['.env:1:14 warning [NEXUS_SECRET] NEXUS_SECRET is shorter than 32 characters; use at least 32 random ones.'],
  ],
  [
    env(`NEXUS_SECRET=${'abcd'.repeat(10)}`),
    ['.env:1:14 warning [NEXUS_SECRET] NEXUS_SECRET is repetitive; use at least 32 random ones.'],
  ],
  [env('NEXUS_SECRET=changeme', `NEXUS_STATE_KEY=short`), []],
  [env('NEXUS_SECRET='), []],
]);

says('nexus-key-format', [
  [env(`NEXUS_ENCRYPTION_KEY=${key32}`), []],
  [
    env(`NEXUS_ENCRYPTION_KEY=${random()}`),
    ['.env:1:22 warning [NEXUS_ENCRYPTION_KEY] NEXUS_ENCRYPTION_KEY is not 32 bytes in base64 (openssl rand -base64 32).'],
  ],
  [
    env('NEXUS_STATE_KEY='),
    ['.env:1:17 warning [NEXUS_STATE_KEY] NEXUS_STATE_KEY is empty; it needs 32 bytes in base64 (openssl rand -base64 32).'],
  ],
  [env('NEXUS_STATE_KEY=changeme'), []],
  [env(`NEXUS_STATE_KEYS=${random()}`, `NEXUS_SECRET=${random()}`), []],
]);

says('nexus-encryption-vs-state-equal', [
  [
    env(`NEXUS_ENCRYPTION_KEY=${key32}`, `NEXUS_STATE_KEY=${key32}`),
    [
      '.env:2:17 warning [NEXUS_STATE_KEY] NEXUS_STATE_KEY is the same as NEXUS_ENCRYPTION_KEY; make two keys.',
      '  see .env:1:22 NEXUS_ENCRYPTION_KEY',
    ],
  ],
  [env(`NEXUS_ENCRYPTION_KEY=${key32}`, `NEXUS_STATE_KEY=${random()}`), []],
  [env(`NEXUS_ENCRYPTION_KEY=${key32}`), []],
]);

says('nexus-secret-only-in-dotenv', [
  [
    env(`NEXUS_SECRET=${random()}`),
    [
      '.env:1:1 warning [NEXUS_SECRET] JarvisCore 2.1.1 reads NEXUS_SECRET from the process environment only, so this line is not used. From 2.2.0 on it is, and credentials stored before become unreadable then.',
    ],
    { target: '2.1.1' },
  ],
  [env(`NEXUS_SECRET=${random()}`), [], { target: '2.2.0' }],
  [env('NEXUS_SECRET='), [], { target: '2.1.1' }],
  [env(`NEXUS_SECRET=${random()}`), [], { target: '1.0.2' }],
  [
    {
      '.env': `NEXUS_SECRET=${random()}\n`,
      'compose.yml': 'services:\n  a:\n    build: .\n    command: python node.py\n    env_file: .env\n',
      Dockerfile: 'FROM python:3.12\n',
      ...mesh(),
    },
    [
      '.env:1:1 warning [NEXUS_SECRET] JarvisCore 2.1.1 reads NEXUS_SECRET from the process environment only, so this line is not used. From 2.2.0 on it is, and credentials stored before become unreadable then.',
    ],
    { target: '2.1.1' },
  ],
  [
    {
      'a.env': `NEXUS_SECRET=${random()}\n`,
      'compose.yml': 'services:\n  a:\n    build: .\n    command: python node.py\n    env_file: a.env\n',
      Dockerfile: 'FROM python:3.12\n',
      'src/node.py': 'x = 1\n',
    },
    [],
    { target: '2.1.1' },
  ],
]);

says('approval-key-weak', [
  [env(`APPROVAL_ASSERTION_KEY=${random()}`), []],
  [
    env(`APPROVAL_ASSERTION_KEY=${random().slice(1)}`),
    ['.env:1:24 warning [APPROVAL_ASSERTION_KEY] The approval key is shorter than 32 characters; use at least 32 random ones.'],
  ],
  [env('APPROVAL_ASSERTION_KEY=changeme'), []],
  [env(`APPROVAL_ASSERTION_KEY=${random().slice(1)}`), [], { target: '2.3.0' }],
]);

says('nexus-gateway-no-auth-mode', [
  [
    auth('"nexus_gateway_url": "https://g"'),
    [
      'node.py:6:42 warning [NEXUS_GATEWAY_URL] An agent declares requires_auth, but this release builds its authentication only from "auth_mode" and "nexus_gateway_url" in the Mesh dict.',
      '  see node.py:6:8 The dict of node (node.py)',
      '  asks: Add "auth_mode": "production"',
      '    -mesh = Mesh(config={"nexus_gateway_url": "https://g"})',
      '    +mesh = Mesh(config={"nexus_gateway_url": "https://g", "auth_mode": "production"})',
    ],
    { target: '1.9.0' },
  ],
  [auth('"nexus_gateway_url": "https://g"'), [], { target: '1.10.0' }],
  [auth('"nexus_gateway_url": "https://g", "auth_mode": "production"'), [], { target: '1.9.0' }],
  [auth('"nexus_gateway_url": "https://g"', 'False'), [], { target: '1.9.0' }],
  [
    { ...env('NEXUS_GATEWAY_URL=https://g'), ...auth('') },
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] An agent declares requires_auth, but this release builds its authentication only from "auth_mode" and "nexus_gateway_url" in the Mesh dict.',
      '  see node.py:6:8 The dict of node (node.py)',
    ],
    { target: '1.9.0' },
  ],
  [
    { ...env('NEXUS_GATEWAY_URL=https://g'), ...auth('"auth_mode": "production"') },
    [
      '.env:1:19 warning [NEXUS_GATEWAY_URL] An agent declares requires_auth, but this release builds its authentication only from "auth_mode" and "nexus_gateway_url" in the Mesh dict.',
      '  see node.py:6:8 The dict of node (node.py)',
    ],
    { target: '1.9.0' },
  ],
  [auth('"nexus_gateway_url": "https://g", **more'), [], { target: '1.9.0' }],
  [auth(''), [], { target: '1.9.0' }],
  [mesh('"nexus_gateway_url": "https://g"'), [], { target: '1.9.0' }],
]);

says('requires-auth-missing', [
  [
    mesh('"nexus_gateway_url": "https://g"'),
    [
      'node.py:3:8 info [NEXUS_GATEWAY_URL] A Nexus gateway is configured, but no agent class of the workspace declares requires_auth = True; agents that call providers need it.',
      '  see node.py:3:42 The gateway',
    ],
  ],
  [
    { ...env('NEXUS_GATEWAY_URL=https://g'), ...mesh() },
    [
      'node.py:3:8 info [NEXUS_GATEWAY_URL] A Nexus gateway is configured, but no agent class of the workspace declares requires_auth = True; agents that call providers need it.',
      '  see .env:1:19 The gateway',
    ],
  ],
  [auth('"nexus_gateway_url": "https://g"'), []],
  [
    {
      'node.py':
        'from jarviscore import Mesh\nfrom other import Agent\n\nmesh = Mesh(config={"nexus_gateway_url": "https://g"})\nmesh.add(Agent)\n',
    },
    [],
  ],
  [
    {
      'node.py':
        'from jarviscore import Mesh\n\nclass Agent:\n    pass\n\nmesh = Mesh(config={"nexus_gateway_url": "https://g"})\nmesh.add(Agent)\n',
    },
    [
      'node.py:6:8 info [NEXUS_GATEWAY_URL] A Nexus gateway is configured, but no agent class of the workspace declares requires_auth = True; agents that call providers need it.',
      '  see node.py:6:42 The gateway',
    ],
  ],
  [joins('endpoint="h:1", config={"nexus_gateway_url": "https://g"}'), []],
  [mesh(), []],
  [env('NEXUS_GATEWAY_URL=https://g'), []],
  [mesh('"nexus_gateway_url": "https://g"'), [], { target: '2.1.1' }],
]);

says('nexus-gateway-port', [
  [
    env('NEXUS_GATEWAY_URL=http://localhost:8080/x'),
    [
      '.env:1:19 hint [NEXUS_GATEWAY_URL] Port 8080 is the broker; the gateway of the bundled stack listens on 8090.',
      '  asks: Use port 8090',
      '    -NEXUS_GATEWAY_URL=http://localhost:8080/x',
      '    +NEXUS_GATEWAY_URL=http://localhost:8090/x',
    ],
  ],
  [
    env('NEXUS_GATEWAY_URL=http://127.0.0.1:7070'),
    [
      ".env:1:19 hint [NEXUS_GATEWAY_URL] Port 7070 is the template's; the gateway of the bundled stack listens on 8090.",
      '  asks: Use port 8090',
      '    -NEXUS_GATEWAY_URL=http://127.0.0.1:7070',
      '    +NEXUS_GATEWAY_URL=http://127.0.0.1:8090',
    ],
  ],
  [env('NEXUS_GATEWAY_URL=http://localhost:8090'), []],
  [env('NEXUS_GATEWAY_URL=http://g:8080'), []],
  [env('NEXUS_GATEWAY_URL='), []],
  [
    mesh('"nexus_gateway_url": "http://localhost:7070"'),
    [
      "node.py:3:42 hint [NEXUS_GATEWAY_URL] Port 7070 is the template's; the gateway of the bundled stack listens on 8090.",
      '  asks: Use port 8090',
      '    -mesh = Mesh(config={"nexus_gateway_url": "http://localhost:7070"})',
      '    +mesh = Mesh(config={"nexus_gateway_url": "http://localhost:8090"})',
    ],
  ],
]);

says('nexus-broker-key-default', [
  [
    env('NEXUS_BROKER_API_KEY=changeme'),
    [
      '.env:1:22 warning [NEXUS_BROKER_API_KEY] NEXUS_BROKER_API_KEY looks like the published default of the bundled stack; anybody can guess it.',
    ],
    { target: '2.2.0' },
  ],
  [env(`NEXUS_BROKER_API_KEY=${random()}`), [], { target: '2.2.0' }],
  [env('NEXUS_BROKER_API_KEY=changeme'), [], { target: '2.3.0' }],
]);

says('nexus-bind-address-public', [
  [
    env('NEXUS_BIND_ADDRESS=0.0.0.0'),
    [
      '.env:1:20 warning [NEXUS_BIND_ADDRESS] NEXUS_BIND_ADDRESS=0.0.0.0 publishes the broker and the gateway beyond this machine.',
      '  asks: Write 127.0.0.1',
      '    -NEXUS_BIND_ADDRESS=0.0.0.0',
      '    +NEXUS_BIND_ADDRESS=127.0.0.1',
    ],
  ],
  [env('NEXUS_BIND_ADDRESS=127.0.0.1'), []],
  [env('NEXUS_BIND_ADDRESS='), []],
  [env('NEXUS_BIND_ADDRESS=0.0.0.0'), [], { target: '2.2.0' }],
]);

says('nexus-subject-binding', [
  [
    env('NEXUS_SUBJECT_BINDING=off'),
    [
      '.env:1:23 info [NEXUS_SUBJECT_BINDING] Where agents act for users, NEXUS_SUBJECT_BINDING should be "required"; otherwise one user\'s connection serves another.',
      '  asks: Write required',
      '    -NEXUS_SUBJECT_BINDING=off',
      '    +NEXUS_SUBJECT_BINDING=required',
    ],
  ],
  [env('NEXUS_SUBJECT_BINDING=required'), []],
  [env('NEXUS_SUBJECT_BINDING=optional'), [], { target: '2.3.0' }],
  [mesh(), []],
]);

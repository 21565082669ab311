/** What the rules of config/rules/values/urls.ts say. */
import { env, mesh, service } from '../said.ts';
import { says } from '../says.ts';

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

/** What the rules of config/rules/values/words.ts say. */
import { env, mesh, service, sets } from '../said.ts';
import { says } from '../says.ts';

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

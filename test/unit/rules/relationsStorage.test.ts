/** Redis, blob storage and the sandbox: halves that need each other, and what their fixes write. */
import { compose, env, joins, mesh, service } from './said.ts';
import { says } from './says.ts';

says('redis-components-ignored', [
  [
    env('REDIS_HOST=r'),
    [
      '.env:1:12 warning [REDIS_HOST] REDIS_HOST does not connect anything: Mesh takes Redis from REDIS_URL alone.',
      '  asks: Write REDIS_URL instead',
      '    -REDIS_HOST=r',
      '    +REDIS_URL=redis://r:6379/0',
    ],
  ],
  [
    env('REDIS_HOST=r', 'REDIS_PORT=6380', 'REDIS_DB=2'),
    [
      '.env:1:12 warning [REDIS_HOST] REDIS_HOST, REDIS_PORT, REDIS_DB do not connect anything: Mesh takes Redis from REDIS_URL alone.',
      '  see .env:2:12 REDIS_PORT',
      '  see .env:3:10 REDIS_DB',
      '  asks: Write REDIS_URL instead',
      '    -REDIS_HOST=r',
      '    -REDIS_PORT=6380',
      '    -REDIS_DB=2',
      '    +REDIS_URL=redis://r:6380/2',
    ],
  ],
  [
    env('REDIS_DB=2', 'A=1', 'REDIS_PORT=6380'),
    [
      '.env:3:12 warning [REDIS_PORT] REDIS_PORT, REDIS_DB do not connect anything: Mesh takes Redis from REDIS_URL alone.',
      '  see .env:1:10 REDIS_DB',
      '  asks: Write REDIS_URL instead',
      '    -REDIS_DB=2',
      '    -A=1',
      '    -REDIS_PORT=6380',
      '    +A=1',
      '    +REDIS_URL=redis://localhost:6380/2',
    ],
  ],
  [
    env('REDIS_HOST=r', 'REDIS_PASSWORD=p'),
    [
      '.env:1:12 warning [REDIS_HOST] REDIS_HOST, REDIS_PASSWORD do not connect anything: Mesh takes Redis from REDIS_URL alone.',
      '  see .env:2:16 REDIS_PASSWORD',
    ],
  ],
  [
    env('REDIS_PORT=6380'),
    [
      '.env:1:12 warning [REDIS_PORT] REDIS_PORT does not connect anything: Mesh takes Redis from REDIS_URL alone.',
      '  asks: Write REDIS_URL instead',
      '    -REDIS_PORT=6380',
      '    +REDIS_URL=redis://localhost:6380/0',
    ],
  ],
  [env('REDIS_HOST='), []],
  [env('REDIS_HOST=r', 'REDIS_URL=redis://r'), []],
  [mesh('"redis_host": "r", "redis_store_url": "redis://r"'), []],
  [
    { ...env('REDIS_HOST=r'), ...mesh('"redis_port": 6380') },
    [
      '.env:1:12 warning [REDIS_HOST] REDIS_HOST, REDIS_PORT do not connect anything: Mesh takes Redis from REDIS_URL alone.',
      '  see node.py:3:35 REDIS_PORT',
    ],
  ],
  [
    mesh('"redis_host": "r"'),
    ['node.py:3:35 warning [REDIS_HOST] REDIS_HOST does not connect anything: Mesh takes Redis from REDIS_URL alone.'],
  ],
  [mesh('"redis_host": "r", **more'), []],
]);

says('redis-url-overrides-components', [
  [
    env('REDIS_URL=redis://r:6379/0', 'REDIS_HOST=r'),
    [
      '.env:2:12 info [REDIS_HOST] REDIS_URL is set, so REDIS_HOST has no effect.',
      '  see .env:1:11 REDIS_URL',
      '  asks: Remove REDIS_HOST',
      '    -REDIS_HOST=r',
    ],
  ],
  [
    env('REDIS_URL=redis://r', 'REDIS_PORT=6379'),
    [
      '.env:2:12 info [REDIS_PORT] REDIS_URL is set, so REDIS_PORT has no effect.',
      '  see .env:1:11 REDIS_URL',
      '  asks: Remove REDIS_PORT',
      '    -REDIS_PORT=6379',
    ],
  ],
  [
    env('REDIS_URL=redis://r', 'REDIS_PORT=6380'),
    [
      '.env:2:12 warning [REDIS_PORT] REDIS_URL is set, so REDIS_PORT has no effect, and they name another server.',
      '  see .env:1:11 REDIS_URL',
      '  asks: Remove REDIS_PORT',
      '    -REDIS_PORT=6380',
    ],
  ],
  [
    env('REDIS_URL=redis://r:6380', 'REDIS_PORT=6380'),
    [
      '.env:2:12 info [REDIS_PORT] REDIS_URL is set, so REDIS_PORT has no effect.',
      '  see .env:1:11 REDIS_URL',
      '  asks: Remove REDIS_PORT',
      '    -REDIS_PORT=6380',
    ],
  ],
  [
    env('REDIS_URL=redis://r', 'REDIS_HOST=s', 'REDIS_DB=1'),
    [
      '.env:2:12 warning [REDIS_HOST] REDIS_URL is set, so REDIS_HOST, REDIS_DB have no effect, and they name another server.',
      '  see .env:1:11 REDIS_URL',
      '  see .env:3:10 REDIS_DB',
      '  asks: Remove REDIS_HOST, REDIS_DB',
      '    -REDIS_HOST=s',
      '    -REDIS_DB=1',
    ],
  ],
  [
    env('REDIS_URL=redis://:pw@r:6380', 'REDIS_HOST=r', 'REDIS_PORT=6379', 'REDIS_PASSWORD=pw'),
    [
      '.env:2:12 warning [REDIS_HOST] REDIS_URL is set, so REDIS_HOST, REDIS_PORT, REDIS_PASSWORD have no effect, and they name another server.',
      '  see .env:1:11 REDIS_URL',
      '  see .env:3:12 REDIS_PORT',
      '  see .env:4:16 REDIS_PASSWORD',
      '  asks: Remove REDIS_HOST, REDIS_PORT, REDIS_PASSWORD',
      '    -REDIS_HOST=r',
      '    -REDIS_PORT=6379',
      '    -REDIS_PASSWORD=pw',
    ],
  ],
  [
    env('REDIS_URL=redis://r', 'REDIS_DB=1'),
    [
      '.env:2:10 info [REDIS_DB] REDIS_URL is set, so REDIS_DB has no effect.',
      '  see .env:1:11 REDIS_URL',
      '  asks: Remove REDIS_DB',
      '    -REDIS_DB=1',
    ],
  ],
  [env('REDIS_URL=', 'REDIS_DB=1'), []],
  [env('REDIS_URL=redis://r'), []],
  [
    mesh('"redis_url": "redis://r", "redis_host": "s"'),
    [
      'node.py:3:61 warning [REDIS_HOST] REDIS_URL is set, so REDIS_HOST has no effect, and they name another server.',
      '  see node.py:3:34 REDIS_URL',
    ],
  ],
]);

says('storage-azure-no-connection', [
  [
    env('STORAGE_BACKEND=azure'),
    [
      '.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND=azure needs AZURE_STORAGE_CONNECTION_STRING; without it there is no blob storage at all, only a warning. Managed Identity is not supported.',
    ],
  ],
  [env('STORAGE_BACKEND=azure', 'AZURE_STORAGE_CONNECTION_STRING=c'), []],
  [env('STORAGE_BACKEND=azure', 'AZURE_CLIENT_ID=c'), []],
  [env('STORAGE_BACKEND=local'), []],
  [mesh('"storage_backend": "azure", **more'), []],
]);

says('storage-managed-identity', [
  [
    env('STORAGE_BACKEND=azure', 'AZURE_CLIENT_ID=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_CLIENT_ID does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_TENANT_ID=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_TENANT_ID does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_CLIENT_SECRET=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_CLIENT_SECRET does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_FEDERATED_TOKEN_FILE=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_FEDERATED_TOKEN_FILE does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_USE_MANAGED_IDENTITY=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_USE_MANAGED_IDENTITY does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_STORAGE_ACCOUNT=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_STORAGE_ACCOUNT does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_STORAGE_ACCOUNT_NAME=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_STORAGE_ACCOUNT_NAME does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [
    env('STORAGE_BACKEND=azure', 'AZURE_STORAGE_ACCOUNT_URL=c', 'AZURE_CLIENT_ID=c'),
    [
      '.env:2:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_STORAGE_ACCOUNT_URL does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see .env:1:17 Azure is the storage',
    ],
  ],
  [env('STORAGE_BACKEND=azure', 'AZURE_CLIENT_ID=c', 'AZURE_STORAGE_CONNECTION_STRING=c'), []],
  [env('AZURE_CLIENT_ID=c'), []],
  [
    { ...env('AZURE_CLIENT_ID=c'), ...mesh('"storage_backend": "azure"') },
    [
      '.env:1:1 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_CLIENT_ID does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.',
      '  see node.py:3:40 Azure is the storage',
    ],
  ],
  [
    compose(
      'a:',
      '  build: .',
      '  command: python node.py',
      '  env_file: a.env',
      '  environment:',
      '    STORAGE_BACKEND: azure',
      '    AZURE_TENANT_ID: t',
    ),
    [],
  ],
  [
    {
      ...compose(
        'a:',
        '  build: .',
        '  command: python node.py',
        '  env_file: a.env',
        '  environment:',
        '    STORAGE_BACKEND: azure',
        '    AZURE_TENANT_ID: t',
      ),
      'a.env': 'AZURE_CLIENT_ID=c\n',
      ...mesh(),
    },
    [],
  ],
]);

says('storage-redis-no-url', [
  [
    env('STORAGE_BACKEND=redis'),
    ['.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND=redis needs REDIS_URL; without it there is no blob storage.'],
  ],
  [env('STORAGE_BACKEND=redis', 'REDIS_URL=redis://r'), []],
  [env('STORAGE_BACKEND=local'), []],
  [mesh('"storage_backend": "redis", **more'), []],
  [env('STORAGE_BACKEND=redis'), [], { target: '2.2.0' }],
]);

says('storage-redis-unsupported', [
  [
    env('STORAGE_BACKEND=redis'),
    [
      '.env:1:17 error [STORAGE_BACKEND] STORAGE_BACKEND=redis needs 2.3.0; JarvisCore 2.2.0 stores locally instead.',
      '  asks: Write local',
      '    -STORAGE_BACKEND=redis',
      '    +STORAGE_BACKEND=local',
    ],
    { target: '2.2.0' },
  ],
  [env('STORAGE_BACKEND=redis'), [], { target: '2.3.0' }],
  [
    mesh('"storage_backend": "redis"'),
    [
      'node.py:3:40 error [storage_backend] STORAGE_BACKEND=redis needs 2.3.0; JarvisCore 2.2.0 stores locally instead.',
      '  asks: Write local',
      '    -mesh = Mesh(config={"storage_backend": "redis"})',
      '    +mesh = Mesh(config={"storage_backend": "local"})',
    ],
    { target: '2.2.0' },
  ],
  [env('STORAGE_BACKEND=local', 'LOG_LEVEL=redis'), [], { target: '2.2.0' }],
]);

says('storage-azure-unused', [
  [
    env('STORAGE_BACKEND=local', 'AZURE_STORAGE_CONNECTION_STRING=c'),
    [
      '.env:2:33 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_STORAGE_CONNECTION_STRING is set, but STORAGE_BACKEND is local: nothing is stored in Azure.',
      '  asks: Set STORAGE_BACKEND to azure',
      '    -STORAGE_BACKEND=local',
      '    +STORAGE_BACKEND=azure',
    ],
  ],
  [
    env('AZURE_STORAGE_CONNECTION_STRING=c'),
    [
      '.env:1:33 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_STORAGE_CONNECTION_STRING is set, but STORAGE_BACKEND is local: nothing is stored in Azure.',
    ],
  ],
  [
    env('STORAGE_BACKEND=local', 'AZURE_STORAGE_CONTAINER=abc'),
    [
      '.env:2:25 info [AZURE_STORAGE_CONTAINER] AZURE_STORAGE_CONTAINER is set, but STORAGE_BACKEND is local: nothing is stored in Azure.',
    ],
  ],
  [env('STORAGE_BACKEND=azure', 'AZURE_STORAGE_CONNECTION_STRING=c'), []],
  [env('STORAGE_BACKEND=local'), []],
  [
    { ...env('AZURE_STORAGE_CONNECTION_STRING=c'), ...mesh('"storage_backend": "local"') },
    [
      '.env:1:33 info [AZURE_STORAGE_CONNECTION_STRING] AZURE_STORAGE_CONNECTION_STRING is set, but STORAGE_BACKEND is local: nothing is stored in Azure.',
      '  asks: Set STORAGE_BACKEND to azure',
      '    --- node.py',
      '    -mesh = Mesh(config={"storage_backend": "local"})',
      '    +mesh = Mesh(config={"storage_backend": "azure"})',
    ],
  ],
]);

says('sandbox-not-wired', [
  [
    env('SANDBOX_MODE=remote'),
    [
      '.env:1:14 warning [SANDBOX_MODE] AutoAgent of JarvisCore 3.0.0 never uses SANDBOX_MODE: code runs locally whatever it says.',
    ],
  ],
  [
    env('SANDBOX_SERVICE_URL=https://s'),
    [
      '.env:1:21 warning [SANDBOX_SERVICE_URL] AutoAgent of JarvisCore 3.0.0 never uses SANDBOX_SERVICE_URL: code runs locally whatever it says.',
    ],
  ],
  [
    env('SANDBOX_MODE=remote', 'SANDBOX_SERVICE_URL=https://s'),
    [
      '.env:1:14 warning [SANDBOX_MODE] AutoAgent of JarvisCore 3.0.0 never uses SANDBOX_MODE: code runs locally whatever it says.',
    ],
  ],
  [env('SANDBOX_MODE=local'), []],
  [
    env('SANDBOX_MODE=remote'),
    [
      '.env:1:14 warning [SANDBOX_MODE] AutoAgent of JarvisCore 1.1.0 never uses SANDBOX_MODE: code runs locally whatever it says.',
    ],
    { target: '1.1.0' },
  ],
  [env('SANDBOX_MODE=remote'), [], { target: '1.0.2' }],
  [joins('endpoint="h:7950", config={"sandbox_mode": "remote"}'), []],
]);

says('sandbox-remote-no-url', [
  [
    mesh('"sandbox_mode": "remote"'),
    ['node.py:3:37 warning [SANDBOX_MODE] SANDBOX_MODE=remote without SANDBOX_SERVICE_URL: code runs locally after a warning.'],
    { target: '1.0.2' },
  ],
  [mesh('"sandbox_mode": "remote"'), [], { target: '1.1.0' }],
  [mesh('"sandbox_mode": "local"'), [], { target: '1.0.2' }],
  [mesh('"sandbox_mode": "remote", "sandbox_service_url": "https://s"'), [], { target: '1.0.2' }],
  [mesh('"sandbox_mode": "remote", **more'), [], { target: '1.0.2' }],
  [{ ...env('SANDBOX_MODE=remote'), ...mesh() }, [], { target: '1.0.2' }],
]);

says('sandbox-url-without-remote', [
  [
    mesh('"sandbox_service_url": "https://s"'),
    ['node.py:3:44 info [SANDBOX_SERVICE_URL] "sandbox_service_url" has no effect while "sandbox_mode" is "local".'],
    { target: '1.0.2' },
  ],
  [
    mesh('\n    "bind_port": 1,\n    "sandbox_service_url": "https://s",\n    "bind_host": "h",\n'),
    [
      'node.py:5:28 info [SANDBOX_SERVICE_URL] "sandbox_service_url" has no effect while "sandbox_mode" is "local".',
      '  asks: Remove "sandbox_service_url"',
      '    -    "sandbox_service_url": "https://s",',
    ],
    { target: '1.0.2' },
  ],
  [mesh('"sandbox_service_url": "https://s", "sandbox_mode": "remote"'), [], { target: '1.0.2' }],
  [env('SANDBOX_SERVICE_URL=https://s'), [], { target: '1.0.2' }],
]);

says('sandbox-remote-fallback', [
  [
    mesh('"sandbox_service_url": "https://s", "sandbox_mode": "remote"'),
    [
      'node.py:3:73 info [SANDBOX_MODE] When the remote sandbox answers with an error, the code still runs locally (sandbox.py:280-292).',
    ],
    { target: '1.0.2' },
  ],
  [mesh('"sandbox_service_url": "https://s", "sandbox_mode": "local"'), [], { target: '1.0.2' }],
  [mesh('"sandbox_mode": "remote"'), [], { target: '1.0.2' }],
  [{ ...env('SANDBOX_MODE=remote'), ...mesh('"sandbox_service_url": "https://s"') }, [], { target: '1.0.2' }],
]);

says('sandbox-child-marker', [
  [
    env('JARVISCORE_SANDBOX_CHILD=1'),
    [
      '.env:1:1 error [JARVISCORE_SANDBOX_CHILD] JARVISCORE_SANDBOX_CHILD is set by the framework inside its sandbox; by hand it lets host commands run without control decision and journal record.',
      '  asks: Remove the line',
      '    -JARVISCORE_SANDBOX_CHILD=1',
    ],
  ],
  [
    env('jarviscore_sandbox_child=1'),
    [
      '.env:1:1 error [JARVISCORE_SANDBOX_CHILD] JARVISCORE_SANDBOX_CHILD is set by the framework inside its sandbox; by hand it lets host commands run without control decision and journal record.',
      '  asks: Remove the line',
      '    -jarviscore_sandbox_child=1',
    ],
  ],
  [
    service(['JARVISCORE_SANDBOX_CHILD: 1']),
    [
      'compose.yml:6:7 error [JARVISCORE_SANDBOX_CHILD] JARVISCORE_SANDBOX_CHILD is set by the framework inside its sandbox; by hand it lets host commands run without control decision and journal record.',
      '  asks: Remove the line',
      '    -      JARVISCORE_SANDBOX_CHILD: 1',
    ],
  ],
  [env('JARVISCORE_SANDBOX_CHILD=1'), [], { target: '2.3.0' }],
]);

says('hitl-targets-empty', [
  [
    env('HITL_TARGETS=a,,b'),
    [
      '.env:1:14 warning [HITL_TARGETS] HITL_TARGETS has an empty item between the commas.',
      '  safe: Remove the empty item',
      '    -HITL_TARGETS=a,,b',
      '    +HITL_TARGETS=a,b',
    ],
  ],
  [
    env('HITL_TARGETS=a, b,'),
    [
      '.env:1:14 warning [HITL_TARGETS] HITL_TARGETS has an empty item between the commas.',
      '  safe: Remove the empty item',
      '    -HITL_TARGETS=a, b,',
      '    +HITL_TARGETS=a,b',
    ],
  ],
  [env('HITL_TARGETS=,'), ['.env:1:14 warning [HITL_TARGETS] HITL_TARGETS has an empty item between the commas.']],
  [env('HITL_TARGETS=a,b'), []],
  [env('HITL_TARGETS='), []],
  [env('HITL_TARGETS=" "'), []],
  [
    mesh('"hitl_targets": "a,,b"'),
    [
      'node.py:3:37 warning [hitl_targets] "hitl_targets" has an empty item between the commas.',
      '  safe: Remove the empty item',
      '    -mesh = Mesh(config={"hitl_targets": "a,,b"})',
      '    +mesh = Mesh(config={"hitl_targets": "a,b"})',
    ],
  ],
]);

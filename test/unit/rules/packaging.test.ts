/** Requirements: which distribution, which release, which extras, and what a fix writes in their place. */
import { env, mesh } from './said.ts';
import { says } from './says.ts';
import type { Files } from './workspace.ts';

const needs = (...lines: readonly string[]): Files => ({ 'requirements.txt': `${lines.join('\n')}\n` });
const toml = (...lines: readonly string[]): Files => ({
  'pyproject.toml': `[project]\nname = "x"\n${lines.map((line) => `${line}\n`).join('')}`,
});
const production = { profile: 'production' } as const;

says('upgrade-crossing', [
  [
    { ...needs('jarviscore-framework==3.0.0'), 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "2.3.0"\n' },
    [
      'requirements.txt:1:1 info From 2.3.0 to 3.0.0: 3.0.0: journal and report mode are on by default, and an unknown control mode means strict.',
      '  see poetry.lock:2:9 Locked at 2.3.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\n' },
    [],
  ],
  [
    { ...needs('jarviscore-framework>=2.2.0'), 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "1.0.2"\n' },
    [
      'requirements.txt:1:1 info From 1.0.2 to 2.2.0: 1.1.0: mode= is ignored, P2P is on by default, and swim-p2p comes with the extra "p2p"; 1.5.0: remote peers work through Mesh, and KERNEL_MAX_TURNS and WORKFLOW_STEP_TIMEOUT are read from the environment; 1.10.0: NEXUS_GATEWAY_URL alone switches authentication on; 1.11.0: the thresholds for human approval have no effect any more; 1.12.0: AZURE_API_VERSION defaults to 2024-10-21; 1.13.0: STEP_OUTPUT_* give way to REDIS_MAX_STEP_OUTPUT_BYTES; 2.0.0: code that a model wrote needs confinement; 2.2.0: .env is exported to the process, data moves below .jarviscore/, and agents need requires_auth.',
      '  see poetry.lock:2:9 Locked at 1.0.2',
    ],
    { target: '2.2.0' },
  ],
  [
    { ...needs('jarviscore-framework~=1.5.0'), 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "1.1.0"\n' },
    [
      'requirements.txt:1:1 info From 1.1.0 to 1.5.0: 1.5.0: remote peers work through Mesh, and KERNEL_MAX_TURNS and WORKFLOW_STEP_TIMEOUT are read from the environment.',
      '  see poetry.lock:2:9 Locked at 1.1.0',
    ],
  ],
  [{ ...needs('jarviscore-framework'), 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "1.1.0"\n' }, []],
  [
    { ...needs('jarviscore-framework==2.1.0'), 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\n' },
    [],
  ],
  [needs('jarviscore-framework==3.0.0'), []],
  [{ 'poetry.lock': '[[package]]\nname = "jarviscore-framework"\nversion = "2.3.0"\n' }, []],
]);

says('python-too-old', [
  [
    toml('requires-python = ">=3.9"', 'dependencies = ["jarviscore-framework==3.0.0"]'),
    ['pyproject.toml:3:20 error Python 3.9 is allowed here, and jarviscore-framework 3.0.0 needs 3.10 or newer.'],
  ],
  [toml('requires-python = ">=3.10"', 'dependencies = ["jarviscore-framework==3.0.0"]'), []],
  [
    toml('requires-python = ">=3.11,<3.13"', 'dependencies = ["jarviscore-framework==1.5.1"]'),
    ['pyproject.toml:3:20 info "jarviscore atom" of 1.5.1 does not compile before Python 3.12; everything else runs on 3.11.'],
    { target: '1.5.1' },
  ],
  [toml('requires-python = ">=3.12"', 'dependencies = ["jarviscore-framework==1.5.1"]'), [], { target: '1.5.1' }],
  [toml('requires-python = ">=3.11"', 'dependencies = ["jarviscore-framework==1.0.2"]'), [], { target: '1.0.2' }],
  [toml('requires-python = ">=3.11"', 'dependencies = ["jarviscore-framework==1.8.0"]'), [], { target: '1.8.0' }],
  [toml('requires-python = "<4"', 'dependencies = ["jarviscore-framework==3.0.0"]'), []],
  [toml('requires-python = ">=3.8"', 'dependencies = ["other"]'), []],
  [
    { Dockerfile: 'FROM python:3.9-slim\nRUN pip install jarviscore-framework==3.0.0\n' },
    ['Dockerfile:1:6 error Python 3.9 is allowed here, and jarviscore-framework 3.0.0 needs 3.10 or newer.'],
  ],
  [{ Dockerfile: 'FROM docker.io/library/python:3.10\nRUN pip install jarviscore-framework==3.0.0\n' }, []],
  [
    { Dockerfile: 'FROM docker.io/python:3.8\nRUN pip install jarviscore-framework==3.0.0\n' },
    ['Dockerfile:1:6 error Python 3.8 is allowed here, and jarviscore-framework 3.0.0 needs 3.10 or newer.'],
  ],
  [{ Dockerfile: 'FROM acme/python:3.8\nRUN pip install jarviscore-framework==3.0.0\n' }, []],
]);

says('install-name', [
  [
    needs('jarviscore==1.0.2'),
    [
      'requirements.txt:1:1 error The package index knows no jarviscore 1.0.2: "jarviscore" there is a Twitch chat bot library. The framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework[p2p]==3.0.0',
      '    -jarviscore==1.0.2',
      '    +jarviscore-framework[p2p]==3.0.0',
    ],
  ],
  [
    needs('jarviscore==0.3.1'),
    [
      'requirements.txt:1:1 error "jarviscore" on the package index is a Twitch chat bot library that owns the same module folder; the framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework[p2p]==3.0.0',
      '    -jarviscore==0.3.1',
      '    +jarviscore-framework[p2p]==3.0.0',
    ],
  ],
  [
    needs('JarvisCore'),
    [
      'requirements.txt:1:1 error "jarviscore" on the package index is a Twitch chat bot library that owns the same module folder; the framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework',
      '    -JarvisCore',
      '    +jarviscore-framework',
    ],
  ],
  [
    needs('jarviscore[p2p,redis]==1.0.2'),
    [
      'requirements.txt:1:1 error The package index knows no jarviscore 1.0.2: "jarviscore" there is a Twitch chat bot library. The framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework[p2p,redis]==3.0.0',
      '    -jarviscore[p2p,redis]==1.0.2',
      '    +jarviscore-framework[p2p,redis]==3.0.0',
    ],
    { target: '3.0.0' },
  ],
  [
    needs('jarviscore[all]==1.0.2'),
    [
      'requirements.txt:1:1 error The package index knows no jarviscore 1.0.2: "jarviscore" there is a Twitch chat bot library. The framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework[all]==3.0.0',
      '    -jarviscore[all]==1.0.2',
      '    +jarviscore-framework[all]==3.0.0',
    ],
    { target: '3.0.0' },
  ],
  [
    needs('jarviscore==1.1.0'),
    [
      'requirements.txt:1:1 error The package index knows no jarviscore 1.1.0: "jarviscore" there is a Twitch chat bot library. The framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework==1.1.0',
      '    -jarviscore==1.1.0',
      '    +jarviscore-framework==1.1.0',
    ],
    { target: '1.1.0' },
  ],
  [
    { 'README.md': '# X\n\n    pip install jarviscore==1.0.2\n' },
    [
      'README.md:3:17 warning The package index knows no jarviscore 1.0.2: "jarviscore" there is a Twitch chat bot library. The framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework[p2p]==3.0.0',
      '    -    pip install jarviscore==1.0.2',
      '    +    pip install jarviscore-framework[p2p]==3.0.0',
    ],
  ],
  [
    toml('dependencies = ["jarviscore>=1.0"]'),
    [
      'pyproject.toml:3:18 error "jarviscore" on the package index is a Twitch chat bot library that owns the same module folder; the framework is jarviscore-framework.',
      '  asks: Write jarviscore-framework>=1.0',
      '    -dependencies = ["jarviscore>=1.0"]',
      '    +dependencies = ["jarviscore-framework>=1.0"]',
    ],
  ],
  [
    { 'pyproject.toml': '[tool.poetry.dependencies]\njarviscore = { version = "1.0.2", extras = ["redis"] }\n' },
    [
      'pyproject.toml:2:1 error "jarviscore" on the package index is a Twitch chat bot library that owns the same module folder; the framework is jarviscore-framework.',
    ],
  ],
  [needs('jarviscore-framework==3.0.0'), []],
]);

says('yanked-version', [
  [
    needs('jarviscore-framework==1.14.0'),
    [
      'requirements.txt:1:1 error jarviscore-framework 1.14.0 is not offered on the package index; the next one is 1.14.1.',
      '  asks: Pin 1.14.1',
      '    -jarviscore-framework==1.14.0',
      '    +jarviscore-framework==1.14.1',
    ],
  ],
  [
    needs('jarviscore-framework[p2p]==1.6.0'),
    [
      'requirements.txt:1:1 error jarviscore-framework 1.6.0 is not offered on the package index; the next one is 1.8.0.',
      '  asks: Pin 1.8.0',
      '    -jarviscore-framework[p2p]==1.6.0',
      '    +jarviscore-framework[p2p]==1.8.0',
    ],
  ],
  [
    needs('jarviscore_framework===1.0.4'),
    [
      'requirements.txt:1:1 error jarviscore-framework 1.0.4 is not offered on the package index; the next one is 1.1.0.',
      '  asks: Pin 1.1.0',
      '    -jarviscore_framework===1.0.4',
      '    +jarviscore_framework==1.1.0',
    ],
  ],
  [needs('jarviscore-framework>=1.14.0'), []],
  [
    { 'pyproject.toml': '[tool.poetry.dependencies]\njarviscore-framework = { version = "==1.6.0" }\n' },
    ['pyproject.toml:2:1 error jarviscore-framework 1.6.0 is not offered on the package index; the next one is 1.8.0.'],
  ],
  [
    { 'README.md': '    pip install jarviscore-framework==1.14.0\n' },
    [
      'README.md:1:17 warning jarviscore-framework 1.14.0 is not offered on the package index; the next one is 1.14.1.',
      '  asks: Pin 1.14.1',
      '    -    pip install jarviscore-framework==1.14.0',
      '    +    pip install jarviscore-framework==1.14.1',
    ],
  ],
  [needs('jarviscore-framework==3.0.0'), []],
]);

says('install-both', [
  [
    needs('jarviscore==1.0.2', 'jarviscore-framework==3.0.0'),
    [
      'requirements.txt:1:1 error jarviscore and jarviscore-framework both own the module folder jarviscore/; the one installed last overwrites files of the other.',
      '  see requirements.txt:2:1 The framework',
    ],
  ],
  [needs('jarviscore==1.0.2'), []],
  [needs('jarviscore-framework==3.0.0'), []],
  [{ 'README.md': '    pip install jarviscore\n    pip install jarviscore-framework\n' }, []],
]);

says('extra-missing', [
  [
    { ...needs('jarviscore-framework==3.0.0'), ...mesh('"p2p_enabled": True') },
    [
      'requirements.txt:1:1 warning [P2P_ENABLED] P2P_ENABLED needs the extra "p2p", which the requirement lacks.',
      '  see node.py:3:36 P2P_ENABLED',
      '  asks: Add the extra p2p',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[p2p]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...mesh('"bind_port": 7950') },
    [
      'requirements.txt:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT needs the extra "p2p", which the requirement lacks.',
      '  see node.py:3:34 JARVISCORE_BIND_PORT',
      '  asks: Add the extra p2p',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[p2p]==3.0.0',
    ],
  ],
  [{ ...needs('jarviscore-framework==3.0.0'), ...mesh('"p2p_enabled": False, "bind_port": 7950') }, []],
  [
    { ...needs('jarviscore-framework[redis]==3.0.0'), ...mesh('"p2p_enabled": True') },
    [
      'requirements.txt:1:1 warning [P2P_ENABLED] P2P_ENABLED needs the extra "p2p", which the requirement lacks.',
      '  see node.py:3:36 P2P_ENABLED',
      '  asks: Add the extra p2p',
      '    -jarviscore-framework[redis]==3.0.0',
      '    +jarviscore-framework[p2p,redis]==3.0.0',
    ],
  ],
  [{ ...needs('jarviscore-framework[p2p]==3.0.0'), ...mesh('"p2p_enabled": True') }, []],
  [{ ...needs('jarviscore-framework[all]==3.0.0'), ...mesh('"p2p_enabled": True') }, []],
  [{ ...needs('jarviscore-framework[full]==3.0.0'), ...mesh('"p2p_enabled": True') }, []],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('REDIS_URL=redis://r') },
    [
      'requirements.txt:1:1 warning [REDIS_URL] REDIS_URL needs the extra "redis", which the requirement lacks.',
      '  see .env:1:11 REDIS_URL',
      '  asks: Add the extra redis',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[redis]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...mesh('"redis_store_url": "redis://r"') },
    [
      'requirements.txt:1:1 warning [REDIS_STORE_URL] REDIS_STORE_URL needs the extra "redis", which the requirement lacks.',
      '  see node.py:3:40 REDIS_STORE_URL',
      '  asks: Add the extra redis',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[redis]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('PROMETHEUS_ENABLED=true') },
    [
      'requirements.txt:1:1 warning [PROMETHEUS_ENABLED] PROMETHEUS_ENABLED needs the extra "prometheus", which the requirement lacks.',
      '  see .env:1:20 PROMETHEUS_ENABLED',
      '  asks: Add the extra prometheus',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[prometheus]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('STORAGE_BACKEND=azure') },
    [
      'requirements.txt:1:1 warning [STORAGE_BACKEND] STORAGE_BACKEND needs the extra "azure", which the requirement lacks.',
      '  see .env:1:17 STORAGE_BACKEND',
      '  asks: Add the extra azure',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[azure]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('BROWSER_MODEL=m') },
    [
      'requirements.txt:1:1 warning [BROWSER_MODEL] BROWSER_MODEL needs the extra "browser", which the requirement lacks.',
      '  see .env:1:15 BROWSER_MODEL',
      '  asks: Add the extra browser',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[browser]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('BROWSER_PROFILE_DIR=/b') },
    [
      'requirements.txt:1:1 warning [BROWSER_PROFILE_DIR] BROWSER_PROFILE_DIR needs the extra "browser", which the requirement lacks.',
      '  see .env:1:21 BROWSER_PROFILE_DIR',
      '  asks: Add the extra browser',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[browser]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('RAG_INDEX_PATH=/b') },
    [
      'requirements.txt:1:1 warning [RAG_INDEX_PATH] RAG_INDEX_PATH needs the extra "rag", which the requirement lacks.',
      '  see .env:1:16 RAG_INDEX_PATH',
      '  asks: Add the extra rag',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[rag]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('RAG_CHUNK_SIZE=5') },
    [
      'requirements.txt:1:1 warning [RAG_CHUNK_SIZE] RAG_CHUNK_SIZE needs the extra "rag", which the requirement lacks.',
      '  see .env:1:16 RAG_CHUNK_SIZE',
      '  asks: Add the extra rag',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[rag]==3.0.0',
    ],
  ],
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('KERNEL_ROUTER_PROVIDER=typesafe') },
    [
      'requirements.txt:1:1 warning [KERNEL_ROUTER_PROVIDER] KERNEL_ROUTER_PROVIDER needs the extra "typesafe", which the requirement lacks.',
      '  see .env:1:24 KERNEL_ROUTER_PROVIDER',
      '  asks: Add the extra typesafe',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[typesafe]==3.0.0',
    ],
  ],
  [{ ...needs('jarviscore-framework==3.0.0'), ...env('LOG_LEVEL=INFO') }, []],
  [
    { ...needs('jarviscore-framework[p2p]==3.0.0'), ...env('P2P_ENABLED=true', 'REDIS_URL=redis://r') },
    [
      'requirements.txt:1:1 warning [REDIS_URL] REDIS_URL needs the extra "redis", which the requirement lacks.',
      '  see .env:2:11 REDIS_URL',
      '  asks: Add the extra redis',
      '    -jarviscore-framework[p2p]==3.0.0',
      '    +jarviscore-framework[p2p,redis]==3.0.0',
    ],
  ],
  [
    { ...toml('dependencies = ["jarviscore-framework==3.0.0"]'), ...mesh('"p2p_enabled": True') },
    [
      'pyproject.toml:3:18 warning [P2P_ENABLED] P2P_ENABLED needs the extra "p2p", which the requirement lacks.',
      '  see node.py:3:36 P2P_ENABLED',
      '  asks: Add the extra p2p',
      '    -dependencies = ["jarviscore-framework==3.0.0"]',
      '    +dependencies = ["jarviscore-framework[p2p]==3.0.0"]',
    ],
  ],
  [
    {
      'pyproject.toml': '[tool.poetry.dependencies]\njarviscore-framework = { version = "3.0.0" }\n',
      ...mesh('"p2p_enabled": True'),
    },
    [
      'pyproject.toml:2:1 warning [P2P_ENABLED] P2P_ENABLED needs the extra "p2p", which the requirement lacks.',
      '  see node.py:3:36 P2P_ENABLED',
    ],
  ],
  [{ ...needs('jarviscore-framework==1.0.2'), ...mesh('"p2p_enabled": True') }, [], { target: '1.0.2' }],
  [mesh('"p2p_enabled": True'), []],
]);

says('prefixed-var-with-old-pin', [
  [
    { ...needs('jarviscore-framework==0.3.2'), ...env('JARVISCORE_BIND_PORT=1', 'JARVISCORE_NODE_NAME=a') },
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] jarviscore-framework 0.3.2 reads BIND_PORT; the prefix came with 0.4.0. Raise the pin, or drop the prefix.',
      '  see requirements.txt:1:1 Pinned to 0.3.2',
      '.env:2:1 warning [JARVISCORE_NODE_NAME] jarviscore-framework 0.3.2 reads NODE_NAME; the prefix came with 0.4.0. Raise the pin, or drop the prefix.',
      '  see requirements.txt:1:1 Pinned to 0.3.2',
    ],
  ],
  [{ ...needs('jarviscore-framework==0.3.3'), ...env('JARVISCORE_BIND_PORT=1') }, []],
  [{ ...needs('jarviscore-framework>=0.3.2'), ...env('JARVISCORE_BIND_PORT=1') }, []],
  [{ ...needs('jarviscore-framework==0.3.1'), ...env('BIND_PORT=1', 'LOG_LEVEL=INFO') }, []],
]);

says('prod-prometheus-extra', [
  [
    { ...needs('jarviscore-framework==3.0.0'), ...env('PROMETHEUS_ENABLED=true') },
    [
      'requirements.txt:1:1 info [PROMETHEUS_ENABLED] PROMETHEUS_ENABLED is on, but the requirement lacks the extra "prometheus": only a warning is logged and nothing is served.',
      '  see .env:1:20 PROMETHEUS_ENABLED',
      '  asks: Add the extra prometheus',
      '    -jarviscore-framework==3.0.0',
      '    +jarviscore-framework[prometheus]==3.0.0',
    ],
    production,
  ],
  [
    { ...needs('jarviscore-framework[p2p]==3.0.0'), ...env('PROMETHEUS_ENABLED=true') },
    [
      'requirements.txt:1:1 info [PROMETHEUS_ENABLED] PROMETHEUS_ENABLED is on, but the requirement lacks the extra "prometheus": only a warning is logged and nothing is served.',
      '  see .env:1:20 PROMETHEUS_ENABLED',
      '  asks: Add the extra prometheus',
      '    -jarviscore-framework[p2p]==3.0.0',
      '    +jarviscore-framework[p2p,prometheus]==3.0.0',
    ],
    production,
  ],
  [{ ...needs('jarviscore-framework[prometheus]==3.0.0'), ...env('PROMETHEUS_ENABLED=true') }, [], production],
  [{ ...needs('jarviscore-framework[all]==3.0.0'), ...env('PROMETHEUS_ENABLED=true') }, [], production],
  [{ ...needs('jarviscore-framework[full]==3.0.0'), ...env('PROMETHEUS_ENABLED=true') }, [], production],
  [{ ...needs('jarviscore-framework==3.0.0'), ...env('PROMETHEUS_ENABLED=false') }, [], production],
  [
    { ...toml('dependencies = ["jarviscore-framework==3.0.0"]'), ...env('PROMETHEUS_ENABLED=true') },
    [
      'pyproject.toml:3:18 info [PROMETHEUS_ENABLED] PROMETHEUS_ENABLED is on, but the requirement lacks the extra "prometheus": only a warning is logged and nothing is served.',
      '  see .env:1:20 PROMETHEUS_ENABLED',
      '  asks: Add the extra prometheus',
      '    -dependencies = ["jarviscore-framework==3.0.0"]',
      '    +dependencies = ["jarviscore-framework[prometheus]==3.0.0"]',
    ],
    production,
  ],
  [env('PROMETHEUS_ENABLED=true'), [], production],
]);

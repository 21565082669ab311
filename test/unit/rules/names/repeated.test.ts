/** What the rules of config/rules/names/repeated.ts say. */

import { composed } from '../namesWorkspaces.ts';
import { env, joins, mesh, service } from '../said.ts';
import { says } from '../says.ts';

says('duplicate-key', [
  [
    env('LOG_LEVEL=INFO', 'A=1', 'LOG_LEVEL=INFO'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL is set again in line 3; the last one wins.',
      '  see .env:3:1 This LOG_LEVEL wins',
      '  asks: Remove this earlier line',
      '    -LOG_LEVEL=INFO',
    ],
  ],
  [
    env('LOG_LEVEL=INFO', 'LOG_LEVEL=DEBUG'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This LOG_LEVEL wins',
      '  asks: Remove this earlier line',
      '    -LOG_LEVEL=INFO',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=1', 'JARVISCORE_BIND_PORT=2'),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This JARVISCORE_BIND_PORT wins',
      '  asks: Remove this earlier line',
      '    -JARVISCORE_BIND_PORT=1',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=1', 'JARVISCORE_BIND_PORT=1'),
    [
      '.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT is set again in line 2; the last one wins.',
      '  see .env:2:1 This JARVISCORE_BIND_PORT wins',
      '  asks: Remove this earlier line',
      '    -JARVISCORE_BIND_PORT=1',
    ],
  ],
  [
    env('NEXUS_SECRET=abcdefgh1', 'NEXUS_SECRET=abcdefgh2'),
    [
      '.env:1:1 error [NEXUS_SECRET] NEXUS_SECRET is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This NEXUS_SECRET wins',
      '  asks: Remove this earlier line',
      '    -NEXUS_SECRET=abcdefgh1',
    ],
  ],
  [
    env('NEXUS_SECRET=abcdefgh1', 'NEXUS_SECRET=abcdefgh1'),
    [
      '.env:1:1 warning [NEXUS_SECRET] NEXUS_SECRET is set again in line 2; the last one wins.',
      '  see .env:2:1 This NEXUS_SECRET wins',
      '  asks: Remove this earlier line',
      '    -NEXUS_SECRET=abcdefgh1',
    ],
  ],
  [
    env('LOG_LEVEL=INFO', 'log_level=DEBUG'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This log_level wins',
      '  asks: Remove this earlier line',
      '    -LOG_LEVEL=INFO',
    ],
  ],
  [
    env('A=1', 'A=2', 'A=3'),
    [
      '.env:1:1 warning [A] A is set again in line 3; the last one wins and the values differ.',
      '  see .env:3:1 This A wins',
      '  asks: Remove this earlier line',
      '    -A=1',
      '.env:2:1 warning [A] A is set again in line 3; the last one wins and the values differ.',
      '  see .env:3:1 This A wins',
      '  asks: Remove this earlier line',
      '    -A=2',
    ],
  ],
  [
    env('A', 'A=1'),
    [
      '.env:1:1 warning [A] A is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This A wins',
      '  asks: Remove this earlier line',
      '    -A',
    ],
  ],
  [
    env('REDIS_URL=redis://:aaaaaaaa1@r', 'REDIS_URL=redis://:aaaaaaaa2@r'),
    [
      '.env:1:1 error [REDIS_URL] REDIS_URL is set again in line 2; the last one wins and the values differ.',
      '  see .env:2:1 This REDIS_URL wins',
      '  asks: Remove this earlier line',
      '    -REDIS_URL=redis://:aaaaaaaa1@r',
    ],
  ],
  [service(['LOG_LEVEL: INFO', 'P2P_ENABLED: "true"']), []],
  [
    composed('environment:', '  - LOG_LEVEL=INFO', '  - P2P_ENABLED=true', '  - LOG_LEVEL=DEBUG'),
    [
      'compose.yml:6:9 warning [LOG_LEVEL] LOG_LEVEL is set again in line 8; the last one wins and the values differ.',
      '  see compose.yml:8:9 This LOG_LEVEL wins',
      '  asks: Remove this earlier line',
      '    -      - LOG_LEVEL=INFO',
    ],
  ],
]);

says('alias-conflict', [
  [
    env('CLAUDE_API_KEY=abcdefgh1', 'ANTHROPIC_API_KEY=abcdefgh2'),
    [
      '.env:2:19 warning [ANTHROPIC_API_KEY] ANTHROPIC_API_KEY and CLAUDE_API_KEY are two names of one setting with different values; CLAUDE_API_KEY wins and this line is ignored.',
      '  see .env:1:16 CLAUDE_API_KEY wins',
      '  asks: Remove ANTHROPIC_API_KEY',
      '    -ANTHROPIC_API_KEY=abcdefgh2',
    ],
  ],
  [env('CLAUDE_API_KEY=abcdefgh1', 'ANTHROPIC_API_KEY=abcdefgh1'), []],
  [
    env('AZURE_API_KEY=abcdefgh1', 'AZURE_OPENAI_KEY=abcdefgh2', 'AZURE_ENDPOINT=https://a', 'AZURE_OPENAI_ENDPOINT=https://b'),
    [
      '.env:2:18 warning [AZURE_OPENAI_KEY] AZURE_OPENAI_KEY and AZURE_API_KEY are two names of one setting with different values; AZURE_API_KEY wins and this line is ignored.',
      '  see .env:1:15 AZURE_API_KEY wins',
      '  asks: Remove AZURE_OPENAI_KEY',
      '    -AZURE_OPENAI_KEY=abcdefgh2',
      '.env:4:23 warning [AZURE_OPENAI_ENDPOINT] AZURE_OPENAI_ENDPOINT and AZURE_ENDPOINT are two names of one setting with different values; AZURE_ENDPOINT wins and this line is ignored.',
      '  see .env:3:16 AZURE_ENDPOINT wins',
      '  asks: Remove AZURE_OPENAI_ENDPOINT',
      '    -AZURE_OPENAI_ENDPOINT=https://b',
    ],
  ],
  [
    env('LLM_ENDPOINT=http://a', 'VLLM_ENDPOINT=http://b'),
    [
      '.env:2:15 warning [VLLM_ENDPOINT] VLLM_ENDPOINT and LLM_ENDPOINT are two names of one setting with different values; LLM_ENDPOINT wins and this line is ignored.',
      '  see .env:1:14 LLM_ENDPOINT wins',
      '  asks: Remove VLLM_ENDPOINT',
      '    -VLLM_ENDPOINT=http://b',
    ],
  ],
  [env('LLM_ENDPOINT=http://a', 'VLLM_ENDPOINT='), []],
  [
    env('TASK_MODEL=a', 'CLAUDE_TASK_MODEL=b', 'BROWSER_CONTROL_URL=http://a', 'BROWSER_SERVICE_URL=http://b'),
    [
      '.env:2:19 warning [CLAUDE_TASK_MODEL] CLAUDE_TASK_MODEL and TASK_MODEL are two names of one setting with different values; TASK_MODEL wins and this line is ignored.',
      '  see .env:1:12 TASK_MODEL wins',
      '  asks: Remove CLAUDE_TASK_MODEL',
      '    -CLAUDE_TASK_MODEL=b',
      '.env:4:21 warning [BROWSER_SERVICE_URL] BROWSER_SERVICE_URL and BROWSER_CONTROL_URL are two names of one setting with different values; BROWSER_CONTROL_URL wins and this line is ignored.',
      '  see .env:3:21 BROWSER_CONTROL_URL wins',
      '  asks: Remove BROWSER_SERVICE_URL',
      '    -BROWSER_SERVICE_URL=http://b',
    ],
  ],
  [
    env('NEXUS_DB_URL=postgres://a', 'DATABASE_URL=postgres://b'),
    [
      '.env:2:14 warning [DATABASE_URL] DATABASE_URL and NEXUS_DB_URL are two names of one setting with different values; NEXUS_DB_URL wins and this line is ignored.',
      '  see .env:1:14 NEXUS_DB_URL wins',
      '  asks: Remove DATABASE_URL',
      '    -DATABASE_URL=postgres://b',
    ],
  ],
  [
    env('JARVISCORE_CONTROL_MODE=off', 'CONTROL_MODE=strict', 'JARVISCORE_CONTROL_POLICY=/a', 'CONTROL_POLICY_PATH=/b'),
    [
      '.env:2:14 warning [CONTROL_MODE] CONTROL_MODE and JARVISCORE_CONTROL_MODE are two names of one setting with different values; JARVISCORE_CONTROL_MODE wins and this line is ignored.',
      '  see .env:1:25 JARVISCORE_CONTROL_MODE wins',
      '  asks: Remove CONTROL_MODE',
      '    -CONTROL_MODE=strict',
      '.env:4:21 warning [CONTROL_POLICY_PATH] CONTROL_POLICY_PATH and JARVISCORE_CONTROL_POLICY are two names of one setting with different values; JARVISCORE_CONTROL_POLICY wins and this line is ignored.',
      '  see .env:3:27 JARVISCORE_CONTROL_POLICY wins',
      '  asks: Remove CONTROL_POLICY_PATH',
      '    -CONTROL_POLICY_PATH=/b',
    ],
  ],
  [
    env(
      'JARVISCORE_JOURNAL_DIR=/a',
      'JOURNAL_DIR=/b',
      'JARVISCORE_JOURNAL_CAPTURE=off',
      'JOURNAL_CAPTURE=full',
      'JARVISCORE_JOURNAL_CONTENT_DAYS=1',
      'JOURNAL_CONTENT_DAYS=2',
    ),
    [
      '.env:2:13 warning [JOURNAL_DIR] JOURNAL_DIR and JARVISCORE_JOURNAL_DIR are two names of one setting with different values; JARVISCORE_JOURNAL_DIR wins and this line is ignored.',
      '  see .env:1:24 JARVISCORE_JOURNAL_DIR wins',
      '  asks: Remove JOURNAL_DIR',
      '    -JOURNAL_DIR=/b',
      '.env:4:17 warning [JOURNAL_CAPTURE] JOURNAL_CAPTURE and JARVISCORE_JOURNAL_CAPTURE are two names of one setting with different values; JARVISCORE_JOURNAL_CAPTURE wins and this line is ignored.',
      '  see .env:3:28 JARVISCORE_JOURNAL_CAPTURE wins',
      '  asks: Remove JOURNAL_CAPTURE',
      '    -JOURNAL_CAPTURE=full',
      '.env:6:22 warning [JOURNAL_CONTENT_DAYS] JOURNAL_CONTENT_DAYS and JARVISCORE_JOURNAL_CONTENT_DAYS are two names of one setting with different values; JARVISCORE_JOURNAL_CONTENT_DAYS wins and this line is ignored.',
      '  see .env:5:33 JARVISCORE_JOURNAL_CONTENT_DAYS wins',
      '  asks: Remove JOURNAL_CONTENT_DAYS',
      '    -JOURNAL_CONTENT_DAYS=2',
    ],
  ],
  [
    { ...env('JARVISCORE_SEED_NODES=a:1', 'JARVISCORE_MESH_ENDPOINT=b:1'), ...joins() },
    [
      '.env:2:26 warning [JARVISCORE_MESH_ENDPOINT] JARVISCORE_MESH_ENDPOINT and JARVISCORE_SEED_NODES are two names of one setting with different values; JARVISCORE_SEED_NODES wins and this line is ignored.',
      '  see .env:1:23 JARVISCORE_SEED_NODES wins',
      '  asks: Remove JARVISCORE_MESH_ENDPOINT',
      '    -JARVISCORE_MESH_ENDPOINT=b:1',
    ],
  ],
  [{ ...env('JARVISCORE_SEED_NODES=a:1', 'JARVISCORE_MESH_ENDPOINT=b:1'), ...mesh() }, []],
  [{ ...env('CONTROL_MODE=strict'), ...mesh('"control_mode": "off"') }, []],
]);

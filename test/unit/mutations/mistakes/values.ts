/** Values, secrets, models and budgets. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { add, alone, by, drop, programOf, replace, set, withoutKey } from '../changes.ts';
import { inClearText, withoutRedis } from '../consequences.ts';
import type { Mistake } from '../mistake.ts';

const complete: readonly FileKind[] = ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'];
const key = 'q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA';

/** A provider that comes before Claude, whose key the clean workspace has. */
const azure = [
  set('AZURE_API_KEY', '0123456789abcdef0123456789abcdef'),
  set('AZURE_ENDPOINT', 'https://atlas.openai.azure.com'),
  set('AZURE_DEPLOYMENT', 'gpt-4o'),
];
const twoProviders = [...inClearText, { rule: 'llm-provider-order', why: 'the clean workspace has Claude already' }];

/** The scout's secrets stand in its image, not in its service. */
const nothingFromCompose = by({ dockerfile: replace('compose.yaml', '    environment: *secrets\n', '') });

const optionsOff = (file: string, from: string, to: string) => by({ systemd: replace(file, from, to) });

export const valueMistakes: readonly Mistake[] = [
  {
    rule: 'azure-container-name',
    also: [{ rule: 'storage-azure-unused', why: 'the clean workspace stores locally' }],
  },
  { rule: 'out-of-range', values: [set('LLM_BULK_RESERVE', '0.95')] },
  { rule: 'invalid-url' },
  {
    rule: 'invalid-url',
    values: [set('ATHENA_URL', 'athena.atlas.internal')],
    python: [set('athena_url', '"athena.atlas.internal"')],
  },
  {
    rule: 'browser-ignore-https',
    values: [set('BROWSER_IGNORE_HTTPS_ERRORS', 'true')],
  },
  {
    rule: 'storage-azure-unused',
    values: [set('STORAGE_BACKEND', 'local'), set('AZURE_STORAGE_CONNECTION_STRING', `AccountName=acme;AccountKey=${key}`)],
    at: 'AZURE_STORAGE_CONNECTION_STRING',
    also: inClearText,
  },
  { rule: 'quoted-twice', values: [set('LLM_MODEL', `'"qwen"'`)] },
  { rule: 'secret-placeholder', also: inClearText },
  {
    rule: 'secret-reused',
    change: nothingFromCompose,
    values: [set('NEXUS_SECRET', key), set('NEXUS_GATEWAY_API_KEY', key)],
    at: 'NEXUS_GATEWAY_API_KEY',
    also: inClearText,
  },
  ...['secret-format', 'nexus-stack-secret-in-project-env', 'nexus-secret-weak'].map(
    (rule): Mistake => ({ rule, also: inClearText }),
  ),
  {
    rule: 'azure-openai-api-key',
    values: [
      set('AZURE_ENDPOINT', 'https://atlas.openai.azure.com'),
      set('AZURE_DEPLOYMENT', 'gpt-4o'),
      set('AZURE_OPENAI_API_KEY', '0123456789abcdef0123456789abcdef'),
    ],
    at: 'AZURE_OPENAI_API_KEY',
    also: [...inClearText, { rule: 'azure-incomplete', why: 'an endpoint without a key that is read is half a provider' }],
    reveals: twoProviders,
  },
  { rule: 'azure-incomplete', kinds: complete, also: inClearText },
  {
    rule: 'kernel-budget-env-too-late',
    reveals: [
      { rule: 'kernel-budget-lowers-roles', why: 'once the total is obeyed, it lowers the profiles of some roles' },
      { rule: 'kernel-budget-sum', why: 'once the total is obeyed, the default budgets exceed it' },
    ],
  },
  { rule: 'nexus-key-format', also: inClearText },
  { rule: 'openai-key-unsupported', also: inClearText },
  {
    rule: 'nexus-encryption-vs-state-equal',
    also: [
      ...inClearText,
      { rule: 'nexus-stack-secret-in-project-env', why: 'both keys belong to the stack' },
      { rule: 'nexus-key-format', why: 'the example is no 32 bytes in base64' },
    ],
  },
  {
    rule: 'nexus-secret-only-in-dotenv',
    kinds: ['dotenv'],
    change: add('fleet/.env', `NEXUS_SECRET=${key}\n`),
    where: ['fleet/.env', 'NEXUS_SECRET'],
    also: inClearText,
  },
  {
    rule: 'nexus-gateway-no-auth-mode',
    kinds: complete,
    change: (files, kind) =>
      replace(
        programOf(kind),
        'mesh = Mesh(',
        'class Mailer(AutoAgent):\n    role = "mailer"\n    requires_auth = True\n\n\nmesh = Mesh(',
      )(files, kind),
    values: [set('NEXUS_GATEWAY_URL', 'https://nexus.atlas.internal')],
    python: [set('nexus_gateway_url', '"https://nexus.atlas.internal"')],
  },
  {
    rule: 'llm-provider-order',
    kinds: ['dotenv', 'compose', 'systemd', 'kubernetes', 'shell', 'launch', 'python'],
    also: inClearText,
  },
  {
    rule: 'llm-provider-order',
    kinds: ['dockerfile'],
    change: nothingFromCompose,
    values: [set('CLAUDE_API_KEY', `sk-ant-${key}`), set('GEMINI_API_KEY', `AIza${key}`)],
    at: 'CLAUDE_API_KEY',
    also: [
      ...inClearText,
      { rule: 'nexus-gateway-key-missing', why: 'the change takes all secrets of the scout out of the compose file' },
    ],
  },
  { rule: 'promo-token-overrides', also: inClearText },
  { rule: 'model-routing-non-azure', values: [set('TASK_MODEL_HEAVY', 'gpt-4o')] },
  {
    rule: 'tier-model-env-only',
    values: [...azure, set('TASK_MODEL_STANDARD', 'gpt-4o')],
    at: 'TASK_MODEL_STANDARD',
    kinds: [...complete.filter((kind) => kind !== 'python')],
    also: twoProviders,
  },
  {
    rule: 'tier-fallback',
    kinds: complete,
    values: [...azure, set('TASK_MODEL_NANO', 'gpt-4o-mini')],
    at: 'TASK_MODEL_NANO',
    reveals: [{ rule: 'tier-fallback', why: 'moved into the dict, the tier still lacks the standard model' }],
    also: [...twoProviders, { rule: 'tier-model-env-only', why: 'the tier is taken from the environment by some agents only' }],
  },
  {
    rule: 'browser-model-missing',
    kinds: ['python'],
    base: alone(),
    change: replace('fleet/agents.py', '    role = "writer"\n', '    role = "writer"\n    default_kernel_role = "browser"\n'),
    where: ['fleet/agents.py', 'default_kernel_role'],
  },
  {
    rule: 'llm-max-concurrent-formula',
    kinds: ['dotenv'],
    values: [set('LLM_MAX_CONCURRENT', '50 # 60 RPM, 12 s per request')],
    also: [{ rule: 'dotenv-inline-comment-other-loader', why: 'systemd reads this file too' }],
  },
  {
    rule: 'llm-limits-no-redis',
    kinds: complete,
    values: [drop('REDIS_URL'), set('LLM_LIMITS', `'{"claude:claude-sonnet-4": {"rpm": 300, "tpm": 400000}}'`)],
    python: [drop('redis_url')],
    at: 'LLM_LIMITS',
    where: (kind) => (kind === 'python' ? ['fleet/planner.py', '"llm_limits"'] : null),
    also: withoutRedis,
  },
  {
    rule: 'kernel-budget-sum',
    kinds: ['python'],
    also: [{ rule: 'kernel-budget-lowers-roles', why: 'a total of 50,000 also lowers the profiles of some roles' }],
  },
  {
    rule: 'sandbox-remote-no-url',
    kinds: ['python'],
    workspace: '1.0.2',
    change: replace('nodes/coordinator.py', '        "sandbox_service_url": "https://sandbox.beacon.internal",\n', ''),
    where: ['nodes/coordinator.py', '"sandbox_mode"'],
    also: [{ rule: 'suppression-unused', why: 'the comment above the line spoke about a remote sandbox that exists' }],
  },
  {
    rule: 'sandbox-url-without-remote',
    kinds: ['python'],
    workspace: '1.0.2',
    change: replace('nodes/coordinator.py', '"sandbox_mode": "remote"', '"sandbox_mode": "local"'),
    where: ['nodes/coordinator.py', '"sandbox_service_url"'],
    also: [{ rule: 'suppression-unused', why: 'the comment above the line spoke about a remote sandbox' }],
  },
  {
    rule: 'sandbox-remote-fallback',
    kinds: ['python'],
    workspace: '1.0.2',
    change: replace('nodes/coordinator.py', '        # jarviscore: ignore sandbox-remote-fallback\n', ''),
    where: ['nodes/coordinator.py', '"sandbox_mode"'],
  },
  {
    rule: 'storage-redis-no-url',
    kinds: complete,
    values: [drop('REDIS_URL'), set('STORAGE_BACKEND', 'redis')],
    python: [drop('redis_url'), set('storage_backend', '"redis"')],
    also: withoutRedis,
  },
  {
    rule: 'hitl-thresholds',
    kinds: complete,
    base: withoutKey('hitl_enabled'),
    values: [set('HITL_MAX_CONFIDENCE', '0.5')],
    python: [set('hitl_max_confidence', '0.5')],
    also: [{ rule: 'env-needs-mesh-config', why: 'the environment does not reach the thresholds either' }],
    reveals: [{ rule: 'hitl-thresholds', why: 'in the dict the threshold still waits for approvals to be switched on' }],
  },
  {
    rule: 'prometheus-port-without-enabled',
    kinds: ['dotenv', 'python', 'compose', 'kubernetes', 'dockerfile', 'shell', 'launch'],
    values: [set('PROMETHEUS_ENABLED', 'false'), set('PROMETHEUS_PORT', '9190')],
    at: 'PROMETHEUS_PORT',
  },
  {
    rule: 'prometheus-port-without-enabled',
    kinds: ['systemd'],
    change: optionsOff(
      'deploy/systemd/atlas-editor.service.d/metrics.conf',
      'PROMETHEUS_ENABLED=true',
      'PROMETHEUS_ENABLED=false',
    ),
    where: ['deploy/systemd/atlas-editor.service', 'PROMETHEUS_PORT'],
  },
  {
    rule: 'athena-redis-required',
    kinds: complete,
    values: [drop('REDIS_URL'), set('ATHENA_URL', 'https://athena.atlas.internal')],
    python: [drop('redis_url')],
    at: 'ATHENA_URL',
    where: (kind) => (kind === 'python' ? ['fleet/planner.py', '"athena_url"'] : null),
    also: withoutRedis,
  },
  { rule: 'athena-two-credentials', also: inClearText },
  {
    rule: 'p2p-without-redis',
    kinds: complete,
    values: [drop('REDIS_URL'), set('JARVISCORE_SEED_NODES', '10.20.0.1:7950,10.20.0.2:7950')],
    python: [drop('redis_url')],
    at: 'JARVISCORE_SEED_NODES',
    where: (kind) => (kind === 'python' ? ['fleet/planner.py', '"seed_nodes"'] : null),
    also: withoutRedis,
  },
  { rule: 'auth-poll-gt-timeout', kinds: ['python'] },
  {
    rule: 'swim-period-order',
    values: [set('SWIM_SUSPECT_TIMEOUT', '16'), set('SWIM_PING_TIMEOUT', '6')],
    at: 'SWIM_SUSPECT_TIMEOUT',
  },
  {
    rule: 'decision-provider-without-key',
    kinds: complete,
    also: [{ rule: 'extra-missing', why: 'the provider also needs an extra that the clean workspace has no use for' }],
  },
];

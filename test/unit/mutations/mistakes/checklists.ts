/** What production asks for. */

import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { all, alone, by, drop, programOf, replace, set, withoutKey } from '../changes.ts';
import { withoutRedis } from '../consequences.ts';
import { isSlotKind, type Mistake } from '../mistake.ts';
import { place, slots } from '../slots.ts';

/** Kinds whose processes are known completely; the image of a pod is not part of the workspace. */
const complete: readonly FileKind[] = ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'];
const secretCarriers: readonly FileKind[] = ['python', 'compose', 'systemd', 'shell', 'launch'];

/** Takes a setting out; the process that lacks it is told where it is declared. */
const missing = (rule: string, name: string, key: string | null, rest: Partial<Mistake> = {}): Mistake => ({
  rule,
  kinds: complete,
  values: [drop(name)],
  ...(key === null ? {} : { python: [drop(key)] }),
  at: 'declaration',
  ...rest,
});

const passed = 'PassEnvironment=CLAUDE_API_KEY NEXUS_SECRET';

export const checklistMistakes: readonly Mistake[] = [
  missing('prod-no-llm-provider', 'CLAUDE_API_KEY', null, { kinds: secretCarriers }),
  {
    rule: 'prod-no-llm-provider',
    kinds: ['dotenv', 'dockerfile'],
    change: by({
      dotenv: replace('deploy/systemd/atlas-archivist.service', passed, 'PassEnvironment=NEXUS_SECRET'),
      dockerfile: replace(
        'compose.yaml',
        '    environment: *secrets\n',
        '    environment:\n      NEXUS_SECRET:\n      NEXUS_GATEWAY_API_KEY:\n      ATHENA_API_KEY:\n',
      ),
    }),
    values: [set('AZURE_ENDPOINT', 'https://atlas.openai.azure.com')],
    also: [{ rule: 'azure-incomplete', why: 'an endpoint without its key is half a provider' }],
  },
  missing('prod-nexus-secret-missing', 'NEXUS_SECRET', null, { kinds: secretCarriers }),
  missing('prod-nexus-gateway-missing', 'NEXUS_GATEWAY_URL', 'nexus_gateway_url'),
  { rule: 'nexus-gateway-key-missing', kinds: secretCarriers, values: [drop('NEXUS_GATEWAY_API_KEY')], where: gatewayLine },
  {
    rule: 'nexus-gateway-key-missing',
    kinds: ['dotenv', 'dockerfile'],
    change: by({
      dotenv: replace('deploy/systemd/atlas-archivist.service', ' NEXUS_GATEWAY_API_KEY', ''),
      dockerfile: replace(
        'compose.yaml',
        '    environment: *secrets\n',
        '    environment:\n      CLAUDE_API_KEY:\n      NEXUS_SECRET:\n      ATHENA_API_KEY:\n',
      ),
    }),
    where: gatewayLine,
  },
  missing('prod-redis-missing', 'REDIS_URL', 'redis_url', {
    also: withoutRedis,
  }),
  missing('prod-storage-ephemeral', 'STORAGE_BASE_PATH', null),
  missing('prod-prometheus-off', 'PROMETHEUS_ENABLED', null, {
    kinds: ['dotenv', 'python', 'compose', 'dockerfile', 'shell', 'launch'],
    also: [{ rule: 'prometheus-port-without-enabled', why: 'the port of metrics that are off does nothing' }],
  }),
  {
    rule: 'prod-prometheus-off',
    kinds: ['systemd'],
    change: replace(
      'deploy/systemd/atlas-editor.service.d/metrics.conf',
      'Environment=PROMETHEUS_ENABLED=true',
      'Environment=PROMETHEUS_ENABLED=false',
    ),
    where: ['deploy/systemd/atlas-editor.service.d/metrics.conf', 'PROMETHEUS_ENABLED'],
    also: [{ rule: 'prometheus-port-without-enabled', why: 'the port of metrics that are off does nothing' }],
  },
  missing('prod-llm-max-concurrent', 'LLM_MAX_CONCURRENT', 'llm_max_concurrent', { target: '3.0.0' }),
  missing('prod-llm-limits', 'LLM_LIMITS', 'llm_limits', {
    where: (kind) => (kind === 'python' ? ['fleet/planner.py', '"llm_max_concurrent"'] : null),
    at: 'LLM_MAX_CONCURRENT',
    values: [drop('LLM_LIMITS'), set('LLM_MAX_CONCURRENT', '8')],
  }),
  { rule: 'prod-log-level', values: [set('LOG_LEVEL', 'DEBUG')], python: [set('log_level', '"DEBUG"')] },
  missing('prod-athena-missing', 'ATHENA_URL', 'athena_url'),
  missing('prod-journal-ephemeral', 'JOURNAL_DIR', null),
  missing('prod-journal-content', 'JOURNAL_CAPTURE', null),
  { rule: 'prod-journal-content', kinds: complete, values: [set('JOURNAL_CAPTURE', 'full')] },
  {
    rule: 'prod-execution-timeout-default',
    kinds: complete,
    change: withoutKey('execution_timeout'),
    at: 'declaration',
    values: [],
  },
  { rule: 'hitl-disabled', kinds: complete, change: withoutKey('hitl_enabled'), at: 'declaration', values: [] },
  {
    rule: 'prod-p2p-config',
    kinds: ['dotenv', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'],
    values: [drop('JARVISCORE_BIND_PORT'), set('P2P_ENABLED', 'true')],
    at: 'P2P_ENABLED',
    also: [{ rule: 'port-docker-swarm', why: 'the default port 7946 is also that of Docker Swarm' }],
  },
  {
    rule: 'prod-p2p-config',
    kinds: ['python'],
    python: [drop('bind_port')],
    where: ['fleet/planner.py', '"p2p_enabled"'],
  },
  {
    rule: 'prod-p2p-config',
    kinds: ['requirements'],
    change: all(replace('requirements.txt', '[p2p,redis', '[redis'), replace('pyproject.toml', '[p2p,redis', '[redis')),
    where: ['pyproject.toml', 'jarviscore-framework'],
    also: [{ rule: 'extra-missing', why: 'the same lack, told for development too' }],
  },
  {
    rule: 'prod-sandbox-local',
    kinds: complete,
    target: '1.14.1',
    base: (files, kind) => (isSlotKind(kind) ? place(files, slots['3.0.0'][kind], [set('SANDBOX_MODE', 'remote')]).files : files),
    values: [drop('SANDBOX_MODE')],
    at: 'declaration',
  },
  {
    rule: 'sandbox-remote-untrusted',
    kinds: ['python'],
    workspace: '1.0.2',
    change: replace(
      'nodes/coordinator.py',
      '        # jarviscore: ignore sandbox-remote-fallback\n        "sandbox_mode": "remote",\n        "sandbox_service_url": "https://sandbox.beacon.internal",\n',
      '        "sandbox_mode": "local",\n',
    ),
    where: ['nodes/coordinator.py', '"sandbox_mode"'],
  },
  {
    rule: 'nexus-return-url-localhost',
    values: [set('NEXUS_RETURN_URL', 'http://localhost:8000/oauth/callback')],
    python: [set('nexus_return_url', '"http://localhost:8000/oauth/callback"')],
  },
  {
    rule: 'kernel-wall-vs-exec',
    kinds: complete,
    change: (files, kind) => replace(programOf(kind), '"execution_timeout": 170', '"execution_timeout": 900')(files, kind),
    values: [],
    where: (kind) => [programOf(kind), '"execution_timeout"'],
  },
  {
    rule: 'requires-auth-missing',
    kinds: ['python'],
    base: alone(),
    change: replace('fleet/agents.py', '    requires_auth = True\n', ''),
    where: ['fleet/planner.py', 'mesh = Mesh('],
  },
];

/** The line of the gateway in the file of a kind. */
function gatewayLine(kind: FileKind): readonly [string, string] {
  switch (kind) {
    case 'python':
      return ['fleet/planner.py', '"nexus_gateway_url"'];
    case 'compose':
      return ['compose.yaml', '      NEXUS_GATEWAY_URL:'];
    case 'systemd':
      return ['deploy/systemd/atlas-editor.service', 'NEXUS_GATEWAY_URL='];
    case 'dotenv':
      return ['deploy/systemd/archivist.env', 'NEXUS_GATEWAY_URL='];
    case 'dockerfile':
      return ['images/scout/Dockerfile', 'NEXUS_GATEWAY_URL='];
    case 'shell':
      return ['scripts/start-analyst.sh', 'NEXUS_GATEWAY_URL='];
    default:
      return ['.vscode/launch.json', '"NEXUS_GATEWAY_URL"'];
  }
}

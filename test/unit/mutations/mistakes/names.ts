/** Names, their spelling, where they are read, and env files as such. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { add, append, drop, replace, set } from '../changes.ts';
import { inClearText, withoutRedis } from '../consequences.ts';
import type { Mistake } from '../mistake.ts';

const api = 'fleet/api.env';

/** A line of `.env` text, in the file that one Python process loads. */
function line(rule: string, text: string, marked: string, rest: Partial<Mistake> = {}): Mistake {
  return { rule, kinds: ['dotenv'], change: append(api, text), where: [api, marked], ...rest };
}

const firstTimeouts: Partial<Record<FileKind, readonly [file: string, text: string]>> = {
  compose: ['compose.yaml', 'LLM_TIMEOUT: "60"'],
  systemd: ['deploy/systemd/atlas-editor.service', 'LLM_TIMEOUT=60'],
  kubernetes: ['deploy/kubernetes/reviewer.yaml', 'LLM_TIMEOUT'],
  dockerfile: ['images/scout/Dockerfile', 'LLM_TIMEOUT=60'],
  launch: ['.vscode/launch.json', '"LLM_TIMEOUT": "60"'],
};

export const nameMistakes: readonly Mistake[] = [
  {
    rule: 'per-process-var-in-shared-env',
    kinds: ['dotenv'],
    change: add('.env', 'JARVISCORE_BIND_PORT=7990\n'),
    where: ['.env', 'JARVISCORE_BIND_PORT'],
    also: [{ rule: 'mesh-config-overrides-env', why: 'programs below the file that name another port in their dict' }],
  },
  {
    rule: 'env-file-in-prod',
    kinds: ['dotenv'],
    change: add('.env', 'LLM_TIMEOUT=90\n'),
    where: ['.env', 'LLM_TIMEOUT'],
    profile: 'production',
  },
  { rule: 'var-not-in-release', values: [set('HITL_TARGETS', 'alice')], target: '2.1.0' },
  { rule: 'var-not-in-release', values: [set('STEP_OUTPUT_MAX_BYTES', '100000')], target: '3.0.0' },
  {
    rule: 'documented-but-unread-var',
    values: [set('AZURE_CONTAINER_NAME', 'blobs')],
    reveals: [
      { rule: 'storage-azure-unused', why: 'under its right name the container is a setting of a storage that is not used' },
    ],
  },
  {
    rule: 'duplicate-key',
    kinds: ['dotenv'],
    values: [set('LLM_TIMEOUT', '60'), set('LLM_TIMEOUT', '90')],
    where: ['deploy/systemd/archivist.env', 'LLM_TIMEOUT=60'],
  },
  {
    rule: 'duplicate-key',
    kinds: ['compose', 'systemd', 'kubernetes', 'dockerfile', 'launch'],
    values: [set('LLM_TIMEOUT', '60'), set('LLM_TIMEOUT', '90')],
    where: (kind) => firstTimeouts[kind] ?? null,
  },
  {
    rule: 'alias-conflict',
    values: [set('JARVISCORE_JOURNAL_DIR', '/srv/atlas/journal'), set('JOURNAL_DIR', '/var/lib/atlas/journal')],
    at: 'JOURNAL_DIR',
  },
  {
    rule: 'deprecated-var',
    values: [set('CLAUDE_TASK_MODEL', 'claude-sonnet-4')],
    reveals: [{ rule: 'tier-model-env-only', why: 'under either name a model of the environment reaches two agents only' }],
  },
  { rule: 'env-needs-mesh-config', values: [set('AUTH_FLOW_TIMEOUT', '900')] },
  { rule: 'setting-unread', values: [set('KEEPALIVE_TIMEOUT', '20')] },
  {
    rule: 'process-env-only-var',
    kinds: ['dotenv'],
    target: '2.1.0',
    change: add('fleet/.env', 'SERPER_API_KEY=0123456789abcdef\n'),
    where: ['fleet/.env', 'SERPER_API_KEY'],
    also: inClearText,
  },
  {
    rule: 'redis-components-ignored',
    kinds: ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'],
    values: [drop('REDIS_URL'), set('REDIS_HOST', 'redis.atlas.internal')],
    python: [drop('redis_url'), set('redis_host', '"redis.atlas.internal"')],
    also: withoutRedis,
  },
  { rule: 'redis-url-overrides-components', values: [set('REDIS_HOST', 'other.atlas.internal')] },
  line('dotenv-missing-equals', 'LLM_MODEL\n', 'LLM_MODEL'),
  line('dotenv-hash-without-space', 'KEEPALIVE_INTERVAL=120#seconds\n', 'KEEPALIVE_INTERVAL'),
  line('dotenv-empty-with-comment', 'LLM_MODEL= # none\n', 'LLM_MODEL'),
  line('dotenv-value-cut-by-comment', 'SERPER_API_KEY=q8Zr3vK1 #xW7mB5tN9cH2\n', 'SERPER_API_KEY', {
    also: inClearText,
    reveals: inClearText,
  }),
  line('dotenv-junk-after-quote', 'LLM_MODEL="qwen"x\n', 'LLM_MODEL'),
  line('dotenv-unclosed-quote', 'LLM_MODEL="qwen\n', 'LLM_MODEL'),
  line('dotenv-backtick', 'LLM_MODEL=`qwen`\n', 'LLM_MODEL'),
  line('dotenv-invalid-key', 'LLM TIMEOUT=60\n', 'LLM TIMEOUT'),
  line('dotenv-invalid-key', 'set LLM_TIMEOUT=60\n', 'set LLM_TIMEOUT'),
  line('dotenv-colon', 'LLM_TIMEOUT: 60\n', 'LLM_TIMEOUT:'),
  line('dotenv-two-assignments', 'LLM_TIMEOUT=60 LLM_MODEL=qwen\n', 'LLM_TIMEOUT=60'),
  line('dotenv-section', '[llm]\nLLM_TIMEOUT=60\n', '[llm]'),
  line('dotenv-wrong-comment', '; timeout of a call\nLLM_TIMEOUT=60\n', '; timeout'),
  line('dotenv-continuation', 'LLM_MODEL=qwen \\\ncoder\n', 'LLM_MODEL'),
  {
    rule: 'dotenv-bom',
    kinds: ['dotenv'],
    change: replace(api, '# Limits', '\ufeff# Limits'),
    where: [api, '# Limits'],
  },
  line('dotenv-invisible-char', 'LLM_MODEL=\u201cqwen\u201d\n', 'LLM_MODEL'),
  line('dotenv-trailing-space-in-quotes', 'KEEPALIVE_ENABLED="true "\n', 'KEEPALIVE_ENABLED'),
  line('dotenv-interpolation', 'LLM_MODEL=$' + '{BASE_MODEL}-coder\n', 'LLM_MODEL'),
  {
    rule: 'dotenv-export-prefix',
    kinds: ['dotenv'],
    change: replace('deploy/systemd/archivist.env', 'LOG_LEVEL=', 'export LOG_LEVEL='),
    where: ['deploy/systemd/archivist.env', 'LOG_LEVEL'],
  },
  { rule: 'dotenv-inline-comment-other-loader', kinds: ['dotenv'], values: [set('LOG_LEVEL', 'INFO # or DEBUG')] },
  line('commented-key-blocks-init', '# NEXUS_GATEWAY_URL=http://localhost:8090\n', '# NEXUS_GATEWAY_URL', { target: '2.2.0' }),
  {
    rule: 'mesh-config-overrides-env',
    kinds: ['python'],
    python: [set('JARVISCORE_NODE_NAME', 'scheduler')],
    where: ['fleet/planner.py', '"node_name"'],
  },
  { rule: 'redis-max-step-output-not-passed' },
];

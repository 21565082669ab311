/** The production guide's checklist, as far as settings decide it. */
import { compareReleases } from '#schemas/settings/catalogue.ts';
import { fix } from '../fixes.ts';
import { setCandidate } from '../processFixes.ts';
import { isLoopback, isWildcard, type ProcessView } from '../processView.ts';
import { firstWritten, meshRelation, relation } from '../relation.ts';
import { azureEndpoints, azureKeys, providersOf } from '../relations/llm.ts';
import { processRule, type Rule, workspaceRule } from '../rule.ts';
import { splitUrl } from '../values/urls.ts';

/** Addresses that mean the machine or its neighbours instead of a deployed service. */
export function isOwnMachine(host: string): boolean {
  return isLoopback(host) || isWildcard(host) || host.endsWith('.local') || host === 'host.docker.internal';
}

export function hostOf(process: ProcessView, name: string): string | null {
  const text = process.isSet(name) ? process.text(name) : null;
  return text === null ? null : (splitUrl(text)?.host ?? null);
}

const redisNames = ['REDIS_STORE_URL', 'REDIS_URL'] as const;

/** Whether some agent of the process's file or of the workspace asks for credentials. */
function declaresAuth(process: ProcessView): boolean {
  return process.document?.marks.some((mark) => mark.name === 'requires_auth' && mark.value !== 'False') ?? false;
}

function llmAnchor(process: ProcessView): string {
  return firstWritten(process, ...azureKeys, ...azureEndpoints, 'VERTEX_AI_ENABLED', 'VERTEX_AI_PROJECT');
}

/** Truth of a setting that its own release applies from that origin. */
const isOn = (process: ProcessView, name: string): boolean => process.bool(name) === true;

const unapplied = (process: ProcessView, name: string, release: string): string =>
  process.written(name)?.applied === false ? ` (JarvisCore ${release} does not apply it from there)` : '';

export const productionRules: readonly Rule[] = [
  meshRelation('prod-no-llm-provider', (process, { target }) => {
    if (!process.complete || providersOf(process, target).length > 0) return null;
    return {
      at: llmAnchor(process),
      message: `${process.name} has no complete model provider: set AZURE_API_KEY with AZURE_ENDPOINT, CLAUDE_API_KEY, GEMINI_API_KEY, LLM_ENDPOINT, or Vertex AI with its project.`,
    };
  }),

  meshRelation('prod-nexus-secret-missing', (process) => {
    if (!process.complete || process.isSet('NEXUS_SECRET')) return null;
    const gateway = process.isSet('NEXUS_GATEWAY_URL');
    return {
      at: 'NEXUS_SECRET',
      ...(gateway ? { severity: 'info' } : {}),
      message: gateway
        ? 'NEXUS_SECRET is missing; with a gateway it only protects the local fallback store.'
        : 'NEXUS_SECRET is missing: the credential store is encrypted with a key derived from the machine. The framework only logs that at DEBUG.',
    };
  }),

  meshRelation('prod-nexus-gateway-missing', (process) => {
    if (!process.complete || process.isSet('NEXUS_GATEWAY_URL')) return null;
    return {
      at: 'NEXUS_GATEWAY_URL',
      ...(declaresAuth(process) ? {} : { severity: 'info' }),
      message: `NEXUS_GATEWAY_URL is missing${declaresAuth(process) ? ' and agents here declare requires_auth' : '; agents that call providers get their credentials from the local store'}.`,
    };
  }),

  relation('nexus-gateway-localhost', (process) => {
    const host = hostOf(process, 'NEXUS_GATEWAY_URL');
    return host !== null && isOwnMachine(host)
      ? {
          at: 'NEXUS_GATEWAY_URL',
          message: `NEXUS_GATEWAY_URL points to ${host}; in production it is the address of the deployed gateway.`,
        }
      : null;
  }),

  relation('nexus-gateway-key-missing', (process, { production }) => {
    const host = hostOf(process, 'NEXUS_GATEWAY_URL');
    if (host === null || isOwnMachine(host) || process.isSet('NEXUS_GATEWAY_API_KEY') || !process.complete) return null;
    return {
      at: 'NEXUS_GATEWAY_URL',
      ...(production ? { severity: 'warning' } : {}),
      message: 'A gateway of this release asks for an API key; NEXUS_GATEWAY_API_KEY is missing.',
    };
  }),

  meshRelation('prod-redis-missing', (process) =>
    process.complete && process.firstSet(...redisNames) === null
      ? {
          at: firstWritten(process, 'REDIS_URL', 'REDIS_HOST', 'REDIS_PORT', 'REDIS_PASSWORD', 'REDIS_DB'),
          message:
            'REDIS_URL is missing: state, mailboxes and workflows end with the process. REDIS_HOST and the like do not connect the mesh.',
        }
      : null,
  ),

  relation('redis-localhost', (process) => {
    const name = process.firstSet(...redisNames);
    const host = name === null ? null : hostOf(process, name);
    return name !== null && host !== null && isOwnMachine(host)
      ? { at: name, message: `${name} points to ${host}; in production Redis is an external server with persistence.` }
      : null;
  }),

  processRule('prod-storage-ephemeral', ({ process, target }, report) => {
    if (!process.production || !process.complete || process.joinsOnly) return;
    const backend = process.text('STORAGE_BACKEND');
    const path = process.text('STORAGE_BASE_PATH');
    // Computed somewhere: it may be anything.
    if (backend === null || path === null) return;
    const durable =
      backend === 'azure' ||
      (backend === 'redis' && compareReleases(target, '2.3.0') >= 0) ||
      /^(\/|~|[A-Za-z]:[\\/])/.test(path);
    if (durable) return;
    const at = firstWritten(process, 'STORAGE_BASE_PATH', 'STORAGE_BACKEND');
    report({
      at: process.placeOf(at),
      setting: at,
      message: `Blobs go to ${path}, relative to the working directory: a new container starts without them. Use azure, or an absolute path on a volume.`,
    });
  }),

  meshRelation('prod-sandbox-local', (process, { target }) => {
    if (!process.complete || process.text('SANDBOX_MODE') === 'remote') return null;
    const old = compareReleases(target, '1.0.2') <= 0;
    return {
      at: 'SANDBOX_MODE',
      ...(old ? {} : { severity: 'info' }),
      message: old
        ? 'Generated code runs in the process; set "sandbox_mode": "remote" and "sandbox_service_url" in the Mesh dict.'
        : `Generated code runs beside the process, and no setting of JarvisCore ${target} isolates it (AutoAgent ignores SANDBOX_MODE).`,
    };
  }),

  meshRelation('prod-unsafe-execution', (process, { documents }) => {
    if (!isOn(process, 'ALLOW_UNSAFE_LOCAL_EXECUTION')) return null;
    const edit = setCandidate(documents, process.written('ALLOW_UNSAFE_LOCAL_EXECUTION'), { text: 'false', literal: 'False' });
    return {
      at: 'ALLOW_UNSAFE_LOCAL_EXECUTION',
      message: 'ALLOW_UNSAFE_LOCAL_EXECUTION is on: code written by a model runs unconfined in production.',
      fixes: fix('Switch it off', false, edit),
    };
  }),

  meshRelation('prod-prometheus-off', (process, { documents }) => {
    if (!process.complete || process.bool('PROMETHEUS_ENABLED') !== false) return null;
    const written = process.written('PROMETHEUS_ENABLED');
    return {
      at: 'PROMETHEUS_ENABLED',
      message: 'PROMETHEUS_ENABLED is off: nothing can be scraped.',
      fixes:
        // In the dict it would be ignored.
        written === undefined
          ? []
          : fix('Switch it on', false, setCandidate(documents, written, { text: 'true', literal: 'True' })),
    };
  }),

  meshRelation('prod-llm-max-concurrent', (process, { target }) => {
    if (!process.complete || (process.number('LLM_MAX_CONCURRENT') ?? 1) !== 0) return null;
    const governed = compareReleases(target, '2.2.0') >= 0;
    return {
      at: 'LLM_MAX_CONCURRENT',
      ...(governed ? { severity: 'info' } : {}),
      message: governed
        ? 'LLM_MAX_CONCURRENT is not set; the governor adapts by itself, a hard cap per deployment needs the setting.'
        : 'LLM_MAX_CONCURRENT is not set: parallel model calls are unlimited.',
    };
  }),

  workspaceRule('prod-llm-limits', ({ processes }, report) => {
    const sharing = processes.filter(
      (process) =>
        process.production &&
        process.complete &&
        !process.implied &&
        !process.joinsOnly &&
        providersOf(process, '3.0.0').length > 0,
    );
    if (sharing.length < 2) return;
    for (const process of sharing) {
      const limits = process.isSet('LLM_LIMITS') && process.text('LLM_LIMITS') !== '{}';
      if (limits && process.isSet('REDIS_URL')) continue;
      const at = limits ? 'LLM_LIMITS' : firstWritten(process, 'LLM_LIMITS', 'LLM_MAX_CONCURRENT');
      report({
        at: process.placeOf(at),
        setting: 'LLM_LIMITS',
        message: limits
          ? 'LLM_LIMITS is shared between processes through Redis only; REDIS_URL is missing.'
          : `${sharing.length} processes share model deployments without LLM_LIMITS; each adapts alone.`,
      });
    }
  }),

  meshRelation('prod-log-level', (process, { target, documents }) => {
    const level = process.written('LOG_LEVEL');
    const text = process.text('LOG_LEVEL')?.toUpperCase() ?? '';
    if (level === undefined && process.complete)
      return {
        at: 'LOG_LEVEL',
        severity: 'info',
        message: `LOG_LEVEL is not set; the checklist asks for INFO. JarvisCore ${target} does not apply it, the application's logging set-up decides.`,
      };
    if (level === undefined || text !== 'DEBUG') return null;
    return {
      at: 'LOG_LEVEL',
      message: `LOG_LEVEL=DEBUG in production${unapplied(process, 'LOG_LEVEL', target)}; the checklist asks for INFO or WARNING.`,
      fixes: fix('Write INFO', false, setCandidate(documents, level, { text: 'INFO', literal: '"INFO"' })),
    };
  }),

  meshRelation('prod-execution-timeout-default', (process, { target }) => {
    if (!process.complete || process.number('EXECUTION_TIMEOUT') !== 300) return null;
    return {
      at: 'EXECUTION_TIMEOUT',
      message: `EXECUTION_TIMEOUT has its default of 300 s; tune it with "execution_timeout" in the Mesh dict (JarvisCore ${target} reads it there only).`,
    };
  }),

  meshRelation('prod-athena-missing', (process) =>
    process.complete && !process.isSet('ATHENA_URL')
      ? { at: 'ATHENA_URL', message: 'ATHENA_URL is missing: agents keep no semantic memory across sessions.' }
      : null,
  ),

  processRule('prod-journal-ephemeral', ({ process }, report) => {
    if (!process.production || !process.complete || process.joinsOnly) return;
    const name = process.isSet('JARVISCORE_JOURNAL_DIR') ? 'JARVISCORE_JOURNAL_DIR' : 'JOURNAL_DIR';
    const path = process.text(name) ?? '';
    if (/^(\/|~|[A-Za-z]:[\\/])/.test(path) || /^(off|none|)$/i.test(path)) return;
    report({
      at: process.placeOf(name),
      setting: name,
      message: `The journal goes to ${path}, relative to the working directory: a new container starts without it. Use an absolute path on a volume.`,
    });
  }),

  meshRelation('prod-journal-content', (process, { documents }) => {
    const name = process.isSet('JARVISCORE_JOURNAL_CAPTURE') ? 'JARVISCORE_JOURNAL_CAPTURE' : 'JOURNAL_CAPTURE';
    if (!process.complete || (process.text(name) ?? 'full') !== 'full') return null;
    const edit = setCandidate(documents, process.written(name), { text: 'digests', literal: '"digests"' });
    const days = process.number('JOURNAL_CONTENT_DAYS') ?? 30;
    return {
      at: name,
      message: `The journal keeps prompts, results and tool data on disk for ${days} days; JOURNAL_CAPTURE=digests keeps checksums only.`,
      fixes: fix('Write digests', false, edit),
    };
  }),

  relation('athena-url-localhost', (process) => {
    const host = hostOf(process, 'ATHENA_URL');
    return host !== null && isOwnMachine(host)
      ? { at: 'ATHENA_URL', message: `ATHENA_URL points to ${host}; in production it is the address of the memory service.` }
      : null;
  }),

  relation('nexus-return-url-localhost', (process) => {
    const name = 'NEXUS_RETURN_URL';
    const text = process.text(name);
    const host = text === null ? null : (splitUrl(text)?.host ?? null);
    if (host === null || !isOwnMachine(host) || !process.isSet('NEXUS_GATEWAY_URL')) return null;
    return {
      at: firstWritten(process, name, 'NEXUS_GATEWAY_URL'),
      message: `NEXUS_RETURN_URL points to ${host}: after a login the browser of a user is sent to its own machine.`,
    };
  }),

  relation('control-mode-off', (process) => {
    const name = process.isSet('JARVISCORE_CONTROL_MODE') ? 'JARVISCORE_CONTROL_MODE' : 'CONTROL_MODE';
    return process.isSet(name) && process.text(name)?.toLowerCase() === 'off'
      ? { at: name, message: 'With control mode off, effects of agents are neither decided nor recorded.' }
      : null;
  }),
];

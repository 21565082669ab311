/** Model providers and their limits (execution/llm.py:416-508, execution/governor.py of 3.0.0). */
import { compareReleases } from '#schemas/settings/catalogue.ts';
import { fix, insertMeshKey } from '../fixes.ts';
import { notableNames, writtenNames } from '../names/environmentNames.ts';
import { renameCandidate, setCandidate } from '../processFixes.ts';
import type { ProcessView } from '../processView.ts';
import { firstWritten, relation, writtenRelation } from '../relation.ts';
import { documentRule, type Rule } from '../rule.ts';

export const azureKeys = ['AZURE_API_KEY', 'AZURE_OPENAI_KEY'] as const;
export const azureEndpoints = ['AZURE_ENDPOINT', 'AZURE_OPENAI_ENDPOINT'] as const;

/** Providers a process can use, in the order the client tries them. */
export function providersOf(process: ProcessView, release: string): readonly string[] {
  const found: string[] = [];
  if (compareReleases(release, '1.3.1') >= 0 && process.isSet('JARVISCORE_PROMO_TOKEN')) found.push('promotion');
  if (process.firstSet(...azureKeys) !== null && process.firstSet(...azureEndpoints) !== null) found.push('Azure');
  if (process.firstSet('CLAUDE_API_KEY', 'ANTHROPIC_API_KEY') !== null) found.push('Claude');
  if (process.firstSet('LLM_ENDPOINT', 'VLLM_ENDPOINT') !== null) found.push('vLLM');
  if (process.isSet('GEMINI_API_KEY')) found.push('Gemini');
  if (process.bool('VERTEX_AI_ENABLED') === true && process.isSet('VERTEX_AI_PROJECT')) found.push('Vertex AI');
  return found;
}

/** Where the first provider's setting stands. */
const providerSetting: Readonly<Record<string, readonly string[]>> = {
  promotion: ['JARVISCORE_PROMO_TOKEN'],
  Azure: azureKeys,
  Claude: ['CLAUDE_API_KEY', 'ANTHROPIC_API_KEY'],
  vLLM: ['LLM_ENDPOINT', 'VLLM_ENDPOINT'],
  Gemini: ['GEMINI_API_KEY'],
  'Vertex AI': ['VERTEX_AI_PROJECT'],
};

function settingOfProvider(process: ProcessView, provider: string): string {
  const names = providerSetting[provider] ?? [];
  return process.firstSet(...names) ?? names[0] ?? '';
}

const tiers = ['TASK_MODEL_NANO', 'TASK_MODEL_STANDARD', 'TASK_MODEL_HEAVY'] as const;

/** Time budgets of the role profiles in milliseconds (kernel/defaults of 3.0.0; two roles had 240 s up to 1.4.1). */
export function longestRoleMs(release: string): number {
  return compareReleases(release, '1.4.1') <= 0 ? 240_000 : 600_000;
}

export const llmRules: readonly Rule[] = [
  writtenRelation('azure-incomplete', [...azureKeys, ...azureEndpoints], (process) => {
    const key = process.firstSet(...azureKeys);
    const endpoint = process.firstSet(...azureEndpoints);
    if (!process.complete) return null;
    if (key !== null && endpoint === null)
      return { at: key, message: `${key} is set without AZURE_ENDPOINT: the Azure provider is skipped silently.` };
    if (key === null && endpoint !== null)
      return { at: endpoint, message: `${endpoint} is set without AZURE_API_KEY: the Azure provider is skipped silently.` };
    if (key === null || endpoint === null || process.isSet('AZURE_DEPLOYMENT')) return null;
    return { at: endpoint, severity: 'info', message: 'AZURE_DEPLOYMENT is not set; requests go to a deployment named gpt-4o.' };
  }),

  relation('azure-openai-api-key', (process, { documents }) => {
    if (!process.isSet('AZURE_OPENAI_API_KEY') || process.firstSet(...azureKeys) !== null) return null;
    return {
      at: 'AZURE_OPENAI_API_KEY',
      message:
        'AZURE_OPENAI_API_KEY is read by the Athena command line only; the model client reads AZURE_API_KEY or AZURE_OPENAI_KEY.',
      // A key without an endpoint would be half a provider.
      fixes:
        process.firstSet(...azureEndpoints) === null
          ? []
          : fix(
              'Rename to AZURE_API_KEY',
              false,
              renameCandidate(documents, process.written('AZURE_OPENAI_API_KEY'), 'AZURE_API_KEY'),
            ),
    };
  }),

  documentRule('openai-key-unsupported', ({ document, at }, report) => {
    for (const written of writtenNames(document)) {
      if (written.key !== 'OPENAI_API_KEY' || written.assignment === null) continue;
      report({
        at: at(written.range),
        setting: 'OPENAI_API_KEY',
        message:
          'OPENAI_API_KEY configures no model provider of JarvisCore; use LLM_ENDPOINT for compatible servers, or Azure, Claude, Gemini, Vertex AI.',
      });
    }
  }),

  writtenRelation('vertex-incomplete', ['VERTEX_AI_ENABLED', 'VERTEX_AI_PROJECT'], (process) => {
    const enabled = process.bool('VERTEX_AI_ENABLED');
    const project = process.isSet('VERTEX_AI_PROJECT');
    if (!process.complete || enabled === null) return null;
    if (enabled && !project) {
      const google = process.isSet('GOOGLE_CLOUD_PROJECT') ? '; GOOGLE_CLOUD_PROJECT is not read for it' : '';
      return { at: 'VERTEX_AI_ENABLED', message: `Vertex AI is on, but VERTEX_AI_PROJECT is missing${google}.` };
    }
    return !enabled && project
      ? { at: 'VERTEX_AI_PROJECT', message: 'VERTEX_AI_PROJECT has no effect without VERTEX_AI_ENABLED=true.' }
      : null;
  }),

  relation('llm-provider-order', (process, { target }) => {
    const [first, ...others] = providersOf(process, target);
    if (first === undefined || others.length === 0) return null;
    return {
      at: settingOfProvider(process, first),
      with: others.map((other) => settingOfProvider(process, other)),
      message: `Several model providers are configured; JarvisCore tries ${[first, ...others].join(', then ')}.`,
    };
  }),

  relation('promo-token-overrides', (process, { target }) => {
    const providers = providersOf(process, target);
    if (providers[0] !== 'promotion' || providers.length < 2) return null;
    return {
      at: 'JARVISCORE_PROMO_TOKEN',
      message: `The promotion token is used before ${providers.slice(1).join(', ')}, and its failures never fall through to them.`,
    };
  }),

  documentRule('promo-endpoint-override', ({ document, at }, report) => {
    for (const written of notableNames(document)) {
      if (written.key !== 'JARVISCORE_PROMO_ENDPOINT' || written.assignment === null || isEmptyText(written.assignment)) continue;
      report({
        at: at(written.range),
        setting: written.key,
        message: 'The promotion token is sent to this address; leave the line out unless you were told to set it.',
      });
    }
  }),

  relation('coding-model-placeholder', (process) => {
    if (!process.inDict('CODING_MODEL') || process.text('CODING_MODEL') !== 'dromos-gpt-4.1') return null;
    return {
      at: 'CODING_MODEL',
      message: 'dromos-gpt-4.1 is the placeholder default of the framework, not a model of yours; name your deployment.',
    };
  }),

  relation('model-routing-non-azure', (process, { target }) => {
    const provider = providersOf(process, target)[0];
    const tier = [...tiers, 'TASK_MODEL', 'CODING_MODEL'].find(
      (name) => process.isSet(name) && looksLikeOtherProvider(process.text(name), provider),
    );
    if (tier === undefined || provider === undefined || !process.isApplied(tier)) return null;
    return {
      at: tier,
      message: `The model name goes to whichever provider answers; the first one here is ${provider}, which has no ${process.text(tier) ?? 'such model'}.`,
    };
  }),

  relation('tier-model-env-only', (process) => {
    const tier = [...tiers, 'TASK_MODEL'].find((name) => process.isSet(name) && !process.inDict(name));
    if (tier === undefined || !process.complete || process.process.declaration.kind === 'join-mesh') return null;
    return {
      at: tier,
      message: `${tier} from the environment reaches planner and evaluator only; routing by complexity reads the Mesh dict ("${tier.toLowerCase()}").`,
      fixes: fix(
        `Add "${tier.toLowerCase()}" to the Mesh dict`,
        false,
        process.text(tier) === null
          ? null
          : insertMeshKey(process.process, tier.toLowerCase(), JSON.stringify(process.text(tier))),
      ),
    };
  }),

  relation('tier-fallback', (process) => {
    const set = process.firstSet('TASK_MODEL_NANO', 'TASK_MODEL_HEAVY');
    if (set === null || process.firstSet('TASK_MODEL_STANDARD', 'TASK_MODEL') !== null || !process.complete) return null;
    return {
      at: set,
      message: `${set} is set, but neither TASK_MODEL_STANDARD nor TASK_MODEL is; the standard tier falls back to the provider's default model.`,
    };
  }),

  relation('azure-api-version-old', (process, { documents }) => {
    if (process.written('AZURE_API_VERSION') === undefined || process.text('AZURE_API_VERSION') !== '2024-02-15-preview')
      return null;
    const edit = setCandidate(documents, process.written('AZURE_API_VERSION'), { text: '2024-10-21', literal: '"2024-10-21"' });
    return {
      at: 'AZURE_API_VERSION',
      message: '2024-02-15-preview was the default of earlier releases; since 1.12.0 it is 2024-10-21.',
      fixes: fix('Write 2024-10-21', false, edit),
    };
  }),

  writtenRelation(
    'llm-max-concurrent-vs-ceiling',
    ['LLM_MAX_CONCURRENT', 'LLM_CONCURRENCY_CEILING', 'LLM_INITIAL_CONCURRENCY'],
    (process) => {
      const ceiling = process.number('LLM_CONCURRENCY_CEILING');
      const above = (['LLM_MAX_CONCURRENT', 'LLM_INITIAL_CONCURRENCY'] as const).find(
        (name) => (process.number(name) ?? 0) > (ceiling ?? Number.POSITIVE_INFINITY),
      );
      if (above === undefined) return null;
      return {
        at: firstWritten(process, above, 'LLM_CONCURRENCY_CEILING'),
        with: ['LLM_CONCURRENCY_CEILING'],
        message: `${above} (${process.number(above)}) exceeds LLM_CONCURRENCY_CEILING (${ceiling}); the lower one wins.`,
      };
    },
  ),

  writtenRelation('llm-bulk-reserve-range', ['LLM_BULK_RESERVE'], (process) => {
    const reserve = process.number('LLM_BULK_RESERVE');
    return reserve === null || (reserve >= 0 && reserve <= 1)
      ? null
      : { at: 'LLM_BULK_RESERVE', message: `LLM_BULK_RESERVE is a share between 0 and 1, not ${reserve}.` };
  }),

  writtenRelation('llm-429-retry-long', ['LLM_429_BASE_DELAY', 'LLM_MAX_RETRIES_429', 'LLM_TIMEOUT'], (process) => {
    const base = process.number('LLM_429_BASE_DELAY');
    const retries = process.number('LLM_MAX_RETRIES_429');
    const timeout = process.number('LLM_TIMEOUT');
    if (base === null || retries === null || timeout === null || retries > 1000) return null;
    let sum = 0;
    for (let n = 0; n < retries; n++) sum += Math.min(base * 2 ** n, 60) * 1.5;
    if (sum <= timeout) return null;
    return {
      at: firstWritten(process, 'LLM_429_BASE_DELAY', 'LLM_MAX_RETRIES_429', 'LLM_TIMEOUT'),
      message: `Retries after rate limits wait up to ${Math.round(sum)} s in total, longer than LLM_TIMEOUT (${timeout} s).`,
    };
  }),

  writtenRelation('llm-timeout-vs-wall-clock', ['LLM_TIMEOUT', 'KERNEL_WALL_CLOCK_MS'], (process, { target }) => {
    const timeout = process.number('LLM_TIMEOUT');
    const own = process.inDict('KERNEL_WALL_CLOCK_MS') ? process.number('KERNEL_WALL_CLOCK_MS') : null;
    const wall = own ?? longestRoleMs(target);
    if (timeout === null || timeout * 1000 <= wall || !process.complete) return null;
    return {
      at: firstWritten(process, 'LLM_TIMEOUT', 'KERNEL_WALL_CLOCK_MS'),
      message: `One model call may take ${timeout} s, longer than the ${own === null ? 'most generous role profile allows' : 'wall clock allows'} (${wall / 1000} s).`,
    };
  }),

  writtenRelation('llm-connect-ge-timeout', ['LLM_CONNECT_TIMEOUT', 'LLM_TIMEOUT'], (process) => {
    const connect = process.number('LLM_CONNECT_TIMEOUT');
    const timeout = process.number('LLM_TIMEOUT');
    if (connect === null || timeout === null || connect < timeout) return null;
    return {
      at: firstWritten(process, 'LLM_CONNECT_TIMEOUT', 'LLM_TIMEOUT'),
      with: ['LLM_TIMEOUT'],
      message: `LLM_CONNECT_TIMEOUT (${connect} s) is not shorter than LLM_TIMEOUT (${timeout} s).`,
    };
  }),
];

function isEmptyText(assignment: { readonly value: { readonly kind: string; readonly text?: string } }): boolean {
  return assignment.value.kind === 'absent' || (assignment.value.kind === 'text' && assignment.value.text === '');
}

/** Whether a model name plainly belongs to another provider than the first. */
function looksLikeOtherProvider(model: string | null, provider: string | undefined): boolean {
  if (model === null || provider === undefined) return false;
  const family = /^claude/i.test(model)
    ? 'Claude'
    : /^gemini/i.test(model)
      ? 'Gemini'
      : /^(gpt-|o\d)/i.test(model)
        ? 'Azure'
        : null;
  if (family === null || provider === 'vLLM' || provider === 'promotion') return false;
  return family !== provider && !(family === 'Gemini' && provider === 'Vertex AI');
}

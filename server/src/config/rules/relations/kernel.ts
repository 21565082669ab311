/** Budgets, times and amounts of one process that contradict each other. */
import { fix } from '../fixes.ts';
import { removeCandidate, setCandidate } from '../processFixes.ts';
import { firstWritten, meshRelation, relation, writtenRelation } from '../relation.ts';
import type { Rule } from '../rule.ts';
import { longestRoleMs } from './llm.ts';

/** The smallest total, thinking, action and wall-clock budget of any role profile of 3.0.0 that a general key would undercut. */
const roleBudgets: readonly (readonly [name: string, largestRole: number])[] = [
  ['KERNEL_MAX_TOTAL_TOKENS', 240_000],
  ['KERNEL_THINKING_BUDGET', 180_000],
  ['KERNEL_ACTION_BUDGET', 108_000],
  ['KERNEL_WALL_CLOCK_MS', 600_000],
];

export const kernelRules: readonly Rule[] = [
  relation('kernel-budget-lowers-roles', (process) => {
    const lowered = roleBudgets.find(([name, largest]) => process.inDict(name) && (process.number(name) ?? largest) < largest);
    if (lowered === undefined) return null;
    const [name, largest] = lowered;
    return {
      at: name,
      message: `"${name.toLowerCase()}": ${process.number(name)} applies to every role and lowers some (up to ${largest} by profile); use "kernel_role_profiles" for one role.`,
    };
  }),

  writtenRelation(
    'kernel-budget-sum',
    ['KERNEL_THINKING_BUDGET', 'KERNEL_ACTION_BUDGET', 'KERNEL_MAX_TOTAL_TOKENS'],
    (process) => {
      const thinking = process.number('KERNEL_THINKING_BUDGET');
      const action = process.number('KERNEL_ACTION_BUDGET');
      const total = process.number('KERNEL_MAX_TOTAL_TOKENS');
      if (thinking === null || action === null || total === null || thinking + action === total) return null;
      const over = thinking + action > total;
      return {
        at: firstWritten(process, 'KERNEL_MAX_TOTAL_TOKENS', 'KERNEL_THINKING_BUDGET', 'KERNEL_ACTION_BUDGET'),
        with: ['KERNEL_THINKING_BUDGET', 'KERNEL_ACTION_BUDGET'],
        ...(over ? {} : { severity: 'info' }),
        message: `Thinking ${thinking} + action ${action} = ${thinking + action} tokens, ${over ? 'more' : 'less'} than the total of ${total}.`,
      };
    },
  ),

  writtenRelation('kernel-turns-fuse', ['KERNEL_MAX_TURNS'], (process) => {
    const turns = process.number('KERNEL_MAX_TURNS');
    return turns === null || turns <= 36
      ? null
      : {
          at: 'KERNEL_MAX_TURNS',
          message: `${turns} turns exceed the fuse of every role (18 to 36); the fuse ends the work first.`,
        };
  }),

  writtenRelation('kernel-wall-vs-exec', ['KERNEL_WALL_CLOCK_MS', 'EXECUTION_TIMEOUT'], (process, { target }) => {
    // Neither counts from the environment: the roles bring a clock of their own (kernel/lease.py), AutoAgent a timeout of 300 s.
    const own = process.isApplied('KERNEL_WALL_CLOCK_MS') ? process.number('KERNEL_WALL_CLOCK_MS') : null;
    const given = process.isApplied('EXECUTION_TIMEOUT') ? process.number('EXECUTION_TIMEOUT') : null;
    if (own === null && given === null) return null;
    const wall = own ?? longestRoleMs(target);
    const execution = given ?? 300;
    if (wall >= execution * 1000) return null;
    return {
      at: firstWritten(process, 'KERNEL_WALL_CLOCK_MS', 'EXECUTION_TIMEOUT'),
      with: ['EXECUTION_TIMEOUT'],
      message: `The wall clock of ${own === null ? 'every role (at most ' : ''}${wall / 1000} s${own === null ? ')' : ''} ends before EXECUTION_TIMEOUT (${execution} s).`,
    };
  }),

  writtenRelation('workflow-step-vs-wall', ['WORKFLOW_STEP_TIMEOUT', 'KERNEL_WALL_CLOCK_MS'], (process, { target }) => {
    const step = process.number('WORKFLOW_STEP_TIMEOUT');
    const own = process.inDict('KERNEL_WALL_CLOCK_MS') ? process.number('KERNEL_WALL_CLOCK_MS') : null;
    const wall = own ?? longestRoleMs(target);
    if (step === null || step <= 0 || step * 1000 >= wall) return null;
    return {
      at: firstWritten(process, 'WORKFLOW_STEP_TIMEOUT', 'KERNEL_WALL_CLOCK_MS'),
      message: `A workflow step times out after ${step} s, before the role's wall clock of ${wall / 1000} s.`,
    };
  }),

  writtenRelation('rag-overlap-ge-size', ['RAG_CHUNK_OVERLAP', 'RAG_CHUNK_SIZE'], (process) => {
    const overlap = process.number('RAG_CHUNK_OVERLAP');
    const size = process.number('RAG_CHUNK_SIZE');
    if (overlap === null || size === null || overlap < size) return null;
    return {
      at: firstWritten(process, 'RAG_CHUNK_OVERLAP', 'RAG_CHUNK_SIZE'),
      with: ['RAG_CHUNK_SIZE'],
      message: `RAG_CHUNK_OVERLAP (${overlap}) must be smaller than RAG_CHUNK_SIZE (${size}).`,
    };
  }),

  writtenRelation('rag-rerank-candidates', ['RAG_RERANK_CANDIDATES', 'RAG_TOP_K'], (process) => {
    const candidates = process.number('RAG_RERANK_CANDIDATES');
    const wanted = process.number('RAG_TOP_K');
    const at = firstWritten(process, 'RAG_RERANK_CANDIDATES', 'RAG_TOP_K');
    if (candidates !== null && wanted !== null && candidates < wanted)
      return { at, with: ['RAG_TOP_K'], message: `RAG_RERANK_CANDIDATES (${candidates}) is less than RAG_TOP_K (${wanted}).` };
    if (process.written('RAG_RERANK_CANDIDATES') === undefined || process.isSet('RAG_RERANK_MODEL')) return null;
    return { at, severity: 'hint', message: 'RAG_RERANK_CANDIDATES has no effect without RAG_RERANK_MODEL.' };
  }),

  writtenRelation('step-preview-ge-max', ['STEP_OUTPUT_PREVIEW_BYTES', 'STEP_OUTPUT_MAX_BYTES'], (process) => {
    const preview = process.number('STEP_OUTPUT_PREVIEW_BYTES');
    const most = process.number('STEP_OUTPUT_MAX_BYTES');
    if (preview === null || most === null || preview < most) return null;
    return {
      at: firstWritten(process, 'STEP_OUTPUT_PREVIEW_BYTES', 'STEP_OUTPUT_MAX_BYTES'),
      with: ['STEP_OUTPUT_MAX_BYTES'],
      message: `The preview of ${preview} bytes is not smaller than the whole output of ${most} bytes.`,
    };
  }),

  writtenRelation('auth-poll-gt-timeout', ['AUTH_POLL_INTERVAL', 'AUTH_FLOW_TIMEOUT'], (process) => {
    const poll = process.number('AUTH_POLL_INTERVAL');
    const timeout = process.number('AUTH_FLOW_TIMEOUT');
    // From the environment neither is applied, which `env-needs-mesh-config` reports.
    const applied = process.inDict('AUTH_POLL_INTERVAL') || process.inDict('AUTH_FLOW_TIMEOUT');
    if (poll === null || timeout === null || poll <= timeout || !applied) return null;
    return {
      at: firstWritten(process, 'AUTH_POLL_INTERVAL', 'AUTH_FLOW_TIMEOUT'),
      with: ['AUTH_FLOW_TIMEOUT'],
      message: `AUTH_POLL_INTERVAL (${poll} s) exceeds AUTH_FLOW_TIMEOUT (${timeout} s): the login ends before it is asked for.`,
    };
  }),

  relation('hitl-thresholds', (process) => {
    const threshold = process.firstSet('HITL_MAX_CONFIDENCE', 'HITL_MIN_RISK_SCORE');
    // Switched on where it does not count has a finding of its own, on that line.
    if (threshold === null || process.bool('HITL_ENABLED') === true || !process.complete) return null;
    return {
      at: threshold,
      message: `${threshold} has no effect: approval is not switched on ("hitl_enabled": True in the Mesh dict).`,
    };
  }),

  relation('prometheus-port-without-enabled', (process, { documents }) => {
    if (process.written('PROMETHEUS_PORT') === undefined || process.bool('PROMETHEUS_ENABLED') !== false) return null;
    const written = process.written('PROMETHEUS_ENABLED');
    const edit =
      written === undefined
        ? removeCandidate(documents, process.written('PROMETHEUS_PORT'))
        : setCandidate(documents, written, { text: 'true', literal: 'True' });
    return {
      at: 'PROMETHEUS_PORT',
      with: ['PROMETHEUS_ENABLED'],
      message: 'PROMETHEUS_PORT has no effect while PROMETHEUS_ENABLED is off.',
      fixes: fix(written === undefined ? 'Remove PROMETHEUS_PORT' : 'Set PROMETHEUS_ENABLED to true', false, edit),
    };
  }),

  relation('athena-redis-required', (process) => {
    if (!process.isSet('ATHENA_URL') || process.firstSet('REDIS_URL', 'REDIS_STORE_URL') !== null || !process.complete)
      return null;
    return { at: 'ATHENA_URL', message: 'ATHENA_URL is set without REDIS_URL; the short-term tier of the memory needs Redis.' };
  }),

  writtenRelation('athena-retries-need-dedup', ['ATHENA_WRITE_MAX_ATTEMPTS'], (process) => {
    const attempts = process.number('ATHENA_WRITE_MAX_ATTEMPTS');
    if (attempts === null || attempts === 4 || process.bool('ATHENA_DEDUPLICATES_WRITES') !== false) return null;
    return {
      at: 'ATHENA_WRITE_MAX_ATTEMPTS',
      with: ['ATHENA_DEDUPLICATES_WRITES'],
      message: 'No write is retried while ATHENA_DEDUPLICATES_WRITES is false: a repeated write could be stored twice.',
    };
  }),

  relation('athena-two-credentials', (process) =>
    process.isSet('ATHENA_API_KEY') && process.isSet('ATHENA_JWT_TOKEN')
      ? {
          at: 'ATHENA_JWT_TOKEN',
          with: ['ATHENA_API_KEY'],
          message: 'ATHENA_API_KEY and ATHENA_JWT_TOKEN are both set; one of them is enough.',
        }
      : null,
  ),

  meshRelation('p2p-without-redis', (process) => {
    const { seeds, p2pEnabled } = process.process.ports;
    const cluster = p2pEnabled === true && seeds.length > 0;
    if (!cluster || process.firstSet('REDIS_URL', 'REDIS_STORE_URL') !== null || !process.complete) return null;
    return {
      at: 'JARVISCORE_SEED_NODES',
      message: 'The nodes share no Redis: workflows and mailboxes stay inside each process.',
    };
  }),
];

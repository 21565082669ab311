/** The production guide's two checklists, item by item: what the files decide, and what only a person can confirm. */
import { type RuleMetadata, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { cadenceOf } from '../features/processCadence.ts';
import type { Finding, WorkspaceModel } from '../model/types.ts';
import { check, implementedRules } from './engine.ts';
import type { ProcessView } from './processView.ts';
import { providersOf } from './relations/llm.ts';
import type { Place } from './rule.ts';
import { viewProcess } from './scopes.ts';
import type { CheckOptions } from './selection.ts';

export type ReadinessStatus = 'pass' | 'fail' | 'not-applicable' | 'manual';

export interface ReadinessItem {
  /** `P1` to `P11` of the production checklist, `S1` to `S7` of the security checklist. */
  readonly item: string;
  readonly title: string;
  readonly status: ReadinessStatus;
  /** Where the files say so: the findings of a failed item, the settings of a passed one. */
  readonly evidence: readonly Place[];
  readonly message: string;
  /** What to do; empty for a passed item. */
  readonly remedy: string;
}

interface Definition {
  readonly item: string;
  readonly title: string;
  readonly remedy: string;
  /** Settings that show a passed item. */
  readonly settings: readonly string[];
  /** Rules of the item that are advice and do not fail it. */
  readonly advice?: readonly string[];
  /** What no file can show, for a passed item. */
  readonly confirm: string;
  /** Why the item does not concern this workspace; null where it does. */
  readonly irrelevant?: (processes: readonly ProcessView[], model: WorkspaceModel) => string | null;
  /** A fact about the settings that a person should know, whatever the status. */
  readonly fact?: (processes: readonly ProcessView[], model: WorkspaceModel) => string | null;
  /** Without findings: whether files satisfy the item, or only a person can say. */
  readonly decided?: (processes: readonly ProcessView[], model: WorkspaceModel) => boolean;
}

const every = (processes: readonly ProcessView[], holds: (view: ProcessView) => boolean): boolean =>
  processes.length > 0 && processes.every(holds);

const namedProcesses = 3;

/** How often nodes really send keepalives: the interval is only a lower bound. */
function cadences(processes: readonly ProcessView[], model: WorkspaceModel): string | null {
  const groups = new Map<string, string[]>();
  for (const { process } of processes) {
    const cadence = cadenceOf(model, process);
    if (cadence === null) continue;
    const text = `every ${cadence.effectiveSeconds} s. ${cadence.why}`;
    const names = groups.get(text);
    if (names === undefined) groups.set(text, [process.name]);
    else names.push(process.name);
  }
  if (groups.size === 0) return null;
  const sentences = [...groups].map(([text, names]) => {
    const more = names.length > namedProcesses ? ` and ${names.length - namedProcesses} more` : '';
    return `${names.slice(0, namedProcesses).join(', ')}${more} ${text}`;
  });
  return `Keepalives while no other message is sent: ${sentences.join(' ')}`;
}

/** Items that both checklists have. */
const nexusSecret: Omit<Definition, 'item' | 'title' | 'confirm'> = {
  remedy: 'Set NEXUS_SECRET to at least 32 random characters in the environment of the service.',
  settings: ['NEXUS_SECRET'],
  irrelevant: (_processes, model) => (model.target.startsWith('1.0.') ? 'JarvisCore 1.0 does not read NEXUS_SECRET.' : null),
  decided: (processes) => every(processes, (view) => view.isSet('NEXUS_SECRET')),
};

const logLevel: Omit<Definition, 'item'> = {
  title: 'LOG_LEVEL is INFO',
  remedy: 'Set LOG_LEVEL=INFO and configure the logging of the application accordingly.',
  settings: ['LOG_LEVEL'],
  advice: ['setting-unread'],
  confirm: 'What the application logs: no release applies LOG_LEVEL.',
};

const executionTimeout: Omit<Definition, 'item'> = {
  title: 'EXECUTION_TIMEOUT is tuned',
  remedy: 'Set "execution_timeout" in the Mesh dict; the environment name is parsed and ignored.',
  settings: ['EXECUTION_TIMEOUT'],
  advice: ['kernel-wall-vs-exec'],
  confirm: 'Whether the value fits the expected duration.',
  decided: (processes) => every(processes, (view) => view.inDict('EXECUTION_TIMEOUT')),
};

const definitions: readonly Definition[] = [
  {
    item: 'P1',
    title: 'A model provider is configured',
    remedy: 'Set AZURE_API_KEY with AZURE_ENDPOINT, CLAUDE_API_KEY, GEMINI_API_KEY, LLM_ENDPOINT, or Vertex AI with its project.',
    settings: ['AZURE_API_KEY', 'AZURE_ENDPOINT', 'CLAUDE_API_KEY', 'GEMINI_API_KEY', 'LLM_ENDPOINT', 'VERTEX_AI_PROJECT'],
    advice: ['openai-key-unsupported'],
    confirm: 'That the key is valid and the deployment exists: jarviscore check --validate-llm.',
    decided: (processes, model) => every(processes, (view) => providersOf(view, model.target).length > 0),
  },
  {
    ...nexusSecret,
    item: 'P2',
    title: 'NEXUS_SECRET is long and random',
    confirm: 'That the value is random and ~/.jarviscore/.salt survives restarts.',
  },
  {
    item: 'P3',
    title: 'NEXUS_GATEWAY_URL is the deployed gateway',
    remedy: 'Set NEXUS_GATEWAY_URL to the https address of the gateway, from 2.3.0 on together with NEXUS_GATEWAY_API_KEY.',
    settings: ['NEXUS_GATEWAY_URL', 'NEXUS_GATEWAY_API_KEY'],
    confirm: 'That the gateway is reachable and accepts the key.',
    decided: (processes) => every(processes, (view) => view.isSet('NEXUS_GATEWAY_URL')),
  },
  {
    item: 'P4',
    title: 'REDIS_URL is an external Redis with persistence',
    remedy: 'Set REDIS_URL to an external Redis that writes to disk; host and port alone do not connect the mesh.',
    settings: ['REDIS_URL', 'REDIS_STORE_URL'],
    confirm: 'That the Redis server writes to disk.',
    decided: (processes) => every(processes, (view) => view.firstSet('REDIS_URL', 'REDIS_STORE_URL') !== null),
  },
  {
    item: 'P5',
    title: 'Blob storage survives a restart',
    remedy: 'Use STORAGE_BACKEND=azure with its connection string, or an absolute STORAGE_BASE_PATH on a volume.',
    settings: ['STORAGE_BACKEND', 'STORAGE_BASE_PATH', 'AZURE_STORAGE_CONNECTION_STRING'],
    confirm: 'That the container or volume exists and is kept.',
    decided: (processes) =>
      every(
        processes,
        (view) => view.written('STORAGE_BACKEND') !== undefined || view.written('STORAGE_BASE_PATH') !== undefined,
      ),
  },
  {
    item: 'P6',
    title: 'Generated code is isolated',
    remedy:
      'Keep ALLOW_UNSAFE_LOCAL_EXECUTION off and install bubblewrap in the image; SANDBOX_MODE isolates nothing from 1.1.0 on.',
    settings: ['ALLOW_UNSAFE_LOCAL_EXECUTION', 'SANDBOX_MODE', 'SANDBOX_SERVICE_URL'],
    confirm: 'That confinement works on the host (start-up log) and whether isolation is required.',
  },
  {
    item: 'P7',
    title: 'Metrics are on and scraped',
    remedy: 'Set PROMETHEUS_ENABLED=true with a port of its own per process, and register it as a scrape target.',
    settings: ['PROMETHEUS_ENABLED', 'PROMETHEUS_PORT'],
    confirm: 'That Prometheus scrapes the port.',
  },
  {
    item: 'P8',
    title: 'Parallel model calls are limited',
    remedy: 'Set LLM_MAX_CONCURRENT up to 2.1, or LLM_LIMITS with REDIS_URL from 2.2.0 on.',
    settings: ['LLM_MAX_CONCURRENT', 'LLM_LIMITS'],
    confirm: 'The real limits of the provider.',
    decided: (processes) => every(processes, (view) => view.firstSet('LLM_LIMITS', 'LLM_MAX_CONCURRENT') !== null),
  },
  { ...logLevel, item: 'P9' },
  {
    item: 'P10',
    title: 'Ports and seeds are right for the fleet',
    remedy: 'Give every node its own port, a reachable address and seeds that lead to one mesh.',
    settings: ['P2P_ENABLED', 'JARVISCORE_BIND_HOST', 'JARVISCORE_BIND_PORT', 'JARVISCORE_SEED_NODES', 'ZMQ_PORT_OFFSET'],
    advice: [
      'port-docker-swarm',
      'port-ephemeral',
      'fleet-single-seed',
      'seed-empty-item',
      'seed-duplicate',
      'seed-whitespace',
      'zmq-offset-nonstandard',
    ],
    confirm: 'That UDP and TCP pass between the hosts and all members become alive.',
    fact: cadences,
    irrelevant: (processes) =>
      processes.length > 0 && processes.every((view) => view.process.ports.p2pEnabled === false)
        ? 'P2P is off in every declared process.'
        : null,
  },
  { ...executionTimeout, item: 'P11' },
  {
    item: 'S1',
    title: 'No secrets in images and sources',
    remedy: 'Read secrets from the environment; keep env files out of images and version control.',
    settings: [],
    confirm: 'Layers of images that exist already.',
  },
  { ...nexusSecret, item: 'S2', title: 'NEXUS_SECRET is set', confirm: 'That the value is random.' },
  {
    item: 'S3',
    title: 'Untrusted input meets a sandbox',
    remedy: 'Keep ALLOW_UNSAFE_LOCAL_EXECUTION off; on 1.0 use "sandbox_mode": "remote".',
    settings: ['ALLOW_UNSAFE_LOCAL_EXECUTION', 'SANDBOX_MODE'],
    confirm: 'Whether agents meet untrusted input.',
  },
  { ...logLevel, item: 'S4' },
  { ...executionTimeout, item: 'S5' },
  {
    item: 'S6',
    title: 'SWIM and ZeroMQ ports are internal',
    remedy: 'Bind a private address and publish neither port; the protocol has no authentication.',
    settings: ['JARVISCORE_BIND_HOST', 'JARVISCORE_BIND_PORT'],
    confirm: 'Firewalls, security groups and network policies outside the workspace.',
    irrelevant: (processes) =>
      processes.length > 0 && processes.every((view) => view.process.ports.p2pEnabled === false)
        ? 'P2P is off in every declared process.'
        : null,
  },
  {
    item: 'S7',
    title: 'High-risk agents ask a person',
    remedy: 'Set "hitl_enabled": True in the Mesh dict, or a control policy with approvals from 3.0.0 on.',
    settings: ['HITL_ENABLED', 'CONTROL_POLICY_PATH'],
    advice: ['setting-unread'],
    confirm: 'Which agents are high-risk and who answers.',
    irrelevant: (_processes, model) => (model.target.startsWith('1.0.') ? 'JarvisCore 1.0 has no approvals.' : null),
    decided: (processes) => every(processes, (view) => view.inDict('HITL_ENABLED') || view.isSet('CONTROL_POLICY_PATH')),
  },
];

/** Items whose rules share a general id are told apart by the settings of the item. */
function concerns(rule: RuleMetadata, definition: Definition, finding: Finding): boolean {
  if (!rule.checklist.includes(definition.item) || definition.advice?.includes(finding.rule) === true) return false;
  const general = rule.settings.length === 0;
  if (!general || finding.setting === null || definition.settings.length === 0) return true;
  return definition.settings.includes(finding.setting.toUpperCase());
}

function passedEvidence(definition: Definition, processes: readonly ProcessView[]): Place[] {
  const places = new Map<string, Place>();
  for (const view of processes) {
    for (const name of definition.settings) {
      const place = view.placeOfCandidate(view.written(name));
      if (place !== null) places.set(`${place.uri} ${place.range.start.line}`, place);
    }
  }
  return [...places.values()];
}

function judge(
  definition: Definition,
  findings: readonly Finding[],
  processes: readonly ProcessView[],
  model: WorkspaceModel,
): ReadinessItem {
  const { item, title, remedy, confirm } = definition;
  if (processes.length === 0)
    return {
      item,
      title,
      status: 'not-applicable',
      evidence: [],
      message: 'No process is declared in this workspace.',
      remedy: '',
    };
  const irrelevant = definition.irrelevant?.(processes, model) ?? null;
  if (irrelevant !== null) return { item, title, status: 'not-applicable', evidence: [], message: irrelevant, remedy: '' };
  const fact = definition.fact?.(processes, model) ?? null;
  const told = (message: string): string => (fact === null ? message : `${message} ${fact}`);
  const own = findings.filter((finding) => {
    const rule = ruleInventory.get(finding.rule);
    return rule !== undefined && implementedRules.has(finding.rule) && concerns(rule, definition, finding);
  });
  const [first, ...others] = own;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return {
      item,
      title,
      status: 'fail',
      evidence: own.map(({ uri, range }) => ({ uri, range })),
      message: told(`${first.message}${more}`),
      remedy,
    };
  }
  const evidence = passedEvidence(definition, processes);
  const decided = definition.decided === undefined ? evidence.length > 0 : definition.decided(processes, model);
  return decided
    ? { item, title, status: 'pass', evidence, message: told(`The files satisfy it. To confirm: ${confirm}`), remedy: '' }
    : { item, title, status: 'manual', evidence, message: told(`The files do not decide it. To confirm: ${confirm}`), remedy };
}

/**
 * Decides the production and the security checklist for a model, as production, whatever its profile is.
 *
 * @returns 11 production items, then 7 security items, in the guide's order. No text contains a secret.
 */
export function readiness(model: WorkspaceModel, options: Pick<CheckOptions, 'severitiesOf'> = {}): ReadinessItem[] {
  const findings = check(model, { ...options, profile: 'production' }).filter(
    (finding) => model.documents.get(finding.uri)?.template !== true,
  );
  // A program that services start is judged with them, and as much as they hand over.
  const processes = model.processes
    .filter(({ startedBy }) => startedBy.length === 0)
    .map((process) => viewProcess(model, process, { profile: 'production' }));
  return definitions.map((definition) => judge(definition, findings, processes, model));
}

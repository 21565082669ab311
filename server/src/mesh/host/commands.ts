/**
 * Reads what a supervisor sends. Hand-written, because zod would take most of the host's memory allowance;
 * `test/property/mesh/commands.test.ts` holds it equal to `hostCommandSchema`.
 */
import type { AnnouncedAgent, HostCommand, Json, LocalProcess, NodeConfig, Strategy, Target } from '#schemas/fleet/mesh.ts';

type Fields = Record<string, unknown>;
type CommandId = string | number;

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isPositive = (value: unknown): value is number => isNumber(value) && value > 0;
export const isCommandId = (value: unknown): value is CommandId => typeof value === 'string' || isNumber(value);
const isPort = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && isNumber(value) && value >= 1 && value <= max;

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)';
const ipv4 = new RegExp(`^(?:${octet}\\.){3}${octet}$`);
const address = /^(?:\d{1,3}\.){3}\d{1,3}:\d{1,5}$/;

export const isIpv4 = (text: string): boolean => ipv4.test(text);

/** What JSON can say; what arrived over IPC went through JSON, so only depth and exotic numbers could be wrong. */
export function isJson(value: unknown, depth = 0): value is Json {
  if (depth > 200) return false;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((entry) => isJson(entry, depth + 1));
  return isObject(value) && Object.values(value).every((entry) => isJson(entry, depth + 1));
}

function readTarget(value: unknown): Target | null {
  if (!isObject(value)) return null;
  if (typeof value.role === 'string') return { role: value.role };
  return typeof value.agent === 'string' ? { agent: value.agent } : null;
}

const isStrategy = (value: unknown): value is Strategy =>
  value === 'first' || value === 'random' || value === 'round_robin' || value === 'least_recent';

function readProcess(value: unknown): LocalProcess | null | undefined {
  if (value === null) return null;
  if (!isObject(value) || typeof value.stopped !== 'boolean') return undefined;
  const { pid, stopped } = value;
  return Number.isSafeInteger(pid) && isPositive(pid) ? { pid, stopped } : undefined;
}

function readAgents(value: unknown): AnnouncedAgent[] | null {
  if (!Array.isArray(value)) return null;
  const agents: AnnouncedAgent[] = [];
  for (const entry of value as unknown[]) {
    if (!isObject(entry) || typeof entry.role !== 'string' || entry.role.length === 0) return null;
    const capabilities = entry.capabilities ?? [];
    const description = entry.description ?? '';
    if (entry.capabilities === null || entry.description === null) return null;
    if (!Array.isArray(capabilities) || !capabilities.every((name) => typeof name === 'string')) return null;
    if (typeof description !== 'string') return null;
    agents.push({ role: entry.role, capabilities, description });
  }
  return agents;
}

/** `host` is only checked to be a text: what is wrong with it deserves a sentence, see `ports.ts`. */
export function readConfig(value: unknown): NodeConfig | null {
  if (!isObject(value) || !isObject(value.keepalive)) return null;
  const { host, port, zmqOffset, name, seeds, avoidPorts, forgetAfterMs, autoReadmit } = value;
  const { enabled, intervalMs, backoffMs, suppressWindowMs, ackTimeoutMs, allowZeroPeers } = value.keepalive;
  if (typeof host !== 'string') return null;
  if (port !== null && !isPort(port, 65_535)) return null;
  if (!isPort(zmqOffset, 64_534)) return null;
  if (typeof name !== 'string' || name.length === 0 || name.length > 200) return null;
  if (!Array.isArray(seeds) || seeds.length > 1_000) return null;
  if (!seeds.every((seed): seed is string => typeof seed === 'string' && address.test(seed))) return null;
  if (!Array.isArray(avoidPorts) || !avoidPorts.every((entry): entry is number => Number.isSafeInteger(entry))) return null;
  if (typeof enabled !== 'boolean' || typeof allowZeroPeers !== 'boolean') return null;
  if (!isPositive(intervalMs) || !isPositive(backoffMs) || !isPositive(ackTimeoutMs) || !isPositive(forgetAfterMs)) return null;
  if (!isNumber(suppressWindowMs) || suppressWindowMs < 0) return null;
  if (autoReadmit !== undefined && typeof autoReadmit !== 'boolean') return null;
  return {
    host,
    port,
    zmqOffset,
    name,
    seeds,
    avoidPorts,
    keepalive: { enabled, intervalMs, backoffMs, suppressWindowMs, ackTimeoutMs, allowZeroPeers },
    forgetAfterMs,
    ...(autoReadmit === undefined ? {} : { autoReadmit }),
  };
}

/** Null: not a command of ours. */
export function readCommand(value: unknown): HostCommand | null {
  if (!isObject(value)) return null;
  const { command, id } = value;
  switch (command) {
    case 'start': {
      const config = readConfig(value.config);
      return config === null ? null : { command, config };
    }
    case 'snapshot':
    case 'stop':
      return { command };
    case 'announce': {
      const agents = readAgents(value.agents);
      return isCommandId(id) && agents !== null ? { command, id, agents } : null;
    }
    case 'ask': {
      const target = readTarget(value.target);
      if (!isCommandId(id) || target === null || !isJson(value.data) || !isPositive(value.timeoutMs)) return null;
      const { strategy } = value;
      if (strategy !== undefined && !isStrategy(strategy)) return null;
      const asked = { command, id, target, data: value.data, timeoutMs: value.timeoutMs };
      return strategy === undefined ? asked : { ...asked, strategy };
    }
    case 'cancel':
      return isCommandId(id) && isCommandId(value.request) ? { command, id, request: value.request } : null;
    case 'notify': {
      const target = readTarget(value.target);
      return isCommandId(id) && target !== null && isJson(value.data) ? { command, id, target, data: value.data } : null;
    }
    case 'respond':
      if ((id !== null && !isCommandId(id)) || typeof value.correlationId !== 'string' || !isJson(value.data)) return null;
      return { command, id, correlationId: value.correlationId, data: value.data };
    case 'readmit':
    case 'forget':
      return isCommandId(id) && typeof value.peer === 'string' ? { command, id, peer: value.peer } : null;
    case 'messages': {
      const { after } = value;
      const isRevision = after === null || (Number.isSafeInteger(after) && isNumber(after) && after >= 0);
      return isCommandId(id) && isRevision ? { command, id, after } : null;
    }
    case 'payload': {
      const { seq } = value;
      return isCommandId(id) && Number.isSafeInteger(seq) && isPositive(seq) ? { command, id, seq } : null;
    }
    case 'contacts': {
      const { addresses } = value;
      if (!Array.isArray(addresses) || addresses.length > 1_000) return null;
      return addresses.every((entry): entry is string => typeof entry === 'string' && address.test(entry))
        ? { command, addresses }
        : null;
    }
    case 'process': {
      const process = readProcess(value.process);
      return typeof value.peer === 'string' && process !== undefined ? { command, peer: value.peer, process } : null;
    }
    default:
      return null;
  }
}

/** One node of the hub: its providers, what they add up to, and whether it lives. */
import type { Capability, InventoryAgent, NodeHeartbeat, NodeRegister, PublicNode } from '#schemas/wire/relay.ts';

/** One connection's share of a node; a node without a provider in its frames has one called `default`. */
export interface ProviderState {
  readonly name: string;
  instanceId: string;
  /** Capabilities, capacity and load change together, from one frame. */
  capabilities: readonly Capability[];
  maxAgents: number;
  activeAgents: number;
  load: number | null;
  handlersLive: boolean;
  version: string;
  tags: readonly string[];
  /** Id of its open socket; null: closed. */
  session: number | null;
  /** Receipt of its last text frame, and of its last heartbeat or registration; monotonic milliseconds. */
  lastFrameMs: number;
  lastBeatMs: number;
  agents: ReadonlyMap<string, InventoryAgent>;
}

export interface HubNode {
  readonly id: string;
  name: string;
  role: string;
  machineId: string | null;
  readonly providers: Map<string, ProviderState>;
  online: boolean;
  reason: string;
  /** Milliseconds since 1970. */
  since: number;
  readonly firstSeen: number;
  lastSeen: number | null;
  lastHeartbeat: number | null;
  restored: boolean;
  conflict: string | null;
  /** What is shown while no provider is connected: what the store remembered. */
  remembered: {
    readonly capabilities: readonly string[];
    readonly version: string;
    readonly tags: readonly string[];
    readonly maxAgents: number;
  };
}

/** Time to live of a heartbeat, 45 s by the receiver's clock (engine, node.ts; brokers beat every 12 s, the SDK every 15 s). */
export const heartbeatTtlMs = 45_000;
/** A provider whose last frame is older is taken over by a newer connection; a younger one is protected (engine: 24 s, later 35 s). */
export const takeoverAfterMs = 35_000;

export const defaultProvider = 'default';

export function newNode(id: string, wallMs: number): HubNode {
  return {
    id,
    name: id,
    role: 'direct',
    machineId: null,
    providers: new Map(),
    online: false,
    reason: 'enrolled, not connected yet',
    since: wallMs,
    firstSeen: wallMs,
    lastSeen: null,
    lastHeartbeat: null,
    restored: false,
    conflict: null,
    remembered: { capabilities: [], version: '', tags: [], maxAgents: 0 },
  };
}

export function registered(
  frame: NodeRegister,
  session: number,
  nowMs: number,
  before: ProviderState | undefined,
): ProviderState {
  return {
    name: frame.provider?.name ?? defaultProvider,
    instanceId: frame.provider?.instance_id ?? `session-${session}`,
    capabilities: frame.capabilities,
    maxAgents: frame.max_agents,
    // The agents of a provider outlive its connection; its next inventory and heartbeat say what is left of them.
    activeAgents: before?.activeAgents ?? 0,
    load: before?.load ?? null,
    handlersLive: before?.handlersLive ?? false,
    version: frame.version,
    tags: frame.tags,
    session,
    lastFrameMs: nowMs,
    lastBeatMs: nowMs,
    agents: before?.agents ?? new Map(),
  };
}

/** A heartbeat may carry the whole roster entry (relay pull request 1139) or only the load (SDK). */
export function applyHeartbeat(provider: ProviderState, frame: NodeHeartbeat, nowMs: number): void {
  if (frame.capabilities !== undefined) provider.capabilities = frame.capabilities;
  if (frame.max_agents !== undefined) provider.maxAgents = frame.max_agents;
  if (frame.version !== undefined) provider.version = frame.version;
  provider.load = frame.load ?? null;
  provider.activeAgents = frame.active_agents;
  provider.handlersLive = frame.handlers_live;
  provider.lastBeatMs = nowMs;
}

export const connected = (node: HubNode): ProviderState[] =>
  [...node.providers.values()].filter(({ session }) => session !== null);

export interface Aggregate {
  readonly capabilities: readonly Capability[];
  readonly maxAgents: number;
  readonly activeAgents: number;
  /** Null: no provider reported one. */
  readonly load: number | null;
  readonly handlersLive: boolean;
  readonly version: string;
  readonly tags: readonly string[];
}

/** Over the connected providers: capabilities united, capacities added, the highest load (engine, nodeProvider.ts). */
export function aggregate(node: HubNode): Aggregate {
  const providers = connected(node);
  const capabilities = new Map<string, Capability>();
  for (const provider of providers) for (const capability of provider.capabilities) capabilities.set(capability.name, capability);
  const loads = providers.flatMap(({ load }) => load ?? []);
  const newest = providers.toSorted((a, b) => b.lastFrameMs - a.lastFrameMs)[0];
  return {
    capabilities: newest === undefined ? node.remembered.capabilities.map((name) => ({ name })) : [...capabilities.values()],
    maxAgents: newest === undefined ? node.remembered.maxAgents : sum(providers.map(({ maxAgents }) => maxAgents)),
    activeAgents: sum(providers.map(({ activeAgents }) => activeAgents)),
    load: loads.length === 0 ? null : Math.max(...loads),
    handlersLive: providers.some(({ handlersLive }) => handlersLive),
    version: newest?.version ?? node.remembered.version,
    tags: newest === undefined ? node.remembered.tags : [...new Set(providers.flatMap(({ tags }) => tags))],
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The engine's public node object (A7 of its code: node.ts). */
export function publicNode(node: HubNode): PublicNode {
  const { capabilities, maxAgents, activeAgents, load, handlersLive, version, tags } = aggregate(node);
  return {
    id: node.id,
    name: node.name,
    kind: 'ws',
    role: node.role,
    ...(node.machineId === null ? {} : { machine_id: node.machineId }),
    delivery_adapter: null,
    delivery: null,
    capabilities: [...capabilities],
    tags: [...tags],
    version,
    status: node.online ? 'online' : 'offline',
    live: node.online,
    handlers_live: node.online && handlersLive,
    load: node.online ? load : 0,
    active_agents: node.online ? activeAgents : 0,
    max_agents: maxAgents,
    last_heartbeat_at: node.lastHeartbeat === null ? null : new Date(node.lastHeartbeat).toISOString(),
    created_at: new Date(node.firstSeen).toISOString(),
  };
}

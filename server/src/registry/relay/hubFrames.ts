/** What each frame of a node does to the hub. */
import {
  type Capability,
  type InventoryAgent,
  type NodeFrame,
  type NodeHeartbeat,
  type NodeRegister,
  nodeFrameSchema,
} from '#schemas/wire/relay.ts';
import {
  applyHeartbeat,
  connected,
  defaultProvider,
  type HubNode,
  type ProviderState,
  publicNode,
  registered,
  takeoverAfterMs,
} from './hubNode.ts';
import type { HubState, Session } from './hubState.ts';
import { invoke } from './invoke.ts';

/** A spawn that waits for its harness may take 90 s (broker, spawn readiness). */
const spawnTimeoutMs = 120_000;

/** A text frame. Never throws; what cannot be read is answered as the engine answers it. */
export function receiveFrame(hub: HubState, session: Session, text: string): void {
  const parsed = parseFrame(text);
  if (!parsed.ok) {
    // The engine answers with a fresh id: a frame that does not parse has none that could be trusted.
    hub.error(session, undefined, 'invalid_message', parsed.reason);
    if (session.complained) return;
    session.complained = true;
    const who = session.nodeId ?? session.peer.remote;
    hub.options.log('warn', `Relay node ${who} sent a frame that is refused: ${parsed.reason}. Further ones are not logged.`);
    return;
  }
  const { frame } = parsed;
  switch (frame.type) {
    case 'node.register':
      register(hub, session, frame);
      break;
    case 'node.heartbeat':
      heartbeat(hub, session, frame);
      break;
    case 'node.deregister':
      hub.detach(session, 'deregistered');
      break;
    case 'action.result':
      hub.invocations.settle(session.id, frame.invocation_id, frame);
      break;
    case 'delivery.ack':
      break;
    default:
      fromRegistered(hub, session, frame);
  }
  const node = session.nodeId === null ? undefined : hub.nodes.get(session.nodeId);
  const provider = node?.providers.get(session.provider);
  if (provider?.session === session.id) provider.lastFrameMs = hub.options.now().monotonicMs;
}

type RegisteredFrame = Extract<
  NodeFrame,
  { type: 'inventory.sync' | 'agent.register' | 'agent.recover' | 'agent.deregister' | 'node.spawn' }
>;

function fromRegistered(hub: HubState, session: Session, frame: RegisteredFrame): void {
  const node = session.nodeId === null ? undefined : hub.nodes.get(session.nodeId);
  const provider = node?.providers.get(session.provider);
  if (node === undefined || provider?.session !== session.id) {
    hub.error(session, frame.id, 'node_not_found', 'register first');
    return;
  }
  switch (frame.type) {
    case 'inventory.sync':
      provider.agents = new Map(frame.agents.map((agent) => [agent.agent_id, agent]));
      hub.agentNames.adopt(frame.agents);
      hub.reply(session, frame.id, {
        rebound_agents: frame.agents.map(({ agent_id }) => agent_id),
        open_invocations: hub.invocations.open(session.id),
        completed_invocations: frame.agents.flatMap(({ invocation_id }) => invocation_id ?? []),
        rescheduled_invocations: [],
      });
      hub.changed(node);
      break;
    case 'agent.register':
      registerAgent(hub, session, node, provider, frame.id, frame.name);
      break;
    case 'agent.recover':
      if (hub.agentNames.byId(frame.expected_agent_id) !== frame.name) {
        hub.error(session, frame.id, 'agent_not_found', `no agent ${frame.expected_agent_id} is called ${frame.name}`);
      } else addAgent(hub, session, node, provider, frame.id, { agent_id: frame.expected_agent_id, name: frame.name });
      break;
    case 'agent.deregister': {
      const agents = new Map(provider.agents);
      agents.delete(frame.agent_id);
      provider.agents = agents;
      hub.changed(node);
      break;
    }
    case 'node.spawn': {
      const cli = frame.input.cli;
      const action = typeof cli === 'string' ? `spawn:${cli}` : 'spawn';
      void invoke(hub, node.id, action, frame.input, spawnTimeoutMs).then((result) => {
        if (result.ok) hub.reply(session, frame.id, result.data);
        else hub.error(session, frame.id, 'handler_unavailable', result.error);
      });
      break;
    }
    default:
      frame satisfies never;
  }
}

function register(hub: HubState, session: Session, frame: NodeRegister): void {
  const refused = hub.claim(session, frame.node_id);
  const node = hub.nodes.get(frame.node_id);
  if (refused !== null || node === undefined) {
    hub.error(session, frame.id, 'node_id_mismatch', refused ?? 'the node is gone');
    return;
  }
  const { monotonicMs } = hub.options.now();
  const name = frame.provider?.name ?? defaultProvider;
  const before = node.providers.get(name);
  if (before !== undefined && before.session !== null && before.session !== session.id) {
    const sameInstance = frame.provider !== undefined && before.instanceId === frame.provider.instance_id;
    if (!sameInstance && monotonicMs - before.lastFrameMs <= takeoverAfterMs) {
      node.conflict = `two connections claim ${frame.node_id}: the one from ${session.peer.remote} was refused`;
      hub.changed(node);
      const protectedFor = `provider ${name} is connected and was heard from less than ${takeoverAfterMs / 1000} s ago`;
      hub.error(session, frame.id, 'provider_instance_conflict', protectedFor);
      return;
    }
    supersede(hub, before);
  }
  // A connection that registers again under another name takes its first provider along.
  if (session.nodeId !== null && (session.nodeId !== node.id || session.provider !== name))
    hub.detach(session, 'registered anew');
  session.nodeId = node.id;
  session.provider = name;
  const provider = registered(frame, session.id, monotonicMs, before);
  node.providers.set(name, provider);
  hub.rename(node, frame.name === '' ? node.id : frame.name);
  node.machineId = frame.machine_id ?? node.machineId;
  node.conflict = null;
  hub.online(node, 'registered');
  // The SDK gives up for good unless every capability it sent is listed as accepted (NodeProviderClient 6.0.2).
  hub.reply(session, frame.id, {
    ...publicNode(node),
    provider: { name, instance_id: provider.instanceId },
    accepted_capabilities: frame.capabilities.map((capability) => accept(node, name, capability)),
  });
  hub.changed(node);
}

function supersede(hub: HubState, provider: ProviderState): void {
  const old = provider.session === null ? undefined : hub.sessions.get(provider.session);
  provider.session = null;
  if (old === undefined) return;
  old.nodeId = null;
  hub.invocations.abandon(old.id, 'the node connected anew');
  old.peer.close(1000, 'superseded');
}

function heartbeat(hub: HubState, session: Session, frame: NodeHeartbeat): void {
  const nodeId = frame.node_id ?? session.nodeId ?? hub.tokens.nodeOf(session.token);
  // The engine ignores heartbeats of nodes it does not know; without an id nobody can say whose it is.
  if (nodeId === null) return;
  const refused = hub.claim(session, nodeId);
  if (refused !== null) {
    hub.error(session, frame.id, 'node_id_mismatch', refused);
    return;
  }
  const node = hub.nodes.get(nodeId);
  if (node === undefined) return;
  // The name bound at registration counts; a node that beats first (its hub was restarted) binds its own.
  if (session.nodeId === null) session.provider = frame.provider?.name ?? defaultProvider;
  const provider = providerOf(hub, session, node, frame);
  if (provider === null) return;
  session.nodeId = nodeId;
  applyHeartbeat(provider, frame, hub.options.now().monotonicMs);
  if (frame.name !== undefined && frame.name !== '') hub.rename(node, frame.name);
  hub.online(node, 'heartbeat');
  hub.changed(node);
}

/** The connection's provider; a new one for a connection that did not register; null: another connection has it. */
function providerOf(hub: HubState, session: Session, node: HubNode, frame: NodeHeartbeat): ProviderState | null {
  const known = node.providers.get(session.provider);
  if (known?.session === session.id) return known;
  if (known !== undefined && known.session !== null) return null;
  const provider = registered(
    {
      v: 1,
      type: 'node.register',
      name: frame.name ?? node.name,
      node_id: node.id,
      provider: frame.provider,
      capabilities: known === undefined ? node.remembered.capabilities.map((name) => ({ name })) : [...known.capabilities],
      max_agents: known?.maxAgents ?? node.remembered.maxAgents,
      tags: [...(known?.tags ?? node.remembered.tags)],
      version: known?.version ?? node.remembered.version,
    },
    session.id,
    hub.options.now().monotonicMs,
    known,
  );
  node.providers.set(session.provider, provider);
  return provider;
}

/** An action name belongs to one provider of a node; capacities may be shared. */
function accept(node: HubNode, provider: string, { name, kind }: Capability) {
  const byName = /^(?:spawn(?::.*)?|release)$/.test(name) ? 'capacity' : 'action';
  const resolved = kind === 'action' || kind === 'capacity' ? kind : byName;
  const holder = connected(node).find(
    (other) => other.name !== provider && other.capabilities.some((known) => known.name === name),
  );
  if (resolved === 'capacity' || holder === undefined) return { name, kind: resolved, accepted: true };
  return { name, kind: resolved, accepted: false, reason: `action_name_conflict: provider ${holder.name} has it` };
}

function registerAgent(
  hub: HubState,
  session: Session,
  node: HubNode,
  provider: ProviderState,
  id: string | undefined,
  name: string,
): void {
  if (livesOn(node, name)) {
    hub.error(session, id, 'agent_already_exists', `${name} lives on this node already`);
    return;
  }
  const elsewhere = [...hub.nodes.values()].find((other) => other !== node && other.online && livesOn(other, name));
  if (elsewhere !== undefined) hub.error(session, id, 'agent_location_conflict', `${name} lives on ${elsewhere.name}`);
  else addAgent(hub, session, node, provider, id, { agent_id: hub.agentNames.idOf(name), name });
}

const livesOn = (node: HubNode, name: string): boolean =>
  connected(node).some(({ agents }) => [...agents.values()].some((agent) => agent.name === name));

function addAgent(
  hub: HubState,
  session: Session,
  node: HubNode,
  provider: ProviderState,
  id: string | undefined,
  agent: InventoryAgent,
): void {
  provider.agents = new Map(provider.agents).set(agent.agent_id, agent);
  // The broker reads this reply strictly: no key more.
  hub.reply(session, id, {
    agent_id: agent.agent_id,
    token: hub.agentNames.mintToken(agent.name),
    name: agent.name,
  });
  hub.changed(node);
}

function parseFrame(text: string): { ok: true; frame: NodeFrame } | { ok: false; reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'it is not JSON' };
  }
  const parsed = nodeFrameSchema.safeParse(json);
  if (parsed.success) return { ok: true, frame: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `${issue?.path.join('.') || 'frame'}: ${issue?.message ?? 'invalid'}`.slice(0, 500) };
}

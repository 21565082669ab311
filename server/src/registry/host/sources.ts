/** The parts of the registry that talk with other fleets, each with its health and its end. */
import type { Server } from 'node:http';
import type { AnnounceConfig, RegistryConfig, SourceHealth } from '#schemas/registry/host.ts';
import { createAgentServer, ForgeAgent } from '../circuitforge/agent.ts';
import type { Coordinator } from '../circuitforge/coordinator.ts';
import { createCoordinatorServer } from '../circuitforge/coordinatorServer.ts';
import { gpuReader } from '../circuitforge/gpus.ts';
import type { Hub } from '../relay/hub.ts';
import { createHubServer } from '../relay/hubServer.ts';
import { RelayNode } from '../relay/nodeClient.ts';
import { keepListening, listen } from './listen.ts';

export interface SourceContext {
  readonly version: string;
  health(health: Omit<SourceHealth, 'since'>): void;
  misuse(what: string, remote: string, text: string): void;
}

export interface Source {
  stop(): void;
  /** The agents that our own nodes in other fleets have now. */
  setAgents?(agents: readonly { readonly id: string; readonly name: string }[]): void;
}

export async function startHub(
  config: NonNullable<RegistryConfig['hub']>,
  hub: Hub,
  context: SourceContext,
): Promise<Source | null> {
  const { server, close } = createHubServer({
    hub,
    workspaceKey: config.workspaceKey,
    now: () => new Date(),
    misuse: (remote, text) => context.misuse('Relay hub', remote, text),
  });
  const listening = await keepListening(server, 'The relay hub', 'Relay hub listening on', config.listen, (health) =>
    context.health({ ...health, source: 'relay-hub', name: null, nodes: 0 }),
  );
  if (listening === null) {
    close();
    return null;
  }
  return {
    stop() {
      close();
      listening.stop();
    },
  };
}

export async function startCoordinator(
  config: NonNullable<RegistryConfig['coordinator']>,
  coordinator: Coordinator,
  context: SourceContext,
): Promise<Source | null> {
  const server = createCoordinatorServer(coordinator, (remote, text) => context.misuse('Coordinator', remote, text));
  return keepListening(server, 'The CircuitForge coordinator', 'Coordinator listening on', config.listen, (health) =>
    context.health({ ...health, source: 'coordinator', name: null, nodes: 0 }),
  );
}

export function announce(config: AnnounceConfig, context: SourceContext): Promise<Source | null> {
  return config.kind === 'relay' ? Promise.resolve(announceToRelay(config, context)) : announceToForge(config, context);
}

function announceToRelay(config: Extract<AnnounceConfig, { kind: 'relay' }>, context: SourceContext): Source {
  const node = new RelayNode({
    ...config,
    version: context.version,
    random: Math.random,
    onState: ({ connected, message }) =>
      context.health({
        source: 'relay-node',
        name: config.url,
        state: connected ? 'running' : 'waiting',
        address: new URL(config.url).host,
        nodes: 0,
        message: sentence(message),
        error: null,
      }),
  });
  node.start();
  return { stop: () => node.stop(), setAgents: (agents) => node.setAgents(agents) };
}

async function announceToForge(
  config: Extract<AnnounceConfig, { kind: 'circuitforge' }>,
  context: SourceContext,
): Promise<Source | null> {
  const fixed = { source: 'circuitforge-agent', name: config.url, nodes: 0 } as const;
  const server = createAgentServer(config.nodeId, gpuReader(), (remote, text) =>
    context.misuse('CircuitForge agent', remote, text),
  );
  const listening = await listen(server, "The CircuitForge agent's HTTP side", config.listen.host, config.listen.port);
  if (!listening.ok) {
    context.health({ ...fixed, state: 'failed', address: null, message: listening.error.message, error: listening.error });
    return null;
  }
  const agent = new ForgeAgent({
    nodeId: config.nodeId,
    coordinator: config.url,
    agentUrl: `http://${listening.address}`,
    onState: ({ ok, message }) =>
      context.health({
        ...fixed,
        state: ok ? 'running' : 'waiting',
        address: listening.address,
        message: sentence(message),
        error: null,
      }),
  });
  agent.start();
  return {
    stop() {
      agent.stop();
      end(server);
    },
  };
}

function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The agents we announce. */
import type { AnnouncedAgent, Json } from '#schemas/fleet/mesh.ts';
import { hexId, type Random } from '../core.ts';

export interface OwnAgent {
  readonly id: string;
  readonly role: string;
  readonly capabilities: readonly string[];
  readonly description: string;
}

/** Removed agents and the capabilities that nobody of ours has any more. */
export interface Withdrawal {
  readonly agentIds: readonly string[];
  readonly capabilities: readonly string[];
}

export interface OwnAgents {
  readonly list: readonly OwnAgent[];
  /** Rises with every change; what a peer has confirmed is compared with it. */
  readonly generation: number;
  /** Agents that keep their role keep their id, because peers address answers by it. */
  replace(wanted: readonly AnnouncedAgent[]): Withdrawal;
  /** The agent that asks; one with a role nobody else has is made if there is none. */
  asker(): OwnAgent;
  /** Like the framework: first by agent id, then by role. */
  find(target: string): OwnAgent | undefined;
  announcement(address: string): Json;
}

export function createOwnAgents(random: Random): OwnAgents {
  let list: readonly OwnAgent[] = [];
  let generation = 0;

  const capabilitiesOf = (agents: readonly OwnAgent[]) => new Set(agents.flatMap((agent) => [...agent.capabilities]));

  return {
    get list() {
      return list;
    },
    get generation() {
      return generation;
    },

    replace(wanted) {
      const free = [...list];
      const before = list;
      list = wanted.map(({ role, capabilities, description }) => {
        const index = free.findIndex((agent) => agent.role === role);
        const id = index === -1 ? `${role}-${hexId(random, 8)}` : (free.splice(index, 1)[0]?.id ?? role);
        return { id, role, capabilities: [...new Set(capabilities)], description };
      });
      generation += 1;
      const kept = capabilitiesOf(list);
      return {
        agentIds: free.map((agent) => agent.id),
        capabilities: [...capabilitiesOf(before)].filter((capability) => !kept.has(capability)),
      };
    },

    asker() {
      const [first] = list;
      if (first !== undefined) return first;
      // No capabilities: planners of 1.11.0 and later route work to whoever owns one.
      const role = `jarviscore-fleet-${hexId(random, 8)}`;
      const agent = { id: role, role, capabilities: [], description: 'An editor looking at the fleet; it takes no work.' };
      list = [agent];
      generation += 1;
      return agent;
    },

    find: (target) => list.find((agent) => agent.id === target) ?? list.find((agent) => agent.role === target),

    announcement(address) {
      const capabilities: { [capability: string]: Json } = {};
      const agents: { [id: string]: Json } = {};
      for (const agent of list) {
        for (const capability of agent.capabilities) {
          const holders = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
          if (Array.isArray(holders)) holders.push(agent.id);
          else
            Object.defineProperty(capabilities, capability, {
              value: [agent.id],
              enumerable: true,
              writable: true,
              configurable: true,
            });
        }
        agents[agent.id] = {
          agent_id: agent.id,
          role: agent.role,
          capabilities: [...agent.capabilities],
          capability_descriptions: {},
          capability_contracts: {},
          description: agent.description,
          node_id: address,
        };
      }
      return { node_id: address, capabilities, agents };
    },
  };
}

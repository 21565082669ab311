/** What other nodes announced: their agents. A node's newest announcement replaces its older ones as a whole. */
import type { Agent } from '#schemas/fleet/peer.ts';
import type { CapabilityAnnouncement } from '#schemas/wire/messages.ts';
import { showable } from './codec.ts';
import { isAnnouncedAgent } from './guards.ts';

const maxAgents = 1_000;
/** Agents and capabilities of all nodes together: anybody may announce in any member's name. */
const maxEntries = 100_000;

export interface RemoteAgent {
  readonly peer: string;
  readonly agent: Agent;
}

export interface Registry {
  /** Replaces what `peer` announced; returns sentences for a person about what was left out. */
  announce(peer: string, announcement: CapabilityAnnouncement): string[];
  /** Removes agents of `peer`; ids of other nodes' agents are not its to remove. */
  withdraw(peer: string, agentIds: readonly string[]): void;
  /** The peer is gone for good or comes back with agents we do not know. */
  clear(peer: string): void;
  /** Whether an announcement is here. */
  announced(peer: string): boolean;
  agents(peer: string): readonly Agent[];
  /** In order of arrival. */
  withRole(role: string): RemoteAgent[];
  withId(agentId: string): RemoteAgent[];
  peers(): Iterable<string>;
  /** Rises with every change. */
  readonly generation: number;
}

const none: readonly Agent[] = [];

export function createRegistry(): Registry {
  const rosters = new Map<string, readonly Agent[]>();
  let entries = 0;
  let generation = 0;
  const weigh = (agents: readonly Agent[] | undefined) =>
    (agents ?? none).reduce((sum, agent) => sum + 1 + agent.capabilities.length, 0);

  function store(peer: string, agents: readonly Agent[] | null): void {
    generation += 1;
    entries -= weigh(rosters.get(peer));
    if (agents === null) rosters.delete(peer);
    else {
      rosters.set(peer, agents);
      entries += weigh(agents);
    }
  }

  function find(matches: (agent: Agent) => boolean): RemoteAgent[] {
    const found: RemoteAgent[] = [];
    for (const [peer, agents] of rosters) {
      for (const agent of agents) if (matches(agent)) found.push({ peer, agent });
    }
    return found;
  }

  return {
    announce(peer, announcement) {
      const agents = new Map<string, Agent>();
      let unusable = 0;
      let surplus = 0;
      let room = maxEntries - entries + weigh(rosters.get(peer));
      for (const entry of Object.values(announcement.agents)) {
        if (!isAnnouncedAgent(entry)) unusable += 1;
        else if (agents.size >= maxAgents || room < 1 + entry.capabilities.length) surplus += 1;
        else {
          room -= 1 + entry.capabilities.length;
          const id = showable(entry.agent_id);
          agents.set(id, { id, role: showable(entry.role), capabilities: entry.capabilities.map((name) => showable(name)) });
        }
      }
      store(peer, [...agents.values()]);
      const remarks: string[] = [];
      if (unusable > 0) {
        remarks.push(
          `It announced ${unusable} agent${unusable === 1 ? '' : 's'} without a usable id or role; a missing role ends list_roles() on Python peers.`,
        );
      }
      if (surplus > 0) remarks.push(`It announced more agents than can be kept; ${surplus} are not shown.`);
      return remarks;
    },

    withdraw(peer, agentIds) {
      const agents = rosters.get(peer);
      if (agents === undefined) return;
      const gone = new Set(agentIds.map((id) => showable(id)));
      store(
        peer,
        agents.filter((agent) => !gone.has(agent.id)),
      );
    },

    clear(peer) {
      store(peer, null);
    },
    announced: (peer) => rosters.has(peer),
    agents: (peer) => rosters.get(peer) ?? none,
    withRole: (role) => find((agent) => agent.role === role),
    withId: (agentId) => find((agent) => agent.id === agentId),
    peers: () => rosters.keys(),
    get generation() {
      return generation;
    },
  };
}

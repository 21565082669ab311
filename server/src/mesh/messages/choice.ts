/** Whom a target means, when several agents fit. The strategies are those of the framework's `discover` (p2p/peer_client.py). */
import type { Strategy, Target } from '#schemas/fleet/mesh.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { Random } from '../core.ts';
import type { Registry, RemoteAgent } from './registry.ts';
import { describeTarget } from './types.ts';

/** Roles and agents whose use is remembered. */
const maxRemembered = 4_096;

export interface Choice {
  /**
   * An agent of another node that the target names: an alive one before a suspected one, one that may answer before one
   * that is known to drop questions, one that has started before one that is starting. A sentence when there is none.
   */
  choose(target: Target, strategy: Strategy): RemoteAgent | string;
  /** Entries kept for turns and ages. */
  readonly remembered: number;
}

export interface ChoiceFacts {
  stateOf(peer: string): PeerState | null;
  addressable(peer: string): boolean | null;
  starting(peer: string): boolean;
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= maxRemembered) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

export function createChoice(registry: Registry, facts: ChoiceFacts, random: Random): Choice {
  const turns = new Map<string, number>();
  /** The order in which agents were last chosen. */
  const used = new Map<string, number>();
  let uses = 0;
  const keyOf = ({ peer, agent }: RemoteAgent) => `${peer} ${agent.id}`;

  function pick(candidates: readonly RemoteAgent[], role: string, strategy: Strategy): RemoteAgent | undefined {
    switch (strategy) {
      case 'first':
        return candidates[0];
      case 'random':
        return candidates[Math.floor(random() * candidates.length)];
      case 'round_robin': {
        const turn = turns.get(role) ?? 0;
        remember(turns, role, turn + 1);
        return candidates[turn % candidates.length];
      }
      case 'least_recent': {
        const age = (candidate: RemoteAgent) => used.get(keyOf(candidate)) ?? -1;
        return candidates.reduce((oldest, candidate) => (age(candidate) < age(oldest) ? candidate : oldest));
      }
    }
  }

  return {
    choose(target, strategy) {
      const all = 'role' in target ? registry.withRole(target.role) : registry.withId(target.agent);
      for (const state of ['alive', 'suspect'] as const) {
        const there = all.filter((candidate) => facts.stateOf(candidate.peer) === state);
        const willing = there.filter((candidate) => facts.addressable(candidate.peer) !== false);
        const ready = willing.filter((candidate) => !facts.starting(candidate.peer));
        const candidates = ready.length > 0 ? ready : willing.length > 0 ? willing : there;
        if (candidates.length === 0) continue;
        const chosen = pick(candidates, 'role' in target ? target.role : target.agent, strategy);
        if (chosen === undefined) continue;
        uses += 1;
        remember(used, keyOf(chosen), uses);
        return chosen;
      }
      return all.length === 0
        ? `No peer has announced ${describeTarget(target)}.`
        : `The peer with ${describeTarget(target)} is not alive any more.`;
    },
    get remembered() {
      return turns.size + used.size;
    },
  };
}

/** Identities that more than one node uses: agent ids, and 0.0.0.0 identities of nodes on different hosts. */
import type { Registry } from './messages/registry.ts';
import type { Member } from './swim/types.ts';

const maxNamed = 4;
const none: readonly string[] = [];

export interface Twins {
  of(member: Member): readonly string[];
}

export function createTwins(registry: Registry, members: () => readonly Member[]): Twins {
  let sources: { readonly generation: number; readonly members: readonly Member[] } | null = null;
  let twins: ReadonlyMap<string, readonly string[]> = new Map();

  function find(list: readonly Member[]): Map<string, string[]> {
    const holders = new Map<string, string[]>();
    const hold = (identity: string, peer: string) => {
      const known = holders.get(identity);
      if (known === undefined) holders.set(identity, [peer]);
      else known.push(peer);
    };
    for (const member of list) {
      if (member.state !== 'alive' && member.state !== 'suspect') continue;
      if (member.wildcard !== null) hold(member.wildcard, member.address);
      for (const agent of registry.agents(member.address)) hold(`agent ${agent.id}`, member.address);
    }
    const found = new Map<string, string[]>();
    for (const peers of holders.values()) {
      if (peers.length < 2) continue;
      for (const peer of peers) {
        const others = found.get(peer) ?? [];
        for (const other of peers) if (other !== peer && !others.includes(other) && others.length < maxNamed) others.push(other);
        found.set(peer, others);
      }
    }
    return found;
  }

  return {
    of(member) {
      const list = members();
      if (sources?.generation !== registry.generation || sources.members !== list) {
        sources = { generation: registry.generation, members: list };
        twins = find(list);
      }
      return twins.get(member.address) ?? none;
    },
  };
}

/**
 * Which behaviour group a peer probably belongs to. No release puts its version on the wire, so this is told from what
 * a peer sends: keys of its agents (`capability_descriptions` since 1.11.0, `capability_contracts` since 1.13.0), and
 * requests that it takes and drops (1.1.0 to 1.4.1). Introductions nobody asked for (since 1.13.1) tell nothing: a node
 * confirms requests that it never answers, so announcements cannot be set against requests.
 */
import type { Behaviour } from '#schemas/fleet/peer.ts';
import type { CapabilityAnnouncement } from '#schemas/wire/messages.ts';
import { isObject } from './guards.ts';

/** Set in the headers of our own messages; the framework reads only its trace ids there (swim/integration/messaging/trace.py 1.2.6). */
export const clientHeader = 'X-Client';
export const clientName = 'jarviscore-fleet';

interface Evidence {
  ours: boolean;
  keys: 'none' | 'bare' | 'descriptions' | 'contracts';
  answered: boolean;
  ignored: boolean;
}

export interface Behaviours {
  /** The peer may be another process than before. */
  reset(peer: string): void;
  forget(peer: string): void;
  /** A message of the peer named its program. */
  client(peer: string, name: string): void;
  announced(peer: string, announcement: CapabilityAnnouncement): void;
  /** It answered a question, or asked one: its agents reach and are reached. */
  answered(peer: string): void;
  /** It confirmed a question and never answered. */
  ignored(peer: string): void;
  /** Null: nothing to tell it from. */
  of(peer: string): Behaviour | null;
  /** Whether its agents can be asked; null: nobody has tried. */
  addressable(peer: string): boolean | null;
  /** Whether an acknowledged notification has reached the agent: from 1.13.1 on. 1.13.0 looks the same and loses it. */
  confirmsNotifications(peer: string): boolean;
}

const keyOrder = ['none', 'bare', 'descriptions', 'contracts'] as const;

/** What the keys of one announcement prove; agents of one node come from one release. */
function keysOf(announcement: CapabilityAnnouncement): Evidence['keys'] {
  let best = 0;
  for (const agent of Object.values(announcement.agents)) {
    if (!isObject(agent)) continue;
    const keys = isObject(agent.capability_contracts) ? 3 : isObject(agent.capability_descriptions) ? 2 : 1;
    best = Math.max(best, keys);
  }
  return keyOrder[best] ?? 'none';
}

function judge(evidence: Evidence): Behaviour | null {
  if (evidence.ours) return { groups: [], releases: 'JarvisCore Fleet', how: 'Its messages say so.' };
  switch (evidence.keys) {
    case 'none':
      return null;
    case 'contracts':
      return { groups: ['D', 'E', 'F', 'G'], releases: '1.13.0 or later', how: 'Its agents carry capability contracts.' };
    case 'descriptions':
      return {
        groups: ['D'],
        releases: '1.11.0 to 1.12.0',
        how: 'Its agents carry capability descriptions, but no contracts.',
      };
    case 'bare': {
      const how = 'Its agents carry neither capability descriptions nor contracts';
      if (evidence.answered) {
        return {
          groups: ['A', 'C'],
          releases: '1.0.2 or 1.5.0 to 1.10.0',
          how: `${how}, and they can be asked.`,
        };
      }
      if (evidence.ignored) {
        return {
          groups: ['B'],
          releases: 'probably 1.1.0 to 1.4.1',
          how: `${how}, and a question that it confirmed was never answered.`,
        };
      }
      return { groups: ['A', 'B', 'C'], releases: '1.0.2 to 1.10.0', how: `${how}.` };
    }
  }
}

/** @param changed What is told of the peer may differ now. */
export function createBehaviours(changed: (peer: string) => void): Behaviours {
  const peers = new Map<string, Evidence>();

  function of(peer: string): Evidence {
    let evidence = peers.get(peer);
    if (evidence === undefined) {
      evidence = { ours: false, keys: 'none', answered: false, ignored: false };
      peers.set(peer, evidence);
    }
    return evidence;
  }

  return {
    reset: (peer) => void peers.delete(peer),
    forget: (peer) => void peers.delete(peer),
    client(peer, name) {
      const evidence = of(peer);
      if (name !== clientName || evidence.ours) return;
      evidence.ours = true;
      changed(peer);
    },
    announced(peer, announcement) {
      const evidence = of(peer);
      const keys = keysOf(announcement);
      if (keyOrder.indexOf(keys) > keyOrder.indexOf(evidence.keys)) evidence.keys = keys;
    },
    answered(peer) {
      const evidence = of(peer);
      if (evidence.answered) return;
      evidence.answered = true;
      evidence.ignored = false;
      changed(peer);
    },
    ignored(peer) {
      const evidence = of(peer);
      if (evidence.answered || evidence.ignored) return;
      evidence.ignored = true;
      changed(peer);
    },
    of(peer) {
      const evidence = peers.get(peer);
      return evidence === undefined ? null : judge(evidence);
    },
    addressable(peer) {
      const evidence = peers.get(peer);
      if (evidence === undefined) return null;
      if (evidence.answered) return true;
      // A later release that is silent has a slow agent; only group B drops what it confirms.
      return evidence.ignored && !evidence.ours && evidence.keys === 'bare' ? false : null;
    },
    confirmsNotifications(peer) {
      const evidence = peers.get(peer);
      return evidence !== undefined && (evidence.ours || evidence.keys === 'contracts');
    },
  };
}

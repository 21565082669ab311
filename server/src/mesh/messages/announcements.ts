/** The `announce` command, and taking agents back. */
import type { AnnouncedAgent } from '#schemas/fleet/mesh.ts';
import type { Instant } from '../core.ts';
import { seconds } from './codec.ts';
import type { Introductions } from './introductions.ts';
import type { OwnAgents, Withdrawal } from './ownAgents.ts';
import { type CommandId, type MessagesContext, resultEvent } from './types.ts';

/** How long `announce` waits for every alive peer before it answers. */
const patienceMs = 3_000;

export interface Announcements {
  announce(id: CommandId, agents: readonly AnnouncedAgent[], now: Instant): void;
  /** Answers those commands that every alive peer has confirmed, or whose patience is over. */
  settle(now: Instant): void;
  leave(now: Instant): void;
  /** Peers that have not confirmed yet that our agents are gone. */
  leaving(): number;
  nextTimeout(): number | undefined;
}

export function createAnnouncements(context: MessagesContext, own: OwnAgents, introductions: Introductions): Announcements {
  let open: { readonly id: CommandId; readonly generation: number; readonly untilMs: number }[] = [];
  let unconfirmedLeaves = 0;

  function withdraw(removed: Withdrawal, now: Instant): void {
    if (removed.agentIds.length === 0) return;
    const payload = {
      type: 'CAPABILITY_DEANNOUNCEMENT',
      node_id: context.self.address,
      capabilities: [...removed.capabilities],
      agent_ids: [...removed.agentIds],
      timestamp: seconds(now.wallMs),
    };
    for (const peer of introductions.informed()) {
      const accepted = context.send(peer, 'CAPABILITY_DEANNOUNCEMENT', payload, now, {
        settle() {
          unconfirmedLeaves -= 1;
        },
      });
      if (accepted) unconfirmedLeaves += 1;
    }
  }

  function settle(now: Instant): void {
    const waiting = open;
    open = [];
    for (const entry of waiting) {
      const superseded = entry.generation !== own.generation;
      if (!superseded && introductions.unconfirmed() > 0 && now.monotonicMs < entry.untilMs) {
        open.push(entry);
        continue;
      }
      const data = own.list.map(({ id, role, capabilities }) => ({ id, role, capabilities: [...capabilities] }));
      context.emit(resultEvent(entry.id, 'announce', { ok: true, data }));
    }
  }

  return {
    announce(id, agents, now) {
      const removed = own.replace(agents);
      context.emit({ kind: 'self-touched' });
      withdraw(removed, now);
      introductions.ownAgentsChanged(now);
      open.push({ id, generation: own.generation, untilMs: now.monotonicMs + patienceMs });
      settle(now);
    },
    settle,
    leave(now) {
      withdraw(own.replace([]), now);
    },
    leaving: () => unconfirmedLeaves,
    nextTimeout() {
      const next = Math.min(...open.map((entry) => entry.untilMs));
      return Number.isFinite(next) ? next : undefined;
    },
  };
}

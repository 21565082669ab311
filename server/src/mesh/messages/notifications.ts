/** PEER_NOTIFY of ours: one way, and in 1.0.2 to 1.13.0 acknowledged whether or not an agent got it. */
import type { Json, Target } from '#schemas/fleet/mesh.ts';
import type { Instant } from '../core.ts';
import type { Behaviours } from './behaviour.ts';
import type { Choice } from './choice.ts';
import { seconds } from './codec.ts';
import type { OwnAgents } from './ownAgents.ts';
import { type CommandId, type MessagesContext, resultEvent } from './types.ts';

export interface Notifications {
  notify(id: CommandId, target: Target, data: Json, now: Instant): void;
}

export function createNotifications(
  context: MessagesContext,
  own: OwnAgents,
  choice: Choice,
  behaviours: Pick<Behaviours, 'confirmsNotifications'>,
): Notifications {
  const { self } = context;
  return {
    notify(id, target, data, now) {
      const answer = (outcome: { ok: boolean; data?: Json; error?: string }) => context.emit(resultEvent(id, 'notify', outcome));
      const found = choice.choose(target, 'first');
      if (typeof found === 'string') {
        answer({ ok: false, error: found });
        return;
      }
      const { peer, agent } = found;
      const [first] = own.list;
      const payload = {
        sender: first?.id ?? self.name,
        sender_node: self.address,
        target: agent.id,
        target_role: agent.role,
        data: typeof data === 'string' ? { query: data, from: first?.role ?? self.name } : data,
        correlation_id: null,
        timestamp: seconds(now.wallMs),
        context: null,
      };
      const accepted = context.send(peer, 'PEER_NOTIFY', payload, now, {
        settle(outcome) {
          if (!outcome.ok) answer({ ok: false, error: `${peer}: ${outcome.error ?? 'not delivered'}.` });
          else if (behaviours.confirmsNotifications(peer)) answer({ ok: true });
          else answer({ ok: true, data: { confirmed: false } });
        },
      });
      if (!accepted) answer({ ok: false, error: `Too many messages to ${peer} are waiting already.` });
    },
  };
}

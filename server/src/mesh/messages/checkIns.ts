/**
 * AUTOMATED_CHECK_IN, the one message that swim-p2p itself sends: once per peer and connection (SEND_ON_JOIN, 1.2.6),
 * answered by CHECK_IN_RESPONSE. Ours goes out once, when the peer has shown that it hears us.
 */
import type { Instant } from '../core.ts';
import type { MessagesContext } from './types.ts';

export interface CheckIns {
  /** The peer's connection to us works; the first time since it came alive we check in with it. */
  reachable(peer: string, now: Instant): void;
  /** It checked in: it gets its answer. */
  received(peer: string, name: string | null, now: Instant): void;
  drop(peer: string): void;
}

export function createCheckIns(context: MessagesContext): CheckIns {
  const done = new Set<string>();
  const { name } = context.self;
  return {
    reachable(peer, now) {
      if (done.has(peer) || context.stateOf(peer) !== 'alive') return;
      done.add(peer);
      const content = { key: 'check_in_message', value: `Hello, this is ${name} checking in.` };
      const accepted = context.send(peer, 'AUTOMATED_CHECK_IN', null, now, {
        content,
        settle(outcome) {
          // It comes round again with the peer's next message.
          if (!outcome.ok) done.delete(peer);
        },
      });
      if (!accepted) done.delete(peer);
    },
    received(peer, sender, now) {
      const value = `Hello ${sender ?? peer}, this is ${name}. Received your check-in.`;
      context.send(peer, 'CHECK_IN_RESPONSE', null, now, { content: { key: 'response_message', value } });
    },
    drop: (peer) => void done.delete(peer),
  };
}

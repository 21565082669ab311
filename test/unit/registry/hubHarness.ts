/** A hub with a clock of the test's own and connections that remember what was sent. */
import type { HubFrame } from '#schemas/wire/relay.ts';
import { Hub } from '#server/registry/relay/hub.ts';
import type { HubNode } from '#server/registry/relay/hubNode.ts';

export interface Connection {
  readonly sent: HubFrame[];
  readonly closed: string[];
  say(frame: Record<string, unknown>): void;
  raw(text: string): void;
  drop(): void;
  last(): HubFrame | undefined;
}

export function hubHarness(tokens: readonly string[] = ['nt_live_one', 'nt_live_two']) {
  const clock = { monotonicMs: 1_000, wallMs: Date.UTC(2026, 0, 1) };
  const changes: HubNode[] = [];
  const log: string[] = [];
  const hub = new Hub({
    tokens,
    now: () => ({ ...clock }),
    onChange: (node) => changes.push(node),
    log: (level, text) => log.push(`${level}: ${text}`),
  });
  return {
    hub,
    changes,
    log,
    advance(ms: number) {
      clock.monotonicMs += ms;
      clock.wallMs += ms;
    },
    /** The wall clock alone jumps, as after a correction of the system time. */
    jumpWall(ms: number) {
      clock.wallMs += ms;
    },
    connect(token = 'nt_live_one', remote = '127.0.0.1'): Connection {
      const hash = hub.authorize(token);
      if (hash === null) throw new Error('the token was refused');
      const sent: HubFrame[] = [];
      const closed: string[] = [];
      const session = hub.connect(hash, {
        remote,
        send: (frame) => sent.push(frame),
        close: (code, reason) => closed.push(`${code} ${reason}`),
      });
      return {
        sent,
        closed,
        say: (frame) => hub.receive(session, JSON.stringify({ v: 1, ...frame })),
        raw: (text) => hub.receive(session, text),
        drop: () => hub.disconnect(session),
        last: () => sent.at(-1),
      };
    },
    node(id: string): HubNode {
      const node = hub.find(id);
      if (node === null) throw new Error(`there is no node ${id}`);
      return node;
    },
  };
}

export const registration = (over: Record<string, unknown> = {}) => ({
  type: 'node.register',
  id: 'r1',
  name: 'builder',
  node_id: 'node_a',
  provider: { name: 'broker', instance_id: 'broker_1' },
  capabilities: [{ name: 'spawn:claude', kind: 'capacity' }],
  max_agents: 4,
  tags: ['gpu'],
  version: 'relay-broker/12.4.1',
  resume_cursor: null,
  ...over,
});

export const beat = (over: Record<string, unknown> = {}) => ({
  type: 'node.heartbeat',
  provider: { name: 'broker', instance_id: 'broker_1' },
  name: 'builder',
  node_id: 'node_a',
  capabilities: [{ name: 'spawn:claude', kind: 'capacity' }],
  max_agents: 4,
  version: 'relay-broker/12.4.1',
  load: 0.5,
  active_agents: 2,
  handlers_live: true,
  ...over,
});

/** Whom a role means when several agents have it. */
import { describe, expect, test } from 'vitest';
import type { Strategy } from '#schemas/fleet/mesh.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import { createChoice } from '#server/mesh/messages/choice.ts';
import { createRegistry } from '#server/mesh/messages/registry.ts';
import { seeded, Wire } from './support.ts';

const peers = ['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3'];

function setUp() {
  const registry = createRegistry();
  const states = new Map<string, PeerState>(peers.map((peer) => [peer, 'alive']));
  const dropping = new Set<string>();
  const starting = new Set<string>();
  for (const [index, peer] of peers.entries()) {
    const agents = { a: { agent_id: `worker-${index}`, role: 'worker', capabilities: [] } };
    registry.announce(peer, { node_id: peer, agents });
  }
  const choice = createChoice(
    registry,
    {
      stateOf: (peer) => states.get(peer) ?? null,
      addressable: (peer) => (dropping.has(peer) ? false : null),
      starting: (peer) => starting.has(peer),
    },
    seeded(7),
  );
  const chosen = (strategy: Strategy, times: number) =>
    Array.from({ length: times }, () => {
      const found = choice.choose({ role: 'worker' }, strategy);
      return typeof found === 'string' ? found : peers.indexOf(found.peer);
    });
  return { registry, states, dropping, starting, choice, chosen };
}

describe('strategies', () => {
  test('first: the first that announced the role, while it lives', () => {
    const { states, chosen } = setUp();
    expect(chosen('first', 3)).toEqual([0, 0, 0]);
    states.set(peers[0] ?? '', 'dead');
    expect(chosen('first', 2)).toEqual([1, 1]);
  });

  test('one that has started comes before one that is starting, which comes before none', () => {
    const { starting, chosen } = setUp();
    for (const peer of peers.slice(0, 2)) starting.add(peer);
    expect(chosen('first', 2)).toEqual([2, 2]);
    for (const peer of peers) starting.add(peer);
    expect(chosen('first', 2)).toEqual([0, 0]);
  });

  test('random: all of them, and not in turn', () => {
    const { chosen } = setUp();
    const picks = chosen('random', 300);
    for (const peer of [0, 1, 2]) expect(picks.filter((pick) => pick === peer).length).toBeGreaterThan(60);
    expect(picks.slice(0, 9)).not.toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  test('round robin: in turn, over whoever lives', () => {
    const { states, chosen } = setUp();
    expect(chosen('round_robin', 4)).toEqual([0, 1, 2, 0]);
    states.set(peers[1] ?? '', 'dead');
    expect(new Set(chosen('round_robin', 4))).toEqual(new Set([0, 2]));
  });

  test('least recent: never used first, then the longest unused, however it was used', () => {
    const { choice, chosen } = setUp();
    choice.choose({ agent: 'worker-1' }, 'first');
    expect(chosen('least_recent', 4)).toEqual([0, 2, 1, 0]);
  });
});

test('a suspected agent only when there is no other; one that drops questions only when there is no other', () => {
  const { states, dropping, chosen } = setUp();
  states.set(peers[0] ?? '', 'suspect');
  dropping.add(peers[1] ?? '');
  expect(chosen('first', 1)).toEqual([2]);
  states.set(peers[2] ?? '', 'dead');
  expect(chosen('first', 1)).toEqual([1]);
  states.set(peers[1] ?? '', 'dead');
  expect(chosen('first', 1)).toEqual([0]);
  states.set(peers[0] ?? '', 'left');
  expect(chosen('round_robin', 1)).toEqual(['The peer with role worker is not alive any more.']);
});

test('ten thousand roles and agents do not grow what is remembered without end', () => {
  const { registry, choice } = setUp();
  for (let round = 0; round < 10; round++) {
    const agents = Object.fromEntries(
      Array.from({ length: 1_000 }, (_unused, index) => {
        const role = `r${round}-${index}`;
        return [role, { agent_id: role, role, capabilities: [] }];
      }),
    );
    registry.announce(peers[0] ?? '', { node_id: peers[0] ?? '', agents });
    for (let index = 0; index < 1_000; index++) choice.choose({ role: `r${round}-${index}` }, 'round_robin');
  }
  expect(choice.remembered).toBeLessThanOrEqual(2 * 4_096);
});

test('questions of one node are spread over the agents of a role, and each gets its own answer', () => {
  const wire = new Wire();
  const asker = wire.add('127.0.0.1:7000');
  const workers = peers.map((peer) => wire.add(peer));
  for (const worker of workers) {
    worker.messages.announce(1, [{ role: 'worker', capabilities: [], description: '' }], {
      monotonicMs: wire.nowMs,
      wallMs: wire.nowMs,
    });
    wire.meet(asker, worker);
  }
  const now = { monotonicMs: wire.nowMs, wallMs: wire.nowMs };
  for (let index = 0; index < 6; index++) {
    asker.messages.ask(index, { target: { role: 'worker' }, data: { index }, timeoutMs: 5_000, strategy: 'round_robin' }, now);
  }
  wire.settle();
  for (const worker of workers) {
    const questions = worker.events.filter((event) => event.event === 'message');
    expect(questions).toHaveLength(2);
    for (const { correlationId, data } of questions) worker.messages.respond(null, correlationId ?? '', data, now);
  }
  wire.settle();
  expect(asker.results('ask').map(({ id, ok, data }) => [id, ok, data])).toEqual(
    expect.arrayContaining(Array.from({ length: 6 }, (_unused, index) => [index, true, { index }])),
  );
});

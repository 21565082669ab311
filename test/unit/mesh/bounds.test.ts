import { describe, expect, test } from 'vitest';
import type { HostEvent } from '#schemas/fleet/mesh.ts';
import { createChannel } from '#server/mesh/host/channel.ts';
import { createRegistry } from '#server/mesh/messages/registry.ts';
import { createReplies } from '#server/mesh/messages/replies.ts';
import type { MessagesContext } from '#server/mesh/messages/types.ts';

const delta: HostEvent = {
  event: 'delta',
  delta: { epoch: 'e', base: 0, revision: 1, self: null, seeds: null, peers: [], removed: [], roles: null },
};

describe('the channel to a supervisor that does not read', () => {
  test('holds deltas back, then sends one snapshot in their place; results are never dropped', () => {
    const waiting: (() => void)[] = [];
    const sent: HostEvent[] = [];
    let resyncs = 0;
    const channel = createChannel(
      (event, done) => {
        sent.push(event);
        waiting.push(done);
      },
      () => {
        resyncs += 1;
      },
    );
    for (let index = 0; index < 10_000; index++) channel.send(delta);
    expect(sent.length).toBeLessThan(1_000);
    const result: HostEvent = { event: 'result', id: 1, command: 'ask', ok: true, data: null, error: null };
    channel.send(result);
    expect(sent.at(-1)).toBe(result);
    for (const done of waiting.splice(0)) done();
    expect(resyncs).toBe(1);
    channel.send(delta);
    expect(sent.at(-1)).toBe(delta);
  });

  test('drops other nodes’ messages only far later', () => {
    const sent: HostEvent[] = [];
    const channel = createChannel(
      (event) => sent.push(event),
      () => {},
    );
    const message: HostEvent = {
      event: 'message',
      type: 'PEER_NOTIFY',
      correlationId: null,
      from: { node: 'n', agent: 'a' },
      to: { agent: null, role: null },
      data: null,
    };
    for (let index = 0; index < 5_000; index++) channel.send(message);
    expect(sent).toHaveLength(1_024);
  });
});

test('announced agents are bounded over all nodes together, and space is given back', () => {
  const registry = createRegistry();
  const agents = (node: number) =>
    Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [
        `${node}-${index}`,
        {
          agent_id: `${node}-${index}`,
          role: 'r',
          capabilities: Array.from({ length: 99 }, (_unused, capability) => `c${capability}`),
        },
      ]),
    );
  expect(registry.announce('a', { node_id: 'a', agents: agents(1) })).toEqual([]);
  expect(registry.announce('b', { node_id: 'b', agents: agents(2) }).join()).toContain('800 are not shown');
  expect(registry.agents('b')).toHaveLength(100);
  registry.clear('a');
  expect(registry.announce('b', { node_id: 'b', agents: agents(2) })).toEqual([]);
  expect(registry.agents('b')).toHaveLength(900);
});

test('open requests are bounded, the oldest go first, and a huge context is not kept', () => {
  const sent: { target: string; context: unknown }[] = [];
  const results: boolean[] = [];
  const context: MessagesContext = {
    self: { address: 'me', zmqAddress: 'me', name: 'me' },
    random: () => 0,
    stateOf: () => 'alive',
    emit(output) {
      if (output.kind === 'event' && output.event.event === 'result') results.push(output.event.ok);
    },
    send(_peer, _type, payload) {
      sent.push(payload as { target: string; context: unknown });
      return true;
    },
  };
  const replies = createReplies(context, () => 0);
  const agent = { id: 'a', role: 'r', capabilities: [], description: '' };
  for (let index = 0; index < 3_000; index++) {
    replies.remember(`c${index}`, {
      peer: 'p',
      sender: `s${index}`,
      context: index === 2_999 ? 'x'.repeat(20_000) : { lineage: [index] },
      agent,
    });
  }
  expect(replies.size).toBe(1_000);
  const now = { monotonicMs: 0, wallMs: 0 };
  replies.respond('old', 'c5', {}, now);
  expect(results).toEqual([false]);
  replies.respond('new', 'c2998', {}, now);
  replies.respond('huge', 'c2999', {}, now);
  expect(sent).toMatchObject([
    { target: 's2998', context: { lineage: [2_998] } },
    { target: 's2999', context: null },
  ]);
});

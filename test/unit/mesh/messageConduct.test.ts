/** What a node does with messages that break the rules, and what it keeps of a peer that comes and goes. */
import { describe, expect, test } from 'vitest';
import { createMessages } from '#server/mesh/messages/messages.ts';
import { at, type Site, seeded, Wire } from './support.ts';

const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';
const now = (wire: Wire) => ({ monotonicMs: wire.nowMs, wallMs: Date.UTC(2026, 0, 1) + wire.nowMs });
const encode = (message: object) => new TextEncoder().encode(JSON.stringify(message));

/** One node; `b` is a member that it knows. */
function node() {
  const wire = new Wire();
  const one = wire.add(a);
  one.states.set(b, 'alive');
  one.messages.memberAlive(b, false, now(wire));
  wire.settle();
  /** Over `from`'s connection unless another one is named; what was sent back. */
  const hear = (message: object, identity = `dealer-${b}-to-x-1`) => {
    one.messages.routerMessage(identity, encode({ id: 'm', from_node: b, ...message }), now(wire));
    const acks: string[] = [];
    for (let output = one.messages.poll(); output !== undefined; output = one.messages.poll()) {
      if (output.kind === 'event') one.events.push(output.event);
      if (output.kind !== 'router-send') continue;
      const { ack_type, success, error_details } = JSON.parse(new TextDecoder().decode(output.bytes)) as Record<string, unknown>;
      acks.push(`${ack_type} ${success}${error_details === undefined ? '' : `: ${error_details}`}`);
    }
    return acks;
  };
  return { wire, one, hear, said: () => [one.messages.warnings(b), one.messages.refused(b)] };
}
const ack = { type: 'ACK', ack_type: 'delivery', ack_for: 'm', success: true };
const counters = (site: Site) => ({ ...site.messages.counters });
const none = { invalid: 0, repeated: 0, strangers: 0, unasked: 0 };

describe('on our ROUTER', () => {
  test('what cannot be read is the fault of whose connection it came on', () => {
    const { wire, one, said } = node();
    one.messages.routerMessage(`dealer-${b}-to-x-1`, new TextEncoder().encode('{'), now(wire));
    expect(said()).toEqual([['It sent what cannot be read: message is not JSON or nests too deep.'], 1]);
    expect(counters(one)).toEqual({ ...none, invalid: 1 });
  });

  test.each(['x', `dealer-${c}-to-x-1`, `dealer-${a}-to-x-1`])('on the connection %s it is nobody’s fault', (identity) => {
    const { wire, one, said } = node();
    one.states.set(a, 'alive');
    one.messages.routerMessage(identity, new TextEncoder().encode('{'), now(wire));
    expect([...said(), one.messages.refused(c), one.messages.refused(a)]).toEqual([[], 0, 0, 0]);
    expect(one.messages.counters.invalid).toBe(1);
  });

  test('acknowledgements do not belong there', () => {
    const { one, hear, said } = node();
    expect(hear(ack)).toEqual([]);
    expect(said()).toEqual([['It sent acknowledgements to our ROUTER, where none belong.'], 1]);
    expect(counters(one)).toEqual({ ...none, invalid: 1 });
  });

  test('a message in another’s name is refused, told, and not obeyed', () => {
    const { one, hear, said } = node();
    one.states.set(c, 'alive');
    const payload = { node_id: c, agents: { x: { agent_id: 'x', role: 'x', capabilities: [] } } };
    expect(hear({ type: 'CAPABILITY_ANNOUNCEMENT', from_node: c, payload, require_ack: true })).toEqual([
      'delivery true',
      'processing false: from_node is not the sender',
    ]);
    expect(said()).toEqual([[`It sent messages in the name of ${c}; they were not obeyed.`], 1]);
    expect(one.messages.agents(c)).toEqual([]);
    expect(counters(one)).toEqual(none);
  });

  test('a payload that is not understood is refused and told, once it counts', () => {
    const { hear, said } = node();
    expect(hear({ type: 'PEER_NOTIFY', payload: {}, require_ack: true })).toEqual([
      'delivery true',
      'processing false: Payload of PEER_NOTIFY is not understood',
    ]);
    expect(said()).toEqual([['Payload of PEER_NOTIFY is not understood; it was not obeyed.'], 1]);
  });

  test('a type that nobody knows is refused without blame', () => {
    const { hear, said } = node();
    expect(hear({ type: 'JOIN', require_ack: true })).toEqual(['delivery true', 'processing false: No handler for message type']);
    expect(said()).toEqual([[], 0]);
  });

  test('copies and strangers are counted, and nothing else', () => {
    const { one, hear } = node();
    const announcement = (from: string) => ({
      type: 'CAPABILITY_ANNOUNCEMENT',
      from_node: from,
      payload: { node_id: from, agents: { x: { agent_id: 'x', role: 'x', capabilities: [] } } },
    });
    hear(announcement(b), 'x');
    hear({ ...announcement(b), payload: { node_id: b, agents: {} } }, 'x');
    expect(one.messages.agents(b)).toHaveLength(1);
    hear(announcement(c), 'x');
    hear(announcement(a), 'x');
    expect(counters(one)).toEqual({ ...none, repeated: 1, strangers: 2 });
    expect([one.messages.agents(c), one.messages.agents(a)]).toEqual([[], []]);
  });

  test('a name is kept, and told when it changes', () => {
    const { wire, one } = node();
    const touched = (name: string, id: string) => {
      const message = { type: 'HELLO_MESSAGE', id, from_node: b, from_node_name: name };
      one.messages.routerMessage('x', encode(message), now(wire));
      let count = 0;
      for (let output = one.messages.poll(); output !== undefined; output = one.messages.poll())
        if (output.kind === 'touched' && output.peer === b) count += 1;
      return count;
    };
    expect([touched('two', '1'), one.messages.name(b)]).toEqual([1, 'two']);
    expect(touched('two', '2')).toBe(0);
    expect([touched('three', '3'), one.messages.name(b)]).toEqual([1, 'three']);
    expect(one.messages.name(c)).toBeNull();
  });

  test('agents announced in another’s name are left out, and so are all of who is not there', () => {
    const { one, hear, said } = node();
    const announce = (id: string, node_id: string) =>
      hear({
        type: 'CAPABILITY_ANNOUNCEMENT',
        id,
        payload: { node_id, agents: { x: { agent_id: 'x', role: 'x', capabilities: [] } } },
      });
    announce('1', c);
    expect(said()).toEqual([[`It announced agents in the name of ${c}; they were left out.`], 1]);
    one.states.set(b, 'dead');
    announce('2', b);
    expect(one.messages.agents(b)).toEqual([]);
    one.states.set(b, 'suspect');
    announce('3', b);
    expect(one.messages.agents(b)).toHaveLength(1);
  });
});

describe('on our own connections', () => {
  test('only acknowledgements belong there', () => {
    const { wire, one, said } = node();
    one.messages.dealerMessage(b, encode({ type: 'HELLO_MESSAGE', id: 'm', from_node: b }), now(wire));
    expect(said()).toEqual([['It sent something else than an acknowledgement over our connection.'], 1]);
    expect(counters(one)).toEqual({ ...none, invalid: 1 });
  });

  test('and only of what was sent', () => {
    const { wire, one, said } = node();
    one.messages.dealerMessage(b, encode({ ...ack, ack_for: 'never' }), now(wire));
    expect(said()).toEqual([['It acknowledges messages that were never sent to it.'], 1]);
    expect(counters(one)).toEqual({ ...none, unasked: 1 });
  });

  test('a delivery is in the journal, a failed one is not', () => {
    const { wire, one } = node();
    one.messages.announce(1, [{ role: 'x', capabilities: [], description: '' }], now(wire));
    wire.settle();
    const states = () => one.messages.journal.page(null).entries.map(({ type, state }) => `${type} ${state}`);
    const [request, announcement] = one.sent.map(({ text }) => JSON.parse(text) as { id: string; type: string });
    expect([request?.type, announcement?.type]).toEqual(['CAPABILITY_REQUEST', 'CAPABILITY_ANNOUNCEMENT']);
    one.messages.dealerMessage(b, encode({ ...ack, ack_for: request?.id }), now(wire));
    one.messages.dealerMessage(b, encode({ ...ack, ack_for: announcement?.id, success: false }), now(wire));
    expect(states()).toEqual(['CAPABILITY_REQUEST delivered', 'CAPABILITY_ANNOUNCEMENT pending']);
    one.messages.dealerMessage(b, encode({ ...ack, ack_type: 'processing', ack_for: announcement?.id }), now(wire));
    expect(states()).toEqual(['CAPABILITY_REQUEST delivered', 'CAPABILITY_ANNOUNCEMENT acknowledged']);
  });
});

describe('messages of work', () => {
  /** `b` has agent x, `a` has agent y; both know it. */
  function pair() {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    one.messages.announce(1, [{ role: 'y', capabilities: [], description: '' }], now(wire));
    two.messages.announce(1, [{ role: 'x', capabilities: [], description: '' }], now(wire));
    wire.settle();
    return { wire, one, two };
  }
  const work = (site: Site) => site.events.filter(({ event }) => event === 'message');

  test('reach the agent that they name, by id or by role, with its whole address', () => {
    const { wire, one, two } = pair();
    const [agent] = two.messages.ownAgents();
    const say = (type: string, id: string, payload: object) =>
      two.messages.routerMessage('x', encode({ type, id, from_node: a, payload: { sender: 's', ...payload } }), now(wire));
    say('PEER_REQUEST', '1', { target: 'x', correlation_id: 'c', data: [1] });
    say('PEER_NOTIFY', '2', { target: agent?.id });
    say('PEER_REQUEST', '3', { target: 'nobody', correlation_id: 'd' });
    say('PEER_NOTIFY', '4', { target: 'nobody' });
    wire.settle();
    const both = { event: 'message', from: { node: a, agent: 's' }, to: { agent: agent?.id, role: 'x' } };
    expect(work(two)).toEqual([
      { ...both, type: 'PEER_REQUEST', correlationId: 'c', data: [1] },
      { ...both, type: 'PEER_NOTIFY', correlationId: null, data: null },
    ]);
    two.messages.respond('r', 'd', 1, now(wire));
    wire.settle();
    expect(two.results('respond')).toMatchObject([{ ok: false }]);
    expect(work(one)).toEqual([]);
  });

  test('a notification carries its payload as an object, everything else as a text', () => {
    const { wire, one } = pair();
    one.messages.notify('n', { role: 'x' }, {}, now(wire));
    wire.settle();
    const payloads = Object.fromEntries(
      one.sent.map(({ text }) => {
        const { type, payload } = JSON.parse(text) as { type: string; payload: unknown };
        return [type, typeof payload];
      }),
    );
    expect(payloads).toMatchObject({ PEER_NOTIFY: 'object', CAPABILITY_ANNOUNCEMENT: 'string', CAPABILITY_REQUEST: 'string' });
  });

  test('are answered by who was asked: that says that it can be asked', () => {
    const { wire, one, two } = pair();
    expect(one.messages.behaviours.addressable(b)).toBeNull();
    one.messages.ask('q', { target: { role: 'x' }, data: 1, timeoutMs: 5_000, strategy: 'first' }, now(wire));
    wire.settle();
    expect(two.messages.behaviours.addressable(a), 'who asks can be asked').toBe(true);
    const [question] = two.events.flatMap((event) => (event.event === 'message' ? [event.correlationId ?? ''] : []));
    two.messages.respond('r', question ?? '', { yes: true }, now(wire));
    wire.settle();
    expect(one.results('ask')).toMatchObject([{ ok: true, data: { yes: true } }]);
    expect(one.messages.behaviours.addressable(b)).toBe(true);
  });
});

describe('a peer that comes and goes', () => {
  const announce = (site: Site, wire: Wire, role: string) =>
    site.messages.announce(1, [{ role, capabilities: [], description: '' }], now(wire));

  test('keeps its agents while it is gone, and nothing when it is forgotten', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    announce(two, wire, 'x');
    wire.meet(one, two);
    one.messages.routerMessage(`dealer-${b}-to-x`, new TextEncoder().encode('{'), now(wire));
    one.states.set(b, 'dead');
    one.messages.memberGone(b, 'died', now(wire));
    expect([one.messages.agents(b).length, one.messages.name(b), one.messages.refused(b)]).toEqual([1, `name-${b}`, 1]);
    one.states.delete(b);
    one.messages.memberForgotten(b, now(wire));
    expect([
      one.messages.agents(b),
      one.messages.name(b),
      one.messages.warnings(b),
      one.messages.refused(b),
      one.messages.behaviours.of(b),
      one.messages.registry.announced(b),
      one.messages.knowsUs(b),
    ]).toEqual([[], null, [], 0, null, false, null]);
  });

  test.each([
    ['died', 'memberGone', `${b} died before it answered.`],
    ['was forgotten', 'memberForgotten', `${b} was forgotten before it answered.`],
  ] as const)('that %s ends its questions and messages', (_how, act, error) => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    announce(two, wire, 'x');
    wire.meet(one, two);
    one.messages.ask('q', { target: { role: 'x' }, data: 1, timeoutMs: 5_000, strategy: 'first' }, now(wire));
    wire.settle();
    wire.deaf.add(b);
    one.messages.notify('n', { role: 'x' }, {}, now(wire));
    one.states.set(b, 'dead');
    if (act === 'memberGone') one.messages.memberGone(b, 'died', now(wire));
    else one.messages.memberForgotten(b, now(wire));
    wire.settle();
    expect(one.results('ask')).toMatchObject([{ ok: false, error }]);
    const reason = act === 'memberGone' ? 'the peer died' : 'the peer was forgotten';
    expect(one.results('notify')).toMatchObject([{ ok: false, error: `${b}: ${reason}.` }]);
  });

  test('whose announcement was remarked on loses that with a new one', () => {
    const { one, hear, said } = node();
    const announceBad = (id: string, role: string | null) =>
      hear({
        type: 'CAPABILITY_ANNOUNCEMENT',
        id,
        payload: { node_id: b, agents: { x: { agent_id: 'x', role, capabilities: [] } } },
      });
    announceBad('1', null);
    expect(said()[0]).toEqual([
      'It announced 1 agent without a usable id or role; a missing role ends list_roles() on Python peers.',
    ]);
    hear({ type: 'PEER_NOTIFY', id: '2', payload: {} });
    expect(said()[0]).toHaveLength(2);
    announceBad('3', 'r');
    expect(said()[0]).toEqual(['Payload of PEER_NOTIFY is not understood; it was not obeyed.']);
    expect(one.messages.agents(b)).toHaveLength(1);
  });

  test('back from the dead is another process until it announces itself', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    announce(two, wire, 'x');
    wire.meet(one, two);
    expect(one.messages.behaviours.of(b)?.releases).toBe('JarvisCore Fleet');
    one.states.set(b, 'dead');
    one.messages.memberGone(b, 'died', now(wire));
    wire.deaf.add(a);
    one.states.set(b, 'alive');
    one.messages.memberAlive(b, true, now(wire));
    expect([one.messages.agents(b), one.messages.behaviours.of(b)]).toEqual([[], null]);
  });

  test('traffic is what shows that somebody works there: neither keepalives nor check-ins, and nothing that failed', () => {
    const traffic: string[] = [];
    const hooks = {
      stateOf: () => 'alive' as const,
      memberOf: (from: string) => from,
      traffic: (peer: string) => void traffic.push(peer),
    };
    const messages = createMessages({ address: a, zmqAddress: 'z', name: 'one' }, seeded(1), hooks, at(0));
    const told: [string, string[]][] = [];
    const work = (success = true) => {
      for (let output = messages.poll(); output !== undefined; output = messages.poll()) {
        if (output.kind === 'dealer-connect') messages.dealerConnected(output.peer, at(0));
        if (output.kind !== 'dealer-send') continue;
        const { id, type } = JSON.parse(new TextDecoder().decode(output.bytes)) as { id: string; type: string };
        messages.dealerMessage(output.peer, encode({ ...ack, ack_type: 'processing', ack_for: id, success }), at(0));
        told.push([type, traffic.splice(0)]);
      }
    };
    messages.memberAlive(b, false, at(0));
    work();
    messages.keepalive(b, 1_000, { sent: () => {}, acknowledged: () => {}, failed: () => {} }, at(0));
    work();
    messages.routerMessage('x', encode({ type: 'P2P_KEEPALIVE', id: '1', from_node: b, payload: { timestamp: 1 } }), at(0));
    work();
    messages.announce(1, [{ role: 'y', capabilities: [], description: '' }], at(0));
    work(false);
    expect(told).toEqual([
      ['CAPABILITY_REQUEST', [b]],
      ['P2P_KEEPALIVE', []],
      ['P2P_KEEPALIVE_ACK', []],
      ['AUTOMATED_CHECK_IN', []],
      ['CAPABILITY_ANNOUNCEMENT', []],
    ]);
  });

  test('knows us when it confirmed our present agents', () => {
    const { wire, one } = node();
    expect(one.messages.knowsUs(b)).toBeNull();
    announce(one, wire, 'y');
    wire.settle();
    expect(one.messages.knowsUs(b)).toBe(false);
    const announcement = one.sent
      .map(({ text }) => JSON.parse(text) as { id: string; type: string })
      .find(({ type }) => type === 'CAPABILITY_ANNOUNCEMENT');
    one.messages.dealerMessage(b, encode({ ...ack, ack_type: 'processing', ack_for: announcement?.id }), now(wire));
    expect(one.messages.knowsUs(b)).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import type { HostEvent } from '#schemas/fleet/mesh.ts';
import { type Site, Wire } from './support.ts';

const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';
const text = new TextEncoder();

const agent = (role: string, capabilities: string[] = []) => ({ role, capabilities, description: '' });
const now = (wire: Wire) => ({ monotonicMs: wire.nowMs, wallMs: Date.UTC(2026, 0, 1) + wire.nowMs });
const messagesOf = (site: Site) =>
  site.events.filter((event): event is Extract<HostEvent, { event: 'message' }> => event.event === 'message');
const sentTypes = (site: Site, to?: string) =>
  site.sent
    .filter((entry) => to === undefined || entry.to === to)
    .map((entry) => (JSON.parse(entry.text) as { type: string }).type);
const roles = (site: Site, peer: string) => site.messages.agents(peer).map((entry) => entry.role);

describe('introductions', () => {
  test('two nodes learn each other’s agents, an observer announces nothing', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    two.messages.announce(1, [agent('analyst', ['sum'])], now(wire));
    wire.meet(one, two);
    expect(one.messages.agents(b)).toEqual([
      { id: expect.stringMatching(/^analyst-[0-9a-f]{8}$/), role: 'analyst', capabilities: ['sum'] },
    ]);
    expect(one.messages.name(b)).toBe(`name-${b}`);
    expect(two.messages.agents(a)).toEqual([]);
    const announcements = one.sent.filter((entry) => entry.text.includes('CAPABILITY_ANNOUNCEMENT'));
    expect(
      announcements.every((entry) => entry.text.includes('\\"agents\\":{}')),
      'only the empty answer to a request',
    ).toBe(true);
  });

  test('a roster is asked for until it comes, less and less often', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    two.messages.announce(1, [agent('late')], now(wire));
    wire.filter = (from, _to, message) => !(from === b && message.includes('CAPABILITY_ANNOUNCEMENT'));
    wire.meet(one, two);
    wire.run(20_000);
    const asked = sentTypes(one).filter((type) => type === 'CAPABILITY_REQUEST').length;
    expect(asked).toBeGreaterThan(4);
    expect(asked).toBeLessThan(40);
    expect(one.messages.registry.announced(b)).toBe(false);
    wire.filter = () => true;
    wire.run(20_000);
    expect(roles(one, b)).toEqual(['late']);
    const settled = one.sent.length;
    wire.run(200_000);
    expect(one.sent.length, 'nothing is asked once it is here').toBe(settled);
  });

  test('an announcement replaces the earlier one as a whole, and what went is taken back', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    two.messages.announce(1, [agent('first'), agent('second')], now(wire));
    wire.settle();
    const kept = two.messages.ownAgents().find((entry) => entry.role === 'second')?.id;
    two.messages.announce(2, [agent('second'), agent('third')], now(wire));
    wire.settle();
    expect(roles(one, b)).toEqual(['second', 'third']);
    expect(one.messages.agents(b)[0]?.id, 'an agent that stays keeps its id').toBe(kept);
    expect(sentTypes(two, a)).toContain('CAPABILITY_DEANNOUNCEMENT');
    expect(two.results('announce').map((result) => result.id)).toEqual([1, 2]);
  });

  test('announce answers after every alive peer confirmed, at the latest after 3 s', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    wire.deaf.add(a);
    two.messages.announce('x', [agent('role')], now(wire));
    wire.run(2_900);
    expect(two.results('announce')).toEqual([]);
    wire.run(200);
    expect(two.results('announce')).toMatchObject([{ id: 'x', ok: true, data: [{ role: 'role' }] }]);
  });

  test('a peer back from the dead is introduced again three times, its old agents are forgotten', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    one.messages.announce(1, [agent('mine')], now(wire));
    two.messages.announce(1, [agent('theirs')], now(wire));
    wire.meet(one, two);
    expect(roles(one, b)).toEqual(['theirs']);
    one.states.set(b, 'dead');
    one.messages.memberGone(b, 'died', now(wire));
    wire.run(1_000);
    expect(roles(one, b), 'shown as gone until it returns').toEqual(['theirs']);
    wire.deaf.add(b);
    one.states.set(b, 'alive');
    const before = one.sent.length;
    one.messages.memberAlive(b, true, now(wire));
    expect(roles(one, b)).toEqual([]);
    wire.run(11_000);
    const since = one.sent.slice(before).map((entry) => JSON.parse(entry.text) as { type: string; id: string });
    const ids = (type: string) => new Set(since.filter((entry) => entry.type === type).map((entry) => entry.id));
    expect(ids('CAPABILITY_ANNOUNCEMENT').size).toBeGreaterThanOrEqual(4);
    expect(ids('CAPABILITY_REQUEST').size).toBeGreaterThanOrEqual(2);
  });

  test('agents without a role are left out with a remark, foreign ones refused', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    const announce = (id: string, payload: unknown) =>
      one.messages.routerMessage(
        'x',
        text.encode(JSON.stringify({ type: 'CAPABILITY_ANNOUNCEMENT', id, from_node: b, payload: JSON.stringify(payload) })),
        now(wire),
      );
    announce('1', {
      node_id: b,
      agents: { good: { agent_id: 'good', role: 'r', capabilities: [] }, bad: { agent_id: 'bad', role: null, capabilities: [] } },
    });
    expect(roles(one, b)).toEqual(['r']);
    expect(one.messages.warnings(b).join()).toContain('without a usable id or role');
    announce('2', { node_id: c, agents: { evil: { agent_id: 'evil', role: 'evil', capabilities: [] } } });
    expect(roles(one, b)).toEqual(['r']);
    expect(one.messages.warnings(b).join()).toContain('in the name of');
  });
});

describe('acknowledgements', () => {
  const envelope = (fields: object) => text.encode(JSON.stringify({ from_node: b, id: 'id-1', require_ack: true, ...fields }));

  function acks(wire: Wire, site: Site, bytes: Uint8Array) {
    site.messages.routerMessage('conn', bytes, now(wire));
    const found: { ack_type: string; success: boolean; ack_for: string; node_id: string; error_details?: string }[] = [];
    for (let output = site.messages.poll(); output !== undefined; output = site.messages.poll()) {
      if (output.kind === 'router-send') {
        expect(output.identity).toBe('conn');
        found.push(JSON.parse(new TextDecoder().decode(output.bytes)));
      } else if (output.kind === 'event') site.events.push(output.event);
    }
    return found;
  }

  test('delivery and processing at once for every copy; the message is obeyed once', () => {
    const wire = new Wire();
    const one = wire.add(a);
    one.states.set(b, 'alive');
    one.messages.memberAlive(b, false, now(wire));
    one.messages.announce(1, [agent('me')], now(wire));
    const payload = JSON.stringify({ sender: 's', target: 'me', correlation_id: 'req-1', data: { q: 1 } });
    const request = envelope({ type: 'PEER_REQUEST', payload });
    for (let copy = 0; copy < 3; copy++) {
      expect(acks(wire, one, request)).toMatchObject([
        { ack_type: 'delivery', success: true, ack_for: 'id-1', node_id: `zmq-of-${a}` },
        { ack_type: 'processing', success: true, ack_for: 'id-1' },
      ]);
    }
    expect(messagesOf(one)).toHaveLength(1);
  });

  test('an unknown type gets what Python answers; a message that wants none gets none', () => {
    const wire = new Wire();
    const one = wire.add(a);
    expect(acks(wire, one, envelope({ type: 'NO_SUCH_TYPE' }))).toMatchObject([
      { ack_type: 'delivery', success: true },
      { ack_type: 'processing', success: false, error_details: 'No handler for message type' },
    ]);
    expect(acks(wire, one, envelope({ type: 'CAPABILITY_REQUEST', id: '2', require_ack: false }))).toEqual([]);
    expect(acks(wire, one, envelope({ type: 'CAPABILITY_REQUEST', id: '3', require_ack: undefined }))).toEqual([]);
  });

  test('a payload may be an object', () => {
    const wire = new Wire();
    const one = wire.add(a);
    one.states.set(b, 'alive');
    one.messages.memberAlive(b, false, now(wire));
    one.messages.announce(1, [agent('me')], now(wire));
    acks(wire, one, envelope({ type: 'PEER_NOTIFY', payload: { sender: 's', target: 'me', data: [1] } }));
    expect(messagesOf(one)).toMatchObject([
      { type: 'PEER_NOTIFY', correlationId: null, from: { node: b, agent: 's' }, data: [1] },
    ]);
  });

  test('a keepalive is answered with its own timestamp', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    const outcome: string[] = [];
    one.messages.keepalive(
      b,
      1_000,
      {
        sent: () => outcome.push('sent'),
        acknowledged: () => outcome.push('acknowledged'),
        failed: () => outcome.push('failed'),
      },
      now(wire),
    );
    wire.settle();
    expect(outcome).toEqual(['sent', 'acknowledged']);
    expect(sentTypes(two, a)).toContain('P2P_KEEPALIVE_ACK');
  });

  test('a keepalive nobody acknowledges fails after its limit', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    wire.deaf.add(b);
    const outcome: string[] = [];
    one.messages.keepalive(
      b,
      5_000,
      {
        sent: () => outcome.push('sent'),
        acknowledged: () => outcome.push('acknowledged'),
        failed: () => outcome.push('failed'),
      },
      now(wire),
    );
    wire.run(4_900);
    expect(outcome).toEqual(['sent']);
    wire.run(200);
    expect(outcome).toEqual(['sent', 'failed']);
    expect(sentTypes(one, b).filter((type) => type === 'P2P_KEEPALIVE')).toHaveLength(3);
  });
});

describe('questions', () => {
  function pair() {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    two.messages.announce(0, [agent('analyst')], now(wire));
    wire.meet(one, two);
    return { wire, one, two };
  }

  function answerAll(wire: Wire, site: Site) {
    for (const message of messagesOf(site)) {
      if (message.correlationId !== null) site.messages.respond('r', message.correlationId, { response: 'yes' }, now(wire));
    }
    wire.settle();
  }

  test('an observer announces one distinctive agent first, then asks, and gets the answer', () => {
    const { wire, one, two } = pair();
    one.messages.ask('q', { target: { role: 'analyst' }, data: 'how are you?', timeoutMs: 5_000, strategy: 'first' }, now(wire));
    wire.settle();
    const [question] = messagesOf(two);
    expect(question?.data).toEqual({ query: 'how are you?', from: expect.stringMatching(/^jarviscore-fleet-[0-9a-f]{8}$/) });
    const order = sentTypes(one, b).filter((type) => type !== 'CAPABILITY_REQUEST');
    expect(order.indexOf('CAPABILITY_ANNOUNCEMENT')).toBeLessThan(order.indexOf('PEER_REQUEST'));
    expect(two.messages.agents(a)).toMatchObject([{ role: expect.stringMatching(/^jarviscore-fleet-/), capabilities: [] }]);
    answerAll(wire, two);
    expect(one.results('ask')).toMatchObject([{ id: 'q', ok: true, data: { response: 'yes' } }]);
    expect(two.results('respond')).toMatchObject([{ id: 'r', ok: true }]);
  });

  test('it is not sent before the target has confirmed the announcement', () => {
    const { wire, one } = pair();
    wire.filter = (from, _to, message) => !(from === a && message.includes('CAPABILITY_ANNOUNCEMENT'));
    one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs: 2_500, strategy: 'first' }, now(wire));
    wire.run(2_000);
    expect(sentTypes(one)).not.toContain('PEER_REQUEST');
    wire.run(1_000);
    expect(one.results('ask')).toMatchObject([
      { ok: false, error: expect.stringContaining('did not acknowledge our announcement within 2.5 s') },
    ]);
  });

  test('a second, late or unknown answer does no harm', () => {
    const { wire, one, two } = pair();
    one.messages.ask(
      'q',
      { target: { agent: two.messages.ownAgents()[0]?.id ?? '' }, data: { any: 'thing' }, timeoutMs: 1_000, strategy: 'first' },
      now(wire),
    );
    wire.run(1_100);
    expect(one.results('ask')).toMatchObject([{ ok: false, error: expect.stringContaining('did not answer within 1 s') }]);
    answerAll(wire, two);
    answerAll(wire, two);
    expect(one.results('ask')).toHaveLength(1);
    expect(two.results('respond').map((result) => result.ok)).toEqual([true, false]);
  });

  test('the death of the target ends it at once', () => {
    const { wire, one } = pair();
    one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs: 60_000, strategy: 'first' }, now(wire));
    wire.run(500);
    one.states.set(b, 'dead');
    one.messages.memberGone(b, 'died', now(wire));
    wire.settle();
    expect(one.results('ask')).toMatchObject([{ ok: false, error: `${b} died before it answered.` }]);
  });

  test('it can be cancelled; cancelling twice says so', () => {
    const { wire, one } = pair();
    one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs: 60_000, strategy: 'first' }, now(wire));
    one.messages.cancel('c1', 'q');
    one.messages.cancel('c2', 'q');
    wire.settle();
    expect(one.results('ask')).toMatchObject([{ ok: false, error: 'The question was cancelled.' }]);
    expect(one.results('cancel').map((result) => result.ok)).toEqual([true, false]);
  });

  test('a role nobody has fails at once, ours never answers itself, the living come first', () => {
    const { wire, one } = pair();
    one.messages.announce(0, [agent('me')], now(wire));
    wire.settle();
    one.messages.ask(1, { target: { role: 'nobody' }, data: {}, timeoutMs: 60_000, strategy: 'first' }, now(wire));
    one.messages.ask(2, { target: { role: 'me' }, data: {}, timeoutMs: 60_000, strategy: 'first' }, now(wire));
    wire.settle();
    expect(one.results('ask').map((result) => result.error)).toEqual([
      'No peer has announced role nobody.',
      'No peer has announced role me.',
    ]);

    const three = wire.add(c);
    three.messages.announce(0, [agent('analyst')], now(wire));
    wire.meet(one, three);
    one.states.set(b, 'suspect');
    one.messages.ask(3, { target: { role: 'analyst' }, data: {}, timeoutMs: 60_000, strategy: 'first' }, now(wire));
    wire.settle();
    expect(messagesOf(three)).toHaveLength(1);
  });

  test('while a living member’s roster is on its way, a role may still appear', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.filter = (from, _to, message) => !(from === b && message.includes('CAPABILITY_ANNOUNCEMENT'));
    wire.meet(one, two);
    one.messages.ask('q', { target: { role: 'slow' }, data: {}, timeoutMs: 10_000, strategy: 'first' }, now(wire));
    wire.run(1_000);
    expect(one.results('ask')).toEqual([]);
    wire.filter = () => true;
    two.messages.announce(0, [agent('slow')], now(wire));
    wire.run(3_000);
    expect(messagesOf(two)).toHaveLength(1);
  });

  test('a request for somebody who does not live here is acknowledged and ignored, as the framework does', () => {
    const { wire, one, two } = pair();
    one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs: 2_000, strategy: 'first' }, now(wire));
    wire.settle();
    expect(messagesOf(two)).toHaveLength(1);
    two.messages.announce(5, [agent('other')], now(wire));
    wire.settle();
    one.messages.ask('q2', { target: { role: 'analyst' }, data: {}, timeoutMs: 2_000, strategy: 'first' }, now(wire));
    wire.settle();
    expect(one.results('ask')).toMatchObject([{ id: 'q2', ok: false, error: 'No peer has announced role analyst.' }]);
  });
});

describe('leaving and silence', () => {
  test('leaving takes our agents back and ends open questions', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    one.messages.announce(0, [agent('mine')], now(wire));
    two.messages.announce(0, [agent('theirs')], now(wire));
    wire.meet(one, two);
    one.messages.ask('q', { target: { role: 'theirs' }, data: {}, timeoutMs: 60_000, strategy: 'first' }, now(wire));
    one.messages.leave(now(wire));
    expect(one.messages.leaving()).toBe(1);
    wire.settle();
    expect(one.messages.leaving()).toBe(0);
    expect(roles(two, a)).toEqual([]);
    expect(one.results('ask')).toMatchObject([{ ok: false }]);
  });

  test('a peer without a ROUTER holds up nobody else', () => {
    const wire = new Wire();
    const [one, two, three] = [wire.add(a), wire.add(b), wire.add(c)];
    wire.unreachable.add(b);
    one.states.set(b, 'alive');
    one.messages.memberAlive(b, false, now(wire));
    three.messages.announce(0, [agent('there')], now(wire));
    wire.meet(one, three);
    expect(roles(one, c)).toEqual(['there']);
    const outcome: string[] = [];
    one.messages.keepalive(
      b,
      1_000,
      { sent: () => {}, acknowledged: () => outcome.push('ok'), failed: () => outcome.push('failed') },
      now(wire),
    );
    wire.run(1_100);
    expect(outcome).toEqual(['failed']);
    expect(two.sent).toEqual([]);
  });
});

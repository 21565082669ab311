/** The smaller parts of `messages/`, each by itself. */
import { describe, expect, test } from 'vitest';
import type { Json } from '#schemas/fleet/mesh.ts';
import { createAnnouncements } from '#server/mesh/messages/announcements.ts';
import { createCheckIns } from '#server/mesh/messages/checkIns.ts';
import { createConduct, ownerOf } from '#server/mesh/messages/conduct.ts';
import { createDedupe } from '#server/mesh/messages/dedupe.ts';
import { createIntroductions } from '#server/mesh/messages/introductions.ts';
import { createJournal } from '#server/mesh/messages/journal.ts';
import { journalAnswer } from '#server/mesh/messages/journalAnswers.ts';
import { createKeepaliveMessages } from '#server/mesh/messages/keepaliveMessages.ts';
import { createNotifications } from '#server/mesh/messages/notifications.ts';
import { createOwnAgents } from '#server/mesh/messages/ownAgents.ts';
import { createRegistry } from '#server/mesh/messages/registry.ts';
import { createReplies } from '#server/mesh/messages/replies.ts';
import { describeTarget, resultEvent } from '#server/mesh/messages/types.ts';
import { utf8Bytes } from '#server/mesh/messages/utf8Bytes.ts';
import { Bench, lost, ok, refused, well } from './bench.ts';
import { at, wallStartMs } from './support.ts';

const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';

describe('our agents', () => {
  const wanted = (role: string, capabilities: string[] = [], description = '') => ({ role, capabilities, description });
  /** Digits that differ from call to call. */
  const agents = () => {
    let digit = 0;
    return createOwnAgents(() => (digit++ % 128) / 8 / 16);
  };

  test('get an id of their role, and capabilities once each', () => {
    const own = agents();
    expect([own.list, own.generation]).toEqual([[], 0]);
    expect(own.replace([wanted('analyst', ['a', 'b', 'a'], 'd')])).toEqual({ agentIds: [], capabilities: [] });
    expect(own.list).toEqual([
      { id: expect.stringMatching(/^analyst-[0-9a-f]{8}$/), role: 'analyst', capabilities: ['a', 'b'], description: 'd' },
    ]);
    expect(own.generation).toBe(1);
  });

  test('keep their id while they keep their role, two of one role each its own', () => {
    const own = agents();
    own.replace([wanted('x'), wanted('y'), wanted('x')]);
    const [x1, y, x2] = own.list.map(({ id }) => id);
    expect(new Set([x1, y, x2]).size).toBe(3);
    own.replace([wanted('x'), wanted('x'), wanted('x'), wanted('y')]);
    const ids = own.list.map(({ id }) => id);
    expect([ids[0], ids[1], ids[3]]).toEqual([x1, x2, y]);
    expect([x1, x2, y]).not.toContain(ids[2]);
  });

  test('that go are named, with the capabilities that nobody has any more', () => {
    const own = agents();
    own.replace([wanted('x', ['a', 'b']), wanted('y', ['b', 'c'])]);
    const [x, y] = own.list.map(({ id }) => id);
    expect(own.replace([wanted('y', ['c'])])).toEqual({ agentIds: [x], capabilities: ['a', 'b'] });
    expect(own.replace([])).toEqual({ agentIds: [y], capabilities: ['c'] });
    expect(own.generation).toBe(3);
  });

  test('are found by id first, then by role', () => {
    const own = agents();
    own.replace([wanted('x'), wanted('y')]);
    const [x, y] = own.list;
    expect([own.find(y?.id ?? ''), own.find('x'), own.find('z')]).toEqual([y, x, undefined]);
  });

  test('ask as the first of them, or as one made for it, which stays', () => {
    const own = agents();
    const asker = own.asker();
    expect(asker).toEqual({
      id: expect.stringMatching(/^jarviscore-fleet-[0-9a-f]{8}$/),
      role: asker.id,
      capabilities: [],
      description: 'An editor looking at the fleet; it takes no work.',
    });
    expect([own.asker(), own.list, own.generation]).toEqual([asker, [asker], 1]);
    own.replace([wanted('x')]);
    expect(own.asker().role).toBe('x');
    expect(own.generation).toBe(2);
  });

  test('are announced with who has which capability, whatever its name', () => {
    const own = agents();
    own.replace([wanted('x', ['sum', '__proto__'], 'd'), wanted('y', ['sum', 'constructor'])]);
    const [x, y] = own.list.map(({ id }) => id);
    const text = JSON.stringify(own.announcement('me:1'));
    const announced = JSON.parse(text) as { node_id: string; capabilities: object; agents: Record<string, object> };
    expect(Object.entries(announced.capabilities)).toEqual([
      ['sum', [x, y]],
      ['__proto__', [x]],
      ['constructor', [y]],
    ]);
    expect(announced.node_id).toBe('me:1');
    expect(announced.agents[x ?? '']).toEqual({
      agent_id: x,
      role: 'x',
      capabilities: ['sum', '__proto__'],
      capability_descriptions: {},
      capability_contracts: {},
      description: 'd',
      node_id: 'me:1',
    });
    expect(Object.keys(announced.agents)).toEqual([x, y]);
  });
});

describe('the registry', () => {
  const agent = (id: string, role: string, capabilities: string[] = []) => ({ agent_id: id, role, capabilities });
  const roster = (...agents: object[]) => ({
    node_id: 'n',
    agents: Object.fromEntries(agents.map((entry, index) => [`k${index}`, entry])),
  });

  test('keeps what a peer announced last, by role and by id', () => {
    const registry = createRegistry();
    expect([registry.announced(b), registry.agents(b), registry.generation]).toEqual([false, [], 0]);
    expect(registry.announce(b, roster(agent('x-1', 'x', ['a']), agent('y-1', 'y')))).toEqual([]);
    registry.announce(c, roster(agent('x-2', 'x'), agent('y-1', 'z')));
    const x1 = { id: 'x-1', role: 'x', capabilities: ['a'] };
    expect(registry.agents(b)).toEqual([x1, { id: 'y-1', role: 'y', capabilities: [] }]);
    expect(registry.withRole('x')).toEqual([
      { peer: b, agent: x1 },
      { peer: c, agent: { id: 'x-2', role: 'x', capabilities: [] } },
    ]);
    expect(registry.withId('y-1').map(({ peer }) => peer)).toEqual([b, c]);
    expect([registry.withRole('none'), registry.withId('x')]).toEqual([[], []]);
    registry.announce(b, roster());
    expect([registry.announced(b), registry.agents(b)]).toEqual([true, []]);
    expect([...registry.peers()]).toEqual([b, c]);
    expect(registry.generation).toBe(3);
  });

  test('takes back what its own peer takes back', () => {
    const registry = createRegistry();
    registry.announce(b, roster(agent('x', 'x'), agent('y', 'y')));
    registry.announce(c, roster(agent('x', 'x')));
    registry.withdraw(b, ['x', 'none']);
    registry.withdraw('stranger', ['x']);
    expect([registry.agents(b).map(({ id }) => id), registry.agents(c).map(({ id }) => id)]).toEqual([['y'], ['x']]);
    expect(registry.generation).toBe(3);
    registry.clear(b);
    expect([registry.announced(b), registry.generation]).toEqual([false, 4]);
  });

  test.each([
    [1, 'It announced 1 agent without a usable id or role; a missing role ends list_roles() on Python peers.'],
    [2, 'It announced 2 agents without a usable id or role; a missing role ends list_roles() on Python peers.'],
  ])('leaves %d unusable ones out and says so', (count, sentence) => {
    const registry = createRegistry();
    const bad = Array.from({ length: count }, () => ({ agent_id: 'x', role: null, capabilities: [] }));
    expect(registry.announce(b, roster(agent('good', 'g'), ...bad))).toEqual([sentence]);
    expect(registry.agents(b).map(({ id }) => id)).toEqual(['good']);
  });

  test('keeps a thousand of a peer, and says how many are not shown', () => {
    const registry = createRegistry();
    const many = (count: number) => roster(...Array.from({ length: count }, (_unused, index) => agent(`${index}`, 'r')));
    expect(registry.announce(b, many(1_000))).toEqual([]);
    expect(registry.announce(b, many(1_002))).toEqual(['It announced more agents than can be kept; 2 are not shown.']);
    expect(registry.agents(b)).toHaveLength(1_000);
  });

  test('shows no control characters, and takes back by the name that it shows', () => {
    const registry = createRegistry();
    registry.announce(b, roster(agent('x\u0007', 'r\u202e', ['c\n'])));
    expect(registry.agents(b)).toEqual([{ id: 'x ', role: 'r ', capabilities: ['c '] }]);
    registry.withdraw(b, ['x\u0007']);
    expect(registry.agents(b)).toEqual([]);
  });
});

describe('conduct', () => {
  test('a broken rule is told once and counted always; eight are told', () => {
    const changed: string[] = [];
    const conduct = createConduct((peer) => changed.push(peer));
    expect([conduct.warnings(b), conduct.refused(b)]).toEqual([[], 0]);
    for (const what of ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) conduct.violation(b, what);
    expect(conduct.warnings(b).join('')).toBe('abcdefgh');
    expect([conduct.refused(b), conduct.refused(c), changed.length]).toEqual([10, 0, 8]);
    conduct.forget(b);
    expect([conduct.warnings(b), conduct.refused(b)]).toEqual([[], 0]);
  });

  test('of 1024 peers each is remembered; one more takes the place of the first', () => {
    const conduct = createConduct(() => {});
    for (let index = 0; index < 1_024; index += 1) conduct.violation(`${index}`, 'x');
    expect([conduct.refused('0'), conduct.refused('1023')]).toEqual([1, 1]);
    conduct.violation('one more', 'x');
    expect([conduct.refused('0'), conduct.refused('1'), conduct.refused('one more')]).toEqual([0, 1, 1]);
  });

  test.each([
    ['dealer-127.0.0.1:7946-to-127.0.0.1:8947-1a2b', '127.0.0.1:7946'],
    ['dealer-10.255.0.9:64535-to-', '10.255.0.9:64535'],
    ['dealer-localhost:7946-to-x', null],
    ['dealer-127.0.0.1:7946', null],
    ['dealer-127.0.0.1:794600-to-x', null],
    ['dealer-127.0.0.1-to-x', null],
    ['dealer-127.0.1:7946-to-x', null],
    ['dealer-1270.0.0.1:7946-to-x', null],
    ['x-dealer-127.0.0.1:7946-to-x', null],
    ['dealer-127.0.0.1:-to-x', null],
    ['127.0.0.1:7946', null],
    ['', null],
  ])('the connection %j is owned by %j', (identity, owner) => {
    expect(ownerOf(identity)).toBe(owner);
  });
});

describe('repeated messages', () => {
  test('are known by sender and id', () => {
    const dedupe = createDedupe();
    expect([dedupe.isNew('a', '1'), dedupe.isNew('a', '1'), dedupe.isNew('a', '2'), dedupe.isNew('b', '1')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([dedupe.isNew('a', '2'), dedupe.isNew('b', '1'), dedupe.size]).toEqual([false, false, 3]);
  });

  test('of a sender 512 ids are remembered', () => {
    const dedupe = createDedupe();
    for (let id = 0; id < 512; id += 1) dedupe.isNew('a', `${id}`);
    expect([dedupe.isNew('a', '0'), dedupe.size]).toEqual([false, 512]);
    dedupe.isNew('a', 'one more');
    expect(dedupe.size).toBe(512);
    expect([dedupe.isNew('a', '1'), dedupe.isNew('a', '0')]).toEqual([false, true]);
  });

  test('of 256 senders each is remembered; one more takes the place of the one silent for longest', () => {
    const dedupe = createDedupe();
    for (let source = 0; source < 256; source += 1) dedupe.isNew(`${source}`, 'x');
    expect(dedupe.isNew('0', 'x')).toBe(false);
    expect(dedupe.isNew('one more', 'x')).toBe(true);
    expect(dedupe.size).toBe(256);
    expect([dedupe.isNew('0', 'x'), dedupe.isNew('2', 'x'), dedupe.isNew('1', 'x')]).toEqual([false, false, true]);
  });
});

describe('keepalives', () => {
  function parts() {
    const bench = new Bench();
    const keepalives = createKeepaliveMessages(bench.context);
    const calls: string[] = [];
    const callbacks = {
      sent: (now: { monotonicMs: number }) => calls.push(`sent ${now.monotonicMs}`),
      acknowledged: (rttMs: number, now: { monotonicMs: number }) => calls.push(`acknowledged ${rttMs} ${now.monotonicMs}`),
      failed: (now: { monotonicMs: number }) => calls.push(`failed ${now.monotonicMs}`),
    };
    return { bench, keepalives, calls, send: () => keepalives.send(b, 5_000, callbacks, bench.now) };
  }
  const stamp = wallStartMs / 1_000;

  test('carry who we are, when, and how many there were', () => {
    const { bench, keepalives, send } = parts();
    keepalives.received(c, 7.5, bench.now);
    keepalives.answered(c, 1, bench.now);
    send();
    send();
    expect(bench.sent.map(({ peer, type, payload, limitMs }) => [peer, type, payload, limitMs])).toEqual([
      [c, 'P2P_KEEPALIVE_ACK', { agent_id: 'me:1', timestamp: stamp, original_timestamp: 7.5 }, undefined],
      ...[0, 1].map((sent) => [
        b,
        'P2P_KEEPALIVE',
        { agent_id: 'me:1', timestamp: stamp, circuit_state: 'UNKNOWN', metrics: { sent, received: 1, acks: 1 } },
        5_000,
      ]),
    ]);
  });

  test('are confirmed by the acknowledgement or the answer, whichever comes first', () => {
    const first = parts();
    first.send();
    first.bench.last().settle({ rttMs: 4 }, 9);
    first.keepalives.answered(b, stamp, at(20));
    expect(first.calls).toEqual(['sent 0', 'acknowledged 4 9']);
    const second = parts();
    second.send();
    second.keepalives.answered(b, stamp, at(20));
    second.bench.last().settle(well, 30);
    expect(second.calls).toEqual(['sent 0', 'acknowledged 20 20']);
    const third = parts();
    third.send();
    third.bench.last().settle({ rttMs: null }, 9);
    expect(third.calls).toEqual(['sent 0', 'acknowledged 0 9']);
  });

  test('are not confirmed by the answer to another one, or of another peer', () => {
    const { bench, keepalives, calls, send } = parts();
    send();
    keepalives.answered(b, stamp + 1, at(20));
    keepalives.answered(c, stamp, at(20));
    expect(calls).toEqual(['sent 0']);
    bench.last().settle(lost, 5_000);
    expect(calls).toEqual(['sent 0', 'failed 5000']);
  });

  test('fail at once where nothing can be sent, and do not count', () => {
    const { bench, calls, send } = parts();
    bench.accepts = false;
    send();
    bench.accepts = true;
    send();
    expect(calls).toEqual(['sent 0', 'failed 0', 'sent 0']);
    expect(bench.last().payload).toMatchObject({ metrics: { sent: 0 } });
  });

  test('to a peer that went are not confirmed by an answer any more', () => {
    const { keepalives, calls, send } = parts();
    send();
    keepalives.drop(b);
    keepalives.answered(b, stamp, at(20));
    expect(calls).toEqual(['sent 0']);
  });
});

describe('check-ins', () => {
  function parts() {
    const bench = new Bench();
    bench.states.set(b, 'alive');
    return { bench, checkIns: createCheckIns(bench.context) };
  }

  test('go to each peer once, when it is heard and alive', () => {
    const { bench, checkIns } = parts();
    bench.states.set(c, 'suspect');
    checkIns.reachable(c, bench.now);
    expect(bench.sent).toEqual([]);
    checkIns.reachable(b, bench.now);
    checkIns.reachable(b, bench.now);
    expect(bench.sent).toMatchObject([
      {
        peer: b,
        type: 'AUTOMATED_CHECK_IN',
        payload: null,
        content: { key: 'check_in_message', value: 'Hello, this is my name checking in.' },
      },
    ]);
    expect(bench.sent).toHaveLength(1);
  });

  test('come round again when they were lost, not taken, or the peer went', () => {
    const { bench, checkIns } = parts();
    bench.accepts = false;
    checkIns.reachable(b, bench.now);
    bench.accepts = true;
    checkIns.reachable(b, bench.now);
    bench.last().settle(lost);
    checkIns.reachable(b, bench.now);
    bench.last().settle(well);
    checkIns.reachable(b, bench.now);
    expect(bench.sent).toHaveLength(2);
    checkIns.drop(b);
    checkIns.reachable(b, bench.now);
    expect(bench.sent).toHaveLength(3);
  });

  test('are answered by name, or by address', () => {
    const { bench, checkIns } = parts();
    checkIns.received(b, 'two', bench.now);
    checkIns.received(c, null, bench.now);
    const value = (who: string) => `Hello ${who}, this is my name. Received your check-in.`;
    expect(bench.sent.map(({ peer, type, content }) => [peer, type, content])).toEqual([
      [b, 'CHECK_IN_RESPONSE', { key: 'response_message', value: value('two') }],
      [c, 'CHECK_IN_RESPONSE', { key: 'response_message', value: value(c) }],
    ]);
  });
});

describe('notifications', () => {
  const found = { peer: b, agent: { id: 'x-1', role: 'x', capabilities: [] } };
  function parts(choice: typeof found | string = found, confirms = true) {
    const bench = new Bench();
    const own = createOwnAgents(bench.context.random);
    const strategies: string[] = [];
    const choose = (_target: object, strategy: string) => {
      strategies.push(strategy);
      return choice;
    };
    const notifications = createNotifications(
      bench.context,
      own,
      { choose, remembered: 0 },
      { confirmsNotifications: () => confirms },
    );
    return { bench, own, strategies, notify: (data: Json) => notifications.notify('n', { role: 'x' }, data, bench.now) };
  }

  test('say who sends them: our first agent, or our node', () => {
    const { bench, own, strategies, notify } = parts();
    notify({ n: 1 });
    const payload = {
      sender: 'my name',
      sender_node: 'me:1',
      target: 'x-1',
      target_role: 'x',
      data: { n: 1 },
      correlation_id: null,
      timestamp: wallStartMs / 1_000,
      context: null,
    };
    expect(bench.last()).toMatchObject({ peer: b, type: 'PEER_NOTIFY', payload });
    notify('hello');
    expect(bench.last().payload).toEqual({ ...payload, data: { query: 'hello', from: 'my name' } });
    own.replace([{ role: 'analyst', capabilities: [], description: '' }]);
    notify('hello');
    expect(bench.last().payload).toEqual({
      ...payload,
      sender: 'analyst-88888888',
      data: { query: 'hello', from: 'analyst' },
    });
    expect(new Set(strategies)).toEqual(new Set(['first']));
  });

  test('end with what became of them', () => {
    const ends = (outcome: object, confirms: boolean) => {
      const { bench, notify } = parts(found, confirms);
      notify({});
      expect(bench.results()).toEqual([]);
      bench.last().settle(outcome);
      return bench.results();
    };
    expect(ends(well, true)).toEqual([ok('n', 'notify')]);
    expect(ends(well, false)).toEqual([ok('n', 'notify', { confirmed: false })]);
    expect(ends(lost, true)).toEqual([refused('n', 'notify', `${b}: the peer did not acknowledge it.`)]);
    expect(ends({ ...lost, error: null }, true)).toEqual([refused('n', 'notify', `${b}: not delivered.`)]);
  });

  test('to nobody, or into a full queue, end at once', () => {
    const nobody = parts('No peer has announced role x.');
    nobody.notify({});
    expect(nobody.bench.results()).toEqual([refused('n', 'notify', 'No peer has announced role x.')]);
    expect(nobody.bench.sent).toEqual([]);
    const full = parts();
    full.bench.accepts = false;
    full.notify({});
    expect(full.bench.results()).toEqual([refused('n', 'notify', `Too many messages to ${b} are waiting already.`)]);
  });
});

describe('answers of ours', () => {
  const agent = { id: 'x-1', role: 'x', capabilities: [], description: '' };
  function parts() {
    const bench = new Bench();
    const replies = createReplies(bench.context, () => bench.nowMs);
    const remember = (id: string, context: null | string | { lineage: number[] } = null) =>
      replies.remember(id, { peer: b, sender: 'asker', context, agent });
    return { bench, replies, remember };
  }
  const unknown = (id: string) => refused('r', 'respond', `No open request has the correlation id ${id}.`);

  test('go to who asked, with its context, and end with their acknowledgement', () => {
    const { bench, replies, remember } = parts();
    remember('c', { lineage: [1] });
    replies.respond('r', 'c', { n: 1 }, bench.now);
    expect(bench.sent).toMatchObject([
      {
        peer: b,
        type: 'PEER_RESPONSE',
        payload: {
          sender: 'x-1',
          sender_node: 'me:1',
          target: 'asker',
          target_role: null,
          data: { n: 1 },
          correlation_id: 'c',
          timestamp: wallStartMs / 1_000,
          context: { lineage: [1] },
        },
      },
    ]);
    expect([bench.results(), replies.size]).toEqual([[], 0]);
    bench.last().settle(well);
    expect(bench.results()).toEqual([ok('r', 'respond')]);
    replies.respond('r', 'c', 1, bench.now);
    expect(bench.results()[1]).toEqual(unknown('c'));
  });

  test.each([
    [lost, `${b}: the peer did not acknowledge it.`],
    [{ ...lost, error: null }, `${b}: the answer did not arrive.`],
  ])('that are lost say so', (outcome, error) => {
    const { bench, replies, remember } = parts();
    remember('c');
    replies.respond('r', 'c', null, bench.now);
    bench.last().settle(outcome);
    expect(bench.results()).toEqual([refused('r', 'respond', error)]);
  });

  test('to a peer that cannot be sent to may be given again', () => {
    const { bench, replies, remember } = parts();
    remember('c');
    bench.accepts = false;
    replies.respond('r', 'c', null, bench.now);
    expect(bench.results()).toEqual([refused('r', 'respond', `${b} cannot be sent to: it is no living member of the mesh.`)]);
    expect(replies.size).toBe(1);
  });

  test('that nobody asked the outcome of give none', () => {
    const { bench, replies, remember } = parts();
    replies.respond(null, 'c', null, bench.now);
    remember('c');
    replies.respond(null, 'c', null, bench.now);
    bench.last().settle(lost);
    expect(bench.results()).toEqual([]);
  });

  test('can be given for two hours', () => {
    const { bench, replies, remember } = parts();
    remember('a');
    remember('b');
    bench.nowMs = 7_199_999;
    replies.respond('r', 'a', null, bench.now);
    expect(bench.results()).toEqual([]);
    bench.nowMs = 7_200_000;
    replies.respond('r', 'b', null, bench.now);
    expect(bench.results()).toEqual([unknown('b')]);
  });

  test('to a question that came again have two hours from then', () => {
    const { bench, replies, remember } = parts();
    remember('a');
    remember('b');
    bench.nowMs = 5_000_000;
    remember('a');
    bench.nowMs = 8_000_000;
    remember('c');
    expect(replies.size, 'b is over').toBe(2);
    replies.respond('r', 'a', null, bench.now);
    expect(bench.results()).toEqual([]);
  });

  test.each([
    [16_382, true],
    [16_383, false],
  ])('carry back a context of %d characters and two quotes: %s', (length, kept) => {
    const { bench, replies, remember } = parts();
    remember('c', 'x'.repeat(length));
    replies.respond('r', 'c', null, bench.now);
    expect(bench.last().payload).toMatchObject({ context: kept ? 'x'.repeat(length) : null });
  });
});

describe('the announce command', () => {
  function parts() {
    const bench = new Bench();
    const own = createOwnAgents(bench.context.random);
    const introductions = createIntroductions(
      bench.context,
      own,
      () => true,
      (_peer, now) => announcements.settle(now),
    );
    const announcements = createAnnouncements(bench.context, own, introductions);
    const announce = (id: string, roles: string[], capabilities: string[] = []) =>
      announcements.announce(
        id,
        roles.map((role) => ({ role, capabilities, description: '' })),
        bench.now,
      );
    const clock = { nextTimeout: () => announcements.nextTimeout(), tick: announcements.settle };
    return { bench, own, introductions, announcements, announce, clock };
  }
  const listed = (role: string, capabilities: string[] = []) => [{ id: `${role}-88888888`, role, capabilities }];

  test('ends at once where nobody has to confirm', () => {
    const { bench, announcements, announce } = parts();
    announce('a', ['x'], ['c']);
    expect(bench.outputs[0]).toEqual({ kind: 'self-touched' });
    expect(bench.results()).toEqual([ok('a', 'announce', listed('x', ['c']))]);
    expect(announcements.nextTimeout()).toBeUndefined();
  });

  test('ends when everybody confirmed, or after 3 s', () => {
    const { bench, introductions, announcements, announce, clock } = parts();
    introductions.alive(b, false, bench.now);
    introductions.alive(c, false, bench.now);
    announce('a', ['x']);
    bench.sent[0]?.settle(well);
    expect(bench.results()).toEqual([]);
    bench.sent[1]?.settle(well);
    expect(bench.results()).toEqual([ok('a', 'announce', listed('x'))]);
    announce('b', ['x']);
    expect(announcements.nextTimeout()).toBe(3_000);
    bench.pass(2_999, clock);
    expect(bench.results()).toHaveLength(1);
    bench.pass(1, clock);
    expect(bench.results()[1]).toEqual(ok('b', 'announce', listed('x')));
  });

  test('that is followed by another ends with what that one left', () => {
    const { bench, introductions, announcements, announce } = parts();
    introductions.alive(b, false, bench.now);
    announce('a', ['x']);
    bench.nowMs = 1_000;
    announce('b', ['y']);
    expect(bench.results()).toEqual([ok('a', 'announce', listed('y'))]);
    expect(announcements.nextTimeout()).toBe(4_000);
  });

  test('takes back what is not announced any more, from those who have it', () => {
    const { bench, introductions, announcements, announce } = parts();
    introductions.alive(b, false, bench.now);
    announce('a', ['x'], ['c']);
    bench.sent[0]?.settle(well);
    introductions.alive(c, false, bench.now);
    introductions.gone(c);
    bench.sent.length = 0;
    announce('b', ['y']);
    expect(bench.sent.map(({ peer, type }) => [peer, type])).toEqual([
      [b, 'CAPABILITY_DEANNOUNCEMENT'],
      [b, 'CAPABILITY_ANNOUNCEMENT'],
    ]);
    expect(bench.sent[0]?.payload).toEqual({
      type: 'CAPABILITY_DEANNOUNCEMENT',
      node_id: 'me:1',
      capabilities: ['c'],
      agent_ids: ['x-88888888'],
      timestamp: wallStartMs / 1_000,
    });
    expect(announcements.leaving()).toBe(1);
    bench.sent[0]?.settle(lost);
    expect(announcements.leaving()).toBe(0);
  });

  test('leaving takes everything back, and counts who has not confirmed that', () => {
    const { bench, introductions, announcements, announce } = parts();
    for (const peer of [b, c]) introductions.alive(peer, false, bench.now);
    announcements.leave(bench.now);
    expect([bench.sent, announcements.leaving()]).toEqual([[], 0]);
    announce('a', ['x']);
    announcements.leave(bench.now);
    expect(announcements.leaving()).toBe(2);
    bench.sent[2]?.settle(well);
    expect(announcements.leaving()).toBe(1);
    const full = parts();
    full.introductions.alive(b, false, full.bench.now);
    full.announce('a', ['x']);
    full.bench.accepts = false;
    full.announcements.leave(full.bench.now);
    expect(full.announcements.leaving()).toBe(0);
  });
});

describe('the journal’s answers', () => {
  test('are a page with the epoch, and a payload or why there is none', () => {
    const journal = createJournal();
    journal.sent({ id: 'm', bytes: new Uint8Array(5) }, { type: 'PEER_NOTIFY', peer: b, payload: { n: 1 } }, at(0));
    const answer = (command: Parameters<typeof journalAnswer>[2]) => journalAnswer({ journal }, 'e', command).event;
    const entry = {
      seq: 1,
      direction: 'sent',
      type: 'PEER_NOTIFY',
      peer: b,
      size: 5,
      state: 'pending',
      error: null,
      correlationId: null,
      deliveredMs: null,
      processedMs: null,
      payload: true,
      at: '2026-01-01T00:00:00.000Z',
    };
    expect(answer({ command: 'messages', id: 1, after: null })).toEqual(
      ok(1, 'messages', { epoch: 'e', revision: 1, dropped: 0, entries: [entry] }),
    );
    expect(answer({ command: 'messages', id: 2, after: 1 })).toEqual(
      ok(2, 'messages', { epoch: 'e', revision: 1, dropped: 0, entries: [] }),
    );
    expect(answer({ command: 'payload', id: 3, seq: 1 })).toEqual(ok(3, 'payload', { n: 1 }));
    expect(answer({ command: 'payload', id: 4, seq: 2 })).toEqual(
      refused(4, 'payload', 'The payload of this message is no longer kept.'),
    );
  });
});

test('a result has null for what it does not say', () => {
  expect(resultEvent(1, 'ask', { ok: true })).toEqual({ kind: 'event', event: ok(1, 'ask') });
  expect(resultEvent('x', 'ask', { ok: false, error: 'no', data: [1] })).toEqual({
    kind: 'event',
    event: { ...refused('x', 'ask', 'no'), data: [1] },
  });
});

test('a target is named by what it is', () => {
  expect([describeTarget({ role: 'x' }), describeTarget({ agent: 'x-1' })]).toEqual(['role x', 'agent x-1']);
});

describe('bytes', () => {
  test.each(['', 'a', 'ä€😀', 'x'.repeat(1_365), 'x'.repeat(1_366), 'ä'.repeat(40_000)])('of a text, %#', (text) => {
    expect(new TextDecoder().decode(utf8Bytes(text))).toBe(text);
  });

  test('of one text are not those of another, however many there are', () => {
    const texts = Array.from({ length: 200 }, (_unused, index) => `${index}`.padStart(500, 'ä'));
    const bytes = texts.map((text) => utf8Bytes(text));
    expect(bytes.map((part) => new TextDecoder().decode(part))).toEqual(texts);
  });
});

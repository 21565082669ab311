import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { relayPeer } from '#server/registry/peers/relayPeer.ts';
import { aggregate, publicNode } from '#server/registry/relay/hubNode.ts';
import { beat, hubHarness, registration } from './hubHarness.ts';

describe('registration', () => {
  test('is answered with the node and an acceptance for every capability, and nothing but a reply', () => {
    const { connect, node } = hubHarness();
    const one = connect();
    one.say(registration());
    expect(one.sent).toHaveLength(1);
    expect(Object.keys(one.sent[0] ?? {}).sort()).toEqual(['data', 'id', 'ok', 'type', 'v']);
    expect(one.last()).toMatchObject({
      v: 1,
      type: 'reply',
      id: 'r1',
      ok: true,
      data: {
        id: 'node_a',
        status: 'online',
        provider: { name: 'broker', instance_id: 'broker_1' },
        accepted_capabilities: [{ name: 'spawn:claude', kind: 'capacity', accepted: true }],
      },
    });
    expect(node('node_a')).toMatchObject({ online: true, name: 'builder', reason: 'registered' });
  });

  test('a shared token belongs to the first node that uses it', () => {
    const { connect, hub } = hubHarness();
    connect().say(registration());
    const other = connect('nt_live_one');
    other.say(registration({ node_id: 'node_b' }));
    expect(other.last()).toMatchObject({
      type: 'error',
      id: 'r1',
      code: 'node_id_mismatch',
      message: 'this token belongs to node_a',
    });
    expect(hub.find('node_b')).toBeNull();
  });

  test('a node that is connected cannot be claimed with another token, and both are told apart', () => {
    const { connect, node } = hubHarness();
    connect().say(registration());
    const other = connect('nt_live_two', '10.0.0.9');
    other.say(registration({ provider: { name: 'other', instance_id: 'x' } }));
    expect(other.last()).toMatchObject({ type: 'error', code: 'node_id_mismatch', message: 'node_a belongs to another token' });
    expect(node('node_a').conflict).toContain('10.0.0.9');
    expect(relayPeer(node('node_a'), 'default')).toMatchObject({
      state: 'alive',
      warnings: [expect.stringContaining('10.0.0.9')],
    });
  });

  test('a node that is gone may come back with another shared token', () => {
    const { connect, node } = hubHarness();
    const first = connect();
    first.say(registration());
    first.drop();
    const second = connect('nt_live_two');
    second.say(registration());
    expect(second.last()).toMatchObject({ type: 'reply' });
    expect(node('node_a').online).toBe(true);
  });

  test('an action name belongs to one provider of a node, a capacity may be shared', () => {
    const { connect } = hubHarness();
    const broker = connect();
    broker.say(registration({ capabilities: [{ name: 'review' }, { name: 'release' }] }));
    const sdk = connect();
    sdk.say(
      registration({
        provider: { name: 'sdk', instance_id: 's1' },
        capabilities: [{ name: 'review' }, { name: 'release' }, { name: 'own' }],
      }),
    );
    expect(sdk.last()).toMatchObject({
      data: {
        accepted_capabilities: [
          { name: 'review', kind: 'action', accepted: false, reason: 'action_name_conflict: provider broker has it' },
          { name: 'release', kind: 'capacity', accepted: true },
          { name: 'own', kind: 'action', accepted: true },
        ],
      },
    });
  });
});

describe('takeover of a provider', () => {
  test('is refused while the first connection was heard from in the last 35 s', () => {
    const { advance, connect, node } = hubHarness();
    const first = connect();
    first.say(registration());
    advance(34_999);
    const second = connect();
    second.say(registration({ provider: { name: 'broker', instance_id: 'broker_2' } }));
    expect(second.last()).toMatchObject({ type: 'error', code: 'provider_instance_conflict' });
    expect(first.closed).toEqual([]);
    expect(node('node_a').conflict).toContain('two connections claim node_a');
  });

  test('succeeds after 35 s of silence; the old socket is closed and its end changes nothing', () => {
    const { advance, connect, node } = hubHarness();
    const first = connect();
    first.say(registration());
    advance(35_001);
    const second = connect();
    second.say(registration({ provider: { name: 'broker', instance_id: 'broker_2' } }));
    expect(second.last()).toMatchObject({ type: 'reply' });
    expect(first.closed).toEqual(['1000 superseded']);
    first.drop();
    first.say(beat({ active_agents: 9 }));
    expect(node('node_a').online).toBe(true);
    expect(aggregate(node('node_a')).activeAgents).toBe(0);
  });

  test('a frame of the first connection renews its protection', () => {
    const { advance, connect } = hubHarness();
    const first = connect();
    first.say(registration());
    advance(30_000);
    first.say(beat());
    advance(30_000);
    const second = connect();
    second.say(registration({ provider: { name: 'broker', instance_id: 'broker_2' } }));
    expect(second.last()).toMatchObject({ code: 'provider_instance_conflict' });
  });

  test('the same instance may register again at any time', () => {
    const { connect } = hubHarness();
    connect().say(registration());
    const again = connect();
    again.say(registration());
    expect(again.last()).toMatchObject({ type: 'reply' });
  });
});

describe('heartbeats', () => {
  test('carry the whole roster entry, and load and capacity change together', () => {
    const { connect, node } = hubHarness();
    const one = connect();
    one.say(registration());
    one.say(beat({ load: 1, active_agents: 2, max_agents: 2, name: 'renamed', version: 'relay-broker/12.5.0' }));
    expect(one.sent).toHaveLength(1);
    expect(relayPeer(node('node_a'), 'default')).toMatchObject({
      name: 'renamed',
      capacity: { load: 1, activeAgents: 2, maxAgents: 2 },
      other: { relay: { version: 'relay-broker/12.5.0', handlersLive: true } },
    });
  });

  test('a minimal one of the SDK keeps what the registration said', () => {
    const { connect, node } = hubHarness();
    const one = connect();
    one.say(registration());
    one.say({ type: 'node.heartbeat', load: 0, active_agents: 0, handlers_live: true });
    expect(aggregate(node('node_a'))).toMatchObject({ maxAgents: 4, capabilities: [{ name: 'spawn:claude' }] });
  });

  test('brings a node of a hub that was restarted back without a registration', () => {
    const { connect, node } = hubHarness();
    connect().say(beat());
    expect(node('node_a')).toMatchObject({ online: true, name: 'builder' });
  });

  test('one without any id is ignored, as the engine ignores nodes it does not know', () => {
    const { connect, hub } = hubHarness();
    const one = connect();
    one.say({ type: 'node.heartbeat', load: 0, active_agents: 0, handlers_live: true });
    expect(one.sent).toEqual([]);
    expect([...hub.nodes()]).toEqual([]);
  });

  test('a client-side time refuses the frame: receipt is the clock', () => {
    const { connect } = hubHarness();
    const one = connect();
    one.say(registration());
    one.say(beat({ last_heartbeat_at: '2026-01-01T00:00:00Z' }));
    expect(one.last()).toMatchObject({ type: 'error', ok: false, code: 'invalid_message' });
  });
});

describe('liveness', () => {
  test('ends 45 s after the last heartbeat by the own monotonic clock, whatever the wall clock does', () => {
    const { advance, connect, hub, jumpWall, node } = hubHarness();
    const one = connect();
    one.say(registration());
    jumpWall(-86_400_000);
    advance(45_000);
    hub.sweep();
    expect(node('node_a').online).toBe(true);
    advance(1);
    hub.sweep();
    expect(node('node_a')).toMatchObject({ online: false, reason: 'no heartbeat for 45 s' });
    one.say(beat());
    expect(node('node_a').online).toBe(true);
  });

  test('other frames do not prolong it', () => {
    const { advance, connect, hub, node } = hubHarness();
    const one = connect();
    one.say(registration());
    advance(40_000);
    one.say({ type: 'inventory.sync', id: 'i', agents: [] });
    advance(5_001);
    hub.sweep();
    expect(node('node_a').online).toBe(false);
  });

  test('ends at once with the last socket, not with the first of two', () => {
    const { connect, node } = hubHarness();
    const broker = connect();
    broker.say(registration());
    const sdk = connect();
    sdk.say(registration({ provider: { name: 'sdk', instance_id: 's' }, max_agents: 2, capabilities: [] }));
    sdk.say(beat({ provider: { name: 'sdk', instance_id: 's' }, max_agents: 2, load: 0.25, active_agents: 1, capabilities: [] }));
    broker.say(beat());
    expect(aggregate(node('node_a'))).toMatchObject({ maxAgents: 6, activeAgents: 3, load: 0.5 });
    broker.drop();
    expect(node('node_a').online).toBe(true);
    expect(aggregate(node('node_a'))).toMatchObject({ maxAgents: 2, activeAgents: 1, load: 0.25 });
    sdk.drop();
    expect(node('node_a')).toMatchObject({ online: false, reason: 'connection closed' });
    expect(publicNode(node('node_a'))).toMatchObject({ status: 'offline', load: 0, active_agents: 0, handlers_live: false });
  });

  test('ends with a deregistration', () => {
    const { connect, node } = hubHarness();
    const one = connect();
    one.say(registration());
    one.say({ type: 'node.deregister', provider: { name: 'broker', instance_id: 'broker_1' } });
    expect(node('node_a')).toMatchObject({ online: false, reason: 'deregistered' });
  });
});

describe('agents', () => {
  test('follow registration, inventory and deregistration', () => {
    const { connect, node } = hubHarness();
    const one = connect();
    one.say(registration());
    one.say({ type: 'agent.register', id: 'a1', name: 'w1' });
    const reply = one.last();
    expect(reply).toMatchObject({ type: 'reply', id: 'a1', data: { name: 'w1' } });
    // The broker reads this reply strictly.
    expect(Object.keys((reply as { data: object }).data).sort()).toEqual(['agent_id', 'name', 'token']);
    one.say({ type: 'agent.register', id: 'a2', name: 'w1' });
    expect(one.last()).toMatchObject({ code: 'agent_already_exists' });
    expect(relayPeer(node('node_a'), 'default').agents).toMatchObject([{ role: 'w1' }]);
    one.say({ type: 'inventory.sync', id: 'i1', agents: [{ agent_id: 'x', name: 'w2' }] });
    expect(one.last()).toMatchObject({ type: 'reply', id: 'i1', data: { rebound_agents: ['x'] } });
    expect(relayPeer(node('node_a'), 'default').agents).toEqual([{ id: 'x', role: 'w2', capabilities: [] }]);
    one.say({ type: 'agent.deregister', agent_id: 'x' });
    expect(relayPeer(node('node_a'), 'default').agents).toEqual([]);
  });

  test('a name lives on one node, and is recovered with its id', () => {
    const { connect, hub } = hubHarness();
    const one = connect();
    one.say(registration());
    one.say({ type: 'agent.register', id: 'a1', name: 'w1' });
    const two = connect('nt_live_two');
    two.say(registration({ node_id: 'node_b', name: 'other' }));
    two.say({ type: 'agent.register', id: 'b1', name: 'w1' });
    expect(two.last()).toMatchObject({ code: 'agent_location_conflict', message: 'w1 lives on builder' });
    one.drop();
    two.say({ type: 'agent.recover', id: 'b2', name: 'w1', expected_agent_id: hub.agentNames.idOf('w1') });
    expect(two.last()).toMatchObject({ type: 'reply', data: { agent_id: hub.agentNames.idOf('w1'), name: 'w1' } });
    two.say({ type: 'agent.recover', id: 'b3', name: 'w1', expected_agent_id: 'somebody' });
    expect(two.last()).toMatchObject({ code: 'agent_not_found' });
  });

  test('frames before the registration are refused', () => {
    const { connect } = hubHarness();
    const one = connect();
    one.say({ type: 'inventory.sync', id: 'i1', agents: [] });
    expect(one.last()).toMatchObject({ type: 'error', id: 'i1', code: 'node_not_found' });
  });
});

describe('actions', () => {
  test('go to the provider that offers them; the result comes back, once', async () => {
    const { connect, hub } = hubHarness();
    const broker = connect();
    broker.say(registration());
    const sdk = connect();
    sdk.say(registration({ provider: { name: 'sdk', instance_id: 's' }, capabilities: [{ name: 'review' }] }));
    const answer = hub.invoke('node_a', 'review', { pr: 7 }, 1_000);
    const invoke = sdk.last();
    expect(invoke).toMatchObject({ v: 1, type: 'action.invoke', action: 'review', input: { pr: 7 } });
    const id = invoke?.type === 'action.invoke' ? invoke.invocation_id : '';
    broker.say({ type: 'action.result', invocation_id: id, output: 'not mine' });
    sdk.say({ type: 'action.result', invocation_id: id, output: null });
    sdk.say({ type: 'action.result', invocation_id: id, error: 'twice' });
    await expect(answer).resolves.toEqual({ ok: true, data: null });
  });

  test('fail with the node, with its error, with time, and for nobody', async () => {
    vi.useFakeTimers();
    const { connect, hub } = hubHarness();
    const one = connect();
    one.say(registration());
    const failing = hub.invoke('node_a', 'spawn:claude', {}, 1_000);
    const sent = one.last();
    one.say({
      type: 'action.result',
      invocation_id: sent?.type === 'action.invoke' ? sent.invocation_id : '',
      error: 'spawn_missing_cli',
    });
    await expect(failing).resolves.toEqual({ ok: false, error: 'spawn_missing_cli' });
    const slow = hub.invoke('node_a', 'spawn:claude', {}, 1_000);
    vi.advanceTimersByTime(1_000);
    await expect(slow).resolves.toEqual({ ok: false, error: 'No action.result came within 1 s.' });
    const dropped = hub.invoke('node_a', 'spawn:claude', {}, 1_000);
    one.drop();
    await expect(dropped).resolves.toEqual({ ok: false, error: 'No answer: the node closed its connection.' });
    await expect(hub.invoke('node_a', 'x', {}, 1_000)).resolves.toEqual({
      ok: false,
      error: 'Relay node builder is offline: connection closed.',
    });
    await expect(hub.invoke('nobody', 'x', {}, 1_000)).resolves.toEqual({ ok: false, error: 'There is no relay node nobody.' });
    vi.useRealTimers();
  });

  test('more than a hundred at once are refused', async () => {
    const { connect, hub } = hubHarness();
    const one = connect();
    one.say(registration());
    for (let i = 0; i < 100; i += 1) void hub.invoke('node_a', 'spawn:claude', {}, 60_000);
    await expect(hub.invoke('node_a', 'spawn:claude', {}, 60_000)).resolves.toMatchObject({ ok: false });
    one.drop();
  });
});

describe('enrolment', () => {
  test('mints a token that belongs to one node; enrolling again voids it and closes the connection', () => {
    const { connect, hub, node } = hubHarness([]);
    const first = hub.enrol({
      name: '#builder',
      node_id: 'node_a',
      kind: 'ws',
      role: 'broker',
      capabilities: [],
      max_agents: 0,
      tags: [],
      version: 'v',
    });
    if (!first.ok) throw new Error(first.error);
    expect(first).toMatchObject({
      node: { id: 'node_a', name: 'builder', status: 'offline' },
      token: expect.stringMatching(/^nt_live_[0-9a-f]{48}$/),
    });
    const one = connect(first.token);
    one.say(registration({ node_id: 'node_b' }));
    expect(one.last()).toMatchObject({ code: 'node_id_mismatch' });
    one.say(registration());
    expect(node('node_a').online).toBe(true);
    const again = hub.enrol({
      name: 'builder',
      kind: 'ws',
      role: 'broker',
      capabilities: [],
      max_agents: 0,
      tags: [],
      version: 'v',
    });
    if (!again.ok) throw new Error(again.error);
    expect(again.node.id).toBe('node_a');
    expect(one.closed).toEqual(['1008 token rotated']);
    expect(hub.authorize(first.token)).toBeNull();
    expect(hub.authorize(again.token)).not.toBeNull();
  });

  test('a name is one node, and a node needs one', () => {
    const { hub } = hubHarness([]);
    const body = {
      name: 'builder',
      node_id: 'node_a',
      kind: 'ws',
      role: 'direct',
      capabilities: [],
      max_agents: 0,
      tags: [],
      version: '',
    } as const;
    hub.enrol({ ...body, capabilities: [], tags: [] });
    expect(hub.enrol({ ...body, node_id: 'node_b', capabilities: [], tags: [] })).toEqual({
      ok: false,
      error: 'node_name_conflict',
    });
    expect(hub.enrol({ ...body, name: '##', capabilities: [], tags: [] })).toEqual({ ok: false, error: 'invalid_node_name' });
  });

  test('a forgotten node loses its connection and its token', () => {
    const { connect, hub } = hubHarness([]);
    const made = hub.enrol({ name: 'b', kind: 'ws', role: 'direct', capabilities: [], max_agents: 0, tags: [], version: '' });
    if (!made.ok) throw new Error(made.error);
    const one = connect(made.token);
    one.say(registration({ node_id: made.node.id }));
    expect(hub.forget(made.node.id)).toBe(true);
    expect(one.closed).toEqual(['1008 forgotten']);
    expect(hub.authorize(made.token)).toBeNull();
    expect(hub.forget(made.node.id)).toBe(false);
  });
});

describe('hostile frames', () => {
  test.each([
    ['no JSON', 'hello'],
    ['another version', JSON.stringify({ ...registration(), v: 2 })],
    ['no version', JSON.stringify(registration())],
    ['an unknown key', JSON.stringify({ v: 1, ...registration(), extra: 1 })],
    ['a numeric id', JSON.stringify({ v: 1, ...registration(), id: 7 })],
    ['an unknown type', JSON.stringify({ v: 1, type: 'node.takeover' })],
    ['a node id of a megabyte', JSON.stringify({ v: 1, ...registration(), node_id: 'x'.repeat(1_000_000) })],
    ['both output and error', JSON.stringify({ v: 1, type: 'action.result', invocation_id: 'i', output: 1, error: 'e' })],
    ['neither output nor error', JSON.stringify({ v: 1, type: 'action.result', invocation_id: 'i' })],
    ['a negative capacity', JSON.stringify({ v: 1, ...registration(), max_agents: -1 })],
  ])('%s is answered with invalid_message and logged once', (_name, text) => {
    const { connect, hub, log } = hubHarness();
    const one = connect();
    one.raw(text);
    one.raw(text);
    expect(one.sent).toHaveLength(2);
    expect(one.sent[0]).toMatchObject({ v: 1, type: 'error', ok: false, code: 'invalid_message' });
    expect(log).toHaveLength(1);
    expect([...hub.nodes()]).toEqual([]);
  });

  test('no text throws, and nothing that is refused makes a node', () => {
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          v: fc.constantFrom(1, 2),
          type: fc.constantFrom('node.register', 'node.heartbeat', 'inventory.sync', 'agent.register'),
          id: fc.string(),
        })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 10 }), (frames) => {
        const { connect, hub } = hubHarness();
        const one = connect();
        for (const text of frames) one.raw(text);
        expect([...hub.nodes()]).toEqual([]);
      }),
    );
  });

  test('nodes are bounded', () => {
    const { hub } = hubHarness([]);
    const body = { kind: 'ws', role: 'direct', max_agents: 0, version: '' } as const;
    for (let i = 0; i < 10_000; i += 1) hub.enrol({ ...body, name: `n${i}`, node_id: `n${i}`, capabilities: [], tags: [] });
    expect(hub.enrol({ ...body, name: 'more', node_id: 'more', capabilities: [], tags: [] })).toEqual({
      ok: false,
      error: 'too_many_nodes',
    });
  });
});

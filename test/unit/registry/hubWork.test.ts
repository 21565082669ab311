import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { relayPeer } from '#server/registry/peers/relayPeer.ts';
import { hubHarness, registration } from './hubHarness.ts';

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

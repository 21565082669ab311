import { describe, expect, test } from 'vitest';
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

/** The read model: what a delta says of a change, and what it does not say. */
import { describe, expect, test } from 'vitest';
import type { RosterDelta, Seed } from '#schemas/fleet/mesh.ts';
import { createRoster, rolesOf } from '#server/mesh/roster.ts';
import { addressOf, agentOf, ownFacts, rowOf } from './rows.ts';
import { wallStartMs } from './support.ts';

const seed = (state: Seed['state']): Seed => ({ address: addressOf(9), state, since: new Date(wallStartMs).toISOString() });
const holder = (port: number, agentId: string, state = 'alive') => ({ peer: addressOf(port), agentId, state });

/** A delta that says nothing but `change`. */
const delta = (base: number, change: Partial<RosterDelta>): RosterDelta => ({
  epoch: 'e',
  base,
  revision: base + 1,
  self: null,
  seeds: null,
  peers: [],
  removed: [],
  roles: null,
  ...change,
});

test('a new roster has revision 0, our own agents only, and nothing to tell', () => {
  const own = { ...ownFacts, agents: [agentOf('me-1', 'planner')] };
  const roster = createRoster('e', own);
  expect(roster.flush()).toBeNull();
  expect(roster.snapshot()).toEqual({
    epoch: 'e',
    revision: 0,
    self: own,
    seeds: [],
    peers: [],
    roles: [{ role: 'planner', holders: [{ peer: null, agentId: 'me-1', state: 'alive' }], gone: false }],
  });
});

describe('a peer', () => {
  test('is told once, and again whole when anything of it changed', () => {
    const roster = createRoster('e', ownFacts);
    const before = roster.snapshot();
    roster.setPeer(rowOf(7_001));
    expect(roster.flush()).toEqual(delta(0, { peers: [rowOf(7_001)] }));
    const first = roster.snapshot();
    expect(first).toEqual({ ...before, revision: 1, peers: [rowOf(7_001)] });
    roster.setPeer(rowOf(7_001));
    expect(roster.flush()).toBeNull();
    expect(roster.snapshot(), 'the same object').toBe(first);
    roster.setPeer(rowOf(7_001, { warnings: ['x'] }));
    expect(roster.flush()).toEqual(delta(1, { peers: [rowOf(7_001, { warnings: ['x'] })] }));
    expect(before.peers, 'an older snapshot stays as it was').toEqual([]);
  });

  test('that changes twice is told once, as it is now', () => {
    const roster = createRoster('e', ownFacts);
    roster.setPeer(rowOf(7_001));
    roster.setPeer(rowOf(7_001, { name: 'one' }));
    expect(roster.flush()?.peers).toEqual([rowOf(7_001, { name: 'one' })]);
  });

  test('that is removed is named by its id; an unknown one is nothing', () => {
    const roster = createRoster('e', ownFacts);
    roster.removePeer(addressOf(7_001));
    expect(roster.flush()).toBeNull();
    roster.setPeer(rowOf(7_001));
    roster.setPeer(rowOf(7_002));
    roster.flush();
    roster.removePeer(addressOf(7_001));
    expect(roster.flush()).toEqual(delta(1, { removed: [addressOf(7_001)] }));
    expect(roster.snapshot().peers).toEqual([rowOf(7_002)]);
    roster.removePeer(addressOf(7_001));
    expect(roster.flush()).toBeNull();
  });

  test('that changed and went is only removed; one that went and came is only there', () => {
    const roster = createRoster('e', ownFacts);
    roster.setPeer(rowOf(7_001));
    roster.flush();
    roster.setPeer(rowOf(7_001, { name: 'one' }));
    roster.removePeer(addressOf(7_001));
    expect(roster.flush()).toEqual(delta(1, { removed: [addressOf(7_001)] }));
    roster.setPeer(rowOf(7_001));
    roster.flush();
    roster.removePeer(addressOf(7_001));
    roster.setPeer(rowOf(7_001, { name: 'again' }));
    expect(roster.flush()).toEqual(delta(3, { peers: [rowOf(7_001, { name: 'again' })] }));
  });
});

describe('our own row and the seeds', () => {
  test('are told when they differ from what was told last', () => {
    const roster = createRoster('e', ownFacts);
    roster.setSelf({ ...ownFacts });
    roster.setSeeds([]);
    expect(roster.flush()).toBeNull();
    roster.setSelf({ ...ownFacts, incarnation: 2 });
    expect(roster.flush()).toEqual(delta(0, { self: { ...ownFacts, incarnation: 2 } }));
    roster.setSeeds([seed('waiting')]);
    expect(roster.flush()).toEqual(delta(1, { seeds: [seed('waiting')] }));
    expect(roster.snapshot()).toMatchObject({ revision: 2, self: { incarnation: 2 }, seeds: [seed('waiting')] });
    roster.setSelf({ ...ownFacts, incarnation: 2 });
    roster.setSeeds([seed('waiting')]);
    expect(roster.flush()).toBeNull();
  });

  test('leave the list of peers what it is', () => {
    const roster = createRoster('e', ownFacts);
    roster.setPeer(rowOf(7_001));
    roster.flush();
    const { peers } = roster.snapshot();
    roster.setSeeds([seed('waiting')]);
    roster.flush();
    expect(roster.snapshot().peers, 'the same list').toBe(peers);
  });

  test('that change and change back before anybody looked end as they are', () => {
    const roster = createRoster('e', ownFacts);
    roster.setSelf({ ...ownFacts, incarnation: 2 });
    roster.setSelf(ownFacts);
    roster.setSeeds([seed('waiting')]);
    roster.setSeeds([seed('silent')]);
    expect(roster.flush()).toEqual(delta(0, { self: ownFacts, seeds: [seed('silent')] }));
  });

  test('a list that its owner goes on with does not change what was told', () => {
    const roster = createRoster('e', ownFacts);
    const seeds = [seed('waiting')];
    roster.setSeeds(seeds);
    const told = roster.flush();
    seeds.push(seed('silent'));
    expect(told?.seeds).toEqual([seed('waiting')]);
    expect(roster.snapshot().seeds).toEqual([seed('waiting')]);
  });
});

describe('roles', () => {
  const analyst = { agents: [agentOf('a-1', 'analyst')] };

  test('come with the peer that brings them, change with its state, and go with it', () => {
    const roster = createRoster('e', ownFacts);
    const told = () => roster.flush()?.roles;
    roster.setPeer(rowOf(7_001, analyst));
    expect(told()).toEqual([{ role: 'analyst', holders: [holder(7_001, 'a-1')], gone: false }]);
    roster.setPeer(rowOf(7_001, { ...analyst, state: 'suspect' }));
    expect(told()).toEqual([{ role: 'analyst', holders: [holder(7_001, 'a-1', 'suspect')], gone: false }]);
    roster.setPeer(rowOf(7_001, { ...analyst, state: 'dead' }));
    expect(told()).toEqual([{ role: 'analyst', holders: [holder(7_001, 'a-1', 'dead')], gone: true }]);
    roster.setPeer(rowOf(7_001, { ...analyst, state: 'dead', reason: 'x' }));
    expect(told(), 'nothing of its roles changed').toBeNull();
    roster.removePeer(addressOf(7_001));
    expect(told()).toEqual([]);
    expect(roster.snapshot().roles).toEqual([]);
  });

  test('of a new peer without agents, and of one that changes its state without any, are not told anew', () => {
    const roster = createRoster('e', ownFacts);
    roster.setPeer(rowOf(7_001, analyst));
    roster.flush();
    const { roles } = roster.snapshot();
    roster.setPeer(rowOf(7_002));
    expect(roster.flush()?.roles).toBeNull();
    roster.setPeer(rowOf(7_002, { state: 'dead' }));
    expect(roster.flush()?.roles).toBeNull();
    roster.removePeer(addressOf(7_002));
    expect(roster.flush()?.roles).toBeNull();
    expect(roster.snapshot().roles, 'the same list').toBe(roles);
  });

  test('change with agents that come and go at a peer and here', () => {
    const roster = createRoster('e', ownFacts);
    roster.setPeer(rowOf(7_001));
    roster.flush();
    roster.setPeer(rowOf(7_001, analyst));
    expect(roster.flush()?.roles).toEqual([{ role: 'analyst', holders: [holder(7_001, 'a-1')], gone: false }]);
    roster.setSelf({ ...ownFacts, agents: [agentOf('me-1', 'planner')] });
    const mine = { role: 'planner', holders: [{ peer: null, agentId: 'me-1', state: 'alive' }], gone: false };
    expect(roster.flush()?.roles).toEqual([{ role: 'analyst', holders: [holder(7_001, 'a-1')], gone: false }, mine]);
    roster.setSelf({ ...ownFacts, agents: [agentOf('me-1', 'planner')], incarnation: 2 });
    expect(roster.flush()?.roles).toBeNull();
    roster.setPeer(rowOf(7_001));
    expect(roster.flush()?.roles).toEqual([mine]);
  });

  test('stand by name; of one role the alive come first, then by node and agent, and ours before others', () => {
    const own = { ...ownFacts, agents: [agentOf('z', 'analyst'), agentOf('b', 'writer')] };
    const peers = [
      rowOf(7_002, { agents: [agentOf('b', 'analyst'), agentOf('a', 'analyst')] }),
      rowOf(7_001, { state: 'dead', agents: [agentOf('c', 'analyst'), agentOf('c', 'coder')] }),
      rowOf(7_003, { state: 'left', agents: [agentOf('d', 'coder')] }),
      rowOf(7_004, { state: 'suspect', agents: [agentOf('e', 'analyst')] }),
    ];
    expect(rolesOf(own, peers)).toEqual([
      {
        role: 'analyst',
        holders: [
          { peer: null, agentId: 'z', state: 'alive' },
          holder(7_002, 'a'),
          holder(7_002, 'b'),
          holder(7_004, 'e', 'suspect'),
          holder(7_001, 'c', 'dead'),
        ],
        gone: false,
      },
      { role: 'coder', holders: [holder(7_001, 'c', 'dead'), holder(7_003, 'd', 'left')], gone: true },
      { role: 'writer', holders: [{ peer: null, agentId: 'b', state: 'alive' }], gone: false },
    ]);
  });

  test('in whatever order they were announced they stand by name', () => {
    for (const roles of [
      ['a', 'b', 'c', 'd'],
      ['d', 'c', 'b', 'a'],
      ['c', 'a', 'd', 'b'],
    ]) {
      const agents = roles.map((role) => agentOf(`${role}-1`, role));
      expect(rolesOf(ownFacts, [rowOf(7_001, { agents })]).map(({ role }) => role)).toEqual(['a', 'b', 'c', 'd']);
    }
  });
});

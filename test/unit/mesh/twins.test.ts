/** Identities that more than one node uses. */
import { describe, expect, test } from 'vitest';
import { createRegistry } from '#server/mesh/messages/registry.ts';
import type { Member } from '#server/mesh/swim/types.ts';
import { createTwins } from '#server/mesh/twins.ts';
import { addressOf, memberOf } from './rows.ts';

/** Members, each with the ids of its agents. */
function fleetOf(nodes: readonly { port: number; ids?: readonly string[]; member?: Partial<Member> }[]) {
  const registry = createRegistry();
  let members: readonly Member[] = nodes.map(({ port, member }) => memberOf(port, member));
  const announce = (port: number, ids: readonly string[]) => {
    const agents = Object.fromEntries(ids.map((id) => [id, { agent_id: id, role: 'r', capabilities: [] }]));
    registry.announce(addressOf(port), { node_id: addressOf(port), agents });
  };
  for (const { port, ids } of nodes) announce(port, ids ?? []);
  const twins = createTwins(registry, () => members);
  return {
    announce,
    setMembers(next: readonly Member[]) {
      members = next;
    },
    of: (port: number) => twins.of(memberOf(port)),
  };
}

describe('who shares an identity', () => {
  test('nodes with an agent id in common are each other’s twins; the others have none', () => {
    const fleet = fleetOf([
      { port: 1, ids: ['a-1', 'own'] },
      { port: 2, ids: ['a-1'] },
      { port: 3, ids: ['b-1'] },
    ]);
    expect([1, 2, 3, 4].map(fleet.of)).toEqual([[addressOf(2)], [addressOf(1)], [], []]);
  });

  test('nodes on different hosts with one wildcard identity are twins', () => {
    const fleet = fleetOf([
      { port: 1, member: { wildcard: '0.0.0.0:7946' } },
      { port: 2, member: { wildcard: '0.0.0.0:7946' } },
      { port: 3, member: { wildcard: '0.0.0.0:7947' } },
      { port: 4 },
    ]);
    expect([1, 2, 3, 4].map(fleet.of)).toEqual([[addressOf(2)], [addressOf(1)], [], []]);
  });

  test('an agent id that reads like a wildcard identity is none', () => {
    const fleet = fleetOf([
      { port: 1, member: { wildcard: '0.0.0.0:7946' } },
      { port: 2, ids: ['0.0.0.0:7946'] },
    ]);
    expect(fleet.of(1)).toEqual([]);
  });

  test('who shares several identities with the same node is named once, and nobody is a twin of itself', () => {
    const fleet = fleetOf([
      { port: 1, ids: ['a', 'b'] },
      { port: 2, ids: ['a', 'b', 'c'] },
      { port: 3, ids: ['c'] },
    ]);
    expect([1, 2, 3].map(fleet.of)).toEqual([[addressOf(2)], [addressOf(1), addressOf(3)], [addressOf(2)]]);
  });

  test.each(['dead', 'left'] as const)('who is %s is nobody’s twin; who is suspect is', (state) => {
    const nodes = [1, 2, 3].map((port) => ({ port, ids: ['a'] }));
    const fleet = fleetOf([{ ...nodes[0], port: 1, ids: ['a'], member: { state } }, ...nodes.slice(1)]);
    expect([1, 2].map(fleet.of)).toEqual([[], [addressOf(3)]]);
    const suspect = fleetOf([{ port: 1, ids: ['a'], member: { state: 'suspect' } }, ...nodes.slice(1)]);
    expect(suspect.of(2)).toEqual([addressOf(1), addressOf(3)]);
  });

  test('at most four are named', () => {
    const fleet = fleetOf([1, 2, 3, 4, 5, 6].map((port) => ({ port, ids: ['a'] })));
    expect(fleet.of(1)).toEqual([2, 3, 4, 5].map(addressOf));
    expect(fleet.of(6)).toEqual([1, 2, 3, 4].map(addressOf));
  });
});

describe('what changes', () => {
  test('an announcement and a state are seen at once', () => {
    const fleet = fleetOf([{ port: 1, ids: ['a'] }, { port: 2 }]);
    expect(fleet.of(1)).toEqual([]);
    fleet.announce(2, ['a']);
    expect(fleet.of(1)).toEqual([addressOf(2)]);
    fleet.setMembers([memberOf(1), memberOf(2, { state: 'dead' })]);
    expect(fleet.of(1)).toEqual([]);
  });

  test('while nothing does, the same list is given', () => {
    const fleet = fleetOf([
      { port: 1, ids: ['a'] },
      { port: 2, ids: ['a'] },
    ]);
    expect(fleet.of(1)).toBe(fleet.of(1));
  });
});

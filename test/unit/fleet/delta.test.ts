import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FleetDelta, FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { fleetDelta } from '#server/fleet/delta.ts';
import { emptyView, peer } from './samples.ts';

function row(id: string, change: Partial<FleetPeer> = {}): FleetPeer {
  return { ...peer(id), declared: null, seen: true, ...change };
}

function apply(view: FleetView, delta: FleetDelta): FleetView {
  expect(delta.base).toBe(view.revision);
  const peers = new Map(view.peers.map((known) => [known.id, known]));
  for (const id of delta.removed) peers.delete(id);
  for (const changed of delta.peers) peers.set(changed.id, changed);
  const { epoch, revision, project, target, python, node, expected, alive } = delta;
  return {
    epoch,
    revision,
    project,
    target,
    python,
    node,
    expected,
    alive,
    peers: [...peers.values()],
    roles: delta.roles ?? view.roles,
    sources: delta.sources ?? view.sources,
  };
}

test('nothing visible changed: no delta, even when every object is new', () => {
  const view = { ...emptyView, peers: [row('127.0.0.1:1')] };
  expect(fleetDelta(view, { ...structuredClone(view) })).toBeNull();
});

test('only the rows that changed are in it', () => {
  const view = { ...emptyView, revision: 7, peers: [row('127.0.0.1:1'), row('127.0.0.1:2'), row('127.0.0.1:3')] };
  const delta = fleetDelta(view, {
    ...view,
    peers: [row('127.0.0.1:1'), row('127.0.0.1:2', { state: 'dead' }), row('127.0.0.1:4')],
  });
  expect(delta).toMatchObject({ base: 7, revision: 8, removed: ['127.0.0.1:3'], roles: null });
  expect(delta?.peers.map((changed) => changed.id)).toEqual(['127.0.0.1:2', '127.0.0.1:4']);
});

test('agents whose states do not follow that of their node are told as they are', () => {
  const holder = { peer: '127.0.0.1:1', agentId: 'a', state: 'alive' as const };
  const roles = [{ role: 'coder', holders: [holder], gone: false }];
  const view = { ...emptyView, roles, peers: [row('127.0.0.1:1')] };
  expect(fleetDelta(view, { ...view, peers: [row('127.0.0.1:1', { state: 'dead' })] })?.roles).toEqual(roles);
  const followed = [{ ...roles[0], role: 'coder', holders: [{ ...holder, state: 'dead' as const }], gone: true }];
  expect(fleetDelta(view, { ...view, roles: followed, peers: [row('127.0.0.1:1', { state: 'dead' })] })?.roles).toBeNull();
});

test('property: applying the delta to the old view gives the new one', () => {
  const rows = fc.uniqueArray(
    fc.record({ port: fc.integer({ min: 1, max: 12 }), state: fc.constantFrom('alive', 'suspect', 'dead') }),
    { selector: (entry) => entry.port },
  );
  fc.assert(
    fc.property(rows, rows, fc.boolean(), (before, after, project) => {
      const build = (entries: typeof before): FleetPeer[] =>
        entries.map(({ port, state }) => row(`127.0.0.1:${port}`, { state }));
      const view = { ...emptyView, peers: build(before) };
      const target = { ...emptyView, project, peers: build(after) };
      const delta = fleetDelta(view, target);
      const result = delta === null ? view : apply(view, delta);
      const byId = (a: FleetPeer, b: FleetPeer) => (a.id < b.id ? -1 : 1);
      expect(result.peers.toSorted(byId)).toEqual(target.peers.toSorted(byId));
      expect(result.project).toBe(project);
    }),
  );
});

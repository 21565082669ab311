import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RosterSnapshot, SelfFacts } from '#schemas/fleet/mesh.ts';
import { rosterDeltaSchema, rosterSnapshotSchema } from '#schemas/fleet/mesh.ts';
import type { LivePeer, PeerState } from '#schemas/fleet/peer.ts';
import { applyDelta } from '#server/mesh/host/applyDelta.ts';
import { createRoster, rolesOf } from '#server/mesh/roster.ts';

const self: SelfFacts = {
  address: '127.0.0.1:7000',
  zmqAddress: '127.0.0.1:8000',
  name: 'me',
  incarnation: 1,
  observing: true,
  agents: [],
  keepalive: 'running',
};

function peer(port: number, state: PeerState, roles: string[]): LivePeer {
  const id = `127.0.0.1:${port}`;
  return {
    id,
    name: null,
    kind: 'jarviscore',
    address: id,
    state,
    incarnation: 1,
    since: new Date(0).toISOString(),
    reason: null,
    observedBy: null,
    agents: roles.map((role, index) => ({ id: `${role}-${port}-${index}`, role, capabilities: [] })),
    capacity: null,
    keepalive: null,
    zmqAddress: `127.0.0.1:${port + 1000}`,
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: true,
    warnings: [],
  };
}

const change = fc.oneof(
  fc.record({
    set: fc.tuple(
      fc.integer({ min: 7001, max: 7004 }),
      fc.constantFrom<PeerState>('alive', 'suspect', 'dead', 'left'),
      fc.array(fc.constantFrom('alpha', 'beta', 'gamma'), { maxLength: 2 }),
    ),
  }),
  fc.record({ remove: fc.integer({ min: 7001, max: 7004 }) }),
  fc.record({ self: fc.array(fc.constantFrom('alpha', 'mine'), { maxLength: 2 }) }),
  fc.record({ seed: fc.constantFrom<'waiting' | 'answering' | 'silent'>('waiting', 'answering', 'silent') }),
);

test('deltas applied one after another give the snapshot; a flush without visible change gives none', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 20 }), (rounds) => {
      const roster = createRoster('epoch', self);
      let mirror: RosterSnapshot = roster.snapshot();
      for (const round of rounds) {
        const before = roster.snapshot();
        for (const step of round) {
          if ('set' in step) roster.setPeer(peer(...step.set));
          else if ('remove' in step) roster.removePeer(`127.0.0.1:${step.remove}`);
          else if ('self' in step) {
            roster.setSelf({ ...self, agents: step.self.map((role) => ({ id: role, role, capabilities: [] })) });
          } else roster.setSeeds([{ address: '127.0.0.1:9', state: step.seed, since: new Date(0).toISOString() }]);
        }
        const delta = roster.flush();
        if (delta === null) {
          expect(roster.snapshot()).toBe(before);
          continue;
        }
        rosterDeltaSchema.parse(delta);
        const next = applyDelta(mirror, delta);
        if (next === null) throw new Error('the delta does not fit');
        mirror = next;
        const now = roster.snapshot();
        const byId = (peers: readonly LivePeer[]) => [...peers].sort((a, b) => a.id.localeCompare(b.id));
        expect({ ...mirror, peers: byId(mirror.peers) }).toEqual({ ...now, peers: byId(now.peers) });
        expect(mirror.roles).toEqual(rolesOf(mirror.self, mirror.peers));
        expect(applyDelta(mirror, delta), 'a delta fits once only').toBeNull();
        expect(roster.flush()).toBeNull();
      }
      rosterSnapshotSchema.parse(roster.snapshot());
    }),
  );
});

test('a role is gone when every holder is dead or has left; the living come first', () => {
  const roles = rolesOf(self, [
    peer(7001, 'dead', ['solo', 'shared']),
    peer(7002, 'suspect', ['shared']),
    peer(7003, 'alive', ['shared']),
  ]);
  expect(roles.map(({ role, gone }) => [role, gone])).toEqual([
    ['shared', false],
    ['solo', true],
  ]);
  expect(roles[0]?.holders.map((holder) => holder.state)).toEqual(['alive', 'suspect', 'dead']);
});

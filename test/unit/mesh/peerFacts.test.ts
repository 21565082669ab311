/** A member's row and its marks, from what the parts of a node know of it. */
import { describe, expect, test } from 'vitest';
import { isReadmittable, livePeer, type PeerSources } from '#server/mesh/peerFacts.ts';
import type { Member } from '#server/mesh/swim/types.ts';
import { addressOf, agentOf, memberOf } from './rows.ts';
import { at, wallStartMs } from './support.ts';

const contracts = { groups: ['D' as const], releases: '1.13.0 or later', how: 'Its agents carry capability contracts.' };
const bare = { groups: ['A' as const], releases: '1.0.2 to 1.10.0', how: 'x.' };

/** What there is to say of a member; nothing that calls for a mark. */
interface Known {
  broken: string[];
  said: string[];
  twins: string[];
  clockOffsetMs: number | null;
  process: { pid: number; stopped: boolean } | null;
  behaviour: typeof contracts | typeof bare | null;
  addressable: boolean | null;
  confirmsNotifications: boolean;
  violations: number;
  refused: number;
  announced: boolean;
  agents: ReturnType<typeof agentOf>[];
  waitsFor: boolean;
  knowsUs: boolean | null;
}

const quiet: Known = {
  broken: [],
  said: [],
  twins: [],
  clockOffsetMs: null,
  process: null,
  behaviour: null,
  addressable: null,
  confirmsNotifications: true,
  violations: 0,
  refused: 0,
  announced: true,
  agents: [],
  waitsFor: false,
  knowsUs: null,
};

const keepalive = {
  lastSent: null,
  lastAck: null,
  consecutiveSendFailures: 2,
  failureBackoffUntil: null,
  rttMs: 3,
};

function sourcesOf(change: Partial<Known>): PeerSources {
  const known = { ...quiet, ...change };
  return {
    swim: { violations: () => known.violations },
    messages: {
      behaviours: {
        of: () => known.behaviour,
        addressable: () => known.addressable,
        confirmsNotifications: () => known.confirmsNotifications,
      },
      registry: { announced: () => known.announced },
      agents: () => known.agents,
      name: () => 'two',
      warnings: () => known.said,
      refused: () => known.refused,
      waitsFor: () => known.waitsFor,
      knowsUs: () => known.knowsUs,
    },
    keepalives: { facts: () => keepalive, phase: (_peer, now) => (now.monotonicMs < 20_000 ? 'backoff' : 'failing') },
    broken: () => known.broken,
    twins: () => known.twins,
    clockOffsetMs: () => known.clockOffsetMs,
    process: () => known.process,
    zmqAddressOf: (peer) => `zmq of ${peer}`,
  };
}

/** By default 15 s after the member's state began. */
const marksOf = (member: Partial<Member>, known: Partial<Known>, nowMs = 15_000) =>
  livePeer(memberOf(7_002, member), sourcesOf(known), at(nowMs)).mesh?.marks;

describe('the row', () => {
  test('of a quiet member says what it is, and marks nothing', () => {
    expect(livePeer(memberOf(7_002), sourcesOf({}), at(0))).toEqual({
      id: addressOf(7_002),
      name: 'two',
      kind: 'jarviscore',
      address: addressOf(7_002),
      state: 'alive',
      incarnation: 1,
      since: '2026-01-01T00:00:00.000Z',
      reason: 'It answers our probes.',
      observedBy: addressOf(7_000),
      agents: [],
      capacity: null,
      keepalive,
      zmqAddress: `zmq of ${addressOf(7_002)}`,
      keepalivePhase: 'backoff',
      localOpinion: null,
      announced: true,
      warnings: [],
      mesh: {
        behaviour: null,
        addressable: null,
        suspectedBy: [],
        clockOffsetMs: null,
        readmittable: false,
        refused: 0,
        marks: [],
      },
    });
  });

  test('of a member in trouble carries everything, warnings of its identity, its messages and its gossip in this order', () => {
    const member = memberOf(7_002, {
      state: 'dead',
      incarnation: 4,
      sinceWallMs: wallStartMs + 1_500,
      reason: 'r',
      observedBy: addressOf(7_009),
      localOpinion: 'l',
      gossipState: 'DEAD',
      suspectedBy: [addressOf(7_009)],
      warnings: ['w1'],
    });
    const known = {
      said: ['w2'],
      broken: ['w3'],
      violations: 2,
      refused: 3,
      clockOffsetMs: 300,
      behaviour: contracts,
      addressable: true,
      announced: false,
      agents: [agentOf('a-1', 'analyst')],
    };
    expect(livePeer(member, sourcesOf(known), at(20_000))).toMatchObject({
      state: 'dead',
      incarnation: 4,
      since: '2026-01-01T00:00:01.500Z',
      reason: 'r',
      observedBy: addressOf(7_009),
      localOpinion: 'l',
      agents: [agentOf('a-1', 'analyst')],
      keepalivePhase: 'failing',
      announced: false,
      warnings: ['w1', 'w2', 'w3'],
      mesh: {
        behaviour: contracts,
        addressable: true,
        suspectedBy: [addressOf(7_009)],
        clockOffsetMs: 300,
        readmittable: true,
        refused: 5,
      },
    });
  });

  test('has no incarnation while nobody has gossiped the member', () => {
    expect(livePeer(memberOf(7_002, { gossipState: null, incarnation: 0 }), sourcesOf({}), at(0)).incarnation).toBeNull();
  });
});

describe('who can be readmitted', () => {
  test.each([
    [true, { state: 'dead', opinion: 'alive', gossipState: 'DEAD' }],
    [true, { state: 'dead', opinion: 'alive', gossipState: 'SUSPECT' }],
    [false, { state: 'left', opinion: 'alive', gossipState: 'DEAD' }],
    [false, { state: 'suspect', opinion: 'alive', gossipState: 'SUSPECT' }],
    [false, { state: 'dead', opinion: 'dead', gossipState: 'DEAD' }],
    [false, { state: 'dead', opinion: 'unknown', gossipState: 'DEAD' }],
    [false, { state: 'dead', opinion: 'alive', gossipState: 'ALIVE' }],
    [false, { state: 'dead', opinion: 'alive', gossipState: null }],
  ] as const)('%s: %j', (expected, change) => {
    expect(isReadmittable(memberOf(7_002, change))).toBe(expected);
  });
});

describe('marks', () => {
  const dead = { state: 'dead', opinion: 'alive', gossipState: 'DEAD' } as const;

  test.each<[string, Partial<Member>, Partial<Known>, string, string]>([
    [
      'a member that answers us while its fleet holds it dead',
      dead,
      {},
      'readmittable',
      'It answers us, but its fleet holds it dead. A restarted node can stay dead for its fleet for ever; readmitting it brings it back.',
    ],
    [
      'a stopped process',
      {},
      { process: { pid: 12, stopped: true } },
      'stopped-process',
      'Its process 12 on this machine is stopped, by a debugger or a signal.',
    ],
    [
      'who suspects it',
      { state: 'suspect', gossipState: 'SUSPECT', suspectedBy: ['x', 'y'] },
      {},
      'suspected-by',
      'Suspected by x, y.',
    ],
    ['who holds it dead', { ...dead, opinion: 'dead', suspectedBy: ['x'] }, {}, 'suspected-by', 'Held dead by x.'],
    [
      'a shared identity',
      {},
      { twins: ['x', 'y'] },
      'duplicate-identity',
      'It shares an identity with x, y; messages to one may reach the other.',
    ],
    ['a clock ahead', {}, { clockOffsetMs: 1_000 }, 'clock-offset', 'Its clock is 1.0 s ahead of ours.'],
    ['a clock behind', {}, { clockOffsetMs: -1_260 }, 'clock-offset', 'Its clock is 1.3 s behind ours.'],
    [
      'a question that waits',
      {},
      { waitsFor: true },
      'starting',
      'A question waits for it to start: it is a member already, but would lose what it is asked now.',
    ],
    [
      'agents that drop questions',
      {},
      { addressable: false },
      'not-addressable',
      'Announced, not addressable: it confirmed a question and never answered, as releases 1.1.0 to 1.4.1 do.',
    ],
    [
      'a roster that never came',
      {},
      { announced: false },
      'one-way',
      'Its agents are not known here: it has not announced them, though it was asked again and again.',
    ],
    [
      'agents of ours that it does not know',
      {},
      { knowsUs: false },
      'one-way',
      'It has not confirmed our agents: it would take a question of ours, but its answer could not arrive.',
    ],
    [
      'notifications that say nothing',
      {},
      { agents: [agentOf('a', 'b')], behaviour: bare, confirmsNotifications: false },
      'notify-unconfirmed',
      'Notifications are not confirmed: release 1.0.2 to 1.10.0 acknowledges those it loses.',
    ],
  ])('%s', (_name, member, known, kind, text) => {
    expect(marksOf(member, known)).toEqual([{ kind, text }]);
  });

  test.each<[string, Partial<Member>, Partial<Known>, number?]>([
    ['a process that runs', {}, { process: { pid: 12, stopped: false } }],
    ['a clock almost a second off', {}, { clockOffsetMs: 999 }],
    ['a clock almost a second behind', {}, { clockOffsetMs: -999 }],
    ['agents that can be asked', {}, { addressable: true }],
    ['a roster that may still come', {}, { announced: false }, 14_999],
    ['agents of ours that may still be confirmed', {}, { knowsUs: false }, 14_999],
    ['agents of ours that are confirmed', {}, { knowsUs: true }],
    ['unconfirmed notifications to nobody', {}, { behaviour: bare, confirmsNotifications: false }],
    ['unconfirmed notifications of who knows', {}, { agents: [agentOf('a', 'b')], confirmsNotifications: false }],
    ['confirmed notifications', {}, { agents: [agentOf('a', 'b')], behaviour: contracts }],
  ])('none for %s', (_name, member, known, nowMs) => {
    expect(marksOf(member, known, nowMs)).toEqual([]);
  });

  const everything: Partial<Known> = {
    process: { pid: 12, stopped: true },
    twins: ['y'],
    clockOffsetMs: 5_000,
    waitsFor: true,
    addressable: false,
    announced: false,
    knowsUs: false,
    agents: [agentOf('a', 'b')],
    behaviour: bare,
    confirmsNotifications: false,
  };

  test('stand in this order when everything is wrong', () => {
    expect(marksOf({ suspectedBy: ['x'] }, everything)?.map((mark) => mark.kind)).toEqual([
      'stopped-process',
      'suspected-by',
      'duplicate-identity',
      'clock-offset',
      'starting',
      'not-addressable',
      'one-way',
      'one-way',
      'notify-unconfirmed',
    ]);
  });

  test.each(['suspect', 'dead', 'left'] as const)('say nothing about the messages of a member that is %s', (state) => {
    expect(marksOf({ state, opinion: 'dead', suspectedBy: ['x'] }, everything)?.map((mark) => mark.kind)).toEqual([
      'stopped-process',
      'suspected-by',
      'duplicate-identity',
      'clock-offset',
    ]);
  });
});

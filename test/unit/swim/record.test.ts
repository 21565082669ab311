/** A member as a person sees it, from what members say and what our own probes say. */
import { describe, expect, test } from 'vitest';
import { gossipedState, type MemberRecord, newRecord, show, shownState } from '#server/mesh/swim/record.ts';
import { inDigestOrder, textOf } from '#server/mesh/swim/table.ts';
import { B, C, entry, SELF } from './driver.ts';

const recordOf = (change: Partial<MemberRecord> = {}): MemberRecord => ({ ...newRecord(B, 0), ...change });
const answers = 'It answers our probes.';

test('a record that was just made says nothing, and is shown alive until something is known', () => {
  expect(show(recordOf(), SELF, 7)).toEqual({
    address: B,
    state: 'alive',
    incarnation: 0,
    sinceWallMs: 7,
    reason: 'Named by the node itself; not heard by us yet.',
    observedBy: B,
    localOpinion: null,
    opinion: 'unknown',
    gossipState: null,
    gossiped: false,
    wildcard: null,
    suspectedBy: [],
    warnings: [],
  });
});

describe('the state', () => {
  const states = ['alive', 'suspect', 'dead', 'left'] as const;
  /** What gossip says, by rows; our opinion, by columns. */
  const rows: readonly [string, Partial<MemberRecord>, string][] = [
    ['nothing', {}, 'unknown'],
    ['ALIVE', { gossip: entry(B, 'ALIVE') }, 'alive'],
    ['SUSPECT', { gossip: entry(B, 'SUSPECT') }, 'suspect'],
    ['DEAD', { gossip: entry(B, 'DEAD') }, 'dead'],
    ['SUSPECT after DEAD', { gossip: entry(B, 'SUSPECT'), heldDead: true }, 'dead'],
    ['a farewell', { gossip: entry(B, 'DEAD'), heldDead: true, leftAtMs: 5 }, 'left'],
  ];

  test.each(rows)('%s', (_name, change, gossiped) => {
    expect(gossipedState(recordOf(change))).toBe(gossiped);
    const shown = (['unknown', 'alive', 'suspect', 'dead'] as const).map((opinion) =>
      shownState(recordOf({ ...change, opinion })),
    );
    const worse = (opinion: (typeof states)[number]) =>
      states[Math.max(states.indexOf(opinion), gossiped === 'unknown' ? 0 : states.indexOf(gossiped as 'alive'))];
    expect(shown).toEqual([worse('alive'), worse('alive'), worse('suspect'), worse('dead')]);
  });
});

describe('the words', () => {
  const alive = { gossip: entry(B, 'ALIVE', 3) };
  const suspect = { gossip: entry(B, 'SUSPECT', 3) };
  const dead = { gossip: entry(B, 'DEAD', 3), heldDead: true };

  test.each<[string, Partial<MemberRecord>, string, string, string | null]>([
    ['alive, heard', { ...alive, opinion: 'alive', toldBy: C }, answers, SELF, null],
    ['alive, named by another', { ...alive, toldBy: C }, `Named by ${C}; not heard by us yet.`, C, null],
    ['alive, named by itself', alive, 'Named by the node itself; not heard by us yet.', B, null],
    ['alive, readmitted by us', { ...alive, opinion: 'alive', toldBy: SELF }, 'Readmitted by this node.', SELF, null],
    [
      'alive, through a helper',
      { ...alive, opinion: 'alive', reachedBy: C },
      answers,
      SELF,
      `It does not answer our probes, but ${C} says that it answers there.`,
    ],
    [
      'readmitted, through a helper',
      { ...alive, opinion: 'alive', reachedBy: C, toldBy: SELF },
      'Readmitted by this node.',
      SELF,
      `It does not answer our probes, but ${C} says that it answers there.`,
    ],
    ['suspect for us', { ...alive, opinion: 'suspect', opinionText: 'Silent.', toldBy: C }, 'Silent.', SELF, 'Silent.'],
    ['dead for us', { ...suspect, opinion: 'dead', opinionText: 'Gone.', toldBy: C }, 'Gone.', SELF, 'Gone.'],
    ['suspect for us without words', { ...alive, opinion: 'suspect' }, 'It does not answer our probes.', SELF, null],
    ['suspected', { ...suspect, toldBy: C }, `It does not answer members, says ${C}.`, C, null],
    ['suspected, heard', { ...suspect, toldBy: C, opinion: 'alive' }, `It does not answer members, says ${C}.`, C, answers],
    [
      'suspected by us as well',
      { ...suspect, toldBy: C, opinion: 'suspect', opinionText: 'Silent.' },
      `It does not answer members, says ${C}.`,
      C,
      'Silent.',
    ],
    ['suspecting itself', suspect, 'It does not answer members, says the node itself.', B, null],
    ['held dead', { ...dead, toldBy: C }, `Its fleet holds it dead, says ${C}.`, C, null],
    ['held dead, heard', { ...dead, toldBy: C, opinion: 'alive' }, `Its fleet holds it dead, says ${C}.`, C, answers],
    ['held dead by itself', { ...dead, opinion: 'alive' }, 'It holds itself dead, as its fleet told it.', B, answers],
    [
      'held dead, and silent',
      { ...dead, toldBy: C, opinion: 'dead', opinionText: 'Gone.' },
      `Its fleet holds it dead, says ${C}.`,
      C,
      'Gone.',
    ],
    ['held dead by us', { ...dead, toldBy: SELF }, 'Its fleet holds it dead, says this node.', SELF, null],
    ['left', { ...dead, leftAtMs: 1, opinionText: 'Gone.' }, 'It said that it leaves.', B, 'Gone.'],
  ])('%s', (_name, change, reason, observedBy, localOpinion) => {
    expect(show(recordOf(change), SELF, 0)).toMatchObject({ reason, observedBy, localOpinion });
  });
});

describe('what is shown', () => {
  const first = () => {
    const record = recordOf({ gossip: entry(B, 'ALIVE', 3), opinion: 'alive', toldBy: C });
    record.shown = show(record, SELF, 1_000);
    return record;
  };

  test('is the same object while nothing visible changes', () => {
    const record = first();
    record.lastHeardMs = 5;
    record.gossip = { ...entry(B, 'ALIVE', 3), last_heartbeat: 1 };
    expect(show(record, SELF, 9_000)).toBe(record.shown);
  });

  test('keeps its time while the state stays', () => {
    const record = first();
    record.gossip = entry(B, 'ALIVE', 4);
    expect(show(record, SELF, 9_000)).toMatchObject({ incarnation: 4, sinceWallMs: 1_000 });
    record.gossip = entry(B, 'DEAD', 4);
    expect(show(record, SELF, 9_000)).toMatchObject({ state: 'dead', sinceWallMs: 9_000 });
  });

  test.each<[string, Partial<MemberRecord>, object]>([
    ['state', { gossip: entry(B, 'SUSPECT', 3) }, { state: 'suspect' }],
    ['incarnation', { gossip: entry(B, 'ALIVE', 4) }, { incarnation: 4 }],
    ['reason', { toldBy: SELF }, { reason: 'Readmitted by this node.' }],
    ['local opinion', { reachedBy: C }, { localOpinion: `It does not answer our probes, but ${C} says that it answers there.` }],
    ['opinion', { opinion: 'unknown' }, { opinion: 'unknown' }],
    ['wildcard', { wildcard: '0.0.0.0:1' }, { wildcard: '0.0.0.0:1' }],
    ['accusers', { accusers: [C] }, { suspectedBy: [C] }],
    ['warnings', { warnings: ['x'] }, { warnings: ['x'] }],
  ])('is another one when its %s changes', (_name, change, expected) => {
    const record = { ...first(), ...change };
    const member = show(record, SELF, 9_000);
    expect(member).not.toBe(record.shown);
    expect(member).toMatchObject(expected);
  });

  test('is another one when only who tells it changes, or that somebody gossips it', () => {
    const record = recordOf({ gossip: entry(B, 'SUSPECT', 3), toldBy: C });
    record.shown = { ...show(record, SELF, 0), observedBy: SELF };
    expect(show(record, SELF, 0)).toMatchObject({ observedBy: C });
    record.shown = { ...show(record, SELF, 0), gossiped: false };
    expect(show(record, SELF, 0)).toMatchObject({ gossiped: true });
    record.shown = { ...show(record, SELF, 0), gossipState: 'ALIVE' };
    expect(show(record, SELF, 0)).toMatchObject({ gossipState: 'SUSPECT' });
  });
});

describe('what a digest carries', () => {
  test('of a member is what is gossiped, until that changes; of one that nobody names nothing', () => {
    const record = recordOf();
    expect(textOf(record)).toBe('');
    record.gossip = entry(B, 'SUSPECT', 3);
    const text = `{"addr": "${B}", "state": "SUSPECT", "incarnation": 3, "last_heartbeat": 1785000000.0, "metadata": {}}`;
    expect(textOf(record)).toBe(text);
    record.gossip = entry(B, 'DEAD', 3);
    expect(textOf(record), 'kept while nobody says that it changed').toBe(text);
    record.text = null;
    expect(textOf(record)).toBe(text.replace('SUSPECT', 'DEAD'));
  });

  test('those that came back stand last, else as they were', () => {
    const named = (address: string, returned: boolean) => ({ ...newRecord(address, 0), returned });
    const order = inDigestOrder([named('a', true), named('b', false), named('c', true), named('d', false)]);
    expect(order.map(({ address }) => address).join('')).toBe('bdac');
  });
});

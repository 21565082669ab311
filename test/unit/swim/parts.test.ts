/** The small parts of the membership core, each by itself. */
import { describe, expect, test } from 'vitest';
import type { DigestEntry } from '#schemas/wire/swim.ts';
import { ChangeLog } from '#server/mesh/swim/changeLog.ts';
import { Clocks } from '#server/mesh/swim/clocks.ts';
import { Context, sample } from '#server/mesh/swim/context.ts';
import { Health } from '#server/mesh/swim/health.ts';
import { join } from '#server/mesh/swim/merge.ts';
import { OwnEntry } from '#server/mesh/swim/own.ts';
import { type MemberRecord, newRecord } from '#server/mesh/swim/record.ts';
import { crashBounds, DEFAULT_LIMITS, DEFAULT_TIMING, helpersFor, probesFor, syncScale } from '#server/mesh/swim/timing.ts';
import { seededRandom } from '../../simulation/swim/world.ts';
import { B, entry, SELF } from './driver.ts';

describe('the join of two entries', () => {
  const held: DigestEntry = { ...entry(B), incarnation: 5, last_heartbeat: 100, metadata: { a: 'm' } };

  test.each<[string, Partial<DigestEntry>, 'held' | 'told' | Partial<DigestEntry>]>([
    ['nothing new', {}, 'held'],
    ['a higher incarnation wins whatever it says', { incarnation: 6, last_heartbeat: 1, metadata: {} }, 'told'],
    ['a lower incarnation loses whatever it says', { incarnation: 4, state: 'DEAD', last_heartbeat: 200 }, 'held'],
    ['a worse state wins', { state: 'SUSPECT' }, 'told'],
    ['the worst state wins', { state: 'DEAD' }, 'told'],
    ['a later heartbeat wins', { last_heartbeat: 101 }, 'told'],
    ['an earlier heartbeat loses', { last_heartbeat: 99 }, 'held'],
    ['longer metadata wins', { metadata: { a: 'mm' } }, 'told'],
    ['shorter metadata loses', { metadata: {} }, 'held'],
    ['of metadata as long the greater text wins', { metadata: { a: 'n' } }, 'told'],
    ['of metadata as long the smaller text loses', { metadata: { a: 'l' } }, 'held'],
    ['equal metadata is nothing new', { metadata: { a: 'm' } }, 'held'],
    ['a worse state with an older heartbeat keeps the later one', { state: 'DEAD', last_heartbeat: 99 }, { state: 'DEAD' }],
    ['a worse state with less metadata keeps the greater one', { state: 'DEAD', metadata: {} }, { state: 'DEAD' }],
    ['greater metadata with an older heartbeat', { metadata: { a: 'z' }, last_heartbeat: 1 }, { metadata: { a: 'z' } }],
  ])('%s', (_name, change, expected) => {
    const told = { ...held, ...change };
    const joined = join(held, told);
    if (expected === 'held') expect(joined).toBe(held);
    else if (expected === 'told') expect(joined).toBe(told);
    else expect(joined).toEqual({ ...held, ...expected });
  });

  test('does not depend on the order', () => {
    const states = ['ALIVE', 'SUSPECT', 'DEAD'] as const;
    for (const a of states) {
      for (const b of states) {
        const worse = states[Math.max(states.indexOf(a), states.indexOf(b))];
        expect(join(entry(B, a), entry(B, b)).state).toBe(worse);
      }
    }
  });
});

describe('how much is done in a fleet', () => {
  const limits = DEFAULT_LIMITS;

  test.each([
    [0, 32],
    [1, 32],
    [32, 32],
    [33, 32],
    [128, 32],
    [129, 31],
    [512, 8],
    [1_000, 4],
    [4_096, 4],
  ])('with %d others %d probes a period', (others, probes) => {
    expect(probesFor(others, limits)).toBe(probes);
  });

  test.each([
    [200, 200],
    [201, 20],
  ])('of 200 probes that are allowed, %d others need %d', (others, probes) => {
    expect(probesFor(others, { ...limits, probesPerPeriod: 200 })).toBe(probes);
  });

  test('and never more than are allowed', () => {
    expect(probesFor(10, { ...limits, probesPerPeriod: 3 })).toBe(3);
  });

  test.each([
    [0, 3, 1],
    [32, 3, 1],
    [33, 12, 2],
    [64, 12, 2],
    [65, 14, 3],
    [1_000, 20, 6],
  ])('with %d others %d helpers are asked, and full syncs are %d times as rare', (others, helpers, scale) => {
    expect([helpersFor(others), syncScale(others)]).toEqual([helpers, scale]);
  });

  test.each([
    [1, 2_200, 4_700],
    [32, 2_200, 4_700],
    [33, 4_200, 6_700],
    [64, 4_200, 6_700],
    [65, 5_200, 7_700],
  ])('of %d others a crash is seen within %d ms and certain within %d ms', (others, suspectMs, deadMs) => {
    expect(crashBounds(others)).toEqual({ suspectMs, deadMs });
  });

  test('the bounds follow the timing', () => {
    const timing = { ...DEFAULT_TIMING, periodMs: 2_000, probeDeadlineMs: 10, suspicionMs: 7 };
    expect(crashBounds(3, timing)).toEqual({ suspectMs: 2_410, deadMs: 2_417 });
    expect(crashBounds(3, timing, { ...limits, probesPerPeriod: 2 })).toEqual({ suspectMs: 6_410, deadMs: 6_417 });
  });
});

describe('local health', () => {
  const after = (act: (health: Health) => void) => {
    const health = new Health();
    act(health);
    return [health.score, health.stretch];
  };

  test.each<[string, (health: Health) => void, number]>([
    ['is good at first', () => {}, 0],
    ['suffers from a probe that nobody hears', (health) => health.unheard(), 1],
    ['suffers from a moment of standing still', (health) => health.stalled(999), 1],
    ['suffers more from a second of it', (health) => health.stalled(1_000), 2],
    ['suffers from an hour as from a second', (health) => health.stalled(3_600_000), 2],
    [
      'is not better after the round of a complaint',
      (health) => {
        health.unheard();
        health.round();
      },
      1,
    ],
    [
      'heals by one step in each round without one',
      (health) => {
        health.stalled(1_000);
        for (let round = 0; round < 2; round += 1) health.round();
      },
      1,
    ],
    [
      'is never better than good',
      (health) => {
        health.unheard();
        for (let round = 0; round < 9; round += 1) health.round();
      },
      0,
    ],
    [
      'is never worse than 8',
      (health) => {
        for (let time = 0; time < 9; time += 1) health.stalled(1_000);
      },
      8,
    ],
  ])('%s', (_name, act, score) => {
    expect(after(act)).toEqual([score, score + 1]);
  });
});

describe('clocks', () => {
  test('an offset is the best of the last eight', () => {
    const clocks = new Clocks();
    expect(clocks.offsetMs('a')).toBeNull();
    clocks.heard('a', 10, 9_000);
    expect(clocks.offsetMs('a')).toBe(1_000);
    clocks.heard('a', 10, 9_500);
    expect(clocks.offsetMs('a'), 'a late packet makes no clock slow').toBe(1_000);
    for (let time = 0; time < 6; time += 1) clocks.heard('a', 10, 10_300);
    expect(clocks.offsetMs('a')).toBe(1_000);
    clocks.heard('a', 10, 10_300);
    expect(clocks.offsetMs('a'), 'the first is gone').toBe(500);
    clocks.heard('a', 10, 10_300);
    expect(clocks.offsetMs('a')).toBe(-300);
  });

  test('each member has its own, until it is forgotten', () => {
    const clocks = new Clocks();
    clocks.heard('a', 10, 9_000);
    clocks.heard('b', 10, 8_000);
    clocks.forget('a');
    expect([clocks.offsetMs('a'), clocks.offsetMs('b')]).toEqual([null, 2_000]);
  });

  test('4096 are kept', () => {
    const clocks = new Clocks();
    for (let index = 0; index < 4_096; index += 1) clocks.heard(`${index}`, 10, 9_000);
    expect(clocks.offsetMs('0')).toBe(1_000);
    clocks.heard('0', 10, 9_000);
    expect(clocks.offsetMs('1')).toBe(1_000);
    clocks.heard('one more', 10, 9_000);
    expect([clocks.offsetMs('0'), clocks.offsetMs('one more')]).toEqual([null, 1_000]);
  });
});

const context = () =>
  new Context({ self: SELF, random: seededRandom(1), deflate: undefined }, DEFAULT_TIMING, DEFAULT_LIMITS, {
    monotonicMs: 0,
    wallMs: 1_500,
  });

describe('our own entry', () => {
  const own = () => {
    const shared = context();
    return { own: new OwnEntry(shared), told: () => shared.next() };
  };

  test('begins alive with incarnation 1 and the time of now', () => {
    expect(own().own.entry()).toEqual({ addr: SELF, state: 'ALIVE', incarnation: 1, last_heartbeat: 1.5, metadata: {} });
  });

  test.each([
    ['ALIVE', 1, 'nothing', 1],
    ['ALIVE', 0, 'nothing', 1],
    ['ALIVE', 2, 'adopted', 2],
    ['SUSPECT', 0, 'nothing', 1],
    ['DEAD', 0, 'nothing', 1],
    ['SUSPECT', 1, 'refute', 2],
    ['DEAD', 1, 'refute', 2],
    ['DEAD', 9, 'refute', 10],
  ] as const)('told %s %d: %s', (state, incarnation, outcome, raised) => {
    const { own: mine, told } = own();
    expect(mine.claimed(entry(SELF, state, incarnation))).toBe(outcome);
    expect(mine.incarnation).toBe(raised);
    expect(told()).toEqual(raised === 1 ? undefined : { kind: 'self', incarnation: raised });
    expect(mine.entry().state).toBe('ALIVE');
  });

  test('leaves dead, one incarnation above', () => {
    const { own: mine, told } = own();
    expect(mine.left).toBe(false);
    mine.leave();
    expect(mine.left).toBe(true);
    expect(mine.entry()).toMatchObject({ state: 'DEAD', incarnation: 2 });
    expect(told()).toEqual({ kind: 'self', incarnation: 2 });
  });
});

describe('what the parts share', () => {
  test('ids are eight hex digits, short numbers filled up', () => {
    const numbers = [0, 0.5, 1 - 2 ** -32, 10 / 2 ** 32];
    const shared = new Context(
      { self: SELF, random: () => numbers.shift() ?? 0, deflate: undefined },
      DEFAULT_TIMING,
      DEFAULT_LIMITS,
      { monotonicMs: 0, wallMs: 0 },
    );
    expect([shared.newId(), shared.newId(), shared.newId(), shared.newId()]).toEqual([
      '00000000',
      '80000000',
      'ffffffff',
      '0000000a',
    ]);
  });

  test('outputs come in order, also those that are made while they are read', () => {
    const shared = context();
    const forgotten = (address: string) => ({ kind: 'forgotten' as const, address });
    shared.emit(forgotten('a'));
    shared.emit(forgotten('b'));
    expect(shared.next()).toEqual(forgotten('a'));
    shared.emit(forgotten('c'));
    expect([shared.next(), shared.next(), shared.next(), shared.next()]).toEqual([
      forgotten('b'),
      forgotten('c'),
      undefined,
      undefined,
    ]);
    shared.emit(forgotten('d'));
    expect([shared.next(), shared.next()]).toEqual([forgotten('d'), undefined]);
  });

  /** What is told of violations at these moments. */
  const told = (shared: Context, ms: number, from: string, what: string) => {
    shared.now = { monotonicMs: ms, wallMs: 0 };
    shared.violation(from, what);
    return shared.next();
  };

  test('a broken rule is told again after a minute, another one or another’s at once, and all are counted', () => {
    const shared = context();
    const x = { kind: 'violation', from: 'a', what: 'x' };
    expect(shared.violationsOf('a')).toBe(0);
    expect(told(shared, 0, 'a', 'x')).toEqual(x);
    expect(told(shared, 59_999, 'a', 'x')).toBeUndefined();
    expect(told(shared, 59_999, 'a', 'y')).toEqual({ ...x, what: 'y' });
    expect(told(shared, 59_999, 'b', 'x')).toEqual({ ...x, from: 'b' });
    expect(told(shared, 60_000, 'a', 'x')).toEqual(x);
    expect([shared.violationsOf('a'), shared.violationsOf('b'), shared.violationsOf('c')]).toEqual([4, 1, 0]);
  });

  test('of 256 sources each is counted; one more takes the place of the first', () => {
    const shared = context();
    for (let index = 0; index < 256; index += 1) told(shared, 0, `${index}`, 'x');
    expect(told(shared, 1, '0', 'x'), 'known').toBeUndefined();
    expect([shared.violationsOf('0'), shared.violationsOf('1'), shared.violationsOf('255')]).toEqual([2, 1, 1]);
    expect(told(shared, 2, 'one more', 'x')).toBeDefined();
    expect([shared.violationsOf('0'), shared.violationsOf('1'), shared.violationsOf('one more')]).toEqual([0, 1, 1]);
    expect(told(shared, 3, '5', 'x'), 'what was told was forgotten').toBeDefined();
  });
});

describe('a sample', () => {
  const items = ['a', 'b', 'c', 'd'];

  test('is of different items, all of them where more are wanted', () => {
    const random = seededRandom(3);
    for (const count of [0, 1, 2, 3, 4, 5, 100]) {
      const picked = sample(items, count, random);
      expect(picked).toHaveLength(Math.min(count, 4));
      expect(new Set(picked).size).toBe(picked.length);
      for (const item of picked) expect(items).toContain(item);
    }
    expect(sample([], 3, random)).toEqual([]);
  });

  test.each([
    [0, ['a', 'b', 'c', 'd']],
    [0.999, ['d', 'a', 'b', 'c']],
    [0.5, ['c', 'a', 'd', 'b']],
  ])('with %d for chance: %j', (chance, expected) => {
    expect(sample(items, 4, () => chance)).toEqual(expected);
  });

  test('gives each item the same chance at each place', () => {
    const random = seededRandom(7);
    const counts = new Map<string, number>();
    for (let time = 0; time < 4_000; time += 1) {
      for (const [place, item] of sample(items, 2, random).entries())
        counts.set(`${item}${place}`, (counts.get(`${item}${place}`) ?? 0) + 1);
    }
    for (const item of items) {
      for (const place of [0, 1]) expect(Math.abs((counts.get(`${item}${place}`) ?? 0) - 1_000)).toBeLessThan(120);
    }
  });
});

describe('the log of changes', () => {
  const changed = (log: ChangeLog, record: MemberRecord, version: number) => {
    record.changedAt = version;
    log.add(record);
  };
  const names = (log: ChangeLog, version: number) => log.after(version).map(({ address }) => address);

  test('gives those that changed after a version, the oldest change first, each once', () => {
    const log = new ChangeLog();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => newRecord(name, 0)) as [MemberRecord, MemberRecord, MemberRecord];
    expect(names(log, 0)).toEqual([]);
    changed(log, a, 1);
    changed(log, b, 2);
    changed(log, c, 3);
    changed(log, a, 4);
    expect([0, 1, 2, 3, 4].map((version) => names(log, version).join(''))).toEqual(['bca', 'bca', 'ca', 'a', '']);
    log.remove(c);
    log.remove(c);
    expect([0, 2].map((version) => names(log, version).join(''))).toEqual(['ba', 'a']);
    changed(log, c, 5);
    expect(names(log, 0).join('')).toBe('bac');
  });

  test('is the same however often somebody changed', () => {
    const log = new ChangeLog();
    const records = Array.from({ length: 5 }, (_unused, index) => newRecord(`${index}`, 0));
    let version = 0;
    for (let time = 0; time < 400; time += 1) {
      const record = records[(time * time) % 4];
      if (record !== undefined) changed(log, record, ++version);
    }
    for (const record of records) changed(log, record, ++version);
    expect(names(log, 0)).toEqual(['0', '1', '2', '3', '4']);
    expect(names(log, version - 2)).toEqual(['3', '4']);
    for (const record of records.slice(0, 4)) log.remove(record);
    expect(names(log, 0)).toEqual(['4']);
  });
});

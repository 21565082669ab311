/** What stands on our own row, and how leaving is timed. */
import { describe, expect, test } from 'vitest';
import { createDeparture } from '#server/mesh/departure.ts';
import { createSelfNotes, type SelfNotes } from '#server/mesh/selfNotes.ts';
import { NodeNet } from './nodeNet.ts';

const at = (monotonicMs: number, wallMs = monotonicMs) => ({ monotonicMs, wallMs });

describe('standstills', () => {
  test('a stopped process sees its deadline passed, a sleeping machine its wall clock jumped', () => {
    const stopped = createSelfNotes('127.0.0.1', at(0));
    expect(stopped.input(at(1_000), 900)).toBeNull();
    expect(stopped.input(at(61_000), 1_500)).toBe(59_500);
    const asleep = createSelfNotes('127.0.0.1', at(0));
    expect(asleep.input(at(1_000, 601_000), 900)).toBe(600_000);
    expect(asleep.changed(at(1_000, 601_000))).toBe(true);
    expect(asleep.list()).toEqual([
      'This node stood still for 600 s (a sleeping machine, a debugger): its peers may have held it for dead.',
    ]);
    expect(asleep.changed(at(2_000, 602_000))).toBe(false);
    expect(asleep.changed(at(62_000, 662_000)), 'after a minute it is over').toBe(true);
    expect(asleep.list()).toEqual([]);
  });

  test('a clock that is set back, or a late second, is none', () => {
    const notes = createSelfNotes('127.0.0.1', at(0, 1_000_000));
    expect(notes.input(at(1_000, 500_000), 1_000)).toBeNull();
    expect(notes.input(at(4_000, 503_000), 2_000)).toBeNull();
  });
});

describe('the notes', () => {
  const stood = (seconds: number) =>
    `This node stood still for ${seconds} s (a sleeping machine, a debugger): its peers may have held it for dead.`;
  const down = '10.0.0.7 is not an address of this machine any more: nobody can be reached until it is back.';
  const shown = (notes: SelfNotes, ms: number) => [notes.changed(at(ms)), notes.list()];

  test('are none at first, and nothing of that is news', () => {
    const notes = createSelfNotes('10.0.0.7', at(0));
    expect(notes.list()).toEqual([]);
    expect(shown(notes, 0)).toEqual([false, []]);
  });

  test.each([
    [4_999, null],
    [5_000, 5_000],
    [5_499, 5_499],
    [5_500, 5_500],
  ])('a deadline missed by %d ms', (lateMs, stoodMs) => {
    const notes = createSelfNotes('10.0.0.7', at(0));
    expect(notes.input(at(1_000 + lateMs), 1_000)).toBe(stoodMs);
    expect(shown(notes, 6_500)).toEqual(stoodMs === null ? [false, []] : [true, [stood(Math.round(lateMs / 1_000))]]);
  });

  test('without a deadline only the wall clock tells', () => {
    const notes = createSelfNotes('10.0.0.7', at(0, 5_000_000));
    expect(notes.input(at(100_000, 5_100_000), undefined)).toBeNull();
    expect(notes.input(at(101_000, 5_106_000), undefined)).toBe(5_000);
    expect(notes.input(at(102_000, 5_107_000), undefined), 'told once').toBeNull();
  });

  test('of a standstill stand for a minute, those of a new one in their place', () => {
    const notes = createSelfNotes('10.0.0.7', at(0));
    notes.input(at(10_000), 0);
    expect(shown(notes, 10_000)).toEqual([true, [stood(10)]]);
    notes.input(at(40_000), 20_000);
    expect(shown(notes, 40_000)).toEqual([true, [stood(20)]]);
    expect(shown(notes, 99_999)).toEqual([false, [stood(20)]]);
    expect(shown(notes, 100_000)).toEqual([true, []]);
  });

  test('stand in this order, and a change in the last of them is one', () => {
    const notes = createSelfNotes('10.0.0.7', at(0));
    notes.stranger('1.2.3.4:5', 'It shouts.', at(0));
    notes.network(false);
    notes.input(at(10_000), 0);
    expect(shown(notes, 10_000)).toEqual([true, [down, stood(10), '1.2.3.4:5, no member: It shouts.']]);
    notes.network(true);
    notes.stranger('1.2.3.4:5', 'It sings.', at(10_000));
    expect(shown(notes, 10_000)).toEqual([
      true,
      [stood(10), '1.2.3.4:5, no member: It shouts.', '1.2.3.4:5, no member: It sings.'],
    ]);
    expect(shown(notes, 20_000)[0]).toBe(false);
  });

  test('of strangers stand for ten minutes after the last time, and are four at most', () => {
    const notes = createSelfNotes('10.0.0.7', at(0));
    notes.stranger('a', 'x', at(1_000));
    notes.stranger('b', 'x', at(1_000));
    notes.stranger('a', 'x', at(2_000));
    expect(shown(notes, 600_999)).toEqual([true, ['a, no member: x', 'b, no member: x']]);
    expect(shown(notes, 601_000)).toEqual([true, ['a, no member: x']]);
    expect(shown(notes, 601_999)).toEqual([false, ['a, no member: x']]);
    expect(shown(notes, 602_000)).toEqual([true, []]);
    for (const name of ['a', 'b', 'c', 'd', 'e']) notes.stranger(name, 'x', at(700_000));
    expect(shown(notes, 700_000)).toEqual([true, ['a', 'b', 'c', 'd'].map((name) => `${name}, no member: x`)]);
  });
});

test('an address that is gone is said until it is back', () => {
  const net = new NodeNet();
  const one = net.add(7_001);
  net.inject(one.address, { kind: 'network', up: false });
  net.run(10);
  expect(one.node.snapshot().self.warnings).toEqual([
    '127.0.0.1 is not an address of this machine any more: nobody can be reached until it is back.',
  ]);
  net.inject(one.address, { kind: 'network', up: true });
  net.run(10);
  expect(one.node.snapshot().self.warnings).toBeUndefined();
});

describe('a machine that sleeps for 10 minutes', () => {
  function sleep() {
    const net = new NodeNet();
    const one = net.add(7_001);
    const two = net.add(7_002, { seeds: [one.address] });
    const three = net.add(7_003, { seeds: [one.address] });
    net.run(5_000);
    two.command({ command: 'announce', id: 1, agents: [{ role: 'sleeper', capabilities: [], description: '' }] });
    net.run(1_000);
    net.down.add(two.address);
    net.run(600_000);
    expect(one.peer(two.address)?.state).toBe('dead');
    const events = two.events.length;
    net.down.delete(two.address);
    net.run(5_000);
    return { one, two, three, told: two.events.slice(events) };
  }

  test('accuses nobody on waking, is alive for all again within seconds with its role, and says what happened', () => {
    const { one, two, three, told } = sleep();
    const accused = told.flatMap((event) =>
      event.event === 'delta' ? event.delta.peers.filter((peer) => peer.state !== 'alive').map((peer) => peer.id) : [],
    );
    expect(accused).toEqual([]);
    for (const node of [one, three]) {
      expect(node.peer(two.address)).toMatchObject({ state: 'alive', agents: [{ role: 'sleeper' }] });
      expect(node.roles()).toEqual(['sleeper']);
    }
    expect(two.node.snapshot().self.warnings).toEqual([
      expect.stringMatching(/^This node stood still for 60\d s \(a sleeping machine, a debugger\)/),
    ]);
    expect(told.filter((event) => event.event === 'log' && event.level === 'warn')).toMatchObject([
      { text: expect.stringMatching(/^This node stood still for 60\d s\.$/) },
    ]);
  });
});

test('a network that is gone for a minute: everybody dead for us, and alive again soon after it is back', () => {
  const net = new NodeNet();
  const one = net.add(7_001);
  const others = [net.add(7_002, { seeds: [one.address] }), net.add(7_003, { seeds: [one.address] })];
  net.run(5_000);
  for (const node of [one, ...others]) net.cut.add(node.address);
  net.run(60_000);
  for (const other of others) expect(one.peer(other.address)?.state).toBe('dead');
  net.cut.clear();
  // A dead member is probed at most 30 s apart.
  net.run(35_000);
  for (const node of [one, ...others])
    for (const other of [one, ...others])
      if (other !== node) expect(node.peer(other.address)?.state, `${other.address} for ${node.address}`).toBe('alive');
});

describe('leaving', () => {
  test('the farewell follows the last confirmation at once, and is said twice', () => {
    const departure = createDeparture(1_000);
    expect(departure.next(2, 1_000)).toBe('wait');
    expect(departure.next(0, 1_010)).toBe('farewell');
    expect(departure.next(0, 1_010)).toBe('wait');
    expect(departure.deadlineMs).toBe(1_040);
    expect(departure.next(0, 1_040)).toBe('farewell');
    expect(departure.next(0, 1_040)).toBe('done');
  });

  test('a peer that does not confirm delays neither the farewell nor the end for long', () => {
    const departure = createDeparture(1_000);
    expect(departure.next(1, 1_039)).toBe('wait');
    expect(departure.next(1, 1_040)).toBe('farewell');
    expect(departure.next(1, 1_070)).toBe('farewell');
    expect(departure.next(1, 1_071)).toBe('wait');
    expect(departure.deadlineMs).toBe(1_700);
    expect(departure.next(1, 1_700)).toBe('done');
  });
});

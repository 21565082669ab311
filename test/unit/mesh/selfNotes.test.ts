/** What stands on our own row, and how leaving is timed. */
import { describe, expect, test } from 'vitest';
import { createDeparture } from '#server/mesh/departure.ts';
import { createSelfNotes } from '#server/mesh/selfNotes.ts';
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

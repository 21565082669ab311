import { describe, expect, test } from 'vitest';
import type { Swim } from '#server/mesh/swim/types.ts';
import { addresses, World } from './world.ts';

function startFleet(world: World, count: number, spreadMs = 0): Map<string, Swim> {
  const all = addresses(count);
  const fleet = new Map<string, Swim>();
  for (const [index, address] of all.entries()) {
    const seed = all[0];
    fleet.set(address, world.start(address, index === 0 || seed === undefined ? [] : [seed]));
    if (spreadMs > 0) world.run(spreadMs);
  }
  return fleet;
}

function everybodySeesAlive(fleet: Map<string, Swim>): boolean {
  return [...fleet.values()].every(
    (swim) => swim.members().length === fleet.size - 1 && swim.members().every((member) => member.state === 'alive'),
  );
}

describe('joining', () => {
  test.each([2, 3, 10, 40])('%d nodes that start together all know each other within 1.5 s', (count) => {
    const world = new World(count);
    const fleet = startFleet(world, count);
    expect(world.until(() => everybodySeesAlive(fleet), 1_500)).toBeLessThan(1_500);
  });

  test('a newcomer has the full view, and everybody has it, within a few round trips', () => {
    const world = new World(7);
    const fleet = startFleet(world, 20);
    world.until(() => everybodySeesAlive(fleet), 3_000);
    world.run(5_000);
    world.network.delayMs = [0.5, 0.5];
    const newcomer = '127.0.0.1:21000';
    fleet.set(newcomer, world.start(newcomer, ['127.0.0.1:20003']));
    expect(world.until(() => everybodySeesAlive(fleet), 1_000)).toBeLessThanOrEqual(5);
  });

  test('a seed that starts late is joined within the retry limit', () => {
    const world = new World(8);
    const early = world.start('127.0.0.1:20001', ['127.0.0.1:20000']);
    world.run(60_000);
    expect(early.members()).toEqual([]);
    expect(early.seeds()).toMatchObject([{ address: '127.0.0.1:20000', state: 'silent' }]);
    const late = world.start('127.0.0.1:20000', []);
    const took = world.until(() => early.members().length === 1 && late.members().length === 1, 10_000);
    expect(took).toBeLessThan(6_000);
    expect(early.seeds()).toMatchObject([{ state: 'answering' }]);
  });
});

describe('crash, restart, leave', () => {
  test.each([2, 3, 10])('of %d nodes: suspect within 2.2 s, dead within 5 s, nobody else accused', (count) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const world = new World(seed * 100 + count);
      const fleet = startFleet(world, count);
      world.until(() => everybodySeesAlive(fleet), 3_000);
      world.run(3_000 + world.random() * 1_000);
      const victim = `127.0.0.1:${20_000 + count - 1}`;
      const killedMs = world.now.monotonicMs;
      const from = world.changes.length;
      world.crash(victim);
      world.run(10_000);
      const changes = world.changes.slice(from);
      expect(changes.every((change) => change.about === victim)).toBe(true);
      for (const observer of addresses(count - 1)) {
        const states = changes
          .filter((change) => change.at === observer)
          .map((change) => [change.to, change.atMs - killedMs] as const);
        expect(states.map(([state]) => state)).toEqual(['suspect', 'dead']);
        expect(states[0]?.[1]).toBeLessThan(2_200);
        expect(states[1]?.[1]).toBeLessThan(5_000);
      }
    }
  });

  test('no accusation of our own is ever sent', () => {
    const world = new World(11);
    world.recordSent = true;
    const fleet = startFleet(world, 5);
    world.run(3_000);
    world.crash('127.0.0.1:20004');
    world.run(40_000);
    expect(fleet.get('127.0.0.1:20000')?.member('127.0.0.1:20004')?.state).toBe('dead');
    const accusations = world.sent.filter(
      ({ message }) =>
        (message.type === 'HEARTBEAT' || message.type === 'SYNC-RESP') &&
        message.digest.entries.some((entry) => entry.state !== 'ALIVE'),
    );
    expect(world.sent.length).toBeGreaterThan(200);
    expect(accusations).toEqual([]);
  });

  test('a restart on the same address is alive again everywhere at once, from suspect and from dead', () => {
    for (const downMs of [2_500, 8_000, 60_000]) {
      const world = new World(downMs);
      const fleet = startFleet(world, 4);
      world.run(4_000);
      const victim = '127.0.0.1:20003';
      world.crash(victim);
      world.run(downMs);
      fleet.set(victim, world.start(victim, ['127.0.0.1:20000']));
      expect(world.until(() => everybodySeesAlive(fleet), 5_000)).toBeLessThanOrEqual(300);
    }
  });

  test('a leave is seen as a leave, a return after it as alive with a higher incarnation', () => {
    const world = new World(12);
    const fleet = startFleet(world, 4);
    world.run(4_000);
    const leaver = '127.0.0.1:20002';
    world.give(leaver, { kind: 'leave' });
    world.run(30);
    for (const [address, swim] of fleet) if (address !== leaver) expect(swim.member(leaver)?.state).toBe('left');
    world.crash(leaver);
    world.run(20_000);
    for (const [address, swim] of fleet) if (address !== leaver) expect(swim.member(leaver)?.state).toBe('left');
    const again = world.start(leaver, ['127.0.0.1:20000']);
    fleet.set(leaver, again);
    expect(world.until(() => everybodySeesAlive(fleet), 1_000)).toBeLessThanOrEqual(300);
    expect(again.incarnation).toBeGreaterThan(2);
  });

  test('the dead are forgotten after the configured time and do not come back by gossip', () => {
    const world = new World(13);
    const all = addresses(3);
    const fleet = all.map((address) => world.start(address, all.slice(0, 1), { forgetAfterMs: 20_000 }));
    world.run(3_000);
    world.crash('127.0.0.1:20002');
    world.run(6_000);
    expect(fleet[0]?.member('127.0.0.1:20002')?.state).toBe('dead');
    world.run(40_000);
    for (const swim of fleet.slice(0, 2)) expect(swim.members().map((member) => member.address)).toHaveLength(1);
    world.run(120_000);
    for (const swim of fleet.slice(0, 2)) expect(swim.members()).toHaveLength(1);
  });
});

describe('quiet fleets stay quiet', () => {
  test('ten nodes, ten minutes, no loss: nobody is ever suspected, and each wakes a few times a second', () => {
    const world = new World(14);
    const fleet = startFleet(world, 10);
    world.until(() => everybodySeesAlive(fleet), 3_000);
    const before = world.changes.length;
    const packets = world.packets;
    world.run(600_000);
    expect(world.changes.slice(before)).toEqual([]);
    // 9 PINGs and 9 PONGs a second, one heartbeat, a little sync.
    expect((world.packets - packets) / 600 / 10).toBeLessThan(20);
    for (const swim of fleet.values()) expect(swim.localHealth).toBe(0);
  });

  test('a node that was stopped for a minute accuses nobody when it wakes, and is alive again for the others at once', () => {
    const world = new World(15);
    const fleet = startFleet(world, 5);
    world.run(4_000);
    const sleeper = '127.0.0.1:20002';
    const before = world.changes.length;
    world.stall(sleeper, 60_000);
    world.run(60_000);
    expect(fleet.get('127.0.0.1:20000')?.member(sleeper)?.state).toBe('dead');
    world.run(20_000);
    expect(world.changes.slice(before).filter((change) => change.at === sleeper)).toEqual([]);
    expect(everybodySeesAlive(fleet)).toBe(true);
  });
});

describe('a node that does not run for ten minutes', () => {
  // CLOCK_MONOTONIC stands still while a laptop sleeps; a process stopped in a debugger sees ten minutes go by at once.
  test.each(['sleep', 'stall'] as const)('%s: accuses nobody when it goes on, and is alive for all within seconds', (how) => {
    const world = new World(how.length);
    const fleet = startFleet(world, 5);
    world.run(4_000);
    const sleeper = '127.0.0.1:20002';
    const before = world.changes.length;
    world[how](sleeper, 600_000);
    world.run(600_000);
    for (const [address, swim] of fleet) if (address !== sleeper) expect(swim.member(sleeper)?.state).toBe('dead');
    expect(world.until(() => everybodySeesAlive(fleet), 5_000)).toBeLessThan(5_000);
    world.run(60_000);
    expect(world.changes.slice(before).filter((change) => change.at === sleeper)).toEqual([]);
    expect(everybodySeesAlive(fleet)).toBe(true);
    expect(fleet.get(sleeper)?.localHealth).toBe(0);
  });

  test('own late ticks slow our accusations: a node that is always late needs longer to suspect, and still comes to it', () => {
    const [self = '', victim = ''] = addresses(2);
    const verdicts = (late: boolean): { suspectMs: number; health: number } => {
      const world = new World(5);
      const swim = world.start(self, []);
      world.start(victim, [self]);
      world.run(3_000);
      world.crash(victim);
      const crashedMs = world.now.monotonicMs;
      let health = 0;
      while (swim.member(victim)?.state === 'alive') {
        if (late) world.stall(self, 250);
        world.run(260);
        health = Math.max(health, swim.localHealth);
        expect(world.now.monotonicMs - crashedMs).toBeLessThan(60_000);
      }
      return { suspectMs: world.now.monotonicMs - crashedMs, health };
    };
    const healthy = verdicts(false);
    const late = verdicts(true);
    expect(healthy.health).toBe(0);
    expect(late.health).toBeGreaterThan(0);
    expect(late.suspectMs).toBeGreaterThan(healthy.suspectMs + 1_000);
  });
});

describe('bad networks', () => {
  test('the same seed gives the same trace, another seed another one', () => {
    const run = (seed: number): number => {
      const world = new World(seed);
      world.tracing = true;
      world.network.loss = 0.1;
      world.network.duplication = 0.1;
      world.network.delayMs = [0.1, 80];
      startFleet(world, 6, 50);
      world.run(20_000);
      world.crash('127.0.0.1:20003');
      world.run(20_000);
      return world.trace;
    };
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  test('5 % loss, duplication and reordering for 10 minutes: nobody is taken for dead', () => {
    const world = new World(16);
    world.network.loss = 0.05;
    world.network.duplication = 0.05;
    world.network.delayMs = [1, 60];
    const fleet = startFleet(world, 8);
    world.until(() => everybodySeesAlive(fleet), 10_000);
    world.run(600_000);
    expect(world.changes.filter((change) => change.to === 'dead')).toEqual([]);
  });

  test('a partition heals by itself, and nobody had gossiped an accusation', () => {
    const world = new World(17);
    const fleet = startFleet(world, 6);
    world.run(4_000);
    const left = (address: string): boolean => Number(address.slice(-1)) < 3;
    world.network.passes = (from, to) => left(from) === left(to);
    world.run(30_000);
    expect(
      fleet
        .get('127.0.0.1:20000')
        ?.members()
        .map((member) => member.state),
    ).toEqual(['alive', 'alive', 'dead', 'dead', 'dead']);
    world.network.passes = () => true;
    expect(world.until(() => everybodySeesAlive(fleet), 40_000)).toBeLessThan(35_000);
    for (const swim of fleet.values()) expect(swim.incarnation).toBe(1);
  });

  test('one direction of one link is lost: helpers reach the node, nobody suspects it for long', () => {
    const world = new World(18);
    const fleet = startFleet(world, 5);
    world.run(4_000);
    world.network.passes = (from, to) => !(from === '127.0.0.1:20001' && to === '127.0.0.1:20002');
    world.run(30_000);
    expect(world.changes.filter((change) => change.to === 'dead')).toEqual([]);
    expect(fleet.get('127.0.0.1:20002')?.member('127.0.0.1:20001')?.state).toBe('alive');
  });
});

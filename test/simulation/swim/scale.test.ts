/** The bounds of the SWIM paper in fleets of ours; a thousand nodes for two minutes are in the soak lane. */
import { describe, expect, test } from 'vitest';
import { crashBounds, DEFAULT_LIMITS, DEFAULT_TIMING, helpersFor, probesFor } from '#server/mesh/swim/timing.ts';
import { crashOne, missing, spreadBoundMs, startTogether } from './scale.ts';
import { addresses, World } from './world.ts';

describe('completeness: everybody sees a crash, and nobody else is accused', () => {
  test.each([2, 3, 10, 20, 32, 33])(
    '%d nodes: within the bound of one node’s own probes',
    (count) => {
      const bound = crashBounds(count - 1);
      expect(bound.suspectMs).toBe(2_200);
      expect(bound.deadMs).toBeLessThanOrEqual(5_000);
      for (let seed = 1; seed <= (count > 10 ? 3 : 12); seed += 1) {
        const fleet = startTogether(count, seed * 1_000 + count);
        fleet.world.run(4_000 + fleet.world.random() * 1_000);
        expect(missing(fleet)).toBe(0);
        const victim = fleet.all[Math.floor(fleet.world.random() * count)] ?? '';
        const seen = crashOne(fleet, victim, 7_000);
        expect(seen).toMatchObject({ suspecting: count - 1, burying: count - 1, others: 0 });
        expect(seen.lastSuspectMs).toBeLessThanOrEqual(bound.suspectMs);
        expect(seen.lastDeadMs).toBeLessThanOrEqual(bound.deadMs);
      }
    },
    60_000,
  );

  test.each([64, 128])(
    '%d nodes: one looks, its questions make all look',
    (count) => {
      const others = count - 1;
      const bound = spreadBoundMs(others, probesFor(others, DEFAULT_LIMITS), helpersFor(others), DEFAULT_TIMING);
      expect(bound).toBeLessThan(crashBounds(others).suspectMs);
      for (let seed = 1; seed <= 128 / count; seed += 1) {
        const fleet = startTogether(count, seed * 1_000 + count);
        fleet.world.run(5_000 + fleet.world.random() * 1_000);
        expect(missing(fleet)).toBe(0);
        const seen = crashOne(fleet, fleet.all[count - 1 - seed] ?? '', 9_000);
        expect(seen).toMatchObject({ suspecting: others, burying: others, others: 0 });
        expect(seen.lastSuspectMs).toBeLessThanOrEqual(bound);
        expect(seen.lastDeadMs).toBeLessThanOrEqual(5_000);
      }
    },
    120_000,
  );
});

test('the first look at a crashed member, one probe a period each: e/(e-1) periods are expected', () => {
  const count = 16;
  const periods: number[] = [];
  for (let seed = 1; seed <= 50; seed += 1) {
    const fleet = startTogether(count, seed, { probesPerPeriod: 1 });
    const { world } = fleet;
    world.run(5_000 + world.random() * 1_000);
    const victim = fleet.all[1 + (seed % (count - 1))] ?? '';
    world.crash(victim);
    const crashedMs = world.now.monotonicMs;
    world.recordSent = true;
    const looked = (): boolean => world.sent.some(({ to, message }) => to === victim && message.type === 'PING');
    world.until(looked, 15_000);
    periods.push(Math.ceil((world.now.monotonicMs - crashedMs) / DEFAULT_TIMING.periodMs));
  }
  const mean = periods.reduce((sum, value) => sum + value, 0) / periods.length;
  const deviation = Math.sqrt(periods.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (periods.length - 1));
  // Three standard errors; the run is the same every time.
  expect(mean).toBeLessThanOrEqual(Math.E / (Math.E - 1) + (3 * deviation) / Math.sqrt(periods.length));
}, 60_000);

test('round robin: between two looks of one node at the same member lie at most 2 n - 1 periods, whoever joins meanwhile', () => {
  const count = 24;
  const world = new World(4);
  world.recordFirstSight = false;
  const all = addresses(count);
  const [observer = '', ...members] = all;
  world.start(observer, [], { limits: { probesPerPeriod: 1 } });
  // The others look at nobody, so that no packet of theirs spares the observer a look.
  for (const address of members) {
    world.start(address, [observer], { timing: { periodMs: 1_000_000 } });
    world.run(1_500);
  }
  const settledMs = world.now.monotonicMs;
  world.recordSent = true;
  world.run(4 * count * 1_000);
  for (const member of members) {
    const looks = world.sent
      .filter(({ from, to, message }) => from === observer && to === member && message.type === 'PING')
      .map(({ atMs }) => atMs);
    expect(looks.length).toBeGreaterThanOrEqual(2);
    for (const [index, atMs] of [...looks, world.now.monotonicMs].entries()) {
      const gapMs = atMs - (looks[index - 1] ?? settledMs);
      expect(gapMs).toBeLessThanOrEqual((2 * count - 1) * DEFAULT_TIMING.periodMs);
    }
  }
});

test.each([32, 128])(
  'news reaches all of %d nodes within 3 + log2 n rounds',
  (count) => {
    for (let seed = 1; seed <= 128 / count; seed += 1) {
      const fleet = startTogether(count, seed * 7);
      const { world, nodes } = fleet;
      world.run(20_000);
      const [told = '', about = ''] = [fleet.all[3], fleet.all[count - 1]];
      const entry = { addr: about, state: 'ALIVE', incarnation: 40, last_heartbeat: 1, metadata: {} };
      const own = { ...entry, addr: fleet.all[1] ?? '', incarnation: 1 };
      const digest = { version: 1, entries: [own, entry], is_full: false, timestamp: 1, source: own.addr };
      const message = { type: 'HEARTBEAT', from: own.addr, digest, id: 'x', timestamp: 1 };
      world.give(told, { kind: 'datagram', from: own.addr, bytes: new TextEncoder().encode(JSON.stringify(message)) });
      const rounds = (3 + Math.ceil(Math.log2(count))) * DEFAULT_TIMING.periodMs;
      const tookMs = world.until(
        () => [...nodes].every(([at, swim]) => (at === about ? swim.incarnation : swim.member(about)?.incarnation) === 40),
        rounds,
      );
      expect(tookMs).toBeLessThanOrEqual(rounds);
    }
  },
  60_000,
);

test('accuracy: 64 nodes, two minutes, 2 % loss: nobody is taken for dead', () => {
  const fleet = startTogether(64, 5);
  fleet.world.network.loss = 0.02;
  fleet.world.network.delayMs = [0.5, 20];
  fleet.world.run(120_000);
  expect(fleet.world.changes.filter((change) => change.to === 'dead')).toEqual([]);
  expect(missing(fleet)).toBe(0);
}, 120_000);

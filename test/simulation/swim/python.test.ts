import { describe, expect, test } from 'vitest';
import type { Swim } from '#server/mesh/swim/types.ts';
import { PythonModel } from './pythonModel.ts';
import { seededRandom, World } from './world.ts';

const P = ['127.0.0.1:30000', '127.0.0.1:30001', '127.0.0.1:30002'] as const;
const OURS = '127.0.0.1:20000';

function python(world: World, self: string, seeds: readonly string[]): PythonModel {
  const model = new PythonModel(self, seeds, seededRandom(Math.floor(world.random() * 2 ** 32)), world.now);
  world.add(self, model);
  return model;
}

/** Three Python nodes and ours, all acquainted. */
function mixed(seed: number): { world: World; models: PythonModel[]; swim: Swim } {
  const world = new World(seed);
  const models = P.map((address, index) => python(world, address, index === 0 ? [] : [P[0]]));
  world.run(3_000);
  const swim = world.start(OURS, [P[1]]);
  world.until(() => swim.members().length === 3 && models.every((model) => model.state(OURS) === 'ALIVE'), 5_000);
  world.run(2_000);
  return { world, models, swim };
}

const SEEDS = [1, 2, 3, 4, 5];

test.each(SEEDS)('join, seed %d: everybody lists us within a second, we list everybody within a few round trips', (seed) => {
  const world = new World(seed);
  const models = P.map((address, index) => python(world, address, index === 0 ? [] : [P[0]]));
  world.run(5_000);
  const swim = world.start(OURS, [P[1]]);
  expect(
    world.until(() => swim.members().length === 3 && swim.members().every((member) => member.opinion === 'alive'), 1_000),
  ).toBeLessThanOrEqual(10);
  expect(world.until(() => models.every((model) => model.state(OURS) === 'ALIVE'), 1_000)).toBeLessThanOrEqual(10);
});

test('a Python node that has us as its only seed is listed with its first packet', () => {
  const world = new World(6);
  const swim = world.start(OURS, []);
  const others = [python(world, P[0], [OURS]), python(world, P[1], [OURS])];
  expect(world.until(() => swim.members().length === 2, 1_000)).toBeLessThan(520);
  // They learn each other through us.
  expect(world.until(() => others.every((model) => Object.keys(model.view()).length === 3), 2_000)).toBeLessThan(1_000);
});

test.each(SEEDS)('quiet for five minutes, seed %d: nobody suspects us, we suspect nobody', (seed) => {
  const { world, models, swim } = mixed(seed);
  const before = world.changes.length;
  for (let minute = 0; minute < 300; minute += 1) {
    world.run(1_000);
    for (const model of models) expect(model.view()[OURS]).toBe('ALIVE 1');
  }
  expect(world.changes.slice(before)).toEqual([]);
  expect(swim.incarnation).toBe(1);
});

describe('a Python node is killed', () => {
  test.each(SEEDS)('seed %d: suspect within 2.2 s, dead within 5 s, and the fleet’s DEAD/SUSPECT flips are no return', (seed) => {
    const { world, swim } = mixed(seed);
    const before = world.changes.length;
    const killedMs = world.now.monotonicMs;
    world.crash(P[2]);
    world.run(240_000);
    const changes = world.changes.slice(before).map(({ about, to, atMs }) => ({ about, to, afterMs: atMs - killedMs }));
    expect(changes.map(({ about, to }) => `${about} ${to}`)).toEqual([`${P[2]} suspect`, `${P[2]} dead`]);
    expect(changes[0]?.afterMs).toBeLessThan(2_200);
    expect(changes[1]?.afterMs).toBeLessThan(5_000);
    expect(swim.member(P[2])).toMatchObject({ state: 'dead', opinion: 'dead' });
    // The flips did happen on the wire.
    expect(swim.member(P[2])?.incarnation).toBeGreaterThan(3);
  });

  test('restarted, its fleet holds it dead while it answers us; a readmit brings it back everywhere', () => {
    let stuck = 0;
    for (const seed of SEEDS) {
      const { world, models, swim } = mixed(seed);
      world.crash(P[2]);
      world.run(25_000);
      const reborn = python(world, P[2], [P[0]]);
      world.run(4_000);
      if (reborn.state(P[2]) !== 'DEAD') continue;
      stuck += 1;
      expect(swim.member(P[2])).toMatchObject({ state: 'dead', opinion: 'alive', localOpinion: 'It answers our probes.' });
      world.give(OURS, { kind: 'readmit', address: P[2] });
      world.run(50);
      expect(swim.member(P[2])?.state).toBe('alive');
      for (const model of [models[0], models[1], reborn]) expect(model?.state(P[2])).toBe('ALIVE');
      world.run(20_000);
      for (const model of [models[0], models[1], reborn]) expect(model?.state(P[2])).toBe('ALIVE');
      expect(swim.member(P[2])?.state).toBe('alive');
    }
    expect(stuck).toBeGreaterThan(0);
  });
});

describe('we are accused', () => {
  test.each(['SUSPECT', 'DEAD'] as const)('%s about us is taken back everywhere within a period', (state) => {
    const { world, models } = mixed(7);
    const accusation = { version: 1, is_full: false, timestamp: 1, source: P[0] };
    const digest = {
      ...accusation,
      entries: [
        { addr: P[0], state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {} },
        { addr: OURS, state, incarnation: 9, last_heartbeat: 1, metadata: {} },
      ],
    };
    const bytes = new TextEncoder().encode(JSON.stringify({ type: 'HEARTBEAT', from: P[0], digest, id: 'x', timestamp: 1 }));
    for (const victim of [P[1], P[2], OURS]) world.give(victim, { kind: 'datagram', from: P[0], bytes });
    world.run(5);
    for (const model of models) expect(model.view()[OURS]).toBe('ALIVE 10');
  });

  test('after our restart we are alive again for all within a second, though they held us dead', () => {
    const { world, models } = mixed(8);
    world.crash(OURS);
    world.run(25_000);
    for (const model of models) expect(model.state(OURS)).not.toBe('ALIVE');
    const again = world.start(OURS, [P[1]]);
    expect(world.until(() => models.every((model) => model.state(OURS) === 'ALIVE'), 5_000)).toBeLessThan(300);
    expect(again.incarnation).toBeGreaterThan(1);
  });
});

test('our leave is DEAD for every Python node within 30 ms', () => {
  const { world, models } = mixed(9);
  world.give(OURS, { kind: 'leave' });
  world.run(30);
  for (const model of models) expect(model.view()[OURS]).toBe('DEAD 2');
});

test('a Python node that stands at a breakpoint for a minute loses nothing through us', () => {
  const { world, swim } = mixed(10);
  world.recordSent = true;
  // Only our own opinion counts here: the other Python nodes are gone.
  world.crash(P[0]);
  world.crash(P[1]);
  world.run(1_000);
  world.stall(P[2], 60_000);
  world.run(55_000);
  expect(swim.member(P[2])).toMatchObject({ state: 'dead', gossipState: 'ALIVE' });
  world.run(7_000);
  expect(world.until(() => swim.member(P[2])?.state === 'alive', 35_000)).toBeLessThan(35_000);
  const accusations = world.sent.filter(
    ({ from, message }) =>
      from === OURS &&
      message.type === 'HEARTBEAT' &&
      message.digest.entries.some((entry) => entry.addr === P[2] && entry.state !== 'ALIVE'),
  );
  expect(world.sent.length).toBeGreaterThan(100);
  expect(accusations).toEqual([]);
});

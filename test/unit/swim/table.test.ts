/** What is kept of the other members, for how long, and who is told of a change. */
import { describe, expect, test } from 'vitest';
import { Context } from '#server/mesh/swim/context.ts';
import { MemberTable } from '#server/mesh/swim/table.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMING } from '#server/mesh/swim/timing.ts';
import type { SwimOutput } from '#server/mesh/swim/types.ts';
import { B, C, D, Driver, entry, evenChance, SELF, withTwo } from './driver.ts';

const E = '127.0.0.1:7950';
const F = '127.0.0.1:7951';

function tableOf(forgetAfterMs = 5_000, members = 100) {
  const told: string[] = [];
  const limits = { ...DEFAULT_LIMITS, members };
  const context = new Context({ self: SELF, random: evenChance(), deflate: undefined }, DEFAULT_TIMING, limits, {
    monotonicMs: 0,
    wallMs: 0,
  });
  const note = (what: string) => (record: { readonly address: string }) => void told.push(`${what} ${record.address}`);
  const table = new MemberTable(context, forgetAfterMs, {
    changed: note('changed'),
    named: note('named'),
    back: note('back'),
    forgotten: note('forgotten'),
  });
  const take = () => told.splice(0);
  const outputs = () => {
    const all: SwimOutput[] = [];
    for (let output = context.next(); output !== undefined; output = context.next()) all.push(output);
    return all;
  };
  const at = (ms: number) => {
    context.now = { monotonicMs: ms, wallMs: ms };
  };
  const record = (address: string) => {
    const found = table.get(address);
    if (found === undefined) throw new Error(`${address} is not known`);
    return found;
  };
  return { table, take, outputs, at, record };
}
const names = (records: readonly { readonly address: string }[]) => records.map(({ address }) => address);

describe('who is told', () => {
  test('a new member is a change and a name; the same word again is nothing', () => {
    const { table, take, outputs } = tableOf();
    expect(table.merge(entry(B), C)).toBe(true);
    expect(take()).toEqual([`changed ${B}`, `named ${B}`]);
    expect(outputs()).toMatchObject([{ kind: 'member', member: { address: B, observedBy: C }, previous: null }]);
    table.merge(entry(B), D);
    table.merge({ ...entry(B), last_heartbeat: 1_785_000_001 }, D);
    table.merge(entry(B, 'DEAD', 0), D);
    expect(take()).toEqual([]);
    expect(outputs()).toEqual([]);
    expect(table.version).toBe(1);
  });

  test('a member that is named dead, or that we heard before, is a change only', () => {
    const { table, take, record } = tableOf();
    table.merge(entry(B, 'DEAD'), C);
    expect(take()).toEqual([`changed ${B}`]);
    table.ensure(D);
    table.heard(record(D));
    expect(take()).toEqual([]);
    table.merge(entry(D), C);
    expect(take()).toEqual([`changed ${D}`]);
    table.merge(entry(D, 'SUSPECT'), C);
    table.merge(entry(D, 'ALIVE', 2), C);
    expect(take(), 'not a name any more').toEqual([`changed ${D}`, `changed ${D}`]);
    expect(table.version).toBe(4);
  });

  test('a member that we gave up comes back with its next packet, once', () => {
    const { table, take, record } = tableOf();
    table.merge(entry(B), C);
    table.heard(record(B));
    table.judge(record(B), 'suspect', 'Silent.');
    table.heard(record(B));
    take();
    table.judge(record(B), 'dead', 'Gone.');
    table.heard(record(B));
    table.heard(record(B));
    expect(take()).toEqual([`back ${B}`]);
  });

  test('a member is forgotten once, and what is said of it then is no change until it is alive again', () => {
    const { table, take, outputs, record } = tableOf();
    table.merge(entry(B, 'DEAD'), C);
    take();
    outputs();
    table.hide(record(B));
    table.hide(record(B));
    expect(take()).toEqual([`forgotten ${B}`]);
    expect(outputs()).toEqual([{ kind: 'forgotten', address: B }]);
    expect(table.listed()).toEqual([]);
    table.merge(entry(B, 'SUSPECT', 2), C);
    table.merge(entry(B, 'DEAD', 3), C);
    expect(take()).toEqual([]);
    expect(outputs()).toEqual([]);
    table.merge(entry(B, 'ALIVE', 4), C);
    expect(take()).toEqual([`changed ${B}`]);
    expect(outputs()).toMatchObject([{ kind: 'member', previous: null, member: { state: 'alive', incarnation: 4 } }]);
  });

  test('a packet brings back who was forgotten', () => {
    const { table, outputs, record } = tableOf();
    table.merge(entry(B, 'DEAD'), C);
    table.hide(record(B));
    outputs();
    table.heard(record(B));
    expect(outputs()).toMatchObject([{ kind: 'member', previous: null, member: { state: 'dead', opinion: 'alive' } }]);
  });
});

describe('what is shown', () => {
  test('stands by address, in one list until something visible changes', () => {
    const { table, record } = tableOf();
    for (const address of [D, B, E, C]) table.merge(entry(address), address);
    const list = table.listed();
    expect(names(list)).toEqual([B, C, D, E]);
    table.merge({ ...entry(B), last_heartbeat: 1_785_000_001 }, B);
    expect(table.listed()).toBe(list);
    table.warn(record(B), 'It shouts.');
    expect(table.listed()).not.toBe(list);
  });

  test('of warnings are eight, each once', () => {
    const { table, record } = tableOf();
    table.merge(entry(B), C);
    for (const text of ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) table.warn(record(B), text);
    expect(record(B).warnings.join('')).toBe('abcdefgh');
  });

  test('of accusers are eight, each once, none for another word, and not itself', () => {
    const { table, record } = tableOf();
    table.merge(entry(B, 'SUSPECT', 2), 't0');
    table.merge(entry(B, 'SUSPECT', 2), 't0');
    table.merge(entry(B, 'SUSPECT', 2), B);
    table.merge(entry(B, 'SUSPECT', 1), 'older');
    table.merge(entry(B, 'ALIVE', 2), 'kinder');
    for (let index = 1; index < 12; index += 1) table.merge(entry(B, 'SUSPECT', 2), `t${index}`);
    expect(record(B).accusers).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7']);
    table.merge(entry(B, 'ALIVE', 3), 't0');
    expect(record(B).accusers).toEqual([]);
  });

  test.each(['suspect', 'dead'] as const)('a fresh ALIVE ends our own %s, and the next probe is due at once', (opinion) => {
    const { table, at, record } = tableOf();
    table.merge(entry(B), C);
    table.judge(record(B), opinion, 'Silent.');
    Object.assign(record(B), { deadAtMs: 9, nextProbeMs: 9_999, deadProbePauseMs: 30_000 });
    at(70);
    table.merge(entry(B, 'ALIVE', 2), C);
    expect(record(B)).toMatchObject({
      opinion: 'unknown',
      opinionText: null,
      reachedBy: null,
      deadAtMs: null,
      nextProbeMs: 70,
      deadProbePauseMs: 0,
    });
    expect(record(B).shown).toMatchObject({ state: 'alive', reason: `Named by ${C}; not heard by us yet.` });
  });

  test('a fresh ALIVE of a member that answers leaves our opinion as it is', () => {
    const { table, record } = tableOf();
    table.merge(entry(B), C);
    table.heard(record(B));
    table.merge(entry(B, 'ALIVE', 2), C);
    expect(record(B).opinion).toBe('alive');
  });

  test('through a helper it is alive, and by its own word without one', () => {
    const { table, record } = tableOf();
    table.merge(entry(B), C);
    table.judge(record(B), 'suspect', 'Silent.');
    table.reachedThrough(record(B), C);
    expect(record(B)).toMatchObject({ opinion: 'alive', reachedBy: C, opinionText: null });
    table.heard(record(B));
    expect(record(B)).toMatchObject({ opinion: 'alive', reachedBy: null });
    table.reachedThrough(record(B), C);
    table.judge(record(B), 'dead', 'Gone.');
    expect(record(B)).toMatchObject({ opinion: 'dead', reachedBy: null, opinionText: 'Gone.' });
  });
});

describe('a farewell', () => {
  /** B, well until it says itself that it is dead. */
  function left() {
    const parts = tableOf();
    parts.table.merge(entry(B), B);
    parts.table.heard(parts.record(B));
    parts.at(1_000);
    parts.table.merge(entry(B, 'DEAD', 2), B);
    return parts;
  }

  test.each([
    [1_000, 'left'],
    [2_999, 'left'],
    [3_000, 'dead'],
  ] as const)('a packet at %d ms finds it %s', (ms, state) => {
    const { table, at, record } = left();
    at(ms);
    table.heard(record(B));
    expect(record(B).shown?.state).toBe(state);
    expect(record(B).lastHeardMs).toBe(state === 'left' ? 0 : ms);
  });

  test('is one by its own word only, and only of who was well', () => {
    const { table, record } = tableOf();
    table.merge(entry(B), B);
    table.merge(entry(B, 'DEAD', 2), C);
    expect(record(B).shown?.state).toBe('dead');
    table.merge(entry(C, 'DEAD', 2), C);
    expect(record(C).shown?.state, 'a stranger that begins with it').toBe('dead');
    table.merge(entry(D, 'SUSPECT', 1), B);
    table.merge(entry(D, 'DEAD', 2), D);
    expect(record(D).shown?.state, 'one that was suspected').toBe('dead');
  });

  test('ends with a fresh ALIVE', () => {
    const { table, record } = left();
    table.merge(entry(B, 'ALIVE', 3), B);
    expect(record(B)).toMatchObject({ leftAtMs: null, heldDead: false, returned: true });
    expect(record(B).shown?.state).toBe('alive');
    table.merge(entry(B, 'ALIVE', 4), B);
    expect(record(B).returned, 'told as any other').toBe(false);
  });
});

describe('forgetting', () => {
  test('who is dead for all is forgotten after the time that is set, counted from when that began', () => {
    const { table, take, at } = tableOf(5_000);
    table.merge(entry(B), C);
    at(1_000);
    table.merge(entry(B, 'DEAD', 2), C);
    at(2_000);
    table.merge(entry(B, 'DEAD', 3), C);
    take();
    at(5_999);
    table.forgetOld();
    expect(take()).toEqual([]);
    at(6_000);
    table.forgetOld();
    expect(take()).toEqual([`forgotten ${B}`]);
  });

  test('who came back in between begins anew', () => {
    const { table, take, at } = tableOf(5_000);
    table.merge(entry(B, 'DEAD', 2), C);
    at(3_000);
    table.merge(entry(B, 'ALIVE', 3), C);
    at(4_000);
    table.merge(entry(B, 'DEAD', 4), C);
    take();
    at(8_999);
    table.forgetOld();
    expect(take()).toEqual([]);
    at(9_000);
    table.forgetOld();
    expect(take()).toEqual([`forgotten ${B}`]);
  });

  test('who is well is not', () => {
    const { table, take, at } = tableOf(5_000);
    table.merge(entry(B), C);
    table.merge(entry(D, 'SUSPECT'), C);
    take();
    at(1_000_000);
    table.forgetOld();
    expect(take()).toEqual([]);
  });

  test('who is dead to us alone stays while others name it alive', () => {
    const { table, take, at, record } = tableOf(5_000);
    table.merge(entry(B), C);
    table.judge(record(B), 'dead', 'Gone.');
    take();
    for (let ms = 4_000; ms <= 20_000; ms += 4_000) {
      at(ms);
      table.merge(entry(B), C);
      table.forgetOld();
    }
    expect(take()).toEqual([]);
    at(24_999);
    table.forgetOld();
    expect(take()).toEqual([]);
    at(25_000);
    table.forgetOld();
    expect(take()).toEqual([`forgotten ${B}`]);
  });

  test('of a long time, a minute without a word is enough', () => {
    const { table, take, at, record } = tableOf(600_000);
    table.merge(entry(B), C);
    table.judge(record(B), 'dead', 'Gone.');
    at(590_000);
    table.merge(entry(B), C);
    take();
    at(649_999);
    table.forgetOld();
    expect(take()).toEqual([]);
    at(650_000);
    table.forgetOld();
    expect(take()).toEqual([`forgotten ${B}`]);
  });

  test('a tombstone stays a minute after its last mention, or as long as forgetting takes', () => {
    for (const [forgetAfterMs, keptMs] of [
      [5_000, 60_000],
      [90_000, 90_000],
    ] as const) {
      const { table, at, record } = tableOf(forgetAfterMs);
      table.merge(entry(B, 'DEAD'), C);
      table.hide(record(B));
      at(1_000);
      table.merge(entry(B, 'DEAD'), C);
      at(1_000 + keptMs - 1);
      table.forgetOld();
      expect(table.size).toBe(1);
      at(1_000 + keptMs);
      table.forgetOld();
      expect([table.size, table.get(B), table.toldAfter(0), table.turns()]).toEqual([0, undefined, [], []]);
    }
  });
});

describe('a full table', () => {
  test('takes nobody more while everybody in it is in use, and whoever is known', () => {
    const { table } = tableOf(5_000, 3);
    for (const address of [B, C, D]) expect(table.merge(entry(address), address)).toBe(true);
    expect(table.merge(entry(E), E)).toBe(false);
    expect(table.ensure(E)).toBeNull();
    expect(table.merge(entry(D, 'DEAD', 2), C)).toBe(true);
    expect(table.merge(entry(E), E), 'the dead are in use').toBe(false);
    expect(table.size).toBe(3);
  });

  test('has room where somebody was forgotten, of several whoever died first', () => {
    const { table, record } = tableOf(5_000, 4);
    for (const address of [B, C, D]) table.merge(entry(address, 'DEAD'), F);
    table.merge(entry(E), F);
    table.hide(record(D));
    table.hide(record(C));
    expect(table.merge(entry(F), F)).toBe(true);
    expect([B, C, D, E, F].map((address) => table.get(address) !== undefined)).toEqual([true, false, true, true, true]);
    expect(names(table.listed())).toEqual([B, E, F]);
  });
});

describe('the order of turns', () => {
  test('has everybody once; a newcomer changes places with somebody at random', () => {
    const { table, record } = tableOf(5_000, 4);
    for (const address of [B, C, D, E]) table.merge(entry(address), F);
    expect(names(table.turns())).toEqual([B, D, E, C]);
    table.hide(record(D));
    table.merge(entry(F), F);
    expect(new Set(names(table.turns()))).toEqual(new Set([B, C, E, F]));
    expect(table.turns()).toHaveLength(4);
  });

  test('stays whole whoever goes and comes', () => {
    const { table, record } = tableOf(5_000, 8);
    const address = (index: number) => `127.0.0.1:${9_000 + index}`;
    for (let index = 0; index < 8; index += 1) table.merge(entry(address(index)), B);
    for (let index = 8; index < 60; index += 1) {
      const gone = names(table.turns())[(index * 7) % 8] ?? '';
      table.hide(record(gone));
      table.merge(entry(address(index)), B);
      const turns = names(table.turns());
      expect(turns).toHaveLength(8);
      expect(new Set(turns).size).toBe(8);
      expect(turns).not.toContain(gone);
      for (const name of turns) expect(table.get(name)?.address).toBe(name);
    }
  });
});

describe('who is worth talking to', () => {
  test('is alive or suspect; one list until that changes', () => {
    const { table, record } = tableOf();
    for (const address of [B, C, D, E]) table.merge(entry(address), F);
    expect(names(table.reachable())).toEqual([B, C, D, E]);
    table.judge(record(B), 'suspect', 'x');
    table.judge(record(C), 'dead', 'x');
    table.merge(entry(D, 'DEAD', 2), F);
    const reachable = table.reachable();
    expect(names(reachable)).toEqual([B, E]);
    table.warn(record(B), 'x');
    expect(table.reachable()).toBe(reachable);
    table.heard(record(C));
    expect(names(table.reachable())).toEqual([B, C, E]);
    table.hide(record(E));
    expect(names(table.reachable())).toEqual([B, C]);
    table.ensure(F);
    expect(names(table.reachable()), 'nothing is known of it').toEqual([B, C]);
  });

  test('who is told to others is named by somebody, not forgotten, and not dead to us alone', () => {
    const { table, record } = tableOf();
    for (const address of [B, C, D]) table.merge(entry(address), F);
    table.ensure(E);
    table.judge(record(C), 'dead', 'x');
    expect(names(table.toldAfter(0))).toEqual([B, D]);
    expect([B, C, D, E].map((address) => table.isTold(record(address)))).toEqual([true, false, true, false]);
    table.merge(entry(C, 'SUSPECT'), F);
    expect(names(table.toldAfter(0))).toEqual([B, D, C]);
    expect(names(table.toldAfter(3))).toEqual([C]);
    table.hide(record(C));
    expect(names(table.toldAfter(0))).toEqual([B, D]);
    expect([B, E, F].map((address) => table.isGossiped(address))).toEqual([true, false, false]);
  });
});

describe('commands', () => {
  test('readmit is told to everybody who hears us and to the member itself, which is pinged', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(D, 'DEAD', 7)]);
    const sent = driver.give({ kind: 'readmit', address: D });
    expect(sent.map(({ to, message }) => `${to} ${message.type}`)).toEqual([
      `${B} HEARTBEAT`,
      `${C} HEARTBEAT`,
      `${D} HEARTBEAT`,
      `${D} PING`,
    ]);
    expect(driver.member(D)).toMatchObject({ state: 'alive', reason: 'Readmitted by this node.', observedBy: SELF });
  });

  test('readmit does nothing for who is alive, unknown, forgotten, or named by nobody', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(D, 'DEAD', 7)]);
    driver.give({ kind: 'forget', address: D });
    driver.heartbeat('0.0.0.0:7950', [entry('0.0.0.0:7950')], E);
    for (const address of [C, D, E, F]) expect(driver.give({ kind: 'readmit', address })).toEqual([]);
  });

  test('readmit of who is suspected raises its incarnation as well', () => {
    const driver = new Driver({ seeds: [B] });
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 7)]);
    driver.give({ kind: 'readmit', address: C });
    expect(driver.member(C)).toMatchObject({ state: 'alive', incarnation: 8, gossipState: 'ALIVE' });
  });

  test('forget leaves who is alive, or unknown', () => {
    const driver = withTwo();
    driver.events.length = 0;
    driver.give({ kind: 'forget', address: B });
    driver.give({ kind: 'forget', address: D });
    expect(driver.events).toEqual([]);
  });

  test.each(['SUSPECT', 'DEAD'] as const)('forget drops who is %s, once', (state) => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(C, state, 7)]);
    driver.events.length = 0;
    driver.give({ kind: 'forget', address: C });
    driver.give({ kind: 'forget', address: C });
    expect(driver.events).toEqual([{ kind: 'forgotten', address: C }]);
    expect(driver.swim.member(C)).toBeUndefined();
  });
});

/** Whom we tell what and when: heartbeats, first words, refutations and questions. Chance is even, so moments are exact. */
import { describe, expect, test } from 'vitest';
import { encode, UDP_MAX_BYTES } from '#server/mesh/swim/codec.ts';
import type { SwimOptions } from '#server/mesh/swim/types.ts';
import { B, brief, C, D, Driver, digests, entry, evenChance, SELF } from './driver.ts';

const fixed = (options: Partial<SwimOptions> = {}) => new Driver({ random: evenChance(), ...options });
const E = '127.0.0.1:7950';
const F = '127.0.0.1:7951';
const many = (count: number) => Array.from({ length: count }, (_unused, index) => `127.0.0.1:${9_000 + index}`);

/** Members that answer, and nothing to tell any more: 45 s after the start of the clock, 0.75 s before a round. */
function calm(members: readonly string[]): Driver {
  const driver = fixed();
  for (const member of members) driver.heartbeat(member, [entry(member)]);
  driver.passWith(35_000, members);
  driver.take();
  return driver;
}

/** Heartbeats that carry more than a first word, by moment. */
function beats(driver: Driver, ms: number, answering: readonly string[]) {
  const startMs = driver.nowMs;
  const found: { ms: number; to: string[]; entries: string[] }[] = [];
  driver.pass(ms, ({ to, message }) => {
    if (message.type === 'PING' && answering.includes(to)) driver.pong(to, message.id);
    if (message.type !== 'HEARTBEAT' || message.digest.entries.length < 2) return;
    const moment = Math.round(driver.nowMs - startMs);
    const last = found.at(-1);
    if (last?.ms === moment) last.to.push(to);
    else found.push({ ms: moment, to: [to], entries: message.digest.entries.map(({ addr, state }) => `${addr} ${state}`) });
  });
  return found;
}

describe('heartbeats', () => {
  const trio = [B, C, D];
  const rounds = [750, 1_750, 2_750, 3_750, 4_750];

  test('with news go to three members after 20 ms and in each of five rounds; then one member hears of us in every second', () => {
    const driver = calm(trio);
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 2)]);
    const told = beats(driver, 12_000, trio);
    expect(told.map(({ ms }) => ms)).toEqual([20, ...rounds, 6_750, 8_750, 10_750]);
    expect(told.map(({ to }) => to.length)).toEqual([3, 3, 3, 3, 3, 3, 1, 1, 1]);
  });

  test('with what a member says of itself wait 0.15 s: it tells others itself', () => {
    const driver = calm(trio);
    driver.heartbeat(C, [entry(C, 'ALIVE', 2)]);
    expect(beats(driver, 3_000, trio).map(({ ms }) => ms)).toEqual([150, 750, 1_750, 2_750]);
  });

  test('with the farewell of a member do not wait', () => {
    const driver = calm(trio);
    driver.heartbeat(C, [entry(C, 'DEAD', 2)]);
    expect(beats(driver, 1_000, [B, D]).map(({ ms }) => ms)).toEqual([20, 750]);
  });

  test('are at least 0.2 s apart, however much there is to tell', () => {
    const driver = calm(trio);
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 2)]);
    driver.passWith(30, trio);
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 3)]);
    driver.heartbeat(B, [entry(B), entry(D, 'ALIVE', 2)]);
    expect(beats(driver, 1_000, trio).map(({ ms }) => ms)).toEqual([190, 720]);
  });

  test('with two pieces of news come with the more urgent one', () => {
    const driver = calm(trio);
    driver.heartbeat(C, [entry(C, 'ALIVE', 2)]);
    driver.passWith(10, trio);
    driver.heartbeat(B, [entry(B), entry(D, 'ALIVE', 2)]);
    expect(beats(driver, 500, trio).map(({ ms }) => ms)).toEqual([20]);
  });

  test('are not moved by what is no news', () => {
    const driver = calm(trio);
    driver.heartbeat(B, [{ ...entry(B), last_heartbeat: 1_785_000_001 }, entry(C), entry(D)]);
    expect(beats(driver, 500, trio)).toEqual([]);
  });

  test('carry us first, then everybody in the order of change, and last who came back from the dead', () => {
    const driver = calm(trio);
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 2)]);
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 3)]);
    driver.heartbeat(B, [entry(B), entry(D, 'SUSPECT', 1)]);
    const [first] = beats(driver, 100, trio);
    expect(first?.entries).toEqual([`${SELF} ALIVE`, `${B} ALIVE`, `${D} SUSPECT`, `${C} ALIVE`]);
    const sent = driver.receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 });
    expect(sent[0]?.message).toMatchObject({ digest: { version: 6, is_full: true, source: SELF } });
  });

  test('leave out who is dead to us alone, until somebody accuses it', () => {
    const driver = calm(trio);
    driver.passWith(10_000, [B, D]);
    expect(driver.member(C).state).toBe('dead');
    driver.heartbeat(B, [entry(B), entry(D, 'ALIVE', 2)]);
    expect(beats(driver, 100, [B, D])[0]?.entries).toEqual([`${SELF} ALIVE`, `${B} ALIVE`, `${D} ALIVE`]);
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 1)]);
    expect(beats(driver, 500, [B, D])[0]?.entries).toEqual([`${SELF} ALIVE`, `${B} ALIVE`, `${D} ALIVE`, `${C} SUSPECT`]);
  });

  test('go to nobody while there is nobody', () => {
    const driver = fixed();
    expect(driver.pass(10_000)).toEqual([]);
  });

  test('of a large fleet carry what fits: the news, and the others in turn', () => {
    const members = many(30);
    const driver = calm(members);
    const news = members[17] ?? '';
    driver.heartbeat(members[0] ?? '', [entry(members[0] ?? ''), entry(news, 'ALIVE', 2)]);
    const sent = driver.passWith(30, members).flatMap(({ message }) => (message.type === 'HEARTBEAT' ? [message] : []));
    const [first] = sent;
    expect(first?.digest.is_full).toBe(false);
    expect(first?.digest.entries.slice(0, 2).map(({ addr }) => addr)).toEqual([SELF, news]);
    expect(first?.digest.entries).toHaveLength(9);
    const told = new Map<string, number>();
    for (const message of driver.passWith(40_000, members).map((out) => out.message)) {
      if (message.type !== 'HEARTBEAT') continue;
      expect(encode(message).length).toBeLessThanOrEqual(UDP_MAX_BYTES);
      for (const { addr } of message.digest.entries) told.set(addr, (told.get(addr) ?? 0) + 1);
    }
    expect([...told.keys()].sort()).toEqual([SELF, ...members].sort());
  });

  test('carry everybody while that fits one datagram, and say so', () => {
    const members = many(8);
    const driver = calm(members);
    const sent = driver.passWith(4_000, members).flatMap(({ message }) => (message.type === 'HEARTBEAT' ? [message.digest] : []));
    expect(sent.length).toBeGreaterThan(0);
    for (const digest of sent) expect([digest.is_full, digest.entries.length]).toEqual([true, 9]);
  });
});

describe('an answer to SYNC-REQ', () => {
  const ask = (driver: Driver, known_version: number) => {
    const [sent] = driver.receive({ type: 'SYNC-REQ', from: B, id: 'q', known_version, timestamp: 1 });
    if (sent?.message.type !== 'SYNC-RESP') throw new Error('no SYNC-RESP');
    expect(sent).toMatchObject({ to: B, message: { id: 'q', from: SELF } });
    return [sent.message.digest.is_full, ...brief(sent.message.digest.entries)];
  };

  test('has everything where the version says nothing, else what changed after it', () => {
    const driver = calm([B, C, D]);
    const [self, b, c, d] = [SELF, B, C, D].map((addr) => `${addr} ALIVE 1`);
    expect(ask(driver, 0)).toEqual([true, self, b, c, d]);
    expect(ask(driver, -1)).toEqual([true, self, b, c, d]);
    expect(ask(driver, 4)).toEqual([true, self, b, c, d]);
    expect(ask(driver, 3)).toEqual([false, self]);
    expect(ask(driver, 2)).toEqual([false, self, d]);
    expect(ask(driver, 1)).toEqual([false, self, c, d]);
    driver.heartbeat(B, [entry(B, 'ALIVE', 2)]);
    expect(ask(driver, 3)).toEqual([false, self, `${B} ALIVE 2`]);
  });

  test('counts a change of ourselves as well', () => {
    const driver = calm([B]);
    driver.heartbeat(B, [entry(B), entry(SELF, 'DEAD', 3)]);
    expect(ask(driver, 2)).toEqual([false, `${SELF} ALIVE 4`]);
    driver.heartbeat(B, [entry(B), entry(SELF, 'ALIVE', 4)]);
    expect(ask(driver, 3), 'what we know already is no change').toEqual([true, `${SELF} ALIVE 4`, `${B} ALIVE 1`]);
  });
});

describe('our own questions', () => {
  /** Moments since the start of the clock, whom, and the version we know. */
  function asked(driver: Driver, ms: number, answering: readonly string[]) {
    const found: [number, string, number][] = [];
    driver.pass(ms, ({ to, message }) => {
      if (message.type === 'PING' && answering.includes(to)) driver.pong(to, message.id);
      if (message.type === 'SYNC-REQ') found.push([Math.round(driver.nowMs - 10_000), to, message.known_version]);
    });
    return found;
  }
  const fleet = (members: readonly string[]) => {
    const driver = fixed();
    for (const member of members) driver.heartbeat(member, [entry(member)]);
    return driver;
  };

  test('for what is new come every 10 s, for everything every 30 s', () => {
    const driver = fleet([B, C, D]);
    driver.syncResponse(C, [entry(C)], 9);
    expect(asked(driver, 60_000, [B, C, D])).toEqual([
      [7_750, C, 9],
      [17_750, C, 9],
      [22_750, C, 0],
      [32_750, C, 9],
      [42_750, C, 9],
      [52_750, C, 0],
    ]);
  });

  test('for everything are rarer in a large fleet', () => {
    const members = many(40);
    const driver = fleet(members);
    const moments = asked(driver, 60_000, members).map(([ms]) => ms);
    expect(moments, 'the last one is for everything').toEqual([7_750, 17_750, 27_750, 37_750, 47_750, 52_750]);
  });

  test('in a fleet of more than three go to somebody who answered one; for everything to anybody', () => {
    const members = [B, C, D, E, F];
    const driver = fleet(members);
    driver.syncResponse(B, [entry(B)], 7);
    expect(asked(driver, 30_000, members)).toEqual([
      [7_750, B, 7],
      [17_750, B, 7],
      [22_750, D, 0],
    ]);
  });

  test.each([
    ['the last three are remembered', [B, C, E, F], E],
    ['who answers again is remembered once', [B, C, D, B], C],
  ])('%s', (_name, answers, expected) => {
    const members = [B, C, D, E, F];
    const driver = fleet(members);
    for (const [index, member] of answers.entries()) driver.syncResponse(member, [entry(member)], 10 + index);
    expect(asked(driver, 8_000, members)).toEqual([[7_750, expected, 10 + answers.lastIndexOf(expected)]]);
  });

  test('go to anybody where those who answered are silent, or have nothing to count from', () => {
    const members = [B, C, D, E, F];
    const silent = fleet(members);
    silent.syncResponse(B, [entry(B)], 7);
    expect(asked(silent, 8_000, [C, D, E, F])).toEqual([[7_750, E, 0]]);
    const empty = fleet(members);
    empty.syncResponse(B, [entry(B)], 0);
    expect(asked(empty, 8_000, members)).toEqual([[7_750, D, 0]]);
  });
});

describe('first words', () => {
  /** Who is told of us alone, by moment. */
  function introduced(driver: Driver, ms: number) {
    const startMs = driver.nowMs;
    const found = new Map<number, number>();
    driver.pass(ms, ({ message }) => {
      if (message.type !== 'HEARTBEAT' || message.digest.entries.length > 1) return;
      const moment = Math.round(driver.nowMs - startMs);
      found.set(moment, (found.get(moment) ?? 0) + 1);
    });
    return [...found];
  }
  const own = (sent: ReturnType<Driver['give']>) => digests(sent).filter(({ entries }) => entries.length === 1);

  function named(count: number) {
    const driver = fixed({ seeds: [B] });
    driver.take();
    const sent = driver.syncResponse(
      B,
      many(count).map((addr) => entry(addr)),
    );
    return { driver, sent };
  }

  test('go to 32 newly named members at once, to the others 20 ms later, and each is pinged', () => {
    const { driver, sent } = named(40);
    expect(own(sent)).toHaveLength(32);
    expect(sent.filter(({ message }) => message.type === 'PING')).toHaveLength(32);
    expect(new Set(own(sent).map(({ to }) => to)).size).toBe(32);
    expect(introduced(driver, 100)).toEqual([[20, 8]]);
  });

  test('are 64 in a second; the rest of a large fleet learns of us from those', () => {
    const { driver, sent } = named(100);
    expect(own(sent)).toHaveLength(32);
    expect(introduced(driver, 400)).toEqual([[20, 32]]);
    driver.nowMs = 10_999;
    expect(own(driver.syncResponse(B, [entry(E)])), 'not in this second').toEqual([]);
    driver.nowMs = 11_000;
    expect(own(driver.syncResponse(B, [entry(F)])).map(({ to }) => to)).toEqual([F]);
  });

  test('go to nobody who is dead, or who spoke to us already', () => {
    const driver = fixed();
    driver.heartbeat(B, [entry(B)]);
    expect(own(driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 2), entry(D)])).map(({ to }) => to)).toEqual([D]);
    expect(own(driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 3)]))).toEqual([]);
  });
});

describe('a refutation', () => {
  const accuse = (driver: Driver, incarnation: number, state: 'DEAD' | 'SUSPECT' = 'DEAD') =>
    driver.heartbeat(B, [entry(B), entry(SELF, state, incarnation)]);
  const words = (sent: ReturnType<Driver['give']>) =>
    digests(sent).flatMap(({ to, entries }) => (entries.length === 1 ? [`${to}: ${brief(entries).join()}`] : []));

  test('goes to everybody at once, the next one 0.2 s later with the incarnation of then', () => {
    const driver = calm([B, C]);
    expect(words(accuse(driver, 1))).toEqual([`${B}: ${SELF} ALIVE 2`, `${C}: ${SELF} ALIVE 2`]);
    driver.passWith(50, [B, C]);
    expect(words(accuse(driver, 2, 'SUSPECT'))).toEqual([]);
    expect(words(accuse(driver, 3))).toEqual([]);
    expect(words(driver.passWith(149, [B, C]))).toEqual([]);
    expect(words(driver.passWith(1, [B, C]))).toEqual([`${B}: ${SELF} ALIVE 4`, `${C}: ${SELF} ALIVE 4`]);
    expect(words(driver.passWith(1_000, [B, C]))).toEqual([]);
    expect(words(accuse(driver, 4))).toEqual([`${B}: ${SELF} ALIVE 5`, `${C}: ${SELF} ALIVE 5`]);
  });

  test('goes also to who is suspect, and not to the dead', () => {
    const driver = calm([B, C, D]);
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 2), entry(D, 'DEAD', 2)]);
    expect(words(accuse(driver, 1)).map((text) => text.slice(0, B.length))).toEqual([B, C]);
  });

  test('is no answer to a higher incarnation alone', () => {
    const driver = calm([B]);
    expect(words(driver.heartbeat(B, [entry(B), entry(SELF, 'ALIVE', 9)]))).toEqual([]);
    expect(driver.events.at(-1)).toEqual({ kind: 'self', incarnation: 9 });
  });
});

test('a farewell goes to seeds that have not answered as well, once to each', () => {
  const driver = fixed({ seeds: [C, B] });
  driver.heartbeat(B, [entry(B), entry(D)]);
  driver.take();
  const told = digests(driver.give({ kind: 'leave' })).map(({ to, entries }) => `${to}: ${brief(entries).join()}`);
  expect(told).toEqual([C, B, D].map((to) => `${to}: ${SELF} DEAD 2`));
  expect(driver.events.at(-1)).toEqual({ kind: 'self', incarnation: 2 });
});

test('half rounds come twice a period, and one that comes late is followed by the next no sooner than after a quarter', () => {
  const driver = fixed();
  const next = () => Math.round((driver.swim.nextTimeout() ?? 0) - 10_000);
  expect(next()).toBe(250);
  driver.pass(250.001);
  expect(next()).toBe(750);
  driver.nowMs = 10_700;
  driver.give({ kind: 'tick' });
  expect(next(), 'an early tick changes nothing').toBe(750);
  driver.nowMs = 10_760;
  driver.give({ kind: 'tick' });
  expect(next()).toBe(1_250);
  driver.nowMs = 12_000;
  driver.give({ kind: 'tick' });
  expect(next()).toBe(12_250 - 10_000);
});

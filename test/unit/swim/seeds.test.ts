/** When addresses that nobody gossips are asked, and what is told of them. Chance is fixed, so every moment is exact. */
import { describe, expect, test } from 'vitest';
import type { SwimOptions } from '#server/mesh/swim/types.ts';
import { B, C, D, Driver, entry, evenChance, SELF } from './driver.ts';

const fixed = (options: Partial<SwimOptions> = {}) => new Driver({ random: evenChance(), ...options });

/** Moments, since now, at which each kind of message goes to `to`. */
function sentTo(driver: Driver, to: string, ms: number, answer: (driver: Driver, type: string, id: string) => void = () => {}) {
  const startMs = driver.nowMs;
  const moments: Record<string, number[]> = {};
  driver.pass(ms, (sent) => {
    if (sent.to !== to) return;
    const list = moments[sent.message.type] ?? [];
    moments[sent.message.type] = list;
    list.push(Math.round(driver.nowMs - startMs));
    answer(driver, sent.message.type, sent.message.id);
  });
  return moments;
}

const seedEvents = (driver: Driver) =>
  driver.events.flatMap((event) =>
    event.kind === 'seed' ? [[event.seed.state, Math.round(event.seed.sinceWallMs - 1_785_000_010_000)]] : [],
  );

describe('a seed that does not answer', () => {
  test('is asked at once, then after 0.5 s, 1 s, 2 s, 4 s and from then on every 5 s', () => {
    const driver = fixed({ seeds: [B] });
    expect(driver.take().map(({ to, message }) => `${to} ${message.type}`)).toEqual([`${B} HEARTBEAT`, `${B} SYNC-REQ`]);
    const asked = [500, 1_500, 3_500, 7_500, 12_500, 17_500];
    expect(sentTo(driver, B, 20_000)).toEqual({ HEARTBEAT: asked, 'SYNC-REQ': asked });
  });

  test('is asked a little earlier or later by chance', () => {
    for (const [chance, expected] of [
      [0, [450, 1_350]],
      [1 - 2 ** -32, [550, 1_650]],
    ] as const) {
      const driver = fixed({ seeds: [B], random: () => chance });
      driver.take();
      expect(sentTo(driver, B, 2_000)['SYNC-REQ']).toEqual(expected);
    }
  });

  test('is waited for 5 s and silent then', () => {
    const driver = fixed({ seeds: [B] });
    expect(driver.swim.seeds()).toEqual([{ address: B, state: 'waiting', sinceWallMs: 1_785_000_010_000 }]);
    driver.pass(4_999);
    expect(seedEvents(driver)).toEqual([]);
    driver.pass(1_000);
    expect(seedEvents(driver)).toEqual([['silent', 5_250]]);
    expect(driver.swim.seeds()).toMatchObject([{ address: B, state: 'silent' }]);
    driver.pass(60_000);
    expect(seedEvents(driver), 'told once').toHaveLength(1);
  });

  test('is asked once at a time, named twice or not', () => {
    const driver = fixed({ seeds: [B, B, C] });
    expect(driver.swim.seeds().map(({ address }) => address)).toEqual([B, C]);
    expect(driver.take()).toHaveLength(4);
  });
});

describe('a seed that answers', () => {
  /** It is a member, and answers PINGs. */
  function joined() {
    const driver = fixed({ seeds: [B] });
    driver.take();
    driver.nowMs += 10;
    driver.syncResponse(B, [entry(B), entry(SELF)], 7);
    driver.pong(B);
    return driver;
  }
  const answering = (driver: Driver, type: string, id: string) => {
    if (type === 'PING') driver.pong(B, id);
  };

  test('says so once, and is asked once more 50 ms later for what changed meanwhile', () => {
    const driver = joined();
    expect(seedEvents(driver)).toEqual([['answering', 10]]);
    const asked: unknown[] = [];
    driver.pass(60, ({ to, message }) => {
      if (message.type === 'SYNC-REQ') asked.push([to, Math.round(driver.nowMs - 10_010), message.known_version]);
    });
    expect(asked).toEqual([[B, 50, 7]]);
  });

  test('is asked again no sooner than it would have been', () => {
    const driver = fixed({ seeds: [B] });
    driver.take();
    driver.pass(480);
    driver.pong(B);
    expect(sentTo(driver, B, 100)['SYNC-REQ']).toEqual([20]);
  });

  test('before it has named itself is still asked with our own entry, when something else is due as well', () => {
    const driver = fixed({ seeds: [B] });
    driver.take();
    driver.pong(B);
    expect(driver.swim.members()).toEqual([]);
    // Half rounds come at 250 ms and every 500 ms after that.
    expect(sentTo(driver, B, 7_000)).toEqual({ 'SYNC-REQ': [50, 1_250, 3_750], HEARTBEAT: [1_250, 3_750] });
  });

  test('is left to probes as a member: no question of its own', () => {
    const driver = joined();
    driver.pass(60);
    const moments = sentTo(driver, B, 7_000, answering);
    expect(moments['SYNC-REQ'] ?? []).toEqual([]);
    expect(moments.PING).toHaveLength(7);
  });

  test('and falls silent is told silent after 10 s, and asked again', () => {
    const driver = joined();
    driver.pass(9_000, (sent) => {
      if (sent.to === B) answering(driver, sent.message.type, sent.message.id);
    });
    const lastMs = driver.swim.contactTimes(B).lastHeardMonotonicMs ?? 0;
    driver.pass(30_000);
    const [, silent] = seedEvents(driver);
    expect(silent?.[0]).toBe('silent');
    const afterMs = Number(silent?.[1]) + 10_000 - lastMs;
    expect(afterMs).toBeGreaterThanOrEqual(10_000);
    expect(afterMs).toBeLessThan(15_500);
    expect(sentTo(driver, B, 6_000).HEARTBEAT?.length).toBeGreaterThanOrEqual(1);
    driver.pong(B);
    expect(seedEvents(driver).map(([state]) => state)).toEqual(['answering', 'silent', 'answering']);
  });

  test('a word of somebody else says nothing of it', () => {
    const driver = fixed({ seeds: [B] });
    driver.heartbeat(C, [entry(C), entry(B)]);
    expect(seedEvents(driver)).toEqual([]);
    const bytes = new TextEncoder().encode(`{"type":"PING","from":"${B}","id":"s","timestamp":1}`);
    driver.give({ kind: 'frame', from: '127.0.0.1:50321', bytes });
    expect(seedEvents(driver), 'a TCP connection proves no address').toEqual([]);
  });
});

describe('a contact', () => {
  test('is asked with PING and SYNC-REQ at once, and ever more rarely, every 30 s in the end', () => {
    const driver = fixed();
    const first = driver.give({ kind: 'contact', address: B });
    expect(first.map(({ to, message }) => `${to} ${message.type}`)).toEqual([`${B} PING`, `${B} SYNC-REQ`]);
    expect(first[1]?.message).toMatchObject({ from: SELF, known_version: 0 });
    const asked = [500, 1_500, 3_500, 7_500, 15_500, 31_500, 61_500, 91_500];
    expect(sentTo(driver, B, 100_000)).toEqual({ PING: asked, 'SYNC-REQ': asked });
  });

  test('is not asked when it is a seed, a member, already looked at, or ourselves', () => {
    const driver = fixed({ seeds: [B] });
    driver.heartbeat(C, [entry(C)]);
    driver.give({ kind: 'contact', address: D });
    for (const address of [B, C, D, SELF]) expect(driver.give({ kind: 'contact', address })).toEqual([]);
  });

  test('that became a member is left to the fleet', () => {
    const driver = fixed();
    driver.give({ kind: 'contact', address: D });
    driver.heartbeat(B, [entry(B), entry(D)]);
    driver.passWith(600, [B, D]);
    driver.events.length = 0;
    const moments = sentTo(driver, D, 6_000, (at, type, id) => {
      if (type === 'PING') at.pong(D, id);
    });
    expect(moments['SYNC-REQ'] ?? []).toEqual([]);
    expect(driver.events.filter(({ kind }) => kind === 'contacted')).toEqual([]);
  });

  test('is not asked any more when it is forgotten', () => {
    const driver = fixed();
    driver.give({ kind: 'contact', address: B });
    driver.give({ kind: 'forget', address: B });
    expect(sentTo(driver, B, 100_000)).toEqual({});
    driver.pong(B);
    expect(driver.events).toEqual([]);
  });

  test('is one of 1000 at most', () => {
    const driver = fixed({ limits: { contacts: 2 } });
    for (const address of [B, C, D]) driver.give({ kind: 'contact', address });
    driver.pong(C);
    driver.pong(D);
    expect(driver.events).toEqual([{ kind: 'contacted', address: C, fleet: null }]);
  });

  test('that cannot be sent to is reported', () => {
    const driver = fixed();
    expect(driver.give({ kind: 'contact', address: '0.0.0.0:7946' })).toEqual([]);
    expect(driver.events).toEqual([
      {
        kind: 'violation',
        from: '0.0.0.0:7946',
        what: 'It is no address one can send to: a numeric IPv4 address with a port from 1 to 64535 is needed.',
      },
    ]);
  });
});

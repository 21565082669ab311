import { describe, expect, test } from 'vitest';
import { B, brief, C, D, Driver, digests, entry, SELF } from './driver.ts';

function fleet(...members: string[]): Driver {
  return acquainted(new Driver(), members);
}

function acquainted(driver: Driver, members: readonly string[]): Driver {
  for (const member of members) {
    driver.heartbeat(member, [entry(member)]);
    driver.pong(member);
  }
  driver.passWith(2_000, members);
  return driver;
}

describe('probing', () => {
  test('every member of a small fleet is pinged once a second while it answers', () => {
    const driver = fleet(B, C, D);
    const pings = driver.passWith(10_000, [B, C, D]).filter(({ message }) => message.type === 'PING');
    for (const member of [B, C, D]) expect(pings.filter(({ to }) => to === member)).toHaveLength(10);
    expect(driver.swim.contactTimes(B).rttMs).toBe(0);
  });

  test('a larger fleet is probed in turns, everybody once per turn', () => {
    const members = Array.from({ length: 40 }, (_unused, index) => `127.0.0.1:${9_000 + index}`);
    const driver = acquainted(new Driver({ limits: { probesPerPeriod: 16 } }), members);
    const pinged = driver
      .passWith(30_000, members)
      .filter(({ message }) => message.type === 'PING')
      .map(({ to }) => to);
    expect(new Set(pinged).size).toBe(40);
    expect(pinged.length).toBeGreaterThanOrEqual(390);
    expect(pinged.length).toBeLessThanOrEqual(480);
    // The window cuts one turn at each end.
    const counts = members.map((member) => pinged.filter((to) => to === member).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  test('silence: three PINGs, helpers asked, suspect after a second, dead 2.5 s later, only here', () => {
    const driver = fleet(B, C, D);
    const sent = driver.passWith(1_999, [B, C]);
    expect(driver.member(D)).toMatchObject({ state: 'suspect', observedBy: SELF, gossipState: 'ALIVE', incarnation: 1 });
    const asked = sent.filter(({ message }) => message.type === 'PING-REQ' && message.target === D).map(({ to }) => to);
    expect(asked.sort()).toEqual([B, C]);
    const rest = driver.passWith(3_000, [B, C]);
    expect(driver.member(D)).toMatchObject({ state: 'dead', observedBy: SELF, gossipState: 'ALIVE' });
    for (const { entries } of digests([...sent, ...rest]))
      expect(brief(entries).filter((item) => !item.includes('ALIVE'))).toEqual([]);
  });

  test('a question about a member we are probing ourselves: the silence the asker met counts as well', () => {
    const deadAfterMs = (asks: boolean): number => {
      const driver = fleet(B, C, D);
      const startMs = driver.nowMs;
      let asked = !asks;
      while (driver.member(D).state !== 'dead' && driver.nowMs - startMs < 10_000) {
        driver.pass(10, ({ to, message }) => {
          if (message.type === 'PING' && to !== D) driver.pong(to, message.id);
          if (asked || message.type !== 'PING' || to !== D) return;
          asked = true;
          driver.receive({ type: 'PING-REQ', from: B, target: D, id: 'q', timestamp: 1 });
        });
      }
      return driver.nowMs - startMs;
    };
    const alone = deadAfterMs(false);
    expect(alone).toBeLessThanOrEqual(4_710);
    expect(deadAfterMs(true)).toBe(alone - 600);
  });

  test('one late PONG ends suspicion; a PONG after our "dead" is a return', () => {
    const driver = fleet(B, C);
    driver.passWith(2_100, [B]);
    expect(driver.member(C).state).toBe('suspect');
    driver.pong(C);
    expect(driver.member(C)).toMatchObject({ state: 'alive', localOpinion: null });
    driver.passWith(6_000, [B]);
    expect(driver.member(C).state).toBe('dead');
    const sent = driver.pong(C);
    expect(driver.member(C).state).toBe('alive');
    // It may be a new process that knows nobody: it is told of us again.
    expect(digests(sent)).toMatchObject([{ to: C }]);
  });

  test('a helper that reaches it keeps it alive, and says so', () => {
    const driver = fleet(B, C);
    for (let round = 0; round < 10; round += 1) {
      driver.pass(1_000, ({ to, message }) => {
        if (message.type === 'PING' && to === B) driver.pong(B, message.id);
        if (message.type === 'PING-REQ')
          driver.receive({ type: 'PING-REQ-ACK', from: B, target: C, status: 'alive', id: message.id, rtt: 0.001 });
      });
      expect(driver.member(C).state).toBe('alive');
    }
    expect(driver.member(C).localOpinion).toContain(B);
  });

  test('a helper’s claim that was not asked for changes nothing', () => {
    const driver = fleet(B, C);
    driver.passWith(6_000, [B]);
    driver.receive({ type: 'PING-REQ-ACK', from: D, target: C, status: 'alive', id: 'z', rtt: 0.1 });
    expect(driver.member(C).state).toBe('dead');
  });

  test('the dead are probed ever more rarely, and their return is seen', () => {
    const driver = fleet(B, C);
    driver.passWith(6_000, [B]);
    const pings = driver.passWith(300_000, [B]).filter(({ to, message }) => to === C && message.type === 'PING');
    expect(pings.length).toBeLessThan(40);
    driver.passWith(31_000, [B, C]);
    expect(driver.member(C).state).toBe('alive');
  });

  test('our own silence never changes what a digest says of a member', () => {
    const driver = fleet(B, C);
    const sent = driver.passWith(3_000, [B]);
    expect(
      digests(sent)
        .flatMap(({ entries }) => entries)
        .filter((item) => item.addr === C && item.state !== 'ALIVE'),
    ).toEqual([]);
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 2)]);
    const repeated = digests(driver.passWith(3_000, [B])).flatMap(({ entries }) => brief(entries));
    expect(repeated).toContain(`${C} SUSPECT 2`);
    expect(repeated).not.toContain(`${C} DEAD 3`);
  });

  test('a member nobody could reach yet is suspect after its first probe', () => {
    const driver = new Driver();
    driver.heartbeat(B, [entry(B), entry(C)]);
    driver.passWith(1_100, [B]);
    expect(driver.member(C)).toMatchObject({ state: 'suspect', reason: expect.stringContaining('since we learned of it') });
  });
});

/** Lets time pass until a probe of `member` is under way. */
function untilPinged(driver: Driver, member: string): void {
  for (let step = 0; step < 2_000; step += 1) {
    if (driver.pass(1).some(({ to, message }) => to === member && message.type === 'PING')) return;
  }
  throw new Error(`${member} was not probed`);
}

describe('local health', () => {
  test('after a stall nobody is accused for time we did not run, and deadlines stretch for a while', () => {
    const driver = fleet(B, C);
    untilPinged(driver, B);
    driver.nowMs += 30_000;
    driver.give({ kind: 'tick' });
    expect(driver.swim.localHealth).toBeGreaterThan(0);
    expect(driver.member(B).state).toBe('alive');
    driver.passWith(5_000, [B, C]);
    expect(driver.events.filter((event) => event.kind === 'member' && event.member.state !== 'alive')).toEqual([]);
    driver.passWith(10_000, [B, C]);
    expect(driver.swim.localHealth).toBe(0);
  });

  test('a stall that ends with a datagram instead of a tick counts as well', () => {
    const driver = fleet(B, C);
    untilPinged(driver, C);
    driver.nowMs += 30_000;
    driver.receive({ type: 'PING', from: B, id: 'p', timestamp: 1 });
    driver.passWith(300, [B, C]);
    expect(driver.member(C).state).toBe('alive');
  });

  test('our own suspicion does not run on while we stand still', () => {
    const driver = fleet(B, C);
    driver.passWith(2_100, [B]);
    expect(driver.member(C).state).toBe('suspect');
    driver.nowMs += 60_000;
    driver.give({ kind: 'tick' });
    expect(driver.member(C).state).toBe('suspect');
    driver.pong(C);
    expect(driver.member(C).state).toBe('alive');
  });

  test('when no helper says anything at all, we doubt ourselves and take longer', () => {
    const driver = fleet(B, C, D);
    driver.pass(2_100);
    expect(driver.swim.localHealth).toBeGreaterThan(0);
    driver.pass(2_400);
    expect(driver.member(B).state).toBe('suspect');
    driver.pass(30_000);
    expect(driver.member(B).state).toBe('dead');
  });
});

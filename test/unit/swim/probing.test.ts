/** The moments of probing, exact: chance is fixed, and members are silent from a moment on. */
import { describe, expect, test } from 'vitest';
import type { SwimOptions } from '#server/mesh/swim/types.ts';
import { B, C, D, Driver, entry, evenChance, SELF, type Sent } from './driver.ts';

const fixed = (options: Partial<SwimOptions> = {}) => new Driver({ random: evenChance(), ...options });

/** Members that answer, for 5 s. */
function fleet(members: readonly string[], options: Partial<SwimOptions> = {}): Driver {
  const driver = fixed(options);
  for (const member of members) driver.heartbeat(member, [entry(member)]);
  driver.passWith(5_000, members);
  driver.take();
  return driver;
}

/** What is sent to or about `member` until a moment, and when its state changed; milliseconds since its first PING. */
function silence(driver: Driver, member: string, ms: number, answering: readonly string[] = [], pingedMs = Number.NaN) {
  const sent: [number, string][] = [];
  const states: [number, string, string][] = [];
  let seen = driver.events.length;
  let firstMs = pingedMs;
  driver.pass(ms, (out: Sent) => {
    const { to, message } = out;
    if (answering.includes(to) && message.type === 'PING') driver.pong(to, message.id);
    if (answering.includes(to) && message.type === 'PING-REQ')
      driver.receive({ type: 'PING-REQ-ACK', from: to, target: message.target, status: 'unreachable', id: message.id });
    if ((to === member && message.type === 'PING') || message.type === 'PING-REQ') {
      if (Number.isNaN(firstMs)) firstMs = driver.nowMs;
      sent.push([Math.round(driver.nowMs - firstMs), message.type === 'PING' ? 'PING' : `PING-REQ ${to}`]);
    }
  });
  for (; seen < driver.events.length; seen += 1) {
    const event = driver.events[seen];
    if (event?.kind === 'member' && event.member.address === member && event.previous !== event.member.state)
      states.push([Math.round(event.member.sinceWallMs - 1_785_000_000_000 - firstMs), event.member.state, event.member.reason]);
  }
  return { sent, states };
}

describe('a member that falls silent', () => {
  test('gets three PINGs 0.3 s apart, helpers are asked with the third; suspect after 1 s, dead 2.5 s later', () => {
    const driver = fleet([B, C]);
    const { sent, states } = silence(driver, C, 4_700, [B]);
    expect(sent.filter(([ms]) => ms < 700)).toEqual([
      [0, 'PING'],
      [300, 'PING'],
      [600, 'PING'],
      [600, `PING-REQ ${B}`],
    ]);
    expect(states).toEqual([
      [1_000, 'suspect', 'No answer to our probes for 2.0 s.'],
      [3_500, 'dead', 'Given up: no answer to our probes for 4.5 s.'],
    ]);
  });

  test('is probed on while it is suspect, with three helpers however many there are', () => {
    const many = Array.from({ length: 40 }, (_unused, index) => `127.0.0.1:${9_000 + index}`);
    const driver = fleet([C, ...many]);
    const { sent } = silence(driver, C, 3_600, many);
    const helpers = (from: number, to: number) =>
      sent.filter(([ms, what]) => ms >= from && ms < to && what.startsWith('PING-REQ')).length;
    expect(helpers(0, 1_000), 'some multiple of the logarithm at first').toBe(12);
    expect(helpers(1_000, 2_200)).toBe(3);
  });

  test('is probed again in the next half round while it is suspect, before anybody’s turn', () => {
    const many = Array.from({ length: 19 }, (_unused, index) => `127.0.0.1:${9_000 + index}`);
    const driver = fleet([C, ...many], { limits: { probesPerPeriod: 2 } });
    for (let step = 0; step < 30_000 && driver.member(C).state !== 'suspect'; step += 1) driver.passWith(1, many);
    expect(driver.member(C).state).toBe('suspect');
    const sent = driver.passWith(510, many);
    expect(sent.filter(({ to, message }) => to === C && message.type === 'PING').length).toBeGreaterThanOrEqual(1);
  });

  test('that was never heard has no seconds of silence', () => {
    const driver = fixed();
    driver.heartbeat(B, [entry(B), entry(C)]);
    const { states } = silence(driver, C, 4_000, [B], driver.nowMs);
    expect(states).toEqual([
      [1_000, 'suspect', 'No answer to our probes since we learned of it.'],
      [3_500, 'dead', 'Given up: no answer to our probes since we learned of it.'],
    ]);
  });

  test('and is dead gets two PINGs at a time, after pauses of 2 s that double up to 30 s, and no helper is asked', () => {
    const driver = fleet([B, C]);
    driver.passWith(5_000, [B]);
    expect(driver.member(C).state).toBe('dead');
    const { sent, states } = silence(driver, C, 200_000, [B]);
    expect(new Set(sent.map(([, what]) => what))).toEqual(new Set(['PING']));
    const starts = sent.map(([ms]) => ms).filter((_ms, index) => index % 2 === 0);
    expect(sent.map(([ms]) => ms).filter((_ms, index) => index % 2 === 1)).toEqual(starts.map((ms) => ms + 300));
    const pauses = starts.slice(1).map((ms, index) => ms - (starts[index] ?? 0));
    expect(pauses.slice(-4)).toEqual([30_000, 30_000, 30_000, 30_000]);
    expect([2_000, 4_000, 8_000, 16_000, 30_000]).toEqual(expect.arrayContaining(pauses));
    expect(states, 'nothing changes').toEqual([]);
  });

  test('that its fleet holds dead is dead for us as well after one probe, and not suspected before', () => {
    const driver = fleet([B, C]);
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 2)]);
    const before = driver.member(C);
    expect(before).toMatchObject({ state: 'dead', opinion: 'alive', localOpinion: 'It answers our probes.' });
    driver.passWith(10_000, [B]);
    expect(driver.member(C)).toMatchObject({
      state: 'dead',
      opinion: 'dead',
      sinceWallMs: before.sinceWallMs,
      reason: `Its fleet holds it dead, says ${B}.`,
      localOpinion: 'It does not answer our probes either.',
    });
    expect(driver.events.filter((event) => event.kind === 'member' && event.member.opinion === 'suspect')).toEqual([]);
  });
});

describe('a member that answers', () => {
  test('is pinged when it was not heard for 0.7 s', () => {
    const driver = fleet([B]);
    const moments: number[] = [];
    driver.pass(10_000, ({ to, message }) => {
      if (message.type !== 'PING') return;
      moments.push(Math.round(driver.nowMs));
      driver.pong(to, message.id);
    });
    const gaps = moments.slice(1).map((ms, index) => ms - (moments[index] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([1_000]));
  });

  test('is not pinged while it is heard by itself', () => {
    const driver = fleet([B]);
    let pings = 0;
    for (let step = 0; step < 20; step += 1) {
      driver.receive({ type: 'PING', from: B, id: 'p', timestamp: 1 });
      pings += driver.pass(500).filter(({ message }) => message.type === 'PING').length;
    }
    expect(pings).toBe(0);
  });

  test('has the round trip of the PING that it answers, also of the first of a probe, and none of what was not asked', () => {
    const driver = fleet([B]);
    const pings: { id: string; ms: number }[] = [];
    while (pings.length < 2)
      driver.pass(1, ({ message }) => {
        if (message.type === 'PING') pings.push({ id: message.id, ms: driver.nowMs });
      });
    const before = driver.swim.contactTimes(B).rttMs;
    driver.nowMs += 40;
    const [first] = pings;
    driver.pong(B, first?.id);
    expect(before).toBe(0);
    expect(driver.swim.contactTimes(B)).toMatchObject({
      rttMs: driver.nowMs - (first?.ms ?? 0),
      lastHeardMonotonicMs: driver.nowMs,
    });
    driver.nowMs += 10;
    driver.pong(B, first?.id);
    expect(driver.swim.contactTimes(B).rttMs, 'the probe is over').toBe(driver.nowMs - 10 - (first?.ms ?? 0));
  });

  test('something that was never asked has no round trip', () => {
    const driver = fixed();
    driver.heartbeat(B, [entry(B)]);
    driver.pong(B, 'other');
    expect(driver.swim.contactTimes(B)).toEqual({ lastHeardMonotonicMs: 10_000, rttMs: null, clockOffsetMs: null });
    expect(driver.swim.contactTimes(C)).toEqual({ lastHeardMonotonicMs: null, rttMs: null, clockOffsetMs: null });
  });
});

describe('a member that others ask about', () => {
  const ask = (driver: Driver, target: string) =>
    driver
      .receive({ type: 'PING-REQ', from: B, target, id: 'q', timestamp: 1 })
      .map(({ to, message }) => `${to} ${message.type}`);

  test('is looked at by ourselves as well, unless it was heard just now', () => {
    const driver = fleet([B, C]);
    driver.pong(C);
    driver.pass(299);
    expect(ask(driver, C), 'for the asker alone').toEqual([`${C} PING`]);
    driver.pass(1);
    expect(ask(driver, C), 'for the asker and for us').toEqual([`${C} PING`, `${C} PING`]);
    expect(ask(driver, C), 'while we look already').toEqual([`${C} PING`]);
  });

  test('is suspect after our own second, and dead the sooner by the 0.6 s in which the asker had no answer', () => {
    const driver = fleet([B, C]);
    driver.pong(C);
    driver.pass(650);
    const startMs = driver.nowMs;
    ask(driver, C);
    driver.passWith(1_000, [B]);
    expect(driver.member(C)).toMatchObject({ state: 'suspect', sinceWallMs: 1_785_000_000_000 + startMs + 1_000 });
    driver.passWith(1_900, [B]);
    expect(driver.member(C)).toMatchObject({ state: 'dead', sinceWallMs: 1_785_000_000_000 + startMs + 2_900 });
  });

  test('and was heard later than the asker began is silent since then only', () => {
    const driver = fleet([B, C]);
    driver.pong(C);
    driver.pass(400);
    const startMs = driver.nowMs;
    ask(driver, C);
    driver.passWith(5_000, [B]);
    expect(driver.member(C)).toMatchObject({ state: 'dead', sinceWallMs: 1_785_000_000_000 + startMs + 3_100 });
  });

  test('is not looked at when we gave it up ourselves', () => {
    const driver = fleet([B, C]);
    driver.passWith(5_000, [B]);
    expect(driver.member(C).state).toBe('dead');
    expect(ask(driver, C)).toEqual([`${C} PING`]);
  });

  test('is looked at when somebody suspects it', () => {
    const driver = fleet([B, C]);
    driver.pong(C);
    driver.pass(400);
    const sent = driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 1)]);
    expect(sent.map(({ to, message }) => `${to} ${message.type}`)).toEqual([`${C} PING`]);
  });

  test('is not looked at for a word that does not suspect it', () => {
    const driver = fleet([B, C]);
    driver.pong(C);
    driver.pass(400);
    expect(driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 2)])).toEqual([]);
    expect(driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 3)])).toEqual([]);
  });

  test('has no more looks in a half round than we would have given ourselves', () => {
    const many = Array.from({ length: 9 }, (_unused, index) => `127.0.0.1:${9_000 + index}`);
    const driver = fleet([B, ...many], { limits: { probesPerPeriod: 3 } });
    driver.passWith(200, [B, ...many]);
    for (const member of many) driver.pong(member);
    driver.nowMs += 300;
    const before = driver.take().length;
    const looks = many.map((member) => ask(driver, member).length - 1);
    expect(before).toBe(0);
    expect(looks.reduce((sum, look) => sum + look, 0)).toBe(3);
  });
});

describe('a standstill of our own', () => {
  /** Probing C, which does not answer. */
  function probing(): Driver {
    const driver = fleet([B, C]);
    for (let step = 0; step < 2_000; step += 1) {
      if (driver.passWith(1, [B]).some(({ to, message }) => to === C && message.type === 'PING')) return driver;
    }
    throw new Error('C was not probed');
  }

  test.each([
    [100, 0],
    [101, 1],
    [999, 1],
    [1_000, 2],
  ])('of %d ms past a deadline makes our health %d', (lateMs, health) => {
    const driver = probing();
    driver.nowMs = (driver.swim.nextTimeout() ?? 0) + lateMs;
    driver.give({ kind: 'tick' });
    expect(driver.swim.localHealth).toBe(health);
  });

  test('gives a probe under way its whole time again, longer by our health', () => {
    const driver = probing();
    driver.nowMs = (driver.swim.nextTimeout() ?? 0) + 1_000;
    driver.give({ kind: 'tick' });
    const startMs = driver.nowMs;
    driver.passWith(2_999, [B]);
    expect(driver.member(C).state).toBe('alive');
    driver.passWith(10, [B]);
    expect(driver.member(C)).toMatchObject({ state: 'suspect', sinceWallMs: 1_785_000_000_000 + startMs + 3_000 });
  });

  test('that comes again and again holds up a verdict three times', () => {
    const driver = probing();
    for (let time = 0; time < 3; time += 1) {
      driver.nowMs = (driver.swim.nextTimeout() ?? 0) + 5_000;
      driver.give({ kind: 'tick' });
      expect(driver.member(C).state).toBe('alive');
    }
    driver.nowMs += 5_000;
    driver.give({ kind: 'tick' });
    driver.nowMs += 5_000;
    driver.give({ kind: 'tick' });
    expect(driver.member(C).state).toBe('suspect');
  });

  test('holds up a suspicion by its own length', () => {
    const driver = probing();
    driver.passWith(1_010, [B]);
    expect(driver.member(C).state).toBe('suspect');
    const suspectMs = driver.member(C).sinceWallMs - 1_785_000_000_000;
    const late = (driver.swim.nextTimeout() ?? 0) + 4_000;
    driver.nowMs = late;
    driver.give({ kind: 'tick' });
    driver.passWith(3_000, [B]);
    expect(driver.member(C)).toMatchObject({ state: 'dead', sinceWallMs: 1_785_000_000_000 + suspectMs + 2_500 + 4_000 });
  });
});

describe('what helpers say', () => {
  /** C is silent to us, and B has been asked about it. */
  function asked(): Driver {
    const driver = fleet([B, C, D]);
    for (let step = 0; step < 2_000; step += 1) {
      const sent = driver.pass(1, ({ to, message }) => {
        if (message.type === 'PING' && to !== C) driver.pong(to, message.id);
      });
      if (sent.some(({ message }) => message.type === 'PING-REQ')) return driver;
    }
    throw new Error('no helper was asked');
  }
  const answer = (driver: Driver, from: string, target: string, status: 'alive' | 'unreachable' | 'blacklisted') =>
    driver.receive({ type: 'PING-REQ-ACK', from, target, status, id: 'h' });

  test('"alive" keeps it alive, and says through whom', () => {
    const driver = asked();
    answer(driver, B, C, 'alive');
    expect(driver.member(C)).toMatchObject({
      state: 'alive',
      opinion: 'alive',
      reason: 'It answers our probes.',
      localOpinion: `It does not answer our probes, but ${B} says that it answers there.`,
    });
    driver.passWith(500, [B, D]);
    expect(driver.member(C).state).toBe('alive');
    driver.pong(C);
    expect(driver.member(C).localOpinion, 'until it answers us').toBeNull();
  });

  test.each(['unreachable', 'blacklisted'] as const)('"%s" changes nothing', (status) => {
    const driver = asked();
    const before = driver.member(C);
    answer(driver, B, C, status);
    expect(driver.member(C)).toBe(before);
    driver.passWith(500, [B, D]);
    expect(driver.member(C).state).toBe('suspect');
  });

  test('a helper that answers at all shows that we are heard', () => {
    const driver = asked();
    answer(driver, B, C, 'unreachable');
    driver.pass(500);
    expect(driver.swim.localHealth).toBe(0);
  });

  test('of a member that we do not probe changes nothing', () => {
    const driver = fleet([B, C]);
    const before = driver.member(C);
    answer(driver, B, C, 'alive');
    answer(driver, B, D, 'alive');
    expect(driver.member(C)).toBe(before);
  });

  test('a suspicion ends with it, and so does its deadline', () => {
    const driver = asked();
    driver.passWith(500, [B, D]);
    expect(driver.member(C).state).toBe('suspect');
    for (let step = 0; step < 2_000 && driver.member(C).state === 'suspect'; step += 1)
      driver.pass(1, ({ to, message }) => {
        if (message.type === 'PING' && to !== C) driver.pong(to, message.id);
        if (message.type === 'PING-REQ') answer(driver, to, C, 'alive');
      });
    expect(driver.member(C)).toMatchObject({ state: 'alive', opinion: 'alive' });
  });
});

describe('probing for others', () => {
  const ask = (driver: Driver, id: string, from: string = B, target: string = C) =>
    driver.receive({ type: 'PING-REQ', from, target, id, timestamp: 1 });
  const acks = (sent: readonly Sent[]) =>
    sent.flatMap(({ to, message }) => (message.type === 'PING-REQ-ACK' ? [{ to, ...message }] : []));

  test('everybody who asked about a member is answered by one PONG, each with its own id and round trip', () => {
    const driver = fleet([B, C, D]);
    ask(driver, 'one', B);
    driver.nowMs += 20;
    ask(driver, 'two', D);
    driver.nowMs += 30;
    const base = { type: 'PING-REQ-ACK', from: SELF, target: C, status: 'alive' };
    expect(acks(driver.pong(C))).toEqual([
      { ...base, to: B, id: 'one', rtt: 0.05 },
      { ...base, to: D, id: 'two', rtt: 0.03 },
    ]);
    expect(acks(driver.pong(C)), 'once').toEqual([]);
  });

  test('a PONG of another answers nothing', () => {
    const driver = fleet([B, C, D]);
    ask(driver, 'one', B);
    expect(acks(driver.pong(D))).toEqual([]);
    expect(acks(driver.pong(C))).toHaveLength(1);
  });

  test('each question has its own 0.2 s', () => {
    const driver = fleet([B, C, D]);
    const startMs = driver.nowMs;
    ask(driver, 'one', B);
    driver.pass(100);
    ask(driver, 'two', B, D);
    const moments: [number, string][] = [];
    driver.pass(300, (sent) => {
      for (const ack of acks([sent])) {
        expect(ack).not.toHaveProperty('rtt');
        moments.push([driver.nowMs - startMs, `${ack.id} ${ack.status}`]);
      }
    });
    expect(moments).toEqual([
      [200, 'one unreachable'],
      [300, 'two unreachable'],
    ]);
  });

  test('of 64 questions at once each is asked on; more are not', () => {
    const driver = fleet([B, C]);
    driver.pong(C);
    const pings = Array.from({ length: 66 }, (_unused, index) => ask(driver, `${index}`).length);
    expect(pings.filter((count) => count > 0)).toHaveLength(64);
    expect(acks(driver.pong(C))).toHaveLength(64);
  });

  test('about a stranger is refused, and told', () => {
    const driver = fleet([B]);
    driver.events.length = 0;
    expect(ask(driver, 'q', B, '10.0.0.1:22')).toEqual([]);
    expect(driver.events).toEqual([
      { kind: 'violation', from: B, what: 'It asks us to probe 10.0.0.1:22, which is no member we know.' },
    ]);
  });
});

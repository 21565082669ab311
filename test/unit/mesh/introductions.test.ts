/** When both sides' agents are asked for and announced. Chance is even, so moments are exact. */
import { describe, expect, test } from 'vitest';
import { createIntroductions } from '#server/mesh/messages/introductions.ts';
import { createOwnAgents } from '#server/mesh/messages/ownAgents.ts';
import { Bench, lost, well } from './bench.ts';

const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';
const REQUEST = 'CAPABILITY_REQUEST';
const ANNOUNCEMENT = 'CAPABILITY_ANNOUNCEMENT';

function parts(roles: readonly string[] = []) {
  const bench = new Bench();
  const own = createOwnAgents(bench.context.random);
  const wanted = (names: readonly string[]) => names.map((role) => ({ role, capabilities: [], description: '' }));
  if (roles.length > 0) own.replace(wanted(roles));
  const rosters = new Set<string>();
  const confirmed: string[] = [];
  const introductions = createIntroductions(
    bench.context,
    own,
    (peer) => rosters.has(peer),
    (peer, now) => confirmed.push(`${peer} ${now.monotonicMs}`),
  );
  const change = (names: readonly string[]) => {
    own.replace(wanted(names));
    introductions.ownAgentsChanged(bench.now);
  };
  return { bench, own, rosters, confirmed, introductions, change };
}

describe('a roster', () => {
  test('is asked for at once, after 0.4 s, and then after pauses that grow by half, up to 90 s', () => {
    const { bench, introductions } = parts();
    bench.outcome = well;
    introductions.alive(b, false, bench.now);
    expect(bench.sent).toMatchObject([{ peer: b, type: REQUEST, payload: { node_id: 'me:1' }, limitMs: 10_000 }]);
    bench.pass(1_000_000, introductions);
    const moments = bench.moments(REQUEST);
    expect(moments.slice(0, 6)).toEqual([0, 400, 1_000, 1_900, 3_250, 5_275]);
    const pauses = moments.slice(1).map((ms, index) => ms - (moments[index] ?? 0));
    expect(pauses.slice(-3)).toEqual([90_000, 90_000, 90_000]);
    expect(Math.max(...pauses)).toBe(90_000);
  });

  test('is not asked for a third time while two questions are open', () => {
    const { bench, introductions } = parts();
    introductions.alive(b, false, bench.now);
    bench.pass(10_000, introductions);
    expect(bench.moments(REQUEST)).toEqual([0, 400]);
    bench.sent[0]?.settle(lost);
    bench.pass(1_000, introductions);
    expect(bench.moments(REQUEST)).toHaveLength(3);
  });

  test('that cannot be asked for now is asked for again, however often that was so', () => {
    const { bench, introductions } = parts();
    bench.accepts = false;
    introductions.alive(b, false, bench.now);
    bench.pass(3_000, introductions);
    bench.accepts = true;
    bench.pass(5_000, introductions);
    expect(bench.moments(REQUEST)).toEqual([3_250, 5_275]);
  });

  test('that is here, or has come, is not asked for', () => {
    const { bench, introductions, rosters } = parts();
    rosters.add(c);
    introductions.alive(c, false, bench.now);
    expect([bench.sent, introductions.nextTimeout()]).toEqual([[], undefined]);
    introductions.alive(b, false, bench.now);
    rosters.add(b);
    introductions.rosterArrived(b);
    introductions.rosterArrived('stranger');
    bench.pass(100_000, introductions);
    expect(bench.moments(REQUEST)).toEqual([0]);
    expect(introductions.nextTimeout()).toBeUndefined();
  });

  test('that came without being told of ends the questions at the next one', () => {
    const { bench, introductions, rosters } = parts();
    introductions.alive(b, false, bench.now);
    rosters.add(b);
    bench.pass(100_000, introductions);
    expect(bench.moments(REQUEST)).toEqual([0]);
    expect(introductions.nextTimeout()).toBeUndefined();
  });

  test('is asked for again when the peer says something, unless it was just asked for or a question is open', () => {
    const { bench, introductions, rosters } = parts();
    introductions.alive(b, false, bench.now);
    bench.nowMs = 250;
    introductions.heard(b, bench.now);
    expect(bench.moments(REQUEST), 'a question is open').toEqual([0]);
    bench.sent[0]?.settle(well);
    bench.nowMs = 249;
    introductions.heard(b, bench.now);
    expect(bench.moments(REQUEST), 'just asked').toEqual([0]);
    bench.nowMs = 250;
    introductions.heard(b, bench.now);
    expect(bench.moments(REQUEST)).toEqual([0, 250]);
    bench.last().settle(well);
    rosters.add(b);
    bench.nowMs = 9_000;
    introductions.heard(b, bench.now);
    introductions.heard('stranger', bench.now);
    rosters.delete(b);
    introductions.gone(b);
    introductions.heard(b, bench.now);
    expect(bench.moments(REQUEST)).toEqual([0, 250]);
  });

  test('may be an answer to us while a question is open, and for a second after it', () => {
    const { bench, introductions } = parts();
    expect(introductions.asking(b, bench.now)).toBe(false);
    introductions.alive(b, false, bench.now);
    bench.nowMs = 5_000;
    expect(introductions.asking(b, bench.now), 'open').toBe(true);
    bench.sent[0]?.settle(well);
    expect(introductions.asking(b, bench.now), 'long ago').toBe(false);
    bench.nowMs = 999;
    expect(introductions.asking(b, bench.now)).toBe(true);
    bench.nowMs = 1_000;
    expect(introductions.asking(b, bench.now)).toBe(false);
  });
});

describe('our agents', () => {
  test('are announced to who comes alive, and are confirmed then', () => {
    const { bench, own, introductions, confirmed } = parts(['analyst']);
    introductions.alive(b, false, bench.now);
    expect(bench.sent[0]).toMatchObject({ peer: b, type: ANNOUNCEMENT, payload: own.announcement('me:1') });
    expect([introductions.confirmed(b), introductions.unconfirmed(), introductions.informed()]).toEqual([false, 1, [b]]);
    bench.sent[0]?.settle(well, 7);
    expect([introductions.confirmed(b), introductions.unconfirmed(), introductions.informed()]).toEqual([true, 0, [b]]);
    expect(confirmed).toEqual([`${b} 7`]);
    introductions.alive(b, false, bench.now);
    expect(bench.moments(ANNOUNCEMENT), 'it is alive already').toEqual([0]);
  });

  test('are not announced while there are none, and nobody has to confirm them', () => {
    const { bench, introductions } = parts();
    introductions.alive(b, false, bench.now);
    expect(bench.moments(ANNOUNCEMENT)).toEqual([]);
    expect([introductions.confirmed(b), introductions.unconfirmed(), introductions.informed()]).toEqual([false, 0, []]);
  });

  test.each([
    ['lost', true],
    ['not taken', false],
  ])('are announced again when that was %s: after 1 s, 2 s, 4 s and so on up to 30 s', (_name, accepts) => {
    const { bench, introductions, rosters } = parts(['analyst']);
    rosters.add(b);
    bench.outcome = lost;
    bench.accepts = accepts;
    introductions.alive(b, false, bench.now);
    bench.pass(100_000, introductions);
    expect(bench.tries).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000]);
  });

  test('that were confirmed once begin anew with their pauses', () => {
    const { bench, introductions, rosters, change } = parts(['analyst']);
    rosters.add(b);
    bench.outcome = lost;
    introductions.alive(b, false, bench.now);
    bench.pass(2_000, introductions);
    bench.outcome = well;
    bench.pass(2_000, introductions);
    expect(bench.moments(ANNOUNCEMENT)).toEqual([0, 1_000, 3_000]);
    bench.outcome = lost;
    change(['other']);
    bench.pass(1_500, introductions);
    expect(bench.moments(ANNOUNCEMENT)).toEqual([0, 1_000, 3_000, 4_000, 5_000]);
  });

  test('that changed are announced at once, whatever is under way; only the newest confirmation counts', () => {
    const { bench, introductions, rosters, confirmed, change } = parts(['one']);
    rosters.add(b);
    introductions.alive(b, false, bench.now);
    change(['two']);
    expect(bench.sent).toHaveLength(2);
    bench.sent[0]?.settle(well);
    expect([introductions.confirmed(b), introductions.unconfirmed(), introductions.informed()]).toEqual([false, 1, [b]]);
    bench.sent[1]?.settle(well);
    expect([introductions.confirmed(b), introductions.unconfirmed()]).toEqual([true, 0]);
    expect(confirmed).toHaveLength(2);
    introductions.ownAgentsChanged(bench.now);
    expect(bench.sent, 'confirmed or not, a change is announced').toHaveLength(3);
  });

  test('an old announcement that is lost is not repeated, nor one to a peer that went', () => {
    const { bench, introductions, rosters, change } = parts(['one']);
    rosters.add(b);
    introductions.alive(b, false, bench.now);
    change(['two']);
    bench.sent[0]?.settle(lost);
    expect(introductions.nextTimeout()).toBeUndefined();
    introductions.gone(b);
    bench.sent[1]?.settle(lost);
    bench.pass(100_000, introductions);
    expect(bench.sent).toHaveLength(2);
    change(['three']);
    expect(bench.sent, 'nobody is there').toHaveLength(2);
    expect([introductions.unconfirmed(), introductions.informed()]).toEqual([0, []]);
  });

  test('are given to who asks for them, none included', () => {
    const { bench, own, introductions, rosters, change } = parts();
    rosters.add(b);
    introductions.requested(b, bench.now);
    expect(bench.sent, 'a stranger').toEqual([]);
    introductions.alive(b, false, bench.now);
    introductions.requested(b, bench.now);
    expect(bench.sent).toMatchObject([{ type: ANNOUNCEMENT, payload: { node_id: 'me:1', capabilities: {}, agents: {} } }]);
    change(['one']);
    introductions.requested(b, bench.now);
    expect(bench.sent, 'it is under way').toHaveLength(2);
    bench.last().settle(well);
    introductions.requested(b, bench.now);
    expect(bench.last().payload).toEqual(own.announcement('me:1'));
    expect(bench.sent).toHaveLength(3);
    introductions.gone(b);
    introductions.requested(b, bench.now);
    expect(bench.sent).toHaveLength(3);
  });
});

describe('a peer that checks in may be a new process', () => {
  test('it is told our agents and asked for its own, whatever it confirmed before', () => {
    const { bench, introductions, rosters } = parts(['one']);
    bench.outcome = well;
    introductions.checkedIn(b, bench.now);
    expect(bench.sent, 'a stranger').toEqual([]);
    introductions.alive(b, false, bench.now);
    rosters.add(b);
    bench.sent.length = 0;
    bench.outcome = null;
    bench.nowMs = 249;
    introductions.checkedIn(b, bench.now);
    expect(bench.sent.map(({ type }) => type)).toEqual([ANNOUNCEMENT]);
    expect(introductions.confirmed(b)).toBe(false);
    bench.nowMs = 250;
    introductions.checkedIn(b, bench.now);
    expect(bench.sent.map(({ type }) => type)).toEqual([ANNOUNCEMENT, ANNOUNCEMENT, REQUEST]);
    introductions.gone(b);
    bench.nowMs = 1_000;
    introductions.checkedIn(b, bench.now);
    expect(bench.sent).toHaveLength(3);
  });
});

describe('a peer that returned from the dead', () => {
  test('is told our agents and asked for its own again after 2 s, 5 s and 10 s', () => {
    const { bench, introductions, rosters } = parts(['one']);
    bench.outcome = well;
    introductions.alive(b, true, bench.now);
    rosters.add(b);
    bench.pass(100_000, introductions);
    expect(bench.moments(ANNOUNCEMENT)).toEqual([0, 2_000, 5_000, 10_000]);
    expect(bench.moments(REQUEST), 'its roster came').toEqual([0]);
  });

  test('is asked for its roster at these moments as well while that is missing', () => {
    const { bench, introductions } = parts();
    bench.outcome = well;
    introductions.alive(b, true, bench.now);
    bench.pass(6_000, introductions);
    expect(bench.moments(REQUEST)).toEqual(expect.arrayContaining([2_000, 5_000]));
  });

  test('is left alone when its roster came and we have no agents', () => {
    const { bench, introductions, rosters } = parts();
    bench.outcome = well;
    introductions.alive(b, true, bench.now);
    rosters.add(b);
    introductions.rosterArrived(b);
    expect(introductions.nextTimeout()).toBeUndefined();
  });

  test('keeps its moments when we have agents', () => {
    const { bench, introductions, rosters } = parts(['one']);
    bench.outcome = well;
    introductions.alive(b, true, bench.now);
    rosters.add(b);
    introductions.rosterArrived(b);
    expect(introductions.nextTimeout()).toBe(2_000);
  });

  test('and goes again has none of them', () => {
    const { bench, introductions } = parts(['one']);
    introductions.alive(b, true, bench.now);
    introductions.gone(b);
    expect(introductions.nextTimeout()).toBeUndefined();
    introductions.tick(bench.now);
    bench.sent.length = 0;
    introductions.alive(b, false, bench.now);
    expect(
      bench.sent.map(({ type }) => type),
      'everything anew',
    ).toEqual([ANNOUNCEMENT, REQUEST]);
  });
});

test('when we were held for dead, every living peer is told again', () => {
  const { bench, introductions, rosters } = parts(['one']);
  bench.outcome = well;
  for (const peer of [b, c]) {
    rosters.add(peer);
    introductions.alive(peer, false, bench.now);
  }
  introductions.gone(c);
  bench.nowMs = 1_000;
  bench.sent.length = 0;
  introductions.refuted(bench.now);
  bench.pass(20_000, introductions);
  expect(bench.sent.map(({ peer, atMs }) => [peer, atMs])).toEqual([
    [b, 3_000],
    [b, 6_000],
    [b, 11_000],
  ]);
});

test('who is forgotten is a stranger', () => {
  const { bench, introductions } = parts(['one']);
  bench.outcome = well;
  introductions.alive(b, false, bench.now);
  introductions.forget(b);
  introductions.gone(b);
  expect([introductions.confirmed(b), introductions.informed(), introductions.nextTimeout()]).toEqual([false, [], undefined]);
});

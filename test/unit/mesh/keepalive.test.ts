import { describe, expect, test } from 'vitest';
import { ackTimeoutMs } from '#server/mesh/keepalive/ackTimeout.ts';
import { createKeepalives, type KeepaliveConfig } from '#server/mesh/keepalive/keepalive.ts';
import { at, seeded, wallStartMs } from './support.ts';

const config: KeepaliveConfig = {
  enabled: true,
  intervalMs: 90_000,
  backoffMs: 45_000,
  suppressWindowMs: 60_000,
  ackTimeoutMs: 10_000,
  allowZeroPeers: true,
};
const peer = '127.0.0.1:7947';

function failing(times: number) {
  const keepalives = createKeepalives(config, seeded(1));
  keepalives.start(peer, at(0));
  let now = 60_000;
  const pauses: number[] = [];
  for (let round = 0; round < times; round++) {
    expect(keepalives.due(at(now))).toEqual([peer]);
    keepalives.sent(peer, at(now));
    now += config.ackTimeoutMs;
    keepalives.failed(peer, at(now));
    const until = keepalives.facts(peer)?.failureBackoffUntil;
    if (until === null || until === undefined) throw new Error('no backoff');
    const pause = Date.parse(until) - (wallStartMs + now);
    pauses.push(pause);
    expect(keepalives.due(at(now + pause - 1))).toEqual([]);
    expect(keepalives.phase(peer, at(now))).toBe('backoff');
    now += pause;
  }
  return { keepalives, pauses, now };
}

describe('keepalive of one peer', () => {
  test('the first one waits out the suppress window after the join, the next the interval', () => {
    const keepalives = createKeepalives({ ...config }, () => 0);
    keepalives.start(peer, at(0));
    expect(keepalives.nextTimeout()).toBe(60_000);
    expect(keepalives.due(at(59_999))).toEqual([]);
    expect(keepalives.due(at(60_000))).toEqual([peer]);
    expect(keepalives.due(at(60_001)), 'not again while the first waits for its acknowledgement').toEqual([]);
    keepalives.sent(peer, at(60_000));
    keepalives.acknowledged(peer, 2.5, at(60_003));
    expect(keepalives.facts(peer)).toEqual({
      lastSent: new Date(wallStartMs + 60_000).toISOString(),
      lastAck: new Date(wallStartMs + 60_003).toISOString(),
      consecutiveSendFailures: 0,
      failureBackoffUntil: null,
      rttMs: 2.5,
    });
    expect(keepalives.phase(peer, at(60_003))).toBe('ok');
    expect(keepalives.nextTimeout()).toBe(150_000);
  });

  test('other traffic postpones it, and says so', () => {
    const keepalives = createKeepalives(config, () => 0);
    keepalives.start(peer, at(0));
    keepalives.due(at(60_000));
    keepalives.sent(peer, at(60_000));
    keepalives.acknowledged(peer, 1, at(60_001));
    keepalives.traffic(peer, at(140_000));
    expect(keepalives.phase(peer, at(140_000))).toBe('suppressed');
    expect(keepalives.due(at(150_000))).toEqual([]);
    expect(keepalives.due(at(200_000))).toEqual([peer]);
  });

  test('the first failure backs off for exactly the configured time, later ones for about twice as long each', () => {
    const { pauses } = failing(7);
    expect(pauses[0]).toBe(45_000);
    for (const [index, pause] of pauses.entries()) {
      const ideal = Math.min(720_000, 45_000 * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(Math.min(720_000, ideal * 0.9) - 1);
      expect(pause).toBeLessThanOrEqual(Math.min(720_000, ideal * 1.1) + 1);
    }
  });

  test('an acknowledged keepalive resets count and backoff', () => {
    const { keepalives, now } = failing(3);
    expect(keepalives.facts(peer)?.consecutiveSendFailures).toBe(3);
    expect(keepalives.due(at(now))).toEqual([peer]);
    expect(keepalives.phase(peer, at(now))).toBe('failing');
    keepalives.sent(peer, at(now));
    keepalives.acknowledged(peer, 3, at(now + 3));
    expect(keepalives.facts(peer)).toMatchObject({ consecutiveSendFailures: 0, failureBackoffUntil: null });
    expect(keepalives.phase(peer, at(now + 3))).toBe('ok');
  });

  test('other acknowledged traffic resets it too', () => {
    const { keepalives, now } = failing(2);
    keepalives.traffic(peer, at(now));
    expect(keepalives.facts(peer)).toMatchObject({ consecutiveSendFailures: 0, failureBackoffUntil: null });
  });

  test('nothing is sent to a peer that is not alive, and what was under way counts neither way', () => {
    const keepalives = createKeepalives(config, () => 0);
    keepalives.start(peer, at(0));
    keepalives.due(at(60_000));
    keepalives.pause(peer);
    keepalives.failed(peer, at(61_000));
    expect(keepalives.facts(peer)?.consecutiveSendFailures).toBe(0);
    expect(keepalives.nextTimeout()).toBeUndefined();
    keepalives.start(peer, at(70_000));
    expect(keepalives.due(at(70_000))).toEqual([peer]);
  });
});

describe('peers that joined together', () => {
  test.each([
    [0, 150_000],
    [0.5, 154_500],
    [1, 159_000],
  ])('are asked up to a tenth of the interval later: with a chance of %d after %d ms', (chance, expected) => {
    const keepalives = createKeepalives(config, () => chance);
    keepalives.start(peer, at(0));
    keepalives.due(at(60_000));
    keepalives.sent(peer, at(60_000));
    keepalives.acknowledged(peer, 1, at(60_000));
    expect(keepalives.nextTimeout()).toBe(expected);
  });
});

describe('a peer', () => {
  test.each([
    [0, 81_000],
    [1, 99_000],
  ])('pauses after its second failure for twice as long, more or less: with a chance of %d for %d ms', (chance, expected) => {
    const keepalives = createKeepalives(config, () => chance);
    keepalives.start(peer, at(0));
    keepalives.failed(peer, at(0));
    expect(keepalives.nextTimeout()).toBe(45_000);
    keepalives.failed(peer, at(45_000));
    expect(keepalives.nextTimeout()).toBe(45_000 + expected);
  });

  test('waits before its first acknowledgement, backs off until its time has come, and keeps its round trip', () => {
    const keepalives = createKeepalives(config, () => 0);
    keepalives.start(peer, at(0));
    expect(keepalives.phase(peer, at(0))).toBe('waiting');
    keepalives.acknowledged(peer, 2.5, at(1));
    keepalives.acknowledged(peer, null, at(2));
    expect(keepalives.facts(peer)?.rttMs).toBe(2.5);
    keepalives.failed(peer, at(10));
    expect(keepalives.phase(peer, at(45_009))).toBe('backoff');
    expect(keepalives.phase(peer, at(45_010))).toBe('failing');
    expect(keepalives.due(at(45_010))).toEqual([peer]);
    expect(keepalives.phase(peer, at(45_009)), 'asked, and not answered yet').toBe('failing');
  });

  test('that is started again while it is asked is not asked twice', () => {
    const keepalives = createKeepalives(config, () => 0);
    keepalives.start(peer, at(0));
    expect(keepalives.due(at(60_000))).toEqual([peer]);
    keepalives.start(peer, at(60_001));
    expect(keepalives.due(at(60_002))).toEqual([]);
  });

  test('that nobody knows changes nothing', () => {
    const keepalives = createKeepalives(config, () => 0);
    expect(keepalives.traffic(peer, at(1))).toBe(false);
    keepalives.sent(peer, at(1));
    keepalives.acknowledged(peer, 1, at(1));
    keepalives.failed(peer, at(1));
    keepalives.pause(peer);
    expect(keepalives.facts(peer)).toBeNull();
    expect(keepalives.phase(peer, at(1))).toBe('waiting');
    expect(keepalives.overall()).toBe('no-peers-allowed');
  });

  test('says whether traffic ended its failures', () => {
    const { keepalives, now } = failing(1);
    expect(keepalives.traffic(peer, at(now))).toBe(true);
    expect(keepalives.traffic(peer, at(now))).toBe(false);
  });

  test('that is forgotten has no figures and is not asked', () => {
    const { keepalives, now } = failing(1);
    keepalives.forget(peer);
    expect(keepalives.facts(peer)).toBeNull();
    expect(keepalives.due(at(now + 1e6))).toEqual([]);
  });
});

test.each([
  [90_000, 10_000],
  [10_000, 10_000],
  [4_000, 4_000],
  [1_000, 1_000],
  [200, 1_000],
])('with an interval of %d ms an acknowledgement may take %d ms', (intervalMs, expected) => {
  expect(ackTimeoutMs(intervalMs)).toBe(expected);
});

describe('keepalive as a whole', () => {
  test('no members is one thing, none reached another', () => {
    const allowed = createKeepalives(config, () => 0);
    expect(allowed.overall()).toBe('no-peers-allowed');
    const backingOff = createKeepalives({ ...config, allowZeroPeers: false }, () => 0);
    expect(backingOff.overall()).toBe('no-peers-backoff');
    for (const keepalives of [allowed, backingOff]) {
      keepalives.start(peer, at(0));
      keepalives.start('127.0.0.1:7948', at(0));
      expect(keepalives.overall()).toBe('running');
      keepalives.due(at(60_000));
      keepalives.failed(peer, at(70_000));
      expect(keepalives.overall(), 'one of two is reached').toBe('running');
      keepalives.failed('127.0.0.1:7948', at(70_000));
      expect(keepalives.overall()).toBe('none-reached');
    }
    expect(createKeepalives({ ...config, enabled: false }, () => 0).overall()).toBe('disabled');
  });

  test('switched off, nothing is ever due', () => {
    const keepalives = createKeepalives({ ...config, enabled: false }, () => 0);
    keepalives.start(peer, at(0));
    expect(keepalives.due(at(1e9))).toEqual([]);
    expect(keepalives.nextTimeout()).toBeUndefined();
    expect(keepalives.phase(peer, at(0))).toBe('disabled');
  });
});

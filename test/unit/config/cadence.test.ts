import { describe, expect, test } from 'vitest';
import { keepaliveCadence } from '#server/config/model/cadence.ts';

const defaults = { intervalSeconds: 90, activityWindowSeconds: 60, backoffSeconds: 45, peers: 1, allowZeroPeers: true };

describe('keepalive cadence', () => {
  // Taken from p2p/keepalive.py of 3.0.0 itself under a virtual clock (test/interop/mesh/cadence.test.ts repeats it).
  test.each([
    [2, 90, 60, 130],
    [3, 90, 60, 190],
    [5, 90, 60, 310],
    [2, 90, 50, 110],
    [2, 90, 44, 100],
    [2, 90, 40, 90],
    [2, 90, 30, 90],
    [2, 90, 0, 90],
    [2, 90, 65, 140],
    [2, 130, 60, 130],
    [2, 140, 60, 140],
    [2, 120, 90, 190],
    [2, 60, 20, 60],
    [2, 30, 0, 30],
    [2, 5, 0, 10],
    [3, 90, 30, 100],
    [4, 90, 30, 130],
    [3, 120, 20, 120],
    [2, 20, 60, 60],
    [2, 60, 70, 70],
    [2, 90, 120, 120],
  ])('%i nodes, interval %i s, window %i s: every %i s', (nodes, intervalSeconds, activityWindowSeconds, seconds) => {
    const cadence = keepaliveCadence({ ...defaults, peers: nodes - 1, intervalSeconds, activityWindowSeconds });
    expect(cadence.effectiveSeconds).toBe(seconds);
    expect(cadence.why).toContain(`${seconds} s`);
  });

  test('the default settings are explained', () => {
    expect(keepaliveCadence(defaults).why).toBe(
      'Own keepalives and answers to those of others count as activity: after any of the 2 nodes has sent, all are silent for 60 s, so each sends every 130 s, not every 90 s.',
    );
    expect(keepaliveCadence({ ...defaults, activityWindowSeconds: 20 }).why).toBe(
      'The interval of 90 s; the window is over before.',
    );
    expect(keepaliveCadence({ ...defaults, intervalSeconds: 5, activityWindowSeconds: 0 }).why).toBe(
      'The interval of 5 s, in steps of 10 s; the window is over before.',
    );
    expect(keepaliveCadence({ ...defaults, intervalSeconds: 20 }).why).toContain('silence the others');
  });

  test('each node beyond the twelfth adds one window', () => {
    const of = (peers: number) => keepaliveCadence({ ...defaults, peers }).effectiveSeconds ?? Number.NaN;
    expect(of(11)).toBe(730);
    expect(of(12)).toBe(790);
    expect(of(99)).toBe(730 + 88 * 60);
  });

  test('absurd values end quickly', () => {
    const year = 31_536_000;
    expect(keepaliveCadence({ ...defaults, intervalSeconds: year }).effectiveSeconds).toBe(year);
    expect(keepaliveCadence({ ...defaults, intervalSeconds: Number.POSITIVE_INFINITY }).effectiveSeconds).toBeNull();
    expect(keepaliveCadence({ ...defaults, intervalSeconds: Number.NaN }).effectiveSeconds).toBeNull();
    expect(keepaliveCadence({ ...defaults, intervalSeconds: -5, activityWindowSeconds: -5 }).effectiveSeconds).toBe(10);
  });

  test('without peers nothing is sent, and the penalty depends on allow_zero_peers', () => {
    expect(keepaliveCadence({ ...defaults, peers: 0 })).toEqual({
      effectiveSeconds: null,
      why: 'There is no peer to send to; the node looks again every 10 s, without penalty.',
    });
    const strict = keepaliveCadence({ ...defaults, peers: 0, allowZeroPeers: false });
    expect(strict.effectiveSeconds).toBeNull();
    expect(strict.why).toContain('every 50 s');
    expect(keepaliveCadence({ ...defaults, peers: 0, allowZeroPeers: false, backoffSeconds: 20 }).why).toContain('every 20 s');
  });
});

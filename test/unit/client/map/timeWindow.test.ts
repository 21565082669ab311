import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_MS, LONGEST_MS, SHORTEST_MS, TimeWindow } from '../../../../client/webview/timeWindow.ts';

const now = Date.parse('2026-11-21T10:42:00Z');

describe('the stretch of time on show', () => {
  it('follows the present at first', () => {
    const window = new TimeWindow();
    expect(window.range(now)).toEqual([now - FIRST_MS, now]);
    expect(window.range(now + 5_000)).toEqual([now - FIRST_MS + 5_000, now + 5_000]);
    expect(window.following).toBe(true);
  });

  it('goes on following when zoomed at its right end', () => {
    const window = new TimeWindow();
    window.zoom(2, 1, now);
    expect(window.range(now)).toEqual([now - FIRST_MS / 2, now]);
    expect(window.following).toBe(true);
  });

  it('holds still where a person looks, and follows again at the end', () => {
    const window = new TimeWindow();
    window.pan(-0.5, now);
    expect(window.following).toBe(false);
    expect(window.range(now + 60_000)).toEqual([now - 1.5 * FIRST_MS, now - 0.5 * FIRST_MS]);
    window.pan(3, now);
    expect(window.following).toBe(true);
    window.pan(-1, now);
    window.follow();
    expect(window.range(now)).toEqual([now - FIRST_MS, now]);
  });

  it('keeps the moment under the pointer where it is, within its limits and never in the future', () => {
    const step = fc.record({
      factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
      share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const window = new TimeWindow();
        for (const { factor, share } of steps) {
          const [from, to] = window.range(now);
          const moment = from + (to - from) * share;
          window.zoom(factor, share, now);
          const [newFrom, newTo] = window.range(now);
          expect(newTo - newFrom).toBeGreaterThanOrEqual(SHORTEST_MS);
          expect(newTo - newFrom).toBeLessThanOrEqual(LONGEST_MS);
          expect(newTo).toBeLessThanOrEqual(now);
          if (!window.following) expect(newFrom + (newTo - newFrom) * share).toBeCloseTo(moment, -1);
        }
      }),
    );
  });
});

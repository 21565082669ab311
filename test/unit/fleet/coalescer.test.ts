import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Coalescer } from '#server/fleet/coalescer.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

test('the first request runs at once, a burst after it once per gap', () => {
  const runs: number[] = [];
  const coalescer = new Coalescer(250, () => runs.push(performance.now()));
  const start = performance.now();
  for (let ms = 0; ms < 900; ms += 10) {
    coalescer.request();
    vi.advanceTimersByTime(10);
  }
  expect(runs.map((at) => at - start)).toEqual([0, 250, 500, 750]);
  vi.advanceTimersByTime(1000);
  expect(runs).toHaveLength(5);
});

test('after the end nothing runs', () => {
  const run = vi.fn();
  const coalescer = new Coalescer(250, run);
  coalescer.request();
  coalescer.dispose();
  coalescer.request();
  vi.advanceTimersByTime(1000);
  expect(run).not.toHaveBeenCalled();
});

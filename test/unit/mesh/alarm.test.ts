import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAlarm } from '#server/mesh/host/alarm.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sets the alarm with `deadlines` in turn, one every 10 ms, and notes when it rings during the next 3 minutes. */
function rings(...deadlines: (number | undefined)[]): number[] {
  const start = performance.now();
  const seen: number[] = [];
  const alarm = createAlarm(() => seen.push(performance.now() - start));
  for (const deadline of deadlines) {
    alarm.set(deadline === undefined ? undefined : start + deadline);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(180_000);
  alarm.stop();
  return seen;
}

test('it rings once, at the deadline', () => {
  expect(rings(500)).toEqual([500]);
});

test('a nearer deadline replaces the one that was set', () => {
  expect(rings(500, 300)).toEqual([300]);
});

test('a deadline that moves away takes the wake-up with it', () => {
  expect(rings(300, 1_000)).toEqual([1_000]);
});

test('small moves set no new timer: it rings a little early instead of late', () => {
  expect(rings(300, 330)).toEqual([300]);
});

test('many small moves add up: it never rings more than 40 ms early', () => {
  const [ring = 0] = rings(...Array.from({ length: 20 }, (_, step) => 300 + 10 * step));
  expect(ring).toBeGreaterThanOrEqual(450);
  expect(ring).toBeLessThanOrEqual(490);
});

test('a deadline that has passed rings at once', () => {
  expect(rings(-5)).toEqual([0]);
});

test('without a deadline it still looks once a minute', () => {
  expect(rings(undefined)).toEqual([60_000]);
});

test('a stopped alarm is silent', () => {
  const ring = vi.fn();
  const alarm = createAlarm(ring);
  alarm.set(performance.now() + 10);
  alarm.stop();
  vi.advanceTimersByTime(1_000);
  expect(ring).not.toHaveBeenCalled();
});

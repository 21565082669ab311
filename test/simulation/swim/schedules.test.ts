/** Random schedules of mishaps; those that once failed are kept and run again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counterexamples } from './counterexamples.ts';
import { runSchedule, schedule } from './schedule.ts';

test.each(counterexamples)('$why', ({ plan }) => {
  expect(runSchedule(plan).violations).toEqual([]);
});

// In portions, so that a busy machine shows progress; 2,000 in all. The soak lane runs ten times as many.
test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'portion %d of 250 random schedules of ours and Python nodes: no accusation of our own, and in the end one view',
  () => {
    fc.assert(
      fc.property(schedule, (plan) => {
        expect(runSchedule(plan).violations).toEqual([]);
      }),
      { numRuns: 250 },
    );
  },
  120_000,
);

test('the same schedule gives the same trace, another seed another one', () => {
  fc.assert(
    // One node alone sends nothing that a seed could change.
    fc.property(
      schedule.filter((plan) => plan.ours + plan.python > 1),
      (plan) => {
        const { trace } = runSchedule(plan);
        expect(runSchedule(plan).trace).toBe(trace);
        expect(runSchedule({ ...plan, seed: plan.seed + 1 }).trace).not.toBe(trace);
      },
    ),
    { numRuns: 10 },
  );
}, 60_000);

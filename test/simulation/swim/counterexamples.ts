/** Schedules that once ended in a violation, as they were shrunk. */
import type { Schedule } from './schedule.ts';

const small = { seed: 0, loss: 0, duplication: 0, delayMs: 1 } as const;

export const counterexamples: readonly { readonly why: string; readonly plan: Schedule }[] = [
  {
    why: 'a node that still sleeps when the network heals',
    plan: {
      ...small,
      ours: 1,
      python: 1,
      mishaps: [{ what: { kind: 'sleep', node: 0, ms: 2_582 }, thenMs: 0 }],
      gone: [],
    },
  },
  {
    why: 'a deadline that is rounded to a moment before itself after a sleep',
    plan: {
      ...small,
      ours: 1,
      python: 1,
      mishaps: [
        { what: { kind: 'deafen', node: 0, other: 0 }, thenMs: 1_344 },
        { what: { kind: 'sleep', node: 7, ms: 7_688 }, thenMs: 560 },
        { what: { kind: 'split', node: 0 }, thenMs: 663 },
        { what: { kind: 'start', node: 0 }, thenMs: 3_867 },
        { what: { kind: 'crash', node: 0 }, thenMs: 4_520 },
      ],
      gone: [],
    },
  },
  {
    why: 'the last Python node of its fleet, which believes that it is suspect',
    plan: {
      ...small,
      ours: 2,
      python: 2,
      loss: 0.02,
      mishaps: [
        { what: { kind: 'crash', node: 6 }, thenMs: 0 },
        { what: { kind: 'leave', node: 0 }, thenMs: 1_989 },
      ],
      gone: [7],
    },
  },
  {
    why: 'a Python node that doubts another one when all others agree already',
    plan: {
      seed: 21,
      ours: 2,
      python: 3,
      loss: 0.02,
      duplication: 0.1,
      delayMs: 100,
      mishaps: [{ what: { kind: 'split', node: 4 }, thenMs: 5_363 }],
      gone: [],
    },
  },
  {
    why: 'a Python node that has not given up a dead one when all others agree already',
    plan: {
      ...small,
      ours: 2,
      python: 2,
      mishaps: [
        { what: { kind: 'sleep', node: 2, ms: 10_118 }, thenMs: 1_836 },
        { what: { kind: 'leave', node: 0 }, thenMs: 3_389 },
        { what: { kind: 'jumpClock', node: 0, ms: 0 }, thenMs: 201 },
        { what: { kind: 'stall', node: 7, ms: 4_091 }, thenMs: 4_090 },
      ],
      gone: [3],
    },
  },
  {
    why: 'a Python node that the others bring back from the dead moments before the last look',
    plan: {
      seed: 391_371_708,
      ours: 5,
      python: 3,
      loss: 0,
      duplication: 0.1,
      delayMs: 100,
      mishaps: [
        { what: { kind: 'leave', node: 3 }, thenMs: 4_205 },
        { what: { kind: 'deafen', node: 3, other: 0 }, thenMs: 1_820 },
        { what: { kind: 'leave', node: 1 }, thenMs: 3_103 },
        { what: { kind: 'leave', node: 4 }, thenMs: 937 },
        { what: { kind: 'leave', node: 1 }, thenMs: 4_752 },
        { what: { kind: 'sleep', node: 7, ms: 21_639 }, thenMs: 2_713 },
      ],
      gone: [6],
    },
  },
  {
    why: 'a Python node that has just woken, and that all of ours still hold for dead by themselves',
    plan: {
      ...small,
      seed: 1_466_179_880,
      ours: 5,
      python: 1,
      delayMs: 100,
      mishaps: [
        { what: { kind: 'deafen', node: 5, other: 7 }, thenMs: 5_017 },
        { what: { kind: 'sleep', node: 5, ms: 22_828 }, thenMs: 0 },
      ],
      gone: [1],
    },
  },
  {
    why: 'a node that starts when the network heals, and is told a moment later of a suspect that died with it',
    plan: {
      seed: 1_982_386_853,
      ours: 3,
      python: 1,
      loss: 0.2,
      duplication: 0.1,
      delayMs: 100,
      mishaps: [
        { what: { kind: 'stall', node: 1, ms: 7_367 }, thenMs: 2_318 },
        { what: { kind: 'isolate', node: 2 }, thenMs: 5_599 },
        { what: { kind: 'crash', node: 4 }, thenMs: 2_760 },
        { what: { kind: 'stall', node: 4, ms: 1_219 }, thenMs: 3_590 },
        { what: { kind: 'crash', node: 7 }, thenMs: 1_013 },
        { what: { kind: 'jumpClock', node: 7, ms: 44_179_078 }, thenMs: 3_104 },
      ],
      gone: [5, 7],
    },
  },
];

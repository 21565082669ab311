/** What a fuzzing process and its parent tell each other. */
import * as z from 'zod';

export const orderSchema = z.object({ target: z.string(), seed: z.int(), first: z.int(), count: z.int(), forMs: z.number() });
export type Order = z.infer<typeof orderSchema>;

export const reportSchema = z.discriminatedUnion('kind', [
  /** About to take input `number`. */
  z.object({ kind: z.literal('at'), number: z.int() }),
  /** All inputs below `number` were taken. */
  z.object({ kind: z.literal('done'), number: z.int() }),
  z.object({ kind: z.literal('failed'), number: z.int(), what: z.string() }),
]);
export type Report = z.infer<typeof reportSchema>;

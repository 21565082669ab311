/** Schedules that once ended in a violation, as they were shrunk. */
import type { Schedule } from './schedule.ts';

export const counterexamples: readonly { readonly why: string; readonly plan: Schedule }[] = [];

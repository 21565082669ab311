import type { Diagnosis, StepResult } from './doctor.ts';

/** The step that names what is wrong; null when none failed. */
export function firstFailure({ steps }: Diagnosis): StepResult | null {
  return steps.find(({ status }) => status === 'fail') ?? null;
}

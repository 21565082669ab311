/** What the doctor finds out about one node, step by step. */
import * as z from 'zod';
import { timeSchema } from './peer.ts';
import { placeSchema } from './view.ts';

/** In the order in which they are judged: each needs what stands before it. */
export const doctorSteps = ['config', 'name', 'udp', 'tcp', 'zmq', 'identity', 'clock', 'fleet', 'mesh', 'roles'] as const;
export const doctorStepSchema = z.enum(doctorSteps);
export type DoctorStep = z.infer<typeof doctorStepSchema>;

export const causeCodeSchema = z.enum([
  'no-address',
  'wildcard-identity',
  'name-identity',
  'not-ipv4',
  'unknown-name',
  'not-started',
  'bound-elsewhere',
  'firewall',
  'other-service',
  'process-stopped',
  'container-network',
  'udp-only',
  'wrong-offset',
  'other-identity',
  'clock-offset',
  'other-fleet',
  'isolated',
  'held-dead',
  'not-a-member',
  'not-announced',
]);
export type CauseCode = z.infer<typeof causeCodeSchema>;

export const causeSchema = z.object({ code: causeCodeSchema, text: z.string() });
export type Cause = z.infer<typeof causeSchema>;

/** `unknown`: it cannot be told from here; `skipped`: it depends on a step that failed. */
export const stepStatusSchema = z.enum(['pass', 'fail', 'unknown', 'skipped']);
export type StepStatus = z.infer<typeof stepStatusSchema>;

export const stepResultSchema = z.object({
  step: doctorStepSchema,
  status: stepStatusSchema,
  /** What was seen, one sentence. */
  message: z.string(),
  /** Likeliest first; none unless the step failed. */
  causes: z.array(causeSchema),
  /** Lines that decide about it: what to change, where the step failed. */
  evidence: z.array(placeSchema),
  remedy: z.string().nullable(),
});
export type StepResult = z.infer<typeof stepResultSchema>;

export const diagnosisSchema = z.object({
  /** Its row in Fleet Peers; null for an address that has none. */
  row: z.string().nullable(),
  name: z.string(),
  /** `host:port` that was asked; null where the files do not tell one. */
  address: z.string().nullable(),
  /** One per step, in the order of `doctorSteps`. */
  steps: z.array(stepResultSchema),
  asOf: timeSchema,
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** Messages between editor and server about starting what is declared, and about examining it. */
import * as z from 'zod';
import { diagnosisSchema } from '../fleet/doctor.ts';

/**
 * Client -> server request: examine nodes. It opens sockets, so it is refused in an untrusted workspace. Can be cancelled.
 */
export const diagnoseRequest = {
  method: 'jarviscoreFleet/diagnose',
  params: z.object({
    /** Ids of rows in Fleet Peers (`FleetPeer.id`); null: every declared node. */
    rows: z.array(z.string()).nullable(),
    /** `host:port` addresses a person names. */
    addresses: z.array(z.string()).default([]),
  }),
  result: z.object({
    diagnoses: z.array(diagnosisSchema),
    /** All of it to read. */
    text: z.string(),
  }),
} as const;

export const runPlanSchema = z.object({
  /** Id of the declared process. */
  process: z.string(),
  name: z.string(),
  /** Relative to its folder. */
  file: z.string(),
  /** Path of the folder that `run` works in. */
  folder: z.string(),
  /** Arguments of `jarviscore-fleet`; null where it cannot be started here. */
  arguments: z.array(z.string()).nullable(),
  /** Why it cannot be started, now or at all; one sentence each. */
  problems: z.array(z.string()),
});
export type RunPlan = z.infer<typeof runPlanSchema>;

/** Client -> server request: how declared nodes are started, and what stands in the way. Nothing is started. */
export const runPlansRequest = {
  method: 'jarviscoreFleet/runPlans',
  params: z.object({
    /** Ids of declared processes; null: every declared node. */
    processes: z.array(z.string()).nullable(),
  }),
  result: z.object({
    plans: z.array(runPlanSchema),
    /** Why they cannot run together; one sentence each. */
    collisions: z.array(z.string()),
  }),
} as const;

/** Custom messages about what the files say: readiness, framework releases, reports, fixes of the whole workspace. */
import * as z from 'zod';
import { placeSchema } from '../fleet/view.ts';
import { methods } from './methods.ts';

export const readinessStatusSchema = z.enum(['pass', 'fail', 'not-applicable', 'manual']);

export const readinessItemSchema = z.object({
  /** `P1` to `P11` of the production checklist, `S1` to `S7` of the security checklist. */
  item: z.string(),
  title: z.string(),
  status: readinessStatusSchema,
  /** Why, one sentence; never with a secret in it. */
  message: z.string(),
  /** What to do; empty for a passed item. */
  remedy: z.string(),
  /** Where the files say so. */
  evidence: z.array(placeSchema),
  /** Where to change it: the first evidence, else a declared process that lacks the setting; null: nowhere. */
  change: placeSchema.nullable(),
});
export type ReadinessItem = z.infer<typeof readinessItemSchema>;

export const readinessFolderSchema = z.object({
  uri: z.string(),
  name: z.string(),
  /** Framework release it was judged for. */
  target: z.string(),
  /** Declared processes; without one the checklists say nothing. */
  processes: z.int().nonnegative(),
  items: z.array(readinessItemSchema),
});
export type ReadinessFolder = z.infer<typeof readinessFolderSchema>;

/** Client -> server request: both checklists, for each workspace folder on its own. Null: the workspace is not trusted. */
export const readinessRequest = {
  method: methods.readiness,
  params: z.null(),
  result: z.object({ folders: z.array(readinessFolderSchema) }).nullable(),
} as const;

/** Server -> client notification: the last answer to `readinessRequest` may no longer hold. Sent once per answer. */
export const readinessChangedNotification = { method: methods.readinessChanged, params: z.null() } as const;

/** Client -> server request: the framework releases that can be chosen, newest first, and what counts now. */
export const releasesRequest = {
  method: 'jarviscoreFleet/releases',
  params: z.null(),
  result: z.object({
    releases: z.array(z.string()),
    folders: z.array(
      z.object({
        uri: z.string(),
        name: z.string(),
        current: z.string(),
        /** One phrase: "pinned in requirements.txt". */
        origin: z.string(),
      }),
    ),
  }),
} as const;

export const textEditSchema = z.object({ uri: z.string(), range: placeSchema.shape.range, newText: z.string() });

/**
 * Client -> server request: what writes a release into the folder's `jarviscore-fleet.json`, comments kept; null takes
 * the release out. `create`: the file is not there yet. `problem`: it cannot be edited, and why.
 */
export const chooseReleaseRequest = {
  method: 'jarviscoreFleet/chooseRelease',
  params: z.object({ folder: z.string(), release: z.string().nullable() }),
  result: z.object({
    file: z.string(),
    create: z.boolean(),
    edits: z.array(textEditSchema),
    problem: z.string().nullable(),
  }),
} as const;

export const reportFormatSchema = z.enum(['sarif', 'json', 'markdown']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

/** Client -> server request: the findings of the whole workspace as `check --format` writes them. */
export const reportRequest = {
  method: 'jarviscoreFleet/report',
  params: z.object({ format: reportFormatSchema }),
  result: z.object({
    text: z.string(),
    findings: z.int().nonnegative(),
    /** What the format left out; null: nothing. */
    notice: z.string().nullable(),
  }),
} as const;

/** Client -> server request: one round of safe fixes that do not touch each other. Nothing left: no edits. */
export const fixAllRequest = {
  method: 'jarviscoreFleet/fixAll',
  params: z.null(),
  result: z.object({
    fixes: z.int().nonnegative(),
    edits: z.array(textEditSchema.extend({ version: z.int().nullable() })),
  }),
} as const;

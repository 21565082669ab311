/** The JSON document of `check --format json`. */
import * as z from 'zod';
import { severitySchema } from '../settings/ruleInventory.ts';

const positionSchema = z.object({ line: z.int().nonnegative(), character: z.int().nonnegative() });
export const rangeSchema = z.object({ start: positionSchema, end: positionSchema });

export const checkReportSchema = z.object({
  schema: z.literal(1),
  findings: z.array(
    z.object({
      rule: z.string(),
      severity: severitySchema,
      message: z.string(),
      /** Relative to the working directory, with `/`. */
      file: z.string(),
      range: rangeSchema,
      setting: z.string().nullable(),
      related: z.array(z.object({ file: z.string(), range: rangeSchema, message: z.string() })),
      fixes: z.array(z.object({ title: z.string(), safe: z.boolean() })),
    }),
  ),
  summary: z.object({ files: z.int(), error: z.int(), warning: z.int(), info: z.int(), hint: z.int() }),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

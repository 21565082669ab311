/** The file of `check --write-baseline`: findings a project has accepted. */
import * as z from 'zod';

export const baselineSchema = z.object({
  schema: z.literal(1),
  findings: z.array(
    z.object({
      rule: z.string(),
      /** Relative to the folder of the baseline file, with `/`. */
      file: z.string(),
      setting: z.string().nullable(),
      /** How many such findings are accepted; lines are left out, so that edits elsewhere in the file do not matter. */
      count: z.int().positive(),
    }),
  ),
});
export type Baseline = z.infer<typeof baselineSchema>;

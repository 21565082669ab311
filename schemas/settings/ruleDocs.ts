/** Why each implemented rule exists, and an example that fires it and one that does not; tests run both. */
import * as z from 'zod';
import { releaseSchema } from './catalogue.ts';
import ruleDocsJson from './ruleDocs.json' with { type: 'json' };

const exampleSchema = z.strictObject({
  /** Path in the workspace -> text. */
  files: z.record(z.string(), z.string()),
  target: releaseSchema.optional(),
  profile: z.enum(['development', 'production']).optional(),
});
export type RuleExample = z.infer<typeof exampleSchema>;

export const ruleDocSchema = z.strictObject({
  why: z.string().min(20),
  /** Places in the framework's source, `file:line`. */
  evidence: z.array(z.string()),
  bad: exampleSchema,
  good: exampleSchema,
});
export type RuleDoc = z.infer<typeof ruleDocSchema>;

export const ruleDocsFileSchema = z.record(z.string(), ruleDocSchema);

/** Rule id -> text and examples. */
export const ruleDocs: ReadonlyMap<string, RuleDoc> = new Map(Object.entries(ruleDocsJson as unknown as Record<string, RuleDoc>));

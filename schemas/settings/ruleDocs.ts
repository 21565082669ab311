/** Why each implemented rule exists, and an example that fires it and one that does not; tests run both. */
import * as z from 'zod';
import { releaseSchema } from './catalogue.ts';
import ruleDocsJson from './ruleDocs.json' with { type: 'json' };

const exampleSchema = z.strictObject({
  /** Path in the workspace -> text. */
  files: z.record(z.string(), z.string()),
  target: releaseSchema.optional(),
  profile: z.enum(['development', 'production']).optional(),
  /** Paths that git tracks. The workspace is a repository when this is given. */
  tracked: z.array(z.string()).optional(),
});
export type RuleExample = z.infer<typeof exampleSchema>;

export const ruleDocSchema = z.strictObject({
  why: z.string().min(20),
  /** Places in the framework's source, `file:line`. */
  evidence: z.array(z.string()),
  /** Words, where a text file cannot show it. */
  bad: z.union([exampleSchema, z.string()]),
  good: z.union([exampleSchema, z.string()]),
});
export type RuleDoc = z.infer<typeof ruleDocSchema>;

export const ruleDocsFileSchema = z.record(z.string(), ruleDocSchema);

/** The rules whose examples are workspaces, which tests run. */
export function runnableExamples(): ReadonlyMap<string, { readonly bad: RuleExample; readonly good: RuleExample }> {
  return new Map(
    [...ruleDocs].flatMap(([id, { bad, good }]) =>
      typeof bad === 'string' || typeof good === 'string' ? [] : [[id, { bad, good }] as const],
    ),
  );
}

/** Rule id -> text and examples. */
export const ruleDocs: ReadonlyMap<string, RuleDoc> = new Map(Object.entries(ruleDocsJson as unknown as Record<string, RuleDoc>));

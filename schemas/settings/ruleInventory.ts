/** The inventory of rules: one entry of metadata per rule, the single source for docs pages, severities and SARIF help. */
import * as z from 'zod';
import { releaseSchema } from './catalogue.ts';
import rulesJson from './rules.json' with { type: 'json' };

export const severitySchema = z.enum(['error', 'warning', 'info', 'hint']);
export type Severity = z.infer<typeof severitySchema>;

const rangeSchema = z.strictObject({ from: releaseSchema, to: releaseSchema.nullable() });

export const fileKindSchema = z.enum([
  'dotenv',
  'python',
  'compose',
  'systemd',
  'kubernetes',
  'dockerfile',
  'shell',
  'launch',
  'requirements',
  'prometheus',
  'project',
]);
/** A kind of document a setting can stand in; `project` is `jarviscore-fleet.json`, which says how the others are checked. */
export type FileKind = z.infer<typeof fileKindSchema>;

export const ruleMetadataSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/),
  title: z.string(),
  severity: severitySchema,
  severityWhen: z.array(z.strictObject({ when: z.string(), severity: z.enum(['error', 'warning', 'info', 'hint', 'off']) })),
  profile: z.enum(['any', 'production']),
  releases: z.union([rangeSchema, z.array(rangeSchema)]),
  scope: z.enum(['document', 'process', 'fleet', 'workspace']),
  shape: z.enum(['catalogue', 'relation', 'structure']),
  files: z.array(fileKindSchema),
  settings: z.array(z.string()),
  fix: z.enum(['safe', 'unsafe', 'none']),
  section: z.string(),
  checklist: z.array(z.string()),
  supersedes: z.array(z.string()),
  decided: z.literal(true).optional(),
  why: z.string().optional(),
});
export type RuleMetadata = z.infer<typeof ruleMetadataSchema>;

export const rulesFileSchema = z.strictObject({
  description: z.string(),
  count: z.int(),
  rules: z.array(ruleMetadataSchema),
  notRules: z.array(z.strictObject({ id: z.string(), section: z.string(), reason: z.string() })),
});

const file = rulesJson as unknown as z.infer<typeof rulesFileSchema>;

/** Rule id -> metadata, in inventory order. */
export const ruleInventory: ReadonlyMap<string, RuleMetadata> = new Map(file.rules.map((rule) => [rule.id, rule]));

/**
 * `jarviscore-fleet.json`: how a project is checked, for everybody alike. It wins over the settings of an editor, so that
 * editor and command line agree; options of the command line win over it. Comments and trailing commas are allowed, as in
 * `tsconfig.json`. The nearest file at or above a path counts for it, alone: nothing is inherited from files further up.
 */
import * as z from 'zod';
import { releaseSchema, releases } from '../settings/catalogue.ts';
import { ruleInventory, severitySchema } from '../settings/ruleInventory.ts';

export const fleetFileName = 'jarviscore-fleet.json';

const pattern = z.string().min(1).meta({
  description:
    'A pattern as in .gitignore, relative to the folder of this file: "examples/", "**/*.local.env", "/deploy/old", "!examples/real.env".',
});

const ruleId = z.string().min(1).meta({ description: 'Id of a rule, as reports show it.' });

export const ruleSeveritySchema = z.enum([...severitySchema.options, 'off']);

const pathRulesSchema = z
  .strictObject({
    paths: z.array(pattern).min(1).meta({ description: 'Where the rules stay silent.' }),
    rules: z.array(ruleId).min(1).meta({ description: 'The rules that stay silent there.' }),
  })
  .meta({ description: 'Files that are read as ever, without findings of these rules.' });

const hostSchema = z
  .strictObject({
    processes: z.array(z.string().min(1)).optional().meta({
      description:
        'Names of declared processes, as "jarviscore-fleet env effective" prints them: the node name, service or unit name.',
    }),
    files: z.array(pattern).optional().meta({
      description: 'Patterns of files: every process declared in one of them runs on this host.',
    }),
    addresses: z.array(z.string().min(1)).optional().meta({
      description: 'Names and addresses under which other machines reach this host; seeds that use them lead to its processes.',
    }),
  })
  .meta({ description: 'A machine, or a group of processes that share one set of network interfaces.' });

export const fleetFileSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: 'The JSON Schema of this file, for editors that do not know it by name.' }),
  target: releaseSchema.optional().meta({
    description:
      'Release of jarviscore-framework that the checks assume. Absent: the release your requirements, lock file or virtual environment name, else the newest known one.',
    examples: [...releases].reverse(),
  }),
  profile: z.enum(['development', 'production']).optional().meta({
    description: 'How strict the checks are. "production" adds the production and the security checklist.',
  }),
  severities: z.record(ruleId, ruleSeveritySchema).optional().meta({
    description: 'Severity per rule id; "off" silences the rule.',
  }),
  ignores: z
    .array(z.union([pattern, pathRulesSchema]))
    .optional()
    .meta({
      description:
        'What is left out. A pattern: these files are not read, and what they declare does not count. An object: only the named rules stay silent there.',
    }),
  hosts: z.record(z.string(), hostSchema).optional().meta({
    description:
      'Which declared processes run on which machine. Processes of one host share its ports and reach each other over loopback; those of different hosts do neither. Processes named nowhere share one machine per workspace folder.',
  }),
  baseline: z.string().min(1).optional().meta({
    description:
      'A file written by "jarviscore-fleet check --write-baseline", relative to the folder of this file: the findings it lists are accepted.',
  }),
});
export type FleetFile = z.infer<typeof fleetFileSchema>;

/** Every key that has a meaning somewhere in the file; ids of rules and names of hosts are keys, too. */
export const fleetFileKeys: ReadonlySet<string> = new Set(
  [fleetFileSchema, pathRulesSchema, hostSchema].flatMap(({ shape }) => Object.keys(shape)),
);

/** The JSON Schema for editors: what zod makes of it, and the id and title of every rule, which editors offer. */
export function fleetFileJsonSchema(): object {
  const schema = z.toJSONSchema(fleetFileSchema, { target: 'draft-2020-12' }) as Record<string, unknown> & {
    properties: Record<string, object>;
  };
  const { propertyNames: _names, ...severities } = schema.properties.severities as Record<string, unknown>;
  const rules = [...ruleInventory.values()].map(({ id, title, severity }) => [
    id,
    { enum: ruleSeveritySchema.options, description: `${title} (${severity})` },
  ]);
  return {
    ...schema,
    title: `How jarviscore-fleet checks a project (${fleetFileName})`,
    properties: { ...schema.properties, severities: { ...severities, properties: Object.fromEntries(rules) } },
  };
}

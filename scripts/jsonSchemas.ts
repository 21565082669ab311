/**
 * Generates schemas/json/ from the zod schemas and the settings catalogue.
 *
 *   node scripts/jsonSchemas.ts [--check]     --check: write nothing, exit 1 when a file is out of date
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { peerSchema } from '#schemas/fleet/peer.ts';
import { fleetFileJsonSchema } from '#schemas/project/fleetFile.ts';
import { checkReportSchema } from '#schemas/report/check.ts';
import { environmentJsonSchema, meshConfigJsonSchema } from '#schemas/settings/jsonSchema.ts';

const folder = fileURLToPath(new URL('../schemas/json/', import.meta.url));

function fromZod(title: string, schema: z.ZodType): object {
  return { ...z.toJSONSchema(schema, { target: 'draft-2020-12' }), title };
}

const files: Readonly<Record<string, object>> = {
  'check-report.schema.json': fromZod('Output of jarviscore-fleet check --format json', checkReportSchema),
  'peer.schema.json': fromZod('A peer in the output of jarviscore-fleet node --json', peerSchema),
  'fleet-file.schema.json': fleetFileJsonSchema(),
  'environment.schema.json': environmentJsonSchema(),
  'mesh-config.schema.json': meshConfigJsonSchema(),
};

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
mkdirSync(folder, { recursive: true });
let stale = 0;
for (const [name, schema] of Object.entries(files)) {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const path = folder + name;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (values.check) {
    console.error(`${name} is out of date: run "npm run schemas"`);
    stale++;
  } else {
    writeFileSync(path, text);
    console.log(`wrote schemas/json/${name}`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;

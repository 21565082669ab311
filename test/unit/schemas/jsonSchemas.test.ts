import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { environmentJsonSchema, meshConfigJsonSchema } from '#schemas/settings/jsonSchema.ts';

test('the checked-in JSON Schemas are up to date', () => {
  const script = fileURLToPath(new URL('../../../scripts/jsonSchemas.ts', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('they describe what the newest release reads', () => {
  const environment = environmentJsonSchema() as { properties: Record<string, { default?: unknown }> };
  expect(environment.properties.JARVISCORE_BIND_PORT).toMatchObject({ type: 'string', default: '7946' });
  expect(environment.properties).not.toHaveProperty('BIND_PORT');
  const mesh = meshConfigJsonSchema() as { properties: Record<string, object> };
  expect(mesh.properties.bind_port).toMatchObject({ type: 'integer', default: 7946 });
  expect(mesh.properties).toHaveProperty('allow_zero_peers');
});

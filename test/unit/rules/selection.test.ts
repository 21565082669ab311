import { expect, test } from 'vitest';
import { newestRelease } from '#schemas/settings/catalogue.ts';
import { fileKindSchema, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { selected } from '#server/config/rules/selection.ts';
import { findingsOf } from './workspace.ts';

const run = { target: newestRelease, profile: 'production' } as const;
const idsFor = (kind?: (typeof fileKindSchema.options)[number]) => selected('document', run, true, kind).map(({ id }) => id);

test.each(fileKindSchema.options)(
  'of a document of the kind %s the rules are asked that report there, in their order',
  (kind) => {
    const held = kind === 'kubernetes' ? 'dotenv' : kind;
    const speaking = idsFor().filter((id) => {
      const files = ruleInventory.get(id)?.files ?? [];
      return files.includes(kind) || files.includes(held);
    });
    expect(speaking.length).toBeGreaterThan(0);
    expect(idsFor(kind)).toEqual(speaking);
  },
);

test('an env file in a ConfigMap is read with the rules for env files', () => {
  const manifest =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: node}\ndata:\n  node.env: |\n    LOG_LEVEL: INFO\n    JARVISCORE_NODE_NAME=a\n';
  expect(findingsOf({ 'map.yaml': manifest }).map(({ rule, range }) => [rule, range.start.line])).toEqual([['dotenv-colon', 5]]);
});

test('rules that are asked one after the other report under their own names and severities', () => {
  const found = findingsOf({ '.env': 'LOG_LEVL=INFO\nKEEPALIVE_INTERVAL=9o\nJARVISCORE_SEED_NODES=127.0.0.1\n' });
  for (const { rule, severity } of found) {
    const facts = ruleInventory.get(rule);
    expect([facts?.severity, ...(facts?.severityWhen.map((when) => when.severity) ?? [])]).toContain(severity);
  }
  expect(new Set(found.map(({ rule }) => rule)).size).toBeGreaterThan(2);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { configurationSchema } from '#schemas/editor/messages.ts';
import { parseConfiguration } from '#server/lsp/configuration.ts';

const defaults = configurationSchema.parse({});

test('nothing, null and nonsense are the defaults', () => {
  for (const raw of [undefined, null, {}, { node: null }, { target: null }])
    expect(parseConfiguration(raw)).toEqual({ value: defaults, rejected: [] });
  for (const raw of ['text', 7, [1]]) expect(parseConfiguration(raw).value).toEqual(defaults);
});

test('one unusable value costs that value only', () => {
  const { value, rejected } = parseConfiguration({
    target: '2.0.0',
    profile: 'staging',
    severities: { 'some-rule': 'off', other: 'loud' },
    node: { port: -1, name: 'mine', seeds: ['a:1', 5] },
  });
  expect(value).toMatchObject({
    target: '2.0.0',
    profile: 'development',
    severities: { 'some-rule': 'off' },
    node: { port: 0, name: 'mine', seeds: [] },
  });
  expect(rejected.toSorted()).toEqual(['node.port', 'node.seeds.1', 'profile', 'severities.other']);
});

test('property: whatever the client sends gives a valid configuration', () => {
  const key = fc.constantFrom('target', 'profile', 'severities', 'node', 'port', 'seeds', 'name');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, fc.jsonValue(), fc.dictionary(key, tie('tree'))),
  }));
  fc.assert(
    fc.property(tree, (raw) => {
      expect(configurationSchema.safeParse(parseConfiguration(raw).value).success).toBe(true);
    }),
  );
});

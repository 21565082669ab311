import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  compareReleases,
  effectIn,
  newestRelease,
  releaseFacts,
  releases,
  settings,
  settingsFileSchema,
} from '#schemas/settings/catalogue.ts';
import { ruleInventory, rulesFileSchema } from '#schemas/settings/ruleInventory.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../../schemas/settings/${name}`, import.meta.url)), 'utf8'));

test('the catalogue files fit their schemas', () => {
  expect(settingsFileSchema.safeParse(read('settings.json')).error).toBeUndefined();
  const rules = rulesFileSchema.parse(read('rules.json'));
  expect(rules.rules).toHaveLength(rules.count);
  expect(ruleInventory.size).toBe(rules.count);
});

test('releases are in order, each has facts, the newest is the last', () => {
  expect([...releases].sort(compareReleases)).toEqual([...releases]);
  expect(releases.at(-1)).toBe(newestRelease);
  for (const release of releases) expect(releaseFacts.has(release), release).toBe(true);
});

test('names are unique and effects of one setting never overlap', () => {
  const names = settings.flatMap((setting) => (setting.envName === null ? [] : [setting.envName]));
  expect(new Set(names).size).toBe(names.length);
  for (const setting of settings)
    for (const release of releases) {
      const matching = setting.effects.filter(
        (effect) =>
          compareReleases(effect.from, release) <= 0 && (effect.to === null || compareReleases(release, effect.to) <= 0),
      );
      expect(matching.length, `${setting.envName ?? setting.meshKey} in ${release}`).toBeLessThanOrEqual(1);
      expect(effectIn(setting, release)).toBe(matching[0]);
    }
});

test('what a rule supersedes is a rule', () => {
  for (const rule of ruleInventory.values())
    for (const id of rule.supersedes) expect(ruleInventory.has(id), `${rule.id} -> ${id}`).toBe(true);
});

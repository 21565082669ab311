/** No rule about secrets and placeholders speaks in templates, where placeholders belong. */
import { describe, expect, it } from 'vitest';
import { releases, settings } from '#schemas/settings/catalogue.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { isTemplate } from '#server/config/readers/kind.ts';
import { rules } from '#server/config/rules/registry.ts';
import { type Files, findingsOf, summaries } from '../rules/workspace.ts';

const secrets = settings.filter(({ secret, envName }) => secret && envName !== null && !envName.includes('<'));
const placeholders = [
  'your-key-here',
  '<your-key>',
  'changeme',
  'change-me',
  'xxxx',
  '...',
  'sk-ant-your-key-here',
  '',
  'REPLACE_ME',
];
const real = 'q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA';

const names = ['.env.example', '.env.template', '.env.sample', '.env.dist', '.env.minimal', 'service.env.example', 'example.env'];

/** Rules whose matter is a secret or a placeholder, by what the inventory says they speak about. */
const secretRules = [...ruleInventory.values()]
  .filter(({ id }) => /secret|placeholder|(nexus|approval)-key|encryption|key-(format|weak)|broker-key/.test(id))
  .map(({ id }) => id);

const lines = (value: string): string => secrets.map(({ envName }) => `${envName}=${value}\n`).join('');

describe('templates', () => {
  it('are known by their names', () => {
    expect(names.filter((name) => name !== 'example.env' && !isTemplate(name))).toEqual([]);
    expect(isTemplate('.env')).toBe(false);
    expect(isTemplate('service.env')).toBe(false);
  });

  it('are what most secret rules leave alone, and there are such rules', () => {
    const implemented = rules.filter(({ id }) => secretRules.includes(id));
    expect(implemented.length).toBeGreaterThan(12);
    expect(implemented.filter(({ templates }) => templates !== 'exempt').map(({ id }) => id)).toEqual([]);
  });

  it.each(names.filter((name) => isTemplate(name)))(
    '%s may hold placeholders for every secret, in every release and profile',
    (name) => {
      for (const value of placeholders) {
        for (const target of [releases[0], '2.1.1', releases.at(-1)]) {
          for (const profile of ['development', 'production'] as const) {
            const found = findingsOf({ [name]: lines(value) }, { ...(target === undefined ? {} : { target }), profile });
            expect(summaries(found.filter(({ rule }) => secretRules.includes(rule)))).toEqual([]);
          }
        }
      }
    },
  );

  it('may even hold a value that looks real: to judge it is not their matter', () => {
    const found = findingsOf({ '.env.example': lines(real) }, { profile: 'production' });
    expect(summaries(found.filter(({ rule }) => secretRules.includes(rule)))).toEqual([]);
  });

  it('are told apart from files that are read: there the same lines are reported', () => {
    const found = findingsOf({ '.env': lines('your-key-here') }, { profile: 'production' });
    expect(found.filter(({ rule }) => rule === 'secret-placeholder').length).toBeGreaterThan(10);
  });
});

describe('Secret manifests', () => {
  const manifest = (value: string): Files => ({
    'secrets.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: atlas
stringData:
${secrets.map(({ envName }) => `  ${envName}: "${value}"\n`).join('')}`,
  });

  it.each(placeholders)('may hold %j for the pipeline to fill in', (value) => {
    for (const profile of ['development', 'production'] as const)
      expect(summaries(findingsOf(manifest(value), { profile }))).toEqual([]);
  });
});

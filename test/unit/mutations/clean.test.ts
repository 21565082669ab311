import { describe, expect, it } from 'vitest';
import { fileKindSchema } from '#schemas/settings/ruleInventory.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { findingsOf, modelOf, summaries } from '../rules/workspace.ts';
import { withMountedEnvFile, withProfiles } from './changes.ts';
import { production, workspaceReleases } from './production.ts';

describe.each(workspaceReleases)('the production workspace for %s', (release) => {
  const files = production(release);

  it.each(['development', 'production'] as const)('has no finding at all in %s', (profile) => {
    expect(summaries(findingsOf(files, { profile }))).toEqual([]);
  });

  it('has none in a repository either', () => {
    expect(summaries(findingsOf(files, { profile: 'production', tracked: Object.keys(files) }))).toEqual([]);
  });

  it('names its release itself', () => {
    expect(modelOf(files).target).toBe(release);
  });

  it('has every kind of file that can carry a setting', () => {
    const kinds = new Set(Object.keys(files).flatMap((path) => kindOf(path) ?? []));
    // The project file is a person's choice; the clean workspaces need none.
    expect([...fileKindSchema.options].filter((kind) => !kinds.has(kind))).toEqual(['project']);
  });

  it('declares processes of every kind, all with their program where it is in the workspace', () => {
    const { processes } = modelOf(files);
    expect(new Set(processes.map(({ deployment }) => deployment))).toEqual(
      new Set(['python', 'compose', 'kubernetes', 'systemd', 'shell', 'editor']),
    );
    const services = processes.filter(({ deployment }) => deployment !== 'python' && deployment !== 'kubernetes');
    expect(services.filter(({ program }) => program === null).map(({ name }) => name)).toEqual([]);
  });
});

describe('the newest production workspace', () => {
  it.each([
    ['an env file in a ConfigMap', withMountedEnvFile, 'kubernetes'],
    ['services that a script starts by profile', withProfiles, 'shell'],
  ] as const)('has no finding with %s either', (_what, change, kind) => {
    for (const profile of ['development', 'production'] as const)
      expect(summaries(findingsOf(change(production('3.0.0'), kind), { profile }))).toEqual([]);
  });
});

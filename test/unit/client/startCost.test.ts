import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importsOf, repositoryGraph } from '../../../scripts/cycles.ts';

/** Everything that is loaded with one file, without what it imports later by a call. */
function loadedWith(entry: string): Set<string> {
  const graph = repositoryGraph();
  const seen = new Set([entry]);
  for (const file of seen) for (const next of graph.get(file) ?? []) seen.add(next);
  return seen;
}

const packagesOf = (files: Iterable<string>): Set<string> =>
  new Set([...files].flatMap((file) => importsOf(readFileSync(file, 'utf8')).filter((path) => !/^[.#]/.test(path))));

it('loads a window without the schemas of messages, which take longer than all its views', () => {
  const files = loadedWith('client/src/window.ts');
  expect(files).toContain('client/src/views/fleetViews.ts');
  expect(files).not.toContain('schemas/fleet/view.ts');
  expect([...packagesOf(files)].filter((name) => /^zod\b/.test(name))).toEqual([]);
});

it('loads nothing with the entry that a folder without JarvisCore does not need', () => {
  expect([...packagesOf(loadedWith('client/src/extension.ts'))].sort()).toEqual([
    '@vscode/l10n',
    'node:fs/promises',
    'node:path',
    'vscode',
  ]);
});

/** The clean production workspaces of `test/fixtures/production`, as text. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Files } from '../rules/workspace.ts';

/** Releases a clean workspace exists for: the newest, and the one of the old unprefixed days. */
export const workspaceReleases = ['3.0.0', '1.0.2'] as const;
export type WorkspaceRelease = (typeof workspaceReleases)[number];

const read = new Map<WorkspaceRelease, Files>();

/** The same object each time. */
export function production(release: WorkspaceRelease): Files {
  const known = read.get(release);
  if (known !== undefined) return known;
  const folder = fileURLToPath(new URL(`../../fixtures/production/${release}/`, import.meta.url));
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [`${entry.parentPath}/${entry.name}`.slice(folder.length).replace(/^\//, '')] : [],
  );
  const files = Object.fromEntries(paths.toSorted().map((path) => [path, readFileSync(folder + path, 'utf8')]));
  read.set(release, files);
  return files;
}

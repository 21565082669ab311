/** Fills a workspace from paths on the command line. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fleetFileName } from '#schemas/project/fleetFile.ts';
import type { ProjectSettings } from '../config/model/project.ts';
import { govern } from '../config/project/governance.ts';
import { kindOf } from '../config/readers/kind.ts';
import { maskSecrets } from '../log/mask.ts';
import { displayName } from '../report/items.ts';
import { Documents } from '../workspace/documents.ts';
import { causeOf } from '../workspace/files.ts';
import { upwards } from '../workspace/git/repository.ts';
import type { Flags } from '../workspace/settings.ts';
import { isWithin, uriOf } from '../workspace/uris.ts';
import { Workspace } from '../workspace/workspace.ts';
import { type CliContext, UsageError } from './context.ts';

/**
 * A `jarviscore-fleet.json` counts as in an editor that has the working directory open: from the path up to that folder,
 * for a path outside of it in the path itself.
 *
 * @param paths files and folders, relative to the working directory.
 * @throws UsageError for a path that was named and cannot be read, or is of no kind that is checked.
 */
export function loadWorkspace(paths: readonly string[], flags: Flags, context: CliContext): Workspace {
  const workspace = new Workspace({
    epoch: 'cli',
    flags,
    boundary: uriOf(context.cwd),
    log: (level, text) => {
      if (level === 'error' || level === 'warn') context.err(maskSecrets(text));
    },
  });
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const absolute = resolve(context.cwd, path);
    if (isReadableFolder(path, absolute)) folders.push(absolute);
    else files.push(absolute);
  }
  const unknown = files.find((file) => kindOf(file) === null);
  if (unknown !== undefined)
    throw new UsageError(
      `${unknown}: this kind of file is not checked. Name a folder, an env file, a Python file or a requirements file.`,
    );
  workspace.setFolders(folders.map(uriOf));
  for (const step = workspace.scan(); step.next().done !== true; );
  for (const file of files) workspace.loadFile(file);
  for (const file of projectFilesAbove([...folders, ...files.map(dirname)], context.cwd)) workspace.loadFile(file);
  const { governance } = workspace.groups();
  for (const file of files.filter((path) => governance.isIgnored(uriOf(path))))
    context.err(`${displayName(uriOf(file), context.cwd)} is left out by ${fleetFileName}.`);
  return workspace;
}

/** What the options of a command say; an option that was not given says nothing. */
export function flagsOf({
  target,
  profile,
}: {
  readonly target?: string | undefined;
  readonly profile?: Flags['profile'];
}): Flags {
  return { ...(target === undefined ? {} : { target }), ...(profile === undefined ? {} : { profile }) };
}

/** What the project file of the working directory says; null where there is none. */
export function projectSettings(context: CliContext): ProjectSettings | null {
  const documents = new Documents((_, text) => context.err(maskSecrets(text)));
  const file = join(context.cwd, fleetFileName);
  if (existsSync(file)) documents.loadFile(file);
  const boundary = uriOf(context.cwd);
  return govern(documents.all(), () => boundary).settingsOf(uriOf(file));
}

/** Those that no walk below the folders finds. */
export function projectFilesAbove(folders: readonly string[], cwd: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const folder of folders) {
    const inside = isWithin(uriOf(folder), uriOf(cwd));
    for (const at of upwards(folder)) {
      const file = join(at, fleetFileName);
      if (existsSync(file)) found.add(file);
      if (!inside || at === cwd) break;
    }
  }
  return found;
}

function isReadableFolder(path: string, absolute: string): boolean {
  try {
    if (!statSync(absolute).isDirectory()) {
      accessSync(absolute, constants.R_OK);
      return false;
    }
    readdirSync(absolute);
    return true;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${causeOf(error)}`);
  }
}

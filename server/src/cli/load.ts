/** Fills a workspace from paths on the command line. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { kindOf } from '../config/readers/kind.ts';
import { maskSecrets } from '../log/mask.ts';
import { causeOf } from '../workspace/files.ts';
import { type CheckSettings, defaultCheckSettings } from '../workspace/settings.ts';
import { uriOf } from '../workspace/uris.ts';
import { Workspace } from '../workspace/workspace.ts';
import { type CliContext, UsageError } from './context.ts';

/**
 * @param paths files and folders, relative to the working directory.
 * @throws UsageError for a path that was named and cannot be read, or is of no kind that is checked.
 */
export function loadWorkspace(paths: readonly string[], settings: Partial<CheckSettings>, context: CliContext): Workspace {
  const workspace = new Workspace({
    epoch: 'cli',
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
  const complete = { ...defaultCheckSettings, ...settings };
  workspace.setSettings(null, complete);
  for (const folder of folders) workspace.setSettings(uriOf(folder), complete);
  for (const step = workspace.scan(); step.next().done !== true; );
  for (const file of files) workspace.loadFile(file);
  return workspace;
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

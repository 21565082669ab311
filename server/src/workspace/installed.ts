/** Finds the framework release installed in a project's own virtual environment. Looks at names only; runs nothing. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const environmentFolders = ['.venv', 'venv', 'env'] as const;
const distInfo = /^jarviscore_framework-(\d+\.\d+\.\d+)\.dist-info$/i;

/**
 * The release in `<root>/.venv`, `venv` or `env`, or null. The folder name of the installed metadata carries it
 * (PyPA "Recording installed projects"), so no file has to be opened. The environment of this process says nothing about the project.
 */
export function installedFramework(root: string): string | null {
  for (const name of environmentFolders) {
    const environment = join(root, name);
    if (!existsSync(join(environment, 'pyvenv.cfg'))) continue;
    for (const library of sitePackages(environment)) {
      for (const entry of entriesOf(library)) {
        const version = distInfo.exec(entry)?.[1];
        if (version !== undefined) return version;
      }
    }
  }
  return null;
}

/** `lib/python3.x/site-packages` on POSIX, `Lib/site-packages` on Windows. */
function sitePackages(environment: string): string[] {
  const posix = entriesOf(join(environment, 'lib'))
    .filter((entry) => entry.startsWith('python'))
    .map((entry) => join(environment, 'lib', entry, 'site-packages'));
  return [...posix, join(environment, 'Lib', 'site-packages')];
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether declared nodes could run on this machine at all. Looks at file names only; runs nothing. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const environments = ['.venv', 'venv', 'env'] as const;
const interpreters = process.platform === 'win32' ? ['python.exe', 'python3.exe', 'py.exe'] : ['python3', 'python'];
const programs = process.platform === 'win32' ? 'Scripts' : 'bin';

/**
 * True when a Python interpreter is in a virtual environment of one of `roots` (file system paths) or on `path`
 * (the PATH variable of the process that would start it).
 */
export function findsPython(roots: readonly string[], path: string): boolean {
  const own = roots.flatMap((root) => environments.map((name) => join(root, name, programs)));
  const folders = [...own, ...path.split(delimiter).filter((folder) => folder !== '')];
  return folders.some((folder) => interpreters.some((name) => existsSync(join(folder, name))));
}

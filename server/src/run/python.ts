/** The Python that runs a project's programs. Looks at names only; runs nothing. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const environments = ['.venv', 'venv', 'env'] as const;
const windows = process.platform === 'win32';
const inEnvironment = windows ? ['Scripts/python.exe'] : ['bin/python', 'bin/python3'];
const onPath = windows ? ['python.exe', 'py.exe'] : ['python3', 'python'];

/**
 * The virtual environment of the project: in the program's folder or above it up to `root`; else the active one
 * (`VIRTUAL_ENV`), else the first Python on PATH.
 *
 * @returns null where there is none.
 */
export function findPython(folder: string, root: string, env: Readonly<NodeJS.ProcessEnv>): string | null {
  const places: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    places.push(...environments.map((name) => join(at, name)));
    if (at === root || dirname(at) === at) break;
  }
  if (env.VIRTUAL_ENV) places.push(env.VIRTUAL_ENV);
  const own = places.filter((place) => existsSync(join(place, 'pyvenv.cfg')));
  const search = (env.PATH ?? '').split(delimiter).filter((one) => one !== '');
  const candidates = [
    ...own.flatMap((place) => inEnvironment.map((name) => join(place, name))),
    ...search.flatMap((place) => onPath.map((name) => join(place, name))),
  ];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

/** Projects on disk for tests, each in a folder of its own. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Project {
  readonly folder: string;
  readonly uri: string;
  path(name: string): string;
  uriOf(name: string): string;
  write(name: string, text: string | Uint8Array): void;
  remove(name: string): void;
  dispose(): void;
}

/** @param files name -> content. */
export function createProject(files: Readonly<Record<string, string | Uint8Array>>): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'jarviscore-fleet-')));
  const project: Project = {
    folder,
    uri: pathToFileURL(folder).toString(),
    path: (name) => join(folder, name),
    uriOf: (name) => pathToFileURL(join(folder, name)).toString(),
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    remove: (name) => rmSync(join(folder, name), { recursive: true, force: true }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
  for (const [name, text] of Object.entries(files)) project.write(name, text);
  return project;
}

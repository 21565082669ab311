/** Answers what rules ask about the disk beyond the documents; kept until a watcher says that something changed. */
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FileAt, Surroundings, VersionControl } from '../config/model/surroundings.ts';
import { isFileProblem, readFile } from './files.ts';
import { type Repository, repositoryAt, upwards } from './git/repository.ts';
import { isWithin, pathOf, uriOf } from './uris.ts';

export class DiskSurroundings implements Surroundings {
  readonly #files = new Map<string, FileAt>();
  readonly #states = new Map<string, VersionControl | null>();
  readonly #repositories = new Map<string, Repository | null>();

  fileAt(uri: string): FileAt {
    let file = this.#files.get(uri);
    if (file === undefined) {
      file = look(pathOf(uri));
      this.#files.set(uri, file);
    }
    return file;
  }

  versionControl(uri: string): VersionControl | null {
    let state = this.#states.get(uri);
    if (state === undefined) {
      state = this.#stateOf(uri);
      this.#states.set(uri, state);
    }
    return state;
  }

  #stateOf(uri: string): VersionControl | null {
    const path = pathOf(uri);
    const repository = path === null ? null : this.#repositoryOf(dirname(path));
    const state =
      path === null ? null : (repository?.stateOf(uri.endsWith('/') && !path.endsWith('/') ? `${path}/` : path) ?? null);
    return repository === null || state === null ? null : { state, repository: uriOf(repository.root) };
  }

  #repositoryOf(folder: string): Repository | null {
    for (const at of upwards(folder)) {
      let repository = this.#repositories.get(at);
      if (repository === undefined) {
        repository = repositoryAt(at);
        this.#repositories.set(at, repository);
      }
      if (repository !== null) return repository;
    }
    return null;
  }

  /**
   * Forgets what a change on disk may have made untrue.
   * @returns Whether anything was known that may be different now.
   */
  changed(uri: string): boolean {
    const path = pathOf(uri);
    let known = false;
    for (const file of [...this.#files.keys()]) {
      if (isWithin(file, uri)) known = this.#files.delete(file) || known;
    }
    if (path !== null && (basename(path) === '.gitignore' || /[\\/]\.git(?:[\\/](?:index|HEAD|info[\\/]exclude))?$/.test(path))) {
      known ||= this.#states.size > 0;
      this.#states.clear();
      this.#repositories.clear();
    }
    return known;
  }
}

function look(path: string | null): FileAt {
  if (path === null) return { kind: 'unknown' };
  try {
    if (statSync(path).isDirectory()) return { kind: 'folder' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'other' };
  }
  const content = readFile(path);
  return isFileProblem(content) ? { kind: 'other' } : { kind: 'text', text: content.text };
}

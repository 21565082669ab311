import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { ignoreMatcher, isIgnoredPath } from '#server/workspace/git/ignoreFiles.ts';
import { repositoryAt } from '#server/workspace/git/repository.ts';
import { readTrackedFiles } from '#server/workspace/git/trackedFiles.ts';
import { createProject, type Project } from '../../lsp/project.ts';

const indexOf = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/git/index-${name}`, import.meta.url)));
const listed = ['.env', '.gitignore', 'deploy/prod/.env.production', 'deploy/prod/worker.env', 'with space/ä.env'];

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});
function project(files: Readonly<Record<string, string | Uint8Array>>): Project {
  const created = createProject(files);
  projects.push(created);
  return created;
}

describe("git's index", () => {
  test.each([
    ['v2', 20, listed],
    ['v3', 20, [...listed, 'new.env'].sort()],
    ['v4', 20, listed],
    ['sha256', 32, listed],
  ] as const)('%s is read', (name, hash, expected) => {
    expect([...(readTrackedFiles(indexOf(name), hash) ?? [])].sort()).toEqual([...expected].sort());
  });

  test('a split one is refused: its names stand in another file', () => {
    expect(readTrackedFiles(indexOf('split'))).toBeNull();
  });

  test('bytes that are no index never throw', () => {
    const real = indexOf('v4');
    fc.assert(
      fc.property(fc.nat(real.length - 1), fc.nat(255), fc.nat(real.length), (at, byte, length) => {
        const bytes = Buffer.from(real.subarray(0, length));
        if (at < bytes.length) bytes[at] = byte;
        const names = readTrackedFiles(bytes);
        expect(names === null || names instanceof Set).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(readTrackedFiles(Buffer.from('not an index'))).toBeNull();
  });
});

describe('.gitignore files', () => {
  const ignored = (files: Readonly<Record<string, string>>, path: string, exclude: string | null = null): boolean =>
    isIgnoredPath(
      path,
      (folder) => {
        const text = files[folder];
        return text === undefined ? null : ignoreMatcher(text, false);
      },
      exclude === null ? null : ignoreMatcher(exclude, false),
    );

  test('the deeper file has the last word, and nothing comes back out of an ignored folder', () => {
    expect(ignored({ '': '.env\n' }, 'a/b/.env')).toBe(true);
    expect(ignored({ '': '.env\n', a: '!.env\n' }, 'a/.env')).toBe(false);
    expect(ignored({ '': 'a/\n', a: '!.env\n' }, 'a/.env')).toBe(true);
    expect(ignored({ '': '/.env\n' }, 'a/.env')).toBe(false);
    expect(ignored({ '': '*.env\n!keep.env\n' }, 'keep.env')).toBe(false);
    expect(ignored({ '': 'logs/\n' }, 'logs')).toBe(false);
    expect(ignored({ '': 'logs/\n' }, 'logs/')).toBe(true);
    expect(ignored({ '': '\uFEFF.env\r\n' }, '.env')).toBe(true);
  });

  test('info/exclude counts after all of them', () => {
    expect(ignored({}, '.env', '.env\n')).toBe(true);
    expect(ignored({ '': '!.env\n' }, '.env', '.env\n')).toBe(false);
  });
});

describe('a working tree', () => {
  const git = { '.git/HEAD': 'ref: refs/heads/main\n', '.git/index': indexOf('v2') };

  test('says what is tracked, ignored, and open', () => {
    const files = project({ ...git, '.gitignore': '*.local\n' });
    const repository = repositoryAt(files.folder);
    expect(repository?.stateOf(files.path('.env'))).toBe('tracked');
    expect(repository?.stateOf(files.path('x.local'))).toBe('ignored');
    expect(repository?.stateOf(files.path('other.env'))).toBe('open');
    expect(repository?.stateOf(`${files.path('deploy')}/`)).toBe('tracked');
    expect(repository?.stateOf(`${files.path('journal')}/`)).toBe('open');
  });

  test('before the first commit has nothing tracked; without a HEAD it is none', () => {
    expect(repositoryAt(project({ '.git/HEAD': 'x' }).folder)?.stateOf('/x/.env')).not.toBe('tracked');
    expect(repositoryAt(project({ '.git/config': '' }).folder)).toBeNull();
    expect(repositoryAt(project({}).folder)).toBeNull();
  });

  test('a linked one has an index of its own and shares the rest', () => {
    const files = project({
      'main/.git/HEAD': 'x',
      'main/.git/config': '[extensions]\n\tobjectformat = sha256\n',
      'main/.git/info/exclude': 'secret.env\n',
      'main/.git/worktrees/w/index': indexOf('sha256'),
      'main/.git/worktrees/w/commondir': '../..\n',
      'w/.git': 'gitdir: ../main/.git/worktrees/w\n',
    });
    const repository = repositoryAt(files.path('w'));
    expect(repository?.stateOf(files.path('w/.env'))).toBe('tracked');
    expect(repository?.stateOf(files.path('w/secret.env'))).toBe('ignored');
  });

  test('with an index nobody can read, nothing is claimed', () => {
    const files = project({ '.git/HEAD': 'x', '.git/index': indexOf('split') });
    expect(repositoryAt(files.folder)?.stateOf(files.path('.env'))).toBeNull();
  });
});

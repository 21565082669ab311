/** Our reading of a working tree against git itself. */
import { execFileSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { repositoryAt } from '#server/workspace/git/repository.ts';
import { createProject, type Project } from '../../lsp/project.ts';

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});
function project(files: Readonly<Record<string, string>>): Project {
  const created = createProject(files);
  projects.push(created);
  return created;
}

test('git itself says the same', () => {
  const files = project({
    '.gitignore': '*.log\n/build/\n!build/keep\n.env\n\\#odd\n**/cache/**\n',
    'sub/.gitignore': '!.env\n/only\n',
    '.env': 'A=1\n',
    'sub/.env': 'A=1\n',
    'sub/only': '',
    'sub/deep/only': '',
    'build/keep': '',
    'x/cache/y': '',
    'a.log': '',
    '#odd': '',
    'tracked.log': '',
    'plain.env': '',
  });
  const run = (...args: string[]): string =>
    execFileSync('git', ['-C', files.folder, '-c', 'core.excludesFile=', ...args], { encoding: 'utf8' });
  run('init', '-q');
  run('add', '-f', 'tracked.log', '.env');
  const repository = repositoryAt(files.folder);
  const list = (...args: string[]): string[] =>
    run('ls-files', '-z', ...args)
      .split('\0')
      .filter(Boolean)
      .sort();
  const states = new Map<string, string>([
    ...list('--others', '--exclude-standard').map((name) => [name, 'open'] as const),
    ...list('--others', '--ignored', '--exclude-standard').map((name) => [name, 'ignored'] as const),
    ...list('--cached').map((name) => [name, 'tracked'] as const),
  ]);
  expect(states.size).toBe(12);
  for (const [name, state] of states) expect(repository?.stateOf(files.path(name)), name).toBe(state);
});

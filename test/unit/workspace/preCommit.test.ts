import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { kindOf } from '#server/config/readers/kind.ts';
import { manifest } from '../client/packageJson.ts';

const text = readFileSync(fileURLToPath(new URL('../../../.pre-commit-hooks.yaml', import.meta.url)), 'utf8');
const [hook, second] = z
  .array(
    z.looseObject({ id: z.string(), entry: z.string(), language: z.string(), files: z.string(), pass_filenames: z.boolean() }),
  )
  .parse(parse(text));

test('there is one hook, and it runs the command of this package', () => {
  expect(second).toBeUndefined();
  expect(hook).toMatchObject({ id: 'jarviscore-fleet', language: 'node', pass_filenames: false });
  expect(Object.keys(manifest.bin)).toContain(hook?.entry.split(' ')[0]);
});

test('it runs when a file changes that is checked', () => {
  // Python's verbose patterns, in JavaScript.
  const pattern = new RegExp((hook?.files ?? '').replace('(?x)', '').replace(/\s+/g, ''));
  const names = [
    ...[
      '.env',
      '.env.production',
      'prod.env',
      'prod.env.example',
      'env.sample',
      'app.py',
      'app.pyw',
      'compose.yaml',
      'k8s/node.yml',
    ],
    ...[
      'node.service',
      'node.service.d/10-env.conf',
      'Dockerfile',
      'Dockerfile.prod',
      'app.dockerfile',
      'Containerfile',
      'run.sh',
      'x.zsh',
    ],
    ...[
      '.vscode/launch.json',
      '.vscode/tasks.json',
      'requirements.txt',
      'dev-requirements.in',
      'constraints-1.txt',
      'pyproject.toml',
    ],
    ...['setup.cfg', 'poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile', 'Pipfile.lock', 'jarviscore-fleet.json', 'README.md'],
  ];
  for (const name of names.flatMap((one) => [one, `deep/down/${one}`])) {
    expect(kindOf(name), name).not.toBeNull();
    expect(pattern.test(name), name).toBe(true);
  }
  for (const name of ['README.rst', 'src/index.ts', '.envrc', 'data.csv', 'launch.json', 'environment.rst'])
    expect(pattern.test(name), name).toBe(false);
});

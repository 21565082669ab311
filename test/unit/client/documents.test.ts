import { matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { documentSelector } from '#client/session/documents.ts';
import { kindOf } from '#server/config/readers/kind.ts';

const names = [
  '.env',
  '.env.local',
  'researcher.env',
  'fleet/node.py',
  'requirements.txt',
  'dev-requirements.txt',
  'requirements.in',
  'constraints.txt',
  'pyproject.toml',
  'poetry.lock',
  'uv.lock',
  'Pipfile',
  'setup.cfg',
  'docker-compose.yml',
  'compose.prod.yaml',
  'k8s/deployment.yaml',
  'prometheus.yml',
  'Dockerfile',
  'Dockerfile.prod',
  'node.Dockerfile',
  'units/agent.service',
  'units/agent.service.d/10-env.conf',
  'start.sh',
  '.vscode/launch.json',
  '.vscode/tasks.json',
  'README.md',
  'docs/install.markdown',
  '.github/workflows/test.yml',
  '.gitlab-ci.yml',
];

it.each(names)('%s is read by the server and told to it by the client', (name) => {
  expect(kindOf(name)).not.toBeNull();
  expect(documentSelector.some(({ pattern }) => matchesGlob(`/project/${name}`, `/${pattern}`))).toBe(true);
});

it.each(['README.rst', 'settings.json', 'main.ts', 'data.csv'])('%s is nobody’s business', (name) => {
  expect(kindOf(name)).toBeNull();
  expect(documentSelector.some(({ pattern }) => matchesGlob(`/project/${name}`, `/${pattern}`))).toBe(false);
});

/** Which open files the checker is told about. */
import type { DocumentFilter } from 'vscode';

/** Language clients and VS Code itself take these filters: by pattern, because VS Code has a dotenv language of its own. */
export const documentSelector: (DocumentFilter & { scheme: string; pattern: string })[] = [
  '**/.env',
  '**/.env.*',
  '**/*.env',
  '**/*.py',
  '**/*requirements*.{txt,in}',
  '**/constraints*.txt',
  '**/{pyproject.toml,poetry.lock,uv.lock,pdm.lock,Pipfile,Pipfile.lock,setup.cfg}',
  '**/*.{yml,yaml}',
  '**/{.gitlab-ci,.travis}.{yml,yaml}',
  '**/{.github/workflows,.circleci,.buildkite}/*.{yml,yaml}',
  '**/*.{md,markdown}',
  '**/{Dockerfile,Containerfile}*',
  '**/*.{Dockerfile,dockerfile,Containerfile}',
  '**/*.service',
  '**/*.service.d/*.conf',
  '**/*.{sh,bash,zsh}',
  '**/.vscode/{launch,tasks}.json',
  '**/jarviscore-fleet.json',
].map((pattern) => ({ scheme: 'file', pattern }));

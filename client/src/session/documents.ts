/** Which files the checker reads, and which it is told about when they change on disk. */
import type { DocumentFilter } from 'vscode';

/** Language clients and VS Code itself take these filters: by pattern, because VS Code has a dotenv language of its own. */
export const documentSelector: (DocumentFilter & { scheme: string; pattern: string })[] = [
  '**/.env',
  '**/.env.*',
  '**/*.env',
  '**/*.py',
  '**/requirements*.txt',
  '**/pyproject.toml',
].map((pattern) => ({ scheme: 'file', pattern }));

export const watchedFiles =
  '**/{.env,.env.*,*.env,*.py,requirements*.txt,pyproject.toml,uv.lock,poetry.lock,Pipfile.lock,jarviscore-fleet.json}';

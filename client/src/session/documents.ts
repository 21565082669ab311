/** Which open files the checker is told about. */
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

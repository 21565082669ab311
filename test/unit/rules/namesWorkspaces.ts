// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Workspaces of the tables about names. */
import { mesh } from './said.ts';
import type { Files } from './workspace.ts';

export const both = (text: string): Files => ({
  '.env': text,
  ...mesh('"p2p_enabled": True', 'a.py'),
  ...mesh('"p2p_enabled": True', 'b.py'),
});
export const composed = (...lines: readonly string[]): Files => ({
  'compose.yml': `services:\n  a:\n    build: .\n    command: python node.py\n${lines.map((line) => `    ${line}\n`).join('')}`,
  Dockerfile: 'FROM python:3.12\n',
  ...mesh(),
});

/** What a release of the framework ships that people copy from: examples, templates, documents and the snippets in them. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { kindOf } from '#server/config/readers/kind.ts';

export interface ShippedFile {
  /** Below the folder of the source distribution, with `/`. */
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
}

/** A fenced block of a document or docstring, as the file a reader of it would make of it. */
export interface Snippet {
  readonly path: string;
  /** Zero-based line of the document in which the block's text begins. */
  readonly line: number;
  /** The name of the file it stands for. */
  readonly fileName: string;
  readonly kind: FileKind;
  readonly text: string;
}

export interface Corpus {
  readonly files: readonly ShippedFile[];
  readonly snippets: readonly Snippet[];
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) yield path;
    else if (entry.name !== '__pycache__') yield* filesBelow(path);
  }
}

const assignmentLine = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*=/;

/** `A=1 B=2 python node.py` */
const launchLine = /^\s*(?:[A-Za-z_]\w*=\S*\s+)+(?:python|uvicorn|jarviscore|docker|pytest)\b/;

/** The documents fence variables as `bash`, `text` and `ini`: a block of nothing but assignments is an env file. */
function isEnvText(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return lines.length > 0 && lines.every((line) => assignmentLine.test(line) && !launchLine.test(line));
}

function fileNameOf(language: string, text: string): string | null {
  switch (language) {
    case 'python':
    case 'py':
      return 'snippet.py';
    case 'env':
    case 'dotenv':
      return '.env';
    case 'bash':
    case 'sh':
    case 'shell':
    case 'console':
      // What is exported is typed into a shell, on top of what earlier blocks exported there.
      return isEnvText(text) && !/^\s*export\s/m.test(text) ? '.env' : 'snippet.sh';
    case 'yaml':
    case 'yml':
      return 'snippet.yaml';
    case 'dockerfile':
      return 'Dockerfile';
    case 'toml':
      return 'pyproject.toml';
    case 'ini':
    case 'systemd':
      return /^\s*\[(?:Unit|Service)\]/m.test(text) ? 'snippet.service' : isEnvText(text) ? '.env' : null;
    case '':
    case 'text':
      return isEnvText(text) ? '.env' : null;
    default:
      return null;
  }
}

/** Fenced blocks of Markdown, indented ones and those in docstrings included, in order. */
export function snippetsOf(path: string, text: string): Snippet[] {
  const lines = text.split(/\r\n|\n/);
  const found: Snippet[] = [];
  for (let at = 0; at < lines.length; at++) {
    const open = /^([ \t]*)(`{3,})[ \t]*([A-Za-z]*)/.exec(lines[at] ?? '');
    if (open === null) continue;
    const [, indent = '', fence = '', language = ''] = open;
    const first = at + 1;
    for (at = first; at < lines.length; at++) {
      const line = (lines[at] ?? '').trim();
      if (line.startsWith(fence) && /^`+$/.test(line)) break;
    }
    const body = lines.slice(first, at).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
    const content = `${body.join('\n')}\n`;
    const fileName = fileNameOf(language.toLowerCase(), content);
    const kind = fileName === null ? null : kindOf(`/snippets/${fileName}`);
    if (fileName !== null && kind !== null) found.push({ path, line: first, fileName, kind, text: content });
  }
  return found;
}

/** Reads all of a source distribution. */
export async function readCorpus(folder: string): Promise<Corpus> {
  const files: ShippedFile[] = [];
  const snippets: Snippet[] = [];
  for await (const file of filesBelow(folder)) {
    const kind = kindOf(file);
    const documented = /\.(?:md|py)$/.test(file);
    if (kind === null && !documented) continue;
    const text = await readFile(file, 'utf8');
    const path = relative(folder, file).split(sep).join('/');
    if (kind !== null) files.push({ path, kind, text });
    if (documented) snippets.push(...snippetsOf(path, text));
  }
  return { files, snippets };
}

/**
 * The texts of the client and their translations, as `vscode.l10n` reads them: bundle.l10n.json holds what the sources
 * say, bundle.l10n.<language>.json what a translator made of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';

/** English text (with `/comment` behind it where the source has one) to text. */
export type Bundle = Readonly<Record<string, string>>;

/** Languages beside English. */
export const languages = ['de'] as const;

const folders = ['client/src', 'client/webview'];

/** A call of `t` with a text: of the library, or of the `Language` that pure modules get handed over. */
const call = /(?<![\w$])t\(\s*(?=['"`{])/g;

/** From after the opening bracket to the closing one; strings may hold brackets of their own. */
function argumentsAt(text: string, start: number): string {
  let depth = 1;
  let quote: string | null = null;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (quote !== null) quote = character === quote ? null : quote;
    else if (character === "'" || character === '"' || character === '`') quote = character;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return text.slice(start, at);
  }
  return '';
}

/**
 * The calls alone, as the extractor knows them. It goes by imports, and on whole files it takes half a minute on a busy
 * machine.
 */
function calls(root: string): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .flatMap((name) => {
        const text = readFileSync(join(root, folder, name), 'utf8');
        return [...text.matchAll(call)].map(({ 0: found, index }) => `l10n.t(${argumentsAt(text, index + found.length)});`);
      }),
  );
}

function messageOf(entry: l10nJsonFormat[string]): string {
  return typeof entry === 'string' ? entry : entry.message;
}

/** Every text that the sources below `root` hand to `l10n.t`, sorted. */
export async function extractTexts(root: string): Promise<Bundle> {
  const contents = ["import * as l10n from '@vscode/l10n';", ...calls(root)].join('\n');
  const found = Object.entries(await getL10nJson([{ extension: '.ts', contents }]));
  return Object.fromEntries(found.map(([key, entry]) => [key, messageOf(entry)] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `{0}`, `{1}` of a text, sorted, each once. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\d+\}/g)].map(([found]) => found))].sort();
}

/** The translations that are still needed, in the order of the sources; an empty text is one nobody has made yet. */
export function merge(source: Bundle, translated: Bundle): Bundle {
  return Object.fromEntries(Object.keys(source).map((key) => [key, translated[key] ?? '']));
}

/** @throws when the file is not JSON */
export function readBundle(path: string): Bundle {
  return JSON.parse(readFileSync(path, 'utf8')) as Bundle;
}

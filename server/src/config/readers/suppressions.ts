import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Suppression } from '../model/types.ts';
import { withoutEnd } from '../text/ends.ts';
import type { LineIndex } from '../text/lines.ts';
import { isProse } from './prose.ts';

const marker = /jarviscore:[ \t]*ignore\b/gi;

/** What begins a comment that stands alone on its line, in each kind of file. */
const hash = /^[ \t]*#+[ \t]*$/;
const hashOrSemicolon = /^[ \t]*(?:#+|;+)[ \t]*$/;
const slashes = /^[ \t]*(?:\/\/+|\/\*+)[ \t]*$/;
/** Markdown: a comment of its own, or one of a fenced block. */
const hashOrHtml = /^[ \t>]*(?:#+|<!--)[ \t]*$/;

function openingOf(kind: FileKind, name: string): RegExp {
  if (isProse(name)) return hashOrHtml;
  if (kind === 'launch' || kind === 'project') return slashes;
  // systemd.syntax(7); setup.cfg is among the requirements.
  return kind === 'systemd' || kind === 'requirements' ? hashOrSemicolon : hash;
}

/** What begins a comment in this kind of file; null where there are none, or where they also need an end. */
export function commentSign(kind: FileKind, name: string): '#' | '//' | null {
  if (isProse(name)) return null;
  if (kind === 'launch' || kind === 'project') return '//';
  return /\.(?:json|lock)$/i.test(name) ? null : '#';
}

/** All rule ids together are shorter; a longer list is no list of rules. Characters. */
const maxListLength = 10_000;

export interface SuppressionText {
  readonly text: string;
  readonly lines: LineIndex;
  readonly kind: FileKind;
  /** Basename, where the kind alone does not say how comments begin. */
  readonly name?: string;
  /** Whether a comment begins at an offset, where the reader knows; the text of a string is none. */
  readonly isComment?: (offset: number) => boolean;
}

/**
 * Comments `# jarviscore: ignore RULE[, RULE]` that stand alone on a line (`//` in JSON, `;` too in units). Text after `--`
 * is a reason. Several in a row silence the same line.
 */
export function readSuppressions({ text, lines, kind, name = '', isComment }: SuppressionText): Suppression[] {
  // The same sign begins every comment of an env file; large ones often have none.
  if (kind === 'dotenv' && !text.includes('#')) return [];
  const found = new Map<number, Omit<Suppression, 'line'>>();
  const opening = openingOf(kind, name);
  for (const { 0: mark, index } of text.matchAll(marker)) {
    const line = lines.lineAt(index);
    const start = lines.startOf(line);
    const before = text.slice(start, index);
    if (!opening.test(before) || found.has(line)) continue;
    const sign = start + before.search(/\S/);
    if (isComment?.(sign) === false) continue;
    const from = index + mark.length;
    const rest = withoutClosing(text.slice(from, lines.startOf(line + 1)));
    const list = rest.split(/(?:^|\s)--/, 1)[0] ?? '';
    const words = [...list.slice(0, maxListLength).matchAll(/[^\s,:]+/g)];
    const rules = words.map((word) => ({
      name: word[0],
      range: lines.range(from + word.index, from + word.index + word[0].length),
    }));
    found.set(line, { rules, range: lines.range(sign, from + rest.length) });
  }
  return [...found].map(([line, suppression]) => {
    let target = line + 1;
    while (found.has(target)) target++;
    return { ...suppression, line: target };
  });
}

/** The text of a comment without the end of a block comment (one or more stars and a slash, `-->`) and spaces. */
function withoutClosing(text: string): string {
  const plain = text.trimEnd();
  if (plain.endsWith('-->')) return plain.slice(0, -3).trimEnd();
  return plain.endsWith('*/') ? withoutEnd(plain.slice(0, -1), /\*/) : plain;
}

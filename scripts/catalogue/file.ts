/**
 * The catalogue's two files as text. They hold one setting or release in a line: a change of one is a change of one line, and
 * lines that nothing changes keep their bytes.
 */
import type { Setting } from '#schemas/settings/catalogue.ts';

export interface Lines {
  /** Everything in front of the first line of the list. */
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
}

/** Takes a file apart. @param key name of the list whose items are objects. @throws where there is no such list */
export function takeApart(text: string, key: string): Lines {
  const start = new RegExp(`"${key}": ?\\[\\n?(?=\\{)`).exec(text);
  if (start === null) throw new Error(`There is no list "${key}".`);
  const first = start.index + start[0].length;
  const items: string[] = [];
  let at = first;
  for (;;) {
    const end = endOfItem(text, at);
    items.push(text.slice(at, end));
    at = end;
    if (!text.startsWith(',\n{', at)) return { head: text.slice(0, first), items, tail: text.slice(at) };
    at += 2;
  }
}

/** Where the JSON object that begins at `from` ends. */
function endOfItem(text: string, from: number): number {
  let depth = 0;
  let inText = false;
  for (let at = from; at < text.length; at += 1) {
    const each = text[at];
    if (inText) {
      if (each === '\\') at += 1;
      else if (each === '"') inText = false;
    } else if (each === '"') inText = true;
    else if (each === '{') depth += 1;
    else if (each === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new Error('An item has no end.');
}

/** The inverse of takeApart. */
export function putTogether({ head, items, tail }: Lines): string {
  return head + items.join(',\n') + tail;
}

/** Settings of a file, in its order. */
export function settingsOf(lines: Lines): Setting[] {
  return lines.items.map((line) => JSON.parse(line) as Setting);
}

/** Puts a release into the file's own list of releases (in order) and makes the newest the target. */
export function withRelease(head: string, order: readonly string[]): string {
  const list = order.map((release) => `  "${release}"`).join(',\n');
  const newest = order.at(-1) ?? '';
  return head
    .replace(/"target": "[^"]*"/, `"target": "${newest}"`)
    .replace(/"releases": \[[^\]]*\]/, `"releases": [\n${list}\n ]`);
}

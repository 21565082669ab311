/** `$NAME`, `${NAME}` and `NAME=` in text that a shell, systemd or compose expands. */

/** A name and the offset of its first character. */
export interface FoundName {
  readonly name: string;
  readonly at: number;
}

const expansion = /\$(?:\$|\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g;

/** Every variable between two offsets; `$$` is an escape. Nested defaults (`${A:-${B}}`) give both names. */
export function* expansionsIn(text: string, from: number, to: number): Generator<FoundName> {
  const part = text.slice(from, to);
  if (!part.includes('$')) return;
  for (const match of part.matchAll(expansion)) {
    const name = match[1] ?? match[2];
    if (name !== undefined) yield { name, at: from + match.index + (match[1] === undefined ? 1 : 2) };
  }
}

interface Segment {
  readonly from: number;
  readonly to: number;
  /** Inside double quotes: words, but no commands. */
  readonly quoted: boolean;
}

/** The parts of a script that are neither comment, nor single-quoted, nor escaped. */
function* segments(text: string): Generator<Segment> {
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    let resume = -1;
    let quotes: boolean = quoted;
    if (character === '\\') resume = at + 2;
    else if (character === '"') {
      quotes = !quoted;
      resume = at + 1;
    } else if (!quoted && character === "'") {
      const close = text.indexOf("'", at + 1);
      resume = close < 0 ? text.length : close + 1;
    } else if (!quoted && character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) {
      const end = text.indexOf('\n', at);
      resume = end < 0 ? text.length : end;
    }
    if (resume < 0) continue;
    if (at > from) yield { from, to: at, quoted };
    quoted = quotes;
    from = resume;
    at = resume - 1;
  }
  if (from < text.length) yield { from, to: text.length, quoted };
}

/** The variables that a script expands. */
export function* scriptExpansions(text: string): Generator<FoundName> {
  for (const { from, to } of segments(text)) yield* expansionsIn(text, from, to);
}

const assigned = /(?<![^\s;&|(`])([A-Za-z_]\w*)\+?=/g;
const bound = /(?<![^\s;&|(`])(?:for|read(?:[ \t]+-\w+)*)[ \t]+([A-Za-z_]\w*)/g;

/** The variables that a script gives a value, each time it does. */
export function* scriptAssignments(text: string): Generator<FoundName> {
  for (const { from, to, quoted } of segments(text)) {
    if (quoted) continue;
    // The character before a segment decides whether its first word begins one.
    const start = Math.max(0, from - 1);
    const part = text.slice(start, to);
    for (const pattern of [assigned, bound]) {
      for (const match of part.matchAll(pattern)) {
        const name = match[1] ?? '';
        const at = start + match.index + (pattern === assigned ? 0 : match[0].length - name.length);
        if (at >= from) yield { name, at };
      }
    }
  }
}

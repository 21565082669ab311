/** `$NAME` and `${NAME}` in text that a shell, systemd or compose expands. */

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

/** The same in a script: comments, single-quoted text and escaped dollars hold no variables. */
export function* scriptExpansions(text: string): Generator<FoundName> {
  let double = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') {
      // What stands before an escape is searched, the escaped character is not.
      yield* expansionsIn(text, start, at);
      at++;
      start = at + 1;
    } else if (character === '"') {
      double = !double;
    } else if (!double && character === "'") {
      yield* expansionsIn(text, start, at);
      const close = text.indexOf("'", at + 1);
      at = close < 0 ? text.length : close;
      start = at + 1;
    } else if (!double && character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) {
      yield* expansionsIn(text, start, at);
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      start = at;
    }
  }
  yield* expansionsIn(text, start, text.length);
}

/**
 * Where in a TOML text something stands: its table, and the key whose value it is part of. Line by line, so a half-typed
 * file still tells; strings over several lines are passed over.
 */
export interface TomlPlace {
  /** Dotted header of the table, quotes removed; empty above the first one. */
  readonly table: string;
  /** Key of the statement; null in a header or outside of statements. */
  readonly key: string | null;
  /** Offset behind the key's `=`. */
  readonly valueFrom: number;
}

interface Statement extends TomlPlace {
  readonly from: number;
}

const header = /^[ \t]*\[{1,2}([^\]\r\n]*)\]/;
const assignment =
  /^[ \t]*((?:[A-Za-z0-9_-]+|"[^"\r\n]*"|'[^'\r\n]*')(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|"[^"\r\n]*"|'[^'\r\n]*'))*)[ \t]*=/;

const plain = (name: string): string => name.replace(/["' \t]/g, '');

/** How many brackets a line leaves open; text in quotes and comments does not count. */
function opened(line: string): number {
  let depth = 0;
  for (const [mark] of line.matchAll(/"(?:[^"\\]|\\.)*"?|'[^']*'?|#.*|[[\]]/g)) {
    if (mark === '[') depth++;
    else if (mark === ']') depth--;
  }
  return depth;
}

/** Splits a text into tables and statements. */
export class TomlPlaces {
  readonly #statements: Statement[] = [];

  constructor(text: string) {
    let table = '';
    let depth = 0;
    let multiline: string | null = null;
    let at = 0;
    for (const line of text.split('\n')) {
      const start = at;
      at += line.length + 1;
      if (multiline !== null) {
        if (line.includes(multiline)) multiline = null;
        continue;
      }
      const found: RegExpExecArray | null = assignment.exec(line.slice(0, 500));
      const title = depth > 0 && found === null ? null : header.exec(line.slice(0, 500));
      if (title !== null) {
        table = plain(title[1] ?? '');
        depth = 0;
        this.#statements.push({ from: start, table, key: null, valueFrom: start });
        continue;
      }
      // A key in front of `=` begins a statement, also where the array above was never closed.
      if (found !== null) {
        depth = 0;
        this.#statements.push({ from: start, table, key: plain(found[1] ?? ''), valueFrom: start + found[0].length });
      }
      depth = Math.max(0, depth + opened(found === null ? line : line.slice(found[0].length)));
      multiline = ['"""', "'''"].find((quotes) => line.split(quotes).length % 2 === 0) ?? null;
    }
  }

  /** The place of an offset. */
  at(offset: number): TomlPlace {
    let low = 0;
    let high = this.#statements.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#statements[middle]?.from ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#statements[low - 1] ?? { table: '', key: null, valueFrom: 0 };
  }

  /** Offset behind the last statement of a table that begins at a place: the next header, or the end. */
  endOfTable(offset: number, textLength: number): number {
    return this.#statements.find((one) => one.from > offset && one.key === null)?.from ?? textLength;
  }
}

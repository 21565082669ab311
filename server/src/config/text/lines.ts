import type { Position, Range } from './position.ts';

const nextNewline = (text: string, from: number): number => text.indexOf('\n', from);

function nextBreak(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return i;
  }
  return -1;
}

/**
 * Offsets to positions and back, with the line ends LSP and Python's universal newlines agree on: `\n`, `\r\n`, `\r`.
 */
export class LineIndex {
  readonly #starts: Uint32Array;
  readonly length: number;
  #last = 0;

  constructor(text: string) {
    this.length = text.length;
    let starts = new Uint32Array(64);
    let count = 1;
    const search = text.includes('\r') ? nextBreak : nextNewline;
    for (let i = search(text, 0); i >= 0; i = search(text, i + 1)) {
      if (text.charCodeAt(i) === 13 && text.charCodeAt(i + 1) === 10) i++;
      if (count === starts.length) {
        const grown = new Uint32Array(count * 2);
        grown.set(starts);
        starts = grown;
      }
      starts[count++] = i + 1;
    }
    this.#starts = starts.subarray(0, count);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a zero-based line; the text's length behind the last line. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.length;
  }

  /** Zero-based line of an offset. */
  lineAt(offset: number): number {
    // Readers ask in text order: the answer is nearly always the last line or the one after it.
    for (let line = this.#last; line <= this.#last + 1; line++) {
      if (offset >= this.startOf(line) && offset < this.startOf(line + 1)) {
        this.#last = line;
        return line;
      }
    }
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }

  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: offset - this.startOf(line) };
  }

  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  offset(position: Position): number {
    return Math.min(this.startOf(position.line) + position.character, this.length);
  }
}

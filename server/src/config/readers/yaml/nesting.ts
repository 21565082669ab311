/** How deeply a YAML text nests, told without building anything: the parser takes the square of it. */
import { CST, Lexer } from 'yaml';

/** Levels a text has at most, from a glance: brackets of the whole text, and columns of the widest indentation. */
function mostLevels(text: string): number {
  let brackets = 0;
  let widest = 0;
  let inline = 0;
  let margin = true;
  let column = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a) {
      widest = Math.max(widest, inline);
      inline = 0;
      column = 0;
      margin = true;
      continue;
    }
    column++;
    if (code === 0x5b || code === 0x7b) brackets++;
    // Further sequences and keys can open behind the margin: `- - ? key`.
    else if (code === 0x2d || code === 0x3f) inline = Math.max(inline, column);
    else if (margin && code !== 0x20 && code !== 0x09) {
      margin = false;
      inline = Math.max(inline, column);
    }
  }
  return brackets + Math.max(widest, inline) + 1;
}

const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

class Depth {
  /** Columns at which block collections stand open. */
  readonly #columns: number[] = [];
  #flow = 0;
  #column = 0;
  #atStart = true;

  /** @returns The depth after the token. */
  take(source: string): number {
    const type = CST.tokenType(source);
    switch (type) {
      case 'newline':
        this.#column = 0;
        this.#atStart = true;
        return this.#depth;
      case 'flow-seq-start':
      case 'flow-map-start':
        this.#open();
        this.#flow++;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        this.#flow = Math.max(0, this.#flow - 1);
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
        // What follows on the line may open the next level.
        this.#open();
        this.#atStart = true;
        break;
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        this.#open();
        break;
      default:
        break;
    }
    // The lexer's own signs (a document begins, a scalar follows) are no characters of the text.
    if (marks.has(source)) return this.#depth;
    const lineEnd = source.lastIndexOf('\n');
    this.#column = lineEnd < 0 ? this.#column + source.length : source.length - lineEnd - 1;
    return this.#depth;
  }

  get #depth(): number {
    return this.#columns.length + this.#flow;
  }

  #open(): void {
    if (this.#flow > 0 || !this.#atStart) return;
    this.#atStart = false;
    while ((this.#columns.at(-1) ?? -1) >= this.#column) this.#columns.pop();
    this.#columns.push(this.#column);
  }
}

/** Whether a text opens more than `limit` collections inside each other. Linear in the length of the text, on any text. */
export function nestsDeeperThan(text: string, limit: number): boolean {
  if (mostLevels(text) <= limit) return false;
  const depth = new Depth();
  for (const token of new Lexer().lex(text)) if (depth.take(token) > limit) return true;
  return false;
}

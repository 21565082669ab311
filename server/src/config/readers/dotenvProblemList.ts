/** The list a check of `.env` text writes into, and what checks share. */
import type { Edit, Fix, TextProblem } from '../model/types.ts';
import type { Span } from '../text/dotenvLexer.ts';
import type { LineIndex } from '../text/lines.ts';
import type { ReaderContext } from './context.ts';

export interface DotenvText {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly context: ReaderContext;
}

export class Problems {
  readonly found: TextProblem[] = [];
  /** Quotes written below an unclosed one would close it, so such a fix is not safe there. */
  quotesSafe = true;
  readonly #source: DotenvText;

  constructor(source: DotenvText) {
    this.#source = source;
  }

  edit(start: number, end: number, newText: string): Edit {
    return { uri: this.#source.uri, range: this.#source.lines.range(start, end), newText };
  }

  add(code: string, span: Span, message: string, ...fixes: Fix[]): void {
    this.found.push({ code, range: this.#source.lines.range(span.start, span.end), message, fixes });
  }
}

export function fix(title: string, safe: boolean, ...edits: Edit[]): Fix {
  return { title, safe, edits };
}

/** End of the line an offset stands in, line end excluded. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

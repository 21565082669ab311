/**
 * A lossless, position-aware reading of `.env` text that accepts exactly what python-dotenv 1.2.4 accepts
 * (dotenv/parser.py), because that is what pydantic-settings and `load_dotenv()` read with.
 *
 * python-dotenv opens files with universal newlines, so `\r\n` and `\r` are `\n` here too: in structure and in values.
 * Every character belongs to exactly one statement: concatenating `text.slice(start, end)` gives the text back.
 * Single pass; a quoted value is scanned once, so the time is linear.
 */
import { isPythonSpace, trimmedEnd } from './pythonText.ts';

export type QuoteStyle = 'none' | 'single' | 'double';

/** Half open offsets (UTF-16). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface StatementBase extends Span {
  /** Offset of the first character that is not whitespace; `end` of a statement of whitespace alone. */
  readonly content: number;
}

/** A name, with or without a value. */
export interface BindingStatement extends StatementBase {
  readonly kind: 'binding';
  readonly export: Span | null;
  readonly key: string;
  /** Quotes of a quoted key included. */
  readonly name: Span;
  readonly keyQuoted: boolean;
  /** Offset of `=`; null for a name alone. */
  readonly equals: number | null;
  /** As written, quotes included, surrounding whitespace and comment excluded; null for a name alone. */
  readonly value: Span | null;
  readonly quote: QuoteStyle;
  /** Decoded, before interpolation; null for a name alone. */
  readonly text: string | null;
  /** From `#` to the end of the line. */
  readonly comment: Span | null;
}

/** Whitespace, or whitespace and a comment. */
export interface BlankStatement extends StatementBase {
  readonly kind: 'blank';
  readonly comment: Span | null;
}

export type DotenvErrorReason = 'no-name' | 'unclosed-key' | 'unclosed-quote' | 'junk-after-quote' | 'junk-after-name';

/** A statement python-dotenv drops with a warning. */
export interface ErrorStatement extends StatementBase {
  readonly kind: 'error';
  readonly reason: DotenvErrorReason;
  /** What was recognised as the name before the failure. */
  readonly name: Span | null;
  readonly export: Span | null;
  /** Quoted part of the value, where the value was recognised. */
  readonly value: Span | null;
  /** Where reading failed. */
  readonly at: number;
}

export type DotenvStatement = BindingStatement | BlankStatement | ErrorStatement;

const hash = 0x23;
const singleQuote = 0x27;
const doubleQuote = 0x22;
const equalsSign = 0x3d;
const backslash = 0x5c;

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Resolves the escapes python-dotenv knows in a quoted value and turns line ends into `\n`. */
function decodeQuoted(inner: string, double: boolean): string {
  if (!inner.includes('\\') && !inner.includes('\r')) return inner;
  const out: string[] = [];
  let copied = 0;
  for (let i = 0; i < inner.length; i++) {
    const code = inner.charCodeAt(i);
    if (code === 13) {
      out.push(inner.slice(copied, i), '\n');
      if (inner.charCodeAt(i + 1) === 10) i++;
      copied = i + 1;
    } else if (code === backslash && i + 1 < inner.length) {
      const next = inner[i + 1] ?? '';
      const decoded = next === '\\' || next === "'" || (double && next === '"') ? next : double ? escapes[next] : undefined;
      if (decoded === undefined) continue;
      out.push(inner.slice(copied, i), decoded);
      i++;
      copied = i + 1;
    }
  }
  out.push(inner.slice(copied));
  return out.join('');
}

/** What a value stands for. @param written with its quotes, as a statement has it */
export function decodedValue(written: string, quote: QuoteStyle): string {
  return quote === 'none' ? written : decodeQuoted(written.slice(1, -1), quote === 'double');
}

class Lexer {
  readonly #text: string;
  #at: number;
  #hashFrom = Number.POSITIVE_INFINITY;
  #hashAt = Number.NEGATIVE_INFINITY;
  #backslashFrom = Number.POSITIVE_INFINITY;
  #backslashAt = Number.NEGATIVE_INFINITY;

  constructor(text: string) {
    this.#text = text;
    this.#at = 0;
  }

  forEach(visit: (statement: DotenvStatement) => void): void {
    // The byte order mark is removed before parsing (since python-dotenv 1.2.3); it stays part of the first statement.
    let start = 0;
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    if (this.#at === this.#text.length && this.#at > 0) visit({ kind: 'blank', start: 0, end: 1, content: 1, comment: null });
    while (this.#at < this.#text.length) {
      const statement = this.#statement(start);
      visit(statement);
      start = statement.end;
    }
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #skipInlineSpace(): void {
    for (;;) {
      const code = this.#code();
      if (code === 10 || code === 13 || !isPythonSpace(code)) return;
      this.#at++;
    }
  }

  #lineEnd(): number {
    let end = this.#at;
    for (; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (code === 10 || code === 13) break;
    }
    return end;
  }

  #skipLineBreak(): void {
    if (this.#code() === 13) this.#at++;
    if (this.#code() === 10) this.#at++;
  }

  #statement(start: number): DotenvStatement {
    while (this.#at < this.#text.length && isPythonSpace(this.#code())) this.#at++;
    const content = this.#at;
    if (content === this.#text.length) return { kind: 'blank', start, end: content, content, comment: null };

    const exported = this.#exportPrefix();
    let key: string | null = null;
    let name: Span | null = null;
    let keyQuoted = false;
    const first = this.#code();
    if (first === singleQuote) {
      const close = this.#text.indexOf("'", this.#at + 1);
      if (close <= this.#at + 1) return this.#error(start, content, 'unclosed-key', null, exported, null);
      key = this.#text.slice(this.#at + 1, close).replace(/\r\n?/g, '\n');
      name = { start: this.#at, end: close + 1 };
      keyQuoted = true;
      this.#at = close + 1;
    } else if (first !== hash) {
      const from = this.#at;
      let at = from;
      for (; at < this.#text.length; at++) {
        const code = this.#text.charCodeAt(at);
        // Letters and `_`, of which nearly all names are.
        if (code > equalsSign && code < 0x7f) continue;
        if (code === equalsSign || code === hash || isPythonSpace(code)) break;
      }
      this.#at = at;
      if (this.#at === from) return this.#error(start, content, 'no-name', null, exported, null);
      key = this.#text.slice(from, this.#at);
      name = { start: from, end: this.#at };
    }

    this.#skipInlineSpace();
    let equals: number | null = null;
    let value: Span | null = null;
    let text: string | null = null;
    let quote: QuoteStyle = 'none';
    if (this.#code() === equalsSign) {
      equals = this.#at++;
      this.#skipInlineSpace();
      const code = this.#code();
      if (code === hash && this.#at > equals + 1) {
        value = { start: equals + 1, end: equals + 1 };
        text = '';
      } else if (code === singleQuote || code === doubleQuote) {
        const close = this.#closingQuote(code);
        if (close < 0) return this.#error(start, content, 'unclosed-quote', name, exported, null);
        quote = code === doubleQuote ? 'double' : 'single';
        value = { start: this.#at, end: close + 1 };
        text = decodeQuoted(this.#text.slice(this.#at + 1, close), code === doubleQuote);
        this.#at = close + 1;
      } else {
        value = this.#unquoted();
        text = this.#text.slice(value.start, value.end);
      }
    }

    const comment = this.#comment();
    this.#skipInlineSpace();
    const code = this.#code();
    if (this.#at < this.#text.length && code !== 10 && code !== 13) {
      return this.#error(start, content, value === null ? 'junk-after-name' : 'junk-after-quote', name, exported, value);
    }
    this.#skipLineBreak();
    const end = this.#at;
    if (key === null || name === null) return { kind: 'blank', start, end, content, comment };
    return { kind: 'binding', start, end, content, export: exported, key, name, keyQuoted, equals, value, quote, text, comment };
  }

  #exportPrefix(): Span | null {
    if (!this.#text.startsWith('export', this.#at)) return null;
    const start = this.#at;
    this.#at += 6;
    this.#skipInlineSpace();
    if (this.#at === start + 6) {
      this.#at = start;
      return null;
    }
    return { start, end: start + 6 };
  }

  /** Offset of the quote that closes the one at the current offset, or -1. A backslash always takes the next character with it. */
  #closingQuote(quote: number): number {
    const from = this.#at + 1;
    const close = this.#text.indexOf(quote === doubleQuote ? '"' : "'", from);
    if (close < 0 || this.#nextBackslash(from) > close) return close;
    for (let i = this.#nextBackslash(from); i < this.#text.length; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === quote) return i;
      if (code === backslash) i++;
    }
    return -1;
  }

  /** Offset of the first backslash at or behind `from`; remembered like that of `#`. */
  #nextBackslash(from: number): number {
    if (from < this.#backslashFrom || from > this.#backslashAt) {
      const found = this.#text.indexOf('\\', from);
      this.#backslashAt = found < 0 ? Number.POSITIVE_INFINITY : found;
      this.#backslashFrom = from;
    }
    return this.#backslashAt;
  }

  /** An unquoted value ends at whitespace before `#`, without trailing whitespace; the offset is left behind the value. */
  #unquoted(): Span {
    const start = this.#at;
    const lineEnd = this.#lineEnd();
    let end = lineEnd;
    for (let i = this.#nextHash(start); i < lineEnd; i = this.#nextHash(i + 1)) {
      if (i > start && isPythonSpace(this.#text.charCodeAt(i - 1))) {
        end = i;
        break;
      }
    }
    end = trimmedEnd(this.#text, start, end);
    this.#at = end;
    return { start, end };
  }

  /** Offset of the first `#` at or behind `from`; remembered, because a search without a hit runs through the whole text. */
  #nextHash(from: number): number {
    if (from < this.#hashFrom || from > this.#hashAt) {
      const found = this.#text.indexOf('#', from);
      this.#hashAt = found < 0 ? Number.POSITIVE_INFINITY : found;
      this.#hashFrom = from;
    }
    return this.#hashAt;
  }

  #comment(): Span | null {
    const before = this.#at;
    this.#skipInlineSpace();
    if (this.#code() !== hash) {
      this.#at = before;
      return null;
    }
    const start = this.#at;
    this.#at = this.#lineEnd();
    return { start, end: this.#at };
  }

  #error(
    start: number,
    content: number,
    reason: DotenvErrorReason,
    name: Span | null,
    exported: Span | null,
    value: Span | null,
  ): ErrorStatement {
    const at = this.#at;
    this.#at = this.#lineEnd();
    this.#skipLineBreak();
    return { kind: 'error', start, end: this.#at, content, reason, name, export: exported, value, at };
  }
}

/** Hands over the statements of a text in order, one by one: of a large file they are never all in memory. Never throws. */
export function forEachStatement(text: string, visit: (statement: DotenvStatement) => void): void {
  new Lexer(text).forEach(visit);
}

/** Reads a text into its statements, in order. Never throws. */
export function lexDotenv(text: string): DotenvStatement[] {
  const statements: DotenvStatement[] = [];
  forEachStatement(text, (statement) => statements.push(statement));
  return statements;
}

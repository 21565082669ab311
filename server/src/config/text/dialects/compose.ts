/**
 * Compose `env_file` and its project `.env` (behaviour of compose-go's dotenv parser): quotes, inline ` #` comments,
 * `export`, `:` in place of `=`, interpolation with the environment before the file. The first bad statement makes it
 * refuse the file.
 */
import { ExpansionError, maxExpandedLength } from '../interpolation.ts';
import { LineIndex } from '../lines.ts';
import { substitute, TemplateError } from './composeTemplate.ts';
import { isGoLetterOrNumber } from './goLetters.ts';
import { isGoSpace, trimRightGo } from './goText.ts';
import { type DialectEntry, type DialectReading, refused, type Surrounding } from './reading.ts';

/** Whitespace inside a line. Narrower than the whitespace between statements. */
function isInlineSpace(code: number): boolean {
  return code === 0x09 || code === 0x0b || code === 0x0c || code === 0x0d || code === 0x20 || code === 0x85 || code === 0xa0;
}

const namePunctuation = '_.-[]';
const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/** Escapes of a double quoted value. `\$` becomes `$$`, which substitution turns into a dollar sign. */
function expandEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([abcfnrtv$"\\])|0([0-9]{0,3}))/g, (whole, simple?: string, octal?: string) => {
    if (simple === '$') return '$$';
    if (simple !== undefined) return simpleEscapes[simple] ?? whole;
    const digits = octal ?? '';
    const code = /^[0-3][0-7]{2}$/.test(digits) ? Number.parseInt(digits, 8) : -1;
    // The zero is lost even where the rest is no octal number.
    return code >= 0 ? String.fromCharCode(code) : `\\${digits}`;
  });
}

class StatementError extends Error {}

class ComposeReader {
  readonly #text: string;
  readonly #surrounding: Surrounding;
  readonly #values = new Map<string, string>();
  /** Characters that references may still bring in. */
  #left = maxExpandedLength;
  #at = 0;

  constructor(text: string, surrounding: Surrounding, earlier: Surrounding) {
    this.#text = text;
    this.#surrounding = surrounding;
    for (const name of Object.keys(earlier)) this.#values.set(name, earlier[name] ?? '');
  }

  /** Moves to the next statement; false at the end of the file. */
  next(): boolean {
    for (;;) {
      while (this.#at < this.#text.length && isGoSpace(this.#text.charCodeAt(this.#at))) this.#at++;
      if (this.#at >= this.#text.length) return false;
      if (this.#text[this.#at] !== '#') return true;
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#text.length : end;
    }
  }

  get offset(): number {
    return this.#at;
  }

  #skipInline(): void {
    while (this.#at < this.#text.length && isInlineSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  statement(): { readonly key: string; readonly value: string | null } {
    if (/^export[\t\n\f\r ]/.test(this.#text.slice(this.#at, this.#at + 7))) {
      this.#at += 6;
      this.#skipInline();
    }
    const start = this.#at;
    let delimiter = -1;
    for (let i = start; i < this.#text.length; ) {
      const point = this.#text.codePointAt(i) ?? 0;
      const character = String.fromCodePoint(point);
      if (character === '=' || character === ':' || character === '\n') {
        delimiter = i;
        break;
      }
      if (!isInlineSpace(point) && !namePunctuation.includes(character) && !isGoLetterOrNumber(point))
        throw new StatementError('unexpected character in the variable name');
      i += character.length;
    }
    if (start === this.#text.length) throw new StatementError('no variable name after "export"');
    // A last line that is a name alone has no end to recognise it by: its text becomes the value of the empty name.
    const key = delimiter < 0 ? '' : trimRightGo(this.#text.slice(start, delimiter));
    this.#at = delimiter < 0 ? start : delimiter + 1;
    this.#skipInline();
    if (key.includes(' ')) throw new StatementError('the variable name contains a space');
    if (delimiter >= 0 && this.#text[delimiter] === '\n') {
      const inherited = Object.hasOwn(this.#surrounding, key) ? this.#surrounding[key] : undefined;
      if (inherited !== undefined) this.#values.set(key, inherited);
      return { key, value: inherited ?? null };
    }
    const value = this.#value();
    this.#values.set(key, value);
    return { key, value };
  }

  #value(): string {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") {
      const newline = this.#text.indexOf('\n', this.#at);
      const end = newline < 0 ? this.#text.length : newline;
      const line = this.#text.slice(this.#at, end);
      this.#at = newline < 0 ? end : end + 1;
      const comment = line.indexOf(' #');
      return this.#expand(trimRightGo(comment < 0 ? line : line.slice(0, comment)));
    }
    const parts: string[] = [];
    let escaped = false;
    for (let i = this.#at + 1; i < this.#text.length; i++) {
      const character = this.#text[i] ?? '';
      if (character === quote) {
        if (!escaped) {
          this.#at = i + 1;
          const text = parts.join('');
          return quote === '"' ? this.#expand(expandEscapes(text)) : text;
        }
        escaped = false;
        parts.push(character);
      } else if (!escaped && character === '\\') {
        escaped = true;
      } else {
        if (escaped) parts.push('\\');
        escaped = false;
        parts.push(character);
      }
    }
    throw new StatementError('the quote that begins the value is not closed');
  }

  #expand(text: string): string {
    return substitute(text, (name) => {
      const value = Object.hasOwn(this.#surrounding, name) ? this.#surrounding[name] : this.#values.get(name);
      // Before the text is put together: it could be too long for any string.
      this.#left -= value?.length ?? 0;
      if (this.#left < 0) throw new StatementError(new ExpansionError().message);
      return value;
    });
  }
}

/** @param earlier What the files before it in the list give: the file may refer to it, and its own values come first. */
export function readCompose(source: string, surrounding: Surrounding, earlier: Surrounding = {}): DialectReading {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const lines = new LineIndex(text);
  const reader = new ComposeReader(text, surrounding, earlier);
  const entries: DialectEntry[] = [];
  while (reader.next()) {
    const line = lines.lineAt(reader.offset) + 1;
    try {
      const { key, value } = reader.statement();
      // `export` alone on a line names nothing.
      if (key !== '' || value !== null) entries.push({ key, value, line });
    } catch (error) {
      if (error instanceof StatementError || error instanceof TemplateError) return refused(line, error.message);
      throw error;
    }
  }
  return { entries, errors: [] };
}

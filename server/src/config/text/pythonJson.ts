/**
 * `json.loads` of Python: JSON with `NaN` and `Infinity`, integers of any size, and the difference between `1` and
 * `1.0`. pydantic-settings decodes its dict fields with it.
 */

/** A float is boxed, because `1.0` and `1` are different values to a validator. */
export interface PythonFloat {
  readonly float: number;
}
export type PythonJson = string | bigint | boolean | null | PythonFloat | readonly PythonJson[] | ReadonlyMap<string, PythonJson>;

/** CPython refuses longer integers (sys.get_int_max_str_digits). */
const maxIntegerDigits = 4300;
/** The interpreter's recursion limit ends deeper documents. */
const maxDepth = 900;

class JsonError extends Error {}

const numberAt = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const wordAt = /-?[A-Za-z]+/y;
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): PythonJson {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new JsonError('extra data');
    return value;
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '?')) this.#at++;
  }

  #value(depth: number): PythonJson {
    if (depth > maxDepth) throw new JsonError('too deeply nested');
    this.#space();
    const character = this.#text[this.#at];
    if (character === '"') return this.#string();
    if (character === '{') return this.#object(depth);
    if (character === '[') return this.#array(depth);
    wordAt.lastIndex = this.#at;
    const word = wordAt.exec(this.#text)?.[0];
    if (word !== undefined) {
      this.#at += word.length;
      if (word === 'true' || word === 'false') return word === 'true';
      if (word === 'null') return null;
      if (word === 'NaN') return { float: Number.NaN };
      if (word === 'Infinity' || word === '-Infinity') return { float: word === 'Infinity' ? Infinity : -Infinity };
      throw new JsonError('unknown word');
    }
    numberAt.lastIndex = this.#at;
    const number = numberAt.exec(this.#text);
    if (number === null) throw new JsonError('value expected');
    this.#at += number[0].length;
    if (number[1] !== undefined || number[2] !== undefined) return { float: Number(number[0]) };
    if (number[0].replace('-', '').length > maxIntegerDigits) throw new JsonError('integer too long');
    return BigInt(number[0]);
  }

  #string(): string {
    let result = '';
    let copied = ++this.#at;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || character < ' ') throw new JsonError('unfinished string');
      if (character === '"') {
        result += this.#text.slice(copied, this.#at++);
        return result;
      }
      this.#at++;
      if (character !== '\\') continue;
      result += this.#text.slice(copied, this.#at - 1);
      const kind = this.#text[this.#at++] ?? '';
      if (kind === 'u') {
        const hex = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new JsonError('bad escape');
        result += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
      } else {
        const escaped = escapes[kind];
        if (escaped === undefined) throw new JsonError('bad escape');
        result += escaped;
      }
      copied = this.#at;
    }
  }

  #array(depth: number): PythonJson[] {
    const items: PythonJson[] = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      const character = this.#text[this.#at++];
      if (character === ']') return items;
      if (character !== ',') throw new JsonError('comma expected');
    }
  }

  #object(depth: number): Map<string, PythonJson> {
    const entries = new Map<string, PythonJson>();
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return entries;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') throw new JsonError('name expected');
      const key = this.#string();
      this.#space();
      if (this.#text[this.#at++] !== ':') throw new JsonError('colon expected');
      entries.set(key, this.#value(depth + 1));
      this.#space();
      const character = this.#text[this.#at++];
      if (character === '}') return entries;
      if (character !== ',') throw new JsonError('comma expected');
    }
  }
}

/** Decodes a text; undefined where Python raises. */
export function pythonJson(text: string): { readonly value: PythonJson } | undefined {
  try {
    return { value: new Reader(text).document() };
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/**
 * JSON with comments and trailing commas, as `tsconfig.json` has it, with the place of every value. Broken text gives
 * everything that can be read around the broken part.
 */

export type JsonNode = JsonObject | JsonArray | JsonScalar;

interface Placed {
  readonly start: number;
  readonly end: number;
}

export interface JsonMember {
  readonly key: string;
  /** The key with its quotes. */
  readonly name: Placed;
  /** Null: nothing readable behind the colon. */
  readonly value: JsonNode | null;
}

export interface JsonObject extends Placed {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
}

export interface JsonArray extends Placed {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface JsonProblem extends Placed {
  readonly message: string;
}

/** Nobody writes configuration deeper than this; a reader without a bound ends in a stack overflow. */
const maxDepth = 64;
const maxProblems = 20;

const space = /[\s\uFEFF]+/y;
/** Up to the closing quote, else to the end of the line. */
const stringAt = /"(?:[^"\\\r\n]|\\.)*"?/y;
const lineComment = /[^\r\n]*/y;
const wordAt = /[^\s,:{}[\]"/]+/y;
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

class Reader {
  readonly problems: JsonProblem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode | null {
    this.#skip();
    if (this.#at === this.#text.length) {
      this.#problem(0, 0, 'The file is empty; it needs at least {}.');
      return null;
    }
    const root = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) this.#problem(this.#at, this.#text.length, 'Nothing may follow the closing brace.');
    return root;
  }

  #problem(start: number, end: number, message: string): void {
    if (this.problems.length < maxProblems) this.problems.push({ start, end, message });
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined || text === '') return null;
    this.#at += text.length;
    return text;
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      this.#match(space);
      if (this.#text[this.#at] !== '/') return;
      const start = this.#at;
      if (this.#text[start + 1] === '/') {
        this.#match(lineComment);
      } else if (this.#text[start + 1] === '*') {
        const end = this.#text.indexOf('*/', start + 2);
        if (end < 0) this.#problem(start, start + 2, 'This comment has no end.');
        this.#at = end < 0 ? this.#text.length : end + 2;
      } else return;
    }
  }

  #value(depth: number): JsonNode | null {
    const start = this.#at;
    switch (this.#text[start]) {
      case '{':
        return depth >= maxDepth ? this.#tooDeep() : this.#object(depth);
      case '[':
        return depth >= maxDepth ? this.#tooDeep() : this.#array(depth);
      case '"':
        return this.#string();
      default: {
        const word = this.#match(wordAt);
        if (word === null) return null;
        const placed = { kind: 'scalar', start, end: this.#at } as const;
        if (word === 'true' || word === 'false') return { ...placed, value: word === 'true' };
        if (word === 'null') return { ...placed, value: null };
        if (numberText.test(word)) return { ...placed, value: Number(word) };
        this.#problem(start, this.#at, 'This is no JSON value. Texts stand in double quotes.');
        return null;
      }
    }
  }

  #tooDeep(): null {
    this.#problem(this.#at, this.#at + 1, `Nested deeper than ${maxDepth} levels.`);
    this.#at = this.#text.length;
    return null;
  }

  #string(): JsonScalar {
    const start = this.#at;
    const raw = this.#match(stringAt) ?? '"';
    if (raw === '"') this.#at = start + 1;
    const placed = { kind: 'scalar', start, end: this.#at } as const;
    const decoded = decode(raw);
    if (decoded === null)
      this.#problem(start, this.#at, 'This text has no closing quote, or a backslash that JSON does not know.');
    return { ...placed, value: decoded ?? raw.slice(1) };
  }

  #array(depth: number): JsonArray {
    const start = this.#at++;
    const items: JsonNode[] = [];
    this.#list(']', () => {
      const item = this.#value(depth + 1);
      if (item !== null) items.push(item);
      return item !== null;
    });
    return { kind: 'array', start, end: this.#at, items };
  }

  #object(depth: number): JsonObject {
    const start = this.#at++;
    const members: JsonMember[] = [];
    this.#list('}', () => {
      if (this.#text[this.#at] !== '"') {
        const from = this.#at;
        this.#match(wordAt);
        this.#problem(from, Math.max(this.#at, from + 1), 'A property name in double quotes belongs here.');
        return false;
      }
      const name = this.#string();
      this.#skip();
      const colon = this.#text[this.#at] === ':';
      if (colon) this.#at++;
      else this.#problem(name.start, name.end, 'A colon and a value belong behind this name.');
      this.#skip();
      const known = this.problems.length;
      const value = colon ? this.#value(depth + 1) : null;
      if (colon && value === null && this.problems.length === known)
        this.#problem(name.start, name.end, 'This property has no value.');
      members.push({ key: String(name.value), name: { start: name.start, end: name.end }, value });
      return value !== null;
    });
    return { kind: 'object', start, end: this.#at, members };
  }

  /** Elements up to the closing sign. Behind a broken one reading goes on at the next comma of the same level. */
  #list(close: '}' | ']', element: () => boolean): void {
    const open = this.#at - 1;
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) {
        this.#problem(open, open + 1, `The ${close} for this bracket is missing.`);
        return;
      }
      if (this.#text[this.#at] === close) {
        this.#at++;
        return;
      }
      const from = this.#at;
      const known = this.problems.length;
      const sound = element();
      this.#skip();
      const next = this.#text[this.#at];
      if (next === ',') {
        if (this.#at === from && this.problems.length === known) this.#problem(from, from + 1, 'A value is missing before this.');
        this.#at++;
        continue;
      }
      if (next === close || next === undefined) continue;
      if (next === '"' && sound) {
        this.#problem(this.#at, this.#at + 1, 'A comma is missing before this.');
        continue;
      }
      if (sound || this.problems.length === 0) this.#problem(this.#at, this.#at + 1, `A comma or ${close} belongs here.`);
      if (!this.#toNext(close)) return;
      if (this.#at === from) this.#at++;
    }
  }

  /** Behind the next comma, or at the closing sign, of this level. False: the bracket of a level above closes first. */
  #toNext(close: '}' | ']'): boolean {
    let depth = 0;
    while (this.#at < this.#text.length) {
      this.#skip();
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#match(stringAt);
        continue;
      }
      if (character === '{' || character === '[') depth++;
      else if (depth === 0 && character === ',') {
        this.#at++;
        return true;
      } else if (depth === 0 && (character === '}' || character === ']')) return character === close;
      else if (character === '}' || character === ']') depth--;
      this.#at++;
    }
    return true;
  }
}

function decode(raw: string): string | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Never throws, whatever the text. */
export function parseJsonc(text: string): { readonly root: JsonNode | null; readonly problems: readonly JsonProblem[] } {
  const reader = new Reader(text);
  const root = reader.document();
  return { root, problems: reader.problems };
}

/** The plain value of a node; of two equal keys the later counts, as in `JSON.parse`. */
export function jsonValue(node: JsonNode | null): unknown {
  if (node === null) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(jsonValue);
  return Object.fromEntries(node.members.flatMap(({ key, value }) => (value === null ? [] : [[key, jsonValue(value)] as const])));
}

/** The node a path of keys and indices leads to, and the member it stands in. */
export function jsonAt(
  root: JsonNode | null,
  path: readonly PropertyKey[],
): { readonly node: JsonNode | null; readonly member: JsonMember | null } {
  let node = root;
  let member: JsonMember | null = null;
  for (const step of path) {
    if (node?.kind === 'object') {
      member = node.members.findLast(({ key }) => key === step) ?? null;
      node = member?.value ?? null;
    } else if (node?.kind === 'array' && typeof step === 'number') {
      node = node.items[step] ?? null;
      member = null;
    } else return { node: null, member: null };
  }
  return { node, member };
}

/** The tree without the member or item a path leads to; itself where the path leads nowhere. */
export function jsonWithout(root: JsonNode | null, path: readonly PropertyKey[]): JsonNode | null {
  const [step, ...rest] = path;
  if (root === null || step === undefined) return null;
  if (root.kind === 'object') {
    const members = root.members.flatMap((member) => {
      if (member.key !== step) return [member];
      const value = rest.length === 0 ? null : jsonWithout(member.value, rest);
      return rest.length === 0 ? [] : [{ ...member, value }];
    });
    return { ...root, members };
  }
  if (root.kind === 'array') {
    const items = root.items.flatMap((item, index) =>
      index !== step ? [item] : rest.length === 0 ? [] : (jsonWithout(item, rest) ?? []),
    );
    return { ...root, items };
  }
  return root;
}

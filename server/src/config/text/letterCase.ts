/** Letter case of names: nearly all are in upper case already, and asking the engine costs more than looking. */

/** Whether a text has nothing but upper-case ASCII letters and characters below them (digits, signs) and `_`. */
function isUpperAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x5a && code !== 0x5f) return false;
  }
  return true;
}

/** `text.toUpperCase()`. */
export function inUpperCase(text: string): string {
  return isUpperAscii(text) ? text : text.toUpperCase();
}

/** Finds texts whatever their letter case: two are equal where `toLowerCase()` makes them equal. */
export class FoldedSet {
  readonly #upper: ReadonlySet<string>;
  readonly #lower: ReadonlySet<string>;

  /** @param texts of ASCII. */
  constructor(texts: Iterable<string>) {
    const all = [...texts];
    this.#upper = new Set(all.map((text) => text.toUpperCase()));
    this.#lower = new Set(all.map((text) => text.toLowerCase()));
  }

  has(text: string): boolean {
    return isUpperAscii(text) ? this.#upper.has(text) : this.#lower.has(text.toLowerCase());
  }
}

/** URIs of paths as somebody wrote them. */

/**
 * As `encodeURI`, of any text: a half of a surrogate pair, which a broken file or a half-typed line has and which
 * `encodeURI` throws at, counts as the character that stands for what is no text. No file has it in its name.
 */
export function encodePath(path: string): string {
  return encodeURI(path.toWellFormed());
}

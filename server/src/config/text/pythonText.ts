/**
 * What Python's `str` methods and `re` mean by whitespace. JavaScript's `\s` differs: it has U+FEFF and lacks
 * U+001C to U+001F and U+0085, and one such character decides whether a dotenv line is read.
 */
export function isPythonSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** End of `text[start:end].rstrip()`. */
export function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

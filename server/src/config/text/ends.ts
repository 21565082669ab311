/** Ends of texts. `/x+$/` looks at a long run of x once for each of its characters where the run is not the end; this does not. */

/** The text without the characters at its end that a one-character pattern matches. */
export function withoutEnd(text: string, pattern: RegExp): string {
  let end = text.length;
  while (end > 0 && pattern.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** Where a statement of a document begins. */
import type { SourceDocument } from '../model/types.ts';

/**
 * The line a finding counts for: in a manifest a statement is two lines, `- name: X` and `value: y`, and of one value some
 * rules mark the name and others the text.
 */
export function statementLines(document: SourceDocument | undefined): (line: number) => number {
  if (document?.kind !== 'kubernetes') return (line) => line;
  const names = new Map<number, number>();
  for (const { nameRange, valueRange } of document.assignments)
    if (valueRange !== null) names.set(valueRange.start.line, nameRange.start.line);
  return (line) => names.get(line) ?? line;
}

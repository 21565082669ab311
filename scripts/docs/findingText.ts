/** Findings as a person reads them: where they stand, and the lines that a fix takes out and brings. */
import type { Edit } from '#server/config/model/types.ts';
import type { Range } from '#server/config/text/position.ts';
import { applyEdits, type Files, pathOf } from './exampleWorkspace.ts';

/** `path:line:column`, counted from 1. */
export const placeText = (uri: string, { start }: Range): string => `${pathOf(uri)}:${start.line + 1}:${start.character + 1}`;

/** Lines that went and lines that came, from the first change to the last. */
function changedLines(before: string, after: string): string[] {
  const [old, fresh] = [before, after].map((text) => text.split('\n'));
  if (old === undefined || fresh === undefined) return [];
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const middle = (lines: readonly string[]) => lines.slice(head, lines.length - tail);
  return [...middle(old).map((line) => `-${line}`), ...middle(fresh).map((line) => `+${line}`)];
}

/** What edits make of the files: `--- path`, then its lines, for each file that changes. */
export function changesOf(edits: readonly Edit[], files: Files): string[] {
  return Object.entries(applyEdits(files, edits)).flatMap(([path, after]) => {
    const before = files[path] ?? '';
    return after === before ? [] : [`--- ${path}`, ...changedLines(before, after)];
  });
}

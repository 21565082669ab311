/** From `Mesh(mode=...)` of 1.0.x to the key of the dict that says the same since 1.1.0. */
import type { Edit, Fix, Literal, ProcessDeclaration, SourceDocument } from '../../model/types.ts';
import { comparePositions, type Range } from '../../text/position.ts';
import { fix } from '../fixes.ts';

/** Whether a mode of 1.0.x starts P2P (core/mesh.py:230-247 of 1.0.2), as Python source; null for what is no mode. */
export function p2pOfMode(word: Literal | undefined): 'True' | 'False' | null {
  if (word === 'autonomous') return 'False';
  return word === 'p2p' || word === 'distributed' ? 'True' : null;
}

/** Takes the argument out together with the comma that parts it from its neighbour. */
export function removeArgument(document: SourceDocument, process: ProcessDeclaration, range: Range): Edit | null {
  const others = Object.entries(process.facts)
    .map(([, fact]) => fact.range)
    .filter((other) => comparePositions(other.start, range.start) !== 0)
    .toSorted((a, b) => comparePositions(a.start, b.start));
  const after = others.find((other) => comparePositions(other.start, range.end) >= 0);
  if (after !== undefined) return { uri: document.uri, range: { start: range.start, end: after.start }, newText: '' };
  const before = others.at(-1);
  return before === undefined ? null : { uri: document.uri, range: { start: before.end, end: range.end }, newText: '' };
}

/** Replaces `mode=` by `"p2p_enabled"` in the dict; only where the dict stands in the call and can take a key. */
export function replaceMode(
  document: SourceDocument,
  process: ProcessDeclaration,
  range: Range,
  enabled: 'True' | 'False',
): readonly Fix[] {
  if (process.open || process.insertion === null) return [];
  const title = `Write "p2p_enabled": ${enabled} instead`;
  const removal = removeArgument(document, process, range);
  // The only argument gives its place to the dict.
  if (removal === null) return fix(title, false, { uri: document.uri, range, newText: `config={"p2p_enabled": ${enabled}}` });
  const written = document.assignments.some(
    ({ layer, name, process: owner }) => layer === 'mesh' && owner === process.id && name === 'p2p_enabled',
  );
  if (written) return fix('Remove mode=', false, removal);
  const { at, prefix, suffix } = process.insertion;
  return fix(title, false, removal, { uri: document.uri, range: at, newText: `${prefix}"p2p_enabled": ${enabled}${suffix}` });
}

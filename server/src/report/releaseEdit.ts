/** Writes the release that the checks assume into the text of a `jarviscore-fleet.json`, keeping everything else as it is. */

import { type JsonObject, jsonAt, parseJsonc } from '../config/text/jsonc.ts';
import { LineIndex } from '../config/text/lines.ts';
import type { Range } from '../config/text/position.ts';

export interface ReleaseEdit {
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  /** Why the text cannot be edited, and what to do; null: it can. */
  readonly problem: string | null;
}

const indent = /\n([ \t]+)"/;

/** @param release null: take the release out, so that requirements and virtual environments decide again. */
export function releaseEdit(text: string, release: string | null): ReleaseEdit {
  const lines = new LineIndex(text);
  const edit = (from: number, to: number, newText: string): ReleaseEdit => ({
    edits: [{ range: lines.range(from, to), newText }],
    problem: null,
  });
  const nothing: ReleaseEdit = { edits: [], problem: null };
  if (text.trim() === '') {
    return release === null ? nothing : edit(0, text.length, `{\n  "target": ${JSON.stringify(release)}\n}\n`);
  }
  const { root, problems } = parseJsonc(text);
  const [broken] = problems;
  if (broken !== undefined) {
    const { start } = lines.range(broken.start, broken.end);
    return { edits: [], problem: `Line ${start.line + 1}: ${broken.message} Repair it first.` };
  }
  if (root?.kind !== 'object') return { edits: [], problem: 'It holds no object ({ … }). Write one first.' };
  const { member } = jsonAt(root, ['target']);
  if (release === null) {
    if (member === null) return nothing;
    const end = member.value?.end ?? member.name.end;
    // A comma that stays behind the member before is allowed here.
    const rest = /^[ \t]*,?[ \t]*(?:\r?\n)?/.exec(text.slice(end))?.[0] ?? '';
    const before = /[ \t]*$/.exec(text.slice(0, member.name.start))?.[0] ?? '';
    const wholeLine = rest.endsWith('\n') && /(?:^|\n)[ \t]*$/.test(text.slice(0, member.name.start));
    return wholeLine
      ? edit(member.name.start - before.length, end + rest.length, '')
      : edit(member.name.start, end + rest.replace(/\r?\n$/, '').length, '');
  }
  const written = JSON.stringify(release);
  if (member?.value) return edit(member.value.start, member.value.end, written);
  return insert(text, root, written, edit);
}

function insert(
  text: string,
  root: JsonObject,
  written: string,
  edit: (from: number, to: number, newText: string) => ReleaseEdit,
): ReleaseEdit {
  const at = root.start + 1;
  const comma = root.members.length > 0 ? ',' : '';
  const step = indent.exec(text.slice(root.start, root.end))?.[1];
  if (step !== undefined) return edit(at, at, `\n${step}"target": ${written}${comma}`);
  if (root.members.length > 0) return edit(at, at, ` "target": ${written},`);
  const hasComment = text.slice(at, root.end - 1).trim() !== '';
  return edit(at, at, `\n  "target": ${written}${hasComment ? '' : '\n'}`);
}

/** What stands at a position of a document. */
import type { Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment, SourceDocument } from '../model/types.ts';
import { settingOf, settingOfVariable } from '../rules/settingIndex.ts';
import { type Position, type Range, touches } from '../text/position.ts';

export interface Located {
  /** As written. */
  readonly name: string;
  readonly range: Range;
  readonly setting: Setting | undefined;
  /** Null for a name in a comment of a template. */
  readonly assignment: Assignment | null;
}

/** The setting a position points to: its name or its value. */
export function locate(document: SourceDocument, position: Position): Located | null {
  for (const assignment of document.assignments) {
    const parts = [assignment.nameRange, ...(assignment.valueRange === null ? [] : [assignment.valueRange])];
    const range = parts.find((part) => touches(part, position));
    if (range !== undefined) return { name: assignment.name, range, setting: settingOf(assignment), assignment };
  }
  for (const mark of document.marks) {
    if (mark.name !== 'commented-key' || mark.value === null || !touches(mark.range, position)) continue;
    const setting = settingOfVariable(mark.value);
    if (setting !== undefined) return { name: mark.value, range: mark.range, setting, assignment: null };
  }
  return null;
}

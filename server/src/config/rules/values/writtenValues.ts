/** The values of a document that rules about types look at: one per name (the one that wins), with its setting. */

import type { Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment, Literal, SourceDocument } from '../../model/types.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { effectKind, existsIn, isSettingsField, isSwimName, settingOf } from '../settingIndex.ts';

/** Who converts the text: pydantic, swim's own parser, a helper beside its use, or a program of a container. */
export type Converter = 'settings' | 'swim' | 'direct' | 'container';

export interface WrittenValue {
  readonly assignment: Assignment;
  readonly setting: Setting;
  /** Null where the value is a Python literal other than text. */
  readonly text: string | null;
  /** Set for keys of a Mesh dict, which nothing converts. */
  readonly literal: Literal | undefined;
  readonly converter: Converter;
  /** Name as messages write it: `"bind_port"` for dict keys. */
  readonly label: string;
}

function converterOf(setting: Setting, release: string): Converter {
  const kind = effectKind(setting, release);
  if (kind === 'container' || kind === 'compose') return 'container';
  if (isSwimName(setting)) return 'swim';
  return isSettingsField(setting) ? 'settings' : 'direct';
}

/** `<your-port>`, `your-host`, `...`: text of a template that is there to be replaced. */
export function looksLikePlaceholder(text: string): boolean {
  return /[<>{}]|your[-_]|changeme|change[-_]me|\.\.\.|^x{3,}$|^\s*$/i.test(text);
}

/** Values of known settings. A line that a later one overrides, a secret and a placeholder of a template have no say. */
export function writtenValues(document: SourceDocument, release: string): readonly WrittenValue[] {
  const before = kept.get(document);
  if (before?.release === release) return before.values;
  const values = valuesOf(document, release);
  kept.set(document, { release, values });
  return values;
}

/** A dozen rules ask for the values of the same document. */
const kept = new WeakMap<SourceDocument, { readonly release: string; readonly values: readonly WrittenValue[] }>();

function valuesOf(document: SourceDocument, release: string): readonly WrittenValue[] {
  const values: WrittenValue[] = [];
  const winners = new Map<string, Assignment>();
  const keyOf = (a: Assignment): string => `${a.layer} ${a.process ?? ''} ${a.layer === 'mesh' ? a.name : a.name.toUpperCase()}`;
  for (const assignment of ownAssignments(document)) winners.set(keyOf(assignment), assignment);
  for (const assignment of winners.values()) {
    const setting = settingOf(assignment);
    const { value } = assignment;
    if (
      setting === undefined ||
      !existsIn(setting, release) ||
      setting.status === 'documented-but-unread' ||
      setting.status === 'renamed'
    )
      continue;
    const text =
      value.kind === 'text' ? value.text : value.kind === 'literal' && typeof value.literal === 'string' ? value.literal : null;
    if (text === null && value.kind !== 'literal') continue;
    if (text !== null && document.template && looksLikePlaceholder(text)) continue;
    values.push({
      assignment,
      setting,
      text,
      literal: assignment.layer === 'mesh' && value.kind === 'literal' ? value.literal : undefined,
      converter: converterOf(setting, release),
      label: assignment.layer === 'mesh' ? `"${assignment.name}"` : assignment.name,
    });
  }
  return values;
}

/** Values of the environment layer alone: text that somebody converts. */
export function environmentTexts(
  document: SourceDocument,
  release: string,
): readonly (WrittenValue & { readonly text: string })[] {
  return writtenValues(document, release).filter(
    (value): value is WrittenValue & { readonly text: string } => value.assignment.layer === 'environment' && value.text !== null,
  );
}

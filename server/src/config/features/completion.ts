/** Names and values while a person types, in env files and in the dict of `Mesh(config={...})`. */
import { defaultIn, effectMeaning, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import type { ProcessDeclaration, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { effectKind, meshKeysOf, settingOfMeshKey, settingOfVariable, variablesOf } from '../rules/settingIndex.ts';
import { comparePositions, type Position, type Range } from '../text/position.ts';
import { defaultText, settingAnchor, typeText } from './wording.ts';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'name' | 'value';
  /** One line beside the label. */
  readonly detail: string;
  /** CommonMark. */
  readonly documentation: string;
  /** What replaces `range`. */
  readonly insertText: string;
  readonly range: Range;
  readonly deprecated: boolean;
  /** Orders the list; names that are set already come last. */
  readonly sortText: string;
}

/** Where the word before the cursor begins. */
function wordRange(position: Position, word: string): Range {
  return { start: { line: position.line, character: position.character - word.length }, end: position };
}

function documentation(setting: Setting, release: Release): string {
  const kind = effectKind(setting, release);
  return [
    setting.description,
    `- Type: ${typeText(setting)}\n- Default in ${release}: ${defaultText(setting, release)}${kind === undefined ? '' : `\n- ${effectMeaning[kind]}`}`,
    `[Reference of all settings](docs/settings.md#${settingAnchor(setting)})`,
  ].join('\n\n');
}

function nameItem(
  setting: Setting,
  name: string,
  insertText: string,
  range: Range,
  release: Release,
  rank: string,
): CompletionItem {
  const unapplied = effectKind(setting, release) === 'none' ? 'not applied · ' : '';
  return {
    label: name,
    kind: 'name',
    detail: `${unapplied}${setting.group}`,
    documentation: documentation(setting, release),
    insertText,
    range,
    deprecated: setting.status === 'deprecated' || setting.status === 'renamed' || setting.status === 'documented-but-unread',
    sortText: `${rank} ${name}`,
  };
}

/** Settings of the framework first, those of containers and without effect behind them, names that are set last. */
function rankOf(setting: Setting, release: Release, taken: boolean): string {
  if (taken) return '9';
  const kind = effectKind(setting, release);
  if (setting.status !== 'active') return '7';
  if (kind === 'none') return '6';
  if (kind === 'container' || kind === 'compose' || kind === 'cli') return '5';
  return setting.envName?.startsWith('SWIM_') === true ? '3' : '1';
}

function variableNames(document: SourceDocument, release: Release, position: Position, word: string): CompletionItem[] {
  const taken = new Set(
    document.assignments.filter((a) => a.range.start.line !== position.line).map((a) => a.name.toUpperCase()),
  );
  return variablesOf(release).flatMap((setting) => {
    const name = setting.envName;
    if (name === null || setting.status === 'documented-but-unread' || setting.status === 'renamed') return [];
    return nameItem(setting, name, `${name}=`, wordRange(position, word), release, rankOf(setting, release, taken.has(name)));
  });
}

interface Choice {
  readonly text: string;
  readonly note: string;
}

function choices(setting: Setting, release: Release): readonly Choice[] {
  const standard = setting.secret ? null : defaultIn(setting, release);
  const found = new Map<string, string>();
  const add = (text: string, note: string): void => void (found.has(text) || found.set(text, note));
  if (typeof standard === 'string' || typeof standard === 'number' || typeof standard === 'boolean') {
    if (standard !== '') add(String(standard), 'default');
  }
  if (setting.type === 'bool') for (const word of ['true', 'false']) add(word, '');
  for (const word of setting.values ?? []) add(word, '');
  return [...found].map(([text, note]) => ({ text, note }));
}

function valueItems(setting: Setting, release: Release, range: Range, write: (choice: string) => string): CompletionItem[] {
  return choices(setting, release).map(({ text, note }, index) => ({
    label: text,
    kind: 'value',
    detail: note === '' ? typeLabel(setting) : `${note} · ${typeLabel(setting)}`,
    documentation: documentation(setting, release),
    insertText: write(text),
    range,
    deprecated: false,
    sortText: String(index).padStart(3, '0'),
  }));
}

const typeLabel = (setting: Setting): string => setting.type;

function inDotenv(document: SourceDocument, release: Release, position: Position, before: string): CompletionItem[] {
  const name = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)?$/.exec(before);
  if (name !== null) return variableNames(document, release, position, name[1] ?? '');
  const value = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*["']?([^\s"'#]*)$/.exec(before);
  const setting = value === null ? undefined : settingOfVariable(value[1] ?? '');
  return setting === undefined ? [] : valueItems(setting, release, wordRange(position, value?.[2] ?? ''), (text) => text);
}

/** Whether a position lies in the dict of a process: between the call and the place where a further key would go. */
function dictAt(document: SourceDocument, position: Position): ProcessDeclaration | undefined {
  return document.processes.find((process) => {
    const ends = document.assignments.filter((a) => a.process === process.id).map((a) => a.range.end);
    if (process.insertion !== null) ends.push(process.insertion.at.end);
    const last = ends.toSorted(comparePositions).at(-1);
    if (last === undefined || comparePositions(process.range.start, position) > 0) return false;
    // A key that is being typed stands behind the last complete one, at most a line further down.
    return position.line <= last.line + 1;
  });
}

function pythonValue(setting: Setting, quoted: boolean): (text: string) => string {
  return (text) => {
    if (setting.type === 'bool') return text === 'true' ? 'True' : 'False';
    if (setting.type === 'int' || setting.type === 'float' || setting.type === 'port' || quoted) return text;
    return JSON.stringify(text);
  };
}

function inPython(document: SourceDocument, release: Release, position: Position, before: string): CompletionItem[] {
  const process = dictAt(document, position);
  if (process === undefined) return [];
  const value = /["']([a-z_][a-z0-9_]*)["']\s*:\s*(["']?)([\w.-]*)$/.exec(before);
  if (value !== null) {
    const setting = settingOfMeshKey(value[1] ?? '');
    return setting === undefined
      ? []
      : valueItems(setting, release, wordRange(position, value[3] ?? ''), pythonValue(setting, value[2] !== ''));
  }
  const key = /(?:^|[{,(]|config\s*=\s*\{)\s*(["']?)([a-z_][a-z0-9_]*)?$/.exec(before);
  if (key === null) return [];
  const quoted = key[1] !== '';
  const taken = new Set(
    document.assignments.filter((a) => a.process === process.id && a.range.start.line !== position.line).map((a) => a.name),
  );
  return meshKeysOf(release).flatMap((setting) => {
    const name = setting.meshKey;
    if (name === null || setting.status === 'documented-but-unread') return [];
    return nameItem(
      setting,
      name,
      quoted ? name : `"${name}": `,
      wordRange(position, key[2] ?? ''),
      release,
      rankOf(setting, release, taken.has(name)),
    );
  });
}

/**
 * Completions at a position.
 *
 * @param textBeforeCursorOnLine The editor's text of the line up to the cursor: it is newer than the model while typing.
 */
export function complete(
  model: WorkspaceModel,
  uri: string,
  position: Position,
  textBeforeCursorOnLine: string,
): CompletionItem[] {
  const document = model.documents.get(uri);
  if (document === undefined) return [];
  if (document.kind === 'dotenv') return inDotenv(document, model.target, position, textBeforeCursorOnLine);
  return document.kind === 'python' ? inPython(document, model.target, position, textBeforeCursorOnLine) : [];
}

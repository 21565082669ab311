/** Names and values while a person types, in every kind of file that gives variables a value, and in the dict of `Mesh(config={...})`. */
import { defaultIn, effectMeaning, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import { folderOf } from '../model/environments.ts';
import type { ProcessDeclaration, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { effectKind, meshKeysOf, settingOfMeshKey, settingOfVariable, variablesOf } from '../rules/settingIndex.ts';
import { comparePositions, type Position, type Range } from '../text/position.ts';
import { type Typing, typingIn } from './completionContext.ts';
import { sitesOf } from './sites.ts';
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

function variableItems(release: Release, range: Range, suffix: string, isTaken: (name: string) => boolean): CompletionItem[] {
  return variablesOf(release).flatMap((setting) => {
    const name = setting.envName;
    if (name === null || setting.status === 'documented-but-unread' || setting.status === 'renamed') return [];
    const written = suffix.startsWith('"') ? `"${name}${suffix}` : name + suffix;
    return nameItem(setting, name, written, range, release, rankOf(setting, release, isTaken(name)));
  });
}

function variableNames(document: SourceDocument, release: Release, position: Position, word: string): CompletionItem[] {
  const taken = new Set(
    document.assignments.filter((a) => a.range.start.line !== position.line).map((a) => a.name.toUpperCase()),
  );
  return variableItems(release, wordRange(position, word), '=', (name) => taken.has(name));
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

function writtenAs(style: Typing['style']): (text: string) => string {
  if (style === 'json') return (text) => JSON.stringify(text);
  // Bare, these are no text to YAML, and compose refuses truth values.
  return (text) => (style === 'yaml' && /^(?:true|false|yes|no|on|off|null|~|)$/i.test(text) ? `"${text}"` : text);
}

/** Names that the file itself, the `.env` beside it and the processes around it give a value. */
function knownNames(model: WorkspaceModel, document: SourceDocument): readonly string[] {
  const folder = folderOf(document.uri);
  const near = model.processes.filter((process) => folderOf(process.uri) === folder).flatMap((process) => process.environments);
  const names = new Set<string>();
  for (const uri of new Set([document.uri, `${folder}/.env`, ...near])) {
    const read = model.documents.get(uri);
    if (read === undefined) continue;
    for (const site of sitesOf(read)) if (site.role === 'assignment' && site.layer === 'environment') names.add(site.name);
  }
  return [...names];
}

function referenceItems(model: WorkspaceModel, document: SourceDocument, range: Range): CompletionItem[] {
  const own = knownNames(model, document).map((name): CompletionItem => {
    const setting = settingOfVariable(name);
    const item = setting === undefined ? null : nameItem(setting, name, name, range, model.target, '1');
    return item ?? { ...bareName(name), insertText: name, range };
  });
  if (document.kind !== 'python') return own;
  const taken = new Set(own.map(({ label }) => label));
  const others = variableItems(model.target, range, '', () => false).filter(({ label }) => !taken.has(label));
  return [...own.map((item) => ({ ...item, sortText: `0 ${item.label}` })), ...others];
}

const bareName = (label: string): Omit<CompletionItem, 'insertText' | 'range'> => ({
  label,
  kind: 'name',
  detail: 'set in this project',
  documentation: 'The framework does not know this name.',
  deprecated: false,
  sortText: `1 ${label}`,
});

function inDeployment(model: WorkspaceModel, document: SourceDocument, position: Position, typing: Typing): CompletionItem[] {
  const range = wordRange(position, typing.word);
  if (typing.what === 'reference') return referenceItems(model, document, range);
  if (typing.what === 'name') {
    const here = position.line;
    const taken = new Set(document.assignments.filter((a) => a.range.start.line !== here).map((a) => a.name.toUpperCase()));
    // Another service of the file may well have it too: it is no reason to put the name last.
    const only = (document.deployment?.units.length ?? 0) < 2;
    return variableItems(model.target, range, typing.suffix, (name) => only && taken.has(name));
  }
  const setting = settingOfVariable(typing.name ?? '');
  return setting === undefined ? [] : valueItems(setting, model.target, range, writtenAs(typing.style));
}

/**
 * Completions at a position.
 *
 * @param textBeforeCursorOnLine The editor's text of the line up to the cursor: it is newer than the model while typing.
 * @param above The lines above it, nearest first; without them, structured files get no completions.
 */
export function complete(
  model: WorkspaceModel,
  uri: string,
  position: Position,
  textBeforeCursorOnLine: string,
  above: readonly string[] = [],
): CompletionItem[] {
  const document = model.documents.get(uri);
  if (document === undefined) return [];
  const typing = typingIn(document.kind, { before: textBeforeCursorOnLine, above });
  if (typing !== null) return inDeployment(model, document, position, typing);
  if (document.kind === 'dotenv') return inDotenv(document, model.target, position, textBeforeCursorOnLine);
  return document.kind === 'python' ? inPython(document, model.target, position, textBeforeCursorOnLine) : [];
}

/**
 * What a person is typing, seen from the text around the cursor: while a line is half typed, the model does not have it.
 */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';

export interface TypedText {
  /** The line up to the cursor. */
  readonly before: string;
  /** The lines above it, nearest first. */
  readonly above: readonly string[];
}

export interface Typing {
  /** `reference`: the name of a variable that has its value elsewhere. */
  readonly what: 'name' | 'value' | 'reference';
  /** Whose value it is; null for names. */
  readonly name: string | null;
  /** The word before the cursor. */
  readonly word: string;
  /** What follows a completed name. */
  readonly suffix: string;
  /** How a value is written: `yaml` quotes what YAML would not take for text, `json` quotes everything. */
  readonly style: 'plain' | 'yaml' | 'json';
}

const named = (word: string | undefined, suffix: string): Typing => ({
  what: 'name',
  name: null,
  word: word ?? '',
  suffix,
  style: 'plain',
});

const valued = (name: string | undefined, word: string | undefined, style: Typing['style']): Typing | null =>
  name === undefined ? null : { what: 'value', name, word: word ?? '', suffix: '', style };

const indentOf = (line: string): number => line.length - line.trimStart().length;
const isItem = (line: string): boolean => /^\s*-(\s|$)/.test(line);
/** Where the key of a line stands, behind the dash of a list item. */
const keyColumn = (line: string): number => (/^\s*-\s+/.exec(line)?.[0] ?? line.slice(0, indentOf(line))).length;

interface YamlPlace {
  /** The key whose value the line is part of. */
  readonly parent: string | null;
  /** Keys above in the same map, with their text. */
  readonly siblings: ReadonlyMap<string, string>;
}

function yamlPlace({ before, above }: TypedText): YamlPlace {
  const siblings = new Map<string, string>();
  let column = keyColumn(before);
  let item = isItem(before);
  for (const line of above) {
    if (/^\s*(#|$)/.test(line)) continue;
    const entry = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*:\s*(.*)$/.exec(line);
    const key = keyColumn(line);
    if (!item && key === column) {
      if (entry !== null) siblings.set(entry[1] ?? '', (entry[2] ?? '').trim().replace(/^["']|["']$/g, ''));
      // The first key of an item stands behind its dash; what is above belongs to other items.
      if (isItem(line)) {
        item = true;
        column = indentOf(line);
      }
      continue;
    }
    const indent = indentOf(line);
    const reach = item ? Math.min(column, indentOf(before)) : column;
    if (indent < reach || (item && indent === reach && !isItem(line))) return { parent: entry?.[1] ?? null, siblings };
  }
  return { parent: null, siblings };
}

const identifier = '[A-Za-z_]\\w*';
const mapName = new RegExp(`^\\s*["']?(${identifier})?$`);
const mapValue = new RegExp(`^\\s*["']?(${identifier})["']?\\s*:\\s+(["']?)([\\w.-]*)$`);
const listName = new RegExp(`^\\s*-\\s*["']?(${identifier})?$`);
const listValue = new RegExp(`^\\s*-\\s*["']?(${identifier})=([\\w.-]*)$`);

function yamlMap(before: string): Typing | null {
  const name = mapName.exec(before);
  if (name !== null) return named(name[1], ': ');
  const value = mapValue.exec(before);
  return value === null ? null : valued(value[1], value[3], value[2] === '' ? 'yaml' : 'plain');
}

function inCompose(text: TypedText): Typing | null {
  if (yamlPlace(text).parent !== 'environment') return null;
  const name = listName.exec(text.before);
  if (name !== null) return named(name[1], '=');
  const value = listValue.exec(text.before);
  return value === null ? yamlMap(text.before) : valued(value[1], value[2], 'plain');
}

function inKubernetes(text: TypedText): Typing | null {
  const { before, above } = text;
  const { parent, siblings } = yamlPlace(text);
  if (parent === 'env') {
    const name = /^\s*-\s+name:\s*["']?([A-Za-z_]\w*)?$/.exec(before);
    if (name !== null) return named(name[1], '');
    const value = /^\s*value:\s*(["']?)([\w.-]*)$/.exec(before);
    return value === null ? null : valued(siblings.get('name'), value[2], value[1] === '' ? 'json' : 'plain');
  }
  if (parent !== 'data' && parent !== 'stringData') return null;
  const start = above.findIndex((line) => line.startsWith('---'));
  const kind = (start < 0 ? above : above.slice(0, start)).find((line) => /^kind:/.test(line)) ?? '';
  const typing = /ConfigMap|Secret/.test(kind) ? yamlMap(before) : null;
  return typing?.style === 'yaml' ? { ...typing, style: 'json' } : typing;
}

/** The last word of a list of `NAME=value`. */
function lastPair(list: string): Typing | null {
  const word = /(?:^|\s)["']?([A-Za-z_]\w*)?$/.exec(list);
  if (word !== null) return named(word[1], '=');
  const pair = /(?:^|\s)["']?([A-Za-z_]\w*)=["']?([^\s"']*)$/.exec(list);
  return pair === null ? null : valued(pair[1], pair[2], 'plain');
}

function inSystemd({ before }: TypedText): Typing | null {
  const list = /^\s*Environment\s*=(.*)$/.exec(before);
  if (list !== null) return lastPair(list[1] ?? '');
  const names = /^\s*(?:PassEnvironment|UnsetEnvironment)\s*=(?:.*\s)?([A-Za-z_]\w*)?$/.exec(before);
  return names === null ? null : named(names[1], '');
}

function inDockerfile({ before }: TypedText): Typing | null {
  const list = /^\s*(?:ENV|ARG)\s+(.*)$/i.exec(before);
  return list === null ? null : lastPair(list[1] ?? '');
}

function inShell({ before }: TypedText): Typing | null {
  if (/^\s*#/.test(before)) return null;
  const exported = /^\s*export\s+(.*)$/.exec(before);
  if (exported !== null) return lastPair(exported[1] ?? '');
  const option = /\s(?:-e|--env)[\s=]+["']?([A-Za-z_]\w*)?$/.exec(before);
  if (option !== null) return named(option[1], '=');
  const value = /(?:^|\s)["']?([A-Z_][A-Z0-9_]*)=["']?([^\s"']*)$/.exec(before);
  if (value !== null) return valued(value[1], value[2], 'plain');
  // A command begins like this, too; capitals do not.
  const name = /^\s*(?:[A-Za-z_]\w*=\S*\s+)*([A-Z][A-Z0-9_]*)$/.exec(before);
  return name === null ? null : named(name[1], '=');
}

function inLaunch({ before, above }: TypedText): Typing | null {
  const text = [...above.slice(0, 200).toReversed(), before].join('\n');
  const inside = /^"env"\s*:\s*\{([^{}]*)$/.exec(text.slice(text.lastIndexOf('"env"')))?.[1];
  if (inside === undefined) return null;
  const value = /"([A-Za-z_]\w*)"\s*:\s*("?)([\w.-]*)$/.exec(inside);
  if (value !== null) return valued(value[1], value[3], value[2] === '' ? 'json' : 'plain');
  const name = /(?:^|,)\s*("?)([A-Za-z_]\w*)?$/.exec(inside);
  return name === null ? null : named(name[2], name[1] === '' ? '": ' : '');
}

const contexts: Readonly<Partial<Record<FileKind, (text: TypedText) => Typing | null>>> = {
  compose: inCompose,
  kubernetes: inKubernetes,
  systemd: inSystemd,
  dockerfile: inDockerfile,
  shell: inShell,
  launch: inLaunch,
};

const references: Readonly<Partial<Record<FileKind, RegExp>>> = {
  dotenv: /\$\{([A-Za-z_]\w*)?$/,
  compose: /\$\{?([A-Za-z_]\w*)?$/,
  systemd: /\$\{?([A-Za-z_]\w*)?$/,
  dockerfile: /\$\{?([A-Za-z_]\w*)?$/,
  shell: /\$\{?([A-Za-z_]\w*)?$/,
  kubernetes: /\$\(([A-Za-z_]\w*)?$/,
  launch: /\$\{env:([A-Za-z_]\w*)?$/,
  python: /\b(?:getenv\(|environ(?:\.(?:get|pop|setdefault)\(|\[))\s*["']([A-Za-z_]\w*)?$/,
};

/** What is being typed; null where a name or value of a setting does not belong. */
export function typingIn(kind: FileKind, text: TypedText): Typing | null {
  const reference = references[kind]?.exec(text.before);
  if (reference != null) return { ...named(reference[1], ''), what: 'reference' };
  return contexts[kind]?.(text) ?? null;
}

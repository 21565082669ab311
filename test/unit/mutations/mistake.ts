/** What a mistake is, and how it is put into the clean workspace as one mutation per kind of file. */
import { newestRelease, settings } from '#schemas/settings/catalogue.ts';
import { type RuleDoc, ruleDocs } from '#schemas/settings/ruleDocs.ts';
import { type FileKind, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { firedFindings } from '../../../scripts/docs/firedFindings.ts';
import { type Files, modelOf } from '../rules/workspace.ts';
import { production, type WorkspaceRelease } from './production.ts';
import { place, type SlotKind, slots, type Value } from './slots.ts';

/** A finding of another rule that a mutation cannot avoid, and why. `file`: where, if not in the mutated file. */
export interface Consequence {
  readonly rule: string;
  readonly why: string;
}

/** One mistake for one or more kinds of file. What is left out comes from the bad example of the rule. */
export interface Mistake {
  readonly rule: string;
  /** Default: every kind of the inventory that can carry settings. */
  readonly kinds?: readonly FileKind[];
  /** Environment values to write or take out. */
  readonly values?: readonly Value[] | ((kind: SlotKind) => readonly Value[]);
  /** The same for Python where it differs: lower-case names are keys of the Mesh dict, with Python source. */
  readonly python?: readonly Value[];
  /** Any other change of the workspace; `values` are written after it. */
  readonly change?: (files: Files, kind: FileKind) => Files;
  /** Name whose statement is marked, or `declaration`: the line that declares the process. */
  readonly at?: string;
  /** The marked file and a text of its line, where it is neither. */
  readonly where?: readonly [file: string, text: string] | ((kind: FileKind) => readonly [file: string, text: string] | null);
  readonly workspace?: WorkspaceRelease;
  /** Release to check for; default: that of the workspace. */
  readonly target?: string;
  readonly profile?: 'development' | 'production';
  /** Makes another workspace of the clean one before the mistake is made: a smaller fleet, an older pin. */
  readonly base?: (files: Files, kind: FileKind) => Files;
  /** Paths that git tracks; without them the workspace is no repository. */
  readonly tracked?: readonly string[];
  readonly also?: readonly Consequence[];
  /** Findings that a fix brings to light, because the mistake hid them. */
  readonly reveals?: readonly Consequence[];
}

/** A mistake in one file, ready to be checked. */
export interface Mutation {
  readonly rule: string;
  readonly kind: FileKind;
  readonly before: Files;
  readonly after: Files;
  readonly target: string;
  readonly profile: 'development' | 'production';
  /** Where the finding has to be: file, first and last line, zero-based. */
  readonly file: string;
  readonly lines: readonly [number, number];
  readonly tracked?: readonly string[];
  readonly also: readonly Consequence[];
  readonly reveals: readonly Consequence[];
}

const settingKinds: readonly FileKind[] = [
  'dotenv',
  'python',
  'compose',
  'systemd',
  'kubernetes',
  'dockerfile',
  'shell',
  'launch',
];

export function isSlotKind(kind: FileKind): kind is SlotKind {
  return settingKinds.includes(kind);
}

interface Example {
  readonly values: readonly Value[];
  readonly python: boolean;
  readonly at: string;
}

const keptExamples = new Map<string, Example | null>();

/** The settings of a bad example of one file, and the one its finding marks; null where it is more than that. */
export function exampleOf(rule: string): Example | null {
  const known = keptExamples.get(rule);
  if (known !== undefined) return known;
  const example = readExample(rule, ruleDocs.get(rule));
  keptExamples.set(rule, example);
  return example;
}

function readExample(rule: string, doc: RuleDoc | undefined): Example | null {
  const bad = typeof doc?.bad === 'object' ? doc.bad : null;
  const [only, second] = Object.entries(bad?.files ?? {});
  if (bad === null || only === undefined || second !== undefined) return null;
  const options = {
    ...(bad.target === undefined ? {} : { target: bad.target }),
    profile: bad.profile ?? 'development',
  };
  const [document] = [...modelOf(bad.files, options).documents.values()];
  if (document === undefined || (document.kind !== 'dotenv' && document.kind !== 'python')) return null;
  const lines = only[1].split('\n');
  const values: Value[] = [];
  for (const { name, valueRange, range } of document.assignments) {
    if (valueRange === null || range.start.line !== range.end.line) return null;
    values.push({ name, text: (lines[range.start.line] ?? '').slice(valueRange.start.character, valueRange.end.character) });
  }
  const fired = firedFindings(bad.files, options).find((finding) => finding.rule === rule);
  const marked = document.assignments.find(
    ({ range }) =>
      fired !== undefined &&
      range.start.line === fired.range.start.line &&
      range.start.character <= fired.range.start.character &&
      fired.range.start.character < range.end.character,
  );
  return values.length === 0 ? null : { values, python: document.kind === 'python', at: marked?.name ?? 'declaration' };
}

const unquoted = (text: string): string => text.replace(/^'(.*)'$|^"(.*)"$/s, '$1$2');

/** A value of a Mesh dict as environment text. */
function asEnvironment({ name, text }: Value): Value {
  const setting = settings.find(({ meshKey }) => meshKey === name);
  const plain = text === null ? null : unquoted(text);
  return { name: setting?.envName ?? name.toUpperCase(), text: plain === 'True' ? 'true' : plain === 'False' ? 'false' : plain };
}

/** Environment values as a person puts them into a Python file: into os.environ, and out of the dict, which would win. */
function asPython(values: readonly Value[], dict: string): readonly Value[] {
  return values.flatMap(({ name, text }): Value[] => {
    const key = settings.find(({ envName }) => envName === name.toUpperCase())?.meshKey ?? null;
    const taken = key !== null && dict.includes(`        "${key}": `);
    if (text === null) return [{ name: taken && key !== null ? key : name, text }];
    return [...(taken && key !== null ? [{ name: key, text: null }] : []), { name, text: unquoted(text) }];
  });
}

function valuesFor(mistake: Mistake, kind: SlotKind, files: Files, file: string): readonly Value[] {
  const dict = files[file] ?? '';
  if (kind === 'python' && mistake.python !== undefined) return mistake.python;
  const values = typeof mistake.values === 'function' ? mistake.values(kind) : mistake.values;
  if (values !== undefined) {
    if (kind === 'dotenv') return values;
    const plain = values.map(({ name, text }) => ({ name, text: text === null ? null : unquoted(text) }));
    return kind === 'python' ? asPython(plain, dict) : plain;
  }
  const example = mistake.change === undefined ? exampleOf(mistake.rule) : null;
  if (example === null) return [];
  if (kind === 'python') return example.python ? example.values : asPython(example.values, dict);
  if (example.python) return example.values.map(asEnvironment);
  return kind === 'dotenv' ? example.values : example.values.map(({ name, text }) => ({ name, text: unquoted(text ?? '') }));
}

/** The values a mistake writes into the clean workspace, or into one that holds others already. */
export function valuesOf(mistake: Mistake, kind: SlotKind, files: Files): readonly Value[] {
  return valuesFor(mistake, kind, files, slots[mistake.workspace ?? '3.0.0'][kind].file);
}

/** The name whose statement is marked: the first that is written, where nothing else is said. */
function markedName(mistake: Mistake, kind: SlotKind, values: readonly Value[]): string {
  if (mistake.at !== undefined) {
    const key = settings.find(({ envName }) => envName === mistake.at)?.meshKey;
    return key != null && values.some(({ name, text }) => name === key && text !== null) ? key : mistake.at;
  }
  const own = mistake.values !== undefined || (kind === 'python' && mistake.python !== undefined);
  if (own) return values.find(({ text }) => text !== null)?.name ?? 'declaration';
  const example = mistake.change === undefined ? exampleOf(mistake.rule) : null;
  if (example === null || example.at === 'declaration') return 'declaration';
  return example.python && kind !== 'python' ? asEnvironment({ name: example.at, text: null }).name : example.at;
}

function lineOf(text: string | undefined, part: string, file: string): readonly [number, number] {
  const at = (text ?? '').split('\n').findIndex((line) => line.includes(part));
  if (at < 0) throw new Error(`${file} has no line with ${part}`);
  // A variable of a pod, from its name to the last line of its source.
  return [at, part.startsWith('- name: ') ? at + 4 : at];
}

/** Puts a mistake into a file of one kind. */
export function mutate(mistake: Mistake, kind: FileKind): Mutation {
  const workspace = mistake.workspace ?? '3.0.0';
  const rule = ruleInventory.get(mistake.rule);
  const example = ruleDocs.get(mistake.rule)?.bad;
  const bad = typeof example === 'object' ? example : undefined;
  const slot = isSlotKind(kind) ? slots[workspace][kind] : null;
  const clean = production(workspace);
  const before = mistake.base?.(clean, kind) ?? clean;
  const changed = mistake.change?.(before, kind) ?? before;
  const values = isSlotKind(kind) && slot !== null ? valuesFor(mistake, kind, changed, slot.file) : [];
  const placed = slot === null || values.length === 0 ? null : place(changed, slot, values);
  const after = placed?.files ?? changed;
  const name = isSlotKind(kind) ? markedName(mistake, kind, values) : 'declaration';
  const where = typeof mistake.where === 'function' ? mistake.where(kind) : mistake.where;
  const statement = where == null ? placed?.places.get(name) : undefined;
  const [file, text] = where ?? (statement === undefined ? (slot?.declaration ?? ['', '']) : [slot?.file ?? '', '']);
  return {
    rule: mistake.rule,
    kind,
    before,
    after,
    target: mistake.target ?? (mistake.workspace === undefined ? (bad?.target ?? newestRelease) : workspace),
    profile: mistake.profile ?? (rule?.profile === 'production' ? 'production' : (bad?.profile ?? 'development')),
    file,
    lines: statement ?? lineOf(after[file], text, file),
    ...(mistake.tracked === undefined ? {} : { tracked: mistake.tracked }),
    also: mistake.also ?? [],
    reveals: mistake.reveals ?? [],
  };
}

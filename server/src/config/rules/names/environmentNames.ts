/** The environment names a document writes, as the name rules see them. */
import { integrationCredentials, type Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment, Edit, SourceDocument, Value } from '../../model/types.ts';
import { type AssignmentList, assignmentsOf } from '../../readers/dotenvAssignments.ts';
import { Distinct } from '../../text/distinct.ts';
import { inUpperCase } from '../../text/letterCase.ts';
import type { Range } from '../../text/position.ts';
import { removeAssignment, rename, wholeLines } from '../fixes.ts';
import { settingOfUpperName } from '../settingIndex.ts';
import { isPrefixCase } from './prefixCases.ts';

export interface WrittenName {
  /** As written. */
  readonly name: string;
  /** In upper case, as the catalogue spells it. */
  readonly key: string;
  readonly range: Range;
  readonly setting: Setting | undefined;
  /** Null for a line of a template that is commented out: it is there to be switched on, so its name matters. */
  readonly assignment: Assignment | null;
}

/** Names that look like a near miss of ours and belong to the system, Python or other programs. */
const foreign = new Set([
  ...[
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'ALL_PROXY',
    'PATH',
    'HOME',
    'SHELL',
    'LANG',
    'TERM',
    'USER',
    'HOSTNAME',
    'TZ',
    'PWD',
  ],
  ...[
    'PYTHONPATH',
    'PYTHONUNBUFFERED',
    'VIRTUAL_ENV',
    'DATABASE_URL',
    'OTEL_SERVICE_NAME',
    'PORT',
    'HOST',
    'DEBUG',
    'ENVIRONMENT',
  ],
]);

/** Whether the framework has nothing to say about the name: a credential of a connected application, or a well-known name of others. */
export function isForeign(key: string): boolean {
  return integrationCredentials.has(key) || foreign.has(key);
}

interface DocumentNames {
  readonly notable: readonly WrittenName[];
  /** Not kept as names: a file has 100,000 of them, and nearly none is ever reported. A number counts the assignments. */
  readonly strange: readonly (number | Mark)[];
  /** Of each of them the name in upper case. */
  readonly strangeKeys: readonly string[];
  /** Whether a name may be given a value more than once in one environment. */
  readonly repeats: boolean;
}
type Mark = SourceDocument['marks'][number];
const keptNames = new WeakMap<SourceDocument, DocumentNames>();

function namesIn(document: SourceDocument): DocumentNames {
  let names = keptNames.get(document);
  if (names === undefined) {
    names = sortNames(document);
    keptNames.set(document, names);
  }
  return names;
}

function sortNames(document: SourceDocument): DocumentNames {
  const list = assignmentsOf(document);
  const notable: WrittenName[] = [];
  const strange: (number | Mark)[] = [];
  const strangeKeys: string[] = [];
  const sort = (from: number | Mark, key: string): void => {
    const setting = settingOfUpperName(key);
    if (setting !== undefined || isForeign(key) || isPrefixCase(key)) notable.push(writtenName(list, from, setting));
    else {
      strange.push(from);
      strangeKeys.push(key);
    }
  };
  if (document.kind === 'python') return { notable, strange, strangeKeys, repeats: false };
  const names = new Distinct(list.length);
  let repeats = false;
  for (let i = 0; i < list.length; i++) {
    const key = inUpperCase(list.name(i));
    const { layer, process } = list.alike ? ofFile : list.at(i);
    if (layer !== 'environment') continue;
    repeats ||= !names.add(process === null ? key : `${process} ${key}`);
    sort(i, key);
  }
  if (document.template) {
    for (const mark of document.marks)
      if (mark.name === 'commented-key' && mark.value !== null) sort(mark, mark.value.toUpperCase());
  }
  return { notable, strange, strangeKeys, repeats };
}

const ofFile: Pick<Assignment, 'layer' | 'process'> = { layer: 'environment', process: null };

function writtenName(list: AssignmentList, from: number | Mark, setting: Setting | undefined): WrittenName {
  if (typeof from === 'number') return assignedName(list.at(from), setting);
  const name = from.value ?? '';
  return { name, key: name.toUpperCase(), range: from.range, setting, assignment: null };
}

function assignedName(assignment: Assignment, setting: Setting | undefined): WrittenName {
  const { name, nameRange } = assignment;
  return { name, key: name.toUpperCase(), range: nameRange, setting, assignment };
}

/**
 * Names of the environment layer that some rule has by heart: of the catalogue, its known misspellings, well-known names
 * of others. A handful even in a large file. Python look-ups have rules of their own.
 */
export function notableNames(document: SourceDocument): readonly WrittenName[] {
  return namesIn(document).notable;
}

/** The same for rules that also speak about what a Python file puts into `os.environ`. */
export function writtenNames(document: SourceDocument): readonly WrittenName[] {
  if (document.kind !== 'python') return notableNames(document);
  return document.assignments.flatMap((assignment) => {
    if (assignment.layer !== 'environment') return [];
    const setting = settingOfUpperName(assignment.name.toUpperCase());
    return setting === undefined ? [] : [assignedName(assignment, setting)];
  });
}

/** The value of a written name; of a commented line of a template the one it offers, null where that is secret. */
export function writtenValue(document: SourceDocument, { assignment, range }: WrittenName): Value | null {
  if (assignment !== null) return assignment.value;
  const offer = document.marks.find((mark) => mark.name === 'commented-value' && mark.range === range);
  return offer === undefined || offer.value === null ? null : { kind: 'text', text: offer.value };
}

/** Whether a document may give some name a value more than once in one environment; of Python files this is not looked at. */
export function mayRepeatNames(document: SourceDocument): boolean {
  return namesIn(document).repeats;
}

/**
 * The other ones: names of the application, and misspellings that only a search can find.
 *
 * @param wanted Asked of each by its name in upper case.
 */
export function* strangeNames(document: SourceDocument, wanted: (key: string) => boolean): Generator<WrittenName> {
  const { strange, strangeKeys } = namesIn(document);
  const list = assignmentsOf(document);
  for (const [i, key] of strangeKeys.entries()) {
    const from = strange[i];
    if (from !== undefined && wanted(key)) yield writtenName(list, from, undefined);
  }
}

/** Whether the document gives the name a value already. */
export function hasName(document: SourceDocument, key: string): boolean {
  return document.assignments.some((assignment) => assignment.layer === 'environment' && assignment.name.toUpperCase() === key);
}

export function renameEdit(document: SourceDocument, written: WrittenName, to: string): Edit | null {
  if (written.assignment !== null) return rename(document, written.assignment, to);
  return { uri: document.uri, range: written.range, newText: to };
}

/** Takes the whole line out. */
export function removeEdit(document: SourceDocument, written: WrittenName): Edit | null {
  if (written.assignment !== null) return removeAssignment(document, written.assignment);
  return { uri: document.uri, range: wholeLines(written.range), newText: '' };
}

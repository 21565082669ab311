/** The environment names a document writes, as the name rules see them. */
import { integrationCredentials, type Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment, Edit, SourceDocument, Value } from '../../model/types.ts';
import { Distinct } from '../../text/distinct.ts';
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
  /** Not kept as names: a file has 100,000 of them, and nearly none is ever reported. */
  readonly strange: readonly (Assignment | Mark)[];
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
  const notable: WrittenName[] = [];
  const strange: (Assignment | Mark)[] = [];
  const strangeKeys: string[] = [];
  const sort = (from: Assignment | Mark, key: string): void => {
    const setting = settingOfUpperName(key);
    if (setting !== undefined || isForeign(key) || isPrefixCase(key)) notable.push(writtenName(from, setting));
    else {
      strange.push(from);
      strangeKeys.push(key);
    }
  };
  if (document.kind === 'python') return { notable, strange, strangeKeys, repeats: false };
  const names = new Distinct(document.assignments.length);
  let repeats = false;
  for (const assignment of document.assignments) {
    if (assignment.layer !== 'environment') continue;
    const key = assignment.name.toUpperCase();
    repeats ||= !names.add(assignment.process === null ? key : `${assignment.process} ${key}`);
    sort(assignment, key);
  }
  if (document.template) {
    for (const mark of document.marks)
      if (mark.name === 'commented-key' && mark.value !== null) sort(mark, mark.value.toUpperCase());
  }
  return { notable, strange, strangeKeys, repeats };
}

function writtenName(from: Assignment | Mark, setting: Setting | undefined): WrittenName {
  const assignment = 'nameRange' in from ? from : null;
  const name = nameOf(from);
  const range = 'nameRange' in from ? from.nameRange : from.range;
  return { name, key: name.toUpperCase(), range, setting, assignment };
}

const nameOf = (from: Assignment | Mark): string => ('nameRange' in from ? from.name : (from.value ?? ''));

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
    return setting === undefined ? [] : [writtenName(assignment, setting)];
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
  for (const [i, key] of strangeKeys.entries()) {
    const from = strange[i];
    if (from !== undefined && wanted(key)) yield writtenName(from, undefined);
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

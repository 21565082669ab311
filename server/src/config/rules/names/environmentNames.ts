/** The environment names a document writes, as the name rules see them. */
import { integrationCredentials, type Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment, Edit, SourceDocument } from '../../model/types.ts';
import type { Range } from '../../text/position.ts';
import { removeAssignment, rename, wholeLines } from '../fixes.ts';
import { settingOfVariable } from '../settingIndex.ts';
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
  readonly all: readonly WrittenName[];
  readonly notable: readonly WrittenName[];
  readonly strange: readonly WrittenName[];
}
const keptNames = new WeakMap<SourceDocument, DocumentNames>();

function sorted(document: SourceDocument): DocumentNames {
  let names = keptNames.get(document);
  if (names === undefined) {
    const all = namesOf(document);
    const isNotable = ({ key, setting }: WrittenName): boolean => setting !== undefined || isForeign(key) || isPrefixCase(key);
    names = { all, notable: all.filter(isNotable), strange: all.filter((name) => !isNotable(name)) };
    keptNames.set(document, names);
  }
  return names;
}

/** Names of the environment layer in files that list variables; Python look-ups have rules of their own. */
export function writtenNames(document: SourceDocument): readonly WrittenName[] {
  return sorted(document).all;
}

/** Those some rule has by heart: of the catalogue, its known misspellings, well-known names of others. A handful even in a large file. */
export function notableNames(document: SourceDocument): readonly WrittenName[] {
  return sorted(document).notable;
}

/** The other ones: names of the application, and misspellings that only a search can find. */
export function strangeNames(document: SourceDocument): readonly WrittenName[] {
  return sorted(document).strange;
}

function namesOf(document: SourceDocument): readonly WrittenName[] {
  if (document.kind === 'python') return [];
  const names: WrittenName[] = [];
  for (const assignment of document.assignments) {
    if (assignment.layer !== 'environment') continue;
    const key = assignment.name.toUpperCase();
    names.push({ name: assignment.name, key, range: assignment.nameRange, setting: settingOfVariable(key), assignment });
  }
  if (document.template) {
    for (const mark of document.marks) {
      if (mark.name !== 'commented-key' || mark.value === null) continue;
      const key = mark.value.toUpperCase();
      names.push({ name: mark.value, key, range: mark.range, setting: settingOfVariable(key), assignment: null });
    }
  }
  return names;
}

/** Whether the document gives the name a value already. */
export function hasName(document: SourceDocument, key: string): boolean {
  return document.assignments.some((assignment) => assignment.layer === 'environment' && assignment.name.toUpperCase() === key);
}

export function renameEdit(document: SourceDocument, written: WrittenName, to: string): Edit {
  if (written.assignment !== null) return rename(document, written.assignment, to);
  return { uri: document.uri, range: written.range, newText: to };
}

/** Takes the whole line out. */
export function removeEdit(document: SourceDocument, written: WrittenName): Edit | null {
  if (written.assignment !== null) return removeAssignment(document, written.assignment);
  return { uri: document.uri, range: wholeLines(written.range), newText: '' };
}

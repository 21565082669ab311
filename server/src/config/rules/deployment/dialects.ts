/** Env files whose readers do not agree, or whose only reader takes for part of a value what a person does not. */
import type { EnvFileReader } from '../../model/deployment.ts';
import type { Assignment, Edit, SourceDocument } from '../../model/types.ts';
import { assignmentsAs } from '../../readers/dotenv.ts';
import type { Dialect } from '../../text/parseEnv.ts';
import { fix } from '../fixes.ts';
import { eachDocumentRule, type Rule, type WorkspaceContext } from '../rule.ts';
import { settingOfVariable } from '../settingIndex.ts';

type Strict = EnvFileReader & { readonly dialect: 'systemd' | 'docker' };

const isStrict = (reader: EnvFileReader): reader is Strict => reader.dialect === 'systemd' || reader.dialect === 'docker';

const programs: Readonly<Record<Dialect, string>> = {
  'python-dotenv': 'python-dotenv',
  'node-dotenv': 'dotenv of Node',
  compose: 'Docker Compose',
  systemd: 'systemd',
  docker: 'Docker',
};

const nameOf = (reader: EnvFileReader): string => reader.program ?? programs[reader.dialect];

const toldBy = (reader: EnvFileReader) =>
  reader.range === null ? [] : [{ uri: reader.uri, range: reader.range, message: `${reader.name} reads this file` }];

/** One reader of each dialect: what two services are told of one file is the same. */
function distinctReaders(readers: readonly EnvFileReader[]): EnvFileReader[] {
  const byDialect = new Map<string, EnvFileReader>();
  for (const reader of readers) {
    const key = `${reader.dialect} ${reader.program ?? ''}`;
    if (reader.dialect !== 'python-dotenv' && !byDialect.has(key)) byDialect.set(key, reader);
  }
  return [...byDialect.values()];
}

const textOf = ({ value }: Assignment): string | null =>
  value.kind === 'text' && value.masked === undefined ? value.text : null;

/** Whether two programs get other texts. Secrets are compared by class. */
function differs(own: Assignment, other: Assignment): boolean {
  if (own.value.kind === 'secret' && other.value.kind === 'secret')
    return own.value.facts.equalityClass !== other.value.facts.equalityClass;
  if ((own.value.kind === 'absent') !== (other.value.kind === 'absent')) return true;
  const [a, b] = [textOf(own), textOf(other)];
  return a !== null && b !== null && a !== b;
}

interface Disagreement {
  readonly reader: EnvFileReader;
  /** Null: it drops the line. */
  readonly read: Assignment | null;
}

interface Reading {
  readonly program: string;
  /** Null: it drops the line. */
  readonly read: Assignment | null;
}

/** What each program reads, where none of it is secret. What a comment says may be anything. */
function readings(own: Assignment, all: readonly Reading[]): string {
  const a = textOf(own);
  const said = all.map(({ program, read }, i) => {
    const verb = i === 0 ? ' reads' : '';
    if (read === null) return `${program}${verb} nothing`;
    const b = textOf(read);
    if (b === null) return null;
    return `${program}${verb} ${JSON.stringify(own.comment === null ? b : withoutComment(b, a ?? ''))}`;
  });
  return a === null || said.includes(null) ? '' : ` ${said.join(', ')}.`;
}

/** What a program reads, cut where for python-dotenv, as for a person, the comment begins. */
function withoutComment(read: string, own: string): string {
  const hash = read.indexOf('#', own.length);
  return hash < 0 ? read : `${read.slice(0, hash + 1)} …`;
}

/** What the other program takes for part of the value; null: another difference. */
function takenAlong(own: Assignment, { reader, read }: Disagreement): string | null {
  if (read === null || !isStrict(reader)) return null;
  const quoted = own.quote !== 'none' && reader.dialect === 'docker';
  if (own.comment === null) return quoted ? 'the quotes' : null;
  return quoted ? 'the quotes and the comment' : 'the comment';
}

/** Takes out what only python-dotenv takes for no part of the value. */
function plainEdits(document: SourceDocument, own: Assignment, quotes: boolean): readonly (Edit | null)[] {
  const edits: (Edit | null)[] = [];
  const { valueRange, comment } = own;
  if (comment !== null && valueRange !== null)
    edits.push({ uri: document.uri, range: { start: valueRange.end, end: comment.end }, newText: '' });
  if (quotes && valueRange !== null) {
    const text = textOf(own);
    edits.push(text === null || !/^[^\s'"#\\$`]+$/.test(text) ? null : { uri: document.uri, range: valueRange, newText: text });
  }
  return edits;
}

/** What the rules say about the readers of a file, in texts and numbers: the objects are made anew for every model. */
function readerInputs({ uri }: SourceDocument, { model }: WorkspaceContext): readonly unknown[] {
  return (model.envFileReaders.get(uri) ?? []).flatMap((reader) => {
    const { start, end } = reader.range ?? {};
    const place = [start?.line, start?.character, end?.line, end?.character];
    return [reader.dialect, reader.program, reader.uri, reader.name, reader.process, ...place];
  });
}

export const dialectRules: readonly Rule[] = [
  eachDocumentRule('dotenv-export-prefix', readerInputs, (document, { model }, report) => {
    const { uri } = document;
    const reader = model.envFileReaders.get(uri)?.find(isStrict);
    if (reader !== undefined) {
      for (const mark of document.marks) {
        if (mark.name !== 'export') continue;
        const own = document.assignments.find(({ nameRange }) => nameRange.start.line === mark.range.start.line);
        report({
          at: { uri, range: mark.range },
          setting: own?.name ?? null,
          message: `${nameOf(reader)}, which ${reader.name} has read this file, does not know "export": ${reader.dialect === 'docker' ? 'it refuses the file' : 'it ignores the line'}.`,
          related: toldBy(reader),
          fixes: fix(
            'Remove "export"',
            true,
            own === undefined ? null : { uri, range: { start: mark.range.start, end: own.nameRange.start }, newText: '' },
          ),
        });
      }
    }
  }),

  eachDocumentRule('dotenv-inline-comment-other-loader', readerInputs, (document, { model }, report) => {
    const { uri } = document;
    const all = model.envFileReaders.get(uri) ?? [];
    const readers = distinctReaders(all);
    if (readers.length > 0) {
      const others = readers.map((reader) => readingOf(document, reader));
      // Nobody is told of a program that does not read the file, or is only taken to because nothing else seems to; its
      // reading is still what a person sees.
      const python = all.filter((reader) => reader.dialect === 'python-dotenv' && reader.uri !== uri);
      const plain = python.find(({ program }) => program === undefined) ?? python[0] ?? null;
      for (const own of settingLines(document)) {
        if (own.valueRange === null) continue;
        const found = others.flatMap((other) => disagreement(own, other));
        const taking = found.find((one) => takenAlong(own, one) !== null);
        const first = plain === null ? (taking ?? found[0]) : found[0];
        if (first === undefined) continue;
        const what = takenAlong(own, first);
        // Lines that are nobody's setting are told of where a comment ends up in them, which is never meant.
        if (what === null && settingOfVariable(own.name) === undefined) continue;
        const agreed = plain === null && found.length === others.length && sameReading(found);
        if (what === null && agreed && first.read !== null) continue;
        const told = plain === null ? others.map((other) => ({ reader: other.reader, read: readBy(own, other) })) : found;
        const said = told.map(({ reader, read }) => ({ program: nameOf(reader), read }));
        report({
          at: { uri, range: own.comment ?? own.valueRange },
          setting: own.name,
          message: `${mistake(own, first, agreed, plain === null)}${readings(own, plain === null ? said : [{ program: nameOf(plain), read: own }, ...said])}`,
          related: told.flatMap(({ reader }) => toldBy(reader)),
          fixes:
            what === null
              ? []
              : fix(
                  own.comment === null ? 'Remove the quotes' : 'Remove the comment',
                  true,
                  ...plainEdits(document, own, what.includes('quotes')),
                ),
        });
      }
    }
  }),
];

/** @param others Whether the program stands against others than python-dotenv. */
function mistake(own: Assignment, first: Disagreement, agreed: boolean, others: boolean): string {
  const who = `${nameOf(first.reader)}, which ${first.reader.name} has read this file,`;
  const what = takenAlong(own, first);
  if (what !== null) return `${who} takes ${what} as part of ${own.name}.`;
  if (agreed) return `${who} sets no ${own.name} from this line.`;
  return others ? `The programs that read this file do not agree on ${own.name}.` : `${who} reads ${own.name} differently.`;
}

function sameReading(all: readonly Disagreement[]): boolean {
  const [first, ...rest] = all;
  return rest.every(({ read }) =>
    read === null || first?.read == null ? read === (first?.read ?? null) : !differs(first.read, read),
  );
}

interface ForeignLines {
  readonly reader: EnvFileReader;
  readonly lines: ReadonlyMap<string, Assignment>;
  /** Lines it drops. A program that refuses the whole file says so itself when it is started. */
  readonly dropped: ReadonlySet<number>;
}

function readingOf(document: SourceDocument, reader: EnvFileReader): ForeignLines {
  const { assignments, errors } = assignmentsAs(document, reader.dialect);
  return {
    reader,
    lines: new Map(assignments.map((one) => [placeKey(one), one])),
    dropped: new Set(errors.map(({ line }) => line)),
  };
}

/** The line as a program reads it; null: not at all. */
const readBy = (own: Assignment, { lines }: ForeignLines): Assignment | null => lines.get(placeKey(own)) ?? null;

function disagreement(own: Assignment, { reader, lines, dropped }: ForeignLines): Disagreement[] {
  const read = lines.get(placeKey(own));
  if (read !== undefined) return differs(own, read) ? [{ reader, read }] : [];
  return dropped.has(own.nameRange.start.line) ? [{ reader, read: null }] : [];
}

/** Every line that sets something; `export` in front of it is a finding of its own. */
function settingLines(document: SourceDocument): readonly Assignment[] {
  const exported = new Set(document.marks.filter((mark) => mark.name === 'export').map((mark) => mark.range.start.line));
  return document.assignments.filter((own) => !exported.has(own.nameRange.start.line));
}

const placeKey = ({ name, nameRange }: Assignment): string => `${nameRange.start.line} ${name}`;

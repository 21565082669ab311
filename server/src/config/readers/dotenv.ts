import type { Assignment, SourceDocument, Value } from '../model/types.ts';
import { readCompose } from '../text/dialects/compose.ts';
import type { DialectReading } from '../text/dialects/reading.ts';
import { type BindingStatement, type DotenvStatement, forEachStatement } from '../text/dotenvLexer.ts';
import { type Binding, ExpansionError, expandBindings, splitInterpolation } from '../text/interpolation.ts';
import { LineIndex } from '../text/lines.ts';
import { type Dialect, parseEnv } from '../text/parseEnv.ts';
import type { Range } from '../text/position.ts';
import { namesSecret, type ReaderContext, type Secrecy, soundsLikeSecret } from './context.ts';
import { DotenvAssignments, withAssignments } from './dotenvAssignments.ts';
import { DotenvCheck } from './dotenvProblems.ts';
import { composeReferences, secretNamesOf, takesSecrets, withSecretNames } from './dotenvReferences.ts';
import { readSuppressions } from './suppressions.ts';

interface RawDocument {
  readonly bindings: readonly RawBinding[];
  readonly context: ReaderContext;
  readonly text: string;
  readonly lines: LineIndex;
}

/** Decoded texts stay in this module; a document that is dropped takes them along. */
const rawBindings = new WeakMap<SourceDocument, RawDocument>();

interface RawBinding extends Binding {
  readonly secrecy: Secrecy;
  /** Names the value refers to. */
  readonly references: readonly string[];
}

const none: readonly string[] = [];

/** The names a value refers to, each once. */
function variablesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const part of splitInterpolation(text)) if (part.kind === 'variable') names.add(part.name);
  return [...names];
}

function rawBinding(statement: BindingStatement, context: ReaderContext): RawBinding {
  const text = statement.text;
  const references = text?.includes('${') === true ? variablesIn(text) : none;
  return { key: statement.key, text, secrecy: context.environment(statement.key), references };
}

/** Secrecy after expansion: a value that takes in a secret becomes one. */
function expandedSecrecy(bindings: readonly RawBinding[], context: ReaderContext): Secrecy[] {
  const tainted = new Map<string, boolean>();
  return bindings.map((binding) => {
    // Helper variables outside the catalogue (`BASE_PORT`) are fine to show inside a setting unless they sound secret.
    const takesSecret = binding.references.some((name) => tainted.get(name) ?? namesSecret(name, context));
    const own = binding.secrecy !== 'plain' && soundsLikeSecret(binding.key);
    tainted.set(binding.key, own || takesSecret);
    return takesSecret && binding.secrecy === 'plain' ? 'secret' : binding.secrecy;
  });
}

function valuesOf(
  bindings: readonly RawBinding[],
  context: ReaderContext,
  surrounding: Readonly<Record<string, string>>,
  fileWins: boolean,
): Value[] {
  const secrecy = expandedSecrecy(bindings, context);
  let texts: readonly (string | null)[];
  try {
    texts = expandBindings(bindings, surrounding, fileWins);
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error;
    return bindings.map(({ text, references }, i): Value => {
      if (references.length > 0) return { kind: 'unknown', why: error.message };
      return text === null ? { kind: 'absent' } : context.protect(text, secrecy[i] ?? 'secret');
    });
  }
  return texts.map((text, i) => (text === null ? { kind: 'absent' } : context.protect(text, secrecy[i] ?? 'secret')));
}

/**
 * The assignments of a dotenv document as they are read inside a given environment. Assignments carry values expanded
 * in an empty environment; a process environment can change what `${NAME}` gives.
 *
 * @param fileWins See `expandBindings`.
 */
export function assignmentsWithin(
  document: SourceDocument,
  surrounding: Readonly<Record<string, string>>,
  fileWins: boolean,
): readonly Assignment[] {
  return otherAssignmentsWithin(document, surrounding, fileWins) ?? document.assignments;
}

/** The same; null where they are those of the document. */
export function otherAssignmentsWithin(
  document: SourceDocument,
  surrounding: Readonly<Record<string, string>>,
  fileWins: boolean,
): readonly Assignment[] | null {
  const raw = rawBindings.get(document);
  if (!raw?.bindings.some((binding) => binding.references.length > 0)) return null;
  if (fileWins && Object.keys(surrounding).length === 0) return null;
  const values = valuesOf(raw.bindings, raw.context, surrounding, fileWins);
  return document.assignments.map((assignment, i) => ({ ...assignment, value: values[i] ?? assignment.value }));
}

const embeddedFiles = new WeakSet<SourceDocument>();

/** The file as a part of another document: what it says at the places it has there. */
export function placedWithin(document: SourceDocument, placed: Pick<SourceDocument, 'assignments' | 'problems'>): SourceDocument {
  const moved = { ...document, ...placed, suppressions: [], marks: [] };
  const raw = rawBindings.get(document);
  if (raw !== undefined) rawBindings.set(moved, raw);
  embeddedFiles.add(moved);
  return moved;
}

/** Whether a document is a part of another one, whose URI it has. */
export function isEmbedded(document: SourceDocument): boolean {
  return embeddedFiles.has(document);
}

export interface ForeignReading {
  /** In file order. Values of secrets are facts, as everywhere. */
  readonly assignments: readonly Assignment[];
  /** Why the program refuses the whole file or drops a line; `line` counts from 0. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

const foreignReadings = new WeakMap<SourceDocument, Map<Dialect, ForeignReading>>();

/**
 * The assignments of an env file as another program reads it: `env_file` of compose, `EnvironmentFile=` of systemd,
 * `docker run --env-file`.
 *
 * @param surrounding For `${NAME}`; systemd and docker do not interpolate.
 */
export function assignmentsAs(
  document: SourceDocument,
  dialect: Dialect,
  surrounding: Readonly<Record<string, string>> = {},
): ForeignReading {
  if (dialect === 'python-dotenv') return { assignments: assignmentsWithin(document, surrounding, false), errors: [] };
  const alone =
    dialect === 'systemd' || dialect === 'docker' || Object.keys(surrounding).length === 0 || !asksAround(document, dialect);
  const known = alone ? foreignReadings.get(document)?.get(dialect) : undefined;
  if (known !== undefined) return known;
  const reading = readForeign(document, dialect, surrounding);
  if (alone) {
    const readings = foreignReadings.get(document) ?? new Map<Dialect, ForeignReading>();
    readings.set(dialect, reading);
    foreignReadings.set(document, readings);
  }
  return reading;
}

/** Whether what a program reads depends on what is around it. */
function asksAround(document: SourceDocument, dialect: Dialect): boolean {
  const text = rawBindings.get(document)?.text;
  if (text?.includes('$') !== false) return true;
  return assignmentsAs(document, dialect).assignments.some(({ value }) => value.kind === 'absent');
}

/** An env file of a list that a service is given. */
export interface ListedFile {
  readonly document: SourceDocument;
  readonly dialect: Dialect;
}

/** What a file of a list can refer to. */
interface Around {
  /** The project's environment and the service's own; it comes before the file itself. */
  readonly surrounding: Readonly<Record<string, string>>;
  /** What the files before it give; it comes after. */
  readonly earlier: Readonly<Record<string, string>>;
  /** Names that have a value nobody knows. */
  readonly unknown: ReadonlySet<string>;
  /** Names of the files before it whose values take in a secret. */
  readonly secret: ReadonlySet<string>;
}

/**
 * The readings of a service's `env_file` list, in its order. A file may refer to what the project and the service set
 * and to the files before it (compose-go, types/project.go `loadEnvFile`).
 *
 * @param unknown Names that the service sets to something no file tells.
 */
export function assignmentsInTurn(
  files: readonly ListedFile[],
  surrounding: Readonly<Record<string, string>>,
  unknown: ReadonlySet<string>,
): readonly ForeignReading[] {
  const earlier: Record<string, string> = Object.create(null) as Record<string, string>;
  const around = { surrounding, earlier, unknown: new Set(unknown), secret: new Set(secretNamesOf(surrounding)) };
  let given = Object.keys(surrounding).length > 0 || unknown.size > 0;
  return files.map(({ document, dialect }, i) => {
    const raw = rawBindings.get(document);
    const reading =
      raw !== undefined && given && asksAround(document, dialect)
        ? readForeign(document, dialect, surrounding, around)
        : assignmentsAs(document, dialect);
    if (raw !== undefined && i < files.length - 1) {
      const { entries } = readWithin(raw.text, dialect, around);
      takesSecrets(composeReferences(raw, dialect, entries), entries, raw.context, around.secret);
      for (const { key, value } of entries) if (value !== null) earlier[key] = value;
      for (const { name, value } of reading.assignments) if (value.kind === 'unknown') around.unknown.add(name);
      given ||= Object.keys(earlier).length > 0;
    }
    return reading;
  });
}

function readWithin(text: string, dialect: Dialect, { surrounding, earlier }: Around): DialectReading {
  if (dialect === 'compose') return readCompose(text, surrounding, earlier);
  const { entries, errors } = parseEnv(text, dialect, surrounding);
  // `format: raw` of compose looks a name alone up as well (docker/compose, cmd/compose/compose.go).
  return { entries: entries.map((one) => (one.value === null ? { ...one, value: surrounding[one.key] ?? null } : one)), errors };
}

function readForeign(
  document: SourceDocument,
  dialect: Dialect,
  surrounding: Readonly<Record<string, string>>,
  around: Around | null = null,
): ForeignReading {
  const raw = rawBindings.get(document);
  if (raw === undefined) return { assignments: [], errors: [] };
  const { text, lines, context } = raw;
  const own = new Map(document.assignments.map((one) => [`${one.nameRange.start.line} ${one.name}`, one]));
  const { entries, errors } = around === null ? parseEnv(text, dialect, surrounding) : readWithin(text, dialect, around);
  const references = composeReferences(raw, dialect, entries);
  const secret = takesSecrets(references, entries, context, new Set(around?.secret));
  const open = new Set(around?.unknown);
  const asksUnknown = (i: number, key: string): boolean => {
    const asks = open.size > 0 && references[i]?.some((name) => open.has(name)) === true;
    if (asks) open.add(key);
    return asks;
  };
  const assignments = entries.map(({ key, value, line }, i): Assignment => {
    const written = own.get(`${line - 1} ${key}`);
    const start = lines.startOf(line - 1);
    const source = text.slice(start, Math.min(lines.startOf(line), start + 10_000)).trimEnd();
    const named = context.environment(key);
    // A value that takes in something this reader cannot name is not shown.
    const unnamed = written === undefined ? source.includes('$') : written.value.kind === 'secret';
    const tainted = named === 'plain' && (unnamed || secret[i] === true);
    const read: Value = asksUnknown(i, key)
      ? { kind: 'unknown', why: 'refers to a value that no file tells' }
      : value === null
        ? { kind: 'absent' }
        : context.protect(value, tainted ? 'secret' : named);
    if (written !== undefined) return { ...written, value: read };
    const at = Math.max(0, source.indexOf(key));
    const whole = lines.range(start, start + source.length);
    return {
      name: key,
      layer: 'environment',
      process: null,
      range: whole,
      nameRange: source.includes(key) ? lines.range(start + at, start + at + key.length) : whole,
      valueRange: value === null ? null : whole,
      value: read,
      quote: 'other',
      comment: null,
    };
  });
  return { assignments, errors: errors.map(({ line, message }) => ({ line: line - 1, message })) };
}

/**
 * Texts of an env file as compose fills them in elsewhere. They may be secret: they go into no model, message or log.
 *
 * @param surrounding What the file itself may refer to, over its own lines.
 * @param earlier What the files before it set: it may refer to them as well, under its own lines.
 */
export function interpolationValues(
  document: SourceDocument,
  surrounding: Readonly<Record<string, string>> = {},
  earlier: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const raw = rawBindings.get(document);
  if (raw === undefined) return {};
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  const { entries } = readCompose(raw.text, surrounding, earlier);
  for (const { key, value } of entries) if (value !== null) values[key] = value;
  const secret = new Set([...secretNamesOf(surrounding), ...secretNamesOf(earlier)]);
  takesSecrets(composeReferences(raw, 'compose', entries), entries, raw.context, secret);
  return withSecretNames(values, secret);
}

const commentedAssignment = /^#+[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)$/s;

const perMinute = /(?<![\d.])(\d{1,6})[ \t]*(?:rpm\b|(?:requests|calls)[ \t]*(?:\/|per|a)[ \t]*min)/i;
const duration = /(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)[ \t]*(?:s|sec|secs|seconds?)\b/i;

/** A comment that states a request rate and a duration: a number below was computed from them. */
function rateOf(comment: string): string | null {
  const rate = perMinute.exec(comment)?.[1];
  const seconds = duration.exec(comment)?.[1];
  return rate === undefined || seconds === undefined ? null : `${rate} ${seconds}`;
}

type Marks = { name: string; range: Range; value: string | null }[];

/** The value a commented assignment would have; null for secrets. */
function offeredText(name: string, written: string, context: ReaderContext): string | null {
  const bare = written.replace(/(?:^|\s)#.*$/s, '').trim();
  const value = context.protect(/^(['"])(.*)\1$/s.exec(bare)?.[2] ?? bare, context.environment(name));
  return value.kind === 'text' ? value.text : null;
}

function addMarks(marks: Marks, statement: DotenvStatement, text: string, lines: LineIndex, offers: ReaderContext | null): void {
  if (statement.kind !== 'error' && statement.comment !== null) {
    const { start, end } = statement.comment;
    const rate = rateOf(text.slice(start, Math.min(end, start + 200)));
    if (rate !== null) marks.push({ name: 'rate-comment', range: lines.range(start, end), value: rate });
  }
  if (statement.kind === 'blank') {
    if (statement.comment === null) return;
    const { start, end } = statement.comment;
    const [, name, written = ''] = commentedAssignment.exec(text.slice(start, Math.min(end, start + 200))) ?? [];
    if (name === undefined) return;
    const from = text.indexOf(name, start);
    const range = lines.range(from, from + name.length);
    marks.push({ name: 'commented-key', range, value: name });
    // Of a longer line the end is missing, and with it what would say that a part is a password.
    const offered = offers === null || end - start > 200 ? null : offeredText(name, written, offers);
    if (offered !== null) marks.push({ name: 'commented-value', range, value: offered });
    return;
  }
  if (statement.export !== null) {
    marks.push({ name: 'export', range: lines.range(statement.export.start, statement.export.end), value: null });
  }
  if (statement.kind !== 'binding') return;
  if (statement.text?.includes('${') && statement.value !== null) {
    const range = lines.range(statement.value.start, statement.value.end);
    for (const name of variablesIn(statement.text)) marks.push({ name: 'interpolation', range, value: name });
  }
}

/**
 * Reads `.env` text as python-dotenv does.
 *
 * Marks: `export` (the word), `interpolation` (value: the name referred to), `commented-key` (the name in a comment),
 * `commented-value` (in templates, at the same place: the value behind it unless it is secret), `rate-comment` (value: requests a minute, a space, seconds).
 *
 * @param uri Identity of the document, used in fixes.
 * @param name Basename.
 */
export function readDotenv(uri: string, name: string, text: string, context: ReaderContext, template = false): SourceDocument {
  const lines = new LineIndex(text);
  // Nearly no file refers from one value to another; then each value stands for itself.
  const interpolates = text.includes('${');
  const check = new DotenvCheck({ uri, text, lines, context });
  const raw: RawBinding[] = [];
  const assignments = new DotenvAssignments(text, lines, context);
  const marks: Marks = [];
  forEachStatement(text, (statement) => {
    check.take(statement);
    addMarks(marks, statement, text, lines, template ? context : null);
    if (statement.kind !== 'binding') return;
    assignments.add(statement);
    if (interpolates) raw.push(rawBinding(statement, context));
  });
  const referring = raw.some((binding) => binding.references.length > 0);
  if (referring) {
    const values = valuesOf(raw, context, {}, true);
    assignments.expand(values);
    const endless = values.findIndex((value) => value.kind === 'unknown');
    if (endless >= 0) check.addEndless(assignments.at(endless).valueRange ?? assignments.at(endless).range);
  }
  const document = withAssignments(
    {
      uri,
      name,
      kind: 'dotenv',
      template,
      processes: [],
      problems: check.found,
      suppressions: readSuppressions({ text, lines, kind: 'dotenv' }),
      requirements: [],
      marks,
    },
    assignments,
  );
  rawBindings.set(document, { bindings: referring ? raw : [], context, text, lines });
  return document;
}

import type { Assignment, SourceDocument, Value } from '../model/types.ts';
import { type BindingStatement, type DotenvStatement, lexDotenv, type Span } from '../text/dotenvLexer.ts';
import { type Binding, expandBindings, splitInterpolation } from '../text/interpolation.ts';
import { LineIndex } from '../text/lines.ts';
import type { Range } from '../text/position.ts';
import { type ReaderContext, type Secrecy, soundsLikeSecret } from './context.ts';
import { dotenvProblems } from './dotenvProblems.ts';
import { readSuppressions } from './suppressions.ts';

/** Decoded texts stay in this module; a document that is dropped takes them along. */
const rawBindings = new WeakMap<SourceDocument, { readonly bindings: readonly RawBinding[]; readonly context: ReaderContext }>();

interface RawBinding extends Binding {
  readonly secrecy: Secrecy;
  /** Names the value refers to. */
  readonly references: readonly string[];
}

function rawBinding(statement: BindingStatement, context: ReaderContext): RawBinding {
  const text = statement.text;
  const references: readonly string[] =
    text?.includes('${') === true
      ? splitInterpolation(text).flatMap((part) => (part.kind === 'variable' ? [part.name] : []))
      : [];
  return { key: statement.key, text, secrecy: context.environment(statement.key), references };
}

/** Secrecy after expansion: a value that takes in a secret becomes one. */
function expandedSecrecy(bindings: readonly RawBinding[], context: ReaderContext): Secrecy[] {
  const tainted = new Map<string, boolean>();
  return bindings.map((binding) => {
    // Helper variables outside the catalogue (`BASE_PORT`) are fine to show inside a setting unless they sound secret.
    const takesSecret = binding.references.some(
      (name) => tainted.get(name) ?? (context.environment(name) !== 'plain' && soundsLikeSecret(name)),
    );
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
  if (!bindings.some((binding) => binding.references.length > 0)) {
    return bindings.map(({ text, secrecy }) => (text === null ? { kind: 'absent' } : context.protect(text, secrecy)));
  }
  const texts = expandBindings(bindings, surrounding, fileWins);
  const secrecy = expandedSecrecy(bindings, context);
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
  const raw = rawBindings.get(document);
  if (!raw?.bindings.some((binding) => binding.references.length > 0)) return document.assignments;
  if (fileWins && Object.keys(surrounding).length === 0) return document.assignments;
  const values = valuesOf(raw.bindings, raw.context, surrounding, fileWins);
  return document.assignments.map((assignment, i) => ({ ...assignment, value: values[i] ?? assignment.value }));
}

function assignmentOf(statement: BindingStatement, value: Value, span: (span: Span) => Range): Assignment {
  const end = statement.value?.end ?? statement.name.end;
  return {
    name: statement.key,
    layer: 'environment',
    process: null,
    range: span({ start: statement.name.start, end }),
    nameRange: span(statement.name),
    valueRange: statement.value === null ? null : span(statement.value),
    value,
    quote: statement.quote,
    comment: statement.comment === null ? null : span(statement.comment),
  };
}

const commentedAssignment = /^#+[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/;

function marksOf(statements: readonly DotenvStatement[], text: string, lines: LineIndex): SourceDocument['marks'] {
  const marks: { name: string; range: Range; value: string | null }[] = [];
  for (const statement of statements) {
    if (statement.kind === 'blank') {
      if (statement.comment === null) continue;
      const { start, end } = statement.comment;
      const name = commentedAssignment.exec(text.slice(start, Math.min(end, start + 200)))?.[1];
      if (name === undefined) continue;
      const from = text.indexOf(name, start);
      marks.push({ name: 'commented-key', range: lines.range(from, from + name.length), value: name });
      continue;
    }
    if (statement.export !== null) {
      marks.push({ name: 'export', range: lines.range(statement.export.start, statement.export.end), value: null });
    }
    if (statement.kind !== 'binding') continue;
    if (statement.text?.includes('${') && statement.value !== null) {
      const range = lines.range(statement.value.start, statement.value.end);
      for (const part of splitInterpolation(statement.text)) {
        if (part.kind === 'variable') marks.push({ name: 'interpolation', range, value: part.name });
      }
    }
  }
  return marks;
}

/**
 * Reads `.env` text as python-dotenv does.
 *
 * Marks: `export` (the word), `interpolation` (value: the name referred to), `commented-key` (the name in a comment).
 *
 * @param uri Identity of the document, used in fixes.
 * @param name Basename.
 */
export function readDotenv(uri: string, name: string, text: string, context: ReaderContext, template = false): SourceDocument {
  const lines = new LineIndex(text);
  const statements = lexDotenv(text);
  const bindings = statements.filter((statement) => statement.kind === 'binding');
  const raw = bindings.map((statement) => rawBinding(statement, context));
  const values = valuesOf(raw, context, {}, true);
  const span = ({ start, end }: Span): Range => lines.range(start, end);
  const document: SourceDocument = {
    uri,
    name,
    kind: 'dotenv',
    template,
    assignments: bindings.map((statement, i) => assignmentOf(statement, values[i] ?? { kind: 'absent' }, span)),
    processes: [],
    problems: dotenvProblems({ uri, text, lines, statements, context }),
    suppressions: readSuppressions(text, lines),
    requirements: [],
    marks: marksOf(statements, text, lines),
  };
  rawBindings.set(document, { bindings: raw.some((binding) => binding.references.length > 0) ? raw : [], context });
  return document;
}

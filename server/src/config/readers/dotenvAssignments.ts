/**
 * The assignments of an env file, made when somebody asks for them: of a file with 100,000 lines the rules look at all names
 * and at a handful of values, and six objects for each line would cost more than reading it.
 */
import type { Assignment, SourceDocument, Value } from '../model/types.ts';
import { type BindingStatement, decodedValue, type QuoteStyle } from '../text/dotenvLexer.ts';
import type { LineIndex } from '../text/lines.ts';
import type { Range } from '../text/position.ts';
import type { ReaderContext } from './context.ts';

/** The assignments of a document, one by one; none is made for its name alone. */
export interface AssignmentList {
  readonly length: number;
  /** All are variables of one environment: their layer is `environment`, their process null. */
  readonly alike: boolean;
  name(index: number): string;
  /** The same object each time, and the one at this index of `SourceDocument.assignments`. */
  at(index: number): Assignment;
}

const quotes: readonly QuoteStyle[] = ['none', 'single', 'double'];

/** Numbers of one assignment: where name, value and comment begin and end (-1: there is none), and the quotes. */
const fields = 7;

export class DotenvAssignments implements AssignmentList {
  readonly alike = true;
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #context: ReaderContext;
  readonly #names: string[] = [];
  #places = new Int32Array(16 * fields);
  /** What the values become where they refer to each other; null: each stands for itself. */
  #values: readonly Value[] | null = null;
  readonly #made = new Map<number, Assignment>();
  #all: readonly Assignment[] | null = null;

  /** @param lines Of the text. */
  constructor(text: string, lines: LineIndex, context: ReaderContext) {
    this.#text = text;
    this.#lines = lines;
    this.#context = context;
  }

  /** Takes one more statement, before anything is asked. */
  add({ key, name, value, quote, comment }: BindingStatement): void {
    const at = this.#names.length * fields;
    this.#names.push(key);
    if (at === this.#places.length) {
      const grown = new Int32Array(at * 2);
      grown.set(this.#places);
      this.#places = grown;
    }
    const places = this.#places;
    places[at] = name.start;
    places[at + 1] = name.end;
    places[at + 2] = value === null ? -1 : value.start;
    places[at + 3] = value === null ? -1 : value.end;
    places[at + 4] = comment === null ? -1 : comment.start;
    places[at + 5] = comment === null ? -1 : comment.end;
    places[at + 6] = quotes.indexOf(quote);
  }

  /** Says what the values are, one for each statement, before anything is asked. */
  expand(values: readonly Value[]): void {
    this.#values = values;
  }

  get length(): number {
    return this.#names.length;
  }

  name(index: number): string {
    return this.#names[index] ?? '';
  }

  at(index: number): Assignment {
    const known = this.#all?.[index] ?? this.#made.get(index);
    if (known !== undefined) return known;
    const made = this.#make(index);
    this.#made.set(index, made);
    return made;
  }

  all(): readonly Assignment[] {
    if (this.#all === null) {
      this.#all = this.#names.map((_, index) => this.#made.get(index) ?? this.#make(index));
      this.#made.clear();
    }
    return this.#all;
  }

  /** Those that have a part of this line, counted from 0. */
  onLine(line: number): readonly Assignment[] {
    let low = 0;
    for (let high = this.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.at(middle).range.end.line < line) low = middle + 1;
      else high = middle;
    }
    const found: Assignment[] = [];
    for (; low < this.length && this.at(low).range.start.line <= line; low++) found.push(this.at(low));
    return found;
  }

  #make(index: number): Assignment {
    const nameRange = this.#range(index, 0) ?? nowhere;
    const valueRange = this.#range(index, 2);
    const quote = quotes[this.#places[index * fields + 6] ?? 0] ?? 'none';
    return {
      name: this.name(index),
      layer: 'environment',
      process: null,
      range: { start: nameRange.start, end: (valueRange ?? nameRange).end },
      nameRange,
      valueRange,
      value: this.#values?.[index] ?? this.#ownValue(index, quote),
      quote,
      comment: this.#range(index, 4),
    };
  }

  #range(index: number, field: 0 | 2 | 4): Range | null {
    const at = index * fields + field;
    const start = this.#places[at] ?? -1;
    return start < 0 ? null : this.#lines.range(start, this.#places[at + 1] ?? start);
  }

  #ownValue(index: number, quote: QuoteStyle): Value {
    const start = this.#places[index * fields + 2] ?? -1;
    if (start < 0) return { kind: 'absent' };
    const text = decodedValue(this.#text.slice(start, this.#places[index * fields + 3]), quote);
    return this.#context.protect(text, this.#context.environment(this.name(index)));
  }
}

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A document whose assignments are there already. */
class Listed implements AssignmentList {
  readonly alike = false;
  readonly #assignments: readonly Assignment[];

  constructor(assignments: readonly Assignment[]) {
    this.#assignments = assignments;
  }

  get length(): number {
    return this.#assignments.length;
  }

  name(index: number): string {
    return this.at(index).name;
  }

  at(index: number): Assignment {
    const assignment = this.#assignments[index];
    if (assignment === undefined) throw new RangeError(`There is no assignment ${index}.`);
    return assignment;
  }
}

const unmade = new WeakMap<SourceDocument, DotenvAssignments>();

/** Smaller documents have their assignments at once: an accessor would cost more than it saves. */
const manyAssignments = 1000;

/** The document with these assignments. */
export function withAssignments(document: Omit<SourceDocument, 'assignments'>, list: DotenvAssignments): SourceDocument {
  if (list.length < manyAssignments) return { ...document, assignments: list.all() };
  const complete: SourceDocument = {
    ...document,
    get assignments() {
      return list.all();
    },
  };
  unmade.set(complete, list);
  return complete;
}

/** The assignments of a document, for whoever looks at all names and few assignments. */
export function assignmentsOf(document: SourceDocument): AssignmentList {
  return unmade.get(document) ?? new Listed(document.assignments);
}

/** The assignments that have a part of a line, counted from 0. */
export function assignmentsOnLine(document: SourceDocument, line: number): readonly Assignment[] {
  const list = unmade.get(document);
  if (list !== undefined) return list.onLine(line);
  return document.assignments.filter(({ range }) => range.start.line <= line && line <= range.end.line);
}

/** The first assignment of one of these names. @param names in the letter case they have in the file */
export function firstNamed(document: SourceDocument, names: ReadonlySet<string>): Assignment | undefined {
  const list = assignmentsOf(document);
  for (let i = 0; i < list.length; i++) if (names.has(list.name(i))) return list.at(i);
  return undefined;
}

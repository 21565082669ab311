/** Collects what the Python reader finds, with secrets reduced to facts. */
import type { SyntaxNode } from '@lezer/common';
import type { Assignment, Literal, ProcessDeclaration, SourceDocument, Value } from '../../model/types.ts';
import type { LineIndex } from '../../text/lines.ts';
import type { Range } from '../../text/position.ts';
import { maskUrls, type ReaderContext, type Secrecy, soundsLikeSecret } from '../context.ts';
import type { DictEntry } from './dicts.ts';
import type { Evaluated, Evaluator } from './evaluate.ts';
import { type Module, textOf } from './nodes.ts';

/** A literal without the credentials that hide inside it: passwords in URLs, values of keys that sound secret. */
function maskLiteral(value: Literal): Literal {
  if (typeof value === 'string') return maskUrls(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: Literal) => maskLiteral(item));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, Literal]) => [
      key,
      typeof item === 'string' && item !== '' && soundsLikeSecret(key) ? '***' : maskLiteral(item),
    ]),
  );
}

function quoteOf(module: Module, node: SyntaxNode | null): Assignment['quote'] {
  if (node?.name !== 'String' && node?.name !== 'ContinuedString' && node?.name !== 'FormatString')
    return node === null ? 'none' : 'other';
  return /^[A-Za-z]*'/.test(textOf(module, node)) ? 'single' : 'double';
}

export class PythonDocument {
  readonly assignments: Assignment[] = [];
  readonly processes: ProcessDeclaration[] = [];
  readonly marks: SourceDocument['marks'][number][] = [];
  readonly module: Module;
  readonly evaluator: Evaluator;
  readonly #lines: LineIndex;
  readonly #context: ReaderContext;

  constructor(module: Module, lines: LineIndex, evaluator: Evaluator, context: ReaderContext) {
    this.module = module;
    this.evaluator = evaluator;
    this.#lines = lines;
    this.#context = context;
  }

  range(from: number, to: number): Range {
    return this.#lines.range(from, to);
  }

  mark(name: string, node: { readonly from: number; readonly to: number }, value: string | null): void {
    this.marks.push({ name, range: this.range(node.from, node.to), value });
  }

  /** The value of an expression as the model may hold it. */
  protect(evaluated: Evaluated, secrecy: Secrecy): Value {
    if (evaluated.kind === 'unknown') return { kind: 'unknown', why: evaluated.why };
    const { literal } = evaluated;
    if (secrecy === 'plain') return { kind: 'literal', literal: maskLiteral(literal) };
    if (literal === null) return { kind: 'literal', literal };
    if (typeof literal !== 'string') return { kind: 'secret', facts: this.#context.facts(String(literal)) };
    const value = this.#context.protect(literal, secrecy);
    if (value.kind !== 'text') return value;
    return { kind: 'literal', literal: value.text, ...(value.masked === undefined ? {} : { masked: value.masked }) };
  }

  #unfinished: Evaluated = { kind: 'unknown', why: 'not written yet', environment: null };

  evaluate(node: SyntaxNode | null): Evaluated {
    return node === null ? this.#unfinished : this.evaluator.evaluate(node);
  }

  /** A key of a Mesh dict. */
  meshEntry(process: string, entry: DictEntry): void {
    this.assignments.push({
      name: entry.key,
      layer: 'mesh',
      process,
      range: this.range(entry.from, entry.value?.to ?? entry.name.to),
      nameRange: this.range(entry.name.from, entry.name.to),
      valueRange: entry.value === null ? null : this.range(entry.value.from, entry.value.to),
      value: this.protect(this.evaluate(entry.value), this.#context.meshKey(entry.key)),
      quote: quoteOf(this.module, entry.value),
      comment: null,
    });
  }

  /** `os.environ["NAME"] = value` and its relatives. */
  environmentEntry(entry: DictEntry): void {
    const evaluated = this.evaluate(entry.value);
    const value: Value =
      evaluated.kind === 'literal' && typeof evaluated.literal === 'string'
        ? this.#context.protect(evaluated.literal, this.#context.environment(entry.key))
        : { kind: 'unknown', why: evaluated.kind === 'unknown' ? evaluated.why : 'the environment takes text only' };
    this.assignments.push({
      name: entry.key,
      layer: 'environment',
      process: null,
      range: this.range(entry.from, entry.value?.to ?? entry.name.to),
      nameRange: this.range(entry.name.from, entry.name.to),
      valueRange: entry.value === null ? null : this.range(entry.value.from, entry.value.to),
      value,
      quote: quoteOf(this.module, entry.value),
      comment: null,
    });
  }
}

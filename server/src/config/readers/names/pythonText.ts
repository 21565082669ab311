/** The variables a Python module reads from its environment, and the env files it loads. Parsed, never run. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { LineIndex } from '../../text/lines.ts';
import { Evaluator } from '../python/evaluate.ts';
import { callArguments, children, type Module, textOf } from '../python/nodes.ts';
import { readScope } from '../python/scope.ts';
import { stringParts, stringValue } from '../python/strings.ts';
import type { FileMention, Mentions, NameUse } from './types.ts';

const readingCalls = new Set(['os.getenv', 'os.environ.get', 'os.environ.pop', 'getenv', 'environ.get', 'environ.pop']);
const environments = new Set(['os.environ', 'environ']);
const loaders = new Set(['dotenv.load_dotenv', 'load_dotenv', 'dotenv.main.load_dotenv']);

/** Whether a text can read its environment at all; most modules do not. */
export function readsEnvironment(text: string): boolean {
  return text.includes('environ') || text.includes('getenv') || text.includes('load_dotenv');
}

class MentionReader {
  readonly uses: NameUse[] = [];
  readonly files: FileMention[] = [];
  readonly #module: Module;
  readonly #lines: LineIndex;
  readonly #evaluator: Evaluator;

  constructor(module: Module, lines: LineIndex) {
    this.#module = module;
    this.#lines = lines;
    this.#evaluator = new Evaluator(module, readScope(module));
  }

  read(): void {
    this.#module.top.cursor().iterate((ref) => {
      if (ref.name === 'CallExpression') this.#call(ref.node);
      else if (ref.name === 'MemberExpression') this.#subscript(ref.node);
      else if (ref.name === 'BinaryExpression') this.#membership(ref.node);
      return ref.name !== 'ImportStatement';
    });
  }

  #call(call: SyntaxNode): void {
    const name = call.firstChild === null ? null : this.#evaluator.qualified(call.firstChild);
    if (name === null) return;
    if (readingCalls.has(name)) this.#name(callArguments(call)[0]?.value ?? null);
    else if (loaders.has(name)) this.#loaded(call);
  }

  #isEnvironment(node: SyntaxNode | undefined): boolean {
    return node !== undefined && environments.has(this.#evaluator.qualified(node) ?? '');
  }

  #subscript(node: SyntaxNode): void {
    const parts = children(node);
    if (parts[1]?.name !== '[' || !this.#isEnvironment(parts[0])) return;
    const parent = node.parent;
    // A target gives a value; the reader of assignments has it.
    const target = parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from;
    if (!target) this.#name(parts[2] ?? null);
  }

  /** `"NAME" in os.environ`. */
  #membership(node: SyntaxNode): void {
    const parts = children(node);
    if (parts.some((part) => part.name === 'in') && this.#isEnvironment(parts.at(-1))) this.#name(parts[0] ?? null);
  }

  #name(node: SyntaxNode | null): void {
    if (node === null) return;
    const evaluated = this.#evaluator.evaluate(node);
    const name = evaluated.kind === 'literal' && typeof evaluated.literal === 'string' ? evaluated.literal : null;
    if (name === null || name === '') return;
    const body = node.name === 'String' ? this.#body(node, name) : null;
    const { from, to } = body ?? node;
    this.uses.push({
      name,
      range: this.#lines.range(from, to),
      exact: body !== null,
      writes: false,
      from: 'process',
      source: null,
    });
  }

  /** Where the text of a plain literal stands; null where an escape keeps it from being the text itself. */
  #body(node: SyntaxNode, text: string): { readonly from: number; readonly to: number } | null {
    const source = textOf(this.#module, node);
    const parts = stringParts(source);
    if (parts === null || source.slice(parts.bodyStart, parts.bodyEnd) !== text) return null;
    return { from: node.from + parts.bodyStart, to: node.from + parts.bodyEnd };
  }

  #loaded(call: SyntaxNode): void {
    const given = callArguments(call);
    const path =
      given.find(({ keyword }) => keyword !== null && textOf(this.#module, keyword) === 'dotenv_path') ??
      given.find(({ keyword }) => keyword === null);
    // Paths are mostly built from __file__; the last plain text is the file name then.
    let last: SyntaxNode | null = null;
    path?.value?.cursor().iterate((ref) => {
      if (ref.name === 'String') last = ref.node;
    });
    if (last === null) return;
    const node: SyntaxNode = last;
    const text = stringValue(textOf(this.#module, node));
    const body = text === null ? null : this.#body(node, text);
    if (text === null || text === '' || body === null) return;
    this.files.push({ kind: 'load-dotenv', path: text, range: this.#lines.range(body.from, body.to) });
  }
}

export function pythonMentions(text: string, lines: LineIndex): Mentions {
  if (!readsEnvironment(text)) return { uses: [], files: [] };
  const reader = new MentionReader({ text, top: parser.parse(text).topNode }, lines);
  reader.read();
  return { uses: reader.uses, files: reader.files };
}

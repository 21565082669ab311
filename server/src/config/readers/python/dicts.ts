/** Configuration dicts: displays, `dict(...)`, spreads, `|`, variables, and what is added to a variable afterwards. */
import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from './evaluate.ts';
import { callArguments, children, dictPairs, dottedName, enclosingScope, expressions, type Module, textOf } from './nodes.ts';
import type { Scope } from './scope.ts';
import { stringParts, stringValue } from './strings.ts';

export interface DictEntry {
  readonly key: string;
  /** The key's text, quotes excluded. */
  readonly name: { readonly from: number; readonly to: number };
  /** Where the pair begins, quotes included. */
  readonly from: number;
  /** Null where the value is not typed yet. */
  readonly value: SyntaxNode | null;
}

export interface DictContent {
  /** In the order Python applies them; a later entry with the same key wins. */
  readonly entries: readonly DictEntry[];
  /** Some part cannot be known, so the absence of a key proves nothing. */
  readonly open: boolean;
  /** The display new keys can be written into. */
  readonly display: SyntaxNode | null;
}

const nothing: DictContent = { entries: [], open: true, display: null };
const maxDepth = 20;

export class DictReader {
  readonly #module: Module;
  readonly #scope: Scope;
  readonly #evaluator: Evaluator;

  constructor(module: Module, scope: Scope, evaluator: Evaluator) {
    this.#module = module;
    this.#scope = scope;
    this.#evaluator = evaluator;
  }

  read(node: SyntaxNode, depth = 0): DictContent {
    if (depth > maxDepth) return nothing;
    switch (node.name) {
      case 'DictionaryExpression':
      case 'DictionaryComprehensionExpression':
      case 'SetExpression':
        return this.#display(node, depth);
      case 'ParenthesizedExpression': {
        const inner = expressions(node)[0];
        return inner === undefined ? nothing : this.read(inner, depth + 1);
      }
      case 'None':
        return { entries: [], open: false, display: null };
      case 'VariableName':
        return this.#variable(node, depth);
      case 'BinaryExpression': {
        const [left, operator, right] = children(node);
        if (left === undefined || operator === undefined || right === undefined) return nothing;
        const sign = textOf(this.#module, operator);
        if (sign === 'or') return this.read(left, depth + 1);
        if (sign !== '|') return nothing;
        const a = this.read(left, depth + 1);
        const b = this.read(right, depth + 1);
        return { entries: [...a.entries, ...b.entries], open: a.open || b.open, display: b.display ?? a.display };
      }
      case 'CallExpression':
        return this.#call(node, depth);
      default:
        return nothing;
    }
  }

  entry(key: SyntaxNode, value: SyntaxNode | null): DictEntry | null {
    if (key.name === 'String') {
      const source = textOf(this.#module, key);
      const parts = stringParts(source);
      const name = stringValue(source);
      if (parts === null || name === null) return null;
      return { key: name, name: { from: key.from + parts.bodyStart, to: key.from + parts.bodyEnd }, from: key.from, value };
    }
    const evaluated = this.#evaluator.evaluate(key);
    if (evaluated.kind !== 'literal' || typeof evaluated.literal !== 'string') return null;
    return { key: evaluated.literal, name: { from: key.from, to: key.to }, from: key.from, value };
  }

  #display(node: SyntaxNode, depth: number): DictContent {
    const pairs = dictPairs(node);
    if (pairs === null) return nothing;
    const entries: DictEntry[] = [];
    let open = false;
    for (const { key, value } of pairs) {
      if (key === null) {
        const inner = value === null ? nothing : this.read(value, depth + 1);
        entries.push(...inner.entries);
        open ||= inner.open;
        continue;
      }
      const entry = this.entry(key, value);
      if (entry === null) open = true;
      else entries.push(entry);
    }
    const closed = node.name === 'DictionaryExpression' && node.lastChild?.name === '}';
    return { entries, open, display: closed ? node : null };
  }

  #call(node: SyntaxNode, depth: number): DictContent {
    const callee = node.firstChild;
    if (callee === null) return nothing;
    const name = dottedName(this.#module, callee);
    const last = name?.split('.').at(-1);
    if (callee.name === 'MemberExpression' && last === 'copy' && name !== 'copy.copy') {
      const object = callee.firstChild;
      return object === null ? nothing : { ...this.read(object, depth + 1), display: null };
    }
    const copies = last === 'deepcopy' || name === 'copy.copy';
    if (name !== 'dict' && !copies) return nothing;
    const entries: DictEntry[] = [];
    let open = false;
    for (const argument of callArguments(node)) {
      if (argument.keyword !== null) {
        const { from, to } = argument.keyword;
        entries.push({ key: textOf(this.#module, argument.keyword), name: { from, to }, from, value: argument.value });
        continue;
      }
      const inner = argument.value === null || argument.spread === '*' ? nothing : this.read(argument.value, depth + 1);
      entries.push(...inner.entries);
      open ||= inner.open;
    }
    return { entries, open, display: null };
  }

  /** The dict assigned to a name, with `name["key"] = ...` and `name.update(...)` before the use. */
  #variable(node: SyntaxNode, depth: number): DictContent {
    const name = textOf(this.#module, node);
    const source = this.#scope.resolve(name, node);
    if (source === null) return nothing;
    const base = this.read(source, depth + 1);
    const entries = [...base.entries];
    let open = base.open;
    const scope = enclosingScope(source);
    const local = scope.from === enclosingScope(node).from;
    const cursor = scope.cursor();
    cursor.iterate((ref) => {
      if (ref.to <= source.to) return ref.to > source.from || ref.from < source.from;
      if (local && ref.from >= node.from) return false;
      if (ref.name === 'AssignStatement') {
        const target = ref.node.firstChild;
        if (target?.name !== 'MemberExpression') return true;
        const parts = children(target);
        if (parts[0]?.name !== 'VariableName' || textOf(this.#module, parts[0]) !== name || parts[1]?.name !== '[') return true;
        const key = parts[2];
        const entry = key === undefined ? null : this.entry(key, children(ref.node).at(-1) ?? null);
        if (entry === null) open = true;
        else entries.push(entry);
        return false;
      }
      if (ref.name === 'CallExpression' && ref.node.firstChild !== null) {
        const callee = dottedName(this.#module, ref.node.firstChild);
        if (callee !== `${name}.update` && callee !== `${name}.setdefault`) return true;
        if (callee.endsWith('.update')) {
          for (const argument of callArguments(ref.node)) {
            if (argument.keyword !== null) {
              const { from, to } = argument.keyword;
              entries.push({ key: textOf(this.#module, argument.keyword), name: { from, to }, from, value: argument.value });
            } else {
              const inner = argument.value === null || argument.spread !== '' ? nothing : this.read(argument.value, depth + 1);
              entries.push(...inner.entries);
              open ||= inner.open;
            }
          }
        } else {
          const [key, value] = callArguments(ref.node);
          const entry = key?.value ? this.entry(key.value, value?.value ?? null) : null;
          if (entry !== null && !entries.some((present) => present.key === entry.key)) entries.push(entry);
        }
        return false;
      }
      return true;
    });
    return { entries, open, display: base.display };
  }
}

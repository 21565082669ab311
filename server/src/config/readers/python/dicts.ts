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

  /** Statements that add to a dict, by the dict's name, in text order; gathered once per module. */
  #additions: ReadonlyMap<string, readonly SyntaxNode[]> | null = null;

  #additionsTo(name: string): readonly SyntaxNode[] {
    if (this.#additions === null) {
      const found = new Map<string, SyntaxNode[]>();
      const add = (target: SyntaxNode | null, statement: SyntaxNode): void => {
        if (target?.name !== 'VariableName') return;
        const key = textOf(this.#module, target);
        const list = found.get(key) ?? [];
        list.push(statement);
        found.set(key, list);
      };
      this.#module.top.cursor().iterate((ref) => {
        if (ref.name !== 'AssignStatement' && ref.name !== 'CallExpression') return true;
        const node = ref.node;
        const member = node.firstChild;
        if (member?.name !== 'MemberExpression') return true;
        const last = member.lastChild;
        if (ref.name === 'AssignStatement') {
          if (last?.name === ']') add(member.firstChild, node);
        } else if (last !== null && /^(?:update|setdefault)$/.test(textOf(this.#module, last))) {
          add(member.firstChild, node);
        }
        return true;
      });
      this.#additions = found;
    }
    return this.#additions.get(name) ?? [];
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
    for (const statement of this.#additionsTo(name)) {
      if (statement.from < source.to || statement.to > scope.to || (local && statement.from >= node.from)) continue;
      const member = statement.firstChild;
      if (member === null) continue;
      if (statement.name === 'AssignStatement') {
        const key = children(member)[2];
        const entry = key === undefined ? null : this.entry(key, children(statement).at(-1) ?? null);
        if (entry === null) open = true;
        else entries.push(entry);
      } else {
        open = this.#addedByCall(statement, member, entries, depth) || open;
      }
    }
    return { entries, open, display: base.display };
  }

  /** Applies `name.update(...)` or `name.setdefault(...)`; true when a part cannot be known. */
  #addedByCall(call: SyntaxNode, member: SyntaxNode, entries: DictEntry[], depth: number): boolean {
    const given = callArguments(call);
    if (member.lastChild !== null && textOf(this.#module, member.lastChild) === 'setdefault') {
      const [key, value] = given;
      const entry = key?.value ? this.entry(key.value, value?.value ?? null) : null;
      if (entry !== null && !entries.some((present) => present.key === entry.key)) entries.push(entry);
      return entry === null;
    }
    let open = false;
    for (const argument of given) {
      if (argument.keyword !== null) {
        const { from, to } = argument.keyword;
        entries.push({ key: textOf(this.#module, argument.keyword), name: { from, to }, from, value: argument.value });
      } else {
        const inner = argument.value === null || argument.spread !== '' ? nothing : this.read(argument.value, depth + 1);
        entries.push(...inner.entries);
        open ||= inner.open;
      }
    }
    return open;
  }
}

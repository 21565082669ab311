/**
 * What an expression is worth without running anything. Literals, module constants, `os.getenv` with a default,
 * arithmetic and f-strings of those; everything else is unknown, with the reason.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Literal } from '../../model/types.ts';
import { arithmetic, convert, pythonText, truthy } from './arithmetic.ts';
import { callArguments, children, dictPairs, dottedName, expressions, type Module, textOf } from './nodes.ts';
import type { Scope } from './scope.ts';
import { numberValue, stringParts, stringValue, unescapePython } from './strings.ts';

export type Evaluated =
  | {
      readonly kind: 'literal';
      readonly literal: Literal;
      /** The literal is the fallback of a read of this environment variable. */
      readonly environment: string | null;
    }
  | { readonly kind: 'unknown'; readonly why: string; readonly environment: string | null };

/** Nobody writes a configuration value deeper than this; a generated file must not exhaust the stack. */
const maxDepth = 60;

const unknown = (why: string, environment: string | null = null): Evaluated => ({ kind: 'unknown', why, environment });
const literal = (value: Literal, environment: string | null = null): Evaluated => ({
  kind: 'literal',
  literal: value,
  environment,
});

const environmentReads = new Set(['os.getenv', 'os.environ.get', 'getenv', 'environ.get']);

/** What an imported name stands for (`settings.PORT`, `.settings.PORT`); null where no file of the workspace says it. */
export type Imports = (origin: string) => Evaluated | null;

/** Modules whose attributes are no constants of the project. */
const foreign =
  /^(?:os|sys|jarviscore|dotenv|asyncio|pathlib|typing|json|logging|time|uuid|socket|platform|fastapi|pydantic)(?:\.|$)/;

export class Evaluator {
  readonly #module: Module;
  readonly #scope: Scope;
  #imports: Imports | null;
  /** A name of another module was asked for, and nobody could say what it is. */
  wantsImports = false;

  constructor(module: Module, scope: Scope, imports: Imports | null = null) {
    this.#module = module;
    this.#scope = scope;
    this.#imports = imports;
  }

  /** What `NAME` or `Class.name` of the module is worth once it has been imported. */
  constant(path: readonly string[], imports: Imports): Evaluated | null {
    const [name, attribute, ...more] = path;
    if (name === undefined || more.length > 0) return null;
    const before = this.#imports;
    this.#imports = imports;
    try {
      const value = this.#scope.resolve(name, this.#module.top);
      if (attribute === undefined) return value === null ? this.#imported(this.#scope.imported(name)) : this.evaluate(value);
      const found = this.#attribute(name, value, attribute);
      return found === null ? null : this.evaluate(found);
    } finally {
      this.#imports = before;
    }
  }

  #imported(origin: string | null): Evaluated | null {
    if (origin === null || foreign.test(origin)) return null;
    const found = this.#imports?.(origin) ?? null;
    this.wantsImports ||= found === null;
    return found;
  }

  /** `Class.name`, and `instance.name` of a class without an `__init__` of its own that is made without arguments. */
  #attribute(name: string, value: SyntaxNode | null, attribute: string): SyntaxNode | null {
    if (value === null) return this.#scope.classAttribute(name, attribute);
    const callee = value.name === 'CallExpression' ? value.firstChild : null;
    if (callee?.name !== 'VariableName' || this.#scope.imported(textOf(this.#module, callee)) !== null) return null;
    const given = callArguments(value);
    const own = given.find(({ keyword }) => keyword !== null && textOf(this.#module, keyword) === attribute);
    if (own !== undefined) return own.value;
    if (given.some((argument) => argument.keyword === null)) return null;
    return this.#scope.classAttribute(textOf(this.#module, callee), attribute);
  }

  evaluate(node: SyntaxNode, depth = 0): Evaluated {
    if (depth > maxDepth) return unknown('too deeply nested');
    const next = (child: SyntaxNode): Evaluated => this.evaluate(child, depth + 1);
    switch (node.name) {
      case 'String': {
        const value = stringValue(textOf(this.#module, node));
        return value === null ? unknown('bytes or unfinished text') : literal(value);
      }
      case 'ContinuedString':
        return this.#join(expressions(node), next);
      case 'FormatString':
        return this.#formatString(node, next);
      case 'Number': {
        const value = numberValue(textOf(this.#module, node));
        return value === undefined ? unknown('unfinished number') : literal(value);
      }
      case 'Boolean':
        return literal(textOf(this.#module, node) === 'True');
      case 'None':
        return literal(null);
      case 'ParenthesizedExpression': {
        const inner = expressions(node)[0];
        return inner === undefined ? unknown('empty parentheses') : next(inner);
      }
      case 'VariableName': {
        const name = textOf(this.#module, node);
        const target = this.#scope.resolve(name, node);
        if (target !== null) return next(target);
        return this.#imported(this.#scope.imported(name)) ?? unknown(`"${name}" is not a constant of this file`);
      }
      case 'ArrayExpression':
      case 'TupleExpression':
        return this.#list(node, next);
      case 'DictionaryExpression':
        return this.#dict(node, next);
      case 'UnaryExpression':
        return this.#unary(node, next);
      case 'BinaryExpression':
        return this.#binary(node, next);
      case 'CallExpression':
        return this.#call(node, next);
      case 'MemberExpression':
        return this.#member(node, next);
      case 'ConditionalExpression':
        return unknown('depends on a condition');
      default:
        return unknown('computed when the program runs');
    }
  }

  /** Name of the environment variable a call or subscript reads, and the node of its default. */
  environmentRead(node: SyntaxNode): { readonly name: string; readonly fallback: SyntaxNode | null } | null {
    if (node.name === 'CallExpression') {
      const callee = node.firstChild;
      if (callee === null || !environmentReads.has(this.qualified(callee) ?? '')) return null;
      const [name, fallback] = callArguments(node);
      if (name?.value?.name !== 'String') return null;
      const text = stringValue(textOf(this.#module, name.value));
      return text === null ? null : { name: text, fallback: fallback?.value ?? null };
    }
    if (node.name === 'MemberExpression') {
      const key = this.environSubscript(node);
      if (key === null) return null;
      const text = stringValue(textOf(this.#module, key));
      return text === null ? null : { name: text, fallback: null };
    }
    return null;
  }

  /** The key node of `os.environ["NAME"]`. */
  environSubscript(node: SyntaxNode): SyntaxNode | null {
    const parts = children(node);
    if (node.name !== 'MemberExpression' || parts[1]?.name !== '[' || parts[0] === undefined) return null;
    const object = this.qualified(parts[0]);
    return object === 'os.environ' && parts[2]?.name === 'String' ? parts[2] : null;
  }

  /** Dotted name with the import of its first part applied: `M` becomes `jarviscore.Mesh`. */
  qualified(node: SyntaxNode): string | null {
    const dotted = dottedName(this.#module, node);
    if (dotted === null) return null;
    const [first = '', ...rest] = dotted.split('.');
    const origin = this.#scope.imported(first);
    return [origin ?? first, ...rest].join('.');
  }

  #join(nodes: readonly SyntaxNode[], next: (child: SyntaxNode) => Evaluated): Evaluated {
    let text = '';
    let environment: string | null = null;
    for (const node of nodes) {
      const value = next(node);
      if (value.kind === 'unknown') return value;
      if (typeof value.literal !== 'string') return unknown('not text');
      text += value.literal;
      environment ??= value.environment;
    }
    return literal(text, environment);
  }

  #formatString(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const parts = stringParts(textOf(this.#module, node));
    if (parts === null || !parts.closed) return unknown('unfinished text');
    const raw = parts.prefix.includes('r');
    const plain = (from: number, to: number): string => {
      const source = this.#module.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
      return raw ? source : unescapePython(source);
    };
    let text = '';
    let environment: string | null = null;
    let at = node.from + parts.bodyStart;
    const end = node.from + parts.bodyEnd;
    for (const replacement of node.getChildren('FormatReplacement')) {
      text += plain(at, replacement.from);
      at = replacement.to;
      const inner = expressions(replacement);
      const expression = inner[0];
      if (expression === undefined || inner.length > 1) return unknown('formatted when the program runs');
      const value = next(expression);
      if (value.kind === 'unknown') return value;
      const shown = pythonText(value.literal);
      if (shown === null) return unknown('formatted when the program runs');
      text += shown;
      environment ??= value.environment;
    }
    return literal(text + plain(Math.min(at, end), end), environment);
  }

  #list(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const items: Literal[] = [];
    for (const child of children(node)) {
      if (child.name === '*') return unknown('unpacked when the program runs');
      if (!/^[A-Z]/.test(child.name) || child.name === 'Comment') continue;
      const value = next(child);
      if (value.kind === 'unknown') return value;
      items.push(value.literal);
    }
    return literal(items);
  }

  #dict(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const result: Record<string, Literal> = {};
    for (const { key, value } of dictPairs(node) ?? []) {
      if (value === null) return unknown('unfinished dict');
      const evaluated = next(value);
      if (evaluated.kind === 'unknown') return evaluated;
      if (key === null) {
        if (evaluated.literal === null || typeof evaluated.literal !== 'object' || Array.isArray(evaluated.literal)) {
          return unknown('unpacked when the program runs');
        }
        Object.assign(result, evaluated.literal);
        continue;
      }
      const name = next(key);
      const text = name.kind === 'literal' ? pythonText(name.literal) : null;
      if (text === null) return unknown('key computed when the program runs');
      Object.defineProperty(result, text, { value: evaluated.literal, enumerable: true, configurable: true, writable: true });
    }
    return literal(result);
  }

  #unary(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const operand = expressions(node).at(-1);
    const operator = node.firstChild === null ? '' : textOf(this.#module, node.firstChild);
    if (operand === undefined) return unknown('unfinished expression');
    const value = next(operand);
    if (value.kind === 'unknown') return value;
    if (operator === 'not') return literal(!truthy(value.literal), value.environment);
    const number = typeof value.literal === 'boolean' ? Number(value.literal) : value.literal;
    if (typeof number !== 'number' && typeof number !== 'bigint') return unknown('computed when the program runs');
    if (operator === '-') return literal(-number, value.environment);
    return operator === '+' ? literal(number, value.environment) : unknown('computed when the program runs');
  }

  #binary(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const parts = children(node).filter((child) => child.name !== 'Comment');
    const [left, operator, right] = parts;
    if (left === undefined || operator === undefined || right === undefined) return unknown('unfinished expression');
    const sign = textOf(this.#module, operator);
    const a = next(left);
    if (sign === 'or') {
      // `os.getenv("X") or "default"` is the usual way to write a default that also replaces the empty text.
      if (a.kind === 'unknown') {
        if (a.environment === null) return a;
        const fallback = next(right);
        return fallback.kind === 'literal' ? literal(fallback.literal, a.environment) : fallback;
      }
      return truthy(a.literal) ? a : next(right);
    }
    if (a.kind === 'unknown') return a;
    if (sign === 'and') return truthy(a.literal) ? next(right) : a;
    const b = next(right);
    if (b.kind === 'unknown') return b;
    const result = arithmetic(sign, a.literal, b.literal);
    return result === undefined ? unknown('computed when the program runs') : literal(result, a.environment ?? b.environment);
  }

  #call(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const read = this.environmentRead(node);
    if (read !== null) {
      const why = `environment variable ${read.name}`;
      if (read.fallback === null) return unknown(why, read.name);
      const fallback = next(read.fallback);
      return fallback.kind === 'literal' ? literal(fallback.literal, read.name) : unknown(why, read.name);
    }
    const callee = node.firstChild === null ? null : dottedName(this.#module, node.firstChild);
    const given = callArguments(node);
    const only = given.length === 1 ? given[0] : undefined;
    if (callee !== null && only?.value && only.keyword === null && only.spread === '' && !this.#scope.isBound(callee)) {
      const value = next(only.value);
      if (value.kind === 'unknown') return value;
      const converted = convert(callee, value.literal);
      if (converted !== undefined) return literal(converted, value.environment);
    }
    if (callee === 'dict' && given.every((argument) => argument.keyword !== null && argument.value !== null)) {
      const result: Record<string, Literal> = {};
      for (const { keyword, value } of given) {
        if (keyword === null || value === null) continue;
        const evaluated = next(value);
        if (evaluated.kind === 'unknown') return evaluated;
        result[textOf(this.#module, keyword)] = evaluated.literal;
      }
      return literal(result);
    }
    return unknown('result of a call');
  }

  #member(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated {
    const read = this.environmentRead(node);
    if (read !== null) return unknown(`environment variable ${read.name}`, read.name);
    const parts = children(node);
    // `a[1:2]` has more between its brackets.
    if (parts[1]?.name === '[' && parts[0] !== undefined && parts[2] !== undefined && parts[3]?.name === ']') {
      const object = next(parts[0]);
      const key = next(parts[2]);
      if (object.kind === 'unknown') return object;
      if (key.kind === 'unknown') return key;
      if (Array.isArray(object.literal) && typeof key.literal === 'number') {
        const item = object.literal.at(key.literal) as Literal | undefined;
        if (item !== undefined) return literal(item);
      } else if (object.literal !== null && typeof object.literal === 'object' && typeof key.literal === 'string') {
        const entries = object.literal as { readonly [key: string]: Literal };
        const item = Object.hasOwn(entries, key.literal) ? entries[key.literal] : undefined;
        if (item !== undefined) return literal(item);
      }
    }
    return this.#attributeOf(node, next) ?? unknown('attribute of an object');
  }

  #attributeOf(node: SyntaxNode, next: (child: SyntaxNode) => Evaluated): Evaluated | null {
    const path = dottedName(this.#module, node)?.split('.') ?? [];
    const [first = '', attribute, ...more] = path;
    if (attribute === undefined) return null;
    const origin = this.#scope.imported(first);
    if (origin !== null) return this.#imported([origin, attribute, ...more].join('.'));
    const found = more.length > 0 ? null : this.#attribute(first, this.#scope.resolve(first, node), attribute);
    return found === null ? null : next(found);
  }
}

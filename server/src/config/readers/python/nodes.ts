/** Small questions about nodes of the Python syntax tree. */
import type { SyntaxNode } from '@lezer/common';

/** A parsed module. */
export interface Module {
  readonly text: string;
  readonly top: SyntaxNode;
}

export function textOf(module: Module, node: SyntaxNode): string {
  return module.text.slice(node.from, node.to);
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const result: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) result.push(child);
  return result;
}

/** Children that are expressions: no punctuation, no comments, nothing the parser made up. */
export function expressions(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => /^[A-Z]/.test(child.name) && child.name !== 'Comment' && child.name !== 'AssignOp');
}

/** `a.b.c` as text without whitespace; null for anything else. */
export function dottedName(module: Module, node: SyntaxNode): string | null {
  if (node.name === 'VariableName') return textOf(module, node);
  if (node.name !== 'MemberExpression') return null;
  const parts = children(node);
  const object = parts[0];
  const property = parts.at(-1);
  if (object === undefined || property === undefined || property.name !== 'PropertyName') return null;
  const left = dottedName(module, object);
  return left === null ? null : `${left}.${textOf(module, property)}`;
}

export interface Argument {
  /** Null for a positional argument. */
  readonly keyword: SyntaxNode | null;
  /** `*` or `**`. */
  readonly spread: '' | '*' | '**';
  /** Null where it is not typed yet. */
  readonly value: SyntaxNode | null;
}

const isValue = (node: SyntaxNode): boolean => /^[A-Z]/.test(node.name) && node.name !== 'Comment' && node.name !== 'AssignOp';

/** The arguments of a call, in order, also of a call that is not finished. */
export function callArguments(call: SyntaxNode): Argument[] {
  const list = call.getChild('ArgList');
  if (list === null) return [];
  const result: Argument[] = [];
  let spread: Argument['spread'] = '';
  const nodes = children(list);
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined) continue;
    if (node.name === '*' || node.name === '**') {
      spread = node.name;
    } else if (isValue(node)) {
      if (nodes[i + 1]?.name === 'AssignOp' && node.name === 'VariableName') {
        const value = nodes[i + 2];
        const present = value !== undefined && isValue(value);
        result.push({ keyword: node, spread: '', value: present ? value : null });
        i += present ? 2 : 1;
      } else {
        result.push({ keyword: null, spread, value: node });
      }
      spread = '';
    } else if (node.name === ',') {
      spread = '';
    }
  }
  return result;
}

export interface DictPair {
  /** Null for `**value`. */
  readonly key: SyntaxNode | null;
  /** Null where it is not typed yet. */
  readonly value: SyntaxNode | null;
}

/**
 * The pairs of a dict display. The parser takes an unfinished `{"a": 1` for the beginning of a comprehension, so that
 * node is accepted as long as no `for` follows.
 */
export function dictPairs(node: SyntaxNode): DictPair[] | null {
  if (node.name !== 'DictionaryExpression' && node.name !== 'DictionaryComprehensionExpression' && node.name !== 'SetExpression')
    return null;
  if (node.getChild('for') !== null) return null;
  const unfinished = node.name === 'SetExpression';
  const result: DictPair[] = [];
  const nodes = children(node);
  for (let i = 0; i < nodes.length; i++) {
    const child = nodes[i];
    if (child === undefined) continue;
    if (child.name === '**') {
      const value = nodes[i + 1];
      result.push({ key: null, value: value !== undefined && isValue(value) ? value : null });
      i++;
    } else if (isValue(child)) {
      if (nodes[i + 1]?.name !== ':') {
        // `{"a": 1, "b` : a key without its value yet. A set display is no dict at all.
        if (unfinished && nodes.at(-1)?.name === '}') return null;
        result.push({ key: child, value: null });
        continue;
      }
      const value = nodes[i + 2];
      const present = value !== undefined && isValue(value);
      result.push({ key: child, value: present ? value : null });
      i += present ? 2 : 1;
    }
  }
  return result;
}

/** Function or class body a node stands in; the module's top otherwise. */
export function enclosingScope(node: SyntaxNode): SyntaxNode {
  let at: SyntaxNode = node;
  while (at.parent !== null) {
    const parent = at.parent;
    if (parent.name === 'FunctionDefinition' || parent.name === 'LambdaExpression') return parent;
    if (parent.name === 'ClassDefinition' && at.name === 'Body') return parent;
    at = parent;
  }
  return at;
}

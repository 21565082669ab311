/** Constructions that nobody will ever start: overwritten before use, or built to see them fail. */
import type { SyntaxNode } from '@lezer/common';
import { children, type Module, textOf } from './nodes.ts';

/** The statement of a block a node stands in. */
function statementOf(node: SyntaxNode): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) if (at.name.endsWith('Statement')) return at;
  return null;
}

/** The name a statement `name = ...` gives; null for any other. */
function givenName(module: Module, statement: SyntaxNode): string | null {
  if (statement.name !== 'AssignStatement') return null;
  const [target, operator] = children(statement).filter((child) => child.name !== 'TypeDef' && child.name !== 'Comment');
  return target?.name === 'VariableName' && operator?.name === 'AssignOp' ? textOf(module, target) : null;
}

/**
 * Whether what a call makes is thrown away: `mesh = Mesh(...)` followed in the same block by another `mesh = Mesh(...)`,
 * and nothing between them says `mesh`. So documents show ways to write one thing.
 *
 * @param others Offsets of the other constructions.
 */
export function isOverwritten(module: Module, call: SyntaxNode, others: readonly number[]): boolean {
  const statement = statementOf(call);
  const name = statement === null ? null : givenName(module, statement);
  if (statement === null || name === null || !/^[A-Za-z_]\w*$/.test(name)) return false;
  const says = new RegExp(`\\b${name}\\b`);
  for (let next = statement.nextSibling; next !== null; next = next.nextSibling) {
    const { from, to } = next;
    if (givenName(module, next) === name) return others.some((offset) => offset >= from && offset < to);
    if (next.name !== 'Comment' && says.test(textOf(module, next))) return false;
  }
  return false;
}

/** Whether a call stands under `with pytest.raises(...)` or `with self.assertRaises(...)`: a test wants it to fail. */
export function isMeantToFail(module: Module, call: SyntaxNode): boolean {
  for (let at = call.parent; at !== null; at = at.parent) {
    if (at.name === 'FunctionDefinition' || at.name === 'ClassDefinition') return false;
    if (at.name !== 'WithStatement') continue;
    const head = at.getChild('Body')?.from ?? at.to;
    if (
      /\b(?:pytest\.(?:raises|warns|deprecated_call)|(?:self\.)?assert(?:Raises|Warns)\w*)\s*\(/.test(
        module.text.slice(at.from, head),
      )
    )
      return true;
  }
  return false;
}

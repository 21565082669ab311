/** What aliases stand for, counted without unfolding them: what is refused elsewhere need not be read here. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node } from 'yaml';

/** Far more than any file of a person; readers in Go stop between 400,000 and 4,000,000 values made of aliases. */
const maxUnfolded = 4_000_000;

/**
 * Why readers refuse a document for its aliases; null where they do not. An anchor has to stand before its aliases, so one
 * walk in order knows what every alias stands for.
 *
 * @param targetOf The node an alias stands for.
 */
export function aliasProblem(root: Node, targetOf: (alias: Node) => Node | null): string | null {
  const sizes = new Map<Node, number>();
  const open = new Set<Node>();
  let circle = false;
  let unfolded = 0;
  const sizeOf = (node: unknown): number => {
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (isAlias(node)) {
      const target = targetOf(node);
      if (target === null) return 1;
      if (open.has(target)) circle = true;
      const size = sizes.get(target) ?? 1;
      unfolded = Math.min(unfolded + size, Number.MAX_SAFE_INTEGER);
      return size;
    }
    if (isScalar(node)) {
      if (node.anchor !== undefined) sizes.set(node as Node, 1);
      return 1;
    }
    if (!isMap(node) && !isSeq(node)) return 1;
    const collection = node as Node;
    open.add(collection);
    let size = 1;
    for (const item of node.items) size = Math.min(size + sizeOf(item), Number.MAX_SAFE_INTEGER);
    open.delete(collection);
    if (node.anchor !== undefined) sizes.set(collection, size);
    return size;
  };
  sizeOf(root);
  if (circle) return 'an alias stands inside what it stands for';
  return unfolded > maxUnfolded ? `its aliases stand for more than ${maxUnfolded.toLocaleString('en')} values` : null;
}

/** Texts that make a regular expression work: a way to each of its loops, the loop many times over, and an end that fits nothing. */
import type { Node } from './parse.ts';
import { type Counted, endsLine } from './steps.ts';

interface Attack {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
}

const alphabet = [...'aZ_0 9\t\n\r"\'`#=:;,.-/\\$%{}()[]<>@!?*+&|~^éſİ\u0001\u2028'];
const ends = ['', '\u0001', '\n', ' ', 'a', '0', '"', '='];

/** A shortest text a node matches, its first choices taken; null where none of the alphabet fits. */
function witness(node: Node, counted: Counted): string | null {
  switch (node.kind) {
    case 'char':
      return [unescaped(node.source), ...alphabet].find((char) => char.length === 1 && counted.fits(node.source, char)) ?? null;
    case 'sequence': {
      const parts = node.items.map((item) => witness(item, counted));
      return parts.includes(null) ? null : parts.join('');
    }
    case 'choice':
      return node.items.map((item) => witness(item, counted)).find((text) => text !== null) ?? null;
    case 'repeat': {
      const one = node.min === 0 ? '' : witness(node.item, counted);
      return one === null ? null : one.repeat(node.min);
    }
    case 'group':
      return witness(node.item, counted);
    default:
      return '';
  }
}

const unescaped = (source: string): string => (/^\\[^\w\s]$/.test(source) ? source.slice(1) : source);

/** Texts of one round of a loop: every choice in it, and every character that can stand in it. */
function rounds(node: Node, counted: Counted): readonly string[] {
  switch (node.kind) {
    case 'char':
      return [unescaped(node.source), ...alphabet].filter((char) => char.length === 1 && counted.fits(node.source, char));
    case 'sequence': {
      const whole = witness(node, counted);
      return [...(whole === null ? [] : [whole]), ...node.items.flatMap((item) => rounds(item, counted))];
    }
    case 'choice':
      return node.items.flatMap((item) => rounds(item, counted));
    case 'repeat':
    case 'group':
      return rounds(node.item, counted);
    default:
      return [];
  }
}

/** The single-character nodes of an expression. */
function characters(node: Node): readonly string[] {
  if (node.kind === 'char') return [node.source];
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items.flatMap(characters);
  return 'item' in node ? characters(node.item) : [];
}

export function attacksOn(tree: Node, counted: Counted): readonly Attack[] {
  const attacks = new Map<string, Attack>();
  const sources = [...new Set(characters(tree))];
  // Of characters that no part of the expression tells apart one is enough.
  const alike = new Map<string, string>();
  const one = (text: string): string => {
    if (text.length !== 1) return text;
    const key = `${/\w/.test(text)} ${endsLine(text)} ${sources.map((source) => counted.fits(source, text)).join()}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, text);
    return known ?? text;
  };
  const visit = (node: Node, before: string): void => {
    if (node.kind === 'sequence') {
      let way = before;
      for (const item of node.items) {
        visit(item, way);
        way += witness(item, counted) ?? '';
      }
    } else if (node.kind === 'choice') for (const item of node.items) visit(item, before);
    else if (node.kind === 'group' || node.kind === 'look') visit(node.item, before);
    else if (node.kind === 'repeat') {
      if (node.max > 8) {
        for (const pump of new Set(rounds(node.item, counted).map(one))) {
          if (pump === '') continue;
          for (const start of new Set([before, '']))
            for (const after of new Set(ends.map(one)))
              attacks.set(JSON.stringify([start, pump, after]), { before: start, pump, after });
        }
      }
      visit(node.item, before);
    }
  };
  visit(tree, '');
  return [...attacks.values()];
}

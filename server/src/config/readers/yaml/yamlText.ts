/**
 * YAML as readers of configuration need it: nodes with places, aliases and merges followed, in bounded time on any text.
 * Nothing is ever turned into plain objects as a whole, so an alias bomb has nothing to unfold.
 */
import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import { goYamlText } from '../../text/goYaml.ts';
import type { LineIndex } from '../../text/lines.ts';
import type { Range } from '../../text/position.ts';
import { aliasProblem } from './aliasing.ts';
import { nestsDeeperThan } from './nesting.ts';

/** Nobody writes a longer one by hand, and the parser needs about two microseconds a character. */
export const maxYamlLength = 1_000_000;
/** The parser's time grows with the square of the depth, and no reader of such files needs more than a few dozen levels. */
const maxNesting = 1_000;
/** Compose and Kubernetes refuse far fewer; only a generated file nests merges deeper. */
const maxMergeDepth = 40;
/** Entries taken over by merges in one file; more comes from a bomb only. */
const maxMerges = 200_000;

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: Range;
  /** Null: nothing behind the colon. Aliases are resolved. */
  readonly value: Node | null;
  /** From the key to the end of the value. */
  readonly range: Range;
}

export interface YamlScalar {
  /** As Go's YAML reader would print it; null for `null`, `~` and nothing. */
  readonly text: string | null;
  readonly range: Range;
  readonly quote: 'none' | 'single' | 'double' | 'other';
}

export interface YamlFile {
  /** Roots of the documents, empty ones left out. */
  readonly roots: readonly Node[];
  readonly yaml: YamlNodes;
  /** Why nothing was read; null when it was. */
  readonly refused: string | null;
}

export class YamlNodes {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #targets = new Map<Alias, Node>();
  #merges = maxMerges;
  readonly #entries = new WeakMap<YAMLMap, readonly YamlEntry[]>();

  constructor(text: string, lines: LineIndex) {
    this.#text = text;
    this.#lines = lines;
  }

  /** Remembers which node every alias of a document stands for: the last one with its anchor before it. */
  index(root: Node): void {
    const anchors = new Map<string, Node>();
    visit(root, {
      Node: (_key, node) => {
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (target !== undefined) this.#targets.set(node, target);
        } else if (node.anchor !== undefined) {
          anchors.set(node.anchor, node as Node);
        }
      },
    });
  }

  get hasAliases(): boolean {
    return this.#targets.size > 0;
  }

  /** The node an alias stands for; null where its anchor is missing. */
  resolve(node: unknown): Node | null {
    if (!isAlias(node)) return isScalar(node) || isMap(node) || isSeq(node) ? (node as Node) : null;
    return this.#targets.get(node) ?? null;
  }

  /** The node without the whitespace and the comment behind it. */
  rangeOf(node: Node): Range {
    const [start, valueEnd] = node.range ?? [0, 0];
    let end = Math.max(start, Math.min(valueEnd, this.#text.length));
    while (end > start && /\s/.test(this.#text[end - 1] ?? '')) end--;
    return this.#lines.range(start, end);
  }

  range(start: number, end: number): Range {
    return this.#lines.range(start, end);
  }

  /** Entries of a map in order, merges (`<<`) in front of the own keys and without what these replace; empty for anything else. */
  entries(node: unknown): readonly YamlEntry[] {
    const map = this.resolve(node);
    return isMap(map) ? this.#entriesOf(map, 0, new Set()) : [];
  }

  #entriesOf(map: YAMLMap, depth: number, open: Set<YAMLMap>): readonly YamlEntry[] {
    const known = this.#entries.get(map);
    if (known !== undefined) return known;
    if (depth > maxMergeDepth || open.has(map)) return [];
    open.add(map);
    const own: YamlEntry[] = [];
    const merged: YamlEntry[] = [];
    for (const pair of map.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = pair.key as Node & { readonly value: unknown };
      const name = String(key.value ?? '');
      const value = this.resolve(pair.value);
      if (name === '<<') {
        for (const from of isSeq(value) ? value.items : [value]) {
          const source = this.resolve(from);
          if (!isMap(source)) continue;
          for (const inner of this.#entriesOf(source, depth + 1, open)) if (this.#merges-- > 0) merged.push(inner);
        }
        continue;
      }
      const keyRange = this.rangeOf(key);
      // What an alias stands for stands elsewhere; the entry is where the alias is written.
      const written = isAlias(pair.value) ? (pair.value as Node) : value;
      const end = written === null || isEmptyScalar(written) ? keyRange.end : this.rangeOf(written).end;
      own.push({ key: name, keyRange, value, range: { start: keyRange.start, end } });
    }
    open.delete(map);
    if (merged.length === 0) {
      this.#entries.set(map, own);
      return own;
    }
    const taken = new Set(own.map((entry) => entry.key));
    const inherited: YamlEntry[] = [];
    for (const entry of merged) {
      if (taken.has(entry.key)) continue;
      taken.add(entry.key);
      inherited.push(entry);
    }
    const all = [...inherited, ...own];
    this.#entries.set(map, all);
    return all;
  }

  /** The last entry of a name. */
  entry(node: unknown, key: string): YamlEntry | undefined {
    return this.entries(node).findLast((entry) => entry.key === key);
  }

  get(node: unknown, ...path: readonly string[]): Node | null {
    let at: Node | null = this.resolve(node);
    for (const key of path) at = this.entry(at, key)?.value ?? null;
    return at;
  }

  /** Items of a sequence, aliases resolved; empty for anything else. */
  items(node: unknown): readonly Node[] {
    const sequence = this.resolve(node);
    return isSeq(sequence) ? sequence.items.flatMap((item) => this.resolve(item) ?? []) : [];
  }

  scalar(node: unknown): YamlScalar | null {
    const found = this.resolve(node);
    if (!isScalar(found)) return null;
    const quotes = { QUOTE_SINGLE: 'single', QUOTE_DOUBLE: 'double', BLOCK_FOLDED: 'other', BLOCK_LITERAL: 'other' } as const;
    const type = found.type as keyof typeof quotes | 'PLAIN' | undefined;
    const quote = type === undefined || type === 'PLAIN' ? 'none' : quotes[type];
    // Compose: `!reset` takes the key away, whatever stands behind it.
    const gone = found.tag === '!reset';
    const isPlain = quote === 'none' && found.tag !== 'tag:yaml.org,2002:str';
    const text = gone ? null : isPlain ? goYamlText(found.source ?? '') : String(found.value ?? '');
    return { text, range: this.rangeOf(found as Node), quote };
  }

  /** Text of a scalar; null for anything else. */
  text(node: unknown): string | null {
    return this.scalar(node)?.text ?? null;
  }

  /** `!reset` and its like; null for a plain node. */
  tag(node: unknown): string | null {
    const tag = this.resolve(node)?.tag;
    return tag === undefined || tag.startsWith('tag:yaml.org,2002:') ? null : tag;
  }

  isMap(node: unknown): boolean {
    return isMap(this.resolve(node));
  }

  isSequence(node: unknown): boolean {
    return isSeq(this.resolve(node));
  }
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && (node.source ?? '') === '' && node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE';
}

/** Parses all documents of a text. Broken text gives what stands before and after the mistake. Never throws. */
export function readYaml(text: string, lines: LineIndex): YamlFile {
  const yaml = new YamlNodes(text, lines);
  if (text.length > maxYamlLength)
    return { roots: [], yaml, refused: `longer than ${maxYamlLength.toLocaleString('en')} characters` };
  if (nestsDeeperThan(text, maxNesting))
    return { roots: [], yaml, refused: `collections are nested more than ${maxNesting.toLocaleString('en')} levels deep` };
  try {
    const documents = parseAllDocuments(text, {
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      prettyErrors: false,
      intAsBigInt: false,
      merge: false,
    });
    const roots: Node[] = [];
    for (const document of Array.isArray(documents) ? documents : []) {
      const root = document.contents as Node | null;
      if (root === null) continue;
      yaml.index(root);
      const problem = yaml.hasAliases ? aliasProblem(root, (alias) => yaml.resolve(alias)) : null;
      if (problem !== null) return { roots: [], yaml, refused: problem };
      roots.push(root);
    }
    return { roots, yaml, refused: null };
  } catch (error) {
    // The parser recurses: nesting beyond its stack ends here.
    return { roots: [], yaml, refused: error instanceof RangeError ? 'nested too deeply' : 'not readable as YAML' };
  }
}

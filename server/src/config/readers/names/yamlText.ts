/** Variables and keys that compose files and manifests refer to, with the place of each name. */
import { CST, isMap, isScalar, Lexer, type Node, type Pair, visit } from 'yaml';
import type { LineIndex } from '../../text/lines.ts';
import { readYaml, type YamlNodes } from '../yaml/yamlText.ts';
import { expansionsIn, type FoundName } from './shellText.ts';
import type { FileMention, Mentions, NameUse } from './types.ts';

/** Everything of a YAML text but its comments, as offsets. */
function* spans(text: string): Generator<{ readonly from: number; readonly to: number }> {
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    // Marks of the lexer stand for no text.
    if (type === 'doc-mode' || type === 'flow-error-end' || type === 'scalar') {
      if (token.length === 1 && token.charCodeAt(0) < 0x20) continue;
    }
    if (type !== 'comment') yield { from: at, to: at + token.length };
    at += token.length;
  }
}

function* namesIn(text: string, find: (text: string, from: number, to: number) => Iterable<FoundName>): Generator<FoundName> {
  for (const { from, to } of spans(text)) yield* find(text, from, to);
}

function use(lines: LineIndex, { name, at }: FoundName, from: NameUse['from']): NameUse {
  return { name, range: lines.range(at, at + name.length), exact: true, writes: false, from, source: null };
}

/** `extends: {file}` of services and `include` of the whole file. */
function composeFiles(yaml: YamlNodes, roots: readonly Node[]): FileMention[] {
  const found: FileMention[] = [];
  const add = (kind: FileMention['kind'], node: Node | null): void => {
    const scalar = yaml.scalar(node);
    if (scalar?.text != null && scalar.text !== '') found.push({ kind, path: scalar.text, range: scalar.range });
  };
  for (const root of roots) {
    for (const { value } of yaml.entries(yaml.get(root, 'services'))) add('extends', yaml.get(value, 'extends', 'file'));
    for (const item of yaml.items(yaml.get(root, 'include'))) {
      if (!yaml.isMap(item)) add('include', item);
      for (const key of ['path', 'env_file']) {
        const value = yaml.get(item, key);
        for (const path of yaml.isSequence(value) ? yaml.items(value) : [value]) add('include', path);
      }
    }
  }
  return found;
}

export function composeMentions(text: string, lines: LineIndex): Mentions {
  const file = readYaml(text, lines);
  if (file.refused !== null) return { uses: [], files: [] };
  return {
    uses: [...namesIn(text, expansionsIn)].map((found) => use(lines, found, 'beside')),
    files: /\b(?:extends|include)\b/.test(text) ? composeFiles(file.yaml, file.roots) : [],
  };
}

const reference = /\$\(([A-Za-z_]\w*)\)/g;

function* references(text: string, from: number, to: number): Generator<FoundName> {
  const part = text.slice(from, to);
  for (const match of part.matchAll(reference)) {
    // `$$(NAME)` is an escape.
    if (part[match.index - 1] !== '$') yield { name: match[1] ?? '', at: from + match.index + 2 };
  }
}

const keyReferences: Readonly<Record<string, string>> = { configMapKeyRef: 'config-map', secretKeyRef: 'secret' };

export function kubernetesMentions(text: string, lines: LineIndex): Mentions {
  const uses = text.includes('$(') ? [...namesIn(text, references)].map((found) => use(lines, found, 'process')) : [];
  if (!text.includes('KeyRef')) return { uses, files: [] };
  const { roots, yaml } = readYaml(text, lines);
  const fromPair = (pair: Pair): void => {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const kind = keyReferences[key];
    if (kind === undefined || !isMap(pair.value)) return;
    const name = yaml.text(yaml.get(pair.value, 'name'));
    const wanted = yaml.scalar(yaml.get(pair.value, 'key'));
    if (name === null || wanted?.text == null || wanted.text === '') return;
    uses.push({ name: wanted.text, range: wanted.range, exact: true, writes: false, from: 'source', source: `${kind}:${name}` });
  };
  for (const root of roots) visit(root, { Pair: (_key, pair) => fromPair(pair) });
  return { uses, files: [] };
}

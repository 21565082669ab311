/** `Mesh(...)`, `JarvisLifespan(...)` and `agent.join_mesh(...)`: each becomes a declared process. */
import type { SyntaxNode } from '@lezer/common';
import type { ProcessDeclaration, ProcessKind } from '../../model/types.ts';
import type { DictContent, DictEntry, DictReader } from './dicts.ts';
import { type Argument, callArguments, children, dottedName, textOf } from './nodes.ts';
import type { PythonDocument } from './output.ts';
import { isMeantToFail, isOverwritten } from './overwritten.ts';
import type { Scope } from './scope.ts';

const constructors: Readonly<Record<string, ProcessKind>> = { Mesh: 'mesh', JarvisLifespan: 'lifespan' };
/** Positional parameters, jarviscore/core/mesh.py and core/agent.py of 3.0.0. */
const positional: Readonly<Partial<Record<ProcessKind, readonly string[]>>> = {
  mesh: ['config'],
  lifespan: ['agents'],
  'join-mesh': ['endpoint', 'seed_nodes', 'config'],
};

/** Which construct a call is, if any. */
function kindOfCall(output: PythonDocument, scope: Scope, call: SyntaxNode): ProcessKind | null {
  const callee = call.firstChild;
  if (callee === null) return null;
  const dotted = dottedName(output.module, callee);
  if (callee.name === 'MemberExpression' && callee.lastChild?.name === 'PropertyName') {
    if (textOf(output.module, callee.lastChild) === 'join_mesh') return 'join-mesh';
  }
  if (dotted === null) return null;
  const qualified = output.evaluator.qualified(callee) ?? dotted;
  const kind = constructors[qualified.split('.').at(-1) ?? ''];
  if (kind === undefined) return null;
  if (qualified.startsWith('jarviscore.')) return kind;
  // A half-typed or wildcard import leaves the name unbound; a class of the project with the same name does not.
  const first = dotted.split('.', 1)[0] ?? dotted;
  return !dotted.includes('.') && !scope.isBound(first) ? kind : null;
}

/** Where a further key goes into a display. New keys are written in front where a comment would otherwise be torn off. */
function insertionInto(output: PythonDocument, display: SyntaxNode): ProcessDeclaration['insertion'] {
  const { text } = output.module;
  const items = children(display).filter((child) => child.name !== '{' && child.name !== '}');
  const first = items[0];
  const last = items.at(-1);
  const at = (offset: number): { readonly at: ReturnType<PythonDocument['range']> } => ({ at: output.range(offset, offset) });
  if (first === undefined || last === undefined) return { ...at(display.from + 1), prefix: '', suffix: '' };
  const lineStart = first.from - output.range(first.from, first.from).start.character;
  const indent = text.slice(lineStart, first.from);
  const multiline = lineStart > display.from && /^[ \t]*$/.test(indent);
  const separator = multiline ? `\n${indent}` : ' ';
  const solid = items.filter((child) => child.name !== 'Comment');
  const end = solid.at(-1);
  if (end === undefined || last.name === 'Comment') return { ...at(first.from), prefix: '', suffix: `,${separator}` };
  return end.name === ','
    ? { ...at(end.to), prefix: separator, suffix: ',' }
    : { ...at(end.to), prefix: `,${separator}`, suffix: '' };
}

/** Where the missing `config={...}` goes. */
function insertionIntoCall(output: PythonDocument, call: SyntaxNode, kind: ProcessKind): ProcessDeclaration['insertion'] {
  const list = call.getChild('ArgList');
  if (kind === 'lifespan' || list === null || list.lastChild?.name !== ')') return null;
  const items = children(list).filter((child) => child.name !== '(' && child.name !== ')' && child.name !== 'Comment');
  const last = items.at(-1);
  const offset = last?.to ?? list.from + 1;
  const separator = last === undefined ? '' : last.name === ',' ? ' ' : ', ';
  return { at: output.range(offset, offset), prefix: `${separator}config={`, suffix: '}' };
}

function declare(
  output: PythonDocument,
  dicts: DictReader,
  call: SyntaxNode,
  kind: ProcessKind,
  ordinal: number,
  fallbackName: string,
): void {
  const id = `${kind}:${ordinal}`;
  const facts: Record<string, ProcessDeclaration['facts'][string]> = {};
  const fact = (name: string, from: number, value: SyntaxNode | null): void => {
    facts[name] = {
      range: output.range(from, value?.to ?? from),
      valueRange: value === null ? null : output.range(value.from, value.to),
      value: output.protect(output.evaluate(value), 'plain'),
    };
  };
  let content: DictContent | null = null;
  let open = false;
  const own: DictEntry[] = [];
  let index = 0;
  const parameter = (argument: Argument): string =>
    argument.keyword !== null ? textOf(output.module, argument.keyword) : (positional[kind]?.[index] ?? `#${index}`);
  for (const argument of callArguments(call)) {
    if (argument.spread !== '') {
      if (argument.spread === '**' && argument.value !== null && kind === 'lifespan') {
        const inner = dicts.read(argument.value);
        own.push(...inner.entries);
        open ||= inner.open;
      } else {
        open = true;
      }
      continue;
    }
    const name = parameter(argument);
    const from = argument.keyword?.from ?? argument.value?.from ?? call.from;
    if (argument.keyword === null) {
      fact(`#${index}`, from, argument.value);
      index++;
    }
    if (kind === 'lifespan') {
      if (argument.keyword === null || name === 'agents') continue;
      fact(name, from, argument.value);
      const { keyword } = argument;
      own.push({ key: name, name: { from: keyword.from, to: keyword.to }, from, value: argument.value });
      continue;
    }
    if (argument.keyword !== null || kind === 'join-mesh') fact(name, from, argument.value);
    if (name === 'config' && argument.value !== null) {
      // `Mesh("p2p")`: text in the place of the dict is a mistake of its own, not an unknown dict.
      const literal = argument.value.name === 'String';
      content = literal ? { entries: [], open: false, display: null } : dicts.read(argument.value);
    }
  }
  const entries = [...(content?.entries ?? []), ...own];
  for (const entry of entries) output.meshEntry(id, entry);

  const named = entries.findLast((entry) => entry.key === 'node_name');
  const name = named === undefined ? null : output.evaluate(named.value);
  const list = call.getChild('ArgList');
  output.processes.push({
    id,
    kind,
    name: name?.kind === 'literal' && typeof name.literal === 'string' && name.literal !== '' ? name.literal : fallbackName,
    range: output.range(call.from, list === null ? call.to : list.from + 1),
    insertion: content?.display
      ? insertionInto(output, content.display)
      : content === null
        ? insertionIntoCall(output, call, kind)
        : null,
    open: open || (content?.open ?? false),
    facts,
  });
}

/** Finds the processes of a module. `fileName` names those that have no `node_name`. */
export function readProcesses(output: PythonDocument, scope: Scope, dicts: DictReader, fileName: string): void {
  const calls: { readonly call: SyntaxNode; readonly kind: ProcessKind }[] = [];
  output.module.top.cursor().iterate((ref) => {
    if (ref.name !== 'CallExpression') return true;
    const kind = kindOfCall(output, scope, ref.node);
    if (kind !== null && !isMeantToFail(output.module, ref.node)) calls.push({ call: ref.node, kind });
    return true;
  });
  const stem = fileName.replace(/\.pyw?$/, '');
  const ordinals = new Map<ProcessKind, number>();
  const starts = calls.map(({ call }) => call.from);
  calls.forEach(({ call, kind }, i) => {
    const ordinal = ordinals.get(kind) ?? 0;
    ordinals.set(kind, ordinal + 1);
    declare(output, dicts, call, kind, ordinal, calls.length === 1 ? stem : `${stem}#${i + 1}`);
    if (isOverwritten(output.module, call, starts))
      output.marks.push({ name: 'overwritten', range: output.range(call.from, call.from), value: `${kind}:${ordinal}` });
  });
}

/** What a module does to the process environment, and the other facts of its text that rules ask for. */
import type { SyntaxNode } from '@lezer/common';
import { callArguments, children, dictPairs, textOf } from './nodes.ts';
import type { PythonDocument } from './output.ts';
import { stringParts, stringValue } from './strings.ts';

const markedMethods = new Set(['serve_forever', 'run_forever', 'notify', 'broadcast']);
const markedFlags = new Set(['requires_auth', 'p2p_responder', 'default_kernel_role']);

function environmentKey(output: PythonDocument, key: SyntaxNode, value: SyntaxNode | null): void {
  const source = textOf(output.module, key);
  const parts = stringParts(source);
  const name = stringValue(source);
  if (key.name !== 'String' || parts === null || name === null) return;
  output.environmentEntry({
    key: name,
    name: { from: key.from + parts.bodyStart, to: key.from + parts.bodyEnd },
    from: key.from,
    value,
  });
}

function environCall(output: PythonDocument, call: SyntaxNode, method: string): void {
  const given = callArguments(call);
  if (method === 'os.environ.setdefault' || method === 'os.putenv') {
    const [name, value] = given;
    if (name?.value == null) return;
    environmentKey(output, name.value, value?.value ?? null);
    if (method === 'os.environ.setdefault')
      output.mark('environ-setdefault', name.value, stringValue(textOf(output.module, name.value)));
    return;
  }
  for (const { keyword, value } of given) {
    if (keyword !== null) {
      output.environmentEntry({
        key: textOf(output.module, keyword),
        name: { from: keyword.from, to: keyword.to },
        from: keyword.from,
        value,
      });
    } else if (value !== null) {
      for (const pair of dictPairs(value) ?? []) if (pair.key !== null) environmentKey(output, pair.key, pair.value);
    }
  }
}

function loadDotenv(output: PythonDocument, call: SyntaxNode): void {
  let path = '';
  for (const [index, argument] of callArguments(call).entries()) {
    const keyword = argument.keyword === null ? null : textOf(output.module, argument.keyword);
    const evaluated = output.evaluate(argument.value);
    if (keyword === 'dotenv_path' || (keyword === null && index === 0)) {
      // Paths are mostly built from __file__; the last plain text in the expression is the file name then.
      const texts: string[] = [];
      argument.value?.cursor().iterate((ref) => {
        if (ref.name === 'String') texts.push(stringValue(textOf(output.module, ref.node)) ?? '');
      });
      path = evaluated.kind === 'literal' && typeof evaluated.literal === 'string' ? evaluated.literal : (texts.at(-1) ?? '?');
    } else if (keyword === 'override' && evaluated.kind === 'literal' && evaluated.literal === true) {
      output.mark('load_dotenv-override', call, null);
    }
  }
  output.mark('load_dotenv', call, path);
}

/** `mesh.add(Researcher)`, `mesh.add(Researcher())` */
function agentAdded(output: PythonDocument, call: SyntaxNode): void {
  const value = callArguments(call)[0]?.value;
  const name = value?.name === 'CallExpression' ? value.firstChild : value;
  const text = name?.name === 'VariableName' ? textOf(output.module, name) : '';
  if (name != null && /^[A-Z]/.test(text)) output.mark('agent-added', name, text);
}

/** `role = "researcher"` in the body of a class: what its agents announce. */
function agentRole(output: PythonDocument, definition: SyntaxNode, name: string): void {
  for (const statement of definition.getChild('Body')?.getChildren('AssignStatement') ?? []) {
    const parts = children(statement).filter((child) => child.name !== 'TypeDef');
    const [target] = parts;
    const value = parts.at(-1);
    if (target?.name !== 'VariableName' || textOf(output.module, target) !== 'role' || value === undefined) continue;
    const evaluated = output.evaluate(value);
    if (evaluated.kind !== 'literal' || typeof evaluated.literal !== 'string' || evaluated.literal === '') continue;
    output.mark('agent-role', statement, `${name} ${evaluated.literal}`);
  }
}

function readCall(output: PythonDocument, call: SyntaxNode): void {
  const callee = call.firstChild;
  if (callee === null) return;
  const name = output.evaluator.qualified(callee) ?? '';
  if (name === 'os.environ.setdefault' || name === 'os.environ.update' || name === 'os.putenv') environCall(output, call, name);
  else if (name === 'dotenv.load_dotenv' || name === 'load_dotenv' || name === 'dotenv.main.load_dotenv')
    loadDotenv(output, call);
  const property = callee.name === 'MemberExpression' ? callee.lastChild : null;
  if (property?.name === 'PropertyName') {
    const method = textOf(output.module, property);
    if (markedMethods.has(method)) output.mark(method, property, null);
    if (method === 'add') agentAdded(output, call);
  }
  const read = output.evaluator.environmentRead(call);
  if (read !== null) markRead(output, call, read.name);
}

/** The look-up, and the name in it where it is written there. */
function markRead(output: PythonDocument, node: SyntaxNode, name: string): void {
  output.mark('env-read', node, name);
  const text = textOf(output.module, node);
  const at = Math.max(text.indexOf(`"${name}"`), text.indexOf(`'${name}'`));
  if (at >= 0) {
    const from = node.from + at + 1;
    output.marks.push({ name: 'env-read-name', range: output.range(from, from + name.length), value: name });
  }
}

export function readEnvironment(output: PythonDocument): void {
  const { module } = output;
  module.top.cursor().iterate((ref) => {
    switch (ref.name) {
      case 'CallExpression':
        readCall(output, ref.node);
        return true;
      case 'AssignStatement': {
        const node = ref.node;
        const parts = children(node).filter((child) => child.name !== 'TypeDef');
        const target = parts[0];
        const value = parts.at(-1) ?? null;
        if (target === undefined) return true;
        const key = output.evaluator.environSubscript(target);
        if (key !== null) environmentKey(output, key, value?.name === 'AssignOp' ? null : value);
        const flag = target.name === 'VariableName' ? textOf(module, target) : '';
        if (markedFlags.has(flag)) output.mark(flag, node, value === null ? null : textOf(module, value).slice(0, 40));
        return true;
      }
      case 'MemberExpression': {
        const node = ref.node;
        const read = output.evaluator.environmentRead(node);
        const parent = node.parent;
        const written = parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from;
        if (read !== null && !written) markRead(output, node, read.name);
        return true;
      }
      case 'ClassDefinition': {
        const name = ref.node.getChild('VariableName');
        if (name !== null) output.mark('class', name, textOf(module, name));
        if (name !== null) agentRole(output, ref.node, textOf(module, name));
        return true;
      }
      case 'ImportStatement': {
        const node = ref.node;
        const names = textOf(module, node).match(/^(?:from\s+([\w.]+)|import\s+([\w.]+))/);
        const from = names?.[1] ?? names?.[2];
        if (from !== undefined && /^(?:jarviscore|swim|dotenv)(?:\.|$)/.test(from)) output.mark('import', node, from);
        return false;
      }
      default:
        return true;
    }
  });
}

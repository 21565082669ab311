/** What names mean in a module: imports, and which assignment a use refers to. */
import type { SyntaxNode } from '@lezer/common';
import { children, enclosingScope, type Module, textOf } from './nodes.ts';

interface BindingSite {
  readonly at: number;
  readonly scope: SyntaxNode;
  /** The assigned expression; null where the value cannot be known (parameter, loop, with, augmented). */
  readonly value: SyntaxNode | null;
  /** Inside `if`, a loop or `try`, so it may not run. */
  readonly conditional: boolean;
}

const branching = new Set(['IfStatement', 'ForStatement', 'WhileStatement', 'TryStatement', 'MatchStatement']);

function isConditional(node: SyntaxNode, scope: SyntaxNode): boolean {
  for (let at = node.parent; at !== null && !(at.from === scope.from && at.name === scope.name); at = at.parent) {
    if (branching.has(at.name)) return true;
  }
  return false;
}

/** Whether the branch runs when the file is started as a script, as the assignments below it then do. */
const sameScope = (a: SyntaxNode, b: SyntaxNode): boolean => a.from === b.from && a.to === b.to && a.name === b.name;

export interface Scope {
  /** The expression a name stands for where `use` is, or null with nothing known. */
  resolve(name: string, use: SyntaxNode): SyntaxNode | null;
  /** Dotted origin of an imported name (`jarviscore.Mesh`), or null where the name is not imported. */
  imported(name: string): string | null;
  /** The value a class body gives a name, the class and the name being assigned once; else null. */
  classAttribute(className: string, attribute: string): SyntaxNode | null;
  /** Defined or imported in this module. */
  isBound(name: string): boolean;
}

function importedNames(module: Module, node: SyntaxNode, add: (local: string, origin: string) => void): void {
  const nodes = children(node);
  let prefix = '';
  let names = nodes;
  if (nodes[0]?.name === 'from') {
    const split = nodes.findIndex((child) => child.name === 'import');
    const head = split < 0 ? nodes.slice(1) : nodes.slice(1, split);
    prefix = `${head.map((child) => textOf(module, child)).join('')}.`;
    names = split < 0 ? [] : nodes.slice(split + 1);
  } else {
    names = nodes.slice(1);
  }
  let path = '';
  for (let i = 0; i < names.length; i++) {
    const child = names[i];
    if (child?.name === 'VariableName') {
      path += textOf(module, child);
      const next = names[i + 1];
      if (next?.name === '.') {
        path += '.';
        i++;
        continue;
      }
      const alias = next?.name === 'as' ? names[i + 2] : undefined;
      if (alias?.name === 'VariableName') {
        add(textOf(module, alias), prefix + path);
        i += 2;
      } else if (prefix === '') {
        // `import a.b` binds `a`.
        const first = path.split('.', 1)[0] ?? path;
        add(first, first);
      } else {
        add(path, prefix + path);
      }
      path = '';
    } else if (child?.name === '*') {
      add('*', `${prefix}*`);
    }
  }
}

/** Reads all bindings of a module in one pass. */
export function readScope(module: Module): Scope {
  const sites = new Map<string, BindingSite[]>();
  const imports = new Map<string, string>();
  const defined = new Set<string>();
  const classes = new Map<string, SyntaxNode[]>();
  const add = (name: string, node: SyntaxNode, scope: SyntaxNode, value: SyntaxNode | null): void => {
    const list = sites.get(name) ?? [];
    list.push({ at: node.from, scope, value, conditional: isConditional(node, scope) });
    sites.set(name, list);
  };
  const targets = (node: SyntaxNode, scope: SyntaxNode, statement: SyntaxNode): void => {
    if (node.name === 'VariableName') add(textOf(module, node), statement, scope, null);
    else if (node.name === 'TupleExpression' || node.name === 'ArrayExpression' || node.name === 'ParenthesizedExpression') {
      for (const child of children(node)) targets(child, scope, statement);
    }
  };

  module.top.cursor().iterate((ref) => {
    switch (ref.name) {
      case 'ImportStatement':
        importedNames(module, ref.node, (local, origin) => imports.set(local, origin));
        return false;
      case 'AssignStatement': {
        const node = ref.node;
        const scope = enclosingScope(node);
        const parts = children(node).filter((child) => child.name !== 'TypeDef' && child.name !== 'Comment');
        const value = parts.at(-1);
        const last = parts.at(-2);
        const known = last?.name === 'AssignOp' && value !== undefined ? value : null;
        for (let i = 0; i < parts.length; i++) {
          const target = parts[i];
          if (target === undefined || target === known || target.name === 'AssignOp') continue;
          // `a, b = 1, 2` gives several targets without an operator between them.
          const simple =
            target.name === 'VariableName' && parts[i + 1]?.name === 'AssignOp' && (i === 0 || parts[i - 1]?.name === 'AssignOp');
          if (simple) add(textOf(module, target), node, scope, known);
          else targets(target, scope, node);
        }
        return true;
      }
      case 'UpdateStatement':
      case 'ForStatement':
      case 'WithStatement':
      case 'NamedExpression': {
        const node = ref.node;
        const scope = enclosingScope(node);
        for (const child of children(node)) {
          if (child.name === 'in' || child.name === 'UpdateOp' || child.name === 'Body' || child.name === 'AssignOp') break;
          targets(child, scope, node);
        }
        return true;
      }
      case 'ParamList': {
        const node = ref.node;
        const owner = node.parent;
        if (owner !== null) {
          for (const child of children(node)) if (child.name === 'VariableName') add(textOf(module, child), node, owner, null);
        }
        return true;
      }
      case 'FunctionDefinition':
      case 'ClassDefinition': {
        const name = ref.node.getChild('VariableName');
        if (name !== null) defined.add(textOf(module, name));
        if (name !== null && ref.name === 'ClassDefinition') {
          const known = classes.get(textOf(module, name)) ?? [];
          known.push(ref.node);
          classes.set(textOf(module, name), known);
        }
        return true;
      }
      default:
        return true;
    }
  });

  return {
    imported: (name) => imports.get(name) ?? null,
    classAttribute(className, attribute) {
      const [only, other] = classes.get(className) ?? [];
      if (only === undefined || other !== undefined || sites.has(className)) return null;
      // A base class (`BaseSettings`), a constructor, or what is set from outside decide what it holds in the end.
      const bases = only.getChild('ArgList');
      if (bases !== null && !/^\(\s*(?:object\s*)?\)$/.test(textOf(module, bases))) return null;
      if (/\bdef __(?:init|post_init|getattr|getattribute)__\b/.test(textOf(module, only))) return null;
      if (new RegExp(`[.]${attribute}[ \\t]*=(?!=)`).test(module.text)) return null;
      const here = (sites.get(attribute) ?? []).filter((site) => sameScope(site.scope, only));
      const [site] = here;
      return here.length !== 1 || site === undefined || site.conditional ? null : site.value;
    },
    isBound: (name) => imports.has(name) || defined.has(name) || sites.has(name),
    resolve(name, use) {
      const all = sites.get(name);
      if (all === undefined) return null;
      for (let scope = enclosingScope(use); ; ) {
        const here = all.filter((site) => sameScope(site.scope, scope));
        if (here.length > 0 && !(scope.name === 'ClassDefinition' && !sameScope(scope, enclosingScope(use)))) {
          if (here.length === 1) return here[0]?.value ?? null;
          // In the same block the last assignment before the use counts; seen from a function, the last of the module.
          const before = sameScope(scope, enclosingScope(use)) ? here.filter((site) => site.at < use.from) : here;
          const last = before.at(-1);
          return last === undefined || last.conditional ? null : last.value;
        }
        if (scope.parent === null) return null;
        scope = enclosingScope(scope);
      }
    },
  };
}

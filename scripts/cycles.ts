/**
 * Fails where files of this repository import each other in a circle. Imports of types alone leave no trace at run time and do
 * not count. The linter's own rule does this too, but makes it read every file for each file it is asked about.
 *
 *   node scripts/cycles.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** File -> files it imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const statement = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s*)?'([^']+)'/gm;

/** The specifiers a file imports for more than types. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(statement)].flatMap(([whole, path = '']) => {
    const names = /\{([^}]*)\}\s*from/.exec(whole)?.[1];
    const named = names?.split(',').map((each) => each.trim());
    const onlyTypes = named?.every((each) => each === '' || each.startsWith('type ')) === true && !/^\w+\s+\w+\s*,/.test(whole);
    return onlyTypes ? [] : [path];
  });
}

/** The circles of a graph: its strongly connected parts of more than one file, and files that import themselves. */
export function circles(graph: ImportGraph): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): void => {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? own, low.get(next) ?? own));
    }
    if (low.get(file) !== own) return;
    const part = stack.splice(stack.indexOf(file));
    if (part.length > 1 || graph.get(file)?.includes(file)) found.push(part.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const aliases: Readonly<Record<string, string>> = {
  '#schemas/': 'schemas/',
  '#server/': 'server/src/',
  '#client/': 'client/src/',
};

function resolved(from: string, path: string): string | null {
  const alias = Object.keys(aliases).find((each) => path.startsWith(each));
  if (alias !== undefined) return `${aliases[alias]}${path.slice(alias.length)}`;
  return path.startsWith('.')
    ? relative(root, join(root, dirname(from), path))
        .split(sep)
        .join('/')
    : null;
}

/** The import graph of this repository's own sources. */
export function repositoryGraph(): ImportGraph {
  const files = ['client', 'server', 'schemas', 'scripts', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.split(sep).join('/')}`)
      .filter((name) => name.endsWith('.ts') && !name.includes('node_modules/')),
  );
  return new Map(
    files.map((file) => [file, importsOf(readFileSync(join(root, file), 'utf8')).flatMap((path) => resolved(file, path) ?? [])]),
  );
}

if (import.meta.main) {
  for (const part of circles(repositoryGraph())) {
    console.error(`These files import each other in a circle:\n${part.map((file) => `  ${file}\n`).join('')}`);
    process.exitCode = 1;
  }
}

/**
 * Python sources: the constructions that make a process a node, and the environment they set. Parsed, never run.
 *
 * Marks: `requires_auth` (value: the literal), `serve_forever`, `run_forever`, `notify`, `broadcast`, `load_dotenv`
 * (value: the path or ''; `load_dotenv-override` beside it), `env-read` (value: the name), `environ-setdefault`
 * (value: the name), `import` (value: the module).
 */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Assignment, ProcessDeclaration, SourceDocument } from '../model/types.ts';
import { LineIndex } from '../text/lines.ts';
import type { ReaderContext } from './context.ts';
import { DictReader } from './python/dicts.ts';
import { readEnvironment } from './python/environment.ts';
import { Evaluator } from './python/evaluate.ts';
import type { Module } from './python/nodes.ts';
import { PythonDocument } from './python/output.ts';
import { readProcesses } from './python/processes.ts';
import { readScope } from './python/scope.ts';
import { readSuppressions } from './suppressions.ts';

/** Whether a text can declare anything; most Python files of a project have nothing to do with the framework. */
export function mentionsFramework(text: string): boolean {
  return text.includes('jarviscore') || text.includes('join_mesh') || text.includes('JarvisLifespan');
}

/** Reads one Python file. Half-typed text gives what can be read. */
export function readPython(uri: string, name: string, text: string, context: ReaderContext, template = false): SourceDocument {
  const lines = new LineIndex(text);
  let processes: readonly ProcessDeclaration[] = [];
  let assignments: readonly Assignment[] = [];
  let marks: SourceDocument['marks'] = [];
  if (mentionsFramework(text)) {
    const top: SyntaxNode = parser.parse(text).topNode;
    const module: Module = { text, top };
    const scope = readScope(module);
    const evaluator = new Evaluator(module, scope);
    const output = new PythonDocument(module, lines, evaluator, context);
    readProcesses(output, scope, new DictReader(module, scope, evaluator), name);
    readEnvironment(output);
    processes = output.processes;
    assignments = output.assignments;
    marks = output.marks;
  }
  return {
    uri,
    name,
    kind: 'python',
    template,
    assignments,
    processes,
    problems: [],
    suppressions: readSuppressions(text, lines),
    requirements: [],
    marks,
  };
}

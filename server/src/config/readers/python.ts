/**
 * Python sources: the constructions that make a process a node, and the environment they set. Parsed, never run.
 *
 * Marks: `requires_auth` (value: the literal), `serve_forever`, `run_forever`, `notify`, `broadcast`, `load_dotenv`
 * (value: the path or ''; `load_dotenv-override` beside it), `env-read` (value: the name), `env-read-name` (the name
 * inside it), `environ-setdefault`
 * (value: the name), `import` (value: the module), `class` (value: its name), `agent-added` (value: the class of
 * `mesh.add(...)`), `agent-role` (value: a class and, behind a space, the role its body gives it), `overwritten` (value: the id of a construction that is thrown away).
 */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Assignment, ProcessDeclaration, SourceDocument } from '../model/types.ts';
import { LineIndex } from '../text/lines.ts';
import type { ReaderContext } from './context.ts';
import { DictReader } from './python/dicts.ts';
import { readEnvironment } from './python/environment.ts';
import { Evaluator, type Imports } from './python/evaluate.ts';
import { rememberModule } from './python/modules.ts';
import type { Module } from './python/nodes.ts';
import { PythonDocument } from './python/output.ts';
import { readProcesses } from './python/processes.ts';
import { readScope } from './python/scope.ts';
import { readSuppressions } from './suppressions.ts';

/** Whether a text can declare anything; most Python files of a project have nothing to do with the framework. */
export function mentionsFramework(text: string): boolean {
  return text.includes('jarviscore') || text.includes('join_mesh') || text.includes('JarvisLifespan');
}

/**
 * Reads one Python file. Half-typed text gives what can be read.
 *
 * @param imports What names of other modules stand for; null: nobody can say, and they are unknown.
 */
export function readPython(
  uri: string,
  name: string,
  text: string,
  context: ReaderContext,
  template = false,
  imports: Imports | null = null,
): SourceDocument {
  const lines = new LineIndex(text);
  let processes: readonly ProcessDeclaration[] = [];
  let assignments: readonly Assignment[] = [];
  let marks: SourceDocument['marks'] = [];
  let wants = false;
  let isComment = (_offset: number): boolean => true;
  if (mentionsFramework(text)) {
    // No Python has a dollar outside a text; before an open bracket it makes the parser give up the call it stands in.
    const top: SyntaxNode = parser.parse(text.replaceAll('$', ' ')).topNode;
    isComment = (offset) => top.resolve(offset, 1).name === 'Comment';
    const module: Module = { text, top };
    const scope = readScope(module);
    const evaluator = new Evaluator(module, scope, imports);
    const output = new PythonDocument(module, lines, evaluator, context);
    readProcesses(output, scope, new DictReader(module, scope, evaluator), name);
    readEnvironment(output);
    processes = output.processes;
    assignments = output.assignments;
    marks = output.marks;
    wants = evaluator.wantsImports;
  }
  const document: SourceDocument = {
    uri,
    name,
    kind: 'python',
    template,
    assignments,
    processes,
    problems: [],
    suppressions: readSuppressions({ text, lines, kind: 'python', isComment }),
    requirements: [],
    marks,
  };
  rememberModule(document, { uri, name, text, context, template }, wants);
  return document;
}

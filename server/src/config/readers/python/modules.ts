/**
 * Constants that a Python file takes from another file of the workspace. Texts are kept for that here, and only here:
 * they may hold secrets.
 */
import { parser } from '@lezer/python';
import type { SourceDocument } from '../../model/types.ts';
import type { ReaderContext } from '../context.ts';
import { type Evaluated, Evaluator, type Imports } from './evaluate.ts';
import { readScope } from './scope.ts';

export interface PythonSource {
  readonly uri: string;
  readonly name: string;
  readonly text: string;
  readonly context: ReaderContext;
  readonly template: boolean;
}

/** Modules of constants are short. UTF-16 units. */
const maxModuleLength = 200_000;
/** A constant that comes through more modules than this is no configuration. */
const maxSteps = 8;

const sources = new WeakMap<SourceDocument, PythonSource>();
const waiting = new WeakSet<SourceDocument>();

/** @param wants The file uses names of other modules that this reading could not look up. */
export function rememberModule(document: SourceDocument, source: PythonSource, wants: boolean): void {
  if (source.text.length > maxModuleLength) return;
  sources.set(document, source);
  if (wants) waiting.add(document);
}

/** Whether reading it again with the other files at hand can tell more. */
export function wantsImports(document: SourceDocument): boolean {
  return waiting.has(document);
}

export function sourceOf(document: SourceDocument): PythonSource | undefined {
  return sources.get(document);
}

/** The document of a module as a file names it (`settings`, `.settings`, `app.settings`), or null. */
export type FindModule = (from: SourceDocument, module: string) => SourceDocument | null;

const evaluators = new WeakMap<SourceDocument, Evaluator>();

/** What the names a document imports stand for, as far as files of the workspace say it. */
export function importsOf(document: SourceDocument, find: FindModule, used: Set<SourceDocument>, steps = 0): Imports {
  return (origin) => {
    const dots = /^\.*/.exec(origin)?.[0] ?? '';
    const parts = origin.slice(dots.length).split('.');
    // `package.module.NAME`, `package.module.Class.name`: the longest part that is a file is the module.
    for (let length = parts.length - 1; length >= 1 && steps < maxSteps; length--) {
      const module = find(document, dots + parts.slice(0, length).join('.'));
      if (module === null || module === document) continue;
      used.add(module);
      return constantOf(module, parts.slice(length), find, used, steps + 1);
    }
    return null;
  };
}

function constantOf(
  document: SourceDocument,
  path: readonly string[],
  find: FindModule,
  used: Set<SourceDocument>,
  steps: number,
): Evaluated | null {
  const source = sources.get(document);
  if (source === undefined) return null;
  let evaluator = evaluators.get(document);
  if (evaluator === undefined) {
    const module = { text: source.text, top: parser.parse(source.text).topNode };
    evaluator = new Evaluator(module, readScope(module));
    evaluators.set(document, evaluator);
  }
  return evaluator.constant(path, importsOf(document, find, used, steps));
}

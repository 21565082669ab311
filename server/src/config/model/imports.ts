/** Python files read again where names they import from other files of the workspace can be looked up. */
import { rememberText } from '../readers/names/mentions.ts';
import { importsOf, sourceOf, wantsImports } from '../readers/python/modules.ts';
import { readPython } from '../readers/python.ts';
import { ancestors, folderOf } from './environments.ts';
import type { SourceDocument } from './types.ts';

interface Resolved {
  readonly modules: ReadonlySet<SourceDocument>;
  readonly document: SourceDocument;
}
const resolved = new WeakMap<SourceDocument, Resolved>();

/**
 * The file of a module. Python looks in the folder of the script first, then where the project is started or installed:
 * the folders above, and `src` in them.
 */
function findModule(
  documents: ReadonlyMap<string, SourceDocument>,
  roots: readonly string[],
  from: SourceDocument,
  module: string,
): SourceDocument | null {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const path = module.slice(dots).replaceAll('.', '/');
  let folder = folderOf(from.uri);
  for (let up = 1; up < dots; up++) folder = folderOf(folder);
  const folders = dots > 0 ? [folder] : [...ancestors(folder, roots)].flatMap((at) => [at, `${at}/src`]);
  for (const at of folders) {
    const found = documents.get(`${at}/${path}.py`) ?? documents.get(`${at}/${path}/__init__.py`);
    if (found?.kind === 'python') return found;
  }
  return null;
}

/** The documents, those that import constants with what these are. Documents that did not change keep their result. */
export function withImports(
  documents: ReadonlyMap<string, SourceDocument>,
  roots: readonly string[],
): ReadonlyMap<string, SourceDocument> {
  let changed: Map<string, SourceDocument> | null = null;
  for (const [uri, document] of documents) {
    if (!wantsImports(document)) continue;
    const known = resolved.get(document);
    const fresh = known !== undefined && [...known.modules].every((module) => documents.get(module.uri) === module);
    const result = known !== undefined && fresh && known.modules.size > 0 ? known : readAgain(document, documents, roots);
    resolved.set(document, result);
    if (result.document === document) continue;
    changed ??= new Map(documents);
    changed.set(uri, result.document);
  }
  return changed ?? documents;
}

function readAgain(document: SourceDocument, documents: ReadonlyMap<string, SourceDocument>, roots: readonly string[]): Resolved {
  const source = sourceOf(document);
  const modules = new Set<SourceDocument>();
  if (source === undefined) return { modules, document };
  const find = (from: SourceDocument, module: string): SourceDocument | null => findModule(documents, roots, from, module);
  const { uri, name, text, context, template } = source;
  const again = readPython(uri, name, text, context, template, importsOf(document, find, modules));
  if (modules.size === 0) return { modules, document };
  rememberText(again, text);
  return { modules, document: again };
}

/** Which programs read an env file because a deployment file tells them to. */
import { interpolationFiles } from './composeFilling.ts';
import { pathFolder } from './composePlaces.ts';
import type { EnvFileReader, EnvFileReference } from './deployment.ts';
import { findEnvFile, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { ResolvedUnit } from './units.ts';

function readerOf({ dialect, range, program }: EnvFileReference, { uri }: SourceDocument) {
  return { dialect, uri, range, ...(program === undefined ? {} : { program }) };
}

/** The programs that read env files because a deployment file tells them to. */
export function deploymentReaders(
  workspace: Workspace,
  resolved: readonly ResolvedUnit[],
): ReadonlyMap<string, readonly EnvFileReader[]> {
  const readers = new Map<string, EnvFileReader[]>();
  const add = (uri: string, reader: EnvFileReader): void => {
    const list = readers.get(uri) ?? [];
    list.push(reader);
    readers.set(uri, list);
  };
  const owner = new Map(resolved.flatMap((one) => one.parts.map((part) => [part.unit, `${one.document.uri}#${one.unit.id}`])));
  // The files of an instance are found by its name only.
  for (const { names, envFiles, declaration, document } of resolved) {
    if (names?.instance == null || !declaration.id.endsWith(`@${names.instance}`)) continue;
    for (const { document: file, reference, from } of envFiles)
      add(file.uri, { ...readerOf(reference, from), name: declaration.name, process: `${document.uri}#${declaration.id}` });
  }
  for (const document of workspace.documents.values()) {
    if (document.deployment === undefined) continue;
    const folder = pathFolder(document, workspace);
    for (const unit of document.deployment.units) {
      for (const reference of unit.envFiles) {
        const found = findEnvFile(workspace, folder, reference);
        if (found === null) continue;
        add(found.uri, { ...readerOf(reference, document), name: unit.name, process: owner.get(unit) ?? null });
      }
    }
    const [first] = document.kind === 'compose' ? document.deployment.interpolations : [];
    if (first === undefined) continue;
    for (const { uri } of interpolationFiles(document, workspace))
      add(uri, { dialect: 'compose', uri: document.uri, range: first.range, name: 'docker compose', process: null });
  }
  return readers;
}

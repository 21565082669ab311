/** Env files inside a container: built into its image, mounted from beside it, or held by a ConfigMap. */
import { folderOf, join } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { UnitPart } from './unitIndex.ts';
import type { PlacedPart } from './unitParts.ts';

/** An env file and its path in the container. */
export interface ContainerFile {
  readonly path: string;
  readonly document: SourceDocument;
}

/** The env files that a workload has from ConfigMaps, in the order of its mounts. */
export function configFilesOf(
  parts: readonly UnitPart[],
  configMaps: ReadonlyMap<string, UnitPart>,
  workspace: Workspace,
): readonly ContainerFile[] {
  return parts.flatMap(({ unit }) =>
    unit.mountedFiles.flatMap(({ configMap, entry, path }) => {
      const map = configMaps.get(`config-map:${configMap}`);
      return (map?.unit.files ?? []).flatMap((held): ContainerFile[] => {
        if (map === undefined || (entry !== null && held.name !== entry)) return [];
        const document =
          held.document ?? (held.path === null ? null : findDocument(workspace, folderOf(map.document.uri), held.path, false));
        if (document?.kind !== 'dotenv') return [];
        return [{ path: entry === null ? `${path.replace(/\/$/, '')}/${held.name}` : path, document }];
      });
    }),
  );
}

/** The one that `./.env` is. Where no file says in which folder the program starts, any `.env` is taken for it. */
export function startFile(files: readonly ContainerFile[], workingDirectory: string | null): SourceDocument | null {
  const folder = workingDirectory?.replace(/\/$/, '') ?? null;
  const found = files.findLast(({ path }) => (folder === null ? /\/\.env$/.test(path) : path === `${folder}/.env`));
  return found?.document ?? null;
}

/** Those a program names in `load_dotenv("...")`. */
export function loadedFiles(files: readonly ContainerFile[], program: SourceDocument | null): readonly SourceDocument[] {
  return (program?.marks ?? []).flatMap(({ name, value }) => {
    if (name !== 'load_dotenv' || value === null || value === '') return [];
    const end = `/${value.replace(/^(?:\.?\/)+/, '')}`;
    const found = files.findLast(({ path }) => (value.startsWith('/') ? path === value : path.endsWith(end)));
    return found === undefined ? [] : [found.document];
  });
}

/** The `.env` an image is built with (`COPY .env`), or that is mounted into the container. */
export function envFileInside(parts: readonly PlacedPart[], image: UnitPart | null, workspace: Workspace): SourceDocument | null {
  for (const part of parts.toReversed()) {
    const found = mountedEnvFile(part, workspace);
    if (found !== null) return found;
  }
  const built = parts.findLast((part) => part.unit.build !== null);
  const context = built?.unit.build == null ? null : join(built.folder, built.unit.build.context);
  if (image === null || context === null) return null;
  const copied = image.document.marks.find((mark) => mark.name === 'copy-env' && /(?:^|[\\/])\.env$/.test(mark.value ?? ''));
  const found = copied?.value == null ? null : findDocument(workspace, context, copied.value, false);
  return found?.kind === 'dotenv' ? found : null;
}

function mountedEnvFile({ unit, folder }: PlacedPart, workspace: Workspace): SourceDocument | null {
  for (const { source, target } of unit.mounts) {
    const found = source !== null && /(?:^|\/)\.env$/.test(target) ? findDocument(workspace, folder, source, false) : null;
    if (found?.kind === 'dotenv') return found;
  }
  return null;
}

/** From the paths deployment files name to the documents of the workspace. */
import { withoutEnd } from '../text/ends.ts';
import { encodePath } from '../text/uri.ts';
import type { DeploymentUnit, EnvFileReference } from './deployment.ts';
import { ancestors, join } from './environments.ts';
import type { SourceDocument } from './types.ts';

/** The documents of a model, looked up by URI. */
export interface Workspace {
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly roots: readonly string[];
}

function at(workspace: Workspace, uri: string | null): SourceDocument | null {
  if (uri === null) return null;
  return workspace.documents.get(uri) ?? workspace.documents.get(encodePath(uri)) ?? null;
}

/**
 * A path as written, from a folder. Files on the machine a unit is installed on stand at other paths than here: of an
 * absolute path as much of the end as possible must match, at or above the folder.
 *
 * @param upwards Relative paths are looked for above the folder too, where the working directory is not known.
 */
export function findDocument(workspace: Workspace, folder: string, path: string, upwards: boolean): SourceDocument | null {
  if (path === '' || /[*?%$]/.test(path)) return null;
  const home = path.replace(/^~[\\/]/, '/');
  const absolute = /^(?:[/\\]|[A-Za-z]:[\\/])/.test(home);
  if (!absolute) {
    for (const start of upwards ? ancestors(folder, workspace.roots) : [folder]) {
      const found = at(workspace, join(start, home));
      if (found !== null) return found;
    }
    return null;
  }
  const parts = home.split(/[\\/]/).filter((part) => part !== '' && !part.endsWith(':'));
  for (let from = 0; from < parts.length; from++) {
    const tail = parts.slice(from).join('/');
    for (const start of ancestors(folder, workspace.roots)) {
      const found = at(workspace, join(start, tail));
      if (found !== null) return found;
    }
  }
  return null;
}

/** Where the paths of a unit start: the build's folder and what is mounted, for what runs inside an image. */
function programFolders(workspace: Workspace, folder: string, unit: DeploymentUnit): string[] {
  if (unit.kind === 'compose-service') {
    const sources = [unit.build?.context, ...unit.mounts.map((mount) => mount.source)];
    const folders = sources.flatMap((source) => (source == null ? [] : (join(folder, source) ?? [])));
    return [...new Set([...folders, folder])];
  }
  return unit.kind === 'image' ? [folder] : [...ancestors(folder, workspace.roots)];
}

/** VS Code's own variable for the folder that holds `.vscode`: there every folder above is looked into. */
function inWorkspace(path: string): string {
  return path.replace(/^\$\{workspace(?:Folder|Root)(?::[^}]*)?\}(?:[\\/]|$)/, '');
}

/**
 * In this and what follows `folder` is what relative paths of a unit's lines stand against: the folder of its document,
 * for compose files that of their project (`pathFolder` of composePlaces.ts). A URI without a final slash.
 *
 * The env file beside a unit's working directory: `./.env` of what it starts. Undefined where the directory is not said
 * or lies outside of the workspace.
 */
export function envFileAtStart(workspace: Workspace, folder: string, unit: DeploymentUnit): SourceDocument | undefined {
  if (unit.workingDirectory === null) return undefined;
  const start = withoutEnd(inWorkspace(unit.workingDirectory.text), /[\\/]/);
  const found = findDocument(workspace, folder, start === '' ? '.env' : `${start}/.env`, true);
  return found?.kind === 'dotenv' && !found.template ? found : undefined;
}

/** The Python document a unit runs, where it is part of the workspace. */
export function findProgram(
  workspace: Workspace,
  folder: string,
  unit: DeploymentUnit,
  program: DeploymentUnit['program'],
): SourceDocument | null {
  if (program === null) return null;
  const module = program.path.replaceAll('.', '/');
  const paths = program.kind === 'file' ? [program.path] : [`${module}.py`, `${module}/__main__.py`, `src/${module}.py`];
  const folders = programFolders(workspace, folder, unit);
  const plain = paths.map(inWorkspace);
  const start = withoutEnd(inWorkspace(unit.workingDirectory?.text ?? ''), /[\\/]/);
  if (start !== '') {
    for (const path of plain.filter((one) => !/^(?:[/\\~]|[A-Za-z]:)/.test(one))) {
      for (const from of folders) {
        const found = findDocument(workspace, from, `${start}/${path}`, false);
        if (found?.kind === 'python') return found;
      }
    }
  }
  for (const from of folders) {
    for (const path of plain) {
      const found = findDocument(workspace, from, path, false);
      if (found?.kind === 'python') return found;
    }
  }
  return null;
}

/** The env file a reference means. */
export function findEnvFile(workspace: Workspace, folder: string, reference: EnvFileReference): SourceDocument | null {
  const path = inWorkspace(reference.path);
  const upwards = reference.dialect !== 'compose' || path !== reference.path;
  const found = findDocument(workspace, folder, path, upwards);
  return found?.kind === 'dotenv' ? found : null;
}

/** The Dockerfile an image is built from, with what it says about the image. */
export function findImage(
  workspace: Workspace,
  folder: string,
  unit: DeploymentUnit,
): { readonly document: SourceDocument; readonly unit: DeploymentUnit } | null {
  if (unit.build === null) return null;
  const context = join(folder, unit.build.context);
  const found = context === null ? null : at(workspace, join(context, unit.build.dockerfile));
  // The last stage is the image; the others only help to build it.
  const image = found?.deployment?.units.findLast((one) => one.kind === 'image');
  return found === null || image === undefined ? null : { document: found, unit: image };
}

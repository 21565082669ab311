/** Instances of systemd template units (`node@.service`): which of them the files show. */
import { fillSpecifiers, type UnitNames } from '../readers/systemd/specifiers.ts';
import { folderOf } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { UnitPart } from './unitIndex.ts';

/** Past this a folder of env files is data, not a fleet of units. */
const maxInstances = 200;

/** The names of a unit without an instance. */
export function namesOf(unit: UnitPart['unit']): UnitNames {
  const at = unit.name.indexOf('@');
  const instance = at < 0 || at === unit.name.length - 1 ? null : unit.name.slice(at + 1);
  return { instance, name: unit.name };
}

export function isTemplateUnit({ unit }: UnitPart): boolean {
  return unit.kind === 'unit' && unit.name.endsWith('@');
}

/** Instances that have an env file of their own, by the one place of `%i` in `EnvironmentFile=`. */
function byEnvFile(part: UnitPart, workspace: Workspace): string[] {
  // `common.env` beside `%i.env` is everybody's where the unit names it.
  const named = new Set(part.unit.envFiles.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  return part.unit.envFiles.flatMap(({ path }) => {
    const pieces = path.split(/%[iI]/);
    const [before = '', after = ''] = pieces;
    if (pieces.length !== 2 || /%/.test(before + after)) return [];
    const prefix = before.slice(before.lastIndexOf('/') + 1);
    if (after.includes('/')) return [];
    return [...workspace.documents.values()].flatMap((document) => {
      const { name } = document;
      const fits = name.length > prefix.length + after.length && name.startsWith(prefix) && name.endsWith(after);
      if (document.kind !== 'dotenv' || document.template || !fits || named.has(name)) return [];
      const instance = name.slice(prefix.length, name.length - after.length);
      const found = findDocument(workspace, folderOf(part.document.uri), `${before}${instance}${after}`, true);
      return found === document ? [instance] : [];
    });
  });
}

/** Drop-ins of one instance: `node@one.service.d/*.conf`. */
export function instanceDropIns(part: UnitPart, instance: string, deployments: readonly SourceDocument[]): UnitPart[] {
  const of = `${part.unit.name}${instance}.service`;
  const folder = folderOf(part.document.uri);
  return deployments
    .filter(({ uri, deployment }) => deployment?.dropInOf === of && folderOf(folderOf(uri)) === folder)
    .flatMap((document) => (document.deployment?.units ?? []).map((unit) => ({ document, unit })))
    .sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
}

function byDropIn(part: UnitPart, deployments: readonly SourceDocument[]): string[] {
  const start = part.unit.name;
  const folder = folderOf(part.document.uri);
  return deployments.flatMap(({ uri, deployment }) => {
    const of = deployment?.dropInOf?.replace(/\.service$/, '') ?? '';
    return of.startsWith(start) && of.length > start.length && folderOf(folderOf(uri)) === folder ? [of.slice(start.length)] : [];
  });
}

/** The instances the workspace shows; empty: none is known. */
export function instancesOf(part: UnitPart, workspace: Workspace, deployments: readonly SourceDocument[]): readonly string[] {
  const own = deployments.flatMap(({ name, kind }) =>
    kind === 'systemd' && name.startsWith(part.unit.name) && name.endsWith('.service')
      ? [name.slice(part.unit.name.length, -'.service'.length)]
      : [],
  );
  const found = new Set([...byEnvFile(part, workspace), ...byDropIn(part, deployments)]);
  // A file of an instance takes the place of the template.
  for (const instance of own) found.delete(instance);
  return [...found].sort().slice(0, maxInstances);
}

/** A path with its specifiers filled in; as written where they are not known. */
export function instancePath(path: string, names: UnitNames | null): string {
  return fillSpecifiers(path, names) ?? path;
}

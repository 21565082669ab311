/** Which units of deployment files are laid over which, and which are no processes of their own. */
import { composeRoles, onlyExtended } from './composeFiles.ts';
import type { DeploymentUnit } from './deployment.ts';
import { folderOf } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';

export interface UnitPart {
  readonly document: SourceDocument;
  readonly unit: DeploymentUnit;
}

/** The document of the unit a drop-in is for, and that unit. */
function dropInTarget(document: SourceDocument, workspace: Workspace): SourceDocument | null {
  const of = document.deployment?.dropInOf;
  if (of == null) return null;
  return workspace.documents.get(`${folderOf(folderOf(document.uri))}/${of}`) ?? null;
}

/** Which units belong together. */
export interface UnitIndex {
  readonly overlays: ReadonlyMap<DeploymentUnit, readonly UnitPart[]>;
  /** Units that are no processes of their own. */
  readonly absorbed: ReadonlySet<DeploymentUnit>;
  /** ConfigMaps and Secrets by `kind:name`. */
  readonly configMaps: ReadonlyMap<string, UnitPart>;
  readonly deployments: readonly SourceDocument[];
}

/** Manifests that a kustomization lays over others; of two that patch one workload each is an alternative. */
function patchDocuments(deployments: readonly SourceDocument[], workspace: Workspace): ReadonlyMap<SourceDocument, number> {
  const patches = new Map<SourceDocument, number>();
  for (const document of deployments) {
    for (const mark of document.marks) {
      if (mark.name !== 'kustomize-patch' || mark.value === null) continue;
      const found = findDocument(workspace, folderOf(document.uri), mark.value, false);
      if (found !== null) patches.set(found, patches.size);
    }
  }
  return patches;
}

/** Reads it off all deployment files of a workspace. */
export function indexUnits(deployments: readonly SourceDocument[], workspace: Workspace): UnitIndex {
  const overlays = new Map<DeploymentUnit, UnitPart[]>();
  const configMaps = new Map<string, UnitPart>();
  const absorbed = onlyExtended(deployments, workspace);
  const roles = composeRoles(deployments, workspace);
  const patches = patchDocuments(deployments, workspace);
  const place = (document: SourceDocument): number => roles.get(document)?.order ?? patches.get(document) ?? 0;
  const sorted = deployments.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const lay = (base: DeploymentUnit, part: UnitPart): void => {
    overlays.set(base, [...(overlays.get(base) ?? []), part]);
  };
  const workloads = patches.size === 0 ? null : workloadsByName(sorted.filter((document) => !patches.has(document)));
  for (const document of sorted) {
    const role = roles.get(document) ?? null;
    const target = role?.base ?? dropInTarget(document, workspace);
    for (const unit of document.deployment?.units ?? []) {
      if (unit.kind === 'config-map') configMaps.set(unit.id, { document, unit });
      if (document.deployment?.dropInOf != null) absorbed.add(unit);
      const base = patches.has(document)
        ? workloads?.get(unit.id)
        : target?.deployment?.units.find((one) => one.kind === unit.kind && (one.name === unit.name || role === null));
      if (base === undefined) continue;
      absorbed.add(unit);
      if (role === null || role.overlay) lay(base, { document, unit });
    }
  }
  // Patches of one workload in several kustomizations are its stages: none of them is what always runs.
  for (const [base, parts] of overlays) {
    const folders = new Set(parts.filter((part) => patches.has(part.document)).map((part) => folderOf(part.document.uri)));
    if (folders.size > 1)
      overlays.set(
        base,
        parts.filter((part) => !patches.has(part.document)),
      );
  }
  return { overlays, absorbed, configMaps, deployments };
}

function workloadsByName(documents: readonly SourceDocument[]): ReadonlyMap<string, DeploymentUnit> {
  const units = documents.flatMap((document) => document.deployment?.units ?? []);
  return new Map(units.filter((unit) => unit.kind === 'workload').map((unit) => [unit.id, unit]));
}

/** Which units of deployment files are laid over which, and which are no processes of their own. */
import { composePlaces } from './composePlaces.ts';
import { filesOfParts, indexServices } from './composeServices.ts';
import type { DeploymentUnit } from './deployment.ts';
import { folderOf } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { Stack } from './unitParts.ts';

export interface UnitPart {
  readonly document: SourceDocument;
  readonly unit: DeploymentUnit;
}

/** The name a drop-in folder has for a unit, the closest first: `a-b.service`, `a-.service`, `.service` (systemd.unit(5)). */
function dropInNames(unit: string): string[] {
  const stem = unit.replace(/\.service$/, '');
  const prefixes = [...stem.matchAll(/-/g)].map(({ index }) => stem.slice(0, index + 1)).filter((prefix) => prefix !== stem);
  return [stem, ...prefixes.toReversed(), ''].map((name) => `${name}.service`);
}

/** The drop-ins of the unit files of their folders, in the order in which they are applied. */
function dropIns(sorted: readonly SourceDocument[]): ReadonlyMap<SourceDocument, readonly SourceDocument[]> {
  const byFolder = new Map<string, SourceDocument[]>();
  for (const document of sorted) {
    if (document.deployment?.dropInOf == null) continue;
    const key = `${folderOf(folderOf(document.uri))}/${document.deployment.dropInOf}`;
    byFolder.set(key, [...(byFolder.get(key) ?? []), document]);
  }
  const found = new Map<SourceDocument, readonly SourceDocument[]>();
  if (byFolder.size === 0) return found;
  for (const document of sorted) {
    if (document.kind !== 'systemd' || document.deployment?.dropInOf !== null) continue;
    // Of equal names the folder that says more of the unit's name hides the others.
    const byName = new Map<string, SourceDocument>();
    for (const name of dropInNames(document.name))
      for (const one of byFolder.get(`${folderOf(document.uri)}/${name}`) ?? [])
        if (!byName.has(one.name)) byName.set(one.name, one);
    if (byName.size > 0)
      found.set(
        document,
        [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      );
  }
  return found;
}

/** Which units belong together. */
export interface UnitIndex {
  /** All parts of compose services that several files of a project make up. */
  readonly stacks: ReadonlyMap<DeploymentUnit, Stack>;
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
  const { stacks, absorbed: absorbedServices } = indexServices(workspace);
  const absorbed = new Set(absorbedServices);
  for (const document of filesOfParts(workspace).keys()) for (const unit of document.deployment?.units ?? []) absorbed.add(unit);
  const places = composePlaces(workspace);
  const patches = patchDocuments(deployments, workspace);
  const place = (document: SourceDocument): number => places.get(document)?.order ?? patches.get(document) ?? 0;
  const sorted = deployments.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const over = dropIns(sorted);
  const lay = (base: DeploymentUnit, part: UnitPart): void => {
    overlays.set(base, [...(overlays.get(base) ?? []), part]);
  };
  const workloads = patches.size === 0 ? null : workloadsByName(sorted.filter((document) => !patches.has(document)));
  for (const document of sorted) {
    for (const unit of document.deployment?.units ?? []) {
      if (unit.kind === 'config-map') configMaps.set(unit.id, { document, unit });
      if (document.deployment?.dropInOf != null) absorbed.add(unit);
      for (const dropIn of over.get(document) ?? [])
        for (const part of dropIn.deployment?.units ?? []) lay(unit, { document: dropIn, unit: part });
      const base = patches.has(document) ? workloads?.get(unit.id) : undefined;
      if (base === undefined) continue;
      absorbed.add(unit);
      lay(base, { document, unit });
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
  return { stacks, overlays, absorbed, configMaps, deployments };
}

function workloadsByName(documents: readonly SourceDocument[]): ReadonlyMap<string, DeploymentUnit> {
  const units = documents.flatMap((document) => document.deployment?.units ?? []);
  return new Map(units.filter((unit) => unit.kind === 'workload').map((unit) => [unit.id, unit]));
}

/** Services, units and images as rules ask about them. */

import { filesOfParts, projectServices } from '../../model/composeServices.ts';
import type { DeploymentUnit } from '../../model/deployment.ts';
import { wholeUnitOf } from '../../model/process.ts';
import type { SourceDocument, WorkspaceModel } from '../../model/types.ts';
import { mergedUnit } from '../../model/unitParts.ts';
import { withoutEnd } from '../../text/ends.ts';
import type { ProcessView } from '../processView.ts';

export interface PlacedUnit {
  readonly document: SourceDocument;
  readonly unit: DeploymentUnit;
}

/** Every unit of the workspace. */
export function* unitsOf(model: WorkspaceModel): Generator<PlacedUnit> {
  for (const document of model.documents.values()) {
    for (const unit of document.deployment?.units ?? []) yield { document, unit };
  }
}

/** The unit that declares a process; undefined for processes declared in Python or implied by an env file. */
export function unitOf(view: ProcessView): DeploymentUnit | undefined {
  // Python and env files, which nearly all processes are declared by, have none.
  if (view.document?.deployment === undefined) return undefined;
  // Of a template unit the instance stands behind the `@`.
  const id = view.process.declaration.id.replace(/@.*$/s, '');
  return view.document.deployment.units.find((unit) => unit.id === id);
}

/** The unit that declares a process with what other files of its project add: for what it lacks, not for where it stands. */
export function wholeOf(view: ProcessView): DeploymentUnit | undefined {
  return wholeUnitOf(view.process) ?? unitOf(view);
}

/** A unit with what other files add to it; null for one that is itself only part of another. */
export function wholeUnit({ document, unit }: PlacedUnit, model: WorkspaceModel): DeploymentUnit | null {
  if (unit.kind !== 'compose-service') return unit;
  if (filesOfParts(model).has(document)) return null;
  const parts = projectServices(document, model).get(unit.name)?.parts ?? [];
  const own = parts.filter((part) => !part.extended);
  return own.length === 0 || own[0]?.unit === unit ? mergedUnit(parts, unit) : null;
}

/** Whether the unit runs in a container of its own. */
export function isContainer(unit: DeploymentUnit | undefined): unit is DeploymentUnit {
  return unit?.kind === 'compose-service' || unit?.kind === 'workload';
}

/** Whether a path of the container lies on a mount. */
export function isMounted(unit: DeploymentUnit, path: string): boolean {
  return unit.mounts.some(({ target }) => {
    const folder = withoutEnd(target, /\//);
    return path === folder || path.startsWith(`${folder}/`);
  });
}

/**
 * What keeps a container from confining code: bubblewrap needs user namespaces and an unmasked /proc
 * (execution/isolation.py:104-160). Null: nothing is known to be in the way.
 */
export function confinementGap(unit: DeploymentUnit): string | null {
  if ((unit.options.privileged ?? []).some(({ text }) => text === 'true')) return null;
  const options = (unit.options.security_opt ?? []).map(({ text }) => text);
  const missing = [
    ...(options.some((text) => /^seccomp[:=]/.test(text)) ? [] : ['seccomp=unconfined (or a profile)']),
    ...(options.some((text) => /^systempaths[:=]unconfined$/.test(text)) ? [] : ['systempaths=unconfined']),
  ];
  return missing.length === 0 ? null : missing.join(' and ');
}

/** One model and its findings: documents of folders with equal settings. */
import { buildModel, type ModelOptions } from '../config/model/build.ts';
import type { Surroundings } from '../config/model/surroundings.ts';
import type { WorkspaceModel } from '../config/model/types.ts';
import type { Governance } from '../config/project/governance.ts';
import { type Checked, Checker } from '../config/rules/checker.ts';
import { causeOf } from './files.ts';
import type { Group, Groups } from './groups.ts';

export interface ScopeInput {
  readonly group: Group;
  readonly surroundings: Surroundings;
  readonly jarvisCore: boolean;
}

export interface Scope {
  /** What it was made of. */
  readonly group: Group;
  readonly model: WorkspaceModel;
  readonly checked: Checked;
  /** Takes the next model of the group. */
  readonly checker: Checker;
  readonly jarvisCore: boolean;
  /** A rule failed, so findings are missing. */
  readonly failed: boolean;
}

/** The model of a group, with what its project files say. */
export function modelOf(group: Group, governance: Governance, more: Pick<ModelOptions, 'set' | 'surroundings'>): WorkspaceModel {
  const { target, targetOrigin, profile } = group.settings;
  return buildModel(group.documents, {
    ...more,
    roots: group.roots,
    profile,
    hostOf: governance.hostOf,
    ...(target === '' ? {} : { target, targetOrigin }),
    ...(group.installed === null ? {} : { installed: group.installed }),
  });
}

/**
 * Builds the model and runs the rules. A rule that fails is logged; the model stays usable for hover and the sidebar.
 *
 * @param checker Of the same group before, which then looks again only at what changed.
 */
export function analyse(
  input: ScopeInput,
  groups: Groups,
  log: (level: 'error', text: string) => void,
  checker = new Checker(),
): Scope {
  const model = modelOf(input.group, groups.governance, { surroundings: input.surroundings });
  const { severitiesOf, isWhole } = groups;
  let checked: Checked = { findings: new Map(), changed: null };
  let failed = false;
  try {
    checked = checker.run(model, { severitiesOf, isWhole });
  } catch (error) {
    failed = true;
    log('error', `Checking failed: ${error instanceof Error ? (error.stack ?? error.message) : causeOf(error)}`);
  }
  return { group: input.group, model, checked, checker, jarvisCore: input.jarvisCore, failed };
}

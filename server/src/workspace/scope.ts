/** One model and its findings: documents of folders with equal settings. */
import { buildModel, type ModelOptions } from '../config/model/build.ts';
import type { Surroundings } from '../config/model/surroundings.ts';
import type { Finding, WorkspaceModel } from '../config/model/types.ts';
import type { Governance } from '../config/project/governance.ts';
import { check } from '../config/rules/engine.ts';
import { causeOf } from './files.ts';
import type { Group, Groups } from './groups.ts';

export interface ScopeInput extends Group {
  readonly surroundings: Surroundings;
  readonly jarvisCore: boolean;
}

export interface Scope {
  readonly model: WorkspaceModel;
  readonly findings: readonly Finding[];
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

/** Builds the model and runs the rules. A rule that fails is logged; the model stays usable for hover and the sidebar. */
export function analyse(input: ScopeInput, groups: Groups, log: (level: 'error', text: string) => void): Scope {
  const model = modelOf(input, groups.governance, { surroundings: input.surroundings });
  let findings: readonly Finding[] = [];
  let failed = false;
  try {
    findings = check(model, { severitiesOf: (uri) => groups.severitiesOf(uri), isWhole: (uri) => groups.isWhole(uri) });
  } catch (error) {
    failed = true;
    log('error', `Checking failed: ${error instanceof Error ? (error.stack ?? error.message) : causeOf(error)}`);
  }
  return { model, findings, jarvisCore: input.jarvisCore, failed };
}

/** One model and its findings: documents of folders with equal settings. */
import { buildModel } from '../config/model/build.ts';
import type { Finding, SourceDocument, WorkspaceModel } from '../config/model/types.ts';
import { check } from '../config/rules/engine.ts';
import { causeOf } from './files.ts';
import type { CheckSettings } from './settings.ts';

export interface ScopeInput {
  readonly roots: readonly string[];
  readonly settings: CheckSettings;
  readonly installed: string | null;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly jarvisCore: boolean;
}

export interface Scope {
  readonly model: WorkspaceModel;
  readonly findings: readonly Finding[];
  readonly jarvisCore: boolean;
}

/** Builds the model and runs the rules. A rule that fails is logged; the model stays usable for hover and the sidebar. */
export function analyse(input: ScopeInput, log: (level: 'error', text: string) => void): Scope {
  const { settings } = input;
  const model = buildModel(input.documents, {
    roots: input.roots,
    profile: settings.profile,
    ...(settings.target === '' ? {} : { target: settings.target }),
    ...(input.installed === null ? {} : { installed: input.installed }),
  });
  let findings: readonly Finding[] = [];
  try {
    findings = check(model, { severities: settings.severities });
  } catch (error) {
    log('error', `Checking failed: ${error instanceof Error ? (error.stack ?? error.message) : causeOf(error)}`);
  }
  return { model, findings, jarvisCore: input.jarvisCore };
}

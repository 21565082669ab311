/** What counts for a file: options of the command line, else `jarviscore-fleet.json`, else settings of the editor, else the defaults. */
import type { Configuration } from '#schemas/editor/messages.ts';
import { fleetFileName } from '#schemas/project/fleetFile.ts';
import type { Baseline } from '#schemas/report/baseline.ts';
import type { ProjectSettings } from '../config/model/project.ts';

/** What a person configured in the editor for one folder. */
export type CheckSettings = Pick<Configuration, 'target' | 'profile' | 'severities'>;

export const defaultCheckSettings: CheckSettings = { target: '', profile: 'development', severities: {} };

/** Findings that are accepted, and the folder the names in the file are relative to. */
export interface AcceptedFindings {
  readonly content: Baseline;
  /** Path of the folder. */
  readonly folder: string;
}

/** Options of the command line. Absent ones say nothing. */
export interface Flags {
  readonly target?: string;
  readonly profile?: CheckSettings['profile'];
  /** Null: no baseline counts, whatever a file says. */
  readonly baseline?: AcceptedFindings | null;
}

/** Documents with equal scope settings share a model. */
export interface ScopeSettings {
  /** Empty: found in the documents. */
  readonly target: string;
  readonly targetOrigin: string;
  readonly profile: CheckSettings['profile'];
}

export function scopeSettings(flags: Flags, project: ProjectSettings | null, folder: CheckSettings): ScopeSettings {
  const profile = flags.profile ?? project?.profile ?? folder.profile;
  if (flags.target !== undefined) return { target: flags.target, targetOrigin: 'chosen', profile };
  if (project?.target != null) return { target: project.target, targetOrigin: `set in ${fleetFileName}`, profile };
  return { target: folder.target, targetOrigin: 'chosen', profile };
}

/** Equal for settings that give the same model. */
export function scopeKey({ target, profile }: ScopeSettings, installed: string | null): string {
  return JSON.stringify([installed, target, profile]);
}

/** Equal for settings that give the same findings. */
export function settingsKey(settings: CheckSettings): string {
  const severities = Object.entries(settings.severities).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([settings.target, settings.profile, severities]);
}

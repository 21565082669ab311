/** What a person configured for one folder. */
import type { Configuration } from '#schemas/editor/messages.ts';

export type CheckSettings = Pick<Configuration, 'target' | 'profile' | 'severities'>;

export const defaultCheckSettings: CheckSettings = { target: '', profile: 'development', severities: {} };

/** Equal for settings that give the same findings. */
export function settingsKey(settings: CheckSettings): string {
  const severities = Object.entries(settings.severities).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([settings.target, settings.profile, severities]);
}

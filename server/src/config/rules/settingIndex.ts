/** Look-ups over the settings catalogue that rules and features share. */
import { type EffectKind, effectIn, inRange, type Release, type Setting, settings } from '#schemas/settings/catalogue.ts';

const byEnvironmentName = new Map<string, Setting>();
const byMeshKey = new Map<string, Setting>();
for (const setting of settings) {
  if (setting.envName !== null && !setting.envName.includes('<')) byEnvironmentName.set(setting.envName.toUpperCase(), setting);
  if (setting.meshKey !== null) byMeshKey.set(setting.meshKey, setting);
}

/** The setting an environment name belongs to, in any letter case (pydantic-settings reads names case-insensitively). */
export function settingOfVariable(name: string): Setting | undefined {
  return byEnvironmentName.get(name.toUpperCase());
}

/** The same for a name in upper case, where 100,000 of them are looked up. */
export function settingOfUpperName(key: string): Setting | undefined {
  return byEnvironmentName.get(key);
}

/** The setting a key of `Mesh(config={...})` belongs to; keys are case-sensitive Python names. */
export function settingOfMeshKey(key: string): Setting | undefined {
  return byMeshKey.get(key);
}

/** The setting of an assignment's name in its layer. */
export function settingOf(assignment: { readonly name: string; readonly layer: 'environment' | 'mesh' }): Setting | undefined {
  return assignment.layer === 'mesh' ? settingOfMeshKey(assignment.name) : settingOfVariable(assignment.name);
}

/** Environment name where there is one, else the Mesh key: the name messages use. */
export function displayName(setting: Setting): string {
  return setting.envName ?? setting.meshKey ?? '';
}

/** The name under which the model keeps a setting's resolution. */
export function modelName(setting: Setting): string {
  return setting.envName ?? (setting.meshKey ?? '').toUpperCase();
}

/** One name for a setting, whether a finding calls it by its environment name or by its Mesh key. */
export function canonicalName(name: string): string {
  return settingOfMeshKey(name)?.envName ?? name.toUpperCase();
}

/** Whether some reader of `release` knows the name at all. */
export function existsIn(setting: Setting, release: Release): boolean {
  let known = existing.get(release);
  if (known === undefined) {
    known = new Set(settings.filter(({ since, until }) => inRange(release, since, until)));
    existing.set(release, known);
  }
  return known.has(setting);
}

/** Comparing release numbers for every name of every document costs more than all that is done with the answer. */
const existing = new Map<Release, ReadonlySet<Setting>>();

/** What a release does with the setting; undefined where it does not know it. */
export function effectKind(setting: Setting, release: Release): EffectKind | undefined {
  let kinds = effectKinds.get(release);
  if (kinds === undefined) {
    kinds = new Map(settings.map((each) => [each, existsIn(each, release) ? effectIn(each, release)?.effect : undefined]));
    effectKinds.set(release, kinds);
  }
  return kinds.get(setting);
}

/** Rules ask for every name of every document. */
const effectKinds = new Map<Release, ReadonlyMap<Setting, EffectKind | undefined>>();

/**
 * The Mesh key under which code of a release finds the setting; null where it has none, or where what uses the setting
 * looks at a `Settings` object and never at the dict.
 */
export function dictKeyIn(setting: Setting, release: Release): string | null {
  if (setting.meshKey === null || !existsIn(setting, release)) return null;
  return /a Mesh dict key is not read/.test(effectIn(setting, release)?.note ?? '') ? null : setting.meshKey;
}

/** Fields of the framework's `Settings` class have both names; pydantic converts and rejects their text. */
export function isSettingsField(setting: Setting): boolean {
  return setting.envName !== null && setting.meshKey !== null;
}

/** Names of the SWIM package, read by its own parser. */
export function isSwimName(setting: Setting): boolean {
  return setting.envName?.startsWith('SWIM_') ?? false;
}

/** Whether code of the framework (not a container image or the command line) reads the name. */
export function readByFramework(setting: Setting, release: Release): boolean {
  const kind = effectKind(setting, release);
  return kind !== undefined && kind !== 'cli' && kind !== 'compose' && kind !== 'container';
}

/** Environment names a person may mean in `release`, for near-miss suggestions and completion. */
export function variablesOf(release: Release): readonly Setting[] {
  return settings.filter((setting) => setting.envName !== null && !setting.envName.includes('<') && existsIn(setting, release));
}

/** Keys `Mesh(config={...})` accepts in `release`. */
export function meshKeysOf(release: Release): readonly Setting[] {
  return settings.filter((setting) => setting.meshKey !== null && existsIn(setting, release));
}

/** `1.1.0 to 2.1.1`, `2.2.0 and later`, `every release`. */
export function describeRange(from: Release | null, to: Release | null): string {
  if (from === null && to === null) return 'every release';
  if (to === null) return `${from} and later`;
  if (from === null) return `up to ${to}`;
  return from === to ? from : `${from} to ${to}`;
}

/** The catalogue as one release sees it. */
import { defaultIn, type Effect, effectIn, type Release, type Setting, settings } from '#schemas/settings/catalogue.ts';
import { applied } from './applied.ts';
import type { Candidate, EffectiveSetting, Literal } from './types.ts';

export interface Field {
  readonly setting: Setting;
  readonly effect: Effect;
  /** Upper-case environment name; the Mesh key in upper case where there is none. */
  readonly name: string;
  /** A field of the release's `Settings` class: any letter case, typed, read from `./.env`. */
  readonly declared: boolean;
  readonly fallback: EffectiveSetting;
}

export interface ReleaseFields {
  readonly all: readonly Field[];
  /** By environment name in lower case. */
  readonly byEnvironment: ReadonlyMap<string, Field>;
  readonly byMeshKey: ReadonlyMap<string, Field>;
  /** The settings of a process that configures nothing. */
  readonly defaults: ReadonlyMap<string, EffectiveSetting>;
}

const cache = new Map<Release, ReleaseFields>();

function fieldOf(setting: Setting, effect: Effect, release: Release): Field | null {
  const name = (setting.envName ?? setting.meshKey ?? '').toUpperCase();
  // `JARVISCORE_<ANY_OTHER_SETTING>` describes a family of mistakes, not a name.
  if (name === '' || name.includes('<')) return null;
  const declared = effect.readBy.some((place) => place.endsWith('(declared)'));
  const state = applied({ effect, declared, release, origin: 'default', meshStart: true, exported: false });
  const candidate: Candidate = {
    origin: { kind: 'default', uri: null, range: null },
    value: { kind: 'literal', literal: defaultIn(setting, release) as Literal },
    typed: defaultIn(setting, release) as Literal,
    error: null,
    assignment: null,
    ...state,
  };
  return { setting, effect, name, declared, fallback: { name, meshKey: setting.meshKey, winner: candidate, chain: [candidate] } };
}

/** All settings a release knows. Cached: the catalogue does not change while the program runs. */
export function fieldsOf(release: Release): ReleaseFields {
  const known = cache.get(release);
  if (known !== undefined) return known;
  const all = settings.flatMap((setting) => {
    const effect = effectIn(setting, release);
    const field = effect === undefined ? null : fieldOf(setting, effect, release);
    return field === null ? [] : [field];
  });
  const fields: ReleaseFields = {
    all,
    byEnvironment: new Map(
      all.flatMap((field) => (field.setting.envName === null ? [] : [[field.setting.envName.toLowerCase(), field]])),
    ),
    byMeshKey: new Map(all.flatMap((field) => (field.setting.meshKey === null ? [] : [[field.setting.meshKey, field]]))),
    defaults: new Map(all.map((field) => [field.name, field.fallback])),
  };
  cache.set(release, fields);
  return fields;
}

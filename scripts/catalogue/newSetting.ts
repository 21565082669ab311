/** Entries for settings that no release before had, as far as sources tell. */
import type { Setting, SettingType } from '#schemas/settings/catalogue.ts';
import type { Extraction } from './extract.ts';

const secretName = /(?:^|_)(?:key|keys|secret|token|password|credential|credentials)$/i;

/** The catalogue's type for a Python annotation and a name. */
export function typeOf(annotation: string, name: string): SettingType {
  const bare = /^Optional\[(.*)\]$/.exec(annotation)?.[1] ?? annotation;
  if (bare === 'bool' || bare === 'float') return bare;
  if (bare === 'int') return /(?:^|_)port$/i.test(name) ? 'port' : 'int';
  if (bare.startsWith('Dict[')) return 'json';
  if (bare.startsWith('List[')) return 'list';
  if (secretName.test(name)) return 'secret';
  if (/(?:^|_)url$/i.test(name)) return 'url';
  return /(?:^|_)(?:dir|path|file)$/i.test(name) ? 'path' : 'string';
}

function blank(envName: string, release: string, type: SettingType): Omit<Setting, 'meshKey' | 'default' | 'effects'> {
  const secret = type === 'secret';
  return {
    envName,
    aliases: [],
    group: 'New',
    type,
    values: null,
    unit: null,
    min: null,
    max: null,
    rangeReason: null,
    secret,
    scope: secret ? 'secret' : 'shared',
    description: `New in ${release}.`,
    since: release,
    until: null,
    status: 'active',
    docs: { status: 'undocumented' },
  };
}

/** A field of class Settings. */
export function newField(envName: string, release: string, { fields, reads }: Extraction): Setting {
  const [meshKey, field] = Object.entries(fields).find(([, each]) => each.env === envName) ?? [];
  if (meshKey === undefined || field === undefined) throw new Error(`${envName} is no field of ${release}.`);
  const readBy = [...(reads[envName] ?? []), `jarviscore/config/settings.py:${field.line} (declared)`];
  const effects: Setting['effects'] = [{ from: release, to: null, effect: 'env', readBy }];
  return { ...blank(envName, release, typeOf(field.type, meshKey)), meshKey, default: field.default ?? null, effects };
}

/** A name that code reads from the environment by itself. Whether ./.env reaches it has been so since 2.2.0. */
export function newRead(envName: string, release: string, { reads }: Extraction): Setting {
  const note = 'read directly from the process environment; Mesh.start() exports ./.env first';
  const effects: Setting['effects'] = [{ from: release, to: null, effect: 'env', readBy: reads[envName] ?? [], note }];
  return { ...blank(envName, release, typeOf('str', envName)), meshKey: null, default: null, effects };
}

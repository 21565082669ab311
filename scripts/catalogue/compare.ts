/** What the catalogue says of a release, held against what was extracted from it. */
import { defaultIn, type Effect, effectIn, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import { fieldType } from '#server/config/model/pydantic.ts';
import type { Extraction } from './extract.ts';

/** Effects that stand for code reading an environment name by itself. */
const readEffects: readonly string[] = ['env', 'process-env', 'import-time', 'cli'];

export const isDeclared = (effect: Effect | undefined): boolean =>
  effect?.readBy.some((place) => place.endsWith('(declared)')) === true;

/** Whether a Python annotation is one that the catalogue's type stands for; JSON settings differ among themselves. */
export function annotationFits(setting: Setting, annotation: string): boolean {
  const bare = /^Optional\[(.*)\]$/.exec(annotation)?.[1] ?? annotation;
  const type = fieldType(setting);
  return type === 'json' ? bare.startsWith('Dict[') : bare === type;
}

/** JSON equality: numbers by value, objects by content. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export interface Difference {
  readonly kind: 'field added' | 'field gone' | 'default changed' | 'type changed' | 'key changed' | 'read added' | 'read gone';
  readonly name: string;
  readonly detail: string;
}

/**
 * What extraction and catalogue do not agree on.
 *
 * @param at release whose state of the catalogue is meant: the extracted one, or the one before when that is not yet known
 */
export function differences(settings: readonly Setting[], at: Release, extraction: Extraction): Difference[] {
  const found: Difference[] = [];
  const present = settings.filter((setting) => effectIn(setting, at) !== undefined);
  const declared = new Map(present.filter((each) => isDeclared(effectIn(each, at))).map((each) => [each.envName ?? '', each]));
  const fields = new Map(Object.entries(extraction.fields).map(([name, field]) => [field.env, { name, ...field }]));
  for (const [env, field] of fields) {
    const setting = declared.get(env);
    if (setting === undefined) {
      found.push({ kind: 'field added', name: env, detail: `${field.type} = ${JSON.stringify(field.default)}` });
      continue;
    }
    if (setting.meshKey !== field.name) {
      found.push({ kind: 'key changed', name: env, detail: `${setting.meshKey} -> ${field.name}` });
    }
    if (!annotationFits(setting, field.type)) {
      found.push({ kind: 'type changed', name: env, detail: `${setting.type} -> ${field.type}` });
    }
    const before = defaultIn(setting, at);
    if (!same(before, field.default)) {
      found.push({ kind: 'default changed', name: env, detail: `${JSON.stringify(before)} -> ${JSON.stringify(field.default)}` });
    }
  }
  for (const env of declared.keys()) if (!fields.has(env)) found.push({ kind: 'field gone', name: env, detail: '' });
  const known = new Set(present.map(({ envName }) => envName ?? ''));
  for (const [name, places] of Object.entries(extraction.reads)) {
    if (!known.has(name) && !fields.has(name)) found.push({ kind: 'read added', name, detail: places.join(', ') });
  }
  const names = new Set([...Object.keys(extraction.reads), ...extraction.mentions]);
  for (const setting of present) {
    const effect = effectIn(setting, at);
    if (effect === undefined || isDeclared(effect) || !readEffects.includes(effect.effect)) continue;
    const name = setting.envName ?? '';
    if (name !== '' && !names.has(name)) found.push({ kind: 'read gone', name, detail: effect.readBy.join(', ') });
  }
  return found;
}

/** Whether class Settings declares a setting in a release. */
export function declaredEffect(setting: Setting, release: Release): boolean {
  return isDeclared(effectIn(setting, release));
}

/** Whether a value changes anything against not being written at all. */
import { defaultIn, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import type { Value } from '../../model/types.ts';
import { readBool, readNumber } from './pydantic.ts';

/** Whether text or literal says the same as the default: then nothing changes when nobody applies it. */
export function equalsDefault(value: Value | null, setting: Setting, release: Release): boolean {
  if (value === null) return false;
  const expected = defaultIn(setting, release);
  if (value.kind === 'literal') return JSON.stringify(value.literal) === JSON.stringify(expected);
  if (value.kind !== 'text') return false;
  if (expected === null || expected === undefined) return value.text === '';
  if (typeof expected === 'boolean') return readBool(value.text) === expected;
  if (typeof expected === 'number') return readNumber(value.text) === expected;
  if (setting.type === 'enum') return value.text.trim().toLowerCase() === String(expected).toLowerCase();
  return value.text === String(expected);
}

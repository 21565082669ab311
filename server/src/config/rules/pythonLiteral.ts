/** Values as Python source, for fixes that move a setting into `Mesh(config={...})`. */
import type { Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment } from '../model/types.ts';
import { settingOfVariable } from './settingIndex.ts';
import { readBool, readNumber } from './values/pydantic.ts';

/** Text as a Python string literal; JSON's escapes are Python's too. */
export function pythonString(text: string): string {
  return JSON.stringify(text);
}

/** Text in the type of the setting; null where the text is no value of that type, or where no literal may be written. */
export function literalOf(setting: Setting, text: string): string | null {
  switch (setting.type) {
    case 'bool': {
      const value = readBool(text);
      return value === null ? null : value ? 'True' : 'False';
    }
    case 'int':
    case 'port':
    case 'float': {
      const value = readNumber(text);
      return value === null || !Number.isFinite(value) ? null : String(value);
    }
    case 'json':
    case 'dict':
    case 'secret':
      return null;
    default:
      return setting.secret ? null : pythonString(text);
  }
}

/** An environment assignment's value as Python source; null for secrets, unknown and unusable values. */
export function pythonLiteral(assignment: Assignment): string | null {
  const setting = settingOfVariable(assignment.name);
  const { value } = assignment;
  if (setting === undefined || value.kind !== 'text' || value.masked !== undefined) return null;
  return literalOf(setting, value.text);
}

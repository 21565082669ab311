/**
 * What pydantic 2 makes of text for the field types the framework's `Settings` uses (rules 0.5, held equal to the real
 * class by an interop test). Error texts never contain the value.
 */

import type { Setting } from '#schemas/settings/catalogue.ts';
import { withoutEnd } from '../text/ends.ts';
import { type PythonJson, pythonJson } from '../text/pythonJson.ts';
import type { Literal } from './types.ts';

export type FieldType = 'bool' | 'int' | 'float' | 'str' | 'json';

export type Converted = { readonly value: Literal } | { readonly error: string };

/** Inner types of the dict fields: config/settings.py of 3.0.0. */
const jsonShapes: Readonly<Record<string, readonly ['map' | 'map of maps', 'int' | 'float' | 'str']>> = {
  LLM_MODEL_OUTPUT_LIMITS: ['map', 'int'],
  LLM_LIMITS: ['map of maps', 'int'],
  LLM_PRICES: ['map of maps', 'float'],
  APPROVAL_ASSERTION_KEYS: ['map', 'str'],
};

/** The Python type of a `Settings` field; the catalogue's finer types are our own. */
export function fieldType(setting: Setting): FieldType {
  switch (setting.type) {
    case 'bool':
    case 'int':
    case 'float':
    case 'json':
      return setting.type;
    case 'port':
      return 'int';
    default:
      return 'str';
  }
}

/** Rust's `str::trim`, which pydantic-core applies to numbers: Unicode White_Space. */
function trim(text: string): string {
  const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  const rest = withoutEnd(text, space);
  let start = 0;
  while (start < rest.length && space.test(rest[start] ?? '')) start++;
  return rest.slice(start);
}

const trueWords = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const falseWords = new Set(['0', 'off', 'f', 'false', 'n', 'no']);

function toBool(text: string): Converted {
  // Only ASCII letters fold; `toLowerCase` would also turn U+212A into `k`.
  const word = /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : '';
  if (trueWords.has(word)) return { value: true };
  if (falseWords.has(word)) return { value: false };
  return { error: 'not a boolean: true/false, 1/0, on/off, yes/no, y/n, t/f are accepted' };
}

const notInt: Converted = { error: 'not an integer' };
const maxDigits = 4300;

function fromBigInt(value: bigint): Literal {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * pydantic-core's `str_as_int`: sign, single underscores, leading zeros and a decimal part of zeros are allowed. Behind
 * a leading zero it skips zeros and underscores up to the next digit or minus, so `0__1` is 1 and `0-1` is -1.
 */
function toInt(text: string): Converted {
  let digits = trim(text);
  let negative = false;
  if (digits.startsWith('+')) digits = digits.slice(1);
  else if (digits.startsWith('-')) {
    negative = true;
    digits = digits.slice(1);
  }
  const point = digits.indexOf('.');
  if (point >= 0) {
    if (point === 0 || !/^0+$/.test(digits.slice(point + 1))) return notInt;
    digits = digits.slice(0, point);
  }
  if (digits.startsWith('0')) {
    digits = digits.replace(/^[0_]+(?=[1-9-])/, '').replace(/^0[0_]*0$/, '0');
    if (digits.startsWith('-')) {
      if (negative) return notInt;
      negative = true;
      digits = digits.slice(1);
      // What follows that minus is parsed as it is.
      if (/^0./.test(digits) || digits.startsWith('__')) return notInt;
      if (digits.startsWith('_')) digits = digits.slice(1);
    }
  }
  if (!/^[0-9]+(?:_[0-9]+)*$/.test(digits)) return notInt;
  digits = digits.replaceAll('_', '');
  if (digits.length > maxDigits) return { error: `more than ${maxDigits} digits` };
  const value = BigInt(digits);
  return { value: fromBigInt(negative ? -value : value) };
}

const rustFloat = /^[+-]?(?:inf|infinity|nan|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?)$/i;

function toFloat(text: string): Converted {
  let number = trim(text);
  if (!rustFloat.test(number)) {
    // With underscores the text is taken as it is, surrounding whitespace included.
    if (!text.includes('_') || text.startsWith('_') || text.endsWith('_') || text.includes('__'))
      return { error: 'not a number' };
    number = text.replaceAll('_', '');
    if (!rustFloat.test(number)) return { error: 'not a number' };
  }
  const word = number.toLowerCase().replace(/^[+-]/, '');
  if (word === 'nan') return { value: Number.NaN };
  if (word.startsWith('inf')) return { value: number.startsWith('-') ? -Infinity : Infinity };
  return { value: Number(number) };
}

function item(value: PythonJson, type: 'int' | 'float' | 'str'): Converted {
  if (type === 'str') return typeof value === 'string' ? { value } : { error: 'not text' };
  if (typeof value === 'boolean') return { value: value ? 1 : 0 };
  if (typeof value === 'string') return type === 'int' ? toInt(value) : toFloat(value);
  if (typeof value === 'bigint') {
    if (type === 'int') return { value: fromBigInt(value) };
    const number = Number(value);
    return Number.isFinite(number) ? { value: number } : { error: 'not a number' };
  }
  if (value !== null && typeof value === 'object' && 'float' in value) {
    if (type === 'float') return { value: value.float };
    // A float stands for an integer where it is one and fits 64 bits.
    if (!Number.isInteger(value.float) || Math.abs(value.float) >= 2 ** 63) return { error: 'not an integer' };
    return { value: fromBigInt(BigInt(value.float)) };
  }
  return { error: type === 'int' ? 'not an integer' : 'not a number' };
}

function mapping(value: PythonJson, convert: (value: PythonJson) => Converted): Converted {
  if (!(value instanceof Map)) return { error: 'not a JSON object' };
  const result: Record<string, Literal> = {};
  for (const [key, inner] of value as ReadonlyMap<string, PythonJson>) {
    const converted = convert(inner);
    if ('error' in converted) return { error: `a value is ${converted.error.replace(/^a value is /, '')}` };
    // An own property even for `__proto__`.
    Object.defineProperty(result, key, { value: converted.value, enumerable: true, configurable: true, writable: true });
  }
  return { value: result };
}

/** Text of one source, decoded; null: the source gives nothing (`null` in JSON). */
export function decodeJson(text: string): { readonly json: PythonJson | null } | { readonly error: string } {
  const decoded = pythonJson(text);
  if (decoded === undefined)
    return { error: text === '' ? 'empty text is not JSON: remove the line or write {}' : 'not valid JSON' };
  return { json: decoded.value };
}

/** pydantic's `deep_update`: objects merge key by key, anything else replaces. */
export function mergeJson(weaker: PythonJson, stronger: PythonJson): PythonJson {
  if (!(weaker instanceof Map) || !(stronger instanceof Map)) return stronger;
  const merged = new Map<string, PythonJson>(weaker as ReadonlyMap<string, PythonJson>);
  for (const [key, value] of stronger as ReadonlyMap<string, PythonJson>) {
    const present = merged.get(key);
    merged.set(key, present === undefined ? value : mergeJson(present, value));
  }
  return merged;
}

/** Validates a decoded JSON setting. */
export function validateJson(envName: string, value: PythonJson): Converted {
  const [depth, type] = jsonShapes[envName] ?? ['map', 'str'];
  const leaf = (inner: PythonJson): Converted => item(inner, type);
  return mapping(value, depth === 'map' ? leaf : (inner) => mapping(inner, leaf));
}

/** Converts the text of an environment variable as the `Settings` field of that setting does. */
export function convertText(setting: Setting, text: string): Converted {
  switch (fieldType(setting)) {
    case 'bool':
      return toBool(text);
    case 'int':
      return toInt(text);
    case 'float':
      return toFloat(text);
    case 'json': {
      const decoded = decodeJson(text);
      if ('error' in decoded) return decoded;
      return decoded.json === null ? { value: null } : validateJson(setting.envName ?? '', decoded.json);
    }
    case 'str':
      return { value: text };
  }
}

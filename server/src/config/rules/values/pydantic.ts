/**
 * What the readers of the framework accept, as far as rules need it: pydantic for fields of `Settings` (measured with
 * pydantic 2.14), helper functions with their own words elsewhere.
 */

const trueWords = new Set(['true', '1', 'on', 'yes', 'y', 't']);
const falseWords = new Set(['false', '0', 'off', 'no', 'n', 'f']);

/** The words pydantic lists when it refuses a boolean. */
export const boolWords = 'true/false, 1/0, on/off, yes/no, y/n, t/f';

/** A boolean as pydantic reads text: any letter case, no space around it. Null: refused. */
export function readBool(text: string): boolean | null {
  const word = text.toLowerCase();
  if (trueWords.has(word)) return true;
  return falseWords.has(word) ? false : null;
}

/** What a person meant by a word pydantic refuses as a boolean; null when it is anybody's guess. */
export function intendedBool(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  const plain = readBool(word);
  if (plain !== null) return plain;
  if (['enabled', 'enable', 'ja', 'ein', 'oui', 'si', '2', 'active', 'wahr'].includes(word)) return true;
  if (['disabled', 'disable', 'nein', 'aus', 'none', 'null', 'inactive', 'never', '-1', 'falsch'].includes(word)) return false;
  return null;
}

const digits = String.raw`\d+(?:_\d+)*`;
const integer = new RegExp(String.raw`^\s*[+-]?${digits}(?:\.0+)?\s*$`);
const decimal = new RegExp(String.raw`^\s*[+-]?(?:${digits}(?:\.(?:${digits})?)?|\.${digits})(?:[eE][+-]?${digits})?\s*$`);
const special = /^\s*[+-]?(?:inf(?:inity)?|nan)\s*$/i;

/** Whether pydantic takes the text for an int: sign, leading zeros, single underscores and a zero fraction are fine. */
export function isInt(text: string): boolean {
  return integer.test(text);
}

/** Whether pydantic takes the text for a float; `inf` and `nan` count. */
export function isFloat(text: string): boolean {
  return decimal.test(text) || special.test(text);
}

/** The number, `NaN` and infinities included; null for text that is no number. */
export function readNumber(text: string): number | null {
  if (special.test(text)) {
    if (/nan/i.test(text)) return Number.NaN;
    return text.includes('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!decimal.test(text)) return null;
  return Number(text.trim().replaceAll('_', ''));
}

const factors: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
  day: 86400,
  days: 86400,
};
const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, days: 86400 };

/**
 * The number a person meant by `90s`, `5m`, `7,946` or `180_000ms`, in the unit of the setting.
 *
 * @param unit `s`, `ms` or `days`; null for counts, which take thousands separators only.
 */
export function intendedNumber(text: string, unit: string | null): number | null {
  const match = /^\s*([+-]?(?:[\d_]*\.\d+|[\d_]*\d))\s*([a-z]+)\s*$/i.exec(text);
  if (match !== null) {
    const value = Number((match[1] ?? '').replaceAll('_', ''));
    const from = factors[(match[2] ?? '').toLowerCase()];
    const to = unitSeconds[unit ?? ''];
    if (!Number.isFinite(value) || from === undefined || to === undefined) return null;
    return Number(((value * from) / to).toFixed(6));
  }
  if (/^\s*[+-]?\d{1,3}(?:,\d{3})+\s*$/.test(text)) return Number(text.replaceAll(',', ''));
  return null;
}

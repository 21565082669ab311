/** What Python makes of plain values. */
import type { Literal } from '../../model/types.ts';

/** Python's truth of a value. */
export function truthy(value: Literal): boolean {
  if (value === null || value === false || value === '' || value === 0 || value === 0n) return false;
  return typeof value !== 'object' || (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

/** `str()` of a value; null where that is not worth knowing. */
export function pythonText(value: Literal): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  return typeof value === 'object' ? null : String(value);
}

/** The result of a binary operator; undefined where only Python knows it. */
export function arithmetic(operator: string, a: Literal, b: Literal): Literal | undefined {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  if (operator === '+' && Array.isArray(a) && Array.isArray(b)) return [...a, ...b] as Literal;
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const result =
    operator === '+'
      ? a + b
      : operator === '-'
        ? a - b
        : operator === '*'
          ? a * b
          : operator === '//'
            ? Math.floor(a / b)
            : operator === '/'
              ? a / b
              : operator === '%'
                ? ((a % b) + b) % b
                : undefined;
  return result === undefined || !Number.isFinite(result) ? undefined : result;
}

/** `str(x)`, `int(x)` and their like; undefined for anything else. */
export function convert(callee: string, value: Literal): Literal | undefined {
  switch (callee) {
    case 'str':
      return pythonText(value) ?? undefined;
    case 'bool':
      return truthy(value);
    case 'int':
      if (typeof value === 'number') return Math.trunc(value);
      if (typeof value === 'boolean') return value ? 1 : 0;
      return typeof value === 'string' && /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value) ? Number(value.replaceAll('_', '')) : undefined;
    case 'float':
      if (typeof value === 'number') return value;
      return typeof value === 'string' && /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value)
        ? Number(value)
        : undefined;
    case 'list':
    case 'tuple':
      return Array.isArray(value) ? value : undefined;
    case 'dict':
      return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
    default:
      return undefined;
  }
}

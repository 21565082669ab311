/** JSON text as Python's `json.dumps` writes it by default, which is what every other member of a fleet sends. */
import type { JsonValue } from '#schemas/wire/swimLimits.ts';

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const shortEscapes = new Map([
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** A JSON string with everything beyond ASCII escaped as UTF-16 units (`ensure_ascii`). */
export function pythonString(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  let out = '"';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const short = shortEscapes.get(unit);
    if (short !== undefined) out += short;
    else if (unit >= 0x20 && unit <= 0x7e) out += text.charAt(index);
    else out += `\\u${unit.toString(16).padStart(4, '0')}`;
  }
  return `${out}"`;
}

/** A float as Python's `repr` prints it: never without a point or exponent, exponent form below 1e-4 and from 1e16. */
export function pythonFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    const digits = exponent.slice(1).padStart(2, '0');
    return `${mantissa}e${exponent.charAt(0)}${digits}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Any JSON value with Python's separators. Numbers keep JavaScript's form: an integer stays an integer. */
export function pythonJson(value: JsonValue): string {
  if (typeof value === 'string') return pythonString(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  const fields = Object.entries(value).map(([key, item]) => `${pythonString(key)}: ${pythonJson(item)}`);
  return `{${fields.join(', ')}}`;
}

/**
 * Plain scalars as compose decodes and prints them: go-yaml's resolver (go.yaml.in/yaml/v4, internal/libyaml/resolver.go)
 * and Go's `%v`. YAML 1.2 and other libraries differ: `012` is ten here, `1_000` a number, `yes` a text.
 */
import { withoutEnd } from './ends.ts';

const words: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...['true', 'True', 'TRUE'].map((word) => [word, 'true'] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, 'false'] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, 'NaN'] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, '+Inf'] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, '-Inf'] as const),
  ...['-0', '-0.0'].map((word) => [word, '-0'] as const),
]);

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const largest = 2n ** 64n - 1n;
const smallest = -(2n ** 63n);

/** `strconv.ParseInt` and `ParseUint` with base 0 and 64 bits; null for anything else. */
function integerText(text: string): string | null {
  const match = integer.exec(text);
  if (match === null) return null;
  const [, sign = '', hex, octal, binary, decimal] = match;
  const digits =
    hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : binary !== undefined ? `0b${binary}` : (decimal ?? '0');
  // Longer than any 64-bit number: not worth a conversion.
  if (digits.length > 70) return null;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  // Unsigned numbers have no sign.
  const fits = value >= smallest && value <= (sign === '' ? largest : -smallest - 1n);
  return fits ? value.toString() : null;
}

/** `%v` of a float64: the shortest digits, with an exponent below 1e-4 and from 1e6 on. */
function floatText(text: string): string | null {
  const value = Number(text);
  // Out of range is an error of the parser, and the scalar stays a text.
  if (!Number.isFinite(value)) return null;
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](?=.*(?:Z|:\d\d)$)(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)?$/;
const two = (number: number): string => String(number).padStart(2, '0');

/** A date as Go prints it; null for what is none, also `2001-02-30`. */
function timestampText(text: string): string | null {
  const match = timestamp.exec(text);
  if (match === null) return null;
  const numbers = [match[2], match[3], match[4] ?? match[9], match[5] ?? match[10], match[6] ?? match[11]].map((part) =>
    Number(part ?? 0),
  );
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const year = match[1] ?? '';
  const days = new Date(Date.UTC(2000 + (Number(year) % 400), month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return null;
  const fraction = withoutEnd(withoutEnd((match[7] ?? match[12] ?? '').slice(0, 10), /0/), /\./);
  const zone = match[8] === undefined || match[8] === 'Z' ? '+0000 UTC' : `${match[8]} ${match[8]}`.replaceAll(':', '');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${fraction} ${zone}`;
}

/** The text a container gets for a plain scalar; null: a name without a value. */
export function goYamlText(source: string): string | null {
  const first = source.charCodeAt(0);
  const digit = first >= 0x30 && first <= 0x39;
  // Nearly all scalars are words: only some letters begin one of the map.
  if (!digit && source !== '' && !'+-.yYnNtTfFoO~'.includes(source[0] ?? '')) return source;
  const word = words.get(source);
  if (word !== undefined) return word;
  if (source.startsWith('.')) return (float.test(source) ? floatText(source) : null) ?? source;
  if (!digit && first !== 0x2b && first !== 0x2d) return source;
  const date = timestampText(source);
  if (date !== null) return date;
  const bare = source.replaceAll('_', '');
  return integerText(bare) ?? (float.test(bare) ? floatText(bare) : null) ?? source;
}

/**
 * `${NAME}` and `${NAME:-default}` as python-dotenv 1.2.4 expands them (dotenv/variables.py and `resolve_variables`
 * in dotenv/main.py): also inside single quotes, no escape, no nesting, nothing else.
 */
export type InterpolationPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback: string | null };

/** Splits a decoded value. Linear: a `${` without its end is remembered instead of being searched again. */
export function splitInterpolation(value: string): InterpolationPart[] {
  const parts: InterpolationPart[] = [];
  let copied = 0;
  let search = 0;
  for (;;) {
    const open = value.indexOf('${', search);
    if (open < 0) break;
    const nameStart = open + 2;
    let i = nameStart;
    while (i < value.length && value[i] !== '}' && value[i] !== ':') i++;
    if (i === value.length) break;
    const name = value.slice(nameStart, i);
    let fallback: string | null = null;
    if (value[i] === ':') {
      // A name ends at the first colon, so only `:-` right there continues the match; no `${` before it can match either.
      if (value[i + 1] !== '-') {
        search = i;
        continue;
      }
      const close = value.indexOf('}', i + 2);
      if (close < 0) break;
      fallback = value.slice(i + 2, close);
      i = close;
    }
    if (open > copied) parts.push({ kind: 'text', text: value.slice(copied, open) });
    parts.push({ kind: 'variable', name, fallback });
    copied = i + 1;
    search = copied;
  }
  if (copied < value.length) parts.push({ kind: 'text', text: value.slice(copied) });
  return parts;
}

/**
 * All expanded values of a file together may have this many characters, as many as the largest file. Sixty lines that
 * each name the one before twice would have more than any memory; a Python process that reads them dies of it.
 */
export const maxExpandedLength = 20 * 1024 * 1024;

/** The values of a file expand to more than `maxExpandedLength`. */
export class ExpansionError extends Error {
  constructor() {
    super('the values refer to each other and expand to more than 20 million characters');
  }
}

/** Looks a name up: undefined when it is not there, null when it is there without a value. */
export type Lookup = (name: string) => string | null | undefined;

/**
 * Expands one value. A name without a value expands to nothing, also where a default is given.
 *
 * @throws ExpansionError
 */
export function interpolate(value: string, lookup: Lookup): string {
  if (!value.includes('${')) return value;
  let result = '';
  for (const part of splitInterpolation(value)) {
    if (part.kind === 'text') {
      result += part.text;
      continue;
    }
    const found = lookup(part.name);
    result += found === undefined ? (part.fallback ?? '') : (found ?? '');
    if (result.length > maxExpandedLength) throw new ExpansionError();
  }
  return result;
}

export interface Binding {
  readonly key: string;
  /** Decoded text before expansion; null for a name without a value. */
  readonly text: string | null;
}

/**
 * Expands all values of a file in order.
 *
 * @param fileWins true: as `dotenv_values()` and pydantic-settings (earlier keys of the file beat the environment);
 *   false: as `load_dotenv()` (the environment beats the file).
 * @returns One result per binding, duplicates kept.
 * @throws ExpansionError
 */
export function expandBindings(
  bindings: readonly Binding[],
  surrounding: Readonly<Record<string, string>>,
  fileWins: boolean,
): (string | null)[] {
  const seen = new Map<string, string | null>();
  const outside: Lookup = (name) => (Object.hasOwn(surrounding, name) ? surrounding[name] : undefined);
  const inside: Lookup = (name) => seen.get(name);
  const lookup: Lookup = fileWins
    ? (name) => (seen.has(name) ? inside(name) : outside(name))
    : (name) => outside(name) ?? inside(name);
  let left = maxExpandedLength;
  return bindings.map(({ key, text }) => {
    const value = text === null ? null : interpolate(text, lookup);
    if (value !== text) left -= value?.length ?? 0;
    if (left < 0) throw new ExpansionError();
    seen.set(key, value);
    return value;
  });
}

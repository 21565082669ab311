/** What the values of an env file refer to where compose reads it: `$NAME` too, which python-dotenv leaves alone. */
import type { DialectEntry } from '../text/dialects/reading.ts';
import type { LineIndex } from '../text/lines.ts';
import type { Dialect } from '../text/parseEnv.ts';
import { namesSecret, type ReaderContext } from './context.ts';

const reference = /\$\{?([A-Za-z_][A-Za-z0-9_]*)/g;

/** The names that compose replaces in each entry of a file; none where another program reads it. */
export function composeReferences(
  { text, lines }: { readonly text: string; readonly lines: LineIndex },
  dialect: Dialect,
  entries: readonly DialectEntry[],
): (readonly string[])[] {
  return entries.map(({ line }, i) => {
    if (dialect !== 'compose' || !text.includes('$')) return [];
    // Up to the next statement, because a quoted value spans lines.
    const next = entries[i + 1]?.line;
    const statement = text.slice(lines.startOf(line - 1), next === undefined ? undefined : lines.startOf(next - 1));
    // Nothing is filled in between single quotes.
    if (/^[^=:]*[=:][ \t]*'/.test(statement)) return [];
    return [...statement.matchAll(reference)].map((match) => match[1] ?? '');
  });
}

/**
 * Which entries take in a secret.
 *
 * @param names Whose values do already; those of the entries are added.
 */
export function takesSecrets(
  references: readonly (readonly string[])[],
  entries: readonly DialectEntry[],
  context: ReaderContext,
  names: Set<string>,
): boolean[] {
  return entries.map(({ key }, i) => {
    const takes = references[i]?.some((name) => names.has(name) || namesSecret(name, context));
    if (takes === true) names.add(key);
    return takes === true;
  });
}

const secretNames = new WeakMap<object, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** Remembers which of the values take in a secret. They are texts and go into no model; what they are put into has to know. */
export function withSecretNames<Values extends object>(values: Values, names: ReadonlySet<string>): Values {
  if (names.size > 0) secretNames.set(values, names);
  return values;
}

/** The names of values that take in a secret. */
export function secretNamesOf(values: object): ReadonlySet<string> {
  return secretNames.get(values) ?? none;
}

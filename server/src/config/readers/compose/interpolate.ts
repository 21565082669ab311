/** Values of compose files before and after `${NAME}` is replaced. The texts before stay in this module. */
import type { Interpolation } from '../../model/deployment.ts';
import type { Assignment, SourceDocument, Value } from '../../model/types.ts';
import { substitute, TemplateError, type TemplateLookup } from '../../text/dialects/composeTemplate.ts';
import type { Range } from '../../text/position.ts';
import { namesSecret, type ReaderContext } from '../context.ts';
import { markInherited } from '../deployment/inherited.ts';
import { secretNamesOf } from '../dotenvReferences.ts';

const reference = /\$(?:\$|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)(:?[-+?])?)/giu;
/** A value is a line; a longer one is generated, and a pattern must not run through it again and again. */
const maxTemplateLength = 20_000;

export interface Reference {
  readonly name: string;
  readonly operator: string;
}

/** The variables a text refers to, those in defaults included. */
export function referencesOf(text: string): Reference[] {
  if (!text.includes('$')) return [];
  const found: Reference[] = [];
  for (const match of text.matchAll(reference)) {
    const name = match[1] ?? match[2];
    if (name !== undefined) found.push({ name, operator: match[3] ?? '' });
  }
  return found;
}

export function interpolationsOf(text: string | null, range: Range, unit: string | null): Interpolation[] {
  return text === null ? [] : referencesOf(text).map((one) => ({ ...one, range, unit }));
}

export type Expanded = { readonly text: string } | { readonly why: string };

const nothing: TemplateLookup = () => undefined;

/** Replaces variables. A variable that no file sets and that has no default leaves the value unknown: the shell may set it. */
export function expand(text: string, lookup: TemplateLookup = nothing): Expanded {
  if (!text.includes('$')) return { text };
  if (text.length > maxTemplateLength) return { why: 'too long to be interpolated' };
  const missing = referencesOf(text).find(({ name, operator }) => operator === '' && lookup(name) === undefined);
  if (missing !== undefined) return { why: `depends on ${missing.name}, which no file sets` };
  try {
    return { text: substitute(text, lookup) };
  } catch (error) {
    if (error instanceof TemplateError) return { why: 'a required variable is not set in any file' };
    throw error;
  }
}

/** The text where it is known, else as written. */
export function expandOrKeep(text: string): string {
  const expanded = expand(text);
  return 'text' in expanded ? expanded.text : text;
}

interface Raw {
  /** Null: the name is passed through. */
  readonly text: string | null;
  readonly context: ReaderContext;
  /** It is an item of a list, or its map was laid over or under another. */
  readonly item: boolean;
}
const raws = new WeakMap<Assignment, Raw>();

const noNames: ReadonlySet<string> = new Set();

/**
 * The value of a text with variables as the model may hold it: one that takes in a secret is a secret.
 *
 * @param secret Variables that take in a secret, whatever their name.
 */
export function templateValue(
  name: string,
  text: string,
  context: ReaderContext,
  lookup: TemplateLookup = nothing,
  secret: ReadonlySet<string> = noNames,
): Value {
  const expanded = expand(text, lookup);
  if ('why' in expanded) return { kind: 'unknown', why: expanded.why };
  const own = context.environment(name);
  const takesSecret = referencesOf(text).some((one) => secret.has(one.name) || namesSecret(one.name, context));
  return context.protect(expanded.text, takesSecret && own === 'plain' ? 'secret' : own);
}

/**
 * An assignment whose value may contain variables; null text: the name is passed through.
 *
 * @param item Whether it is an item of a list, or of a map that is laid over another: compose makes a list of the two.
 */
export function templateAssignment(
  base: Omit<Assignment, 'value'>,
  text: string | null,
  context: ReaderContext,
  item: boolean,
): Assignment {
  const value: Value = text === null ? { kind: 'absent' } : templateValue(base.name, text, context);
  const assignment: Assignment = { ...base, value };
  if (text === null || text.includes('$')) raws.set(assignment, { text, context, item });
  return assignment;
}

/**
 * An assignment as another service has it that extends its service.
 *
 * @param item Whether that service has an environment of its own: compose makes a list of the two.
 */
export function inheritTemplate(assignment: Assignment, changes: Partial<Assignment>, item: boolean): Assignment {
  const copy = markInherited({ ...assignment, ...changes });
  const raw = raws.get(assignment);
  if (raw !== undefined) raws.set(copy, item ? { ...raw, item } : raw);
  return copy;
}

/** What values of a compose file take in. */
export interface Filling {
  /** What `${NAME}` and names alone in a list refer to: the env files of the file itself, or the shell. */
  readonly surrounding: Readonly<Record<string, string>>;
  /** What names alone in a map refer to: the env files of the project that is started or lays it over another, or the shell. */
  readonly alone: Readonly<Record<string, string>>;
}

/**
 * The assignments as env files (or the shell) fill them in. compose looks up the names alone of an included file's lists
 * while it reads that file, those of maps only in the whole project (compose-go, loader.ResolveEnvironment and Normalize).
 */
export function expandWithin(assignments: readonly Assignment[], { surrounding, alone }: Filling): readonly Assignment[] {
  if (!assignments.some((assignment) => raws.has(assignment))) return assignments;
  const within = (values: Readonly<Record<string, string>>): TemplateLookup => {
    return (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
  };
  const lookup = within(surrounding);
  return assignments.map((assignment) => {
    const raw = raws.get(assignment);
    if (raw === undefined) return assignment;
    const { name } = assignment;
    if (raw.text !== null)
      return { ...assignment, value: templateValue(name, raw.text, raw.context, lookup, secretNamesOf(surrounding)) };
    const given = (raw.item ? lookup : within(alone))(name);
    if (given === undefined) return assignment;
    const own = raw.context.environment(name);
    const takesSecret = secretNamesOf(raw.item ? surrounding : alone).has(name);
    return { ...assignment, value: raw.context.protect(given, takesSecret && own === 'plain' ? 'secret' : own) };
  });
}

/** Whether the document's values depend on the env file beside it. */
export function isInterpolated(document: SourceDocument): boolean {
  return document.deployment?.units.some((unit) => unit.assignments.some((assignment) => raws.has(assignment))) ?? false;
}

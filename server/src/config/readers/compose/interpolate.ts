/** Values of compose files before and after `${NAME}` is replaced. The texts before stay in this module. */
import type { Interpolation } from '../../model/deployment.ts';
import type { Assignment, SourceDocument, Value } from '../../model/types.ts';
import { substitute, TemplateError, type TemplateLookup } from '../../text/dialects/composeTemplate.ts';
import type { Range } from '../../text/position.ts';
import { type ReaderContext, soundsLikeSecret } from '../context.ts';
import { markInherited } from '../deployment/inherited.ts';

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
}
const raws = new WeakMap<Assignment, Raw>();

/** The value of a text with variables as the model may hold it: one that takes in a secret is a secret. */
export function templateValue(name: string, text: string, context: ReaderContext, lookup: TemplateLookup = nothing): Value {
  const expanded = expand(text, lookup);
  if ('why' in expanded) return { kind: 'unknown', why: expanded.why };
  const own = context.environment(name);
  const takesSecret = referencesOf(text).some((one) => context.environment(one.name) !== 'plain' && soundsLikeSecret(one.name));
  return context.protect(expanded.text, takesSecret && own === 'plain' ? 'secret' : own);
}

/** An assignment whose value may contain variables; null text: the name is passed through. */
export function templateAssignment(base: Omit<Assignment, 'value'>, text: string | null, context: ReaderContext): Assignment {
  const value: Value = text === null ? { kind: 'absent' } : templateValue(base.name, text, context);
  const assignment: Assignment = { ...base, value };
  if (text === null || text.includes('$')) raws.set(assignment, { text, context });
  return assignment;
}

/** An assignment as another service has it that extends its service. */
export function inheritTemplate(assignment: Assignment, changes: Partial<Assignment>): Assignment {
  const copy = markInherited({ ...assignment, ...changes });
  const raw = raws.get(assignment);
  if (raw !== undefined) raws.set(copy, raw);
  return copy;
}

/** The assignments as the file beside the compose file (or the shell) fills them in. */
export function expandWithin(
  assignments: readonly Assignment[],
  surrounding: Readonly<Record<string, string>>,
): readonly Assignment[] {
  if (!assignments.some((assignment) => raws.has(assignment))) return assignments;
  const lookup: TemplateLookup = (name) => (Object.hasOwn(surrounding, name) ? surrounding[name] : undefined);
  return assignments.map((assignment) => {
    const raw = raws.get(assignment);
    if (raw === undefined) return assignment;
    if (raw.text !== null) return { ...assignment, value: templateValue(assignment.name, raw.text, raw.context, lookup) };
    // A name alone takes the value of the shell or of the project's `.env` (compose-go, types.MappingWithEquals.Resolve).
    const given = lookup(assignment.name);
    if (given === undefined) return assignment;
    return { ...assignment, value: raw.context.protect(given, raw.context.environment(assignment.name)) };
  });
}

/** Whether the document's values depend on the env file beside it. */
export function isInterpolated(document: SourceDocument): boolean {
  return document.deployment?.units.some((unit) => unit.assignments.some((assignment) => raws.has(assignment))) ?? false;
}

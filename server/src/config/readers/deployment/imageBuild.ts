/**
 * What `ENV` of an image becomes when it is built: `${NAME}` is an earlier `ENV`, else an `ARG` with the value the build
 * was given or its default (Dockerfile reference, "ENV always overrides ARG"). The texts before and after stay in this
 * module, because they may be secret.
 */
import type { DeploymentUnit } from '../../model/deployment.ts';
import type { Assignment } from '../../model/types.ts';
import { expand, referencesOf, templateValue } from '../compose/interpolate.ts';
import { namesSecret, type ReaderContext } from '../context.ts';
import { secretNamesOf, withSecretNames } from '../dotenvReferences.ts';

/** One step of a stage, in order. `text`: before variables are filled in; null for `ARG NAME` without a default. */
export type BuildStep =
  | { readonly kind: 'env'; readonly assignment: Assignment; readonly text: string }
  | { readonly kind: 'arg'; readonly name: string; readonly text: string | null }
  /** A stage on top of another one keeps its variables and not its arguments. */
  | { readonly kind: 'stage' };

export interface BuildSteps {
  readonly steps: readonly BuildStep[];
  /** Defaults given before the first `FROM`; a stage sees them behind an `ARG NAME` of its own. */
  readonly early: ReadonlyMap<string, string>;
  readonly context: ReaderContext;
}

/** Longer values come from files that double them line by line. */
const maxLength = 20_000;

type Texts = Readonly<Record<string, string>>;

function replay({ steps, early, context }: BuildSteps, given: Texts): Assignment[] {
  const variables = new Map<string, string | null>();
  let args = new Map<string, string | null>();
  // Null: set, to something that cannot be known.
  const known = (name: string): string | null | undefined => (variables.has(name) ? variables.get(name) : args.get(name));
  const lookup = (name: string): string | undefined => known(name) ?? undefined;
  const filled = (text: string): string | null => {
    const expanded = expand(text, lookup);
    return 'text' in expanded && expanded.text.length <= maxLength ? expanded.text : null;
  };
  const assignments: Assignment[] = [];
  // What a secret went into is secret under any name.
  const tainted = new Set(secretNamesOf(given));
  const isTainted = (name: string): boolean => tainted.has(name) || namesSecret(name, context);
  for (const step of steps) {
    if (step.kind === 'stage') args = new Map();
    else if (step.kind === 'arg') {
      const inherited = step.text === null ? early.get(step.name) : step.text;
      const text = Object.hasOwn(given, step.name) ? given[step.name] : inherited;
      if (step.text !== null && referencesOf(step.text).some(({ name }) => isTainted(name))) tainted.add(step.name);
      if (text !== undefined) args.set(step.name, Object.hasOwn(given, step.name) ? text : filled(text));
    } else {
      const { assignment, text } = step;
      const result = filled(text);
      const takesSecret = referencesOf(text).some(({ name }) => isTainted(name));
      if (takesSecret) tainted.add(assignment.name);
      const value =
        takesSecret && result !== null && context.environment(assignment.name) === 'plain'
          ? context.protect(result, 'secret')
          : templateValue(assignment.name, text, context, lookup);
      variables.set(assignment.name, result);
      assignments.push({
        ...assignment,
        value: result === null && value.kind !== 'unknown' ? { kind: 'unknown', why: 'too long to be filled in' } : value,
      });
    }
  }
  return assignments;
}

const keptSteps = new WeakMap<DeploymentUnit, BuildSteps>();

/** The variables of an image built without arguments. */
export function builtAssignments(steps: BuildSteps): Assignment[] {
  return replay(steps, {});
}

export function rememberBuild(unit: DeploymentUnit, steps: BuildSteps): void {
  keptSteps.set(unit, steps);
}

interface Given {
  readonly name: string;
  /** Null: the value of the shell or the project's env file. */
  readonly text: string | null;
}
const keptArguments = new WeakMap<object, readonly Given[]>();

/** Keeps the arguments a service builds its image with. */
export function rememberArguments(build: NonNullable<DeploymentUnit['build']>, given: readonly Given[]): void {
  if (given.length > 0) keptArguments.set(build, given);
}

/** Whether a service builds its image with arguments. */
export function givesArguments(build: DeploymentUnit['build']): boolean {
  return build !== null && keptArguments.has(build);
}

/**
 * The variables of an image as a service builds it.
 *
 * @param surrounding What compose fills variables in from.
 */
export function assignmentsOfImage(
  image: DeploymentUnit,
  build: DeploymentUnit['build'],
  surrounding: Texts,
): readonly Assignment[] {
  const steps = keptSteps.get(image);
  const given = build === null ? undefined : keptArguments.get(build);
  if (steps === undefined || given === undefined) return image.assignments;
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  const secret = new Set<string>();
  const isSecret = (name: string): boolean => secretNamesOf(surrounding).has(name) || namesSecret(name, steps.context);
  for (const { name, text } of given) {
    if (text === null ? isSecret(name) : referencesOf(text).some((one) => isSecret(one.name))) secret.add(name);
    const own = Object.hasOwn(surrounding, name) ? surrounding[name] : undefined;
    const expanded =
      text === null ? own : expand(text, (one) => (Object.hasOwn(surrounding, one) ? surrounding[one] : undefined));
    if (typeof expanded === 'string') texts[name] = expanded;
    else if (expanded !== undefined && 'text' in expanded) texts[name] = expanded.text;
  }
  return replay(steps, withSecretNames(texts, secret));
}

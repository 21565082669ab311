/** `%i` and its like (systemd.unit(5), "SPECIFIERS"). The texts before they are filled in stay in this module. */
import type { Assignment, Value } from '../../model/types.ts';
import type { ReaderContext } from '../context.ts';

/** What systemd knows of a unit that files can tell: its names. */
export interface UnitNames {
  /** Behind the `@`, as in the name of the unit: `%i`; null where it is no instance, or not known of which. */
  readonly instance: string | null;
  /** The name without its suffix: `%N`. */
  readonly name: string;
}

/** `\\x2d` and `-` in unit names stand for `-` and `/` in what is meant (systemd-escape(1)). */
function unescaped(name: string): string {
  return name
    .replaceAll('-', '/')
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function specifier(letter: string, { instance, name }: UnitNames): string | null {
  switch (letter) {
    case 'i':
      return instance;
    case 'I':
      return instance === null ? null : unescaped(instance);
    case 'N':
      return name;
    case 'n':
      return `${name}.service`;
    case 'p':
      return name.split('@', 1)[0] ?? name;
    default:
      return null;
  }
}

/** The text with its specifiers filled in; null where one of them is known on the machine only. */
export function fillSpecifiers(text: string, names: UnitNames | null): string | null {
  if (!text.includes('%')) return text;
  let known = true;
  const filled = text.replace(/%(.?)/g, (_, letter: string) => {
    if (letter === '%') return '%';
    const value = names === null ? null : specifier(letter, names);
    known &&= value !== null;
    return value ?? '';
  });
  return known ? filled : null;
}

export function specifierValue(name: string, text: string, context: ReaderContext, names: UnitNames | null): Value {
  const known = fillSpecifiers(text, names);
  if (known === null) return { kind: 'unknown', why: 'systemd fills in a specifier (%)' };
  return context.protect(known, context.environment(name));
}

const raws = new WeakMap<Assignment, { readonly text: string; readonly context: ReaderContext }>();

export function rememberSpecifiers(assignment: Assignment, text: string, context: ReaderContext): Assignment {
  if (/%(?!%)/.test(text)) raws.set(assignment, { text, context });
  return assignment;
}

/** The assignments of one instance of a template unit (`node@one.service`). */
export function instanceAssignments(assignments: readonly Assignment[], names: UnitNames | null): readonly Assignment[] {
  if (names === null || !assignments.some((one) => raws.has(one))) return assignments;
  return assignments.map((one) => {
    const raw = raws.get(one);
    return raw === undefined ? one : { ...one, value: specifierValue(one.name, raw.text, raw.context, names) };
  });
}

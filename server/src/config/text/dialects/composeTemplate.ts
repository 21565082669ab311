/**
 * Variable substitution of Compose (compose-go `template`): `$NAME`, `${NAME}`, `${NAME:-default}` and the operators
 * `-`, `:+`, `+`, `:?`, `?`; `$$` is a dollar sign. Defaults may contain further variables.
 */
export type TemplateLookup = (name: string) => string | undefined;

export class TemplateError extends Error {}

/** A brace form reaches to the last `}` of its line; where its own brace closes is found afterwards. */
const pattern = /\$(?:(?<escaped>\$)|(?<named>[_a-z][_a-z0-9]*)|\{(?:(?<braced>[_a-z][_a-z0-9]*(?::?[-+?][^\n]*)?)\}|))/giu;
const bracedForm = /^\$\{(?<name>[_a-z][_a-z0-9]*)(?:(?<operator>:?[-+?])(?<rest>[^\n]*))?\}/iu;
/** Nobody nests defaults deeper; a generated file must not exhaust the stack. */
const maxDepth = 100;

/** Index of the `}` that closes the first `{`, or -1. The character after a `{` is never looked at. */
function closingBrace(text: string): number {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '}') {
      open--;
      if (open === 0) return i;
    }
    if (text[i] === '{') {
      open++;
      i++;
    }
  }
  return -1;
}

function braced(form: string, lookup: TemplateLookup, depth: number): string {
  const groups = bracedForm.exec(form)?.groups;
  const name = groups?.name;
  if (name === undefined) throw new TemplateError('the text after "${" is not a variable');
  const operator = groups?.operator;
  const argument = groups?.rest ?? '';
  const value = lookup(name);
  if (operator === undefined) return value ?? '';
  const present = value !== undefined && (!operator.startsWith(':') || value !== '');
  switch (operator.at(-1)) {
    case '-':
      return present ? value : substitute(argument, lookup, depth + 1);
    case '+':
      return present ? substitute(argument, lookup, depth + 1) : (value ?? '');
    default: {
      if (present) return value;
      const reason = substitute(argument, lookup, depth + 1);
      throw new TemplateError(`required variable ${name} is missing a value${reason === '' ? '' : `: ${reason}`}`);
    }
  }
}

/** @throws TemplateError where Compose refuses the file. */
export function substitute(text: string, lookup: TemplateLookup, depth = 0): string {
  if (!text.includes('$')) return text;
  if (depth > maxDepth) throw new TemplateError('defaults are nested too deeply');
  return text.replace(pattern, (match: string) => {
    if (match === '$$') return '$';
    if (match.startsWith('${')) {
      const close = closingBrace(match);
      if (close < 0) return braced(match, lookup, depth);
      return braced(match.slice(0, close + 1), lookup, depth) + substitute(match.slice(close + 1), lookup, depth + 1);
    }
    return lookup(match.slice(1)) ?? '';
  });
}

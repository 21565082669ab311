/** The regular expressions that TypeScript sources build with `new RegExp(...)`. */
import { runInNewContext } from 'node:vm';

interface Construction {
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

const quoted =
  /^(?:'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)/;

/** The text of a call's arguments, up to the parenthesis that ends them. */
function argumentsAt(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    const word = /["'`/]/.test(char) ? quoted.exec(text.slice(at))?.[0] : undefined;
    if (word !== undefined) at += word.length - 1;
    else if (char === '(') depth++;
    else if (char === ')' && depth-- === 0) return text.slice(from, at);
  }
  throw new Error('A call stays open.');
}

/** Constants of the file that hold a text or an expression. */
function constantsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { 1: name = '', 2: raw = '', index, 0: head } of text.matchAll(
    /\bconst (\w+)(?:: \w+)? = (String\.raw)?(?=['"`/])/g,
  )) {
    const value = quoted.exec(text.slice(index + head.length))?.[0];
    if (value !== undefined) found.set(name, raw + value);
  }
  return found;
}

/** All ways to choose one value for each name. */
function choices(values: Readonly<Record<string, readonly string[]>>): readonly Readonly<Record<string, string>>[] {
  return Object.entries(values).reduce<readonly Readonly<Record<string, string>>[]>(
    (all, [name, given]) => all.flatMap((one) => given.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/**
 * @param parameters Values for names that are no constants of the file.
 * @throws ReferenceError for an expression that is made of anything else.
 */
export function constructionsOf(text: string, parameters: Readonly<Record<string, readonly string[]>>): Construction[] {
  const constants = constantsOf(text);
  return [...text.matchAll(/\bRegExp\(/g)].flatMap(({ index, 0: call }) => {
    const given = argumentsAt(text, index + call.length);
    const used = [...constants].filter(([name]) => new RegExp(`\\b${name}\\b`).test(given));
    const declared = used.map(([name, value]) => `const ${name} = ${value};`).join('\n');
    const line = text.slice(0, index).split('\n').length;
    return choices(parameters).map((values) => {
      const built = runInNewContext(`${declared}\nRegExp(${given})`, { ...values }) as RegExp;
      return { line, source: built.source, flags: built.flags };
    });
  });
}

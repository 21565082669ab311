/** How much work a backtracking engine has with a regular expression, counted in characters it looks at. */
import type { Node } from './parse.ts';

type Next = (at: number) => boolean;
/** Tries to match from a place, and goes on with `next`; false: every way has been tried. */
type Matcher = (at: number, next: Next) => boolean;

/** Thrown past the limit: of exponential work nobody waits for the end. */
export class TooMuch extends Error {}

export interface Counted {
  /** Runs a search over the whole text, as `exec` does. @throws TooMuch */
  search(text: string, limit: number): number;
  /** Whether a search finds something. */
  matches(text: string): boolean;
  /** Whether a character matches a single-character node. */
  fits(source: string, char: string): boolean;
}

/** Where `^` and `$` of expressions over several lines match (ECMAScript, LineTerminator). */
export const endsLine = (char: string | undefined): boolean => char !== undefined && /[\n\r\u2028\u2029]/.test(char);

export function counted(tree: Node, flags: string): Counted {
  const tests = new Map<string, Map<string, boolean>>();
  const mode = flags.replace(/[gyd]/g, '');
  let text = '';
  let steps = 0;
  let limit = 0;
  let captures: (readonly [number, number] | undefined)[] = [];

  const fits = (source: string, char: string): boolean => {
    let known = tests.get(source);
    if (known === undefined) {
      known = new Map();
      tests.set(source, known);
    }
    let answer = known.get(char);
    if (answer === undefined) {
      answer = new RegExp(`^(?:${source})$`, mode.replace('m', '')).test(char);
      known.set(char, answer);
    }
    return answer;
  };
  const count = (): void => {
    if (++steps > limit) throw new TooMuch();
  };
  const isWord = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);
  const holds = (source: string, at: number): boolean => {
    if (source === '^') return at === 0 || (flags.includes('m') && endsLine(text[at - 1]));
    if (source === '$') return at === text.length || (flags.includes('m') && endsLine(text[at]));
    return (isWord(text[at - 1]) !== isWord(text[at])) === (source === '\\b');
  };
  const repeat = (item: Matcher, min: number, max: number, lazy: boolean): Matcher => {
    const from = (done: number, at: number, next: Next): boolean => {
      count();
      const again = (): boolean =>
        done < max && item(at, (end) => (end === at && done >= min ? false : from(done + 1, end, next)));
      if (done < min) return again();
      return lazy ? next(at) || again() : again() || next(at);
    };
    return (at, next) => from(0, at, next);
  };
  const compile = (node: Node): Matcher => {
    switch (node.kind) {
      case 'char':
        return (at, next) => {
          count();
          const char = text[at];
          return char !== undefined && fits(node.source, char) && next(at + 1);
        };
      case 'anchor':
        return (at, next) => holds(node.source, at) && next(at);
      case 'sequence':
        return node.items.map(compile).reduceRight<Matcher>(
          (rest, item) => (at, next) => item(at, (end) => rest(end, next)),
          (at, next) => next(at),
        );
      case 'choice': {
        const items = node.items.map(compile);
        return (at, next) => items.some((item) => item(at, next));
      }
      case 'repeat':
        return repeat(compile(node.item), node.min, node.max, node.lazy);
      case 'group': {
        const item = compile(node.item);
        return (at, next) => {
          const before = captures[node.number];
          const matched = item(at, (end) => {
            captures[node.number] = [at, end];
            return next(end);
          });
          if (!matched) captures[node.number] = before;
          return matched;
        };
      }
      case 'reference':
        return (at, next) => {
          const [start, end] = captures[node.number] ?? [0, 0];
          const same = text.slice(start, end);
          for (let i = 0; i <= same.length; i++) count();
          return text.startsWith(same, at) && next(at + same.length);
        };
      case 'look': {
        const item = compile(node.item);
        const matches = (at: number): boolean => {
          if (!node.behind) return item(at, () => true);
          // An engine reads backwards from here, so of a text of one length it looks at no other place.
          const width = widthOf(node.item);
          if (width !== null) return at >= width && item(at - width, (end) => end === at);
          for (let start = at; start >= 0; start--) if (item(start, (end) => end === at)) return true;
          return false;
        };
        return (at, next) => matches(at) !== node.negative && next(at);
      }
    }
  };
  const matcher = compile(tree);
  const find = (given: string, most: number): boolean => {
    text = given;
    limit = most;
    steps = 0;
    for (let start = 0; start <= text.length; start++) {
      captures = [];
      count();
      if (matcher(start, () => true)) return true;
      // Sticky expressions look at one place, and an engine does not try `^` anywhere else.
      if (flags.includes('y') || (!flags.includes('m') && startsAtStart(tree))) break;
    }
    return false;
  };
  return {
    fits,
    matches: (given) => find(given, 1_000_000),
    search: (given, most) => {
      find(given, most);
      return steps;
    },
  };
}

/** How many characters it always matches; null where that differs. */
function widthOf(node: Node): number | null {
  switch (node.kind) {
    case 'char':
      return 1;
    case 'anchor':
    case 'look':
      return 0;
    case 'group':
      return widthOf(node.item);
    case 'sequence':
    case 'choice': {
      const widths = node.items.map(widthOf);
      const [first = 0] = widths;
      if (node.kind === 'choice') return widths.every((width) => width === first) ? first : null;
      return widths.reduce<number | null>((sum, width) => (sum === null || width === null ? null : sum + width), 0);
    }
    case 'repeat': {
      const width = widthOf(node.item);
      return width === null || node.min !== node.max ? null : width * node.min;
    }
    case 'reference':
      return null;
  }
}

/** Whether it can match at the start of the text only. */
function startsAtStart(node: Node): boolean {
  if (node.kind === 'anchor') return node.source === '^';
  if (node.kind === 'sequence') return node.items[0] !== undefined && startsAtStart(node.items[0]);
  if (node.kind === 'choice') return node.items.every(startsAtStart);
  return node.kind === 'group' && startsAtStart(node.item);
}

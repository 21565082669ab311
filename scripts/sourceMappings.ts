/** Source maps, as far as coverage needs them: which source line each piece of a script comes from. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digitValues = new Map([...digits].map((digit, value) => [digit, value]));

/** A piece of a script: from `offset` to the next piece. */
export interface Piece {
  readonly offset: number;
  /** Index into the map's `sources`. */
  readonly source: number;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Pieces of a bundle, in its order; offsets are UTF-16 units, as V8 counts.
 *
 * @param lineLengths of the bundle, without the ends of lines
 * @throws where the mappings are damaged
 */
export function piecesOfBundle(lineLengths: readonly number[], mappings: string): Piece[] {
  const pieces: Piece[] = [];
  const state = [0, 0, 0, 0];
  let lineStart = 0;
  for (const [index, line] of mappings.split(';').entries()) {
    state[0] = 0;
    for (const segment of line === '' ? [] : line.split(',')) {
      const deltas = numbersOf(segment);
      for (const [at, delta] of deltas.entries()) state[at] = (state[at] ?? 0) + delta;
      const [column = 0, source = 0, sourceLine = 0] = state;
      if (deltas.length >= 4) pieces.push({ offset: lineStart + column, source, line: sourceLine + 1 });
    }
    lineStart += (lineLengths[index] ?? 0) + 1;
  }
  return pieces;
}

/** Pieces of a file that runs as it is written: one at the first character of each line that has one. */
export function piecesOfSource(code: string): Piece[] {
  const pieces: Piece[] = [];
  let lineStart = 0;
  for (const [index, line] of code.split('\n').entries()) {
    const column = line.search(/\S/);
    if (column >= 0) pieces.push({ offset: lineStart + column, source: 0, line: index + 1 });
    lineStart += line.length + 1;
  }
  return pieces;
}

/** Base64 VLQ; a fifth number (a name) is left out. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const each of segment) {
    const digit = digitValues.get(each);
    if (digit === undefined) throw new Error(`"${each}" is no digit of a source map.`);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers.slice(0, 4);
}

/** What V8 writes of one script. Ranges of one function are nested, the outermost first. */
export interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/** Lines that ran, as `source:line` by the index of the source. */
export function linesThatRan(pieces: readonly Piece[], { functions }: ScriptCoverage): Set<string> {
  const ranges = functions
    .flatMap((each) => each.ranges)
    .toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const ran = new Set<string>();
  const open: (typeof ranges)[number][] = [];
  let next = 0;
  for (const { offset, source, line } of pieces) {
    for (let range = ranges[next]; range !== undefined && range.startOffset <= offset; range = ranges[next]) {
      while ((open.at(-1)?.endOffset ?? Number.POSITIVE_INFINITY) <= range.startOffset) open.pop();
      open.push(range);
      next += 1;
    }
    while ((open.at(-1)?.endOffset ?? Number.POSITIVE_INFINITY) <= offset) open.pop();
    // The innermost range says how often; a script that was loaded has one around all.
    if ((open.at(-1)?.count ?? 0) > 0) ran.add(`${source}:${line}`);
  }
  return ran;
}

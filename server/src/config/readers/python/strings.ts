/** Text of Python string and number literals. */
import type { Literal } from '../../model/types.ts';

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const escapeSequence = /\\(?:\r\n|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;

/** Resolves the escapes of a string that is not raw. `\N{...}` and unknown escapes stay as written. */
export function unescapePython(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(escapeSequence, (whole, octal?: string, hex?: string, short?: string, long?: string, single?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const code = hex ?? short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    if (single === undefined || single === '\n' || single === '\r') return '';
    return simpleEscapes[single] ?? whole;
  });
}

export interface StringParts {
  /** Lower-case prefix letters: '', 'r', 'b', 'f', 'rf' ... */
  readonly prefix: string;
  readonly quote: string;
  /** Offsets of the body inside the literal. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** False while the closing quote is not typed: the literal then reaches over whatever follows. */
  readonly closed: boolean;
}

/** Takes a string literal apart; also one whose closing quote is not typed yet. */
export function stringParts(source: string): StringParts | null {
  const open = /^([A-Za-z]{0,3})("""|'''|"|')/.exec(source);
  if (open === null) return null;
  const quote = open[2] ?? '"';
  const bodyStart = open[0].length;
  const closed = source.length >= bodyStart + quote.length && source.endsWith(quote);
  return {
    prefix: (open[1] ?? '').toLowerCase(),
    quote,
    bodyStart,
    bodyEnd: closed ? source.length - quote.length : source.length,
    closed,
  };
}

/** The value of a plain string literal; null for bytes, for unfinished literals and for what is no string. */
export function stringValue(source: string): string | null {
  const parts = stringParts(source);
  if (parts === null || !parts.closed || parts.prefix.includes('b')) return null;
  const body = source.slice(parts.bodyStart, parts.bodyEnd).replace(/\r\n?/g, '\n');
  return parts.prefix.includes('r') ? body : unescapePython(body);
}

/** The value of a number literal; undefined for complex numbers and half-typed ones. */
export function numberValue(source: string): Literal | undefined {
  const text = source.replaceAll('_', '');
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)$/.test(text)) {
    const value = BigInt(text.replace(/^0+(?=[1-9])/, '').replace(/^0+$/, '0'));
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  return /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : undefined;
}

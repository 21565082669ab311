/** `NAME=VALUE` words of units, Dockerfiles and command lines. */
import type { Assignment, Value } from '../../model/types.ts';
import type { LineIndex } from '../../text/lines.ts';
import type { Word } from './words.ts';

const name = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The name a word sets, or null. */
export function pairName(word: Word): string | null {
  const equals = word.text.indexOf('=');
  const found = equals < 0 ? '' : word.text.slice(0, equals);
  return name.test(found) ? found : null;
}

/** Text behind the `=`. */
export function pairText(word: Word): string {
  return word.text.slice(word.text.indexOf('=') + 1);
}

/** @param source The text the word stands in; quotes around the whole word belong to neither name nor value. */
export function pairAssignment(word: Word, source: string, lines: LineIndex, process: string | null, value: Value): Assignment {
  const raw = source.slice(word.start, word.end);
  const quoted = /^["']/.test(raw) ? 1 : 0;
  const start = word.start + quoted;
  const end = Math.max(start, quoted === 1 && raw.length > 1 && raw.endsWith(raw[0] ?? '') ? word.end - 1 : word.end);
  const equals = Math.min(end, word.start + Math.max(quoted, raw.indexOf('=')));
  const first = source[equals + 1];
  const quote =
    quoted === 1 ? word.quote : first === '"' ? 'double' : first === "'" ? 'single' : word.quote === 'other' ? 'other' : 'none';
  return {
    name: pairName(word) ?? word.text,
    layer: 'environment',
    process,
    range: lines.range(start, end),
    nameRange: lines.range(start, equals),
    valueRange: lines.range(Math.min(end, equals + 1), end),
    value,
    quote,
    comment: null,
  };
}

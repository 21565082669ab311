/**
 * `docker run --env-file` (docker/cli pkg/kvfile): one variable a line, no quotes, no inline comments, no interpolation;
 * trailing whitespace belongs to the value. Any bad line makes it refuse the file.
 */
import { isGoSpace } from './goText.ts';
import { type DialectEntry, type DialectReading, refused } from './reading.ts';

/** Go's line scanner gives up on longer lines (bufio.MaxScanTokenSize), line end included. */
const maxLineBytes = 64 * 1024;
const encoder = new TextEncoder();

export function readDocker(source: string): DialectReading {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const entries: DialectEntry[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number++;
    if (raw.length * 3 >= maxLineBytes && encoder.encode(raw).length >= maxLineBytes)
      return refused(number, 'the line is longer than 64 KiB');
    const complete = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    let start = 0;
    while (start < complete.length && isGoSpace(complete.charCodeAt(start))) start++;
    const line = complete.slice(start);
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    if (key === '') return refused(number, 'no variable name before "="');
    if (/[ \t]/.test(key)) return refused(number, 'the variable name contains whitespace');
    entries.push({ key, value: equals < 0 ? null : line.slice(equals + 1), line: number });
  }
  return { entries, errors: [] };
}

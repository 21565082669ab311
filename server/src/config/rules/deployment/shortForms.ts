/** Ports and mounts of compose files in the short form (`127.0.0.1:7950:7950/udp`), as far as their places tell. */
import type { Mount, PublishedPort } from '../../model/deployment.ts';
import type { Edit } from '../../model/types.ts';
import type { Range } from '../../text/position.ts';

/** Length of a place on one line; 0 for more lines. */
const lengthOf = ({ start, end }: Range): number => (start.line === end.line ? end.character - start.character : 0);

/** Quotes around a text of this length in a place, 0 or 1 on each side; null where the place holds something else. */
function quotesAround(range: Range, length: number): 0 | 1 | null {
  const more = lengthOf(range) - length;
  return more === 0 ? 0 : more === 2 ? 1 : null;
}

const span = (from: number | null, to: number | null): string | null =>
  from === null || to === null ? null : from === to ? String(from) : `${from}-${to}`;

/** The port with another address or protocol, in quotes; null where it is not written in the short form. */
export function rewrittenPort(
  port: PublishedPort,
  changes: { readonly hostIp?: string; readonly protocol?: 'udp' },
): string | null {
  const host = span(port.hostFrom, port.hostTo);
  const container = span(port.containerFrom, port.containerTo);
  if (host === null || container === null) return null;
  const text = `${port.hostIp === null ? '' : `${port.hostIp}:`}${host}:${container}`;
  const written = [text, `${text}/${port.protocol}`].some((form) => quotesAround(port.range, form.length) !== null);
  if (!written) return null;
  const hostIp = changes.hostIp ?? port.hostIp;
  const protocol = changes.protocol ?? port.protocol;
  return `"${hostIp === null ? '' : `${hostIp}:`}${host}:${container}${protocol === 'tcp' ? '' : `/${protocol}`}"`;
}

/** Another folder of the container for a mount; null where the place of the old one is not certain. */
export function movedMount(uri: string, { source, target, range }: Mount, folder: string): Edit | null {
  for (const before of [source === null ? null : `${source}:`, '']) {
    if (before === null) continue;
    const quotes = quotesAround(range, before.length + target.length);
    if (quotes === null) continue;
    const from = range.start.character + quotes + before.length;
    const { line } = range.start;
    return { uri, range: { start: { line, character: from }, end: { line, character: from + target.length } }, newText: folder };
  }
  return null;
}

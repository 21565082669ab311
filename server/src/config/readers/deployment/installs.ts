/** Requirements in `pip install` and its like, in Dockerfiles and scripts. */
import type { Requirement } from '../../model/types.ts';
import type { LineIndex } from '../../text/lines.ts';
import { normalizeDistribution } from '../distributionName.ts';
import type { Word } from './words.ts';

const specification = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[([^\]]*)\])?\s*((?:(?:===|[=<>!~]=|[<>])\s*[0-9A-Za-z.*+!_-]+,?)*)$/;
const framework = new Set(['jarviscore-framework', 'jarviscore', 'swim-p2p', 'python-dotenv']);

/** Index behind the words that make a command an installation; -1 for anything else. */
function installFrom(words: readonly Word[]): number {
  const texts = words.map((word) => word.text);
  const verb = texts.findIndex((text) => text === 'install' || text === 'add' || text === 'i');
  if (verb < 1) return -1;
  const before = texts.slice(0, verb).join(' ');
  return /(^|[\s/])(pip[0-9.]*|pipx|uv|poetry|pipenv|pdm|conda|mamba)(\s|$)/.test(before) ? verb + 1 : -1;
}

/** @param words Words of one simple command. */
export function installedBy(words: readonly Word[], lines: LineIndex): Requirement[] {
  const from = installFrom(words);
  if (from < 0) return [];
  return words.slice(from).flatMap((word) => {
    const match = specification.exec(word.text.slice(0, 300));
    const distribution = match?.[1] ?? '';
    if (match === null || !framework.has(normalizeDistribution(distribution))) return [];
    const extras = (match[2] ?? '').split(',').map((extra) => extra.trim());
    const quoted = word.quote === 'single' || word.quote === 'double' ? 1 : 0;
    return [
      {
        distribution,
        extras: extras.filter((extra) => extra !== ''),
        specifier: (match[3] ?? '').replace(/\s+/g, ''),
        source: 'command' as const,
        range: lines.range(word.start + quoted, Math.max(word.start + quoted, word.end - quoted)),
      },
    ];
  });
}

/** Splits the words of a line at `;`, `&&`, `|` and their like. */
export function simpleCommands(words: readonly Word[]): Word[][] {
  const commands: Word[][] = [[]];
  for (const word of words) {
    if (word.quote === 'other' && /^[;&|()]$/.test(word.text)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

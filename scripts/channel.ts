/**
 * Says which channel a tag is for, as an output line of a workflow: `channel=stable` or `channel=pre-release`.
 *
 *   node scripts/channel.ts v1.2.3
 *
 * The marketplace takes numbers only, so pre-releases have an odd minor number. A tag that is not the version of
 * package.json ends with an error: what is published would not be what the tag says.
 */
import { readFileSync } from 'node:fs';

/** @throws where the tag is no version, or another one than `version` */
export function channelOf(tag: string, version: string): 'stable' | 'pre-release' {
  const match = /^v(\d+\.(\d+)\.\d+)$/.exec(tag);
  if (match?.[1] === undefined) throw new Error(`${tag} is no version tag: it should look like v1.2.3.`);
  if (match[1] !== version) throw new Error(`The tag says ${match[1]}, package.json ${version}: tag the commit of that version.`);
  return Number(match[2]) % 2 === 1 ? 'pre-release' : 'stable';
}

const [tag] = process.argv.slice(2);
if (import.meta.main && tag !== undefined) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  console.log(`channel=${channelOf(tag, version)}`);
}

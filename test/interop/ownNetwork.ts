/** A network namespace of its own, for what a test must not do to the network of the machine. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** With a user namespace, or, where those are forbidden, as root. */
function ways(): readonly string[] {
  const known = [['--user', '--map-root-user', '--net'], ['--net']] as const;
  return known.find((way) => spawnSync('unshare', [...way, 'true']).status === 0) ?? known[0];
}

/**
 * Runs a TypeScript file there as root of that network, in which no interface is up.
 *
 * @returns its lines of JSON.
 * @throws Error with all it said where it does not end well.
 */
export async function runInOwnNetwork(script: string, ...args: string[]): Promise<unknown[]> {
  const child = spawn('unshare', [...ways(), process.execPath, script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`This needs \`unshare\` with user namespaces or as root, and \`ip\`.\n${text}\n${errors}`);
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/**
 * What a framework release reads, out of its wheel. A wheel and not the source distribution: pip runs a source
 * distribution's build scripts to learn its metadata, a wheel is only unpacked. Nothing of a release is ever run.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { unpackZip } from '../unzip.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('extract_settings.py', import.meta.url));
const pipTimeoutMs = 300_000;

export const extractionSchema = z.object({
  fields: z.record(
    z.string(),
    z.object({ env: z.string(), type: z.string(), default: z.unknown(), known: z.boolean(), line: z.int() }),
  ),
  reads: z.record(z.string(), z.array(z.string())),
  mentions: z.array(z.string()),
});
/** `fields` of class Settings; `reads`: environment names that code reads by itself, with places; `mentions`: names in texts. */
export type Extraction = z.infer<typeof extractionSchema>;

/** What a wheel says about itself. */
export interface WheelFacts {
  readonly requiresPython: string;
  readonly extras: readonly string[];
  /** The requirement of swim-p2p as it stands there; null: none. */
  readonly swimRequirement: string | null;
}

/** Reads a wheel's METADATA. */
export function wheelFacts(metadata: string): WheelFacts {
  const [head = ''] = metadata.replaceAll('\r\n', '\n').split('\n\n');
  const all = (name: string): string[] =>
    head.split('\n').flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2).trim()] : []));
  return {
    requiresPython: all('Requires-Python')[0] ?? '',
    extras: all('Provides-Extra'),
    swimRequirement: all('Requires-Dist').find((each) => each.startsWith('swim-p2p')) ?? null,
  };
}

/** Reads the syntax trees of packages that lie in `folder`. @param packages the framework first */
export async function extract(folder: string, packages: readonly string[]): Promise<Extraction> {
  const { stdout } = await run('python3', [script, ...packages], {
    env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return extractionSchema.parse(JSON.parse(stdout));
}

/** @throws where the index does not have that wheel or cannot be reached; says which */
async function download(requirement: string, folder: string): Promise<string> {
  const options = ['--disable-pip-version-check', '-q', '--no-deps', '--only-binary', ':all:', '-d', folder];
  try {
    await run('python3', ['-m', 'pip', 'download', ...options, requirement], { timeout: pipTimeoutMs });
  } catch (error) {
    throw new Error(`${requirement} cannot be fetched as a wheel: ${error instanceof Error ? error.message : String(error)}`);
  }
  const [name = ''] = requirement.replaceAll('-', '_').split('==');
  const wheel = readdirSync(folder).find((file) => file.startsWith(name) && file.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip fetched no wheel for ${requirement}.`);
  return join(folder, wheel);
}

/** A release of the framework, fetched, unpacked and read. @param swim version of swim-p2p that is read along with it */
export async function fetchRelease(release: string, swim: string): Promise<{ extraction: Extraction; facts: WheelFacts }> {
  const folder = mkdtempSync(join(tmpdir(), 'framework-release-'));
  try {
    const unpacked = join(folder, 'unpacked');
    unpackZip(await download(`jarviscore-framework==${release}`, folder), unpacked);
    unpackZip(await download(`swim-p2p==${swim}`, folder), unpacked);
    const info = readdirSync(unpacked).find((name) => /^jarviscore_framework-.*\.dist-info$/.test(name));
    if (info === undefined) throw new Error(`The wheel of ${release} carries no metadata.`);
    const facts = wheelFacts(readFileSync(join(unpacked, info, 'METADATA'), 'utf8'));
    return { extraction: await extract(unpacked, ['jarviscore', 'swim']), facts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Releases that the package index offers, oldest first. */
export async function offeredReleases(): Promise<string[]> {
  const args = ['-m', 'pip', 'index', 'versions', '--disable-pip-version-check', 'jarviscore-framework'];
  const { stdout } = await run('python3', args, { timeout: pipTimeoutMs });
  const line = /^Available versions: (.*)$/m.exec(stdout)?.[1];
  if (line === undefined) throw new Error(`pip lists no releases of jarviscore-framework:\n${stdout}`);
  return line.split(', ').reverse();
}

/** Which programs read an env file, each in its own dialect. */
import type { EnvFileReader } from './deployment.ts';
import { deploymentReaders } from './deploymentReaders.ts';
import { dotenvFilesOf } from './process.ts';
import type { Workspace } from './references.ts';
import type { DeclaredProcess } from './types.ts';
import type { ResolvedUnit } from './units.ts';

/**
 * URI of an env file -> its readers: what deployment files say, and the processes that read it with python-dotenv
 * (`./.env`, `load_dotenv()`).
 */
export function envFileReaders(
  workspace: Workspace,
  units: readonly ResolvedUnit[],
  processes: readonly DeclaredProcess[],
): ReadonlyMap<string, readonly EnvFileReader[]> {
  const readers = new Map<string, EnvFileReader[]>();
  for (const [uri, found] of deploymentReaders(workspace, units)) readers.set(uri, [...found]);
  for (const process of processes) {
    for (const uri of dotenvFilesOf(process)) {
      const list = readers.get(uri) ?? [];
      list.push({ dialect: 'python-dotenv', uri: process.uri, range: null, name: process.name, process: process.id });
      readers.set(uri, list);
    }
  }
  return readers;
}

/** Programs from the npm registry that tests measure us against; nothing of them is a dependency of ours. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../../.cache/npm', import.meta.url));
const npm = join(dirname(process.execPath), 'npm');

/** Installs `NAME@VERSION`, exactly, without running any of its scripts. Returns the folder that holds its `node_modules`. */
export async function npmPackage(...specs: readonly string[]): Promise<string> {
  const folder = join(cache, specs.join('+').replaceAll(/[^\w.+-]/g, '_'));
  if (existsSync(join(folder, 'ready'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...specs];
  await run(existsSync(npm) ? npm : 'npm', args, { cwd: folder, timeout: 180_000 });
  writeFileSync(join(folder, 'ready'), '');
  return folder;
}

/**
 * Real Python environments for tests that measure us against the programs themselves.
 *
 * One virtual environment per framework release lives under `.cache/venvs/<release>` of the checkout. It is made on
 * first use and reused afterwards; several test processes may ask for the same one at the same time.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../.cache/venvs', import.meta.url));

/** Pinned, because what the oracles read and reject differs between their patch releases. */
const companions = ['python-dotenv==1.2.4', 'swim-p2p==1.2.6', 'pydantic==2.14.3', 'pydantic-settings==2.16.3'];
const installTimeoutMs = 10 * 60_000;

async function readyPython(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, 'ready'), 'utf8')).trim();
  } catch {
    return null;
  }
}

/** Takes the folder `lock` or reports that a living process holds it. A lock whose holder is gone is taken over. */
async function acquire(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    await writeFile(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  let pid = Number.NaN;
  try {
    pid = Number(await readFile(join(lock, 'pid'), 'utf8'));
  } catch {
    // The holder stands between its two steps, or has just released the lock.
  }
  if (Number.isInteger(pid) && pid > 0) {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      await rm(lock, { recursive: true, force: true });
      return false;
    }
  }
  const made = await stat(lock).catch(() => null);
  if (made !== null && Date.now() - made.mtimeMs > 5_000) await rm(lock, { recursive: true, force: true });
  return false;
}

async function build(folder: string, release: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder]);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  await run(
    python,
    ['-m', 'pip', 'install', '--disable-pip-version-check', '-q', `jarviscore-framework[p2p]==${release}`, ...companions],
    { timeout: installTimeoutMs, maxBuffer: 16 * 1024 * 1024 },
  );
  const marker = join(folder, 'ready');
  await writeFile(`${marker}.part`, `${python}\n`);
  await rename(`${marker}.part`, marker);
  return python;
}

const known = new Map<string, Promise<string>>();

/**
 * The Python executable of an environment with `jarviscore-framework[p2p]==<release>`.
 *
 * @param release Release number as on the package index, e.g. `3.0.0`.
 * @throws Error when `python3` is missing, the index cannot be reached, or another process does not finish in 10 minutes.
 */
export function venv(release: string): Promise<string> {
  let python = known.get(release);
  if (!python) {
    python = provide(release);
    known.set(release, python);
  }
  return python;
}

async function provide(release: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  const folder = join(cache, release);
  const lock = `${folder}.lock`;
  const deadline = Date.now() + installTimeoutMs;
  for (;;) {
    const ready = await readyPython(folder);
    if (ready !== null) return ready;
    if (await acquire(lock)) {
      try {
        return (await readyPython(folder)) ?? (await build(folder, release));
      } catch (error) {
        throw new Error(
          `Cannot make a Python environment with jarviscore-framework ${release} in ${folder}: ${(error as Error).message}. ` +
            'These tests need python3 with venv on the PATH and a package index.',
          { cause: error },
        );
      } finally {
        await rm(lock, { recursive: true, force: true });
      }
    }
    if (Date.now() > deadline)
      throw new Error(`Waited 10 minutes for another process to finish ${folder}; remove ${lock} if it is stale.`);
    await wait(250);
  }
}

const packages = fileURLToPath(new URL('../../.cache/packages', import.meta.url));

/**
 * The folder with the bare sources of `jarviscore-framework==<release>` and of swim-p2p, without what they depend on.
 *
 * @param release Release number as on the package index.
 * @throws Error when `python3` is missing or the index cannot be reached.
 */
export async function unpacked(release: string): Promise<string> {
  const folder = join(packages, release);
  if ((await stat(folder).catch(() => null)) !== null) return folder;
  const part = `${folder}.${process.pid}.part`;
  await rm(part, { recursive: true, force: true });
  const what = [`jarviscore-framework==${release}`, 'swim-p2p==1.2.6'];
  await run(
    'python3',
    ['-m', 'pip', 'install', '--disable-pip-version-check', '-q', '--no-deps', '--no-compile', '--target', part, ...what],
    { timeout: installTimeoutMs },
  );
  await rename(part, folder).catch(async (error: unknown) => {
    // Another process was faster; its copy is the same.
    await rm(part, { recursive: true, force: true });
    if ((await stat(folder).catch(() => null)) === null) throw error;
  });
  return folder;
}

const sourceArchives = fileURLToPath(new URL('../../.cache/sources', import.meta.url));

/**
 * The folder of the source distribution of `jarviscore-framework==<release>`: the package with its documents, and the
 * examples that the wheel leaves out.
 *
 * @param release Release number as on the package index.
 * @throws Error when `python3` is missing or the index cannot be reached.
 */
export async function sourceArchive(release: string): Promise<string> {
  const folder = join(sourceArchives, release);
  if ((await stat(folder).catch(() => null)) !== null) return folder;
  const part = `${folder}.${process.pid}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const options = ['-q', '--disable-pip-version-check', '--no-deps', '--no-binary', ':all:', '-d', part];
  await run('python3', ['-m', 'pip', 'download', ...options, `jarviscore-framework==${release}`], { timeout: installTimeoutMs });
  const name = `jarviscore_framework-${release}`;
  await run('python3', ['-m', 'tarfile', '-e', join(part, `${name}.tar.gz`), part]);
  await rename(join(part, name), folder).catch(async (error: unknown) => {
    if ((await stat(folder).catch(() => null)) === null) throw error;
  });
  await rm(part, { recursive: true, force: true });
  return folder;
}

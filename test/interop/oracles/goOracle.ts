/** The program that asks docker's and compose's own Go packages; built once per version of its sources. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const sources = fileURLToPath(new URL('go', import.meta.url));
const cache = fileURLToPath(new URL('../../../.cache/oracles', import.meta.url));
/** Exactly this toolchain, fetched where another one is installed: which letters exist is part of Go's own tables. */
const toolchain = 'go1.26.8';

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(toolchain);
  for (const name of (await readdir(sources)).toSorted()) hash.update(name).update(await readFile(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

async function build(): Promise<string> {
  const program = join(cache, `go-${await fingerprint()}`);
  if ((await stat(program).catch(() => null)) !== null) return program;
  await mkdir(cache, { recursive: true });
  const part = `${program}.${process.pid}.part`;
  try {
    await promisify(execFile)('go', ['build', '-mod=readonly', '-trimpath', '-o', part, '.'], {
      cwd: sources,
      env: { ...process.env, GOTOOLCHAIN: toolchain, GOWORK: 'off', CGO_ENABLED: '0' },
      timeout: 10 * 60_000,
    });
    await rename(part, program);
  } catch (error) {
    await rm(part, { force: true });
    throw new Error(
      `Cannot build the oracle of compose and docker from ${sources}: ${(error as Error).message}. ` +
        'These tests need Go 1.21 or newer on the PATH (https://go.dev/dl) and a Go module proxy.',
      { cause: error },
    );
  }
  return program;
}

let built: Promise<string> | null = null;

/**
 * Path of the built program; its modes are described in go/main.go.
 *
 * @throws Error that says what to install when Go is missing or a module cannot be fetched.
 */
export function goOracle(): Promise<string> {
  built ??= build();
  return built;
}

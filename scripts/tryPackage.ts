/**
 * Tries a packed VSIX on the platform it is for: unpacks it, checks a file with it, and starts a node (or, without the
 * addon, is told why there is none).
 *
 *   node scripts/tryPackage.ts linux-x64|linux-arm64|darwin-arm64|win32-x64|none [--release FOLDER]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readManifest } from './staging.ts';
import { unpackZip } from './unzip.ts';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const limitMs = 60_000;

/** Runs the command line of the package; a node that says it is ready is told to stop. */
function run(cli: string, cwd: string, args: readonly string[]): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd, timeout: limitMs });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (stdout.includes('"event":"ready"') && !child.stdin.writableEnded) child.stdin.end('{"command":"stop"}\n');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    child.once('error', fail);
    child.once('close', (status) => done({ status, stdout, stderr }));
  });
}

function expect(holds: boolean, what: string, { status, stdout, stderr }: Ended): void {
  if (!holds) throw new Error(`${what}; it ended with status ${status}:\n${stdout}\n${stderr}`);
  console.log(`${what}: as it should`);
}

/** @throws where the package does not do what it should */
export async function tryPackage(vsix: string, withAddon: boolean): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'try-package-'));
  try {
    unpackZip(vsix, scratch);
    const cli = join(scratch, 'extension/dist/cli.js');
    writeFileSync(join(scratch, '.env'), 'BIND_PORT=7946\n');
    const check = await run(cli, scratch, ['check', '.env', '--format', 'json']);
    expect(check.status === 1 && check.stdout.includes('unprefixed-p2p-var'), 'check reports the planted mistake', check);
    const node = await run(cli, scratch, ['node', '--json']);
    if (withAddon) {
      const started = node.stdout.includes('"event":"ready"') && node.stdout.includes('"event":"stopped"');
      expect(started && node.status === 0, 'a node starts and stops', node);
    } else {
      const said = node.stderr.includes('comes without the ZeroMQ addon');
      expect(said && node.status === 2, 'a node says why it cannot start', node);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { values, positionals } = parseArgs({
    options: { release: { type: 'string', default: join(root, 'release') } },
    allowPositionals: true,
  });
  const [target] = positionals;
  if (target === undefined) throw new Error('Which package? Name its platform, or "none" for the one without the addon.');
  const { name, version } = readManifest(root);
  const file = [name, ...(target === 'none' ? [] : [target]), version].join('-');
  await tryPackage(join(values.release, `${file}.vsix`), target !== 'none');
}
